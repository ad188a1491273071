"""Adapters for days, periods and spans of time.

Conventions that differ from ours, and are turned here: a day of the lunar calendar is printed there with its
numbers, as if it were solar (正月初一 -> 01-01); a period ends on the first day that is no longer in it
(2021-2023年 ends 2023-01-01, for us it holds all of 2023; a week ends on the next Monday); what has no year is
given twice, as the coming and as the last one. The printed pattern (Timex) isn't compared where the resolved days
are: those are what the pattern is for.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from benchmarks.specs.cases import Answer, Case
from extractors.numbers.calendar import Span
from extractors.numbers.days import NamedDay, find_days
from extractors.numbers.lengths_of_time import find_lengths
from extractors.numbers.periods import NamedPeriod, find_periods

NEVER = "0001-01-01"


def days(case: Case) -> list[Answer]:
    """DateExtractor and DateParser."""
    return [Answer(day.start, day.end, day) for day in find_days(case.text, case.day)]


def same_span(wanted: dict[str, Any], said: object) -> bool:
    """Extractors are asked for their spans alone."""
    return True


def same_day(wanted: dict[str, Any], said: NamedDay) -> bool:
    """Whether the coming and the last such day are ours."""
    printed = wanted.get("Value") or {}
    told = (_only(printed.get("FutureResolution")), _only(printed.get("PastResolution")))
    return told == (_printed(said.next), _printed(said.last))


def _only(resolution: dict[str, str] | None) -> str | None:
    return next(iter((resolution or {}).values()), None)


def _printed(day: date | None) -> str:
    return NEVER if day is None else day.isoformat()


def periods(case: Case) -> list[Answer]:
    """DatePeriodExtractor and DatePeriodParser."""
    return [Answer(period.start, period.end, period) for period in find_periods(case.text, case.day)]


def same_period(wanted: dict[str, Any], said: NamedPeriod) -> bool:
    """Whether first day and end of the coming and of the last such period are ours."""
    printed = wanted.get("Value") or {}
    told = [list((printed.get(key) or {}).values()) for key in ("FutureResolution", "PastResolution")]
    return told == [_printed_span(said.next, said.form), _printed_span(said.last, said.form)]


def _printed_span(span: Span, form: str) -> list[str]:
    first, last = span
    if first is None or last is None:
        return []
    if form == "years":  # from a year to a year, from a month to a month: the last one is left out there
        last = last.replace(month=1, day=1)
    elif form == "months":
        last = last.replace(day=1)
    elif form == "whole":
        last = last + timedelta(days=1)
    return [first.isoformat(), last.isoformat()]


def lengths(case: Case) -> list[Answer]:
    """DurationExtractor and DurationParser."""
    return [Answer(length.start, length.end, length.seconds) for length in find_lengths(case.text)]


def same_length(wanted: dict[str, Any], said: Decimal) -> bool:
    """Whether the printed seconds are ours."""
    printed = _only((wanted.get("Value") or {}).get("FutureResolution"))
    return printed is not None and Decimal(printed) == said
