"""Asking each database's own index one question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Connection
from sqlalchemy.sql.util import ClauseAdapter

from models.facts import Facts, of_kinds
from models.filters import Filter, by_actors, of_documents, of_numbers, of_promises, of_quotation
from models.ids import DocumentId, RecordId
from models.standing_tables import standings
from models.tables import (
    SEARCH_INDEX,
    commitments,
    declined,
    documents,
    quantities,
    requests,
    search_entries,
    search_records,
)
from models.terms import Phrase, Question
from models.tokens import paired_phrase, split

Conditions = list[sa.ColumnElement[bool]]
_RECORDS = {"commitment": commitments, "declined": declined, "request": requests, "quantity": quantities}

_NEWEST = 150_000  # entries among which the newest answers are looked for first
_LARGE = 60_000  # entries: about a thousand letters
_LAST = sa.select(sa.func.max(search_entries.c.id))
_ABOVE = 0.4  # what stands above a sentence weighs less


@dataclass(frozen=True, slots=True)
class Found:
    """A record whose entry answers, with the entry's own tokens and those of its context, joined by spaces."""

    kind: str
    record: RecordId
    document: DocumentId
    entry: int
    tokens: str
    context: str


def find(
    connection: Connection,
    question: Question,
    kinds: Sequence[str],
    narrowed: Conditions,
    *,
    limit: int,
    newest: bool = False,
    facts: Facts = (),
) -> list[Found]:
    """The likeliest entries of these kinds; equal ones in the order in which they were saved.

    `newest`: those that were saved last instead, which is quick however many there are. `facts`: what the index itself
    knows of their documents (`models/facts.py`).
    """
    c, e = search_records.c, search_entries.c
    source, conditions, weight = _asked(connection, question, kinds, narrowed, facts)
    if connection.dialect.name == "sqlite":
        source = source.join(search_entries, search_entries.c.id == c.entry_id)
    chosen = sa.select(c.kind, c.record_id, c.document_id, c.entry_id, e.tokens, e.context).select_from(source)
    if newest and connection.dialect.name == "sqlite":
        order: list[Any] = [SEARCH_INDEX.c.rowid.desc()]
    else:
        order = [c.entry_id.desc()] if newest else [sa.desc(weight), c.entry_id, c.kind, c.position]
    ordered = chosen.where(*conditions).order_by(*order).limit(limit)
    rows: Sequence[sa.Row[Any]] = []
    if newest and connection.dialect.name == "postgresql":  # it would look at all that answer, then put them in order
        last = connection.execute(_LAST).scalar() or 0
        rows = connection.execute(ordered.where(e.id > last - _NEWEST)).all()
    if len(rows) < limit:
        rows = connection.execute(ordered).all()
    return [
        Found(row.kind, RecordId(row.record_id), DocumentId(row.document_id), row.entry_id, row.tokens, row.context)
        for row in rows
    ]


def holders(
    connection: Connection, question: Question, kinds: Sequence[str], narrowed: Conditions, *, limit: int
) -> list[DocumentId]:
    """The documents of the `limit` likeliest entries, each once, in the order in which `find` has their entries.

    Nothing but the documents' names is carried through the sorting: of a large register most entries answer a question
    for a few dozen words.
    """
    c = search_records.c
    source, conditions, weight = _asked(connection, question, kinds, narrowed)
    chosen = sa.select(c.document_id).select_from(source).where(*conditions)
    ordered = chosen.order_by(sa.desc(weight), c.entry_id, c.kind, c.position).limit(limit)
    return [DocumentId(name) for name in dict.fromkeys(connection.execute(ordered).scalars())]


def literally(text: str) -> Question | None:
    """What every text that holds these characters answers; None where the index can't tell: it has numbers, Latin words
    and marks otherwise than they stand there."""
    tokens = tuple(split(text))
    plain = all(len(one) == 1 and not one.isascii() for one in tokens) and len(tokens) == len(text)
    return Question(((tokens,),), ()) if tokens and plain else None


def answering(connection: Connection, question: Question, kind: str) -> sa.Select[tuple[str]]:
    """The records of one kind that answer."""
    source, conditions, _ = _asked(connection, question, (kind,), [])
    return sa.select(search_records.c.record_id).select_from(source).where(*conditions).correlate(None)


