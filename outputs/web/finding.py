"""What a query finds among what an address leaves in: for the search page, for programs, for saved searches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from models.evidence import Status
from models.filters import CURRENT, Filter
from models.ids import RecordId
from models.search import SearchHit, SearchKind, SearchResult
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
    statuses: Mapping[RecordId, Status | None]
    more: bool = False


def find(address: Given, searching: Searching, query: str, limit: int = MOST) -> Found:
    """What a query finds, of the kinds and narrowed as the address says."""
    wanted, kinds = asked(address), members(address, "kind", SearchKind) or (SearchKind.COMMITMENT,)
    result = searching.search(query, kinds, limit=limit, within=wanted.within)
    stood = _stood(address, wanted, result.hits)
    hits = tuple(one for one in result.hits if one.kind is not SearchKind.COMMITMENT or one.id in stood)
    whole = len(hits) == len(result.hits)
    return Found(query, result.total if whole else len(hits), result.exact, hits, stood, whole and result.more)


def _stood(address: Given, wanted: Asked, hits: Sequence[SearchHit]) -> Mapping[RecordId, Status | None]:
    """How the promises among the hits stand that the address leaves in; they aren't judged, only asked for."""
    ids = tuple(one.id for one in hits if one.kind is SearchKind.COMMITMENT)
    return address.lists.statuses(wanted.within, wanted.but(ids=ids).stands) if ids else {}
