"""Choosing the promise that another is the same as: found by its words, not by its number."""

from __future__ import annotations

from fastapi.responses import Response

from models.filters import Filter, Sort
from models.ids import RecordId
from models.search import SearchKind
from models.stands import Stands
from outputs.exchange import standing_record
from outputs.ledger import Standing
from outputs.web import say
from outputs.web.deciding import standing_of
from outputs.web.guard import pages
from outputs.web.visit import Asking, Visit

router = pages()

_OFFERED, _LOOKED_AT = 20, 60
_QUERY = 60  # characters of the promise itself that are searched for until somebody types a query


@router.get("/commitments/{id}/merge")
def merge(visit: Asking, id: str) -> Response:
    """The promises that are most like this one, or that ?q= finds, to choose one of."""
    one = standing_of(visit, id)
    query = (visit.text("q") or "")[:200]
    found = _alike(visit, one, query or one.row.commitment.span.text[:_QUERY])
    record = {"id": id, "query": query, "found": [standing_record(other) for other in found]}
    return visit.show(
        "merge.html",
        record,
        one=one,
        query=query,
        found=found,
        last=max((decision.id for decision in one.decided.decisions), default=0),
        say=say,
    )


def _alike(visit: Visit, one: Standing, query: str) -> list[Standing]:
    """What a query finds, those of the same case and of the same unit before others, of each the best first; neither
    the promise itself nor what is merged or no promise."""
    hits = visit.actions.search(query, [SearchKind.COMMITMENT], limit=_LOOKED_AT).hits
    ids = tuple(RecordId(hit.id) for hit in hits if hit.id != one.row.id)
    if not ids:
        return []
    page = visit.actions.lists.page(Filter(current=None), Stands(visit.as_of, ids=ids), Sort.DOCUMENT, limit=None)
    rank = {id: place for place, id in enumerate(ids)}
    return sorted(page, key=lambda other: (_farther(one, other), rank[other.row.id]))[:_OFFERED]


def _farther(one: Standing, other: Standing) -> int:
    """0: of the same case; 1: of the same unit; 2: neither. The same is promised again by the same people mostly."""
    mine, its = one.row.document.identity, other.row.document.identity
    if mine.number and (mine.number, mine.subject) == (its.number, its.subject):
        return 0
    return 1 if say.unit_of(one) == say.unit_of(other) else 2
