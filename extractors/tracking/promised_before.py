"""Alarms about a promise that the same bureau made in an earlier year, too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import fsum, log

from extractors.tracking.jurisdiction import same_place
from extractors.tracking.prepared import Prepared, Promise, prepare
from extractors.tracking.units import same_unit
from extractors.tracking.wording import bare_title, telling
from models.commitments import Strength
from models.documents import Identity, Kind
from models.evidence import Alarm, AlarmCode, Certainty, Paper
from models.quantities import Role

_TRACKED = frozenset({Strength.FIRM, Strength.AIM})
LIKE = 0.6  # of the pairs of both promises, weighed by how much they tell
SURE = 0.75
ENOUGH = 2.5  # telling pairs in common: about one telling word of four letters


def promised_before(reply: Paper, earlier: Sequence[Paper]) -> Iterator[Alarm]:
    """For each firm promise the likest one of an earlier year's reply of the same bureau."""
    mine = prepare(reply)
    others = [prepare(paper) for paper in earlier if _is_earlier(reply, paper)]
    others = [other for other in others if same_place(mine, other)]
    if not others:
        return
    for promise in mine.promises:
        if promise.commitment.strength in _TRACKED and _is_checkable(promise):
            found = max(
                (hit for other in others for hit in _alike(promise, mine, other)), key=lambda hit: hit[0], default=None
            )
            if found is not None:
                yield _alarm(promise, *found, reply)


def _is_checkable(promise: Promise) -> bool:
    """A promise with a day, a number or a title; office routine (进一步加强监督检查) stands in each year's letter."""
    one = promise.commitment
    numbers = (each.role for each in promise.passage.numbers)
    return bool(one.deadline or one.instruments) or any(role is not Role.ACTUAL for role in numbers)


def _is_earlier(reply: Paper, other: Paper) -> bool:
    mine, theirs = reply.extraction.identity, other.extraction.identity
    if theirs.kind is not Kind.REPLY or reply.id == other.id or theirs.co_reply or mine.co_reply:
        return False
    if _same_item(mine, theirs) or (mine.lead_unit and theirs.lead_unit and not _same_bureau(mine, theirs)):
        return False
    year, before = _year(mine), _year(theirs)
    return year is not None and before is not None and before < year


def _same_item(mine: Identity, theirs: Identity) -> bool:
    """A second reply to one item (续复) goes on with its promises; it doesn't make them again."""
    if mine.subject and theirs.subject and bare_title(mine.subject) == bare_title(theirs.subject):
        return mine.number == theirs.number or not (mine.number and theirs.number)
    if not mine.number or mine.number != theirs.number or mine.addressed_to is not theirs.addressed_to:
        return False
    sessions = ((mine.congress, theirs.congress), (mine.session, theirs.session))
    return all(one == other or None in (one, other) for one, other in sessions)


def _same_bureau(mine: Identity, theirs: Identity) -> bool:
    one, other = mine.lead_unit or "", theirs.lead_unit or ""
    return one.endswith(other) or other.endswith(one)


def _year(identity: Identity) -> int | None:
    return identity.date.year if identity.date else identity.year_hint


Hit = tuple[float, Promise, Prepared, bool]


def _alike(promise: Promise, mine: Prepared, other: Prepared) -> Iterator[Hit]:
    for before in other.promises:
        if before.commitment.strength not in _TRACKED:
            continue
        title = _same_title(promise, before)
        share, shared = _wording(promise, before, mine.spread)
        same_numbers, other_numbers = _numbers(promise, before)
        if (
            title
            or (share >= LIKE and shared >= ENOUGH)
            or (same_numbers and share >= LIKE - 0.15 and shared >= ENOUGH)
        ):
            sure = title or (same_numbers and not other_numbers) or (share >= SURE and not other_numbers)
            yield (share + same_numbers + 2 * title), before, other, sure


def _same_title(promise: Promise, before: Promise) -> bool:
    mine = {bare_title(title) for title in promise.commitment.instruments}
    return bool(mine & {bare_title(title) for title in before.commitment.instruments})


def _wording(promise: Promise, before: Promise, spread: Mapping[str, int]) -> tuple[float, float]:
    """How much of the words of both promises is shared, and how much that tells: of all of it, or of the clauses that
    are most alike (送餐上门全覆盖 beside another way to get there)."""
    wholes = [(promise.passage.pairs, before.passage.pairs)]
    clauses = [(mine.pairs, theirs.pairs) for mine in promise.passage.parts for theirs in before.passage.parts]
    return max(_shared(mine, theirs, spread) for mine, theirs in (*wholes, *clauses))


def _shared(mine: frozenset[str], theirs: frozenset[str], spread: Mapping[str, int]) -> tuple[float, float]:
    shared = fsum(telling(pair) for pair in mine & theirs)
    if shared < ENOUGH:
        return 0.0, shared

    def worth(pairs: frozenset[str]) -> float:
        return fsum(telling(pair) / (1 + log(max(1, spread.get(pair, 1)))) for pair in pairs)

    least = min(worth(mine), worth(theirs))
    return (worth(mine & theirs) / least, shared) if least else (0.0, shared)


def _numbers(promise: Promise, before: Promise) -> tuple[bool, bool]:
    """Whether they share a promised number, and whether they name different ones for the same unit."""
    mine = [one for one in promise.passage.numbers if one.role is not Role.ACTUAL and one.value > 1]
    theirs = [one for one in before.passage.numbers if one.role is not Role.ACTUAL and one.value > 1]
    pairs = [(a, b) for a in mine for b in theirs if same_unit(a.unit, b.unit)]
    same = any(a.value == b.value for a, b in pairs)
    return same, bool(pairs) and not same


def _alarm(promise: Promise, score: float, before: Promise, other: Prepared, sure: bool, reply: Paper) -> Alarm:
    identity = other.paper.extraction.identity
    known = bool(identity.lead_unit and reply.extraction.identity.lead_unit)
    return Alarm(
        code=AlarmCode.PROMISED_BEFORE,
        commitment=promise.position,
        other=other.paper.id,
        spans=(promise.commitment.span, before.commitment.span),
        values=(f"{_year(identity)}年",),
        day=reply.extraction.identity.date,
        certainty=Certainty.SURE if sure and known else Certainty.PROPOSED,
    )
