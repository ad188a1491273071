"""Which numbers of a later passage speak of promised ones, and whether they reach them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from extractors.tracking.prepared import Passage, Promise
from extractors.tracking.wording import pairs_of, plain_unit
from models.quantities import Comparator, Quantity, Role
from models.text import fold

LIKE = 0.5  # of the shorter indicator's pairs


_LOWER = re.compile("压缩|压减|压降|缩短|下降|降[到至为低]|减[到至为少]|控制在|不超过|不高于|不多于|以内|以下")
_EACH = re.compile("每|人均|户均|平均|均")


@dataclass(frozen=True, slots=True)
class Reached:
    """The shown numbers, as printed, that meet a promised one or fall short.

    `missing`: a promised number has no counterpart; `first_missing`: the first one hasn't.
    """

    met: tuple[str, ...]
    short: tuple[str, ...]
    missing: bool
    first_missing: bool


def reached(promise: Promise, shown: Passage) -> Reached:
    """How the numbers of a passage stand against the promised ones; parts of a total don't count against it."""
    met: list[str] = []
    short: list[str] = []
    missing: list[bool] = []
    for own in promise.passage.numbers:
        if own.part_of is not None or own.role is Role.ACTUAL:
            continue
        lower = _is_upper_bound(own, promise)
        alike = [other for other in shown.numbers if comparable(own, other)]
        meeting = [other for other in alike if meets(own, other, lower)]
        missing.append(not alike)
        if meeting:
            met.append(meeting[0].span.text)
        elif alike:
            short.append(max(alike, key=lambda other: likeness(own.indicator, other.indicator)).span.text)
    return Reached(tuple(met), tuple(short), any(missing), bool(missing) and missing[0])


def comparable(own: Quantity, other: Quantity) -> bool:
    """Whether two numbers count the same thing in the same unit; a number for each (每个社区2名) is no total."""
    if not same_unit(own, other) or other.part_of is not None:
        return False
    if bool(_EACH.search(own.indicator or "")) != bool(_EACH.search(other.indicator or "")):
        return False
    if own.value == other.value and not is_small(own.value):
        return True
    return likeness(own.indicator, other.indicator) >= LIKE


def same_unit(own: Quantity, other: Quantity) -> bool:
    """Whether two numbers count in one unit: 人次 and 名 both count people."""
    return plain_unit(own.unit) == plain_unit(other.unit)


def _is_upper_bound(own: Quantity, promise: Promise) -> bool:
    """Whether less is better: 不超过, or 由25个压缩到10个."""
    if own.comparator is Comparator.AT_MOST:
        return True
    unit = promise.passage.unit.span
    before = promise.passage.words[: max(0, own.span.end - unit.end + len(promise.passage.words) + 2)]
    return bool(_LOWER.search(before.rsplit(",", 1)[-1]))


def meets(own: Quantity, other: Quantity, lower: bool = False) -> bool:
    """Whether a number reaches the promised one; not above it where less is better (`lower`)."""
    if lower:
        return other.value <= own.value
    return (other.upper or other.value) >= own.value


def likeness(own: str | None, other: str | None) -> float:
    """How much of the shorter indicator the longer one has, by pairs of characters.

    >>> likeness("新增生态停车位", "停车位")
    1.0
    """
    mine, theirs = pairs_of(fold(own or "")), pairs_of(fold(other or ""))
    if not mine or not theirs:
        return 0.0
    return len(mine & theirs) / min(len(mine), len(theirs))


def is_small(value: Decimal) -> bool:
    """Whether a number is so common that meeting it again says nothing: 1, 2, 100 %."""
    return value in (Decimal(1), Decimal(2), Decimal(100))