def conditions_of(within: Filter, kinds: Sequence[str], *, large: bool = False) -> Conditions:
    """What a filter asks of the entries of these kinds, as in the ledger; what isn't current has no entries.

    Several kinds have only their documents in common: what a filter asks of the records themselves is left out.
    `large`: put so that the newest answers are soon found where many are left in.
    """
    table = _RECORDS.get(kinds[0]) if len(kinds) == 1 else None
    found = _of_holders(holders_asked(within, kinds), large)
    if table is commitments and within.units:
        led = _of_holders(of_documents(Filter(current=None, units=within.units)), large)
        found.append(sa.or_(*led, _of_actors(within)))
    return found + conditions_on_records(within, kinds)


def holders_asked(within: Filter, kinds: Sequence[str]) -> Conditions:
    """What a filter asks of the documents of these kinds of records."""
    table = _RECORDS.get(kinds[0]) if len(kinds) == 1 else None
    return of_documents(replace(within, current=None), units_too=table is not commitments)


def conditions_on_records(within: Filter, kinds: Sequence[str]) -> Conditions:
    """What a filter asks of the records themselves, where they are of one kind."""
    table = _RECORDS.get(kinds[0]) if len(kinds) == 1 else None
    own = _own_conditions(within, table) if table is not None else []
    return [_of_records(table, own)] if table is not None and own else []


def _of_holders(asked: Conditions, large: bool) -> Conditions:
    """That the document of an entry is one of those: found once for all entries, or asked of each."""
    if not asked:
        return []
    if large:
        held = sa.exists().where(documents.c.id == search_records.c.document_id, *asked)
        return [held.correlate(search_records)]
    return [search_records.c.document_id.in_(sa.select(documents.c.id).where(*asked).correlate(None))]


def _of_records(table: sa.Table, asked: Conditions) -> sa.ColumnElement[bool]:
    held = sa.exists().where(table.c.id == search_records.c.record_id, *asked)
    return held.correlate(search_records)


def _of_actors(within: Filter) -> sa.ColumnElement[bool]:
    """That the promise of an entry names one of the filter's units: what is kept of it is found by its place."""
    c, entry = standings.c, search_records.c
    held = sa.exists().where(c.document_id == entry.document_id, c.position == entry.position, by_actors(within))
    return held.correlate(search_records)


def _own_conditions(within: Filter, table: sa.Table) -> Conditions:
    if table is commitments:
        return of_promises(within)
    return of_numbers(within) if table is quantities else of_quotation(within, table)


def is_large(connection: Connection) -> bool:
    """Whether the index is so large that weighing all that answers would take too long."""
    return (connection.execute(_LAST).scalar() or 0) > _LARGE


def count(
    connection: Connection,
    question: Question,
    kinds: Sequence[str],
    narrowed: Conditions,
    most: int,
    facts: Facts = (),
) -> tuple[int, bool]:
    """How many entries of these kinds answer, and whether there may be more: the newest `most` are looked through."""
    source, conditions, _ = _asked(connection, question, kinds, [], facts)
    c = search_records.c
    newest = SEARCH_INDEX.c.rowid if connection.dialect.name == "sqlite" else c.entry_id
    answers = sa.select(c.kind, c.record_id, c.document_id, c.position).select_from(source).where(*conditions)
    some = answers.order_by(newest.desc()).limit(most).subquery() if narrowed else answers.limit(most).subquery()
    adapted = [ClauseAdapter(some).traverse(one) for one in narrowed]
    fitting = sa.func.sum(sa.case((sa.and_(*adapted), 1), else_=0)) if adapted else sa.func.count()
    looked_at, found = connection.execute(sa.select(sa.func.count(), fitting).select_from(some)).one()
    return found or 0, looked_at >= most


