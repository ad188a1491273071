"""签发前看一遍: a draft reply, looked through before it is signed; nothing of it is kept."""

from __future__ import annotations

from typing import Annotated

from fastapi import File, UploadFile
from fastapi.responses import Response

from models.appraisal import Appraisal
from models.documents import Identity, Kind
from models.errors import Unreadable, UnreadableDocument
from models.filters import Filter
from models.queries import DocumentRow, list_documents
from outputs.appraisal import appraisal_record, summary_lines
from outputs.exchange import Record
from outputs.ledger import heading
from outputs.phrases import finding_phrase, reason_phrase
from outputs.remedies import REMEDIES
from outputs.web.deciding import Typed
from outputs.web.documents import ITEMS
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
        given = _read(item) if item is not None and item.filename else None
        found, against = looked_through(visit, _read(file), given)
    except UnreadableDocument as error:
        said = reason_phrase(error.reason, error.detail)
        return _show(visit, wrong=f"“{name}”读不了：{said}。{REMEDIES[error.reason]}")
    if form == "docx":
        from outputs.letters.appraisal import appraisal_sheet

        return visit.file(appraisal_sheet(found, name), f"审核单-{name.rpartition('.')[0] or name}.docx", _DOCX)
    return _show(visit, found=found, name=name, against=against)


def looked_through(
    visit: Visit, draft: tuple[str, bytes], item: tuple[str, bytes] | None
) -> tuple[Appraisal, DocumentRow | None]:
    """A draft looked through beside what it answers: the file that was given, or the one of its number in the register,
    which is named then. UnreadableDocument."""
    found = visit.actions.appraise(draft, item)
    known = answered_by(visit, found.reply.identity) if item is None else None
    kept = visit.lists.original(known.id) if known else None
    if known is None or kept is None:
        return found, None
    name, path = kept
    return visit.actions.appraise(draft, (name, path.read_bytes())), known


def answered_by(visit: Visit, reply: Identity) -> DocumentRow | None:
    """The suggestion or proposal of the register that a reply's head names: the same number of the same session of the
    same place, and no other; None where the head doesn't say all of that, or names several."""
    if not (reply.number and reply.number.isdecimal() and reply.addressed_to and reply.session and reply.region):
        return None
    short = reply.number.lstrip("0")
    numbers = tuple({reply.number, *(short.zfill(width) for width in range(1, 6))})
    rows = list_documents(visit.store, Filter(kinds=ITEMS, addressed_to=reply.addressed_to, numbers=numbers))
    same = (reply.congress, reply.session, reply.region)
    found = [
        row.document
        for row in rows
        if (row.document.identity.congress, row.document.identity.session, row.document.identity.region) == same
    ]
    return found[0] if len(found) == 1 else None


def _read(file: UploadFile) -> tuple[str, bytes]:
    name, content = file.filename or "", file.file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise UnreadableDocument(name, Unreadable.TOO_LARGE)
    return name, content


def _show(
    visit: Visit,
    *,
    wrong: str | None = None,
    found: Appraisal | None = None,
    name: str = "",
    against: DocumentRow | None = None,
) -> Response:
    record = {"error": wrong} if wrong else checked_record(name, found, against) if found else {}
    return visit.show(
        "check.html",
        record,
        wrong=wrong,
        found=found,
        name=name,
        against=against,
        heading=heading,
        summary=summary_lines(found) if found else [],
        looks=_LOOKS,
        finding_phrase=finding_phrase,
        is_reply=found is None or found.reply.identity.kind is Kind.REPLY,
    )


def checked_record(name: str, found: Appraisal, against: DocumentRow | None) -> Record:
    """What a draft lacks, as JSON."""
    return {"file": name, "against": against.id if against else None, **appraisal_record(found)}
