"""Narrowing the ledger by how its promises stand on a day, without judging them one by one.

What is kept of each promise (`models/standing_tables.py`) says from which day on a thing is so; a condition compares
these days with the one that is shown.

wanted = Stands(date(2026, 6, 30), statuses=(Status.OVERDUE,), assigned_to="王五")
ledger(store, Filter(), also=conditions(wanted), limit=50)
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import sqlalchemy as sa

from models.commitments import Strength
from models.evidence import ScheduleCode, Status
from models.filters import Sort, taken_in
from models.ids import RecordId
from models.nightly_tables import status_log
from models.runs import Outcome, RunId
from models.standing_tables import ALWAYS, NEVER, PRESENT, lapses, standings
from models.tables import documents, run_items
from models.tracking_tables import decisions, links

TRACKED = (Strength.FIRM, Strength.AIM)
Condition = sa.ColumnElement[bool]
_WAITS: Condition = standings.c.waits < sa.literal_column(str(NEVER), sa.Integer)  # as the index list_waiting says it
AS_DECIDED = "decided_until"
"""The parameter of `as_decided`: the last decision that counts."""


@dataclass(frozen=True, slots=True)
class Stands:
    """How the promises that a list shows stand on `as_of`; what is left out doesn't narrow. Fields count as people
    corrected them. What a person said is no promise, or the same as another, is never among them.

    `statuses`: None among them is a study or an encouragement; `ages_after`: days after which an undated promise has
    aged; `due_from`, `due_to`: both included; `assigned`: to anybody; `waiting`: a person should look at it;
    `decided`: the number of the last decision that counts (None: all do); `ids`: only these; `excluded`: all but these.
    `checkable`: it has a day, a number and an actor of its own; `termless`: its letter tells no congress or no session;
    `read_in`, `shown_in`, `moved_in`: read from a document that this run took in, shown in one, or the run found it to
    stand otherwise than before.
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
    decided: int | None = None
    ids: tuple[RecordId, ...] = ()
    excluded: tuple[RecordId, ...] = ()


def conditions(
    wanted: Stands, status: sa.ColumnElement[Status | None] | None = None, *, few: bool = False
) -> list[Condition]:
    """What a promise must be to be listed. `status`: where its status has been reckoned already; `few`: put for a few
    promises that other conditions name."""
    day, c = wanted.as_of.toordinal(), standings.c
    stands = status_on(wanted.as_of) if status is None else status
    found: list[Condition] = []
    for asked, condition in (
        (wanted.has_deadline, c.dated),
        (wanted.has_number, c.numbered),
        (wanted.has_evidence, c.shown <= day),
        (wanted.has_proposals, c.proposed <= day),
        (wanted.has_alarms, c.alarmed <= day),
        (wanted.assigned, c.assigned_to.is_not(None)),
        (wanted.waiting, sa.and_(c.waits <= day, _WAITS)),
        (wanted.checkable, sa.and_(c.due < NEVER, c.numbered, c.acted)),
        (wanted.termless, sa.or_(documents.c.congress.is_(None), documents.c.session.is_(None))),
    ):
        if asked is not None:
            found.append(condition if asked else sa.not_(condition))
    if wanted.statuses:
        found.append(
            sa.or_(*(stood(one, wanted.as_of) if status is None else _is(status, one) for one in wanted.statuses))
        )
    if wanted.schedules:
        found.append(sa.or_(*(_scheduled(code, day, wanted.ages_after, stands) for code in wanted.schedules)))
    if wanted.strengths:
        found.append(c.strength.in_(wanted.strengths))
    if wanted.assigned_to is not None:
        found.append(c.assigned_to == wanted.assigned_to)
    return found + _due(wanted) + _plain(wanted) + (_of_runs_each(wanted) if few else _of_runs(wanted))


def standing_order(sort: Sort) -> list[sa.ColumnElement[Any]]:
    """The order of a list, as `models/filters.py` has it."""
    c = standings.c
    newest = [c.written.desc(), c.document_id, c.position]
    match sort:
        case Sort.DEADLINE:
            return [c.ends, c.document_id, c.position]
        case Sort.STRENGTH:
            return [sa.case(*((c.wording == one, place) for place, one in enumerate(Strength))), *newest]
        case Sort.NAME:
            return [documents.c.name, documents.c.id, c.position]
        case Sort.DOCUMENT:
            return newest


