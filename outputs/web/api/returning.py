"""The ledger that programs send back: read, compared cell by cell, recorded when that is asked for, taken back."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import Body, Path, Query
from fastapi.responses import Response

from models.errors import NotOurLedger, WrongDecision
from outputs.exchange import Record
from outputs.returned import comparison_record
from outputs.sheets.comparing import Compared
from outputs.web import foreign, importing, returning, unmatched
from outputs.web.api import answers, returned
from outputs.web.api.bodies import Applying, ReadingAs, SayingLine
from outputs.web.api.describing import PROBLEMS, offered
from outputs.web.api.questions import Question, Sending, Sheeted
from outputs.web.api.values import Numbered
from outputs.web.deciding import together_record
from outputs.web.problems import problem
from outputs.web.visit import Asking, Visit

router, known = offered("导入", writes=True), offered("导入", single=True)

Workbook = Annotated[
    bytes,
    Body(
        media_type="application/octet-stream",
        description="从台账导出、改过的 xlsx，原样放在请求内容里（Content-Type: application/octet-stream），最多 30 兆",
    ),
]
IMPORT = re.compile(r"/ledger/import/(?P<key>[0-9a-f]{16})(?P<columns>/columns)?")
"""Where the page of a ledger that was read is."""
Key = Annotated[str, Path(pattern=r"^[0-9a-f]{16}$", description="上传时答出的编号")]


@router.post(
    "/api/imports",
    status_code=201,
    response_model=answers.Import | returned.ForeignSent,
    summary="上传改好的 Excel 台账：逐格答出改了什么，什么也不记；别处的台账先答出各列像什么",
)
def send_import(visit: Asking, ask: Annotated[Sending, Query()], content: Workbook) -> Record | Response:
    """Reads a workbook and tells what it would change; nothing is recorded."""
    visit.note(object=ask.name)
    try:
        key = returning.received(visit, content, ask.name)
    except NotOurLedger as error:
        visit.noted.result = "refused: wrong"
        return problem(visit.request, 422, f"没有收：{error}")
    if visit.actions.returns.foreign(key):
        return {"key": key, **_columns(visit, key)}
    return _told(key, *returning.kept(visit, key))


@router.post(
    "/api/importing",
    status_code=201,
    response_model=returned.Importing,
    summary="上传大的台账，在后台读：照编号问读到了哪里，读完了答出 import_key",
)
def begin_import(visit: Asking, ask: Annotated[Sending, Query()], content: Workbook) -> Record | Response:
    """Has a workbook read by a process of its own."""
    visit.note(object=ask.name)
    try:
        return _far(visit, importing.begin(visit, returning.checked(content), ask.name))
    except NotOurLedger as error:
        visit.noted.result = "refused: wrong"
        return problem(visit.request, 422, f"没有收：{error}")


@known.get("/api/importing/{key}", response_model=returned.Importing, summary="一份大的台账读到了哪里")
def look_at_importing(visit: Asking, key: Key, ask: Annotated[Question, Query()]) -> Record:
    """How far it is."""
    return _far(visit, key)


@router.post("/api/importing/{key}/stop", response_model=returned.Importing, summary="不读了；什么也没有改")
def stop_importing(visit: Asking, key: Key) -> Record:
    """Has it end."""
    importing.end(visit, key)
    return _far(visit, key)


@known.get(
    "/api/imports/{key}",
    response_model=answers.Import,
    responses={409: {"model": answers.Problem, "description": PROBLEMS[409]}},
    summary="再看一遍：对着现在的台账，这份表会改什么",
)
def look_at_import(visit: Asking, key: Key, ask: Annotated[Question, Query()]) -> Record | Response:
    """The same against the ledger as it is now."""
    return _unsaid(visit, key) or _told(key, *returning.kept(visit, key))


@known.get("/api/imports/{key}/columns", response_model=returned.SheetColumns, summary="别处的台账：各列像什么，为什么")
def look_at_columns(visit: Asking, key: Key, ask: Annotated[Sheeted, Query()]) -> Record:
    """What the columns of another office's ledger are taken for."""
    return _columns(visit, key, ask.sheet)


