"""How a promise stands: its status, and where it stands against its day."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """落实状态 of a firm or aim commitment, as documents prove it: not what anybody says about it."""

    FULFILLED = "fulfilled"
    IN_PROGRESS = "in_progress"
    NO_EVIDENCE = "no_evidence"
    OVERDUE = "overdue"
    DROPPED = "dropped"


class Relation(StrEnum):
    """What a later unit does for a promise: 落实 推进 重申 变更."""

    FULFILS = "fulfils"
    ADVANCES = "advances"
    RESTATES = "restates"
    CONTRADICTS = "contradicts"


class ScheduleCode(StrEnum):
    """Where a promise stands against its last day, on the day it is judged."""

    NO_DEADLINE = "no_deadline"
    UNKNOWN_DAY = "unknown_day"
    AHEAD = "ahead"
    DUE_TODAY = "due_today"
    PAST = "past"


@dataclass(frozen=True, slots=True)
class Schedule:
    """A code with its number of days (to go, or gone by; None where there is no day to count from)."""

    code: ScheduleCode
    days: int | None = None
