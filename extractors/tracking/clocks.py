"""Times of day: until when a place is open, or when the last bus goes."""

from __future__ import annotations

import re
from functools import lru_cache

_CLOCK = re.compile(
    "(凌晨|清晨|早上?晨?|上午|中午|下午|傍晚|晚上?间?|夜间|夜里|午夜)?"
    "(?<![第\\d])(?:([01]?\\d|2[0-4])[::]([0-5]\\d)(?!\\d)|([01]?\\d|2[0-4]|十[一二]?|[一二两三四五六七八九])[时点](?!间|候|刻|位|长|有|对|多|段|建|要|意|措)"
    "(?:(半)|([0-5]?\\d)分)?)"
)
_AFTERNOON = re.compile("下午|傍晚|晚|夜")
_SMALL = {digit: value for value, digit in enumerate("一二三四五六七八九十", 1)} | {"两": 2, "十一": 11, "十二": 12}
_NOON = 12


@lru_cache(maxsize=4096)
def clocks_of(words: str) -> frozenset[int]:
    """The times of day that some words name, in minutes after midnight.

    >>> clocks_of("延长至晚上9点半") == clocks_of("21:30闭馆")
    True
    >>> clocks_of("设立服务点3个")
    frozenset()
    """
    return frozenset(map(_minutes, _CLOCK.finditer(words)))


def _minutes(found: re.Match[str]) -> int:
    told = found[2] or found[4]
    hour = int(told) if told.isdigit() else _SMALL[told]
    if hour < _NOON and found[1] and _AFTERNOON.match(found[1]):
        hour += _NOON
    half = 30 if found[5] else 0
    return hour * 60 + int(found[3] or found[6] or half)
