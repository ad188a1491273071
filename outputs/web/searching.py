"""检索: what was promised, asked, counted or said, in the words of the query or in others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi.responses import JSONResponse, Response

from models.completing import Completed, complete
from models.search import SearchHit, SearchKind
from models.terms import Match
from outputs.exchange import search_record
from outputs.ledger import heading
from outputs.phrases import phrase
from outputs.sheets.cells import Column
from outputs.web.asked import asked, members
from outputs.web.documents import ITEMS
from outputs.web.finding import MOST, Found, find
from outputs.web.guard import pages
from outputs.web.ledger import choices
from outputs.web.listed import listed
from outputs.web.paging import paged
from outputs.web.saved import kept_of
from outputs.web.searches import line_if_open
from outputs.web.visit import Asking, Visit

router = pages()

KINDS = {
    SearchKind.COMMITMENT: "承诺",
    SearchKind.REQUEST: "诉求",
    SearchKind.DECLINED: "未采纳",
    SearchKind.QUANTITY: "数字",
    SearchKind.UNIT: "全文句子",
    SearchKind.DOCUMENT: "文件标题",
}
COMPLETED = {Completed.UNIT: "单位", Completed.INDICATOR: "指标", Completed.TITLE: "标题"}
COMPLETES = "complete"
"""The parameter that asks which names hold the words; a page's script asks while somebody types."""
_TYPED = 100  # characters that are completed
MATCHES = {
    Match.ALL: "",
    Match.ALIKE: "换了说法",
    Match.CONTEXT: "标题里有",
    Match.NEAR: "意思相近",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A hit: its words cut at the marks, and where it leads."""

    hit: SearchHit
    pieces: tuple[tuple[str, bool], ...]
    to: str


Line = tuple[SearchHit, str | None]  # and the word for how its promise stands

_SHEET: tuple[Column[Line], ...] = (
    Column("类别", 10, lambda one: KINDS[one[0].kind]),
    Column("原文", 60, lambda one: one[0].snippet, leads=lambda one: _place(one[0])),
    Column("落实状态", 12, lambda one: one[1]),
    Column("相合", 10, lambda one: MATCHES[one[0].match] or "有全部的词"),
    Column("案号", 10, lambda one: one[0].document.identity.number),
    Column("标题（案由）", 28, lambda one: heading(one[0].document)),
    Column("单位", 18, lambda one: one[0].document.identity.lead_unit),
    Column("文件日期", 11, lambda one: one[0].document.identity.date),
    Column("原文位置", 14, lambda one: f"第{one[0].start + 1}—{one[0].end}字" if one[0].end else None),
    Column("文件", 24, lambda one: one[0].document.name),
    Column("编号", 19, lambda one: one[0].id),
)


def _place(hit: SearchHit) -> str:
    span = f"?span={hit.start}-{hit.end}#span" if hit.end else ""
    return f"/documents/{hit.document.id}{span}"


def _lines(found: Found) -> list[Line]:
    stood = found.statuses
    return [(one, phrase(stood[one.id]) if one.id in stood else None) for one in found.hits]


@router.get("/search")
def search(visit: Asking) -> Response:
    """The hits of ?q=, of the kinds that ?kind= names, narrowed as the ledger is."""
    wanted, kinds = asked(visit), members(visit, "kind", SearchKind) or (SearchKind.COMMITMENT,)
    query = (visit.text("q") or "")[:1_000]
    found = find(visit, visit.actions, query)
    if visit.form:
        return listed(visit, "检索结果", _SHEET, _lines(found))
    kept = line_if_open(visit, visit.number("saved", 0))
    chosen = paged(visit, len(found.hits))
    page = found.hits[chosen.offset : chosen.offset + chosen.size]
    return visit.show(
        "search.html",
        lambda: (
            search_record(
                found.total,
                [(one, found.statuses.get(one.id)) for one in page],
                more=found.more,
            )
            | {"query": query, "exact": found.exact, "shown": len(found.hits)}
        ),
        query=query,
        kinds=kinds,
        all_kinds=KINDS,
        matches=MATCHES,
        total=found.total,
        exact=found.exact,
        more=found.more,
        near=sum(one.match is Match.NEAR for one in found.hits),
        near_from=_near_from(found.hits),
        most=MOST,
        found=[_shown(visit, one) for one in page],
        statuses=found.statuses,
        pages=chosen,
        completions=complete(visit.store, query[:_TYPED]) if query and visit.flag(COMPLETES) else None,
        completed={kind: COMPLETED[kind] for kind in Completed},
        kept=kept,
        modified=kept is not None and set(kept.saved.parameters) != set(kept_of(visit.parameters)),
        fresh={one.id for one in kept.new} if kept else (),
        saves=visit.may("POST /searches"),
        **choices(visit, wanted),
    )


@router.get("/search/complete")
def completions(visit: Asking) -> Response:
    """What the typed characters of ?q= may become, always as JSON."""
    found = complete(visit.store, (visit.text("q") or "")[:_TYPED])
    return JSONResponse([{"text": one.text, "kind": one.kind.value, "count": one.count} for one in found])


def _shown(visit: Visit, hit: SearchHit) -> Shown:
    here = visit.address
    span = {"span": f"{hit.start}-{hit.end}"} if hit.end else {}
    if hit.kind is SearchKind.COMMITMENT:
        to = visit.link(f"/commitments/{hit.id}", back=here)
    elif hit.kind is SearchKind.DOCUMENT and hit.document.identity.kind in ITEMS:
        to = visit.link(f"/items/{hit.document.id}", back=here)
    else:
        to = visit.link(f"/documents/{hit.document.id}", **span, back=here) + ("#span" if span else "")
    return Shown(hit, _pieces(hit), to)


def _near_from(hits: Sequence[SearchHit]) -> int:
    """Behind how many hits only such follow as are near in meaning; -1 where none do."""
    last = max((place for place, one in enumerate(hits) if one.match is not Match.NEAR), default=-1)
    return last + 1 if last + 1 < len(hits) else -1


def _pieces(hit: SearchHit) -> tuple[tuple[str, bool], ...]:
    """The snippet, cut at the found words."""
    found, at = [], 0
    for start, end in hit.marks:
        if start >= at:
            found += [(hit.snippet[at:start], False), (hit.snippet[start:end], True)]
            at = end
    return tuple((text, mark) for text, mark in [*found, (hit.snippet[at:], False)] if text)
