"""The date under a letter, with the usual slips."""

from __future__ import annotations

import re
from datetime import date

from extractors.numbers.numerals import DIGITS, read_numeral

_YEAR = r"(?P<year>\d{4}|[二一][〇零○ＯOo0一二三四五六七八九]{3})"
_TWO = r"(?:\d{1,2}|[一二三四五六七八九十元正]{1,3})"
_MARKED = re.compile(
    rf"{_YEAR}\s*[年月]\s*(?P<month>{_TWO})\s*月\s*(?P<day>\d\s?\d?|[一二三四五六七八九十廿卅]{{1,3}})\s*(?:[日号曰口目]|$|(?=\s|星期|周[一二三四五六日]))"
)
_DOTTED = re.compile(
    r"(?<![\d.])(?P<year>\d{4})\s?(?P<sep>[-./．])\s?(?P<month>\d{1,2})\s?(?P=sep)\s?(?P<day>\d{1,2})(?!\d)"
)
_DAY_FIRST = re.compile(r"(?<![\d.])(?P<day>\d{1,2})(?P<sep>[.])(?P<month>\d{1,2})(?P=sep)(?P<year>20\d\d)(?!\d)")
_RUN = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d{2})(?:年(?=\d{3}))?(?P<rest>\d{2,4})(?![\d月])")


def parse_letter_date(text: str) -> date | None:
    """The day that a sign-off line names; None where it names none, or where it could be two.

    >>> parse_letter_date("2019月6月11日"), parse_letter_date("二〇二四年六月十四日")
    (datetime.date(2019, 6, 11), datetime.date(2024, 6, 14))
    >>> parse_letter_date("2021830"), parse_letter_date("2018年710"), parse_letter_date("2022117")
    (datetime.date(2021, 8, 30), datetime.date(2018, 7, 10), None)
    >>> parse_letter_date("28.09.2015 19:43")
    datetime.date(2015, 9, 28)
    """
    found = _MARKED.search(text) or _DOTTED.search(text) or _DAY_FIRST.search(text)
    if found:
        return _day(_year(found["year"]), _number(found["month"]), _number(found["day"]))
    run = _RUN.search(text)
    return _unmarked(int(run["year"]), run["rest"]) if run else None


def _unmarked(year: int, rest: str) -> date | None:
    """2021830: month and day run together; right only where one reading is a day of the calendar."""
    if len(rest) == 4:
        return _day(year, int(rest[:2]), int(rest[2:]))
    days = {
        _day(year, int(rest[:cut]), int(rest[cut:]))
        for cut in range(1, len(rest))
        if rest[cut] != "0" and rest[0] != "0"
    }
    days.discard(None)
    return days.pop() if len(days) == 1 else None


def _year(text: str) -> int:
    return int("".join(str(DIGITS.get(char, 0 if char in "ＯOo" else char)) for char in text))


def _number(text: str) -> int:
    plain = text.replace(" ", "").replace("元", "一").replace("正", "一")
    numeral = read_numeral(plain)
    return int(numeral.value) if numeral else 0


def _day(year: int, month: int, day: int) -> date | None:
    """A day of the calendar, or None: there is no 29 February 2022."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
