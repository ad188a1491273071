"""The ledger that comes back from Excel: uploaded, seen cell by cell, confirmed, and taken back at once if need be."""

from __future__ import annotations

from typing import Annotated

from fastapi import File, Form, UploadFile
from fastapi.responses import Response

from models import decisions
from models.decided import Decision, DecisionKind
from models.errors import NotOurLedger, WrongDecision
from models.evidence import Status
from models.filters import Filter, Sort
from models.people import UserRole
from models.returned import NOT_WANTED, Untaken
from models.stands import Stands
from outputs.returned import comparison_record, conflict_words, counted, origin_words
from outputs.sheets.cells import Column
from outputs.sheets.comparing import Compared, decisions_of, seen_of
from outputs.sheets.editable import REASON, SOURCE, TITLES
from outputs.web import importing, say
from outputs.web.deciding import Typed, quotes_of, together_record
from outputs.web.guard import pages
from outputs.web.listed import listed
from outputs.web.visit import Asking, Visit

router = pages()

MOST_BYTES = 30 * 1024 * 1024
MOST_CELLS = 5_000
_SHOWN = 500
_UNTAKEN: tuple[Column[Untaken], ...] = (
    Column("行", 6, lambda one: one.line),
    Column("工作表", 16, lambda one: one.sheet or None),
    Column("列", 18, lambda one: one.column or None),
    Column("表里写的", 60, lambda one: one.after or None),
    Column("为什么没有收", 60, lambda one: one.why),
    Column("承诺编号", 19, lambda one: one.id),
)
_NAME = 80  # characters of a file's name that are shown


@router.get("/ledger/import")
def choose(visit: Asking) -> Response:
    """What may be changed in the sheet, and the form for the file."""
    return _form(visit)


@router.post("/ledger/import")
def upload(visit: Asking, file: Annotated[UploadFile | None, File()] = None) -> Response:
    """Reads the file, keeps what was changed in it, and leads to the preview; nothing is recorded."""
    if file is None or not file.filename:
        return _form(visit, wrong="还没有选文件")
    name = file.filename[-_NAME:]
    visit.note(object=name)
    try:
        content = checked(file.file.read(MOST_BYTES + 1))
        if apart := importing.read_apart(visit, content, name):
            return apart
        key = received(visit, content, name)
    except NotOurLedger as error:
        return _form(visit, wrong=f"“{name}”没有收：{error}")
    foreign = visit.actions.returns.foreign(key) is not None
    return visit.go(visit.link(f"/ledger/import/{key}{'/columns' if foreign else ''}", asof=None, back=visit.back))


def checked(content: bytes) -> bytes:
    """The same, if it isn't too long. NotOurLedger."""
    if len(content) > MOST_BYTES:
        raise NotOurLedger(f"文件太大：最多 {MOST_BYTES // 1024 // 1024} 兆")
    return content


def received(visit: Visit, content: bytes, name: str) -> str:
    """The key under which a workbook's changes are kept. NotOurLedger says why there is none."""
    return visit.actions.returns.receive(checked(content), name, visit.now)


def _form(visit: Visit, wrong: str | None = None) -> Response:
    titles = list(TITLES.values())
    waiting = visit.actions.returns.waiting()
    told = [{"key": key, "file": name, "lines": number, "at": at.isoformat()} for key, name, number, at in waiting]
    record = {"columns": titles, "most_bytes": MOST_BYTES, "unmatched": told} | ({"error": wrong} if wrong else {})
    return visit.show("import.html", record, wrong=wrong, titles=titles, reason=REASON, source=SOURCE, waiting=waiting)


@router.get("/ledger/import/{key}")
def preview(visit: Asking, key: str) -> Response:
    """Exactly the changed cells, old and new; conflicts; what isn't taken and why."""
    if visit.actions.returns.kept(key) is None and visit.actions.returns.foreign(key) is not None:
        visit.elsewhere(visit.link(f"/ledger/import/{key}/columns", asof=None, back=visit.back))
    name, found = kept(visit, key)
    if visit.form:
        return listed(visit, "没有收的", _UNTAKEN, list(found.untaken))
    returned = found.returned
    return visit.show(
        "import_seen.html",
        comparison_record(found) | {"file": name},
        name=name,
        found=found,
        key=key,
        shown=_SHOWN,
        most=MOST_CELLS,
        origin=origin_words(returned),
        counted=counted(found),
        conflict_words=conflict_words,
        status_of=Status,
        not_wanted=NOT_WANTED,
        say=say,
    )


