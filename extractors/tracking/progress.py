"""Targets against the numbers that later papers report."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from extractors.tracking.counted import ByIdentity, Counted, counted_of
from extractors.tracking.differing import bases_meet, flags_of
from extractors.tracking.facts import actuals_of, facts_of, says, targets_of
from extractors.tracking.jurisdiction import Placed, may_follow
from extractors.tracking.leftovers import left_over
from extractors.tracking.matching import (
    PROPOSED,
    SURE,
    Likeness,
    Scale,
    most_telling,
    ratio_of,
    same_indicator,
    same_when_linked,
    scale_between,
)
from extractors.tracking.naming import name_of
from extractors.tracking.periods import is_recurring
from extractors.tracking.prepared import Prepared, prepare
from extractors.tracking.sums import Sums, sums_of
from extractors.tracking.units import GENERIC, loosely_same, plain
from extractors.tracking.wording import letters_of
from models.documents import Kind
from models.evidence import Certainty, Link, Paper, Progress, Reason, Relation
from models.quantities import Comparator, Role
from models.text import fold

HOLDERS = frozenset({Kind.REPLY, Kind.PLAN, Kind.REGULATION})
_SECOND = 0.85  # of the best actual's score: another day's number for the same target is kept from here on
_EACH_YEAR = 0.6  # the same, of a target that comes again each year, where both name their years
_FLAGGED = 0.08  # what each difference costs
_ALONE = 0.18  # what a rare unit is worth that both papers have once
_LINKED = 0.26  # what it is worth that the number's sentence is evidence for the target's
_VERY_NUMBER = 0.1  # what it is worth besides that it has the very number
_MAY_BE_LINKED = 0.16  # what it is worth that it may be
_SAME_YEAR = 0.12
_BESIDE = 0.3  # what it is worth that its sentence names the target again
_SUMMED = 0.4  # what it is worth that the number and the gap or share behind it give the target
_ROUNDED = Decimal("0.06")  # percent: a share is printed with one place
_TELLS = 0.45  # 改造任务 and 完成改造 share no word that tells what was done up
_RATE = 0.5  # of the names: rates of all kinds are in percent, so that the unit tells nothing
_FEW = 10  # up to here meeting the same value again says nothing
_LEAST, _MOST = Decimal("0.2"), Decimal(3)  # times the target: what lies outside is for a person
_FAR = Decimal(5)  # times the target: so far off that something else is counted


@dataclass(frozen=True, slots=True)
class _Match:
    target: Counted
    actual: Counted
    like: Likeness
    flags: tuple[str, ...]
    score: float


def progress_between(
    holder: Paper, later: Paper, wanted: Collection[int] | None = None, links: Iterable[Link] | None = None
) -> tuple[Progress, ...]:
    """The targets of a paper (`wanted`: their positions, None for all) that numbers of a later paper report on.

    到2025年充电桩达到300个 -> 截至6月底,全区充电桩达到212个: ratio 0.7067, day 2025-06-30

    `links`: the later paper's evidence for the holder's promises. Where a sentence is evidence for a promise its
    numbers are likelier to be about the promised ones, in other words, too; and where they are known, numbers that no
    words tie are matched by what is left of both papers.
    """
    if holder.extraction.identity.kind not in HOLDERS:
        return ()
    compared = _compared(ByIdentity(prepare(holder)), ByIdentity(prepare(later)))
    if compared is None:
        return ()
    chosen = _assigned(compared.matches(_linked(holder, links or ())))
    if links is not None:
        chosen += _left_over(compared, chosen)
    found = (_progress(match, compared.placed) for match in chosen if wanted is None or match.target.position in wanted)
    return tuple(sorted(found, key=lambda one: (one.target, one.actual)))


def _linked(holder: Paper, links: Iterable[Link]) -> Mapping[tuple[int, int], float]:
    """Where promises begin, with the later paper's units that are evidence for them, and what that is worth."""
    promises = holder.extraction.commitments
    return {
        (promises[link.commitment].span.start, link.unit): _LINKED
        if link.certainty is Certainty.SURE
        else _MAY_BE_LINKED
        for link in links
        if link.relation is not Relation.RESTATES
    }


