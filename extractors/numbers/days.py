"""Single days as everyday and historical texts name them: 大后天, 上周三, 两周后, 13.5.2015, 康熙三年五月初一.

Letters of an office name few of these; `dates.find_times` reads what binds an act. A day that lacks its year (or
month) has two readings, the next one and the last one seen from the day of reference; a day that the calendar
doesn't have has none.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from extractors import lexicon
from extractors.numbers.calendar import day_of, later
from extractors.numbers.numerals import DIGITS
from extractors.numbers.spelled import scan

_ZH = "一二三四五六七八九"
_WEEK = r"(?:星期|礼拜|周)"
WEEKDAY = rf"{_WEEK}(?P<weekday>[一二三四五六日天])"
_SHIFT = r"(?P<shift>上{1,3}|下{1,3}|这|本|当)?\s?(?:一)?个?\s?"
YEAR = (
    rf"(?:(?P<year>(?<!\d)(?:\d{{4}}|\d{{2}})|两千零?[〇{_ZH}十]{{1,3}}|[{_ZH}〇零○]{{4}}|(?<![{_ZH}〇零○十])[{_ZH}〇零○]{{2}})\s?年"
    rf"|(?P<relative>大前|大后|[今明去前后本来]|这一?|上一?|下一?)年|(?P<era>{{eras}})(?P<reign>元|\d{{1,2}}|[{_ZH}十]{{1,3}})年)"
)
MONTH = rf"(?P<month>(?<!\d)(?:1[0-2]|0?[1-9])|正|腊|十[一二]?|(?<![{_ZH}十])[{_ZH}])\s?月(?:份)?"
_MONTH_SHIFT = r"(?P<month_shift>上{1,2}|下{1,2}|这|本|当)\s?(?:一)?个?月(?:份)?"
_DAY = (
    r"(?:(?P<day>(?:3[01]|[12]\d|0?[1-9])(?!\d)|"
    rf"初[{_ZH}十]|三十一?|廿[{_ZH}]?|[二]?十[{_ZH}]?|[{_ZH}](?![{_ZH}十]))(?:\s?[日号](?!线|楼))?)"
)
_NAMED_DAY = (
    r"(?P<day>(?<![\d第])(?:3[01]|[12]\d|0?[1-9])|"
    rf"三十一?|廿[{_ZH}]?|二?十[{_ZH}]?|[{_ZH}])\s?[日号](?![线楼院门口召令码本元])"
)
_ALSO_WEEKDAY = rf"(?:\s?,?\s?{WEEKDAY})?"
_EVE = r"大年(?P<eve>初[一二三四五六七]|三十)"
_AGO = (
    r"(?P<count>(?<!\d)\d{1,4}|(?<![一二两三四五六七八九十百])[一二两三四五六七八九十百]{1,5}|半)\s?个?多?"
    r"(?P<unit>工作日|天|日|星期|礼拜|周|月|年|世纪)(?P<half>半)?\s?(?P<way>[之以]?后|过后|[之以]?前)(?!天|年|期|面)"
)
_ORDER = rf"(?P<order>最后一|第[{_ZH}1-5])个?{WEEKDAY}"
_NUMERIC = (
    r"(?<![\d./])(?:(?P<y1>\d{4})(?P<s1>[-./])(?P<m1>\d{1,2})(?P=s1)(?P<d1>\d{1,2})|"
    r"(?P<d2>\d{1,2})(?P<s2>[-./])(?P<m2>\d{1,2})(?P=s2)(?P<y2>\d{4}|\d{2}))(?!\d|(?P=s1)\d|(?P=s2)\d)"
)
_SHORT = r"(?<![\d./-])(?P<m3>1[0-2]|0?[1-9])/(?P<d3>3[01]|[12]\d|0?[1-9])(?![\d/.%])"
_SAID_DAYS = {
    "大前天": -3, "前天": -2, "前日": -2, "昨天": -1, "昨日": -1, "昨儿": -1, "今天": 0, "今日": 0, "今儿": 0,
    "当天": 0, "当日": 0,
    "明天": 1, "明日": 1, "明儿": 1, "次日": 1, "后天": 2, "后日": 2, "大后天": 3,
}  # fmt: skip
_YEARS = {"大前": -3, "前": -2, "去": -1, "上": -1, "上一": -1, "今": 0, "本": 0, "这": 0, "这一": 0, "明": 1, "来":
1, "下": 1, "下一": 1,
          "后": 2, "大后": 3}  # fmt: skip
_MONTHS = {"正": 1, "腊": 12, "冬": 11}
_WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A day named in [start, end): what the words fix, and the days it can be.

    `next` is the first such day from the day of reference on, `last` the last before it; equal where the words leave no
    choice; both None where the calendar has no such day (or the words alone don't tell).
    """

    start: int
    end: int
    next: date | None
    last: date | None
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    order: int | None = None
    lunar: bool = False


