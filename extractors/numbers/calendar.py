"""Days of the calendar: ends of months, quarters and plan periods, and days counted from a day."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

Span = tuple[date | None, date | None]
NOWHERE: Span = (None, None)
_FIRST_PLAN = 1953


def day_of(year: int, month: int, day: int) -> date | None:
    """A day, or None where the calendar has no such day (6月31日)."""
    if not (1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return date(year, month, day)


def months(year: int, first: int, last: int) -> Span:
    """From the first day of one month to the last day of another in the same year."""
    if not (1 <= year <= 9999 and 1 <= first <= 12 and 1 <= last <= 12):
        return NOWHERE
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def years(first: int, last: int) -> Span:
    """From 1 January of one year to 31 December of another."""
    if not (1 <= first <= 9999 and 1 <= last <= 9999):
        return NOWHERE
    return date(first, 1, 1), date(last, 12, 31)


def plan_period(number: int) -> Span:
    """The five-year plan of that number: 十四五 is 2021 to 2025."""
    first = _FIRST_PLAN + 5 * (number - 1) if number <= 2 else 1966 + 5 * (number - 3)
    return years(first, first + 4)


def later(day: date, *, months_on: int = 0, days_on: int = 0) -> date:
    """A day some months and days on; the 31st falls on a shorter month's last day.

    >>> later(date(2024, 5, 20), months_on=18)
    datetime.date(2025, 11, 20)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months_on, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last)) + timedelta(days=days_on)
