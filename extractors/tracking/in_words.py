"""A promised number that a passage tells in a word of its own, without a counter: 四校, 三镇, 五条线路的 of 4所学校."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from extractors.numbers.numerals import parse_numeral
from extractors.tracking.prepared import Part, Promise
from models.quantities import Quantity, Role

_DIGITS = "零一二三四五六七八九"
_COUNTABLE = "校院馆站园镇乡村县区市家处所座条支街路桥户厂店库矿河湖渠段路线点"
_MOST = 99


def in_words(own: Quantity, parts: Iterable[Part], numbers: Iterable[Quantity]) -> str | None:
    """The word that tells a promised number of things, as it stands: 四校 for 4所学校; None for 1 and 2, which are
    everywhere, and for those that are read as numbers (`numbers`) anyway."""
    value = int(own.value)
    if own.role is not Role.TARGET or own.unit in ("%", "元") or value != own.value or not 2 < value <= _MOST:
        return None
    read = {each.span.start for each in numbers}
    told = ((part, found) for part in parts for found in _pattern(value).finditer(part.words))
    return next((found[0] for part, found in told if part.start + found.start() not in read), None)


def fewer_in_words(own: Quantity, promise: Promise, parts: Iterable[Part]) -> str | None:
    """How many of the promised things are told without their counter, where they are fewer: 3市, of 5个设区市."""
    if own.role is not Role.TARGET or own.unit != "个" or not 2 < own.value <= _MOST:
        return None
    start = own.span.end - (promise.passage.unit.span.end - len(promise.passage.words))
    kind = _KIND.match(promise.passage.words[start:])
    if kind is None:
        return None
    found = (
        each
        for part in parts
        for each in re.finditer(rf"(?<![第十百千万\d{_DIGITS}])({_NUMERAL}){kind[1]}", part.words)
    )
    return next((each[0] for each in found if 1 < parse_numeral(each[1]) < own.value), None)


_KIND = re.compile("[\u4e00-\u9fff]{0,2}([市县区旗镇乡村校园])(?![级里内])")
_NUMERAL = f"\\d{{1,2}}|[两{_DIGITS[1:]}]"


@lru_cache(maxsize=128)
def _pattern(value: int) -> re.Pattern[str]:
    tens, ones = divmod(value, 10)
    spoken = ("" if tens < 2 else _DIGITS[tens]) + ("十" if tens else "") + (_DIGITS[ones] if ones else "")
    return re.compile(f"(?<![第十百千万\\d{_DIGITS}])(?:{spoken}|{value})(?:(?:个|所|大))?[{_COUNTABLE}](?![级分之])")
