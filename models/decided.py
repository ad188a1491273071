"""What people decide: records of their own, never a change of what was read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

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
    CORRECT the fields that are corrected (strength, deadline, is_commitment, …); of ASSIGN to; of SNOOZE until.
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
