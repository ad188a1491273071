"""A draft looked through before it is signed: sent, read, told, forgotten."""

from __future__ import annotations

from typing import Annotated

from fastapi import Body, Query
from fastapi.responses import Response

from models.errors import UnreadableDocument
from outputs.exchange import Record
from outputs.phrases import reason_phrase
from outputs.remedies import REMEDIES
from outputs.web.api import answers
from outputs.web.api.describing import offered
from outputs.web.api.questions import Drafting
from outputs.web.checking import checked_record, looked_through
from outputs.web.documents import ITEMS, document_of
from outputs.web.problems import problem
from outputs.web.visit import Asking, Visit

router = offered("文件", writes=True)

Draft = Annotated[
    bytes,
    Body(
        media_type="application/octet-stream",
        description="待签发的答复，原样放在请求内容里（Content-Type: application/octet-stream），最多 30 兆；读完就删",
    ),
]


@router.post(
    "/api/check", response_model=answers.Checked, summary="签发前看一遍：缺什么、漏答什么、哪些数对不上；什么也不记"
)
def check(visit: Asking, ask: Annotated[Drafting, Query()], content: Draft) -> Record | Response:
    """What a draft lacks."""
    visit.note(object=ask.name)
    item = _item(visit, ask.item) if ask.item else None
    try:
        found, against = looked_through(visit, (ask.name, content), item)
    except UnreadableDocument as error:
        visit.noted.result = "refused: wrong"
        return problem(
            visit.request, 422, f"读不了：{reason_phrase(error.reason, error.detail)}。{REMEDIES[error.reason]}"
        )
    return checked_record(ask.name, found, against)


def _item(visit: Visit, id: str) -> tuple[str, bytes]:
    """The suggestion or proposal as it came in. 404: there is none of that id."""
    document = document_of(visit, id)
    kept = visit.lists.original(document.id) if document.identity.kind in ITEMS else None
    if kept is None:
        visit.gone(f"编号是 {id} 的不是建议、提案，或者没有留下原件。")
    name, path = kept
    return name, path.read_bytes()
