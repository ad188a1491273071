"""What a report says of the target behind its number: how much is missing, how much was too much, what share it is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractors.tracking.counted import Counted
from extractors.tracking.facts import says
from extractors.tracking.units import plain

_NEXT = 2  # numbers: 前期47个,还差13个; a third one speaks of something else
_MORE = re.compile("(?:超出|多出|超过|超|多)(?:了|约|近)?$")
_LESS = re.compile("(?:差|缺|少|剩|不足|未[^,;。]{0,4})(?:了|约|近)?$")


@dataclass(frozen=True, slots=True)
class Sums:
    """The target that a number and the gap behind it give (`wanted`), or the `share` of it in percent."""

    wanted: Decimal | None = None
    share: Decimal | None = None


def sums_of(numbers: Sequence[Counted]) -> Mapping[int, Sums]:
    """What the numbers of a paper, by position, say of the targets behind them.

    47个,还差13个 -> wanted 60; 比计划多出120亩 behind 3620亩 -> wanted 3500; 46艘,为计划数的88.5% -> share 88.5
    """
    found: dict[int, Sums] = {}
    for at, one in enumerate(numbers):
        for after in numbers[at + 1 : at + 1 + _NEXT]:
            if after.unit.index != one.unit.index:
                break
            sums = _said(one, after)
            if sums is not None:
                found[one.position] = sums
                break
    return found


def _said(one: Counted, after: Counted) -> Sums | None:
    lead = after.lead[-12:]
    if after.quantity.unit == "%":
        return Sums(share=after.quantity.value) if says("of_plan", after.lead[-16:] + after.label) else None
    if plain(one.quantity.unit) != plain(after.quantity.unit):
        return None
    if _LESS.search(lead):
        return Sums(wanted=one.quantity.value + after.quantity.value)
    if _MORE.search(lead):
        return Sums(wanted=one.quantity.value - after.quantity.value)
    return None
