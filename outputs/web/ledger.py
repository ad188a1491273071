"""台账: the promises, narrowed, sorted and paged by the database; and what is shown as a file."""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from fastapi.responses import Response
from starlette.exceptions import HTTPException

from models.commitments import Strength
from models.evidence import Status
from outputs.exchange import ledger_record, standing_record
from outputs.ledger import Ledger, Scope, Standing
from outputs.phrases import phrase
from outputs.sheets.chosen import columns_of
from outputs.web import say
from outputs.web.asked import FIELDS, REGISTERED, SCHEDULES, SORTS, Asked, asked, term_words
from outputs.web.columns import COLUMNS, shown
from outputs.web.columns import chosen as chosen_always
from outputs.web.exporting import AT_ONCE, offer
from outputs.web.guard import pages
from outputs.web.kept_lists import MOST_SHOWN, is_modified, kept_lists
from outputs.web.listed import TYPES, check_length, listed
from outputs.web.paging import SIZES, Pages, paged
from outputs.web.visit import Asking, Visit

router = pages()

MOST_EXPORTED = 20_000
"""Lines of one file: more would take minutes and the server's memory."""
_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}


@router.get("/ledger")
def ledger(visit: Asking) -> Response:
    """The promises that the address asks for."""
    if visit.form:
        visit.noted.action = "export"
        return taken_home(visit, visit.form)
    wanted, lists = asked(visit), visit.actions.lists
    chosen = paged(visit, lists.count(wanted.within, wanted.stands))
    found = lists.page(wanted.within, wanted.stands, wanted.sort, limit=chosen.size, offset=chosen.offset)
    return visit.show("ledger.html", _record(visit, wanted, chosen, found), **_page(visit, wanted, chosen, found))


def _record(visit: Visit, wanted: Asked, chosen: Pages, found: Sequence[Standing]) -> dict[str, object]:
    return {
        "as_of": visit.as_of.isoformat(),
        "filter": list(wanted.words),
        "total": chosen.total,
        "page": chosen.number,
        "size": chosen.size,
        "commitments": [standing_record(one) for one in found] if visit.wants_json else [],
    }


def _page(visit: Visit, wanted: Asked, chosen: Pages, found: Sequence[Standing]) -> dict[str, Any]:
    """What the page shows besides its record."""
    if visit.wants_json:
        return {}
    kept = kept_lists(visit, MOST_SHOWN)
    current = next((one for one in kept if one.key == visit.text("view")), None)
    columns = shown(visit)
    return {
        "found": found,
        "pages": chosen,
        "columns": columns,
        "chosen_always": columns == chosen_always(visit),
        "all_columns": (*columns, *(one for one in COLUMNS if one not in columns)),
        "sizes": SIZES,
        "decides": visit.may("POST /ledger/batch"),
        "saves": visit.may("POST /ledger/lists"),
        "kept": kept,
        "current": current,
        "modified": current is not None and is_modified(visit, current),
        "exported": addressed(visit),
        **choices(visit, wanted),
    }


@router.get("/ledger/export")
def export(visit: Asking) -> Response:
    """All that the address asks for as a file: ?as=xlsx, docx, csv or json; ?col= for a table of some columns."""
    return taken_home(visit, visit.text("as") or "xlsx")


def taken_home(visit: Visit, form: str) -> Response:
    """The list as a file of this form."""
    wanted = asked(visit)
    if form not in _TYPES:
        raise HTTPException(400, f"as={form[:20]} 不对。可以是：{'、'.join(_TYPES)}")
    named = visit.texts("col") if form in TYPES else ()
    if named:
        return _columns_taken_home(visit, wanted, [one.key for one in shown(visit)])
    total = visit.lists.count(wanted.within, wanted.stands)
    if total > AT_ONCE[form] and not visit.person.by_token:
        return offer(visit, form, total)
    at = visit.now.astimezone(visit.settings.zone)
    scope = Scope(wanted.words, visit.link("/ledger", **addressed(visit)), at, visit.site)
    found = replace(whole_list(visit, wanted), scope=scope)
    narrowed = "，".join(wanted.words)
    visit.note(object=f"{form}，{len(found.standings)} 条", after=(("条件", narrowed or "全部"),))
    name = f"督办台账{visit.as_of:%Y%m%d}{'（部分）' if wanted.narrowed else ''}.{form}"
    return visit.file(_content(found, form), name, _TYPES[form])


def _columns_taken_home(visit: Visit, wanted: Asked, keys: list[str]) -> Response:
    """The list with some of its columns alone: to read and to print, not to come back."""
    check_length(visit.lists.count(wanted.within, wanted.stands))
    found = visit.lists.page(wanted.within, wanted.stands, wanted.sort, limit=MOST_EXPORTED)
    told = f"状态截至 {visit.as_of.isoformat()}，条件：{'，'.join(wanted.words) or '全部'}"
    return listed(visit, "督办台账（选列）", columns_of(keys), found, told=told, form=visit.text("as"))


def choices(visit: Visit, wanted: Asked) -> dict[str, Any]:
    """What the form above a list offers."""
    facets = visit.actions.lists.facets()
    return {
        "say": say,
        "wanted": wanted,
        "facets": facets,
        "options": {
            "status": [*((one.value, phrase(one)) for one in Status), (REGISTERED, "只登记（研究、鼓励）")],
            "schedule": [(one.value, words) for one, words in SCHEDULES.items()],
            "strength": [(one.value, phrase(one)) for one in Strength],
            "class": [(one, one) for one in facets.classes],
            "term": [(f"{a}-{b}" if b else str(a), term_words(a, b)) for a, b in facets.sessions],
            "sort": [(one.value, words) for one, words in SORTS.items()],
        },
        "cleared": visit.here(**dict.fromkeys((*FIELDS, "view"))),
        "fields": FIELDS,
    }


def addressed(visit: Visit) -> dict[str, object]:
    """The parameters of this address that narrow and sort, for a link to the same promises elsewhere."""
    return {name: visit.texts(name) for name in (*FIELDS, "sort") if visit.texts(name)}


def whole_list(visit: Visit, wanted: Asked) -> Ledger:
    """The whole list. 400: it is too long for one file."""
    total = visit.actions.lists.count(wanted.within, wanted.stands)
    if total > MOST_EXPORTED:
        told = f"这里有 {total} 条，一次最多给出 {MOST_EXPORTED} 条。请先用条件缩小，或者用 POST /ledger/exports 导出"
        raise HTTPException(400, told)
    return visit.actions.lists.ledger(wanted.within, wanted.stands, wanted.sort, limit=MOST_EXPORTED)


def _content(found: Ledger, form: str) -> bytes:
    if form == "json":
        return json.dumps(ledger_record(found), ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace")
    if form == "docx":
        from outputs.letters.report import report

        return report(found)
    if form == "csv":
        from outputs.sheets.ledger import write_table

        table = io.StringIO(newline="")
        write_table(found, table)
        return table.getvalue().encode("utf-8-sig", "replace")
    from outputs.sheets.ledger import write_workbook

    with tempfile.TemporaryDirectory(prefix="duban-") as folder:
        path = Path(folder) / "ledger.xlsx"
        write_workbook(found, str(path))
        return path.read_bytes()
