"""Adapters for numbers, percentages and ranges of numbers.

Conventions that differ from ours, and are turned here: a value is compared as a number (fifteen digits are printed
there); a range `A到B`, `A-B`, `A和B之间` is closed below and open above; 以上 and 多/几/余 are open (we include the
number, 民法典 article 1259), 以下 likewise.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from benchmarks.specs.cases import Answer, Case
from extractors.numbers.every_number import find_numbers, find_shares
from extractors.numbers.ranges import Interval, find_intervals


def numbers(case: Case) -> list[Answer]:
    """NumberModel: every numeral that isn't part of a word."""
    return [Answer(number.start, number.end, number.value) for number in find_numbers(case.text)]


def percents(case: Case) -> list[Answer]:
    """PercentModel: shares in percent; 个百分点, 折 and 成 count as percent there."""
    return [Answer(share.start, share.end, share.value) for share in find_shares(case.text)]


def ranges(case: Case) -> list[Answer]:
    """NumberRangeModel: bounds and ranges of bare numbers."""
    return [Answer(found.start, found.end, found) for found in find_intervals(case.text)]


def same_value(wanted: dict[str, Any], said: Decimal) -> bool:
    """Whether the printed value is ours, to the digits that are printed."""
    try:
        printed = Decimal(str(wanted["Resolution"]["value"]).rstrip("%"))
    except (InvalidOperation, KeyError):
        return False
    return close(printed, said)


def close(printed: Decimal, said: Decimal) -> bool:
    """Equal to a relative error of 1e-9."""
    return abs(printed - said) <= abs(printed) * Decimal("1e-9")


def same_interval(wanted: dict[str, Any], said: Interval) -> bool:
    """Whether the printed interval, like [20,30), is ours under their convention."""
    printed = wanted["Resolution"]["value"]
    low, _, high = printed[1:-1].partition(",")
    return (
        _same_end(low, said.low)
        and _same_end(high, said.high)
        and (not low or (printed[0] == "[") == (said.low_closed and not said.idiomatic_low))
        and (not high or (printed[-1] == "]") == (said.high_closed and not said.idiomatic_high))
    )


def _same_end(printed: str, said: Decimal | None) -> bool:
    return said is None if not printed else said is not None and close(Decimal(printed), said)
