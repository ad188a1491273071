"""Targets against the numbers that later papers report."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import zip_longest

from extractors.clauses import Clause
from extractors.headings import union
from extractors.tense import Calendar, Mood, read_clauses
from extractors.tracking.counted import Counted, counted_of
from extractors.tracking.jurisdiction import Placed, may_follow
from extractors.tracking.matching import PROPOSED, SURE, Likeness, Scale, ratio_of, same_indicator, scale_between
from extractors.tracking.periods import is_recurring
from extractors.tracking.prepared import Prepared, prepare
from extractors.tracking.units import GENERIC, plain
from models.documents import Kind, Zone
from models.evidence import Certainty, Paper, Progress, Reason
from models.quantities import Basis, Comparator, Quantity, Role
from models.text import fold

HOLDERS = frozenset({Kind.REPLY, Kind.PLAN, Kind.REGULATION})
_SECOND = 0.85  # of the best actual's score: another day's number for the same target is kept from here on
_FLAGGED = 0.08  # what each difference costs
_ALONE = 0.18  # what a rare unit is worth that both papers have once
_SAME_YEAR = 0.05
_END = re.compile("[,;。]")
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


def progress_between(holder: Paper, later: Paper, wanted: Collection[int] | None = None) -> tuple[Progress, ...]:
    """The targets of a paper (`wanted`: their positions, None for all) that numbers of a later paper report on.

    到2025年充电桩达到300个 -> 截至6月底,全区充电桩达到212个: ratio 0.7067, day 2025-06-30
    """
    identity = holder.extraction.identity
    if identity.kind not in HOLDERS or not any(one.role is Role.TARGET for one in holder.extraction.quantities):
        return ()
    mine, theirs = prepare(holder), prepare(later)
    placed = may_follow(mine, theirs)
    if placed is None:
        return ()
    targets = [one for one in _free(counted_of(holder)) if _is_target(one, mine)]
    actuals = [one for one in _told(_free(counted_of(later)), theirs.folded) if _is_actual(one, mine, theirs)]
    chosen = _assigned(_matches(targets, actuals, scale_between(mine, theirs, targets)))
    found = (_progress(match, placed) for match in chosen if wanted is None or match.target.position in wanted)
    return tuple(sorted(found, key=lambda one: (one.target, one.actual)))


def _free(numbers: Sequence[Counted]) -> list[Counted]:
    """The numbers that aren't part of another one's name: 6类 of 提供6类以上技术的服务站占比85%."""
    return [
        one
        for at, one in enumerate(numbers)
        if not any(
            other.unit.index == one.unit.index and fold(one.quantity.span.text) in other.label
            for other in numbers[max(0, at - 2) : at + 3]
            if other is not one
        )
    ]


def _told(numbers: Sequence[Counted], folded: str) -> list[Counted]:
    """Without the whole of which the next number tells a part: 36所老旧食堂改造已完工34所 is 34."""
    return [
        one for one, after in zip_longest(numbers, numbers[1:]) if after is None or not _is_whole(one, after, folded)
    ]


def _is_whole(one: Counted, after: Counted, folded: str) -> bool:
    if one.unit.index != after.unit.index or plain(one.quantity.unit) != plain(after.quantity.unit):
        return False
    between = folded[one.quantity.span.end : after.quantity.span.start]
    return after.quantity.value <= one.quantity.value and bool(_says("of_it", between))


def _is_target(one: Counted, holder: Prepared) -> bool:
    """A value to be reached from now on: not one of the past (曾计划), not one that was declined."""
    if one.quantity.role is not Role.TARGET:
        return False
    extraction = holder.paper.extraction
    if any(said.span.start <= one.quantity.span.start < said.span.end for said in extraction.declined):
        return False
    if one.unit.zone is Zone.DONE and not any(p.passage.index == one.unit.index for p in holder.promises):
        return False
    return not _says("once", one.words)


def _says(meaning: str, words: str) -> re.Match[str] | None:
    return union("progress", meaning).search(words)


def _is_actual(one: Counted, holder: Prepared, later: Prepared) -> bool:
    """A fact that is later than the target: no baseline, no gap, no share of the task."""
    if one.quantity.role is not Role.ACTUAL and not (one.quantity.role is Role.TARGET and _is_told(one, later)):
        return False
    if one.column and _says("planned_column", one.column):
        return False
    if _says("gap", one.lead[-6:]) or _says("baseline", one.lead[-6:]):
        return False
    if one.quantity.unit == "%" and _says("of_plan", one.lead[-16:] + one.label):
        return False
    told, last = holder.paper.extraction.identity.date, one.period.last
    return told is None or last is None or last >= told


def _is_told(one: Counted, later: Prepared) -> bool:
    """今年资金300万元也已下达: what a clause tells as done is reached, though its day lies ahead."""
    identity = later.paper.extraction.identity
    if identity.kind in (Kind.PLAN, Kind.REGULATION):
        return False
    calendar = Calendar(identity.date.year if identity.date else None, identity.date.month if identity.date else None)
    clause = one.lead + one.quantity.span.text + _END.split(one.tail)[0]
    return any(reading.mood is Mood.PAST for reading in read_clauses([Clause(0, clause)], calendar, ""))


def _matches(targets: Sequence[Counted], actuals: Sequence[Counted], scale: Scale) -> list[_Match]:
    alone = _units_alone(targets) & _units_alone(actuals)
    found = []
    for target in targets:
        for actual in actuals:
            if target.quantity.basis is not actual.quantity.basis and not _bases_meet(target.quantity, actual.quantity):
                continue
            like = same_indicator(target, actual, scale) if target.each is actual.each else None
            if like is None or _is_far(target, actual, like):
                continue
            flags = tuple(_flags(target, actual, like))
            score = like.score - _FLAGGED * len(flags) + _sized(target, actual, like)
            score += _SAME_YEAR * bool(target.years & (actual.years or actual.period.years))
            score += _ALONE * (plain(target.quantity.unit) in alone and like.shared > 0)
            if score >= PROPOSED:
                found.append(_Match(target, actual, like, flags, score))
    return found


def _units_alone(numbers: Sequence[Counted]) -> frozenset[str]:
    """The rare units that a paper counts one thing in alone: 公里, 册."""
    seen = Counter(plain(one.quantity.unit) for one in numbers)
    return frozenset(unit for unit, times in seen.items() if times == 1 and unit not in GENERIC)


def _bases_meet(target: Quantity, actual: Quantity) -> bool:
    """A rise in points is no level; a rate is told as 占…的 or plain; what is new is told as a level or a rise."""
    if "百分点" in (target.unit or "") + (actual.unit or ""):
        return False
    if target.unit == "%":
        return Basis.INCREASE not in (target.basis, actual.basis)
    return Basis.SHARE not in (target.basis, actual.basis)


def _is_far(target: Counted, actual: Counted, like: Likeness) -> bool:
    ratio = ratio_of(target.quantity.value, actual.quantity.value, like.unit)
    return ratio is not None and ratio > _FAR


def _sized(target: Counted, actual: Counted, like: Likeness) -> float:
    """A number near the target's is likelier to be about it than one ten times as large."""
    ratio = ratio_of(target.quantity.value, actual.quantity.value, like.unit)
    if ratio is None:
        return 0.0
    if ratio == 1 and target.quantity.value > _FEW and target.quantity.unit != "%":
        return 0.1
    if ratio < Decimal("0.1"):
        return -0.15
    if Decimal("0.8") <= ratio <= Decimal("1.25"):
        return 0.08
    return 0.05 if Decimal("0.3") <= ratio <= Decimal("1.7") else -0.05


