"""A ledger that another office keeps: its own columns, in its own order, with what each of them is taken for.

Nothing in it names our promises but by their case number, their unit and their words. What a column stands for is
proposed from its head and from what stands below it; a person says what holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from models.ids import RecordId, digest_of
from models.returned import Field


class Meaning(StrEnum):
    """What a column of another office's ledger says. The first five find the promise, the others tell of it."""

    ID = "id"
    NUMBER = "number"
    TERM = "term"
    UNIT = "unit"
    PROMISE = "promise_text"
    DEADLINE = "deadline"
    RESPONSIBLE = "responsible"
    STATUS = "status"
    NOTE = "note"
    ASSIGNED = "assigned"
    REASON = "reason"
    SOURCE = "source"
    SKIP = "skip"


SEVERAL = (Meaning.NOTE, Meaning.SKIP)
"""What more than one column may say: notes are put together, with their heads."""
FIELDS: Mapping[Meaning, Field] = {
    Meaning.DEADLINE: Field.DEADLINE,
    Meaning.RESPONSIBLE: Field.RESPONSIBLE,
    Meaning.STATUS: Field.STATUS,
    Meaning.NOTE: Field.NOTE,
    Meaning.ASSIGNED: Field.ASSIGNED,
}
"""What is recorded, by what a column says."""


@dataclass(frozen=True, slots=True)
class ForeignLine:
    """A line below the heads: its number in the sheet, and what each column says; a merged cell says it in every line
    that it covers."""

    number: int
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ForeignSheet:
    """A sheet with heads: its name, the lines above them that are a title, from where to where the heads go, the letter
    and the head of each column (no two alike), its lines; `apart` are the numbers of lines that are no entries: counted
    columns, one text across the whole width."""

    name: str
    title: str
    heads_from: int
    heads_to: int
    letters: tuple[str, ...]
    heads: tuple[str, ...]
    lines: tuple[ForeignLine, ...]
    apart: tuple[int, ...] = ()

    @property
    def fingerprint(self) -> str:
        """The same for the same heads in whatever order."""
        return digest_of("\n".join(sorted(self.heads)).encode())[:16]

    def values(self, column: int) -> list[str]:
        """What stands in a column, without its empty cells."""
        return [line.values[column] for line in self.lines if line.values[column]]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a column is taken for, why, and whether somebody should look twice."""

    meaning: Meaning
    why: str
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class ReadAs:
    """What a person said that a sheet means: of its columns by their heads, of words for a status by the words (None:
    not to be taken), of lines by their numbers which promise they are about (None: the line isn't wanted)."""

    sheet: str
    columns: Mapping[str, Meaning]
    statuses: Mapping[str, str | None] = field(default_factory=dict)
    lines: Mapping[int, RecordId | None] = field(default_factory=dict)

    def columns_of(self, *meanings: Meaning) -> list[str]:
        """The heads of the columns that say one of these."""
        return [head for head, meaning in self.columns.items() if meaning in meanings]

    @property
    def lacks(self) -> str:
        """Why no line could be found by it, in Chinese; empty: it could."""
        twice = [one for one in Meaning if one not in SEVERAL and len(self.columns_of(one)) > 1]
        if twice:
            heads = "、".join(f"“{head}”" for head in self.columns_of(twice[0]))
            return f"{heads}当作了同一项，只能选一列"
        if not self.columns_of(Meaning.ID, Meaning.NUMBER, Meaning.PROMISE):
            return "案号、承诺原文、编号至少要有一列，不然认不出哪一行是哪一条承诺"
        if not self.columns_of(*FIELDS):
            return "没有一列是要记下的（完成时限、责任单位、落实状态、备注、交给）"
        return ""


@dataclass(frozen=True, slots=True)
class ForeignBook:
    """Another office's workbook: its sheets that have heads, the likeliest first; what a person said of it, if anybody
    did."""

    sheets: tuple[ForeignSheet, ...]
    read_as: ReadAs | None = None

    def sheet(self, name: str | None = None) -> ForeignSheet:
        """The sheet of a name, or the likeliest."""
        return next((one for one in self.sheets if one.name == name), self.sheets[0])


def distinct(heads: Iterable[str], letters: Iterable[str]) -> tuple[str, ...]:
    """Heads of which no two are alike: a second one, or one that is empty, bears its letter.

    >>> distinct(("单位", "进展", "进展", ""), "ABCD")
    ('单位', '进展', '进展（C列）', '（D列）')
    """
    made: list[str] = []
    for head, letter in zip(heads, letters, strict=True):
        made.append(head if head and head not in made else f"{head}（{letter}列）")
    return tuple(made)
