"""早报: what each night brought, as it was told then; each piece of news leads to its promise or its document."""

from __future__ import annotations

import io
import json

from fastapi.responses import Response
from starlette.exceptions import HTTPException

from models.nightly import ReportId
from models.reporting import list_reports, report_of
from outputs.morning import Morning, from_json, headline, since_words, to_json, whole_words
from outputs.web.guard import pages
from outputs.web.visit import Asking, Visit

router = pages()

_MOST = 60
_FIRST = 15  # pieces of news of a kind that are shown at once; the others are folded
_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@router.get("/mornings")
def mornings(visit: Asking) -> Response:
    """The latest reports, the last one first."""
    found = [(row, headline(from_json(row.content))) for row in list_reports(visit.store, limit=_MOST)]
    record = {
        "mornings": [
            {"id": row.id, "day": row.day.isoformat(), "made": row.made.isoformat(), "news": row.news, "said": said}
            for row, said in found
        ]
    }
    return visit.show("mornings.html", record, found=found)


@router.get("/mornings/{number}")
def morning(visit: Asking, number: int) -> Response:
    """One report."""
    found = _report(visit, number)
    whole = [whole_words(found)] if found.whole.promises else []
    return visit.show(
        "morning.html",
        lambda: json.loads(to_json(found)),
        number=number,
        morning=found,
        first=_FIRST,
        told=[headline(found), f"{since_words(found)}。", *found.notes, *whole],
    )


@router.get("/mornings/{number}/file")
def file(visit: Asking, number: int) -> Response:
    """The report as Word or Excel: ?as=docx, ?as=xlsx."""
    form, found = visit.text("as") or "docx", _report(visit, number)
    if form not in _TYPES:
        raise HTTPException(400, f"as={form[:20]} 不对。可以是：{'、'.join(_TYPES)}")
    visit.note(object=f"{found.day.isoformat()} 的早报，{form}")
    return visit.file(_content(found, form), f"督办早报{found.day:%Y%m%d}.{form}", _TYPES[form])


def _content(found: Morning, form: str) -> bytes:
    if form == "docx":
        from outputs.letters.morning import morning_letter

        return morning_letter(found)
    from outputs.sheets.morning import write_morning

    out = io.BytesIO()
    write_morning(found, out)
    return out.getvalue()


def _report(visit: Visit, number: int) -> Morning:
    with visit.store.reading() as connection:
        row = report_of(connection, ReportId(number)) if number < 2**31 else None
    if row is None:
        visit.gone(f"没有第 {number} 份早报。")
    return from_json(row.content)
