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
_PERIOD = re.compile(
    r"^(?:[^,、()\d]{1,3}、|[(][^()]{1,3}[)]|\d{1,2}[.．、])?(?:(?P<since>今年以来|[近过][去]?[一二三五]年|去年|上年|[一二三五]年来|本届政府|任期内)"
    r"|(?:(?P<last>20\d\d)年|今年)?(?P<part>上半年|[一二三]季度|前三季度|前(?:[两2]个)季度)|(?:今年)?(?:1|一)(?:月)?[—\-~至到](?P<month>\d{1,2})月(?:份)?"
    r"|(?P<year>20\d\d)年)[^,。]{0,4}(?!目标|计划|打算|安排|思路)(?:主要|重点|亮点|特色)?(?:工作|完成|开展|推进|进展|做法|成效|措施)(?!目标|计划|打算|安排|思路|要点|任务)"
)
_YEARS_AHEAD = re.compile(
    "(?:今后|未来|接下来|后)(?:[一两二三四五\\d]+年|[一两二三四五六\\d]+个月)[^,。]{0,6}(?:安排|打算|工作|任务|目标|思路|计划|措施|建议)"
)
# 三、对策建议: what a report of inquiry would have done; 一、关于增设站点的建议 is an ask that is being answered
_ADVICE = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|[(][^()]{1,3}[)]|\d{1,2}[.、])?\s*(?:几点|有关|工作|对策|意见|相关|政策|下一?步|主要)*(?:[和与及])?(?:建议|对策)(?:[和与及]?措施)?(?:[。:]|$)"
)
_FIVE_YEARS = re.compile('十([二三四五六七])五[”"]?(?:时期|期间)?[^,。]{0,8}(?:目标|任务|安排|思路|要求|部署)')
_ENDS = {"上半年": 6, "一季度": 3, "二季度": 6, "三季度": 9, "前三季度": 9, "前两个季度": 6, "前2个季度": 6}
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


def year_ahead(heading: str, year: int | None) -> int | None:
    """The year that a heading names for what will be done, when it isn't over: of a report without a date."""
    found = re.search(r"20\d\d(?=年)", fold(heading))
    return int(found[0]) if found and (year is None or int(found[0]) >= year) else None


def looks_back(section: Sequence[str], year: int | None, day: date | None) -> bool:
    """Whether the nearest heading that says so tells of a time that is over: 一、上半年主要工作, in a report of July.

    >>> looks_back(("一、上半年主要工作", "（一）抓服务"), 2025, date(2025, 7, 8))
    True
    >>> looks_back(("一、上半年主要工作",), 2025, date(2025, 2, 8)), looks_back(("二、2025年主要工作",), 2025, None)
    (False, False)
    """
    for heading in reversed(section):
        found = _PERIOD.search(fold(heading))
        if found is None:
            continue
        if found["since"]:
            return True
        if found["year"]:
            return year is not None and int(found["year"]) < year
        over = _ENDS.get(found["part"]) or int(found["month"] or 12)
        return day is not None and day.month >= over and (found["last"] or day.year) == day.year
    return False


def _turned(heading: str, year: int | None, day: date | None) -> bool | None:
    if union("zones", "looking_back").search(heading):
        return False
    named, ahead = _YEAR.search(heading), union("zones", "outlook").search(heading)
    if named and ahead and year is not None:
        told = year + (named[0] == "明年") if named[0].endswith("年") else int(named[0])
        early = day is None or day.month <= _SPRING
        return told > year or (told == year and early) or (None if told == year else False)
    if (period := _FIVE_YEARS.search(heading)) and ahead and year is not None:
        return 2015 + 5 * "二三四五六七".index(period[1]) >= year
    if _YEARS_AHEAD.search(heading) or _ADVICE.match(heading):
        return True
    zone = zone_named(heading)
    return None if zone not in (Zone.PLANNED, Zone.DONE) else zone is Zone.PLANNED
