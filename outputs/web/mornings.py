"""早报: what each night brought, as it was told then; each piece of news leads to its promise or its document."""

from __future__ import annotations

import io
import json

from fastapi.responses import Response
from starlette.exceptions import HTTPException

from models.nightly import ReportId, ReportRow
from models.reporting import count_reports, list_reports, report_of
from outputs.exchange import Record
from outputs.morning import Morning, from_json, headline, news_words, since_words, to_json, whole_words
from outputs.sheets.cells import Column
from outputs.web.guard import pages
from outputs.web.listed import listed
from outputs.web.paging import paged
from outputs.web.visit import Asking, Visit

router = pages()

_FIRST = 15  # pieces of news of a kind that are shown at once; the others are folded
_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def _sheet(visit: Visit) -> tuple[Column[ReportRow], ...]:
    return (
        Column("日期", 12, lambda row: row.day, leads=lambda row: f"/mornings/{row.id}"),
        Column("写成", 18, lambda row: row.made.astimezone(visit.settings.zone).strftime("%Y-%m-%d %H:%M")),
        Column("新情况", 8, lambda row: row.news),
        Column("说了什么", 80, lambda row: news_words(from_json(row.content))),
        Column("编号", 8, lambda row: row.id),
    )


@router.get("/mornings")
def mornings(visit: Asking) -> Response:
    """The reports, the last one first."""
    if visit.form:
        return listed(visit, "早报", _sheet(visit), list_reports(visit.store, limit=None))
    chosen = paged(visit, count_reports(visit.store))
    rows = list_reports(visit.store, limit=chosen.size, offset=chosen.offset)
    found = [(row, headline(from_json(row.content))) for row in rows]
    record = {"total": chosen.total, "mornings": [report_record(row) for row in rows]}
    return visit.show("mornings.html", record, found=found, pages=chosen)


@router.get("/mornings/{number}")
def morning(visit: Asking, number: int) -> Response:
    """One report."""
    found = _report(visit, number)
    whole = [whole_words(found)] if found.whole.promises else []
    return visit.show(
        "morning.html",
        lambda: report_in_full(visit, number),
        number=number,
        morning=found,
        first=_FIRST,
        told=[f"{since_words(found)}。", *found.notes, *whole],
    )


@router.get("/mornings/{number}/file")
def file(visit: Asking, number: int) -> Response:
    """The report as Word or Excel: ?as=docx, ?as=xlsx."""
    form, found = visit.text("as") or "docx", _report(visit, number)
    if form not in _TYPES:
        raise HTTPException(400, f"as={form[:20]} 不对。可以是：{'、'.join(_TYPES)}")
    visit.note(object=f"{found.day.isoformat()} 的早报，{form}")
    return visit.file(_content(found, form), f"督办早报{found.day:%Y%m%d}.{form}", _TYPES[form])


def report_record(row: ReportRow) -> Record:
    """A report in a line, as JSON."""
    said = headline(from_json(row.content))
    return {"id": row.id, "day": row.day.isoformat(), "made": row.made.isoformat(), "news": row.news, "said": said}


def report_in_full(visit: Visit, number: int) -> Record:
    """A report as JSON, as it was told then. 404: there is none."""
    whole: Record = json.loads(to_json(_report(visit, number)))
    return whole


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
