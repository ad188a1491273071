"""Which units of a later paper say something about which promise, what they do for it, and why we think so.

Each clause of a passage speaks for the promises that it fits best, not for all of one topic; each promise keeps the
one or two passages of a paper that fit it best.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from extractors.tracking.jurisdiction import Placed, may_follow
from extractors.tracking.prepared import Part, Passage, Prepared, Promise, prepare
from extractors.tracking.relations import relation_of
from extractors.tracking.scores import Points, points_of, weights_between
from models.evidence import Certainty, Link, Paper, Reason

SURE = 2.6  # points: a telling word of three or four characters, or a number with its indicator and a little more
PROPOSED = 1.7  # points: worth a person's look
SHARE = 0.6  # of the best promise's points for a clause: what has less is spoken of by the way
SECOND = 0.7  # of the best passage's points: a second passage of the same paper is kept from here on
PASSAGES = 2  # of one paper for one promise


@dataclass(frozen=True, slots=True)
class _Match:
    promise: Promise
    shown: Passage
    points: Points
    parts: tuple[Part, ...]


def links_between(reply: Paper, later: Paper, wanted: Collection[int] | None = None) -> tuple[Link, ...]:
    """The links from the promises of a reply (`wanted`: their positions, None for all) to units of a later paper."""
    mine, theirs = prepare(reply), prepare(later)
    if not mine.promises or not theirs.passages:
        return ()
    placed = may_follow(mine, theirs)
    if placed is None:
        return ()
    best: dict[int, list[_Match]] = defaultdict(list)
    for match in _matches(mine, theirs):
        best[match.promise.position].append(match)
    chosen = (position for position in sorted(best) if wanted is None or position in wanted)
    return tuple(link for position in chosen for link in _links(best[position], theirs, placed))


def _matches(reply: Prepared, later: Prepared) -> Iterator[_Match]:
    weights = weights_between(reply, later)
    for shown in later.passages:
        scored = [(promise, points_of(promise, shown, weights)) for promise in reply.promises]
        tops = [max(points.by_part[at] for _, points in scored) for at in range(len(shown.parts))]
        for promise, points in scored:
            if points.total < PROPOSED:
                continue
            parts = tuple(
                part for part, top, own in zip(shown.parts, tops, points.by_part, strict=True) if own >= SHARE * top
            )
            speaking = any(own and own >= SHARE * top for top, own in zip(tops, points.by_part, strict=True))
            if parts and speaking:
                yield _Match(promise, shown, points, parts)


def _links(matches: list[_Match], later: Prepared, placed: Placed) -> Iterator[Link]:
    ranked = sorted(matches, key=lambda match: (-match.points.total, match.shown.index))
    kept = 0
    for match in ranked:
        if match.points.total < SECOND * ranked[0].points.total or kept == PASSAGES:
            return
        link = _link(match, later, placed)
        if link:
            kept += 1
            yield link


def _link(match: _Match, later: Prepared, placed: Placed) -> Link | None:
    verdict = relation_of(match.promise, match.shown, match.parts, later)
    if verdict.relation is None:
        return None
    total = match.points.total
    sure = total >= SURE and verdict.sure
    return Link(
        commitment=match.promise.position,
        unit=match.shown.index,
        span=match.shown.unit.span,
        relation=verdict.relation,
        certainty=Certainty.SURE if sure else Certainty.PROPOSED,
        day=placed.day,
        score=round(total / (total + SURE), 4),
        scores=tuple((name, round(points, 2)) for name, points in match.points.named if points),
        why=(verdict.why, *_reasons(match)),
        flags=placed.flags,
    )


def _reasons(match: _Match) -> Iterator[Reason]:
    own, shown = match.promise.passage, match.shown
    for name, points in sorted(match.points.named, key=lambda each: -each[1]):
        if points:
            yield Reason(f"same_{name}", _examples(name, own, shown))


def _examples(name: str, own: Passage, shown: Passage) -> tuple[str, ...]:
    if name == "title":
        return shown.titles[:2]
    if name == "things":
        return tuple(sorted(own.names & shown.names))
    return ()
