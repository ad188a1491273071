"""Where a report turns from what was done to what will be done.

一、2024年工作回顾    二、2025年主要目标    三、重点工作(of 2025 too)
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from extractors.headings import union, zone_named
from models.documents import Zone
from models.text import fold

_YEAR = re.compile(r"20\d\d(?=年)|[今明]年")
_SPRING = 4  # a report of these first months tells what the year is for; a later one, how the year goes


def outlook_of(section: Sequence[str], before: str, year: int | None, day: date | None) -> str:
    """The heading from which on a report speaks of what will be done; "" as long as it tells what was.

    `before`: the heading that was in force for the section in front; a heading that says nothing leaves it so.

    >>> outlook_of(("二、2025年主要目标",), "", 2025, date(2025, 1, 8))
    '二、2025年主要目标'
    >>> outlook_of(("三、重点工作",), "二、2025年主要目标", 2025, date(2025, 1, 8))
    '二、2025年主要目标'
    >>> outlook_of(("一、2024年工作回顾",), "", 2025, date(2025, 1, 8))
    ''
    """
    for heading in reversed(section):
        words = fold(heading)
        turned = _turned(words, year, day)
        if turned is not None:
            return heading if turned else ""
    return before if section else ""


def _turned(heading: str, year: int | None, day: date | None) -> bool | None:
    if union("zones", "looking_back").search(heading):
        return False
    named, ahead = _YEAR.search(heading), union("zones", "outlook").search(heading)
    if named and ahead and year is not None:
        told = year + (named[0] == "明年") if named[0].endswith("年") else int(named[0])
        early = day is None or day.month <= _SPRING
        return told > year or (told == year and early) or (None if told == year else False)
    zone = zone_named(heading)
    return None if zone not in (Zone.PLANNED, Zone.DONE) else zone is Zone.PLANNED
