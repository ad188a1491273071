"""Alarms about numbers that a later paper reports of a target, and that don't agree with each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from extractors.checks import check
from extractors.tracking.counted import Counted, counted_of
from models.evidence import Alarm, AlarmCode, Between, Certainty, Progress
from models.findings import FindingCode
from models.quantities import Comparator, Quantity

_SUMS = frozenset(
    {
        FindingCode.PARTS_EXCEED_TOTAL,
        FindingCode.PARTS_DIFFER,
        FindingCode.YEARS_DIFFER,
        FindingCode.SHARE_DIFFERS,
        FindingCode.VALUES_DIFFER,
    }
)
_OF_PLAN = re.compile(r"(?:计划|任务|目标)[^,。;]{0,4}的$|完成率(?:为|达到?)?$|完成(?:年度)?(?:计划|目标|任务)的?$")
_ROUNDED = Decimal("0.6")  # percent: a share is printed with at most one place


def sums_differ(between: Between) -> Iterator[Alarm]:
    """Sums of reported numbers that don't add up, in the later paper; a share of the task that isn't that share."""
    yield from _own_sums(between)
    yield from _shares(between)


def _own_sums(between: Between) -> Iterator[Alarm]:
    later = between.later.extraction
    reported = {later.quantities[one.actual].unit_span.start: one for one in between.progress}
    linked = {link.span.start: link.commitment for link in between.links}
    if not reported and not linked:
        return
    for finding in check(later):
        if finding.code not in _SUMS:
            continue
        unit = next((one for one in later.units if one.span.start <= finding.spans[0].start < one.span.end), None)
        if unit is None or (unit.span.start not in reported and unit.span.start not in linked):
            continue
        place = linked.get(unit.span.start)
        if place is None:
            place = _place(between, reported[unit.span.start])
        if place is not None:
            yield _alarm(between, place, finding.said, finding.reckoned, unit.span.start, sure=not finding.soft)


def _place(between: Between, one: Progress) -> int | None:
    start = between.earlier.extraction.quantities[one.target].unit_span.start
    found = (at for at, promise in enumerate(between.earlier.extraction.commitments) if promise.span.start == start)
    return next(found, None)


def _alarm(between: Between, place: int, said: str, reckoned: str, start: int, *, sure: bool) -> Alarm:
    later = between.later.extraction
    unit = next(one for one in later.units if one.span.start == start)
    return Alarm(
        code=AlarmCode.SUMS_DIFFER,
        commitment=place,
        other=between.later.id,
        spans=(between.earlier.extraction.commitments[place].span, unit.span),
        values=(said, reckoned),
        day=later.identity.date,
        certainty=Certainty.SURE if sure else Certainty.PROPOSED,
    )


def _shares(between: Between) -> Iterator[Alarm]:
    """完成目标的80.4%, where the target and the number give another share."""
    if not between.progress:
        return
    numbers = counted_of(between.later)
    by_position = {one.position: at for at, one in enumerate(numbers)}
    for one in between.progress:
        at = by_position.get(one.actual)
        if at is None or one.flags or one.certainty is not Certainty.SURE or at + 1 >= len(numbers):
            continue
        share = numbers[at + 1]
        target = between.earlier.extraction.quantities[one.target]
        if share.unit.index == numbers[at].unit.index and _is_share_of_plan(share) and _differs(one, share, target):
            place = _place(between, one)
            if place is not None:
                said = share.quantity.span.text
                reckoned = f"{(one.ratio or Decimal(0)) * 100:.1f}%"
                yield _alarm(between, place, said, reckoned, share.unit.span.start, sure=False)


def _is_share_of_plan(one: Counted) -> bool:
    """Told right behind its number: in 分别完成目标的80%、79% it isn't plain whose it is."""
    return one.quantity.unit == "%" and "分别" not in one.words and bool(_OF_PLAN.search(one.lead))


def _differs(one: Progress, share: Counted, target: Quantity) -> bool:
    if one.ratio is None or target.comparator is Comparator.RANGE or target.unit == "%":
        return False
    return abs(one.ratio * 100 - share.quantity.value) > _ROUNDED
