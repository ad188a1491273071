"""Searching a large register among few documents: what a filter leaves in is read once, and asked all questions.

Asking the whole index first, and of each answer whether the filter leaves it in, takes seconds where few are left in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from models.filters import Filter
from models.finding import Conditions, Found, conditions_of, conditions_on_records, holders_asked, looked_through
from models.ids import DocumentId, RecordId, in_parts
from models.tables import documents, search_entries, search_records
from models.terms import Phrase, Question

_LOOKED_THROUGH, _FARTHER = 1_000, 10  # answers of which the records are asked; how much farther, if they don't do
_FEW = 2_000  # documents that are read through; where more are left in, the newest answers are found soon


@dataclass(frozen=True, slots=True)
class Pool:
    """The entries that a filter leaves in, the newest first."""

    rows: tuple[Found, ...]
    large: bool = True  # only of a large index a pool is made
    ends_early: bool = False  # all of it is looked through for each question

    def find(self, question: Question, limit: int) -> list[Found]:
        """The newest that answer."""
        return [one for one in self.rows if answers(one, question)][:limit]

    def count(self, question: Question, most: int) -> tuple[int, bool]:
        """How many answer, and whether there may be more."""
        found = sum(answers(one, question) for one in self.rows)
        return min(found, most), found > most


@dataclass(slots=True)
class Among:
    """PostgreSQL's own index, of which only some documents' entries fit: the newest answers among these are looked
    through, found and counted at once."""

    connection: Connection
    kinds: tuple[str, ...]
    narrowed: Conditions
    held: tuple[DocumentId, ...]
    large: bool = True
    ends_early: bool = False
    _counts: dict[Question, tuple[int, bool]] = field(default_factory=dict)

    def find(self, question: Question, limit: int) -> list[Found]:
        """The newest that answer."""
        most = max(limit, _LOOKED_THROUGH)
        found, there = self._look(question, most)
        while len(found) < limit and there == most:
            most *= _FARTHER
            found, there = self._look(question, most)
        return found[:limit]

    def count(self, question: Question, most: int) -> tuple[int, bool]:
        """How many answer, and whether there may be more."""
        if question not in self._counts:
            self._look(question, most)
        return self._counts[question]

    def _look(self, question: Question, most: int) -> tuple[list[Found], int]:
        found, there = looked_through(self.connection, question, self.kinds, self.narrowed, self.held, most)
        self._counts.setdefault(question, (len(found), there >= most))
        return found, there


def names_few(within: Filter) -> bool:
    """Whether a filter names documents, so that few can be left in however much else it asks."""
    named = (within.documents, within.numbers, within.taken_in, within.led_by)
    return any(one not in (None, ()) for one in named)


def pool(connection: Connection, within: Filter, kinds: Sequence[str]) -> Pool | None:
    """The entries of these kinds in the documents that a filter leaves in; None: they are too many, or all are."""
    asked = holders_asked(within, kinds)
    if not asked:
        return None
    chosen = sa.select(documents.c.id).where(documents.c.current, *asked).limit(_FEW + 1)
    ids = [DocumentId(one) for one in connection.execute(chosen).scalars()]
    if len(ids) > _FEW:
        return None
    narrowed = conditions_of(within, kinds, large=True) if within.units else conditions_on_records(within, kinds)
    return pool_of(connection, ids, narrowed, kinds)


def pool_of(connection: Connection, ids: Sequence[DocumentId], narrowed: Conditions, kinds: Sequence[str]) -> Pool:
    """The entries of these kinds in some documents that meet the conditions."""
    found = [one for part in in_parts(ids) for one in _entries(connection, part, kinds, narrowed)]
    return Pool(tuple(sorted(found, key=lambda one: (-one.entry, one.kind))))


def _entries(
    connection: Connection, part: Sequence[DocumentId], kinds: Sequence[str], narrowed: Conditions
) -> list[Found]:
    c, e = search_records.c, search_entries.c
    joined = search_entries.join(search_records, c.entry_id == e.id)
    chosen = sa.select(c.kind, c.record_id, c.document_id, c.entry_id, e.tokens, e.context).select_from(joined)
    rows = connection.execute(chosen.where(e.document_id.in_(part), c.kind.in_(kinds), *narrowed))
    return [Found(row[0], RecordId(row[1]), DocumentId(row[2]), row[3], row[4], row[5]) for row in rows]


def answers(one: Found, question: Question) -> bool:
    """Whether an entry answers, as the index would say."""
    own = f" {one.tokens} "
    whole = f"{own}| {one.context} " if question.wide else own
    if not all(any(_spelled(phrase) in whole for phrase in group) for group in question.groups):
        return False
    return not any(_spelled(phrase) in own for phrase in question.excluded)


def _spelled(phrase: Phrase) -> str:
    return f" {' '.join(phrase)} "
