"""How a promise stands on a given day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from models.commitments import Deadline, Strength
from models.evidence import Relation, Schedule, ScheduleCode, Status

TRACKED = frozenset({Strength.FIRM, Strength.AIM})
"""Only these are promises that can be kept or missed; 研究 and 鼓励 have evidence, never a status."""


def status_of(
    strength: Strength, deadline: Deadline | None, relations: Collection[Relation], as_of: date
) -> Status | None:
    """The status that the linked evidence proves, None for a study or an encouragement.

    >>> year_end = Deadline("年底前", date(2024, 12, 31))
    >>> status_of(Strength.FIRM, year_end, [], date(2025, 1, 1))
    <Status.OVERDUE: 'overdue'>
    >>> status_of(Strength.FIRM, year_end, [], date(2024, 12, 31))
    <Status.NO_EVIDENCE: 'no_evidence'>
    >>> status_of(Strength.AIM, year_end, [Relation.FULFILS], date(2025, 1, 1))
    <Status.FULFILLED: 'fulfilled'>

    Being under way does not save a promise whose day has gone by; a plan that repeats it proves nothing.
    """
    if strength not in TRACKED:
        return None
    if Relation.CONTRADICTS in relations:
        return Status.DROPPED
    if Relation.FULFILS in relations:
        return Status.FULFILLED
    if deadline and deadline.end and deadline.end < as_of:
        return Status.OVERDUE
    return Status.IN_PROGRESS if Relation.ADVANCES in relations else Status.NO_EVIDENCE


def schedule_of(deadline: Deadline | None, as_of: date) -> Schedule:
    """Where the promise stands against its day, whatever its status.

    >>> schedule_of(Deadline("年底前", date(2024, 12, 31)), date(2025, 1, 10))
    Schedule(code=<ScheduleCode.PAST: 'past'>, days=10)
    """
    if deadline is None:
        return Schedule(ScheduleCode.NO_DEADLINE)
    if deadline.end is None:
        return Schedule(ScheduleCode.UNKNOWN_DAY)
    days = (deadline.end - as_of).days
    if days == 0:
        return Schedule(ScheduleCode.DUE_TODAY, 0)
    return Schedule(ScheduleCode.AHEAD if days > 0 else ScheduleCode.PAST, abs(days))