@router.post(
    "/api/imports/{key}/columns",
    status_code=201,
    response_model=answers.Import,
    summary="说定别处的台账各列是什么：答出会改什么，什么也不记；下次同样的表头照此",
)
def say_columns(visit: Asking, key: Key, reading: ReadingAs) -> Record | Response:
    """Reads another office's ledger as the program says."""
    name, book = foreign.kept(visit, key)
    sheet = book.sheet(reading.sheet)
    unknown = sorted(reading.columns.keys() - set(sheet.heads))
    given = {word: status.value if status else foreign.NOT_TAKEN for word, status in reading.words.items()}
    said = foreign.read_as_said(sheet, {head: one.value for head, one in reading.columns.items()}, given)
    visit.note(object=name, after=[("工作表", sheet.name)])
    if unknown or said.lacks:
        visit.noted.result = "refused: wrong"
        why = f"表里没有这样的表头：{'、'.join(unknown)}" if unknown else said.lacks
        return problem(visit.request, 422, why)
    visit.actions.returns.read_by(key, said, visit.today)
    return _told(key, *returning.kept(visit, key))


@router.post(
    "/api/imports/{key}/lines",
    status_code=201,
    response_model=answers.Import,
    responses={409: {"model": answers.Problem, "description": PROBLEMS[409]}},
    summary="别处的台账：找不到是哪一条的一行，说定是哪一条，或者不要；答出会改什么，什么也不记",
)
def say_line(visit: Asking, key: Key, saying: SayingLine) -> Record | Response:
    """Reads another office's ledger once more with what is said of a line."""
    if unsaid := _unsaid(visit, key):
        return unsaid
    try:
        unmatched.said(visit, key, saying.line, saying.commitment or "", "is" if saying.commitment else "drop")
    except WrongDecision as error:
        visit.noted.result = "refused: wrong"
        return problem(visit.request, 422, str(error))
    return _told(key, *returning.kept(visit, key))


@router.post(
    "/api/imports/{key}/apply",
    status_code=201,
    response_model=returned.Imported,
    responses={409: {"model": answers.Problem, "description": PROBLEMS[409]}},
    summary="记下看过的改动，全部记下或一条也不记；also 里的冲突也按表里的改",
)
def apply_import(visit: Asking, key: Key, applying: Applying) -> Record | Response:
    """Records what was seen."""
    if unsaid := _unsaid(visit, key):
        return unsaid
    name, found = returning.kept(visit, key)
    unknown = set(applying.also) - {one.key for one in found.conflicts}
    if found.fingerprint != applying.expected or unknown:
        visit.noted.result = "refused: conflict"
        return problem(visit.request, 409, "什么也没有记：台账又变了，和看过的不一样。请再取一次，看过再记")
    try:
        made = returning.record(visit, name, found, frozenset(applying.also))
    except WrongDecision as error:
        visit.noted.result = "refused: wrong"
        return problem(visit.request, 409, str(error))
    return {"number": made[0].id, **together_record([(one, False) for one in made])}


@known.get("/api/imported/{number}", response_model=returned.Imported, summary="一次记下了的导入：各个决定，撤销了几个")
def look_at_imported(visit: Asking, number: Numbered, ask: Annotated[Question, Query()]) -> Record:
    """What was recorded at once."""
    return {"number": number, **together_record(returning.made_from(visit, number))}


@router.post(
    "/api/imported/{number}/undo",
    status_code=201,
    response_model=returned.Undone,
    summary="整批撤销一次导入：本人或管理员；撤销也是记录",
)
def undo_import(visit: Asking, number: Numbered) -> Record | Response:
    """Takes all of an import back."""
    try:
        return {"undone": returning.take_back(visit, number)}
    except WrongDecision as error:
        visit.noted.result = "refused: wrong"
        return problem(visit.request, 409, str(error))


def _far(visit: Visit, key: str) -> Record:
    told = importing.state_record(importing.state_of(visit, key))
    made, columns = IMPORT.fullmatch(str(told.pop("next") or "")), False
    if made:
        columns = made["columns"] is not None
    return {"key": key, **told, "import_key": made["key"] if made else None, "columns": columns}


def _columns(visit: Visit, key: str, wanted: str = "") -> Record:
    name, book = foreign.kept(visit, key)
    said, before = visit.actions.returns.proposed(book, wanted or (book.read_as.sheet if book.read_as else None))
    return {"file": name, **foreign.sheet_record(book, book.sheet(said.sheet), said, remembered=before)}


def _unsaid(visit: Visit, key: str) -> Response | None:
    """A problem, where nobody said yet what the columns of another office's ledger are."""
    if visit.actions.returns.kept(key) is None and visit.actions.returns.foreign(key) is not None:
        visit.noted.result = "refused: wrong"
        return problem(visit.request, 409, f"先说定各列是什么：POST /api/imports/{key}/columns")
    return None


def _told(key: str, name: str, found: Compared) -> Record:
    return {"key": key, "file": name, **comparison_record(found)}
