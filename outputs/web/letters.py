"""催办函: drafts to the units of the promises that are shown, one a unit; several come as one zip."""

from __future__ import annotations

import io
import zipfile
from datetime import date, timedelta

from fastapi.responses import JSONResponse, Response

from outputs.exchange import Record, deadline_record
from outputs.ledger import Standing
from outputs.letters.reminders import Reminder, reminded, reminders
from outputs.web.asked import FIELDS, asked
from outputs.web.guard import pages
from outputs.web.ledger import whole_list
from outputs.web.visit import Asking, Visit

router = pages()

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_REPORT_DAYS, _WITHIN = 15, 30  # days until units should have reported; days ahead that are asked for as well


@router.get("/ledger/letters")
def letters(visit: Asking) -> Response:
    """The drafts for what the address asks for, as the ledger has it; ?report_by= another day than in two weeks."""
    if visit.wants_json:
        return JSONResponse(letters_record(visit))
    made = list(reminders(whole_list(visit, asked(visit)), report_by=_until(visit), within=_WITHIN))
    if not made:
        visit.noted.silent = True  # nothing was exported
        said = f"这些条里没有已逾期的，也没有 {_WITHIN} 天内到期的，不用催办"
        return visit.go(visit.link("/ledger", **{one: visit.values(one) for one in FIELDS}), said)
    visit.note(object=f"催办函，{len(made)} 份", after=tuple((one.unit, f"逾期 {one.overdue} 项") for one in made[:20]))
    if len(made) == 1:
        return visit.file(made[0].content, made[0].name, _DOCX)
    return visit.file(_together(made), f"催办函{visit.as_of:%Y%m%d}.zip", "application/zip")


def letters_record(visit: Visit) -> Record:
    """Which units would be reminded of what, as JSON; no unit where there is nothing to remind of."""
    wanted = asked(visit)
    named = reminded(whole_list(visit, wanted), within=_WITHIN)
    visit.note(object=f"催办函，{len(named)} 个单位，json")
    return {
        "as_of": visit.as_of.isoformat(),
        "filter": list(wanted.words),
        "report_by": _until(visit).isoformat(),
        "letters": [
            {"unit": unit, "overdue": [_line(one) for one in late], "soon": [_line(one) for one in soon]}
            for unit, late, soon in named
        ],
    }


def _line(one: Standing) -> Record:
    return {
        "id": one.row.id,
        "text": one.row.commitment.span.text,
        "deadline": deadline_record(one.deadline),
        "days_overdue": one.days_overdue,
    }


def _until(visit: Visit) -> date:
    """The day by which units are asked to report."""
    return visit.day("report_by") or visit.as_of + timedelta(days=min(_REPORT_DAYS, (date.max - visit.as_of).days))


def _together(made: list[Reminder]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for one in made:
            archive.writestr(one.name, one.content)
    return out.getvalue()
