"""Numbers of a passage in the measures of a promise: 735公顷 for 1.1万亩, 每公斤0.8元 for 每吨800元."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Context, Decimal
from functools import lru_cache

from extractors.tracking.units import same_unit
from models.quantities import Quantity

_RATE = re.compile("每(公斤|千克|市斤|斤|吨|亩|公顷|平方米|平方公里|立方米|公里|米|小时|天|日|个?月|年)")
_DIGITS = Context(prec=6)  # 一亩 is 666.67 平方米: 100公顷 are 1500亩 all the same


def in_measures_of(promised: Sequence[Quantity], told: Sequence[Quantity]) -> tuple[Quantity, ...]:
    """The numbers told, each in a promised unit where it counts the same by another measure; others as they are."""
    return tuple(_converted(other, promised) for other in told) if promised else tuple(told)


def _converted(other: Quantity, promised: Sequence[Quantity]) -> Quantity:
    if any(own.unit == other.unit and _rate(own) == _rate(other) for own in promised):
        return other
    for own in promised:
        factor = _factor(own.unit or "", other.unit or "", _rate(own), _rate(other))
        if factor is not None:
            upper = _DIGITS.multiply(other.upper, factor) if other.upper is not None else None
            return replace(other, value=_DIGITS.multiply(other.value, factor), upper=upper, unit=own.unit)
    return other


def _rate(number: Quantity) -> str:
    return _measure_in(number.indicator or "") if number.unit == "元" else ""


@lru_cache(maxsize=4096)
def _measure_in(indicator: str) -> str:
    """The measure of which each costs so much: 吨, of 每吨奖补."""
    found = _RATE.findall(indicator)
    return str(found[-1]).removeprefix("个") if found else ""


@lru_cache(maxsize=1024)
def _factor(own: str, other: str, of: str, per: str) -> Decimal | None:
    """What a number of the one measure is multiplied by to be in the other; None where there is nothing to be done."""
    unit = same_unit(own, other)
    if unit is None or bool(of) is not bool(per):
        return None
    rate = same_unit(of, per) if of != per else None
    if of != per and (rate is None or rate.told != "converted"):
        return None
    factor = (unit.factor if unit.told == "converted" else Decimal(1)) / (rate.factor if rate else Decimal(1))
    return factor if factor != 1 else None
