"""Stretches of time: several years, plan periods, school years, terms that are counted from the letter's day."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from extractors.numbers import calendar
from extractors.numbers.calendar import NOWHERE
from extractors.numbers.numerals import read_numeral
from extractors.numbers.placing import SINCE, UNTIL, Place, bound, edged, make, number_in
from extractors.numbers.times import TimeExpression, TimeKind

_AHEAD = re.compile(r"(?:未来|今后|接下来|下一个?)(?:的)?$")
_SPENT = re.compile(r"(?:用|利用|通过|经过|花|力争|争取|确保|计划|在|于)$")
_LOOKED_BACK = re.compile(r"(?:最?近|过去|前|这|上)(?:的)?$")
_EVENT = re.compile(
    r"(?:(?<!今)后|起|之日|届满|期满|变更|受理|收到)(?:的|,)?$|[在于自][^,。;]{2,14}(?:后|起|之日|变更|发生)$"
)
# 自本答复之日起两年内: that day is the letter's own.
_OF_LETTER = re.compile("(?:答复|复函|函复|回复|本函)(?:印发|发出|作出)?之日起$|即日起$")


def read_years(place: Place) -> TimeExpression | None:
    these = re.sub("[、､]", "", place.group("these_years") or "")
    if these:
        if place.anchor.year is None:
            return make(place, NOWHERE, TimeKind.PERIOD, "year", True)
        first, last = (0, 1) if these == "今明" else (0, 2) if these == "今明后" else (1, 2)
        return make(
            place, calendar.years(place.anchor.year + first, place.anchor.year + last), TimeKind.PERIOD, "year", True
        )
    first, printed = int(place.group("from_year") or 0), place.group("to_year") or ""
    last = int(printed) if len(printed) == 4 else first // 100 * 100 + int(printed)
    if last <= first:
        return None
    if place.group("school_year"):
        return _school_year(place, first, last)
    span = calendar.years(first, last)
    return make(place, span, TimeKind.PERIOD, "year", True)


def _school_year(place: Place, first: int, last: int) -> TimeExpression:
    """2024—2025学年 lasts from September to August; what starts with it starts on 1 September."""
    begin, end, since = date(first, 9, 1), date(last, 8, 31), SINCE.search(place.before)
    if (place.group("suffix") or "").strip() in ("起", "开始"):
        lead = len(since[0]) if since and since[0] != "于" else 0
        return make(place, (begin, begin), TimeKind.FROM, "term", True, lead=lead)
    return make(place, (begin, end), TimeKind.PERIOD, "year", True)


def read_school(place: Place) -> TimeExpression | None:
    """2024学年起 is 1 September 2024; what is done within that school year is done by its end."""
    first = int(place.group("school_begins") or 0)
    return _school_year(place, first, first + 1)


def read_iso_day(place: Place) -> TimeExpression | None:
    """2025.6.30, 2025-06-30: how tables print a day."""
    day = calendar.day_of(*(int(place.group(name) or 0) for name in ("iso_year", "iso_month", "iso_day")))
    if day is None:
        return None
    kind = TimeKind.BEFORE if place.group("suffix") else TimeKind.POINT
    return make(place, (day, day), kind, "day", True)


def read_plan(place: Place) -> TimeExpression | None:
    part = place.group("plan_part") or ""
    first, last = calendar.plan_period(number_in(place.group("plan")))
    if part == "以来":
        return make(place, (first, last), TimeKind.PAST, "plan", True)
    if (years := place.group("plan_years")) and first and last:  # “十四五”前两年, 后三年
        many = number_in(years) if years != "两" else 2
        first, last = (first, first.replace(year=first.year + many)) if part[0] == "前" else (first, last)
        last = last - timedelta(days=1) if part[0] == "前" else last
    if part in ("前", "之前"):
        return make(place, (None, first - timedelta(days=1) if first else None), TimeKind.BEFORE, "plan", True)
    until = UNTIL.search(place.before)
    return make(
        place,
        (first, last),
        TimeKind.UNTIL if until else TimeKind.PERIOD,
        "plan",
        True,
        lead=len(until[0]) if until else 0,
    )


def read_counted(place: Place) -> TimeExpression | None:
    """三年内 counts from the letter's day; 收到后三个月内 and N个工作日内 from an event that has no day yet."""
    tail, before = place.group("span_tail") or "", place.before
    if tail.endswith("来") or _LOOKED_BACK.search(before):
        return make(place, NOWHERE, TimeKind.PAST, "span", False)
    ahead, spent = _AHEAD.search(before), _SPENT.search(before)
    spends = "时间" in tail and bool(
        spent or (not before[-1:].strip(",:。;、") and _ACHIEVES.match(place.folded, place.found.end()))
    )
    spends = spends or (spent is not None and tail.endswith(_EFFORTS))  # 通过两年努力,覆盖率达到96%
    ends = not tail and before[-1:] not in _GONE and _ENDS_SO.match(place.folded, place.found.end())
    if not (tail.endswith("内") or ahead or spends or ends):
        return None
    unit = (place.group("span") or "").removeprefix("个")
    aimed = ahead or (spent and spent[0] not in ("在", "于"))
    by_days = unit in ("日", "天") and not aimed  # 15日内反馈 counts from what it answers
    if by_days or "工作日" in unit or "小时" in unit or _hangs(before) or place.anchor.day is None:
        return make(place, NOWHERE, TimeKind.WITHIN, "span", False)
    last = _counted_from(place.anchor.day, place.group("count") or "", unit)
    lead = len((ahead or spent or re.match("", ""))[0]) if ahead or (spent and spent[0] in ("用", "利用")) else 0  # type: ignore[index]
    return make(place, (place.anchor.day, last), TimeKind.WITHIN, "span", False, lead=lead)