def find_days(folded: str, today: date) -> list[NamedDay]:
    """The days that a text names, in order, seen from `today`.

    >>> [str(d.next) for d in find_days("上周三开会,大后天交稿,13.5.2015", date(2024, 5, 20))]
    ['2024-05-15', '2024-05-23', '2015-05-13']
    """
    return list(_scan(folded, today))


def day_at(folded: str, start: int, today: date) -> NamedDay | None:
    """The day that is named right here."""
    for pattern, reader in forms():
        found = pattern.match(folded, start)
        named = reader(found, today) if found else None
        if named:
            return named
    return None


def _scan(folded: str, today: date) -> Iterator[NamedDay]:
    position = 0
    while hit := _trigger().search(folded, position):
        named = day_at(folded, hit.start(), today)
        position = named.end if named else hit.start() + 1
        if named:
            yield named


@lru_cache(maxsize=1)
def _trigger() -> re.Pattern[str]:
    first = {era[0] for era in eras()}
    return re.compile(rf"[\d{_ZH}十廿两〇零正腊大今明昨前后去上下这本当次来半最第星礼周初农阴{''.join(sorted(first))}]")


@lru_cache(maxsize=1)
def eras() -> dict[str, int]:
    """The names of reigns with their first year: 康熙 1662."""
    names = {word: int(entry.meaning) for entry in lexicon.load("eras") for word in entry.words}
    return names | {name.replace("乾", "干"): year for name, year in names.items()}  # as script folding leaves 乾隆


@lru_cache(maxsize=1)
def year_pattern() -> str:
    """A year as words name it: 2016年, 二零一六年, 明年, 雍正四年."""
    return YEAR.replace("{eras}", "|".join(sorted(eras(), key=len, reverse=True)))


@lru_cache(maxsize=1)
def forms() -> tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], NamedDay | None]], ...]:
    year = year_pattern()
    patterns: tuple[tuple[str, Callable[[re.Match[str], date], NamedDay | None]], ...] = (
        (_AGO, _ago),
        (rf"(?:农历|阴历)?(?:{year}\s?的?)?(?:农历|阴历)?(?:{MONTH}\s?{_DAY}{_ALSO_WEEKDAY})", _month_day),
        (rf"(?:农历|阴历)?(?:{year}\s?的?)?(?:农历|阴历)?{_EVE}", _eve),
        (rf"(?:{year}\s?的?)?(?:{MONTH}|{_MONTH_SHIFT})\s?的?\s?{_ORDER}", _ordered),
        (rf"{_MONTH_SHIFT}\s?的?\s?{_DAY}", _shifted_day),
        (_NUMERIC, _numeric),
        (_SHORT, _short),
        ("|".join(sorted(_SAID_DAYS, key=len, reverse=True)), _said),
        (_ORDER, _ordered),
        (rf"{_SHIFT}{WEEKDAY}(?![年月]|刊|报|边)", _weekday),
        (_NAMED_DAY + _ALSO_WEEKDAY, _day_alone),
    )
    return tuple((re.compile(pattern), reader) for pattern, reader in patterns)