@dataclass(frozen=True, slots=True)
class _Compared:
    """The targets and the facts of two papers with what they are compared on.

    Links are made of how numbers stand to each other, and numbers are then matched again with the links known: what
    has been found of two numbers by their words alone is kept in between.
    """

    placed: Placed
    targets: Sequence[Counted]
    actuals: Sequence[Counted]
    scale: Scale
    sums: Mapping[int, Sums]
    alone: frozenset[str]
    beside: Mapping[tuple[int, str], frozenset[Decimal]]
    common: frozenset[str]
    _known: dict[tuple[int, int], _Match | None] = field(default_factory=dict, compare=False)

    def matches(self, linked: Mapping[tuple[int, int], float]) -> Iterator[_Match]:
        """The numbers that fit; `linked`: what it is worth that a unit is evidence for what begins somewhere."""
        for target in self.targets:
            start = target.quantity.unit_span.start
            for actual in self.actuals:
                joined = linked.get((start, actual.unit.index), 0.0) if linked else 0.0
                match = self._match(target, actual, joined) if joined else self._by_words(target, actual)
                if match is not None and match.score >= PROPOSED:
                    yield match

    def _by_words(self, target: Counted, actual: Counted) -> _Match | None:
        key = target.position, actual.position
        if key not in self._known:
            self._known[key] = self._match(target, actual, 0.0)
        return self._known[key]

    def _match(self, target: Counted, actual: Counted, joined: float) -> _Match | None:
        if says("allotted", actual.lead) and not says("allotted", target.lead):
            return None
        if target.each != actual.each or not bases_meet(target.quantity, actual.quantity):
            return None
        unit = loosely_same(target.quantity.unit, actual.quantity.unit)
        ratio = ratio_of(target.quantity.value, actual.quantity.value, unit) if unit else None
        if unit is None or (ratio is not None and ratio > _FAR):
            return None
        summed = _adds_up(target, actual, self.sums.get(actual.position))
        compare = same_when_linked if joined or summed else same_indicator
        like = compare(target, actual, self.scale)
        if like is None:
            return None
        flags = tuple(flags_of(target, actual, like))
        if joined and target.quantity.value == actual.quantity.value > _FEW:
            joined += _VERY_NUMBER
        score = like.score - _FLAGGED * len(flags) + _sized(target, ratio) + joined + _SUMMED * summed
        score += _BESIDE * (
            target.quantity.value in self.beside.get((actual.unit.index, plain(target.quantity.unit)), ())
        )
        score += _SAME_YEAR * bool(target.years & (actual.years or actual.period.years))
        score += _ALONE * (plain(target.quantity.unit) in self.alone and like.score > 0)
        return _Match(target, actual, like, flags, score)


@lru_cache(maxsize=64)
def _compared(holder: ByIdentity, later: ByIdentity) -> _Compared | None:
    """Two papers made ready; None where the one holds no targets, or the other can't follow it."""
    mine, theirs = holder.prepared, later.prepared
    sought = _sought(holder)
    placed = may_follow(mine, theirs) if sought.targets else None
    if placed is None:
        return None
    told = _told(later)
    actuals = actuals_of(told.facts, mine, theirs)
    alone = sought.alone & _units_alone(actuals)
    scale = scale_between(mine, theirs, sought.targets)
    return _Compared(placed, sought.targets, actuals, scale, told.sums, alone, told.beside, sought.common)


@dataclass(frozen=True, slots=True)
class _Sought:
    """What a paper is held to, whatever it is held against: its targets, the rare units of theirs that it counts one
    thing in alone, and the characters that tell nothing between its numbers."""

    targets: Sequence[Counted]
    alone: frozenset[str]
    common: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Told:
    """What a paper reports, on whatever: its facts, what they say of the targets behind them, the targets that it
    names again."""

    facts: Sequence[Counted]
    sums: Mapping[int, Sums]
    beside: Mapping[tuple[int, str], frozenset[Decimal]]


@lru_cache(maxsize=128)
def _sought(holder: ByIdentity) -> _Sought:
    targets = targets_of(counted_of(holder.prepared.paper), holder.prepared)
    return _Sought(targets, _units_alone(targets), _common(holder.prepared))


@lru_cache(maxsize=128)
def _told(later: ByIdentity) -> _Told:
    numbers = counted_of(later.prepared.paper)
    return _Told(facts_of(numbers, later.prepared), sums_of(numbers), _targets_beside(numbers))


def _common(holder: Prepared) -> frozenset[str]:
    """The characters of what a paper is about, and of its place: they tell nothing between its numbers."""
    identity = holder.paper.extraction.identity
    return letters_of(fold(f"{identity.subject or identity.title or ''}{identity.region or ''}"))


def _targets_beside(told: Sequence[Counted]) -> Mapping[tuple[int, str], frozenset[Decimal]]:
    """The targets that units of a report name again, by unit and what they count in: 抗震改造|800户|竣工836户."""
    found: dict[tuple[int, str], set[Decimal]] = defaultdict(set)
    for one in told:
        if one.quantity.role is Role.TARGET and one.quantity.value > _FEW:
            found[one.unit.index, plain(one.quantity.unit)].add(one.quantity.value)
    return {key: frozenset(values) for key, values in found.items()}


