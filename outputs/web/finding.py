"""What a query finds among what an address leaves in: for the search page, for programs, for saved searches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from models.evidence import Status
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
    """What a query finds among what its address leaves in: the best hits, and how the promises among them stand."""

    query: str
    total: int
    exact: int
    hits: tuple[SearchHit, ...]
    standings: Mapping[RecordId, Standing]

    def status_of(self, hit: SearchHit) -> Status | None:
        """How the promise of a hit stands."""
        standing = self.standings.get(hit.id)
        return standing.status if standing else None


def find(address: Given, searching: Searching, query: str, limit: int = MOST) -> Found:
    """What a query finds, of the kinds and narrowed as the address says."""
    wanted, kinds = asked(address), members(address, "kind", SearchKind) or (SearchKind.COMMITMENT,)
    result = searching.search(query, kinds, limit=limit, within=wanted.within)
    standings = _standings(address, wanted, result.hits)
    hits = tuple(one for one in result.hits if one.kind is not SearchKind.COMMITMENT or one.id in standings)
    total = result.total if len(hits) == len(result.hits) else len(hits)
    return Found(query, total, result.exact, hits, standings)


def _standings(address: Given, wanted: Asked, hits: tuple[SearchHit, ...]) -> dict[RecordId, Standing]:
    """How the promises among the hits stand; those that the address leaves out aren't among them."""
    ids = tuple(one.id for one in hits if one.kind is SearchKind.COMMITMENT)
    if not ids:
        return {}
    stands = wanted.but(ids=ids).stands
    found = address.lists.page(wanted.within, stands, Sort.DOCUMENT, limit=None)
    return {one.row.id: one for one in found}
