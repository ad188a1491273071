"""One suggestion or proposal: what it asks, beside what the replies answer."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi.responses import Response

from models import queries
from models.evidence import Answer, PairKind
from models.filters import Filter, Sort
from models.followed import CoverageRow, coverage_of
from models.queries import DocumentRow, RequestRow
from models.stands import Stands
from outputs.exchange import coverage_record, identity_record, standing_record
from outputs.ledger import Standing
from outputs.web import say
from outputs.web.documents import ITEMS, document_of, related
from outputs.web.guard import pages
from outputs.web.visit import Asking, Visit

router = pages()

_REPLIES = (PairKind.ANSWERS, PairKind.SECOND, PairKind.CO_REPLY)
LOOKS = {Answer.ANSWERED: "fulfilled", Answer.DECLINED: "dropped", Answer.UNANSWERED: "overdue"}


@dataclass(frozen=True, slots=True)
class Asks:
    """One ask, and what each reply says to it."""

    request: RequestRow
    answers: tuple[CoverageRow, ...]


@router.get("/items/{id}")
def item(visit: Asking, id: str) -> Response:
    """Its asks beside the answers; its replies, the co-handlers' opinions, second replies; what they promise."""
    row = document_of(visit, id)
    if row.identity.kind not in ITEMS:
        visit.elsewhere(visit.link(f"/documents/{row.id}", back=visit.back))
    read = read_item(visit, row)
    return visit.show(
        "item.html",
        item_record(read),
        row=row,
        replies=read.replies,
        asks=read.asks,
        extra=read.extra,
        counted=read.counted,
        standings=read.standings,
        looks=LOOKS,
        say=say,
    )


@dataclass(frozen=True, slots=True)
class ReadItem:
    """All that is known of one item."""

    row: DocumentRow
    replies: list[tuple[PairKind, DocumentRow]]
    asks: list[Asks]
    extra: list[CoverageRow]
    standings: tuple[Standing, ...]

    @property
    def counted(self) -> dict[Answer, int]:
        """How many asks came to what."""
        return {answer: sum(1 for one in self.asks if _best(one) is answer) for answer in Answer}


def read_item(visit: Visit, row: DocumentRow) -> ReadItem:
    """All that is known of one item."""
    replies = [(kind, other) for kind, later, other in related(visit, row.id) if later and kind in _REPLIES]
    asks, extra = _asks(visit, row, [other for _, other in replies])
    standings = (
        visit.actions.lists.page(
            Filter(documents=tuple(other.id for _, other in replies)), Stands(visit.as_of), Sort.DOCUMENT, limit=None
        )
        if replies
        else ()
    )
    return ReadItem(row, replies, asks, extra, standings)


def item_record(read: ReadItem) -> dict[str, object]:
    """The same as JSON."""
    return {
        "id": read.row.id,
        "identity": identity_record(read.row.identity),
        "replies": [{"kind": kind.value, "id": other.id, "name": other.name} for kind, other in read.replies],
        "requests": [
            {"id": one.request.id, "text": one.request.request.span.text}
            | {"answers": [coverage_record(answer) | {"reply": answer.reply.id} for answer in one.answers]}
            for one in read.asks
        ],
        "answers": {answer.value: number for answer, number in read.counted.items()},
        "commitments": [standing_record(one) for one in read.standings],
    }


def _asks(visit: Visit, row: DocumentRow, replies: list[DocumentRow]) -> tuple[list[Asks], list[CoverageRow]]:
    """The item's asks with the answers; and the answers to asks that only a reply names."""
    asks = queries.list_requests(visit.store, Filter(current=None, documents=(row.id,)))
    named = Filter(current=None, documents=tuple(one.id for one in replies))
    found = coverage_of(visit.store, named) if replies else []
    own = [one for one in found if one.item is not None and one.item.id == row.id]
    extra = [one for one in found if one.item is None]
    return [Asks(ask, tuple(one for one in own if one.request_id == ask.id)) for ask in asks], extra


def _best(one: Asks) -> Answer | None:
    """What became of an ask in the reply that says most; None: no reply speaks of it or none is there."""
    order = (Answer.ANSWERED, Answer.DECLINED, Answer.UNANSWERED)
    return min((answer.answer for answer in one.answers), key=order.index, default=None)