def _adds_up(target: Counted, actual: Counted, sums: Sums | None) -> bool:
    """Whether what a report says of the target behind its number is so of this one: 47个,还差13个 of 60个."""
    if sums is None or plain(target.quantity.unit) != plain(actual.quantity.unit) or target.quantity.value <= _FEW:
        return False
    wanted, told = target.quantity.value, actual.quantity.value
    if sums.wanted is not None and sums.wanted == wanted:
        return True
    return sums.share is not None and abs(told * 100 / wanted - sums.share) <= _ROUNDED


def _units_alone(numbers: Sequence[Counted]) -> frozenset[str]:
    """The rare units that a paper counts one thing in alone: 公里, 册."""
    seen = Counter(plain(one.quantity.unit) for one in numbers)
    return frozenset(unit for unit, times in seen.items() if times == 1 and unit not in GENERIC)


def _sized(target: Counted, ratio: Decimal | None) -> float:
    """A number near the target's is likelier to be about it than one ten times as large."""
    if ratio is None:
        return 0.0
    if ratio == 1 and target.quantity.value > _FEW and target.quantity.unit != "%":
        return 0.15
    if ratio < Decimal("0.1"):
        return -0.15
    if Decimal("0.8") <= ratio <= Decimal("1.25"):
        return 0.08
    return 0.05 if Decimal("0.3") <= ratio <= Decimal("1.7") else -0.05


def _assigned(matches: Iterable[_Match]) -> list[_Match]:
    """Each number speaks for the targets that it fits best; each target keeps its best number of each day."""
    ranked = sorted(matches, key=lambda m: (_FLAGGED * len(m.flags) - m.score, m.target.position, m.actual.position))
    best: dict[int, float] = {}
    taken: dict[int, _Match] = {}
    kept: dict[int, list[_Match]] = defaultdict(list)
    for match in ranked:
        top = taken.get(match.actual.position)
        if top is not None and not _same_target(top.target, match.target):
            continue
        mine = kept[match.target.position]
        if mine and not _another_day(mine, match, best[match.target.position]):
            continue
        best.setdefault(match.target.position, match.score)
        taken.setdefault(match.actual.position, match)
        mine.append(match)
    return [match for each in kept.values() for match in each]


def _other_years(one: _Match, other: _Match) -> bool:
    mine, theirs = (each.actual.years or each.actual.period.years for each in (one, other))
    return bool(mine) and mine.isdisjoint(theirs)


def _left_over(compared: _Compared, chosen: Sequence[_Match]) -> list[_Match]:
    """What is left of both papers, where what is matched shows that the one reports on the other."""
    known = {match.target.position: match.actual.position for match in chosen if not match.flags}
    taken = {match.actual.position for match in chosen}
    left = left_over(compared.targets, compared.actuals, known, taken, compared.common)
    alike = ((each, Likeness(0.0, 0.0, each.unit)) for each in left)
    return [
        _Match(each.target, each.actual, like, tuple(flags_of(each.target, each.actual, like)), PROPOSED)
        for each, like in alike
    ]


def _same_target(one: Counted, other: Counted) -> bool:
    """The same target said twice in one paper."""
    a, b = one.quantity, other.quantity
    return a.value == b.value and a.unit == b.unit and bool(one.name & other.name)


def _another_day(kept: Sequence[_Match], match: _Match, best: float) -> bool:
    again = is_recurring(match.target.label) and all(_other_years(match, other) for other in kept)
    if match.flags or match.score < (_EACH_YEAR if again else _SECOND) * best:
        return False
    return all(match.actual.period.day != other.actual.period.day for other in kept)


def _progress(match: _Match, placed: Placed) -> Progress:
    target, actual, like = match.target.quantity, match.actual.quantity, match.like
    flags = (*match.flags, *placed.flags)
    ratio = ratio_of(target.value, actual.value, like.unit)
    bounded = target.comparator in (Comparator.AT_MOST, Comparator.RANGE) or actual.upper is not None
    bounded = bounded or bool(says("lower", match.target.lead[-8:]))
    sure = match.score >= SURE and not flags and (ratio is None or _LEAST <= ratio <= _MOST)
    sure = sure and most_telling(match.target, match.actual) >= _TELLS and (target.unit != "%" or like.wording >= _RATE)
    return Progress(
        target=match.target.position,
        actual=match.actual.position,
        day=match.actual.period.day,
        ratio=None if bounded else ratio,
        certainty=Certainty.SURE if sure and target.role is Role.TARGET else Certainty.PROPOSED,
        why=_reasons(match),
        flags=flags,
    )


def _reasons(match: _Match) -> tuple[Reason, ...]:
    """The name of what both count first, then the later number's own where it is another one."""
    told = match.actual.quantity.indicator or match.actual.quantity.span.text
    names = (name_of(match.target, match.actual) or told, told)
    same = Reason("same_indicator", tuple(dict.fromkeys(names)))
    return (same, Reason("same_unit", (match.actual.quantity.unit or "",)))
