"""Periods as everyday and historical texts name them: 下下周, 十月的第一周, 近三年, 19世纪70年代, 从1月19日到20日.

Like days (`days.py`), a period that lacks its year has two readings, the coming and the last one. Both ends belong
to it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from extractors.numbers.calendar import NOWHERE, Span, day_of, later, months, years
from extractors.numbers.days import (
    MONTH,
    NamedDay,
    counted,
    day_at,
    either,
    eras,
    full_year,
    number,
    shifted_month,
    week_shift,
    year_of,
    year_pattern,
)

_ZH = "一二三四五六七八九"
_SEP = re.compile(r"\s?(?:到|至|和|与|直到|[-–—―~～])\s?")
_CLOSE = re.compile(r"\s?(?:之间|中间|期间|间(?![隔接断]))")
_FROM = re.compile(r"(?:从|自|由)\s?")
_BARE_DAY = re.compile(
    rf"(?:(?P<month>1[0-2]|0?[1-9]|十[一二]?|[{_ZH}])\s?月\s?)?(?P<day>3[01]|[12]\d|0?[1-9]|三十一?|二?十[{_ZH}]?|[{_ZH}])(?![\d{_ZH}十年月/.])"
)
_AFTER = re.compile(r"\s?(?:之后|以后|后)\s?,?\s?(?:到|至)?\s?")
_BEFORE = re.compile(r"\s?(?:之前|以前|前)")
_MONTH_BEHIND = re.compile(rf"\s?(?:\d{{1,2}}|[{_ZH}十]{{1,2}})\s?月")
_PLAIN_YEAR = re.compile(r"(?P<year>(?<!\d)(?:1[0-9]|20)\d\d)(?!\d)")
_WEEK = r"(?:星期|礼拜|周)"
_SHIFT = r"(?P<shift>上{1,3}|下{1,3}|这|本|当)\s?(?:一)?个?\s?"
_COUNTED = (
    r"(?P<way>过去|之前|以前|最近|近|上|前|未来|今后|接下来|往后|此后|之后|下|后)(?:的)?\s?(?P<count>\d{1,3}(?!\d)|[一二两三四五六七八九十百]{1,5}|几)\s?个?\s?"
    r"(?P<unit>天|日|星期|礼拜|周|月|年|世纪)(?!级|代|[一二三四五六日天]|末|前|后|度计)(?:里|内|间|来|以来)?"
)
_BACK = ("过去", "之前", "以前", "最近", "近", "上", "前")


@dataclass(frozen=True, slots=True)
class NamedPeriod:
    """A period named in [start, end): `next` and `last` are its first and last day in either reading.

    `form`: "whole" (a week, month, year or a counted span), "days" (from a day to a day), "months" and "years"
    (from one to another), "season" (its days differ from place to place).
    """

    start: int
    end: int
    next: Span
    last: Span
    form: str = "whole"


def find_periods(folded: str, today: date) -> list[NamedPeriod]:
    """The periods that a text names, in order, seen from `today`; single days are none.

    >>> [tuple(map(str, p.next)) for p in find_periods("下下周和明年四月", date(2024, 5, 20))]
    [('2024-06-03', '2024-06-09'), ('2025-04-01', '2025-04-30')]
    """
    return list(_scan(folded, today))


def _scan(folded: str, today: date) -> Iterator[NamedPeriod]:
    position = 0
    while hit := _trigger().search(folded, position):
        found = _at(folded, hit.start(), today)
        if found:
            position = found.end
            yield found
        else:
            day = day_at(folded, hit.start(), today)
            position = day.end if day else hit.start() + 1


def _at(folded: str, start: int, today: date) -> NamedPeriod | None:
    ranged = _range(folded, start, today)
    if ranged:
        return ranged
    whole = _whole(folded, start, today)
    if whole is None:
        return None
    day = day_at(folded, start, today)
    return None if day and day.end >= whole.end else whole


@lru_cache(maxsize=1)
def _trigger() -> re.Pattern[str]:
    first = {era[0] for era in eras()}
    return re.compile(
        rf"[\d{_ZH}十廿两〇零正腊大今明昨前后去上下这本当次来半最第星礼周农阴从自由过之以近未接往此春夏秋冬{''.join(sorted(first))}]"
    )


@lru_cache(maxsize=1)
def _forms() -> tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], NamedPeriod | None]], ...]:
    year = year_pattern()
    patterns: tuple[tuple[str, Callable[[re.Match[str], date], NamedPeriod | None]], ...] = (
        (_COUNTED, _counted),
        (
            rf"(?:(?P<this>本世纪|上个?世纪)|(?P<century>\d{{1,2}}|[{_ZH}十]{{1,3}})世纪)\s?(?P<decade>\d0|[一二三四五六七八九]十)年代",
            _decade,
        ),
        (r"(?P<decade>[2-9]0|[二三四五六七八九]十)年代", _decade_alone),
        (
            rf"(?:{year}\s?的?)?\s?{MONTH}\s?的?\s?(?:第(?P<order>[一二三四五1-5])|(?P<final>最后一))个?{_WEEK}(?![一二三四五六日天])",
            _week_of_month,
        ),
        (
            rf"{year}\s?的?\s?(?:第(?P<order>\d{{1,2}}|[{_ZH}十]{{1,3}})|(?P<final>最后一))个?{_WEEK}(?![一二三四五六日天])",
            _week_of_year,
        ),
        (rf"(?:{year}\s?的?)?\s?第?(?P<quarter>[一二三四1-4])季度", _quarter),
        (rf"(?:{year}\s?的?)?\s?(?P<half>[上下])半年", _half),
        (rf"(?:{year}\s?的?)?\s?(?P<season>春|夏|秋|冬)(?:天|季|日)", _season),
        (rf"{year}\s?的?\s?(?P<season>春|夏|秋|冬)(?![训奥装游])", _season),
        (rf"(?:{year}\s?的?)?\s?{MONTH}", _month),
        (r"(?P<month_shift>上{1,2}|下{1,2}|这|本|当)\s?(?:一)?个?月(?:份)?", _shifted_month),
        (rf"(?:{_SHIFT})?{_WEEK}末", _weekend),
        (rf"{_SHIFT}{_WEEK}(?![一二三四五六日天年刊])", _week),
        (r"(?<![\d.])(?P<y>\d{4})[-/.](?P<m>0?[1-9]|1[0-2])(?![\d./-])", _year_month),
        (year + r"(?![级代龄限份])", _year),
    )
    return tuple((re.compile(pattern), reader) for pattern, reader in patterns)


def _whole(folded: str, start: int, today: date) -> NamedPeriod | None:
    for pattern, reader in _forms():
        found = pattern.match(folded, start)
        period = reader(found, today) if found else None
        if period:
            return period
    return None


def _made(found: re.Match[str], span: Span, last: Span | None = None, form: str = "whole") -> NamedPeriod:
    return NamedPeriod(found.start(), found.end(), span, span if last is None else last, form)


def _counted(found: re.Match[str], today: date) -> NamedPeriod | None:
    """近三年 ends yesterday, 未来五天 start tomorrow."""
    if found["count"] == "几" or (found["way"] in ("上", "下", "前", "后") and found["count"] == "一"):
        return _one(found, today) if found["count"] == "一" else None
    back = found["way"] in _BACK
    edge = counted(today, found["unit"], -number(found["count"]) if back else number(found["count"]))
    if edge is None:
        return None
    yesterday, tomorrow = today - timedelta(days=1), today + timedelta(days=1)
    return _made(found, (edge, yesterday) if back else (tomorrow, edge))


def _one(found: re.Match[str], today: date) -> NamedPeriod | None:
    """前一周 is the week before this day; 上一年 and 下一月 are whole ones."""
    unit, shift = found["unit"], -1 if found["way"] in ("上", "前") else 1
    if unit == "年":
        return _made(found, years(today.year + shift, today.year + shift))
    if unit == "月":
        at = later(today.replace(day=1), months_on=shift)
        return _made(found, months(at.year, at.month, at.month))
    if unit in ("星期", "礼拜", "周"):
        return _made(found, week_of(today, shift))
    day = today + timedelta(days=shift)
    return _made(found, (day, day)) if unit in ("天", "日") else None


def week_of(today: date, shift: int) -> Span:
    """Monday to Sunday, so many weeks from this one."""
    monday = today + timedelta(days=7 * shift - today.weekday())
    return monday, monday + timedelta(days=6)


def _decade(found: re.Match[str], today: date) -> NamedPeriod | None:
    century = (
        today.year // 100 + (0 if found["this"] == "本世纪" else -1) if found["this"] else number(found["century"]) - 1
    )
    first = century * 100 + number(found["decade"])
    return _made(found, years(first, first + 9))


def _decade_alone(found: re.Match[str], today: date) -> NamedPeriod | None:
    """80年代 without a century is of the last one; 20年代 may be of this."""
    decade = number(found["decade"])
    first = 1900 + decade + (100 if decade <= 20 else 0)
    return _made(found, years(first, first + 9))


def _month(found: re.Match[str], today: date) -> NamedPeriod | None:
    month = number(found["month"])
    return _of_months(found, today, year_of(found, today), month, month)


def _of_months(found: re.Match[str], today: date, year: int | None, first: int, last: int) -> NamedPeriod:
    if year is not None:
        return _made(found, months(year, first, last))
    coming = today.year if first >= today.month else today.year + 1
    return _made(found, months(coming, first, last), months(coming - 1, first, last))


def _shifted_month(found: re.Match[str], today: date) -> NamedPeriod | None:
    at = shifted_month(found["month_shift"], today)
    return _made(found, months(at.year, at.month, at.month))


def _year_month(found: re.Match[str], today: date) -> NamedPeriod | None:
    return _made(found, months(int(found["y"]), int(found["m"]), int(found["m"])))


def _quarter(found: re.Match[str], today: date) -> NamedPeriod | None:
    quarter, year = number(found["quarter"]), year_of(found, today) or today.year
    return _made(found, months(year, 3 * quarter - 2, 3 * quarter))


def _half(found: re.Match[str], today: date) -> NamedPeriod | None:
    first = 1 if found["half"] == "上" else 7
    return _made(found, months(year_of(found, today) or today.year, first, first + 5))


def _season(found: re.Match[str], today: date) -> NamedPeriod | None:
    return _made(found, NOWHERE, form="season")


def _week_of_month(found: re.Match[str], today: date) -> NamedPeriod | None:
    """The first week of a month starts with its first Monday."""
    month, year = number(found["month"]), year_of(found, today)
    order = -1 if found["final"] else number(found["order"])
    if year is not None:
        return _made(found, _nth_week(year, month, order))
    spans = [_nth_week(at, month, order) for at in (today.year - 1, today.year, today.year + 1)]
    coming = next(span for span in spans if (span[0] and span[0] >= today) or span is spans[-1])
    past = [span for span in spans if span[0] and span[0] < today]
    return _made(found, coming, past[-1] if past else coming)


def _nth_week(year: int, month: int, order: int) -> Span:
    """ISO 8601: the first week of a month is the one that holds its first Thursday."""
    first, last = months(year, month, month)
    if first is None or last is None:
        return NOWHERE
    thursday = first + timedelta(days=(3 - first.weekday()) % 7)
    monday = thursday - timedelta(days=3) + timedelta(days=7 * (order - 1))
    if order < 0:
        monday = last - timedelta(days=last.weekday())
    return monday, monday + timedelta(days=6)


def _week_of_year(found: re.Match[str], today: date) -> NamedPeriod | None:
    year = year_of(found, today)
    if year is None or not 1 <= year <= 9999:
        return None
    try:
        week = date(year, 12, 28).isocalendar().week if found["final"] else number(found["order"])
        monday = date.fromisocalendar(year, week, 1)
    except ValueError:
        return None
    return _made(found, (monday, monday + timedelta(days=6)))


def _week(found: re.Match[str], today: date) -> NamedPeriod | None:
    return _made(found, week_of(today, week_shift(found["shift"])))


def _weekend(found: re.Match[str], today: date) -> NamedPeriod | None:
    monday, sunday = week_of(today, week_shift(found["shift"] or "这"))
    return _made(found, (sunday - timedelta(days=1), sunday)) if monday and sunday else None


def _year(found: re.Match[str], today: date) -> NamedPeriod | None:
    year = year_of(found, today)
    short = found["year"] is not None and len(found["year"]) == 2
    return None if year is None or short else _made(found, years(year, year))


def _range(folded: str, start: int, today: date) -> NamedPeriod | None:
    """从A到B; the second end takes month and year from the first."""
    lead = _FROM.match(folded, start)
    at = lead.end() if lead else start
    return (
        _day_range(folded, start, at, today)
        or _year_range(folded, start, at, today, bool(lead))
        or _month_range(folded, start, at, today)
    )


def _day_range(folded: str, start: int, at: int, today: date) -> NamedPeriod | None:
    first = day_at(folded, at, today) or _bare_day(folded, at, today)
    joint = _SEP.match(folded, first.end) if first else None
    if first is None or joint is None:
        return None
    second = day_at(folded, joint.end(), today) or _bare_day(folded, joint.end(), today)
    if second is None or (_unmarked(folded, first) and _unmarked(folded, second)):
        return None
    spans = [_spanned(begin, first, second) for begin in (first.next, first.last)]
    return NamedPeriod(start, _closed(folded, second.end), spans[0], spans[1], "days")


def _unmarked(folded: str, day: NamedDay) -> bool:
    """A bare 19: a day only beside one that says so (19到20日)."""
    return day.month is None and day.weekday is None and folded[day.end - 1] not in "日号"


def _bare_day(folded: str, at: int, today: date) -> NamedDay | None:
    found = _BARE_DAY.match(folded, at)
    if found is None or (at and folded[at - 1].isdigit()):
        return None
    month = number(found["month"]) if found["month"] else None
    day = number(found["day"])
    following, last = either(today, None, month, day)
    return NamedDay(at, found.end(), following, last, None, month, day)


def _spanned(begin: date | None, first: NamedDay, second: NamedDay) -> Span:
    if begin is None:
        return NOWHERE
    if second.next is not None and second.next == second.last and second.year is not None:
        return begin, second.next
    if second.weekday is not None and second.order is None:
        return begin, begin + timedelta(days=(second.weekday - 1 - begin.weekday()) % 7)
    if second.day is None:
        return NOWHERE
    month = second.month or begin.month
    end = day_of(begin.year, month, second.day)
    if end is not None and end < begin:
        end = day_of(begin.year + 1, month, second.day) if second.month else later(end, months_on=1)
    return begin, end


def _closed(folded: str, end: int) -> int:
    close = _CLOSE.match(folded, end)
    return close.end() if close else end


@lru_cache(maxsize=1)
def _year_only() -> re.Pattern[str]:
    return re.compile(year_pattern())


def _year_range(folded: str, start: int, at: int, today: date, led: bool) -> NamedPeriod | None:
    first = _year_only().match(folded, at) or _PLAIN_YEAR.match(folded, at)
    if first is None:
        return None
    after = _AFTER.match(folded, first.end())
    joint = after or _SEP.match(folded, first.end())
    second = (_year_only().match(folded, joint.end()) or _PLAIN_YEAR.match(folded, joint.end())) if joint else None
    if second is None or _MONTH_BEHIND.match(folded, second.end()):
        return None
    before = _BEFORE.match(folded, second.end())
    marked = "年" in first[0] or "年" in second[0] or led
    begin, end = _any_year(first, today), _any_year(second, today)
    if not marked or (after and not before) or begin is None or end is None or end <= begin:
        return None
    stop = before.end() if after and before else _closed(folded, second.end())
    return NamedPeriod(start, stop, years(begin, end), years(begin, end), "years")


def _any_year(found: re.Match[str], today: date) -> int | None:
    if "era" in found.re.groupindex:
        return year_of(found, today)
    return full_year(int(found["year"]), len(found["year"]))


@lru_cache(maxsize=1)
def _month_only() -> re.Pattern[str]:
    return re.compile(rf"(?:{year_pattern()}\s?的?)?\s?{MONTH}(?!\s?[\d{_ZH}十廿初])")


def _month_range(folded: str, start: int, at: int, today: date) -> NamedPeriod | None:
    first = _month_only().match(folded, at)
    joint = _SEP.match(folded, first.end()) if first else None
    second = _month_only().match(folded, joint.end()) if joint else None
    if first is None or second is None:
        return None
    begin, end = _month(first, today), _month(second, today)
    if begin is None or end is None:
        return None
    stop, told = _closed(folded, second.end()), year_of(second, today)
    if told is not None:
        span = (begin.next[0], end.next[1])
        return replace(begin, start=start, end=stop, next=span, last=span, form="months")
    spans = [_months_from(edge[0], number(second["month"])) for edge in (begin.next, begin.last)]
    return NamedPeriod(start, stop, spans[0], spans[1], "months")


def _months_from(begin: date | None, month: int) -> Span:
    if begin is None:
        return NOWHERE
    year = begin.year if month >= begin.month else begin.year + 1
    return begin, months(year, month, month)[1]