def counted_since(term: TimeExpression, begun: TimeExpression) -> TimeExpression:
    """三年内 behind 自2025年起: up to the end of 2027; behind 自2025年6月20日起 up to that day of 2028."""
    amount = _AMOUNT.search(term.text)
    last = _counted_from(begun.first, amount["count"], amount["unit"]) if amount and begun.first else None
    if last is None:
        return term
    whole = begun.precision != "day"
    return replace(term, first=begun.first, last=calendar.later(last, days_on=-1) if whole else last)


_AMOUNT = re.compile(r"(?P<count>半|[一二两三四五六七八九十\d]+)个?(?P<unit>年半|年|半月|月|季度)")


def _hangs(before: str) -> bool:
    return bool(_EVENT.search(before)) and not _OF_LETTER.search(before)


# 两年装齐, 三年修完; 两年左右时间实现全覆盖: at the head of a clause the span needs no 用.
_EFFORTS = ("努力", "攻坚", "奋斗")
_GONE = frozenset("近前后每第历经时了费隔达务")
_ENDS_SO = re.compile(
    "(?:全部|基本|分[步批期])?[一-鿿]{1,2}(?:齐|完|遍|(?:到位|清零|成|好|通)(?=[,。;]))(?![成善好整])"
)
_ACHIEVES = re.compile("(?:基本|全面|全部)?(?:实现|完成|建成|解决|达到|消除|打通|使|让|把|办成|建好)")


def _counted_from(day: date, count: str, unit: str) -> date | None:
    numeral = read_numeral(count) if count != "半" else None
    number = int(numeral.upper or numeral.value) if numeral else 0
    if count == "半":
        return {"年": calendar.later(day, months_on=6), "月": calendar.later(day, days_on=15)}.get(unit)
    on = {"年": 12, "年半": 12, "月": 1, "半月": 1, "季度": 3}.get(unit)
    if on is not None:
        extra = 6 if unit == "年半" else 0
        return calendar.later(day, months_on=number * on + extra, days_on=15 if unit == "半月" else 0)
    days = {"日": 1, "天": 1, "周": 7, "星期": 7}.get(unit)
    return calendar.later(day, days_on=number * days) if days else None


def read_this_month(place: Place) -> TimeExpression | None:
    if place.anchor.day is None:
        return make(place, NOWHERE, TimeKind.BEFORE, "month", False)
    shift = {"本": 0, "下": 1, "上": -1}[(place.group("this_month") or "本")[0]]
    day = calendar.later(place.anchor.day.replace(day=1), months_on=shift)
    span, edge = calendar.months(day.year, day.month, day.month), place.group("month_edge")
    span = edged(span, edge) if edge else span
    kind, last, lead = bound(place, span, "month", bool(edge))
    return make(place, (span[0], last), TimeKind.PAST if shift < 0 else kind, "month", False, lead=lead)