def _flags(target: Counted, actual: Counted, like: Likeness) -> Iterator[str]:
    """What must not be equated silently."""
    if like.unit.told == "converted":
        yield "unit_converted"
    if _other_scope(target, actual):
        yield "scope_differs"
    yield from _time_flags(target, actual)


def _other_scope(target: Counted, actual: Counted) -> bool:
    if target.places or actual.places:
        mine = all(_has(actual, place) for place in target.places)
        theirs = all(_has(target, place) for place in actual.places)
        return not (mine and theirs)
    part = actual.quantity.part_of is not None and target.quantity.part_of is None
    return part and not actual.years and actual.quantity.unit != "%" and actual.label != target.label


def _has(one: Counted, place: str) -> bool:
    return place in one.words or (len(place) > 2 and place.rstrip("镇乡县区市旗") in one.words)


def _time_flags(target: Counted, actual: Counted) -> Iterator[str]:
    if is_recurring(target.label) or is_recurring(target.lead):
        return
    wanted, told = _years_wanted(target), actual.years or actual.period.years
    sum_up, flow = _is_total(actual), _is_flow(target)
    day = actual.period.day
    if wanted and told and not wanted & told:
        yield "cumulative_against_yearly" if sum_up and max(told) >= min(wanted) else "other_year"
    elif wanted and not told and day is not None and day.year not in wanted:
        yield "cumulative_against_yearly" if sum_up else "year_unclear"
    elif wanted and sum_up and not told:
        yield "cumulative_against_yearly"
    elif (
        not wanted
        and told
        and not sum_up
        and _is_flow(actual)
        and (flow or _is_total(target))
        and _longer(target, told)
    ):
        yield "yearly_against_cumulative"
    elif _is_extra(target) and sum_up and not _is_flow(actual):
        yield "total_against_increase"