@router.post("/ledger/import/{key}")
def apply(
    visit: Asking, key: str, expected: Typed, also: Annotated[list[str] | None, Form(max_length=_SHOWN)] = None
) -> Response:
    """Records what was seen, all or none; of the conflicts those that are ticked."""
    name, found = kept(visit, key)
    if found.fingerprint != expected:
        visit.noted.result = "refused: conflict"
        return visit.go(visit.here(), "什么也没有记：台账刚刚又变了。请再看一遍")
    made = record(visit, name, found, frozenset(also or ()))
    return visit.go(visit.link(f"/ledger/imports/{made[0].id}", back=visit.back), f"记下了 {len(made)} 个决定")


def record(visit: Visit, name: str, found: Compared, also: frozenset[str]) -> list[Decision]:
    """Records what a workbook changes, and of the conflicts `also`. WrongDecision: there is nothing, or too much."""
    wanted = [*found.changes, *(one for one in found.conflicts if one.key in also)]
    if not wanted:
        raise WrongDecision("没有要记下的改动")
    if len(wanted) > MOST_CELLS:
        raise WrongDecision(f"改了 {len(wanted)} 格，一次最多记 {MOST_CELLS} 格。请分几次导")
    asked = decisions_of(wanted, visit.person.name, visit.now)
    made = decisions.decide_each(visit.store, asked, seen_of(wanted))
    told = origin_words(found.returned)
    visit.note(object=f"{name}，{len(made)} 个决定", after=((f"第 {made[0].id} 号起", told),))
    return made


def kept(visit: Visit, key: str) -> tuple[str, Compared]:
    """The name of an uploaded workbook, and what it would change now. 404: it isn't there any more."""
    found = visit.actions.returns.kept(key)
    if found is None:
        visit.gone("这次上传的台账不在了（上传后保留两天）。请重新上传。")
    name, returned = found
    return name, visit.actions.returns.compare(returned, visit.today)


@router.get("/ledger/imports/{number}")
def imported(visit: Asking, number: int) -> Response:
    """What was recorded together, and how to take it back."""
    made = made_from(visit, number)
    left = sum(1 for one, undone in made if not undone)
    ids = tuple(dict.fromkeys(one.commitment for one, _ in made[:_SHOWN] if one.commitment))
    page = visit.actions.lists.page(Filter(current=None), Stands(visit.as_of, ids=ids), Sort.DOCUMENT, limit=None)
    known = {one.row.id: one for one in page}
    return visit.show(
        "imported.html",
        together_record(made),
        made=made,
        left=left,
        known=known,
        quotes=quotes_of(visit, {one.row.document.id for one in page}, [one for one, _ in made]),
        may_undo=left and _may_undo(visit, made[0][0]),
        shown=_SHOWN,
        say=say,
    )


@router.post("/ledger/imports/{number}/undo")
def undo(visit: Asking, number: int) -> Response:
    """Takes all of it back, in one transaction."""
    count = take_back(visit, number)
    return visit.go(visit.link(f"/ledger/imports/{number}", back=visit.back), f"撤销了 {count} 个决定")


def take_back(visit: Visit, number: int) -> int:
    """How many decisions of an import were taken back. WrongDecision: somebody else's; 404: there is no such import."""
    made = made_from(visit, number)
    if not _may_undo(visit, made[0][0]):
        raise WrongDecision("导入只能由本人或管理员整批撤销")
    count = decisions.undo_all(visit.store, [one.id for one, _ in made], who=visit.person.name, now=visit.now)
    visit.note(object=f"{count} 个决定", before=((f"第 {number} 号起", "导入"),), after=(("", "撤销"),))
    return count


def made_from(visit: Visit, number: int) -> list[tuple[Decision, bool]]:
    """The decisions of an import, and which of them were taken back. 404: there is no such import."""
    made = decisions.made_together(visit.store, number, alike=False) if number < 2**31 else []
    if not made or made[0][0].id != number:
        visit.gone(f"没有从第 {number} 号决定开始的导入。")
    return made


def _may_undo(visit: Visit, first: Decision) -> bool:
    """Whoever recorded it, or the administrator; whenever: what others decided since stays."""
    allowed = visit.may("POST /ledger/imports/{number}/undo") and first.kind is not DecisionKind.UNDO
    return allowed and (first.who == visit.person.name or visit.person.role is UserRole.ADMIN)
