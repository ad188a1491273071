"""The numbers that a promise can be held to, and those that it only leads away from."""

from __future__ import annotations

import re
from decimal import Decimal

from extractors.headings import union
from extractors.tracking.numbers import is_each
from extractors.tracking.prepared import Promise
from extractors.tracking.wording import plain_unit
from models.quantities import Quantity, Role

AMOUNTS = frozenset({"元", "%", "天", "日", "个工作日", "小时", "分钟", "个月", "次", "学时", "课时"})
PIECES = frozenset("个处座家所台套辆块条支盏间张把只件")
WHOLE = Decimal(100)  # 全部, of something: any share would be the only other percentage
FROM_LEVEL = re.compile("[由从][^,]{0,10}$")


def promised_numbers(promise: Promise) -> list[Quantity]:
    """The numbers that a promise can be held to: its targets, else its amounts; 一处 says only that it is built, and
    海拔四千米以上 only for whom."""
    whole = [
        number for number in promise.passage.numbers if number.part_of is None and not is_old_level(number, promise)
    ]
    targets = [number for number in whole if number.role is Role.TARGET and number.value != 1]
    if targets and all(number.value == WHOLE and number.unit == "%" for number in targets):
        return targets + [
            number for number in whole if number.role is Role.ACTUAL and plain_unit(number.unit) not in AMOUNTS
        ]
    standards = [number for number in whole if number.role is Role.STANDARD]
    return (
        targets
        or [number for number in standards if plain_unit(number.unit) in AMOUNTS]
        or [number for number in standards if number.value > 1 and number.unit in PIECES and not is_each(number)]
    )


def is_old_level(number: Quantity, promise: Promise) -> bool:
    """Whether a number is what a promise leads away from: the 400元 of 由每月400元提高到600元."""
    words = promise.passage.words
    first = promise.passage.unit.span.end - len(words)
    before, behind = words[: number.span.start - first], words[number.span.end - first :]
    return bool(FROM_LEVEL.search(before) and union("told", "to_level").match(behind))
