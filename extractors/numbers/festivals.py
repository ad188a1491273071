"""The days of festivals, 2000 to 2040.

The lunar ones come from the Chinese calendar (GB/T 33661) as two independent implementations give it (lunardate,
LunarCalendar); 清明 from the rule below, which agrees with the solar terms of a third (cnlunar).
"""

from __future__ import annotations

from datetime import date, timedelta

from extractors.numbers.calendar import later

_FIRST_YEAR = 2000
_SPRING = (
    "0205 0124 0212 0201 0122 0209 0129 0218 0207 0126 0214 0203 0123 0210 0131 0219 0208 0128 0216 0205 "
    "0125 0212 0201 0122 0210 0129 0217 0206 0126 0213 0203 0123 0211 0131 0219 0208 0128 0215 0204 0124 "
    "0212"
)
_DRAGON_BOAT = (
    "0606 0625 0615 0604 0622 0611 0531 0619 0608 0528 0616 0606 0623 0612 0602 0620 0609 0530 0618 0607 "
    "0625 0614 0603 0622 0610 0531 0619 0609 0528 0616 0605 0624 0612 0601 0620 0610 0530 0618 0607 0527 "
    "0614"
)
_MID_AUTUMN = (
    "0912 1001 0921 0911 0928 0918 1006 0925 0914 1003 0922 0912 0930 0919 0908 0927 0915 1004 0924 0913 "
    "1001 0921 0910 0929 0917 1006 0925 0915 1003 0922 0912 1001 0919 0908 0927 0916 1004 0924 0913 1002 "
    "0920"
)
_DOUBLE_NINTH = (
    "1006 1025 1014 1004 1022 1011 1030 1019 1007 1026 1016 1005 1023 1013 1002 1021 1009 1028 1017 1007 "
    "1025 1014 1004 1023 1011 1029 1018 1008 1026 1016 1005 1024 1012 1001 1020 1009 1027 1017 1007 1026 "
    "1014"
)
_FIXED = {
    "new_year": (1, 1), "labour": (5, 1), "children": (6, 1), "party": (7, 1), "army": (8, 1),
    "teachers": (9, 10), "national": (10, 1),
}  # fmt: skip
_LUNAR = {
    "spring_festival": (_SPRING, 0), "lantern": (_SPRING, 14), "new_year_eve": (_SPRING, -1),
    "dragon_boat": (_DRAGON_BOAT, 0), "mid_autumn": (_MID_AUTUMN, 0),
    "double_ninth": (_DOUBLE_NINTH, 0),
}  # fmt: skip


def festival_day(festival: str, year: int) -> date | None:
    """The day of a festival (its id in lexicon/time_words.yaml) in a year; None where the tables end.

    >>> festival_day("spring_festival", 2025), festival_day("tomb_sweeping", 2025)
    (datetime.date(2025, 1, 29), datetime.date(2025, 4, 4))
    """
    if festival in _FIXED:
        month, day = _FIXED[festival]
        return date(year, month, day)
    if festival == "tomb_sweeping":
        return date(year, 4, _tomb_sweeping(year)) if 2000 <= year < 2100 else None
    table, shift = _LUNAR[festival]
    days = table.split()
    if not 0 <= year - _FIRST_YEAR < len(days):
        return None
    printed = days[year - _FIRST_YEAR]
    return date(year, int(printed[:2]), int(printed[2:])) + timedelta(days=shift)


def next_festival(festival: str, day: date) -> date | None:
    """The first day of a festival after a day."""
    days = (festival_day(festival, year) for year in (day.year, day.year + 1))
    return next((found for found in days if found and found > day), None)


def a_year_on(eve: date) -> date:
    """The day before the same festival a year on: 28 January 2025 is an eve, and so is 16 February 2026."""
    feast = eve + timedelta(days=1)
    for name in ("spring_festival", "mid_autumn", "dragon_boat", "lantern", "double_ninth"):
        coming = festival_day(name, feast.year + 1) if festival_day(name, feast.year) == feast else None
        if coming:
            return coming - timedelta(days=1)
    return later(eve, months_on=12)


def _tomb_sweeping(year: int) -> int:
    """清明 falls on 4 or 5 April in this century: the solar term's usual approximation."""
    return int((year - 2000) * 0.2422 + 4.81) - (year - 2000) // 4
