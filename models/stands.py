"""Narrowing the ledger by how its promises stand on a day, without judging them one by one.

wanted = Stands(date(2026, 6, 30), statuses=(Status.OVERDUE,), assigned_to="王五")
ledger(store, Filter(), also=conditions(wanted), limit=50)
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import sqlalchemy as sa

from models.commitments import Strength
from models.decided import DecisionKind
from models.evidence import Relation, ScheduleCode, Status
from models.filters import taken_in
from models.held import (
    Condition,
    counts,
    decided,
    decided_day,
    hidden,
    proposed,
    reviewed,
    touched,
    withdrawn,
)
from models.ids import RecordId
from models.nightly_tables import status_log
from models.runs import RunId
from models.tables import commitments, documents, quantities
from models.tracking_tables import alarms, links

TRACKED = (Strength.FIRM, Strength.AIM)
_BEGUN = (Relation.FULFILS, Relation.ADVANCES)


@dataclass(frozen=True, slots=True)
class Stands:
    """How the promises that a list shows stand on `as_of`; what is left out doesn't narrow. Fields count as people
    corrected them. What a person said is no promise, or the same as another, is never among them.

    `statuses`: None among them is a study or an encouragement; `ages_after`: days after which an undated promise has
    aged; `due_from`, `due_to`: both included; `assigned`: to anybody; `waiting`: a person should look at it;
    `ids`: only these; `excluded`: all but these. `checkable`: it has a day, a number and an actor of its own;
    `termless`: its letter tells no congress or no session; `read_in`, `shown_in`, `moved_in`: read from a document
    that this run took in, shown in one, or the run found it to stand otherwise than before.
    """

    as_of: date
    statuses: tuple[Status | None, ...] = ()
    schedules: tuple[ScheduleCode, ...] = ()
    ages_after: int | None = None
    strengths: tuple[Strength, ...] = ()
    has_deadline: bool | None = None
    due_from: date | None = None
    due_to: date | None = None
    has_number: bool | None = None
    has_evidence: bool | None = None
    has_proposals: bool | None = None
    has_alarms: bool | None = None
    assigned: bool | None = None
    assigned_to: str | None = None
    waiting: bool | None = None
    congress: int | None = None
    session: int | None = None
    termless: bool | None = None
    checkable: bool | None = None
    read_in: RunId | None = None
    shown_in: RunId | None = None
    moved_in: RunId | None = None
    ids: tuple[RecordId, ...] = ()
    excluded: tuple[RecordId, ...] = ()


def conditions(wanted: Stands, *, few: bool = False) -> list[Condition]:
    """What a promise must be to be listed. `few`: put for some lines in order, not for counting all."""
    day = wanted.as_of
    found: list[Condition] = [sa.not_(hidden())]
    for asked, condition in (
        (wanted.has_deadline, _has_deadline()),
        (wanted.has_number, _has_number()),
        (wanted.has_evidence, counts(day, few=few)),
        (wanted.has_proposals, proposed(day, few=few)),
        (wanted.has_alarms, _has_alarms(day)),
        (wanted.assigned, _assigned()),
        (wanted.waiting, _waiting(day, few=few)),
        (wanted.checkable, sa.and_(_has_day(), _has_number(), _has_actor())),
        (wanted.termless, sa.or_(documents.c.congress.is_(None), documents.c.session.is_(None))),
    ):
        if asked is not None:
            found.append(condition if asked else sa.not_(condition))
    if wanted.statuses:
        found.append(sa.or_(*(_stands(status, day, few) for status in wanted.statuses)))
    if wanted.schedules:
        found.append(sa.or_(*(_scheduled(code, day, wanted.ages_after, few) for code in wanted.schedules)))
    if wanted.strengths:
        found.append(_strength(*wanted.strengths))
    if wanted.assigned_to is not None:
        found.append(decided(DecisionKind.ASSIGN, "to", [wanted.assigned_to]))
    return found + _due(wanted) + _plain(wanted) + _of_runs(wanted)


def by_urgency(wanted: Stands) -> list[Stands]:
    """The list in parts, the most urgent first: with proposed evidence, with alarms, the rest."""
    parts = [
        replace(wanted, has_proposals=True),
        replace(wanted, has_proposals=False, has_alarms=True),
        replace(wanted, has_proposals=False, has_alarms=False),
    ]
    return [one for one in parts if wanted.has_proposals in (None, one.has_proposals)]


def _plain(wanted: Stands) -> list[Condition]:
    found: list[Condition] = []
    if wanted.congress is not None:
        found.append(documents.c.congress == wanted.congress)
    if wanted.session is not None:
        found.append(documents.c.session == wanted.session)
    if wanted.ids:
        found.append(commitments.c.id.in_(wanted.ids))
    if wanted.excluded:
        found.append(commitments.c.id.not_in(wanted.excluded))
    return found


def _of_runs(wanted: Stands) -> list[Condition]:
    found: list[Condition] = []
    if wanted.read_in is not None:
        found.append(commitments.c.document_id.in_(taken_in(wanted.read_in)))
    if wanted.shown_in is not None:
        shown = sa.select(links.c.commitment_id).where(links.c.document_id.in_(taken_in(wanted.shown_in)))
        found.append(commitments.c.id.in_(shown.where(sa.or_(links.c.day.is_(None), links.c.day <= wanted.as_of))))
    if wanted.moved_in is not None:
        moved = sa.select(status_log.c.commitment_id).where(status_log.c.run_id == wanted.moved_in)
        found.append(commitments.c.id.in_(moved))
    return found


# -- its fields, as corrected ----------------------------------------------------------------------------------------


def _strength(*strengths: Strength) -> Condition:
    corrected = decided(DecisionKind.CORRECT, "strength")
    said = decided(DecisionKind.CORRECT, "strength", [one.value for one in strengths])
    return sa.or_(said, sa.and_(commitments.c.strength.in_(strengths), sa.not_(corrected)))


def _has_deadline() -> Condition:
    none = decided(DecisionKind.CORRECT, "deadline", ["none"])
    read = commitments.c.deadline_text.is_not(None)
    return sa.and_(sa.or_(read, decided(DecisionKind.CORRECT, "deadline")), sa.not_(none))


def _has_day() -> Condition:
    read = sa.and_(commitments.c.deadline_end.is_not(None), sa.not_(decided(DecisionKind.CORRECT, "deadline")))
    return sa.or_(read, decided_day(DecisionKind.CORRECT, "deadline"))


def _ended(*, before: date | None = None, until: date | None = None) -> Condition:
    """That its last day is before one, or not after one."""
    end = commitments.c.deadline_end
    in_time = end < before if before is not None else end <= until
    read = sa.and_(end.is_not(None), in_time, sa.not_(decided(DecisionKind.CORRECT, "deadline")))
    return sa.or_(read, decided_day(DecisionKind.CORRECT, "deadline", before=before, until=until))


def _due(wanted: Stands) -> list[Condition]:
    first, last = wanted.due_from, wanted.due_to
    if first is None and last is None:
        return []
    end = commitments.c.deadline_end
    read = [sa.not_(decided(DecisionKind.CORRECT, "deadline"))]
    read += [end >= first] if first is not None else []
    read += [end <= last] if last is not None else []
    said = decided_day(DecisionKind.CORRECT, "deadline", since=first, until=last)
    return [sa.or_(sa.and_(*read), said)]


def _has_actor() -> Condition:
    read = sa.cast(commitments.c.responsible, sa.Text) != "[]"
    return sa.or_(read, decided(DecisionKind.CORRECT, "responsible"))


def _has_number() -> Condition:
    c = quantities.c
    inside = sa.and_(c.document_id == commitments.c.document_id, c.start >= commitments.c.start)
    found = sa.select(sa.literal(1)).where(inside, c.start < commitments.c.end)
    return sa.exists(found.correlate(commitments))


# -- how it stands ---------------------------------------------------------------------------------------------------


def _stands(status: Status | None, as_of: date, few: bool) -> Condition:
    if status is None:
        return sa.and_(sa.not_(decided(DecisionKind.SET_STATUS)), sa.not_(_strength(*TRACKED)))
    said = decided(DecisionKind.SET_STATUS, "status", [status.value])
    proved = sa.and_(sa.not_(decided(DecisionKind.SET_STATUS)), _strength(*TRACKED), *_proved(status, as_of, few))
    return sa.or_(said, proved)


def _proved(status: Status, as_of: date, few: bool) -> list[Condition]:
    """What the evidence must be for a status."""
    past, away = _ended(before=as_of), withdrawn(as_of, few=few)
    done, begun = (counts(as_of, one, few=few) for one in (Relation.FULFILS, Relation.ADVANCES))
    match status:
        case Status.DROPPED:
            return [away]
        case Status.FULFILLED:
            return [done, sa.not_(away)]
        case Status.OVERDUE:
            return [past, sa.not_(done), sa.not_(away)]
        case Status.IN_PROGRESS:
            return [sa.not_(past), begun, sa.not_(done), sa.not_(away)]
        case Status.NO_EVIDENCE:
            return [sa.not_(past), sa.not_(begun), sa.not_(done), sa.not_(away)]


def _scheduled(code: ScheduleCode, as_of: date, ages_after: int | None, few: bool) -> Condition:
    kept = _stands(Status.FULFILLED, as_of, few)
    if code is ScheduleCode.DONE:
        return kept
    return sa.and_(sa.not_(kept), *_against_its_day(code, as_of, ages_after, few))


def _against_its_day(code: ScheduleCode, as_of: date, ages_after: int | None, few: bool) -> list[Condition]:
    dayless = [sa.not_(_has_day())]
    waits = sa.and_(commitments.c.condition.is_not(None), sa.not_(counts(as_of, *_BEGUN, few=few)))
    aged = _older(_before(as_of, ages_after)) if ages_after is not None else sa.false()
    match code:
        case ScheduleCode.PAST:
            return [_ended(before=as_of)]
        case ScheduleCode.DUE_TODAY:
            return [_ended(until=as_of), sa.not_(_ended(before=as_of))]
        case ScheduleCode.AHEAD:
            return [_has_day(), sa.not_(_ended(until=as_of))]
        case ScheduleCode.WAITING:
            return [*dayless, waits]
        case ScheduleCode.UNKNOWN_DAY:
            return [*dayless, sa.not_(waits), _has_deadline()]
        case ScheduleCode.AGED:
            return [*dayless, sa.not_(waits), sa.not_(_has_deadline()), aged]
        case ScheduleCode.NO_DEADLINE | ScheduleCode.DONE:
            return [*dayless, sa.not_(waits), sa.not_(_has_deadline()), sa.not_(aged)]


def _before(day: date, days: int) -> date:
    """So many days before; no earlier than the calendar begins."""
    return day - timedelta(days=min(days, day.toordinal() - 1))


def _older(day: date) -> Condition:
    return sa.and_(documents.c.date.is_not(None), documents.c.date < day)


# -- who looks at it -------------------------------------------------------------------------------------------------


def _assigned() -> Condition:
    nobody = decided(DecisionKind.ASSIGN, "to", [""])
    return sa.and_(decided(DecisionKind.ASSIGN, "to"), sa.not_(nobody))


def _waiting(as_of: date, *, few: bool) -> Condition:
    """Proposed evidence, an alarm that nobody answered, or an unsure reading; not what is put off beyond the day."""
    unsure = sa.and_(sa.cast(commitments.c.flags, sa.Text).contains('"uncertain"'), sa.not_(reviewed()))
    alarmed = sa.and_(_has_alarms(as_of), sa.not_(touched()))
    put_off = sa.and_(decided(DecisionKind.SNOOZE, "until"), sa.not_(decided(DecisionKind.SNOOZE, "until", [""])))
    over = decided_day(DecisionKind.SNOOZE, "until", until=as_of)
    return sa.and_(sa.or_(unsure, alarmed, proposed(as_of, few=few)), sa.or_(sa.not_(put_off), over))


def _has_alarms(as_of: date) -> Condition:
    known = sa.or_(alarms.c.day.is_(None), alarms.c.day <= as_of)
    return commitments.c.id.in_(sa.select(alarms.c.commitment_id).where(alarms.c.commitment_id.is_not(None), known))
