"""Where years that are only counted come to their end (三年内, 今后五年): with the plan's term, if it is as long."""

from __future__ import annotations

import re
from datetime import date

from extractors.figures.announced import tells_how_things_stand
from extractors.figures.calendars import Calendar
from extractors.figures.due import Term
from extractors.figures.scene import Scene, fold
from models.documents import Kind, Unit

_HAN = "一二三四五六七八九十"
_AT_ITS_END = re.compile(r"(?:计划|规划|行动|方案)期?末")
_COMING = re.compile(r"(?:今后|未来|接下来)(?:的)?[两二三四五]年")
_YEARS = re.compile(
    r"(?<![近前去第每十续满\d])([两二三四五])年(?:累计|总?共|合计)*(?:投入|安排|筹措|翻|新增|新建|改造|培训|培育|达到?|建成|完成)?(?:资金|经费)?(?:不少于|不低于|超过)?$"
)
_YEARS_JOINED = re.compile(
    r"(?<![近前去第每十\d])([两二三四五])年(?:累计|总?共|合计)*(?:翻|增|提)[^,;。]{0,8}、(?:达到?|增至|突破)$"
)
SINCE = re.compile(
    r"[自从](?P<year>20\d\d)年(?:(?P<month>\d{1,2})月)?(?:份|1日)?起,?(?:用)?(?:(?P<han>[两二三四五])|(?P<count>\d))年(?:内|时间)"
)
_YEAR_SAID = re.compile(r"20\d\d年|今年|明年")
_NEAR = re.compile("[近前](?:期|阶段)|首[批期年]|第一[批期]|上一轮")
_FEW = 5
_BY_MARCH = 3  # a report of January or March counts its own year as the first


def years_of(term: Term | None) -> int:
    """How many years a plan's term has; 0 where none of several years is known."""
    return term.end.year - term.first + 1 if term and term.first and not term.single else 0


def end_of_plan(scene: Scene, unit: Unit, said: str) -> date | None:
    """The end of the years that a plan's title names, for its tasks without a day of their own.

    None where it is made for more than five years, which have stages, and for what is near, or was meant once.
    """
    few = scene.kind is Kind.PLAN and 0 < years_of(scene.term) <= _FEW
    if scene.term is None or not few or _NEAR.search(said):
        return None
    return None if any(tells_how_things_stand(fold(heading)) for heading in unit.section[:2]) else scene.term.end


def number_of(han: str) -> int:
    return _HAN.index(han.replace("两", "二")) + 1


def at_term_end(term: Term | None, calendar: Calendar | None, said: str) -> date | None:
    """The end of the term that the words in front of a number name, with no other day behind them: 到规划期末,…."""
    if term is None or "期末" not in said:
        return None
    found = list(_AT_ITS_END.finditer(said))
    if not found or (calendar and any(found[-1].end() <= one.start < len(said) and one.last for one in calendar.times)):
        return None
    return term.end


def rounded(scene: Scene, due: date | None, said: str) -> date | None:
    """A day that was counted from the paper's own, moved to the end of the term that has as many years.

    三年内新建基站900座, 今后三年 of a plan for 2026—2028 made in March 2026: 2028-12-31. 今后五年 of a report of
    January 2026 ends with 2030.
    """
    day, long = scene.anchor.day, years_of(scene.term)
    if due is None or day is None or (due.month, due.day) != (day.month, day.day) or due.year <= day.year:
        return due
    years = due.year - day.year
    if scene.kind is Kind.PLAN and years == long and scene.term:
        return scene.term.end
    reports = scene.kind in (Kind.PLAN, Kind.PROGRESS_REPORT) and day.month <= _BY_MARCH
    if reports and not long and years > 1 and (_COMING.search(said) or any(map(_COMING.search, scene.section))):
        return date(due.year - 1, 12, 31)
    return due


def in_years(scene: Scene, lead: str, opening: str = "") -> date | None:
    """The end of the years that the number's own words sum up: 三年翻一番 of a plan made in 2025 -> 2027."""
    found, first = _YEARS.search(lead) or _YEARS_JOINED.search(opening), scene.anchor.year
    planned = scene.kind is Kind.PROGRESS_REPORT and "规划" in opening  # 规划目标五年累计: counted from the plan's day
    if found is None or first is None or scene.kind is Kind.NEWS or planned:
        return None
    if scene.term and not scene.term.single:
        return scene.term.end
    return date(first + "一二三四五".index(found[1].replace("两", "二")), 12, 31)


def since(scene: Scene, said: str) -> date | None:
    """The end of the years that a plan counts from one that it names: 从2024年起,用3年时间,新建300座 -> 2026."""
    if "起,用" not in said or (found := SINCE.search(said)) is None or _YEAR_SAID.search(said, found.end()):
        return None
    years = "一二三四五".index(found["han"].replace("两", "二")) + 1 if found["han"] else int(found["count"])
    return None if found["month"] else date(int(found["year"]) + years - 1, 12, 31)
