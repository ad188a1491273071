"""Lengths of time, simple and put together: 三年半, 两天又一个月, 8天20小时, in seconds.

A year counts 365 days, a month 30, as lengths of time are commonly compared; what stands in letters as a term keeps
its unit (`durations.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from extractors.numbers.spelled import NUMERAL_CHARS, scan

_START = re.compile(rf"[\d半几{''.join(sorted(NUMERAL_CHARS))}]")
_UNIT = re.compile(
    r"\s?(?P<measure>个)?(?P<half>半)?(?P<more>[多余几来])?\s?(?P<unit>世纪|年代(?!)|年(?![级代龄底初末])|月(?![底初末份])|星期(?![一二三四五六日天])|礼拜(?![一二三四五六日天])|"
    r"周(?![一二三四五六日天末年岁边])|工作日|天|日|小时|钟头|分钟|分(?![之钱米])|秒钟?|毫秒|季度|刻钟|时(?![间代候期节刻]))(?P<behind>半|[多余])?"
)
_JOINT = re.compile(r"\s?(?:又|零|加|外加|和|余|多)?\s?")
_SECONDS: dict[str, Decimal | int] = {
    "世纪": 36500 * 86400, "年": 365 * 86400, "季度": 90 * 86400, "月": 30 * 86400, "星期": 7 * 86400, "礼拜": 7 *
    86400, "周": 7 * 86400,
    "工作日": 86400, "天": 86400, "日": 86400, "小时": 3600, "钟头": 3600, "时": 3600, "刻钟": 900, "分钟": 60,
    "分": 60, "秒": 1, "秒钟": 1,
    "毫秒": Decimal("0.001"),
}  # fmt: skip
_ONLY_BEHIND = ("时", "分", "日")
_NEED_MEASURE = ("月", "季度")


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time in [start, end), in seconds; `vague` where 多 or 余 stands in it."""

    start: int
    end: int
    seconds: Decimal
    vague: bool = False


def find_lengths(folded: str) -> list[Length]:
    """The lengths of time in a text, in order; years, dates and times of day are none.

    >>> [(l.start, l.seconds) for l in find_lengths("还剩8天20小时,2024年3月")]
    [(2, Decimal('763200'))]
    """
    return list(_lengths(folded))


def _lengths(folded: str) -> Iterator[Length]:
    position = 0
    while hit := _START.search(folded, position):
        length = _at(folded, hit.start())
        number = scan(folded, hit.start())
        position = length.end if length else number.end if number else hit.start() + 1
        if length:
            yield length


def _at(folded: str, start: int) -> Length | None:
    """One length, with the smaller ones that follow it."""
    whole = _single(folded, start, first=True)
    if whole is None:
        return None
    while True:
        joint = _JOINT.match(folded, whole.end)
        part = _single(folded, joint.end(), first=False) if joint and joint.end() < len(folded) else None
        if part is None:
            return whole
        whole = Length(start, part.end, whole.seconds + part.seconds, whole.vague or part.vague)


def _single(folded: str, start: int, *, first: bool) -> Length | None:
    half = folded[start] == "半"
    number = None if half else scan(folded, start)
    if not half and number is None:
        return None
    at = start + 1 if half else number.end  # type: ignore[union-attr]
    found = _UNIT.match(folded, at)
    if found is None or not _is_length(folded, start, found, first):
        return None
    value = Decimal(0) if number is None else number.value
    if half or found["half"] or found["behind"] == "半":
        value += Decimal("0.5")
    end = found.end() - (1 if found["behind"] in ("多", "余") else 0)
    if folded[end : end + 1] == "半" and found["unit"] == "月":
        value, end = value + Decimal("0.5"), end + 1
    vague = bool(found["more"]) or found["behind"] in ("多", "余")
    return Length(start, end, value * _SECONDS[found["unit"]], vague)


def _is_length(folded: str, start: int, found: re.Match[str], first: bool) -> bool:
    """3月 and 20时 are parts of a date and of a day; 2024年 and 第三年 name a year."""
    before, unit = folded[start - 1 : start], found["unit"]
    printed = folded[start : found.start()].strip()
    if before in ("第", "每", ":", "-", "/") and before:
        return False
    if unit == "年" and len(printed) == 4 and (printed.isdigit() or set(printed) <= set("零〇○一二三四五六七八九")):
        return False
    if unit in _NEED_MEASURE and not (found["measure"] or found["half"]):
        return unit == "季度"
    return not (first and unit in _ONLY_BEHIND and not (unit == "日" and found["measure"]))