def _years_wanted(target: Counted) -> frozenset[int]:
    """The years that a target is limited to: 今年改造, 2024年内更换; not those by whose end it is due.

    2023年、2024年分别新建45公里、60公里,改造桥梁9座、12座: the days of the second list tell its years.
    """
    if "分别" in target.words and target.quantity.deadline and not target.years:
        return frozenset({target.quantity.deadline.year})
    return target.years or (target.period.years if _is_flow(target) else frozenset())


def _is_total(one: Counted) -> bool:
    """A sum over time or the whole stock: 累计, 总数, 达到; 其中去年新增 isn't, though its total's name says 累计."""
    return bool(_says("total", one.lead[-12:]) or (_says("total", one.label) and not _says("extra", one.lead[-12:])))


def _is_extra(one: Counted) -> bool:
    return bool(_says("extra", one.label + one.lead[-8:]))


def _is_flow(one: Counted) -> bool:
    """What is done over time and adds up: 改造, 培训, 新建."""
    return one.quantity.basis is Basis.INCREASE or bool(_says("flow", one.label + one.lead[-8:]))


def _longer(target: Counted, told: frozenset[int]) -> bool:
    """Whether a sum is promised for later than the year that a number tells of."""
    end, unit = target.quantity.deadline, target.quantity.unit
    if unit in ("%", "个百分点", "百分点"):
        return False
    return end.year > max(told) if end else _is_total(target)


def _assigned(matches: Iterable[_Match]) -> list[_Match]:
    """Each number speaks for the targets that it fits best; each target keeps its best number of each day."""
    ranked = sorted(matches, key=lambda m: (-m.score, m.target.position, m.actual.position))
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


def _same_target(one: Counted, other: Counted) -> bool:
    """The same target said twice in one paper."""
    a, b = one.quantity, other.quantity
    return a.value == b.value and a.unit == b.unit and bool(one.name & other.name)


def _another_day(kept: Sequence[_Match], match: _Match, best: float) -> bool:
    if match.score < _SECOND * best or match.flags:
        return False
    return all(match.actual.period.day != other.actual.period.day for other in kept)


def _progress(match: _Match, placed: Placed) -> Progress:
    target, actual, like = match.target.quantity, match.actual.quantity, match.like
    flags = (*match.flags, *placed.flags)
    ratio = ratio_of(target.value, actual.value, like.unit)
    bounded = target.comparator in (Comparator.AT_MOST, Comparator.RANGE) or actual.upper is not None
    bounded = bounded or bool(_says("lower", match.target.lead[-8:]))
    sure = match.score >= SURE and not flags and (ratio is None or _LEAST <= ratio <= _MOST)
    sure = sure and like.telling >= _TELLS and (target.unit != "%" or like.wording >= _RATE)
    return Progress(
        target=match.target.position,
        actual=match.actual.position,
        day=match.actual.period.day,
        ratio=None if bounded else ratio,
        certainty=Certainty.SURE if sure else Certainty.PROPOSED,
        why=_reasons(match),
        flags=flags,
    )


def _reasons(match: _Match) -> tuple[Reason, ...]:
    same = Reason("same_indicator", (match.actual.quantity.indicator or match.actual.quantity.span.text,))
    return (same, Reason("same_unit", (match.actual.quantity.unit or "",)))
