"""检索: what was promised, asked, counted or said, in the words of the query or in others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from fastapi.responses import JSONResponse, Response

from models.completing import complete
from models.evidence import Status
from models.filters import CURRENT, Filter, Sort
from models.ids import RecordId
from models.search import SearchHit, SearchKind, SearchResult
from models.terms import Match
from outputs.exchange import search_record
from outputs.ledger import Standing
from outputs.web.asked import Asked, asked, members
from outputs.web.documents import ITEMS
from outputs.web.given import Given
from outputs.web.guard import pages
from outputs.web.ledger import choices
from outputs.web.paging import paged
from outputs.web.visit import Asking, Visit

router = pages()

MOST = 200
"""Hits that are weighed and shown: beyond these, more words help more than more pages."""
KINDS = {
    SearchKind.COMMITMENT: "承诺",
    SearchKind.REQUEST: "诉求",
    SearchKind.DECLINED: "未采纳",
    SearchKind.QUANTITY: "数字",
    SearchKind.UNIT: "全文句子",
    SearchKind.DOCUMENT: "文件标题",
}
MATCHES = {
    Match.ALL: "",
    Match.ALIKE: "换了说法",
    Match.CONTEXT: "标题里有",
    Match.NEAR: "意思相近",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A hit: its words cut at the marks, where it leads, and how its promise stands."""

    hit: SearchHit
    pieces: tuple[tuple[str, bool], ...]
    to: str
    standing: Standing | None


@router.get("/search")
def search(visit: Asking) -> Response:
    """The hits of ?q=, of the kinds that ?kind= names, narrowed as the ledger is."""
    wanted, kinds = asked(visit), members(visit, "kind", SearchKind) or (SearchKind.COMMITMENT,)
    query = (visit.text("q") or "")[:1_000]
    found = find(visit, visit.actions, query)
    chosen = paged(visit, len(found.hits))
    page = found.hits[chosen.offset : chosen.offset + chosen.size]
    return visit.show(
        "search.html",
        lambda: (
            search_record(found.total, [(one, found.status_of(one)) for one in page])
            | {"query": query, "exact": found.exact, "shown": len(found.hits)}
        ),
        query=query,
        kinds=kinds,
        all_kinds=KINDS,
        matches=MATCHES,
        total=found.total,
        exact=found.exact,
        most=MOST,
        found=[_shown(visit, one, found.standings.get(one.id)) for one in page],
        pages=chosen,
        completions=complete(visit.store, query) if query else (),
        **choices(visit, wanted),
    )


@router.get("/search/complete")
def completions(visit: Asking) -> Response:
    """What the typed characters of ?q= may become, always as JSON."""
    found = complete(visit.store, (visit.text("q") or "")[:100])
    return JSONResponse([{"text": one.text, "kind": one.kind.value, "count": one.count} for one in found])


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


def _shown(visit: Visit, hit: SearchHit, standing: Standing | None) -> Shown:
    here = visit.address
    span = {"span": f"{hit.start}-{hit.end}"} if hit.end else {}
    if hit.kind is SearchKind.COMMITMENT:
        to = visit.link(f"/commitments/{hit.id}", back=here)
    elif hit.kind is SearchKind.DOCUMENT and hit.document.identity.kind in ITEMS:
        to = visit.link(f"/items/{hit.document.id}", back=here)
    else:
        to = visit.link(f"/documents/{hit.document.id}", **span, back=here) + ("#span" if span else "")
    return Shown(hit, _pieces(hit), to, standing)


def _pieces(hit: SearchHit) -> tuple[tuple[str, bool], ...]:
    """The snippet, cut at the found words."""
    found, at = [], 0
    for start, end in hit.marks:
        if start >= at:
            found += [(hit.snippet[at:start], False), (hit.snippet[start:end], True)]
            at = end
    return tuple((text, mark) for text, mark in [*found, (hit.snippet[at:], False)] if text)
