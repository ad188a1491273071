"""How a promise stands: what later documents show of it, its status, and where it stands against its day.

What `extractors/tracking` finds names records by their position in their document (`commitment`, `unit`, `request`,
`target`, `actual`); where it is kept (`models/following.py`) positions become ids.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from models.documents import Span
from models.extraction import Extraction
from models.ids import DocumentId


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


class Certainty(StrEnum):
    """Whether something found across documents counts by itself, or waits for a person."""

    SURE = "sure"
    PROPOSED = "proposed"


class Answer(StrEnum):
    """What a reply says to one ask: 已答复 未采纳 未回应. Answered also when partly; a study promise alone declines."""

    ANSWERED = "answered"
    DECLINED = "declined"
    UNANSWERED = "unanswered"


class PairKind(StrEnum):
    """How two documents belong together.

    ANSWERS: a reply and the suggestion or proposal that it answers (of a joint reply: each of them); SECOND: a reply to
    what an earlier reply answered (续复); CO_REPLY: a co-handler's opinion (会办意见) and the item that it speaks to;
    SAME: the same letter in another form, as an excerpt, or published again.
    """

    ANSWERS = "answers"
    SECOND = "second"
    CO_REPLY = "co_reply"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Paper:
    """A document with its id, as tracking reads it."""

    id: DocumentId
    extraction: Extraction


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason, as a code with the words or numbers it is about: ("same_title", ("三年行动计划",)).

    `outputs/phrases.py` says every code in Chinese.
    """

    code: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """佐证: a unit of a later document that says something about a promise.

    `commitment` is its position in the reply, `unit` the unit's in the later document, `span` that unit's quotation.
    `day`: the day it is known from (the document's date; None where only years place it); `score` in [0, 1] with its
    parts by name in `scores`; `why` explains the decision, best reason first; `flags` are codes of what a person should
    look at ("undated", "part_missing", "scope_differs", ...).
    """

    commitment: int
    unit: int
    span: Span
    relation: Relation
    certainty: Certainty
    day: date | None
    score: float
    scores: tuple[tuple[str, float], ...]
    why: tuple[Reason, ...]
    flags: tuple[str, ...] = ()


COMPLETES = "completes"
"""The flag of a link with which, and those before it, all parts of a promise are told."""


@dataclass(frozen=True, slots=True)
class Progress:
    """进展: a number of a later document held against a target: positions of both in their documents' quantities.

    `day` is the day that the number speaks of (截至…, else the year's end that it names, else its document's date).
    `ratio` is actual / target, None where they can't be divided (ranges, upper bounds, another basis). `flags`:
    "scope_differs", "derived", "cumulative_against_yearly", ...: never equated silently.
    """

    target: int
    actual: int
    day: date | None
    ratio: Decimal | None
    certainty: Certainty
    why: tuple[Reason, ...]
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """What became of an ask in a reply: `request` is its position, `units` are those of the units that answer it."""

    request: int
    answer: Answer
    units: tuple[int, ...]
    certainty: Certainty
    why: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two documents that belong together: `later` answers, continues or repeats `earlier`; `score` in [0, 1]."""

    kind: PairKind
    later: DocumentId
    earlier: DocumentId
    certainty: Certainty
    score: float
    why: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """What was found between an earlier paper, that promises or sets targets, and a later one."""

    earlier: Paper
    later: Paper
    links: tuple[Link, ...] = ()
    progress: tuple[Progress, ...] = ()


class AlarmCode(StrEnum):
    """What an officer must hear of at once."""

    NUMBER_LOWERED = "number_lowered"
    DAY_MOVED = "day_moved"
    CANCELLED = "cancelled"
    SILENTLY_DROPPED = "silently_dropped"
    PROMISED_BEFORE = "promised_before"
    CLASS_OVER_PROMISES = "class_over_promises"
    CLASS_UNDER_DELIVERY = "class_under_delivery"
    SUMS_DIFFER = "sums_differ"
    CONDITION_MET = "condition_met"


@dataclass(frozen=True, slots=True)
class Alarm:
    """提醒: something about a promise (`commitment`: its position in its reply; None: about the whole letter) that
    a later or earlier document (`other`) shows. `spans` are quotations: the promise's words first, then the other's
    in `other`; `values` fill the sentence of its code (before, after)."""

    code: AlarmCode
    commitment: int | None
    other: DocumentId | None
    spans: tuple[Span, ...]
    values: tuple[str, ...]
    day: date | None
    certainty: Certainty


class ScheduleCode(StrEnum):
    """Where a promise stands against its last day, on the day it is judged."""

    NO_DEADLINE = "no_deadline"
    UNKNOWN_DAY = "unknown_day"
    AHEAD = "ahead"
    DUE_TODAY = "due_today"
    PAST = "past"
    DONE = "done"
    WAITING = "waiting"
    AGED = "aged"


@dataclass(frozen=True, slots=True)
class Schedule:
    """A code with its number of days (to go, or gone by; None where there is no day to count from).

    DONE: kept, whatever its day; WAITING: for its own condition (待…后); AGED: no day, and `days` since the reply
    are more than an office allows.
    """

    code: ScheduleCode
    days: int | None = None
