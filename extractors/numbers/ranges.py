"""Bounds and ranges of bare numbers: 大于10并小于20, 20到30之间, 至少有10, 三十以上, 十几万.

An interval includes its number where the words do: 以上 and 以下 (民法典 article 1259), 不少于, 至少; 大于 and 超过
leave it out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from extractors.numbers.every_number import Number, find_numbers, find_shares

_LEFT = (
    ("low", False, r"(?<!不)(?<!不会)(?:大于|多于|高于|超过|超出|突破|逾|长于|重于|晚于|胜过|(?<!超)过(?=了))(?:了)?"),
    (
        "low",
        True,
        r"(?:不|未)\s?(?:小于|少于|低于|短于|轻于|早于)|不\s?(?:小|少|低)\s?于|(?:大|多|高)于\s?(?:或者?)?\s?等于|大于\s?或者?\s?等于|至少|最少|起码|最低|不\s?少\s?过|≥|>=",
    ),
    ("high", False, r"(?<!不)(?<!未)(?:小于|少于|低于|短于|轻于|早于|不足|不到|不满|未满)"),
    (
        "high",
        True,
        r"(?:不|未)\s?(?:大于|多于|高于|超过|长于|重于|晚于|超出)|(?:小|少|低)于\s?(?:或者?)?\s?等于|小于\s?或者?\s?等于|至多|最多|最高|顶多|≤|<=",
    ),
    ("both", True, r"(?:等于|恰好是|刚好是|正好是)"),
    ("low", False, r"(?<![=<>])>(?!=)"),
    ("high", False, r"(?<![=<>])<(?!=)"),
)
_FILL = r"\s?(?:了|有|达到?|为|是)?\s?$"
_BEFORE = tuple((side, closed, re.compile(f"(?:{words}){_FILL}")) for side, closed, words in _LEFT)
_THAN = re.compile(r"(?<![相对])比\s?$")
_THAN_BEHIND = re.compile(
    r"\s?(?:还|要|更)?\s?(?:(?P<low>大|多|高|长|重|晚)|(?P<high>小|少|低|短|轻|早))(?![学家于小型约量])"
)
_RIGHT = re.compile(
    r"\s?(?:(?P<unit>[次个名人户家岁元米吨年天]|公里|平方米)\s?)?"
    r"(?:(?P<low>(?:及|或者?|和)?\s?(?:以上|之上|往上|更[多高大]))|(?P<high>(?:及|或者?|和)?\s?(?:以下|之下|以内|之内|更[少低小])))"
)
_TO = re.compile(r"\s?(?:[-–—―~～]{1,2}|至|到)\s?")
_AND = re.compile(r"\s?(?:和|与|跟|至|到|[-–—~～])\s?")
_BETWEEN = re.compile(r"\s?(?:之间|中间|间(?![隔接断]))")
_MORE = re.compile(r"\s?[多余几](?![少样次元种])")
_AT = re.compile(r"(?:位于|介于|处于|在)\s?$")
_JOINT = re.compile(r"\s?[,、]?\s?(?:(?:并且|而且|但是?|同时|却|又|且|并|而)\s?)?$")
_OR = re.compile(r"\s?或者?\s?")
_EXCEPT = re.compile(r"不\s?等于\s?$")


@dataclass(frozen=True, slots=True)
class Interval:
    """The values that the words in [start, end) admit; `idiomatic_…`: that end follows from 以上 or from a bare
    range."""

    start: int
    end: int
    low: Decimal | None
    high: Decimal | None
    low_closed: bool = True
    high_closed: bool = True
    idiomatic_low: bool = False
    idiomatic_high: bool = False


def find_intervals(folded: str) -> list[Interval]:
    """The bounds and ranges of a text in order; two bounds of one thing are one interval.

    >>> [(i.low, i.high, i.low_closed) for i in find_intervals("大于10并且小于20的数,至少5个")]
    [(Decimal('10'), Decimal('20'), False), (Decimal('5'), None, True)]
    """
    numbers = _numbers(folded)
    found: list[Interval] = []
    index = 0
    while index < len(numbers):
        number = numbers[index]
        second = numbers[index + 1] if index + 1 < len(numbers) else None
        interval = _pair(folded, number, second)
        index += 2 if interval else 1
        interval = interval or _bound(folded, number)
        if interval:
            found.append(interval)
    return _joined(folded, found)


def _numbers(folded: str) -> list[Number]:
    """Numerals and shares; the numeral inside a share gives way to it."""
    shares = find_shares(folded)
    plain = [n for n in find_numbers(folded) if not any(s.start <= n.start and n.end <= s.end for s in shares)]
    return sorted([*plain, *shares], key=lambda number: number.start)


def _pair(folded: str, first: Number, second: Number | None) -> Interval | None:
    if second is None:
        return None
    if second.value == first.value and _OR.fullmatch(folded[first.end : second.start]):  # 100或100以上
        bound = _bound(folded, second)
        return bound and replace(bound, start=first.start, idiomatic_low=False, idiomatic_high=False)
    if second.value < first.value:
        return None
    gap, behind = folded[first.end : second.start], _BETWEEN.match(folded, second.end)
    if not (_TO.fullmatch(gap) or (behind and _AND.fullmatch(gap))):
        return None
    start, end = first.start, behind.end() if behind else second.end
    before = folded[max(0, start - 4) : start]
    lead = _AT.search(before) if behind else None
    if lead and lead[0] != "在":
        start -= len(lead[0])
    return Interval(start, end, first.value, second.value, idiomatic_high=True)


def _bound(folded: str, number: Number) -> Interval | None:
    before = folded[max(0, number.start - 12) : number.start]
    if _THAN.search(before) and (than := _THAN_BEHIND.match(folded, number.end)):
        start = number.start - len(before) + _THAN.search(before).start()  # type: ignore[union-attr]
        low = number.value if than["low"] else None
        return Interval(
            start, than.end(), low, None if than["low"] else number.value, not than["low"], bool(than["low"])
        )
    right = _RIGHT.match(folded, number.end)
    if right:
        low, high = (number.value, None) if right["low"] else (None, number.value)
        idiom = "或" not in right[0] and "及" not in right[0]
        return Interval(number.start, right.end(), low, high, idiomatic_low=idiom, idiomatic_high=idiom)
    if _EXCEPT.search(before):
        return None
    hits = [(hit.start(), side, closed) for side, closed, pattern in _BEFORE if (hit := pattern.search(before))]
    if hits:
        at, side, closed = min(hits)
        start = number.start - len(before) + at
        low = number.value if side in ("low", "both") else None
        high = number.value if side in ("high", "both") else None
        return Interval(start, number.end, low, high, closed or low is None, closed or high is None)
    more = _MORE.match(folded, number.end)
    if more and number.value >= 10 and number.value % 10 == 0:
        return Interval(number.start, more.end(), number.value, None, idiomatic_low=True)
    if number.vague:
        return Interval(number.start, number.end, number.value, None, idiomatic_low=True)
    return None


def _joined(folded: str, found: list[Interval]) -> list[Interval]:
    """大于100并且小于300 is one interval; 大于50小于12 are two, and so are the bounds of two things
    (x大于10且y小于20)."""
    joined: list[Interval] = []
    for interval in found:
        last = joined[-1] if joined else None
        one = _one(last, interval) if last and _JOINT.fullmatch(folded[last.end : interval.start]) else None
        if one:
            joined[-1] = one
        else:
            joined.append(interval)
    return joined


def _one(first: Interval, second: Interval) -> Interval | None:
    if first.low is not None and second.high is not None and first.high is None and second.low is None:
        low, high = first, second
    elif first.high is not None and second.low is not None and first.low is None and second.high is None:
        low, high = second, first
    else:
        return None
    if low.low is None or high.high is None or low.low >= high.high:
        return None
    return replace(
        low,
        start=first.start,
        end=second.end,
        high=high.high,
        high_closed=high.high_closed,
        idiomatic_high=high.idiomatic_high,
    )
