"""Adapters for days, periods and spans of time.

Conventions that differ from ours, and are turned here: a day of the lunar calendar is printed there with its numbers, as if it
were solar (正月初一 -> 01-01); a period ends on the first day that is no longer in it (2021-2023年 ends 2023-01-01, for us it
holds all of 2023; a week ends on the next Monday); what has no year is given twice, as the coming and as the last one. The
printed pattern (Timex) isn't compared where the resolved days are: those are what the pattern is for.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from benchmarks.specs.cases import Answer, Case
from extractors.numbers.days import NamedDay, find_days

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
