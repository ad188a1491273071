"""Large ledgers that come back: how far they are read, or looked for, behind the page; stopped, and led on from."""

from __future__ import annotations

from fastapi.responses import Response
from starlette.exceptions import HTTPException

from models.apart import WorkState
from models.foreign import ForeignSheet, Meaning, ReadAs
from outputs.exchange import Record
from outputs.web.apart import left_words
from outputs.web.guard import pages
from outputs.web.visit import Asking, Visit

router = pages()

MOST_AT_ONCE = 200_000
"""Bytes of a workbook, about 300 lines of ours: read within a second or two, and no page waits for it."""
LINES_AT_ONCE = 500
"""Lines of another office's ledger that are looked for at once where each has its number; by their words, a fifth."""
_SLOWER = 5
_WAIT = 5
"""Ledgers that may be read or wait at once: each is a process of its own."""


def read_apart(visit: Visit, content: bytes, name: str) -> Response | None:
    """Starts to read a large workbook, and leads to how far it is; None: it is small."""
    return _follow(visit, begin(visit, content, name)) if len(content) > MOST_AT_ONCE else None


def begin(visit: Visit, content: bytes, name: str) -> str:
    """Starts to read a workbook; the key of the work. 429: too many wait already."""
    _refuse_more(visit)
    return visit.actions.imports.read(content, name, visit.today, visit.now)


def look_for_apart(visit: Visit, key: str, name: str, sheet: ForeignSheet, read_as: ReadAs) -> Response | None:
    """The same of the lines of another office's ledger."""
    numbered = bool(read_as.columns_of(Meaning.ID, Meaning.NUMBER))
    if len(sheet.lines) * (1 if numbered else _SLOWER) <= LINES_AT_ONCE:
        return None
    _refuse_more(visit)
    lines = len(sheet.lines)
    return _follow(visit, visit.actions.imports.look_for(key, name, read_as, lines, visit.today, visit.now))


def _refuse_more(visit: Visit) -> None:
    if (before := visit.actions.imports.running()) >= _WAIT:
        raise HTTPException(429, f"前面还有 {before} 份台账没有读完。等一会儿再导")


def _follow(visit: Visit, key: str) -> Response:
    return visit.go(visit.link(f"/ledger/importing/{key}", asof=None, back=visit.back))


@router.get("/ledger/importing/{key}")
def far(visit: Asking, key: str) -> Response:
    """How far it is; once it is done, what came of it."""
    found = state_of(visit, key)
    if found.name and not visit.wants_json:
        visit.elsewhere(visit.link(found.name, asof=None, back=visit.back))
    left = left_words(found, "就要开始；前面有别的台账就等它读完")
    return visit.show("importing.html", state_record(found), found=found, key=key, left=left)


@router.post("/ledger/importing/{key}/stop")
def stop(visit: Asking, key: str) -> Response:
    """Has it end."""
    end(visit, key)
    return visit.go(visit.link(f"/ledger/importing/{key}", asof=None, back=visit.back))


def end(visit: Visit, key: str) -> None:
    """The same for programs. 404: there is no such work."""
    state_of(visit, key)
    visit.note(object=key)
    visit.actions.imports.stop(key)


def state_of(visit: Visit, key: str) -> WorkState:
    """How far it is. 404: there is no such work, or it isn't there any more."""
    found = visit.actions.imports.state_of(key)
    if found is None:
        visit.gone("没有这次导入，或者已经过了两天。请再上传一次。")
    return found


def state_record(found: WorkState) -> Record:
    """How far it is, for programs."""
    return {
        "total": found.total,
        "done": found.done,
        "seconds_left": found.seconds_left,
        "next": found.name or None,
        "error": found.trouble or None,
        "stopped": found.stopped,
    }
