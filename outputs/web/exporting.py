"""Long exports: asked for, followed, stopped, taken home."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import Form
from fastapi.responses import FileResponse, Response
from starlette.exceptions import HTTPException

from models.apart import WorkState
from models.exported import ExportAsked
from outputs.exchange import Record
from outputs.web.apart import left_words
from outputs.web.asked import FIELDS, asked
from outputs.web.given import Kept
from outputs.web.guard import pages
from outputs.web.visit import Asking, Visit

router = pages()

AT_ONCE = {"xlsx": 2_000, "docx": 2_000, "csv": 20_000, "json": 20_000}
"""Lines of a file for which a person may wait; more take minutes, and whoever opens a page meanwhile waits, too."""
MOST = {"xlsx": 200_000, "docx": 20_000, "csv": 1_000_000}
"""Lines that are written behind the pages' back."""
_CALLED = {"xlsx": "Excel", "docx": "Word 报告", "csv": "CSV"}
_WAIT = 5
"""Exports that may be written or wait at once: each is a process of its own."""


def offer(visit: Visit, form: str, total: int) -> Response:
    """What a long list is exported by, in place of the file. 400: it is too long for that, too."""
    if total > MOST.get(form, 0):
        most = MOST.get(form) or AT_ONCE[form]
        raise HTTPException(400, f"这里有 {total} 条，一次最多导出 {most} 条。请先用条件缩小，再导出")
    visit.noted.silent = True
    words, of = asked(visit).words, _query(visit)
    record = {"total": total, "form": form, "filter": list(words), "most_at_once": AT_ONCE[form]}
    called, home = _CALLED[form], visit.link("/ledger", **{one: visit.values(one) for one in FIELDS})
    return visit.show("export.html", record, total=total, form=form, of=of, words=words, called=called, home=home)


def _query(visit: Visit) -> str:
    return visit.address.partition("?")[2]


@router.post("/ledger/exports")
def start(
    visit: Asking, form: Annotated[str, Form(max_length=4)], of: Annotated[str, Form(max_length=4_000)] = ""
) -> Response:
    """Has the list written by a process of its own; leads to where one sees how far it is."""
    return visit.go(visit.link(f"/ledger/exports/{begin(visit, form, parse_qsl(of))}"))


def begin(visit: Visit, form: str, parameters: Iterable[tuple[str, str]]) -> str:
    """Starts to write the list that these parameters of the ledger's address ask for; the key of the export. 400, 429:
    it can't be, or too many are written."""
    if form not in MOST:
        raise HTTPException(400, f"form={form} 不对。可以是：{'、'.join(MOST)}")
    if (before := visit.actions.exports.running()) >= _WAIT:
        raise HTTPException(429, f"前面还有 {before} 次导出没有做完。等一会儿再导")
    given = tuple((name, value) for name, value in parameters if name in (*FIELDS, "sort") and value.strip())
    wanted = asked(Kept(given, visit.as_of, visit.lists))
    total = visit.lists.count(wanted.within, wanted.stands)
    if not 0 < total <= MOST[form]:
        raise HTTPException(400, f"这里有 {total} 条，一次导出 1 到 {MOST[form]} 条")
    at = visit.now.astimezone(visit.settings.zone)
    address = visit.link("/ledger", **{name: [value for key, value in given if key == name] for name, _ in given})
    asking = ExportAsked(given, form, visit.as_of, at, visit.person.name, address, visit.site, total)
    visit.note(object=f"{form}，{total} 条", after=(("条件", "，".join(wanted.words) or "全部"),))
    return visit.actions.exports.start(asking)


@router.get("/ledger/exports/{key}")
def far(visit: Asking, key: str) -> Response:
    """How far it is; the file, once it is there."""
    found = state_of(visit, key)
    return visit.show(
        "exported.html", state_record(found), found=found, key=key, left=left_words(found, "在等前面的导出做完")
    )


@router.post("/ledger/exports/{key}/stop")
def stop(visit: Asking, key: str) -> Response:
    """Has it end."""
    end(visit, key)
    return visit.go(visit.link(f"/ledger/exports/{key}"), "不导了，没有留下文件")


def end(visit: Visit, key: str) -> None:
    """Has an export end. 404: there is none."""
    state_of(visit, key)
    visit.note(object=key)
    visit.actions.exports.stop(key)


@router.get("/ledger/exports/{key}/file")
def take(visit: Asking, key: str) -> Response:
    """The file."""
    return file(visit, key)


def file(visit: Visit, key: str) -> Response:
    """What was written. 404: nothing yet."""
    found = state_of(visit, key)
    path = visit.actions.exports.file_of(key)
    if path is None:
        visit.gone("还没有导好，或者没有导成。")
    visit.note(object=f"{found.name}，{found.total} 条")
    return FileResponse(path, media_type="application/octet-stream", filename=found.name)


def state_of(visit: Visit, key: str) -> WorkState:
    """How far an export is. 404: there is none."""
    found = visit.actions.exports.state_of(key)
    if found is None:
        visit.gone("没有这次导出，或者已经过了两天。请再导一次。")
    return found


def state_record(found: WorkState) -> Record:
    """How far it is, for programs."""
    return {
        "total": found.total,
        "done": found.total if found.name else found.done,
        "seconds_left": found.seconds_left,
        "file": found.name or None,
        "error": found.trouble or None,
        "stopped": found.stopped,
    }
