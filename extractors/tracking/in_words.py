"""A promised number that a passage tells in a word of its own, without a counter: 四校, 三镇, 五条线路的 of 4所学校."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from extractors.tracking.prepared import Part
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


@lru_cache(maxsize=128)
def _pattern(value: int) -> re.Pattern[str]:
    tens, ones = divmod(value, 10)
    spoken = ("" if tens < 2 else _DIGITS[tens]) + ("十" if tens else "") + (_DIGITS[ones] if ones else "")
    return re.compile(f"(?<![第十百千万\\d{_DIGITS}])(?:{spoken}|{value})(?:(?:个|所|大))?[{_COUNTABLE}](?![级分之])")