def number(text: str) -> int:
    """A whole number as dates print it: 12, 十二, 廿三, 初五, 二零一六, 两千零四."""
    plain = text.replace("初", "").replace("○", "零").replace("〇", "零")
    if plain in _MONTHS:
        return _MONTHS[plain]
    if len(plain) > 1 and all(char in DIGITS for char in plain):
        return int("".join(str(DIGITS[char]) for char in plain))
    read = scan(plain, 0)
    return int(read.value) if read and read.end == len(plain) else 0


def year_of(found: re.Match[str], today: date) -> int | None:
    """The year that a match names; two digits are of this century up to 2050 (89年 is 1989)."""
    groups = found.groupdict()
    if groups.get("relative"):
        return today.year + _YEARS[groups["relative"]]
    if groups.get("era"):
        reign = 1 if groups["reign"] == "元" else number(groups["reign"])
        return eras()[groups["era"]] + reign - 1
    printed = groups.get("year")
    return full_year(number(printed), len(printed)) if printed else None


def full_year(year: int, digits: int) -> int:
    """89 is 1989, 27 is 2027."""
    if digits > 2 or year >= 100:
        return year
    return year + (2000 if year < 50 else 1900)


def _built(
    found: re.Match[str], today: date, year: int | None, month: int | None, day: int, lunar: bool = False
) -> NamedDay:
    """A day by its numbers; what isn't told is the coming or the last one."""
    following, last = either(today, year, month, day)
    return NamedDay(found.start(), found.end(), following, last, year, month, day, lunar=lunar)


def either(today: date, year: int | None, month: int | None, day: int) -> tuple[date | None, date | None]:
    """The next and the last day with these numbers, as far as the calendar has them."""
    if year is not None and month is not None:
        only = day_of(year, month, day)
        return only, only
    days = [found for at in _around(today, month) if (found := day_of(year or at[0], at[1], day))]
    following = next((found for found in days if found >= today), None)
    return following, next((found for found in reversed(days) if found < today), None)