def _asked(
    connection: Connection, question: Question, kinds: Sequence[str], narrowed: Conditions, facts: Facts = ()
) -> tuple[sa.FromClause, Conditions, sa.ColumnElement[Any]]:
    """The question as tables, conditions and weight, in the words of this database."""
    of_kind: Conditions = [search_records.c.kind.in_(kinds)]
    source: sa.FromClause
    if connection.dialect.name == "sqlite":
        source = SEARCH_INDEX.join(search_records, search_records.c.entry_id == SEARCH_INDEX.c.rowid)
        asked: Conditions = [SEARCH_INDEX.c.search_index.match(_fts(question, (*of_kinds(kinds), *facts)))]
        weight: sa.ColumnElement[Any] = -sa.func.bm25(sa.literal_column("search_index"), 1.0, _ABOVE, 0.0)
    else:
        source = search_entries.join(search_records)
        asked, weight = _array_conditions(question), _array_weight(question)
    return source, [*asked, *of_kind, *narrowed], weight


def _fts(question: Question, facts: Facts) -> str:
    """The question for FTS5: quoted phrases of plain tokens, so that nothing typed can be taken for its syntax."""
    wanted = " AND ".join(f"({_any_of(group)})" for group in question.groups)
    if question.together:
        both = [f"({' AND '.join(map(_quoted, phrases))})" for phrases in question.together]
        wanted = " OR ".join([f"({wanted})", *both] if wanted else both)
    if not question.wide:  # no word that is typed becomes a token as the facts are: letters and digits in one
        wanted = f"tokens : ({wanted})"
    for row in facts:
        wanted = f"({wanted}) AND (facts : ({' OR '.join(row)}))"
    return f"({wanted}) NOT (tokens : ({_any_of(question.excluded)}))" if question.excluded else wanted


def _any_of(phrases: Sequence[Phrase]) -> str:
    return " OR ".join(map(_quoted, phrases))


def _quoted(phrase: Phrase) -> str:
    row, begins = paired_phrase(phrase)
    return '"' + " ".join(row) + '"' + (" *" if begins else "")


def _array_conditions(question: Question) -> Conditions:
    rows = _wide() if question.wide else _own()
    groups = [sa.or_(*(_holds(phrase, rows) for phrase in group)) for group in question.groups]
    if question.together:
        both = [sa.and_(*(_holds(phrase, rows) for phrase in phrases)) for phrases in question.together]
        groups = [sa.or_(*([sa.and_(*groups)] if groups else []), *both)]
    return [*groups, *(sa.not_(_own().contains(_spelled(phrase), autoescape=True)) for phrase in question.excluded)]


def _holds(phrase: Phrase, rows: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    """All tokens, which the index answers, and side by side, which only the text can tell."""
    indexed = search_entries.c.tokens + sa.literal_column("' '") + search_entries.c.context
    tokens = sa.func.string_to_array(indexed, sa.literal_column("' '"), type_=postgresql.ARRAY(sa.Text))
    wanted = sa.cast(postgresql.array(sorted(set(phrase))), postgresql.ARRAY(sa.Text))
    return sa.and_(tokens.contains(wanted), rows.contains(_spelled(phrase), autoescape=True))


def _array_weight(question: Question) -> sa.ColumnElement[Any]:
    """How many of the phrases stand there, longer ones weighing more; those above it less."""
    phrases = list(dict.fromkeys(phrase for group in (*question.groups, *question.together) for phrase in group))
    weights = [_weight(phrase, _own(), 1.0) for phrase in phrases]
    if question.wide:
        weights += [_weight(phrase, _padded(search_entries.c.context), _ABOVE) for phrase in phrases]
    return sum(weights[1:], weights[0])


def _weight(phrase: Phrase, rows: sa.ColumnElement[str], factor: float) -> sa.ColumnElement[Any]:
    there = rows.contains(_spelled(phrase), autoescape=True)
    return sa.case((there, factor * len(phrase)), else_=0.0)


def _own() -> sa.ColumnElement[str]:
    return _padded(search_entries.c.tokens)


def _wide() -> sa.ColumnElement[str]:
    return sa.literal(" ") + search_entries.c.tokens + sa.literal(" | ") + search_entries.c.context + sa.literal(" ")


def _padded(tokens: sa.ColumnElement[str]) -> sa.ColumnElement[str]:
    return sa.literal(" ") + tokens + sa.literal(" ")


def _spelled(phrase: Phrase) -> str:
    return f" {' '.join(phrase)} "