def by_urgency(wanted: Stands) -> list[Stands]:
    """The list in parts, the most urgent first: with proposed evidence, with alarms, the rest."""
    parts = [
        replace(wanted, has_proposals=True),
        replace(wanted, has_proposals=False, has_alarms=True),
        replace(wanted, has_proposals=False, has_alarms=False),
    ]
    return [one for one in parts if wanted.has_proposals in (None, one.has_proposals)]


def status_on(as_of: date) -> sa.ColumnElement[Status | None]:
    """How a promise stands on a day; None: it is a study or an encouragement."""
    day, c = as_of.toordinal(), standings.c
    away = sa.and_(c.gone <= day, c.back > day)
    return sa.type_coerce(
        sa.case(
            (c.said.is_not(None), c.said),
            (c.strength.not_in(TRACKED), sa.null()),
            (sa.or_(away, sa.and_(c.tangled, _withdrawn(as_of))), _the(Status.DROPPED)),
            (c.fulfilled <= day, _the(Status.FULFILLED)),
            (c.due < day, _the(Status.OVERDUE)),
            (c.advanced <= day, _the(Status.IN_PROGRESS)),
            else_=_the(Status.NO_EVIDENCE),
        ),
        c.said.type,
    )


def stood(status: Status | None, as_of: date) -> Condition:
    """That a promise stands so on a day, as `status_on` has it: put so that little is looked at where it doesn't."""
    day, c = as_of.toordinal(), standings.c
    tracked = c.strength.in_(TRACKED)
    if status is None:
        return sa.and_(c.said.is_(None), sa.not_(tracked))
    open_, late = c.fulfilled > day, c.due < day
    asked = {
        Status.FULFILLED: [c.fulfilled <= day],
        Status.OVERDUE: [late, open_],
        Status.IN_PROGRESS: [c.advanced <= day, open_, sa.not_(late)],
        Status.NO_EVIDENCE: [c.advanced > day, open_, sa.not_(late)],
        Status.DROPPED: list[Condition](),
    }[status]
    away = sa.or_(sa.and_(c.gone <= day, c.back > day), sa.and_(c.tangled, _withdrawn(as_of)))
    shown = sa.and_(c.said.is_(None), tracked, *asked, away if status is Status.DROPPED else sa.not_(away))
    return sa.or_(sa.func.coalesce(c.said == status, sa.false()), shown)


def _is(stands: sa.ColumnElement[Status | None], status: Status | None) -> Condition:
    return stands.is_(None) if status is None else stands == status


def present(current: bool | None = True, *, indexed: bool = True) -> Condition:
    """What is so now, of current documents: as the indexes of lists have it (`indexed`); else of others, or of all."""
    if current and indexed:
        return standings.c.listed
    return sa.and_(standings.c.until == PRESENT, *of_standing(current))


def of_standing(current: bool | None) -> list[Condition]:
    """What is listed whenever it was so: of current documents, of others, or of all; nothing that is hidden."""
    shown = [] if current is None else [standings.c.current if current else sa.not_(standings.c.current)]
    return [*shown, sa.not_(standings.c.hidden)]


def as_decided() -> Condition:
    """What was so when AS_DECIDED was the last decision."""
    last: sa.BindParameter[int] = sa.bindparam(AS_DECIDED, PRESENT - 1)
    return sa.and_(standings.c.since <= last, standings.c.until > last)


def decided_between(after: int, until: int) -> Condition:
    """That a decision of these numbers (the first excluded) is about the promise."""
    made = sa.select(decisions.c.commitment_id).where(decisions.c.id > after, decisions.c.id <= until)
    return standings.c.commitment_id.in_(made.where(decisions.c.commitment_id.is_not(None)))


def _the(status: Status) -> sa.ColumnElement[str]:
    return sa.literal_column(f"'{status.value}'", sa.String)


def _withdrawn(as_of: date) -> Condition:
    """That one of several withdrawals holds on the day."""
    c, row = lapses.c, standings.c
    same = sa.and_(c.document_id == row.document_id, c.position == row.position, c.since == row.since)
    return sa.exists().where(same, c.gone <= as_of.toordinal(), c.back > as_of.toordinal()).correlate(standings)