def _around(today: date, month: int | None) -> list[tuple[int, int]]:
    if month is not None:
        return [(today.year + shift, month) for shift in range(-4, 5)]
    at = today.year * 12 + today.month - 1
    return [((at + shift) // 12, (at + shift) % 12 + 1) for shift in range(-2, 3)]


def _month_day(found: re.Match[str], today: date) -> NamedDay | None:
    month, day = number(found["month"]), number(found["day"])
    lunar = found["month"] in _MONTHS or "初" in found["day"] or "历" in found[0]
    return _built(found, today, year_of(found, today), month, day, lunar)


def _eve(found: re.Match[str], today: date) -> NamedDay | None:
    return _built(found, today, year_of(found, today), 1, number(found["eve"]), lunar=True)


def _shifted_day(found: re.Match[str], today: date) -> NamedDay | None:
    at = shifted_month(found["month_shift"], today)
    return _built(found, today, at.year, at.month, number(found["day"]))


def shifted_month(word: str, today: date) -> date:
    """The first day of 上月, 本月, 下下个月."""
    shift = -len(word) if word[0] == "上" else len(word) if word[0] == "下" else 0
    return later(today.replace(day=1), months_on=shift)


def _numeric(found: re.Match[str], today: date) -> NamedDay | None:
    """2015.5.13, 3-7-2017 and 3-7-27: the day comes first where the year comes last; the other way where it can't."""
    if found["y1"]:
        year, month, day = int(found["y1"]), int(found["m1"]), int(found["d1"])
    else:
        year, month, day = full_year(int(found["y2"]), len(found["y2"])), int(found["m2"]), int(found["d2"])
        if month > 12 >= day:
            month, day = day, month
    named = day_of(year, month, day)
    return _built(found, today, year, month, day) if named else None


def _short(found: re.Match[str], today: date) -> NamedDay | None:
    return _built(found, today, None, int(found["m3"]), int(found["d3"]))


def _said(found: re.Match[str], today: date) -> NamedDay | None:
    day = today + timedelta(days=_SAID_DAYS[found[0]])
    return NamedDay(found.start(), found.end(), day, day, day.year, day.month, day.day)


def _day_alone(found: re.Match[str], today: date) -> NamedDay | None:
    return _built(found, today, None, None, number(found["day"]))


def _weekday(found: re.Match[str], today: date) -> NamedDay | None:
    weekday = _WEEKDAYS.index(found["weekday"].replace("天", "日"))
    monday = today - timedelta(days=today.weekday())
    if found["shift"]:
        day = monday + timedelta(days=7 * week_shift(found["shift"]) + weekday)
        return NamedDay(found.start(), found.end(), day, day, day.year, day.month, day.day)
    here = monday + timedelta(days=weekday)
    following = here if here >= today else here + timedelta(days=7)
    last = here if here < today else here - timedelta(days=7)
    return NamedDay(found.start(), found.end(), following, last, weekday=weekday + 1)


def week_shift(word: str) -> int:
    """Weeks from this one: 上上 -2, 本 0, 下 1."""
    return -len(word) if word[0] == "上" else len(word) if word[0] == "下" else 0


def _ordered(found: re.Match[str], today: date) -> NamedDay | None:
    """四月的最后一个星期一; without a month the words alone tell no day."""
    weekday = _WEEKDAYS.index(found["weekday"].replace("天", "日"))
    order = 5 if found["order"].startswith("最后") else number(found["order"][1:])
    groups = found.groupdict()
    if not (groups.get("month") or groups.get("month_shift")):
        return NamedDay(found.start(), found.end(), None, None, weekday=weekday + 1, order=order)
    year = year_of(found, today)
    if groups.get("month_shift"):
        at = shifted_month(groups["month_shift"], today)
        year, month = at.year, at.month
    else:
        month = number(groups["month"])
    years = [year] if year is not None else [today.year - 1, today.year, today.year + 1]
    days = [day for each in years if (day := _nth(each, month, weekday, order))]
    following = next((day for day in days if day >= today), days[-1] if year and days else None)
    last = next((day for day in reversed(days) if day < today), days[0] if year and days else None)
    return NamedDay(found.start(), found.end(), following, last, year, month, None, weekday + 1, order)


def _nth(year: int, month: int, weekday: int, order: int) -> date | None:
    """The n-th (5: the last) such weekday of a month."""
    days = [date(year, month, day) for day in range(1, monthrange(year, month)[1] + 1)]
    fitting = [day for day in days if day.weekday() == weekday]
    return fitting[-1] if order == 5 else fitting[order - 1] if order <= len(fitting) else None


def _ago(found: re.Match[str], today: date) -> NamedDay | None:
    """两周后, 三个月前, 一年半以后; 工作日 have no day of their own."""
    half = found["count"] == "半"
    count, way = (0 if half else number(found["count"])), -1 if found["way"].endswith("前") else 1
    day = counted(today, found["unit"], way * count, half=way * (half or bool(found["half"])))
    if day is None:
        return None
    return NamedDay(found.start(), found.end(), day, day, day.year, day.month, day.day)


def counted(today: date, unit: str, count: int, half: int = 0) -> date | None:
    """A day that many days, weeks, months or years on; `half` is a half of the unit more (or less)."""
    months = {"月": 1, "年": 12, "世纪": 1200}.get(unit)
    if months:
        total = count * months + (half * months // 2)
        if not 12 <= today.year * 12 + total <= 9998 * 12:
            return None
        return later(today, months_on=total, days_on=15 * half if unit == "月" else 0)
    days = {"天": 1, "日": 1, "星期": 7, "礼拜": 7, "周": 7}.get(unit)
    return today + timedelta(days=days * count) if days and abs(count) < 40_000 else None
