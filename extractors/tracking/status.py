"""How a promise stands on a given day."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from models.commitments import Deadline, Strength
from models.evidence import Relation, Schedule, ScheduleCode, Status

TRACKED = frozenset({Strength.FIRM, Strength.AIM})
"""Only these are promises that can be kept or missed; 研究 and 鼓励 have evidence, never a status."""

BEGUN = frozenset({Relation.FULFILS, Relation.ADVANCES})
"""What shows that a promise no longer waits for its condition."""


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


def settled(said: Iterable[tuple[Relation, date | None]], as_of: date) -> tuple[Relation, ...]:
    """The relations that count on a day: known by then, and a withdrawal only until a later paper shows it done.

    >>> put_off, done = (Relation.CONTRADICTS, date(2024, 5, 1)), (Relation.FULFILS, date(2025, 3, 1))
    >>> settled([put_off, done], date(2025, 6, 1))
    (<Relation.FULFILS: 'fulfils'>,)
    >>> settled([put_off, done], date(2024, 6, 1))
    (<Relation.CONTRADICTS: 'contradicts'>,)

    What is undated is known at any time. A fulfilment that the withdrawal comes after was of another part, or undone.
    """
    known = [(relation, day) for relation, day in said if day is None or day <= as_of]
    done = max((day for relation, day in known if relation is Relation.FULFILS and day), default=None)
    return tuple(
        relation
        for relation, day in known
        if relation is not Relation.CONTRADICTS or day is None or done is None or day >= done
    )


def schedule_of(
    deadline: Deadline | None,
    as_of: date,
    *,
    status: Status | None = None,
    waiting: bool = False,
    since: date | None = None,
    ages_after: int | None = None,
) -> Schedule:
    """Where the promise stands against its day; done once it is fulfilled.

    Without a day: WAITING while its condition has not come true (`waiting`, see `is_waiting`), AGED when more than
    `ages_after` days have gone by since the reply's date (`since`).

    >>> schedule_of(Deadline("年底前", date(2024, 12, 31)), date(2025, 1, 10))
    Schedule(code=<ScheduleCode.PAST: 'past'>, days=10)
    >>> schedule_of(None, date(2025, 1, 10), since=date(2024, 1, 1), ages_after=365)
    Schedule(code=<ScheduleCode.AGED: 'aged'>, days=375)
    """
    if status is Status.FULFILLED:
        return Schedule(ScheduleCode.DONE)
    if deadline is None or deadline.end is None:
        return _without_a_day(deadline, as_of, waiting, since, ages_after)
    days = (deadline.end - as_of).days
    if days == 0:
        return Schedule(ScheduleCode.DUE_TODAY, 0)
    return Schedule(ScheduleCode.AHEAD if days > 0 else ScheduleCode.PAST, abs(days))


def _without_a_day(
    deadline: Deadline | None, as_of: date, waiting: bool, since: date | None, ages_after: int | None
) -> Schedule:
    if waiting:
        return Schedule(ScheduleCode.WAITING)
    if deadline is not None:
        return Schedule(ScheduleCode.UNKNOWN_DAY)
    age = (as_of - since).days if since else 0
    if ages_after is not None and age > ages_after:
        return Schedule(ScheduleCode.AGED, age)
    return Schedule(ScheduleCode.NO_DEADLINE)


def is_waiting(condition: str | None, relations: Collection[Relation]) -> bool:
    """Whether a promise still waits for its own condition (待…后): nothing shows that anybody has begun.

    >>> is_waiting("待省级批复下达后", [Relation.RESTATES]), is_waiting("待省级批复下达后", [Relation.ADVANCES])
    (True, False)
    """
    return condition is not None and not BEGUN & set(relations)
