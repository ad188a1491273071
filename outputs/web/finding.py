"""What a query finds among what an address leaves in: for the search page, for programs, for saved searches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from models.filters import CURRENT, Filter, Sort
from models.ids import RecordId
from models.search import SearchHit, SearchKind, SearchResult
from outputs.ledger import Standing
from outputs.web.asked import Asked, asked, members
from outputs.web.given import Given

MOST = 200
"""Hits that are weighed and shown: beyond these, more words help more than more pages."""


class Searching(Protocol):
    """What finds records: `Actions`, or what flows make for themselves."""

    def search(
        self, query: str, kinds: Sequence[SearchKind], *, limit: int = 50, within: Filter = CURRENT
    ) -> SearchResult:
        """The records that a query finds, also in other words than the texts'."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a query finds among what its address leaves in: the best hits."""

    query: str
    total: int
    exact: int
    hits: tuple[SearchHit, ...]
    more: bool = False


def find(address: Given, searching: Searching, query: str, limit: int = MOST) -> Found:
    """What a query finds, of the kinds and narrowed as the address says."""
    wanted, kinds = asked(address), members(address, "kind", SearchKind) or (SearchKind.COMMITMENT,)
    result = searching.search(query, kinds, limit=limit, within=wanted.within)
    left_in = _left_in(address, wanted, result.hits)
    hits = tuple(one for one in result.hits if one.kind is not SearchKind.COMMITMENT or one.id in left_in)
    whole = len(hits) == len(result.hits)
    return Found(query, result.total if whole else len(hits), result.exact, hits, whole and result.more)


def standings(address: Given, hits: Sequence[SearchHit]) -> dict[RecordId, Standing]:
    """How the promises among some hits stand."""
    ids = _promises(hits)
    if not ids:
        return {}
    wanted = asked(address)
    found = address.lists.page(wanted.within, wanted.but(ids=ids).stands, Sort.DOCUMENT, limit=len(ids))
    return {one.row.id: one for one in found}


def _left_in(address: Given, wanted: Asked, hits: Sequence[SearchHit]) -> frozenset[RecordId]:
    """Which promises among the hits the address leaves in; they aren't judged, only asked for."""
    ids = _promises(hits)
    if not ids:
        return frozenset()
    return frozenset(address.lists.ids(wanted.within, wanted.but(ids=ids).stands, limit=len(ids)))


def _promises(hits: Sequence[SearchHit]) -> tuple[RecordId, ...]:
    return tuple(one.id for one in hits if one.kind is SearchKind.COMMITMENT)