def _plain(wanted: Stands) -> list[Condition]:
    found: list[Condition] = []
    if wanted.congress is not None:
        found.append(documents.c.congress == wanted.congress)
    if wanted.session is not None:
        found.append(documents.c.session == wanted.session)
    if wanted.ids:
        found.append(standings.c.commitment_id.in_(wanted.ids))
    if wanted.excluded:
        found.append(standings.c.commitment_id.not_in(wanted.excluded))
    return found


def _of_runs(wanted: Stands) -> list[Condition]:
    found: list[Condition] = []
    if wanted.read_in is not None:
        found.append(standings.c.document_id.in_(taken_in(wanted.read_in)))
    if wanted.shown_in is not None:
        shown = sa.select(links.c.commitment_id).where(links.c.document_id.in_(taken_in(wanted.shown_in)))
        known = shown.where(sa.or_(links.c.day.is_(None), links.c.day <= wanted.as_of))
        found.append(standings.c.commitment_id.in_(known))
    if wanted.moved_in is not None:
        moved = sa.select(status_log.c.commitment_id).where(status_log.c.run_id == wanted.moved_in)
        found.append(standings.c.commitment_id.in_(moved))
    return found


def _of_runs_each(wanted: Stands) -> list[Condition]:
    """The same, asked of each promise: a run may have brought or moved a million of them."""
    c, found = standings.c, list[Condition]()
    if wanted.read_in is not None:
        found.append(_taken_in_by(wanted.read_in, c.document_id).correlate(standings))
    if wanted.shown_in is not None:
        known = sa.or_(links.c.day.is_(None), links.c.day <= wanted.as_of)
        taken = _taken_in_by(wanted.shown_in, links.c.document_id).correlate(links)
        found.append(sa.exists().where(links.c.commitment_id == c.commitment_id, known, taken).correlate(standings))
    if wanted.moved_in is not None:
        same = (status_log.c.run_id == wanted.moved_in, status_log.c.commitment_id == c.commitment_id)
        found.append(sa.exists().where(*same).correlate(standings))
    return found


def _taken_in_by(run: RunId, document: sa.ColumnElement[str]) -> sa.Exists:
    fresh = run_items.c.outcome.in_((Outcome.NEW, Outcome.NEW_VERSION))
    return sa.exists().where(run_items.c.run_id == run, fresh, run_items.c.document_id == document)


def _due(wanted: Stands) -> list[Condition]:
    first, last, due = wanted.due_from, wanted.due_to, standings.c.due
    if first is None and last is None:
        return []
    return [due.between(first.toordinal() if first else ALWAYS, last.toordinal() if last else NEVER - 1)]


def _scheduled(
    code: ScheduleCode, day: int, ages_after: int | None, status: sa.ColumnElement[Status | None]
) -> Condition:
    kept = sa.func.coalesce(sa.type_coerce(status, sa.String) == Status.FULFILLED.value, sa.false())
    return kept if code is ScheduleCode.DONE else sa.and_(sa.not_(kept), *_against_its_day(code, day, ages_after))


def _against_its_day(code: ScheduleCode, day: int, ages_after: int | None) -> list[Condition]:
    c = standings.c
    dayless = c.due == NEVER
    waits = sa.and_(c.conditional, c.fulfilled > day, c.advanced > day)
    dateless = [dayless, sa.not_(waits), sa.not_(c.dated)]
    aged = sa.and_(c.written > ALWAYS, c.written < day - ages_after) if ages_after is not None else sa.false()
    match code:
        case ScheduleCode.PAST:
            return [c.due < day]
        case ScheduleCode.DUE_TODAY:
            return [c.due == day]
        case ScheduleCode.AHEAD:
            return [c.due > day, c.due < NEVER]
        case ScheduleCode.WAITING:
            return [dayless, waits]
        case ScheduleCode.UNKNOWN_DAY:
            return [dayless, sa.not_(waits), c.dated]
        case ScheduleCode.AGED:
            return [*dateless, aged]
        case ScheduleCode.NO_DEADLINE | ScheduleCode.DONE:
            return [*dateless, sa.not_(aged)]
