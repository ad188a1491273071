"""Asking each database's own index one question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Connection

from models.ids import DocumentId, RecordId
from models.tables import documents, search_entries, search_records
from models.terms import Phrase, Question

Conditions = list[sa.ColumnElement[bool]]

_INDEX = sa.table("search_index", sa.column("rowid", sa.Integer), sa.column("search_index", sa.Text))
_USUAL = 50.0  # tokens of a usual sentence


@dataclass(frozen=True, slots=True)
class Found:
    """An entry of the index that answers; the greater its `weight` (from 0), the better."""

    kind: str
    record: RecordId
    document: DocumentId
    weight: float


def find(
    connection: Connection, question: Question, kinds: Sequence[str], narrowed: Conditions, *, limit: int
) -> list[Found]:
    """The best entries of these kinds, best first; equal ones in the order in which they were saved."""
    c = search_records.c
    source, conditions, weight = _asked(connection, question, kinds, narrowed)
    chosen = sa.select(c.kind, c.record_id, c.document_id, weight.label("weight")).select_from(source)
    ordered = chosen.where(*conditions).order_by(sa.desc("weight"), c.entry_id, c.kind, c.position).limit(limit)
    return [
        Found(row.kind, RecordId(row.record_id), DocumentId(row.document_id), max(0.0, float(row.weight)))
        for row in connection.execute(ordered)
    ]


def count(connection: Connection, question: Question, kinds: Sequence[str], narrowed: Conditions) -> int:
    """How many entries of these kinds answer."""
    source, conditions, _ = _asked(connection, question, kinds, narrowed)
    return connection.execute(sa.select(sa.func.count()).select_from(source).where(*conditions)).scalar_one()


def _asked(
    connection: Connection, question: Question, kinds: Sequence[str], narrowed: Conditions
) -> tuple[sa.FromClause, Conditions, sa.ColumnElement[Any]]:
    """The question as tables, conditions and weight, in the words of this database."""
    of_kind: Conditions = [search_records.c.kind.in_(kinds)]
    source: sa.FromClause
    if connection.dialect.name == "sqlite":
        source = _INDEX.join(search_records, search_records.c.entry_id == _INDEX.c.rowid)
        asked: Conditions = [_INDEX.c.search_index.match(_fts(question))]
        weight: sa.ColumnElement[Any] = -sa.func.bm25(sa.literal_column("search_index"))
    else:
        source = search_entries.join(search_records)
        asked, weight = _array_conditions(question), _array_weight(question)
    if narrowed:
        source = source.join(documents, documents.c.id == search_records.c.document_id)
    return source, [*asked, *of_kind, *narrowed], weight


def _fts(question: Question) -> str:
    """The question for FTS5: quoted phrases of plain tokens, so that nothing typed can be taken for its syntax."""
    wanted = " AND ".join(f"({_any_of(group)})" for group in question.groups)
    return f"({wanted}) NOT ({_any_of(question.excluded)})" if question.excluded else wanted


def _any_of(phrases: Sequence[Phrase]) -> str:
    return " OR ".join('"' + " ".join(phrase) + '"' for phrase in phrases)


def _array_conditions(question: Question) -> Conditions:
    groups = [sa.or_(*(_holds(phrase) for phrase in group)) for group in question.groups]
    return [*groups, *(sa.not_(_padded().contains(_spelled(phrase), autoescape=True)) for phrase in question.excluded)]


def _holds(phrase: Phrase) -> sa.ColumnElement[bool]:
    """All tokens, which the index answers, and side by side, which only the text can tell."""
    tokens = sa.func.string_to_array(search_entries.c.tokens, sa.literal_column("' '"), type_=postgresql.ARRAY(sa.Text))
    wanted = sa.cast(postgresql.array(sorted(set(phrase))), postgresql.ARRAY(sa.Text))
    return sa.and_(tokens.contains(wanted), _padded().contains(_spelled(phrase), autoescape=True))


def _array_weight(question: Question) -> sa.ColumnElement[Any]:
    """How often the phrases stand there: longer ones weigh more, long texts less (bm25 without its rarity)."""
    weights = [_weight(phrase) for phrase in dict.fromkeys(phrase for group in question.groups for phrase in group)]
    return sum(weights[1:], weights[0])


def _weight(phrase: Phrase) -> sa.ColumnElement[Any]:
    padded, spelled = _padded(), _spelled(phrase)
    cut = sa.func.length(padded) - sa.func.length(sa.func.replace(padded, spelled, ""))
    times = sa.cast(cut, sa.Float) / float(len(spelled))
    longish = 0.3 + 0.9 * sa.func.length(search_entries.c.tokens) / (2 * _USUAL)
    return float(len(phrase)) * times / (times + longish)


def _padded() -> sa.ColumnElement[str]:
    return sa.literal(" ") + search_entries.c.tokens + sa.literal(" ")


def _spelled(phrase: Phrase) -> str:
    return f" {' '.join(phrase)} "
