"""How a number that speaks of a target differs from it in scope, time or kind: what is never equated silently."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.tracking.counted import Counted
from extractors.tracking.facts import says
from extractors.tracking.matching import Likeness
from extractors.tracking.periods import is_recurring
from models.quantities import Basis, Quantity


def flags_of(target: Counted, actual: Counted, like: Likeness) -> Iterator[str]:
    """The codes of what differs."""
    if like.unit.told == "converted":
        yield "unit_converted"
    if like.unit.told == "differs":
        yield "unit_differs"
    if _other_scope(target, actual):
        yield "scope_differs"
    yield from _time_flags(target, actual)


def bases_meet(target: Quantity, actual: Quantity) -> bool:
    """A rise in points is no level; a rate is told as 占…的 or plain; what is new is told as a level or a rise."""
    if target.basis is actual.basis:
        return True
    if "百分点" in (target.unit or "") + (actual.unit or ""):
        return False
    if target.unit == "%":
        return Basis.INCREASE not in (target.basis, actual.basis)
    return Basis.SHARE not in (target.basis, actual.basis)


def _other_scope(target: Counted, actual: Counted) -> bool:
    if _is_part_of_it(target, actual):
        return True
    if target.places or actual.places:
        mine = all(_has(actual, place) for place in target.places)
        theirs = all(_has(target, place) for place in actual.places)
        return not (mine and theirs)
    part = actual.quantity.part_of is not None and target.quantity.part_of is None
    return part and not actual.years and actual.quantity.unit != "%" and actual.label != target.label


def _is_part_of_it(target: Counted, actual: Counted) -> bool:
    """Whether a number is one place's share of what is told for the whole: 全市38座,其中西吉县17座."""
    return actual.quantity.part_of is not None and target.quantity.part_of is None and bool(actual.places)


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
    elif wanted and sum_up and flow and not told:
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
    return bool(says("total", one.lead[-12:]) or (says("total", one.label) and not says("extra", one.lead[-12:])))


def _is_extra(one: Counted) -> bool:
    return bool(says("extra", one.label + one.lead[-8:]))


def _is_flow(one: Counted) -> bool:
    """What is done over time and adds up: 改造, 培训, 新建."""
    return one.quantity.basis is Basis.INCREASE or bool(says("flow", one.label + one.lead[-8:]))


def _longer(target: Counted, told: frozenset[int]) -> bool:
    """Whether a sum is promised for later than the year that a number tells of."""
    end, unit = target.quantity.deadline, target.quantity.unit
    if unit in ("%", "个百分点", "百分点"):
        return False
    if "累计" in target.lead[-8:] and says("extra", target.lead) is None:
        return True
    return end.year > max(told) if end else _is_total(target)
