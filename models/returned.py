"""A ledger that comes back from Excel: which cells somebody changed since it was exported.

The workbook carries what every cell was (`outputs/sheets/carried.py`), so what was changed by hand is known from the
file alone; `outputs/sheets/comparing.py` holds it against the ledger as it is now.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from models.ids import RecordId


class Field(StrEnum):
    """What of a promise may be decided in the sheet; each has a column of its own. TAKEN is about one of its passages,
    in the sheet of these."""

    DEADLINE = "deadline"
    STRENGTH = "strength"
    RESPONSIBLE = "responsible"
    STATUS = "status"
    NOTE = "note"
    ASSIGNED = "assigned"
    SNOOZED = "snoozed"
    PROMISE = "promise"
    TAKEN = "taken"


@dataclass(frozen=True, slots=True)
class Origin:
    """Which list was exported: its day, what it was narrowed to in words and as an address, when, how many lines."""

    as_of: date
    words: tuple[str, ...]
    address: str
    at: datetime | None
    count: int


@dataclass(frozen=True, slots=True)
class Edit:
    """One cell that was changed: what it was when it was exported, and what it is now, as codes; empty: nothing."""

    field: Field
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class EditedRow:
    """A line with changed cells: its number in the sheet, the promise, its last decision when it was exported; `link`:
    the passage that the line is about, empty where it is about the promise itself; `doubt`: why it may be about
    another promise."""

    line: int
    id: RecordId
    seen: int
    edits: tuple[Edit, ...]
    reason: str = ""
    source: str = ""
    link: str = ""
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Untaken:
    """A line, or a cell of it, that isn't taken, and why; `before` and `after` as the sheet shows them; `sheet` names
    another sheet than the promises' own."""

    line: int | None
    id: RecordId | None
    column: str
    before: str
    after: str
    why: str
    sheet: str = ""


NOT_WANTED = "说过不要这一行"
"""Why a line isn't taken that somebody doesn't want."""


@dataclass(frozen=True, slots=True)
class LineRead:
    """What one line of another office's ledger was found to say: what it changes, what of it isn't taken; neither: it
    says what is known."""

    number: int
    rows: tuple[EditedRow, ...]
    untaken: tuple[Untaken, ...]


@dataclass(frozen=True, slots=True)
class Returned:
    """All that a workbook says that came back.

    `lines` have a promise, `passages` a passage that speaks of one; `unchanged` lines have no changed cell; `absent`
    promises were exported and have no line any more, which changes nothing. `remarks` are what the person should know
    of the whole, `warnings` what looks like a mistake. `foreign`: of another office's ledger, how it was read; empty of
    our own.
    """

    origin: Origin
    lines: int
    unchanged: int
    absent: int
    rows: tuple[EditedRow, ...]
    untaken: tuple[Untaken, ...]
    remarks: tuple[str, ...]
    warnings: tuple[str, ...] = ()
    passages: int = 0
    foreign: str = ""

    @property
    def unmatched(self) -> tuple[Untaken, ...]:
        """The lines of another office's ledger that were found to be about no promise, and are wanted."""
        whole = (one for one in self.untaken if self.foreign and one.line and one.id is None and not one.column)
        return tuple(one for one in whole if one.why != NOT_WANTED)
