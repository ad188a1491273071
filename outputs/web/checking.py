"""签发前看一遍: a draft reply, looked through before it is signed; nothing of it is kept."""

from __future__ import annotations

from typing import Annotated

from fastapi import File, UploadFile
from fastapi.responses import Response

from models.appraisal import Appraisal
from models.documents import Kind
from models.errors import Unreadable, UnreadableDocument
from outputs.appraisal import appraisal_record, summary_lines
from outputs.phrases import finding_phrase, reason_phrase
from outputs.remedies import REMEDIES
from outputs.web.deciding import Typed
from outputs.web.guard import pages
from outputs.web.visit import Asking, Visit

router = pages()

MOST_BYTES = 30 * 1024 * 1024
_NAME = 80
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_LOOKS = {"answered": "fulfilled", "declined": "dropped", "unanswered": "overdue"}
Upload = Annotated[UploadFile | None, File()]


@router.get("/check")
def form(visit: Asking) -> Response:
    """The form for the draft."""
    return _show(visit)


@router.post("/check")
def check(visit: Asking, file: Upload = None, item: Upload = None, form: Typed = "page") -> Response:
    """What the draft lacks, as a page or as the sheet that goes back with it; the file is read and forgotten."""
    if file is None or not file.filename:
        return _show(visit, wrong="还没有选文件")
    name = file.filename[-_NAME:]
    visit.note(object=name)
    try:
        asked = _read(item) if item is not None and item.filename else None
        found = visit.actions.appraise(_read(file), asked)
    except UnreadableDocument as error:
        said = reason_phrase(error.reason, error.detail)
        return _show(visit, wrong=f"“{name}”读不了：{said}。{REMEDIES[error.reason]}")
    if form == "docx":
        from outputs.letters.appraisal import appraisal_sheet

        return visit.file(appraisal_sheet(found, name), f"审核单-{name.rpartition('.')[0] or name}.docx", _DOCX)
    return _show(visit, found=found, name=name)


def _read(file: UploadFile) -> tuple[str, bytes]:
    name, content = file.filename or "", file.file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise UnreadableDocument(name, Unreadable.TOO_LARGE)
    return name, content


def _show(visit: Visit, *, wrong: str | None = None, found: Appraisal | None = None, name: str = "") -> Response:
    if wrong:
        visit.noted.result = "refused: wrong"
    record = {"error": wrong} if wrong else {"file": name, **appraisal_record(found)} if found else {}
    return visit.show(
        "check.html",
        record,
        status=422 if wrong else 200,
        wrong=wrong,
        found=found,
        name=name,
        summary=summary_lines(found) if found else [],
        looks=_LOOKS,
        finding_phrase=finding_phrase,
        is_reply=found is None or found.reply.identity.kind is Kind.REPLY,
    )
