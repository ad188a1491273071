"""What waits for a person, and recording what a person decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from flows.ledger import standings
from models import decisions, queries
from models.decided import Decision, DecisionKind
from models.errors import WrongDecision
from models.ids import RecordId
from models.queries import CommitmentRow, Filter
from models.store import Store
from models.tables import commitments
from models.tracking_tables import links
from outputs.ledger import Standing


def waiting(store: Store, as_of: date) -> list[Standing]:
    """The promises that a person should look at, most urgent first: proposed evidence, alarms, an unsure reading.

    What is snoozed beyond `as_of`, and what somebody has judged since nothing new came, is left out.
    """
    found = [one for one in standings(store, as_of) if _waits(one, as_of)]
    return sorted(found, key=lambda one: (not one.proposals, not one.alarms, _last_day(one), one.row.id))


def _waits(one: Standing, as_of: date) -> bool:
    until = one.decided.snoozed_until
    if until is not None and until > as_of:
        return False
    unsure = "uncertain" in one.row.commitment.flags and not one.decided.reviewed
    return bool(one.proposals) or unsure or (bool(one.alarms) and not one.decided.answered)


def _last_day(one: Standing) -> date:
    return (one.deadline.end if one.deadline else None) or date.max


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody asks to be recorded: an action, the id (or its beginning) it is about, and a value."""

    action: str
    id: str
    value: str | None
    who: str
    why: str
    source: str


_ABOUT_LINKS = {"confirm": DecisionKind.CONFIRM_LINK, "reject": DecisionKind.REJECT_LINK}
_VALUED = {"assign": (DecisionKind.ASSIGN, "to"), "snooze": (DecisionKind.SNOOZE, "until")}


def record(store: Store, asked: Request, now: datetime) -> Decision:
    """Records it. WrongDecision says in Chinese what is wrong."""
    if asked.action == "undo":
        return decisions.undo(store, _number(asked.id), who=asked.who, now=now, why=asked.why)
    if asked.action in _ABOUT_LINKS:
        kind, link = _ABOUT_LINKS[asked.action], _whole(store, links, asked.id, "佐证")
        return decisions.decide(store, kind, who=asked.who, now=now, object=link, why=asked.why)
    promise = RecordId(_whole(store, commitments, asked.id, "承诺"))
    kind, other, values, why = _told(store, asked)
    return decisions.decide(
        store, kind, who=asked.who, now=now, commitment=promise, object=other, values=values, why=why
    )


def undo_together(store: Store, number: str, *, who: str, why: str, now: datetime) -> int:
    """Takes back all that was decided together with a decision (one import, one batch); how many.

    WrongDecision: there is no such decision, or nothing is left to take back.
    """
    made = decisions.made_together(store, _number(number), alike=False)
    left = [one.id for one, undone in made if not undone and one.kind is not DecisionKind.UNDO]
    if not left:
        raise WrongDecision(f"没有第 {number} 号决定，或者已经全部撤销过")
    return decisions.undo_all(store, left, who=who, now=now, why=why)


def promise_at(store: Store, start: str) -> CommitmentRow:
    """The promise whose id begins so. WrongDecision: none, or several."""
    id = _whole(store, commitments, start, "承诺")
    return next(row for row in queries.ledger(store, Filter(current=None)) if row.id == id)


def _told(store: Store, asked: Request) -> tuple[DecisionKind, str | None, Sequence[tuple[str, str]], str]:
    """The kind of decision, the other promise, the values and the reason."""
    value = asked.value or ""
    if asked.action in _VALUED:
        kind, name = _VALUED[asked.action]
        return kind, None, ((name, value),), asked.why
    if asked.action == "status":
        source = (("source", asked.source),) if asked.source else ()
        return DecisionKind.SET_STATUS, None, (("status", value), *source), asked.why
    if asked.action == "correct":
        return DecisionKind.CORRECT, None, (_pair(value),), asked.why
    if asked.action == "merge":
        return DecisionKind.MERGE, _whole(store, commitments, value, "承诺"), (), asked.why
    return DecisionKind.NOTE, None, (), asked.why or value


def _pair(value: str) -> tuple[str, str]:
    name, mark, told = value.partition("=")
    if not mark:
        raise WrongDecision("更正要写成 名称=值，例如 deadline=2025-06-30")
    return name.strip(), told.strip()


def _number(text: str) -> int:
    if not text.isdecimal():
        raise WrongDecision("撤销要写决定的号数，号数见 duban history")
    return int(text)


def _whole(store: Store, table: sa.Table, start: str, name: str) -> str:
    """The one id that begins so."""
    wanted = sa.select(table.c.id).where(table.c.id.startswith(start, autoescape=True)).limit(2)
    with store.reading() as connection:
        found = list(connection.execute(wanted).scalars()) if start else []
    if len(found) != 1:
        raise WrongDecision(f"没有编号是 {start} 的{name}" if not found else f"不止一条{name}的编号以 {start} 开头")
    return str(found[0])
