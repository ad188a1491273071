"""What people decide: records of their own, never a change of what was read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy.engine import RowMapping

from models.commitments import Deadline
from models.evidence import Relation, Status
from models.ids import RecordId


class DecisionKind(StrEnum):
    """What somebody decided. UNDO takes an earlier decision back; nothing is ever erased."""

    CONFIRM_LINK = "confirm_link"
    REJECT_LINK = "reject_link"
    SET_STATUS = "set_status"
    CORRECT = "correct"
    MERGE = "merge"
    ASSIGN = "assign"
    NOTE = "note"
    SNOOZE = "snooze"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: who, when, what, why.

    `commitment` is the promise it is about, `object` the link (CONFIRM_LINK, REJECT_LINK), or the promise that this one
    is the same as (MERGE). `values` are names with their values: of SET_STATUS status and source (what proves it); of
    CORRECT the fields that are corrected (strength, deadline, is_commitment, …); of ASSIGN to; of SNOOZE until; an
    empty to or until: nobody any more, put off no longer.
    `undoes` is the number of the decision that an UNDO takes back.
    """

    id: int
    at: datetime
    who: str
    kind: DecisionKind
    commitment: RecordId | None
    object: str | None
    values: tuple[tuple[str, str], ...]
    why: str
    undoes: int | None = None


CORRECTED = ("strength", "deadline", "responsible", "promise")
"""What of a promise may be corrected: its strength, its last day (or “none”), who does it, whether it is one (no)."""


@dataclass(slots=True)
class Decided:
    """What people's decisions about one promise come to; `decisions` are all of them, also those taken back."""

    links: dict[str, Decision] = field(default_factory=dict)
    status: Decision | None = None
    corrected: dict[str, tuple[str, Decision]] = field(default_factory=dict)
    merged_into: RecordId | None = None
    assigned_to: str | None = None
    snoozed_until: date | None = None
    notes: list[Decision] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)

    @property
    def answered(self) -> bool:
        """Whether a person has decided anything about it but when to be reminded."""
        put_off = {one.id for one in self.decisions if one.kind is DecisionKind.SNOOZE}
        return any(one.id not in put_off and one.undoes not in put_off for one in self.decisions)

    @property
    def decided_status(self) -> Status | None:
        """The status that a person set."""
        return Status(dict(self.status.values)["status"]) if self.status else None

    @property
    def is_promise(self) -> bool:
        """False where a person said that it promises nothing."""
        return self.corrected.get("promise", ("yes", None))[0] != "no"

    @property
    def reviewed(self) -> bool:
        """Whether a person has judged the promise itself: its status, its reading, or one of its links."""
        return bool(self.links or self.status or self.corrected or self.merged_into)

    def verdict(self, link: str) -> bool | None:
        """Whether a person confirmed (True) or rejected (False) a link; None: nobody said."""
        decision = self.links.get(link)
        return None if decision is None else decision.kind is DecisionKind.CONFIRM_LINK

    def worth(
        self, link: str, relation: Relation, *, completes: bool, parts: Iterable[tuple[str, Relation, bool]]
    ) -> Relation:
        """What a link counts as beside the others of its promise (`parts`: id, relation, whether sure).

        One that completes the promise together with parts of other papers only advances it once a person rejected such
        a part; a person who confirmed it as it is has the last word.
        """
        if not completes or self.verdict(link):
            return relation
        told = (one for one, of_part, sure in parts if sure and of_part is Relation.ADVANCES)
        return Relation.ADVANCES if any(self.verdict(one) is False for one in told) else relation


def decision_of(row: Mapping[str, Any] | RowMapping) -> Decision:
    """The decision in a row of its table."""
    names = ("id", "at", "who", "kind", "commitment_id", "object_id", "values", "why", "undoes")
    return Decision(*(row[name] for name in names))


def fold_decisions(made: Iterable[Decision]) -> dict[RecordId, Decided]:
    """What decisions come to, in the order of their numbers; the later one holds."""
    by_promise: dict[RecordId, Decided] = {}
    known = list(made)
    undone = {one.undoes for one in known if one.undoes is not None}
    for one in known:
        if one.commitment is None:
            continue
        promise = by_promise.setdefault(one.commitment, Decided())
        promise.decisions.append(one)
        if one.id not in undone:
            _apply(promise, one)
    return by_promise


def _apply(promise: Decided, one: Decision) -> None:
    values = dict(one.values)
    match one.kind:
        case DecisionKind.CONFIRM_LINK | DecisionKind.REJECT_LINK:
            promise.links[one.object or ""] = one
        case DecisionKind.SET_STATUS:
            promise.status = one
        case DecisionKind.CORRECT:
            promise.corrected |= {name: (value, one) for name, value in one.values}
        case DecisionKind.MERGE:
            promise.merged_into = RecordId(one.object or "")
        case DecisionKind.ASSIGN:
            promise.assigned_to = values["to"] or None
        case DecisionKind.SNOOZE:
            promise.snoozed_until = date.fromisoformat(values["until"]) if values["until"] else None
        case DecisionKind.NOTE:
            promise.notes.append(one)
        case DecisionKind.UNDO:
            pass


def corrected_deadline(value: str) -> Deadline | None:
    """The deadline that a person set."""
    return None if value == "none" else Deadline(value, date.fromisoformat(value))
