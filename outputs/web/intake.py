"""收件: files uploaded into the register, how far the run that takes them in has come, and stopping it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import File, UploadFile
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from models.history import list_runs
from models.people import UserRole
from models.progress import Progress, ask_to_stop
from models.runs import Run, RunId, RunState
from outputs.exchange import Record
from outputs.web.actions import Received
from outputs.web.guard import pages
from outputs.web.visit import Asking, Visit

router = pages()

MOST_FILES, MOST_BYTES = 200, 60 * 1024 * 1024
_FORMS = ".txt,.html,.htm,.docx,.doc,.wps,.pdf,.ofd"
_GONE_QUIET = timedelta(minutes=20)  # the slowest file may take ten


@router.get("/intake")
def choose(visit: Asking) -> Response:
    """The form for the files."""
    return _form(visit)


@router.post("/intake")
def upload(visit: Asking, file: Annotated[list[UploadFile] | None, File(max_length=MOST_FILES + 1)] = None) -> Response:
    """Keeps the files and starts a run that takes them in; leads to where one sees how far it is."""
    given = [(one.filename, one.file.read(MOST_BYTES + 1)) for one in file or () if one.filename]
    told = wrong(given)
    visit.note(object=f"{len(given)} 个文件", after=noted(given))
    if told:
        return _form(visit, told)
    key = visit.actions.intake.receive(given, visit.now)
    return visit.go(visit.link(f"/intake/{key}", asof=None), f"收到 {len(given)} 个文件，正在读")


def noted(given: Sequence[tuple[str, bytes]]) -> list[tuple[str, str]]:
    """What the audit log says of uploaded files: the names of the first."""
    return [("文件", name.replace("\0", " ")) for name, _ in given[:20]]


def wrong(given: Sequence[tuple[str, bytes]]) -> str | None:
    """Why files aren't taken in, if they aren't."""
    if not given:
        return "还没有选文件"
    if any(not name or "\0" in name for name, _ in given):
        return "有的文件没有名字，或者名字里有不能保存的字符"
    if len(given) > MOST_FILES:
        return f"一次最多 {MOST_FILES} 个文件；更多的请放进收件文件夹"
    if sum(len(content) for _, content in given) > MOST_BYTES:
        return f"一次最多 {MOST_BYTES // 1024 // 1024} 兆；更多的请分几次，或放进收件文件夹"
    return None


def _form(visit: Visit, wrong: str | None = None) -> Response:
    record = {"most_files": MOST_FILES, "most_bytes": MOST_BYTES} | ({"error": wrong} if wrong else {})
    return visit.show("intake.html", record, wrong=wrong, forms=_FORMS, most=MOST_FILES)


@router.get("/intake/{key}")
def waiting(visit: Asking, key: str) -> Response:
    """What became of an upload: its run, once that has begun; until then what it waits for."""
    found = state_of(visit, key)
    if found.run and not visit.wants_json:
        visit.elsewhere(visit.link(f"/runs/{found.run}", asof=None))
    holder = next((one for one in list_runs(visit.store, limit=5) if one.state is RunState.RUNNING), None)
    return visit.show("intake_waiting.html", state_record(found), found=found, holder=holder)


def state_of(visit: Visit, key: str) -> Received:
    """What became of an upload. 404: there is none."""
    found = visit.actions.intake.state_of(key)
    if found is None:
        visit.gone("没有这次上传，或者已经不收了。")
    return found


def state_record(found: Received) -> Record:
    """The same for programs."""
    return {
        "key": found.key,
        "files": found.files,
        "run": found.run,
        "error": found.trouble or None,
        "cancelled": found.cancelled,
    }


@router.post("/intake/{key}/cancel")
def cancel(visit: Asking, key: str) -> Response:
    """Gives an upload up that still waits."""
    found = state_of(visit, key)
    visit.note(object=key)
    if found.run:
        return visit.go(visit.link(f"/runs/{found.run}", asof=None), "已经开始读了；要停就在这一页叫停")
    visit.actions.intake.cancel(key)
    return visit.go(visit.link("/intake", asof=None), f"不收了：{found.files} 个文件一个也没有收")


@router.post("/runs/{number}/stop")
def stop(visit: Asking, number: int) -> Response:
    """Asks a run to stop between two files."""
    said = "叫停了：做完手上这个文件就停，收进的都在" if stopped(visit, number) else "这次运行已经结束了"
    return visit.go(visit.link(f"/runs/{number}", asof=None), said)


def stopped(visit: Visit, number: int) -> bool:
    """Whether a run was asked to stop: one that has ended isn't. 404: there is none; 403: it isn't theirs to stop."""
    found = list_runs(visit.store, only=RunId(number), limit=1) if number < 2**31 else []
    if not found:
        visit.gone(f"没有第 {number} 次运行。")
    visit.note(object=f"第 {number} 次运行")
    if not may_stop(visit, found[0]):
        raise HTTPException(403, "夜间运行只有管理员能叫停")
    return ask_to_stop(visit.store, found[0].id, visit.person.name, visit.now)


def may_stop(visit: Visit, run: Run) -> bool:
    """Whether this person may stop a run: what was taken in by hand whoever decides, the nightly run administrators."""
    allowed = visit.may("POST /runs/{number}/stop")
    return allowed and (run.kind == "ingest" or visit.person.role is UserRole.ADMIN)


def progress_record(found: Progress | None) -> Record | None:
    """How far a run has come, for programs."""
    if found is None:
        return None
    left = found.left
    return {
        "step": found.step.value if found.step else None,
        "total": found.total,
        "done": found.done,
        "seconds_left": int(left.total_seconds()) if left is not None else None,
        "stop_by": found.stop_by,
    }


def left_words(found: Progress | None, now: datetime) -> str:
    """How long the rest of the step takes, in words that don't pretend to know better.

    >>> left_words(None, datetime(2026, 3, 2))
    ''
    """
    if found is None or found.step is None:
        return ""
    if now - found.at > _GONE_QUIET:
        return "很久没有动静了，可能已经断掉"
    left = found.left
    if left is None:
        return "还说不准要多久"
    minutes = round(left.total_seconds() / 60)
    return "这一步不到一分钟" if minutes < 1 else f"这一步大约还要 {minutes} 分钟"
