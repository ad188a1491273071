"""Asking each database's own index one question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.sql.selectable import LateralFromClause
from sqlalchemy.sql.util import ClauseAdapter

from models.array_index import array_conditions, array_weight, hits
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

_NEWEST = 40_000  # entries among which the newest answers are looked for first
_MORE = 1.5  # and how much farther than they should reach, as often as they were there
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
    if newest and connection.dialect.name == "postgresql":
        return _newest(connection, question, kinds, narrowed, limit)
    c, e = search_records.c, search_entries.c
    source, conditions, weight = _asked(connection, question, kinds, narrowed, facts)
    if connection.dialect.name == "sqlite":
        source = source.join(search_entries, search_entries.c.id == c.entry_id)
    chosen = sa.select(c.kind, c.record_id, c.document_id, c.entry_id, e.tokens, e.context).select_from(source)
    likeliest = [sa.desc(weight), c.entry_id, c.kind, c.position]
    order: list[Any] = [SEARCH_INDEX.c.rowid.desc()] if newest else likeliest
    return _found(connection, chosen.where(*conditions).order_by(*order).limit(limit))


def _newest(
    connection: Connection, question: Question, kinds: Sequence[str], narrowed: Conditions, limit: int
) -> list[Found]:
    """The same of PostgreSQL, which gathers all that answer before it puts them in order: among the newest first."""
    rows: list[Found] = []
    windows = Windows(connection, limit)
    for after in windows:
        there = hits(question, after)
        record = _records_of(there.c.id, kinds, narrowed).c
        columns = (record.kind, record.record_id, record.document_id, record.entry_id, there.c.tokens, there.c.context)
        chosen = sa.select(*columns).join_from(there, record.kind.table, sa.true())
        rows = _found(connection, chosen.order_by(there.c.id.desc()).limit(limit))
        windows.found = len(rows)
    return rows


def _records_of(entry: sa.ColumnElement[int], kinds: Sequence[str], narrowed: Conditions) -> LateralFromClause:
    """The records of one entry after another: PostgreSQL would walk through all records beside the few that answer."""
    c = search_records.c
    chosen = sa.select(c.kind, c.record_id, c.document_id, c.entry_id, c.position)
    return chosen.where(c.entry_id == entry, c.kind.in_(kinds), *narrowed).offset(0).lateral("records")


class Windows:
    """Numbers of entries behind which `wanted` answers are looked for: first only among the newest; then as far as so
    many will be found, as often as they were till then; then among all.

    for after in windows:
        windows.found = …       how many there were
    """

    def __init__(self, connection: Connection, wanted: int) -> None:
        self.found, self._wanted = 0, wanted
        self._last = connection.execute(_LAST).scalar() or 0

    def __iter__(self) -> Iterator[int]:
        window = _NEWEST
        while window < self._last // 2:
            yield self._last - window
            if self.found >= self._wanted:
                return
            often = self._wanted / self.found if self.found else self._last
            window = int(window * often * _MORE) + 1
        yield 0


def _found(connection: Connection, chosen: sa.Select[Any]) -> list[Found]:
    return [
        Found(row.kind, RecordId(row.record_id), DocumentId(row.document_id), row.entry_id, row.tokens, row.context)
        for row in connection.execute(chosen)
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


def holding(connection: Connection, texts: Iterable[str], kind: str, *, most: int) -> dict[str, list[RecordId]]:
    """Records of one kind by the characters that they hold, of each text `most` at most; nothing of texts with numbers,
    Latin words or marks."""
    found = {}
    for text in dict.fromkeys(texts):
        if question := literally(text):
            chosen = answering(connection, question, kind).order_by(search_records.c.record_id).limit(most)
            found[text] = [RecordId(name) for name in connection.execute(chosen).scalars()]
    return found


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
    if connection.dialect.name == "postgresql":
        return _counted(connection, question, kinds, narrowed, most)
    c = search_records.c
    source, conditions, _ = _asked(connection, question, kinds, [], facts)
    answers = sa.select(c.kind, c.record_id, c.document_id, c.position).select_from(source).where(*conditions)
    if narrowed:
        answers = answers.order_by(SEARCH_INDEX.c.rowid.desc())
    looked_at, found = _fitting(connection, answers.limit(most), narrowed)
    return found, looked_at >= most


def _counted(
    connection: Connection, question: Question, kinds: Sequence[str], narrowed: Conditions, most: int
) -> tuple[int, bool]:
    """The same of PostgreSQL: any that answer, or where more is asked of them the newest."""
    if not narrowed:  # it ends with the last that is wanted, wherever that stands
        record = _records_of(search_entries.c.id, kinds, []).c
        source = search_entries.join(record.kind.table, sa.true())
        answers = sa.select(record.entry_id).select_from(source).where(*array_conditions(question))
        counted = sa.select(sa.func.count()).select_from(answers.limit(most).subquery())
        found = connection.execute(counted).scalar_one()
        return found, found >= most
    found = 0
    for after in (windows := Windows(connection, most)):
        there = hits(question, after)
        record = _records_of(there.c.id, kinds, []).c
        columns = (record.kind, record.record_id, record.document_id, record.position)
        answers = sa.select(*columns).join_from(there, record.kind.table, sa.true()).order_by(there.c.id.desc())
        windows.found, found = _fitting(connection, answers.limit(most), narrowed)
    return found, windows.found >= most


def looked_through(
    connection: Connection,
    question: Question,
    kinds: Sequence[str],
    narrowed: Conditions,
    held: Sequence[DocumentId],
    most: int,
) -> tuple[list[Found], int]:
    """Of PostgreSQL's newest `most` answers in some documents those that meet the conditions; how many there were."""
    there = hits(question, 0, held)
    record = _records_of(there.c.id, kinds, []).c
    columns = (record.kind, record.record_id, record.document_id, record.entry_id, record.position)
    answers = sa.select(*columns, there.c.tokens, there.c.context).join_from(there, record.kind.table, sa.true())
    some = answers.order_by(there.c.id.desc()).limit(most).subquery()
    fits = sa.and_(sa.true(), *(ClauseAdapter(some).traverse(one) for one in narrowed)).label("fits")
    rows = connection.execute(sa.select(some, fits).order_by(some.c.entry_id.desc())).all()
    found = [
        Found(row.kind, RecordId(row.record_id), DocumentId(row.document_id), row.entry_id, row.tokens, row.context)
        for row in rows
        if row.fits
    ]
    return found, len(rows)


def _fitting(connection: Connection, answers: sa.Select[Any], narrowed: Conditions) -> tuple[int, int]:
    """How many answers there are, and how many of them meet the conditions."""
    some = answers.subquery()
    adapted = [ClauseAdapter(some).traverse(one) for one in narrowed]
    fitting = sa.func.sum(sa.case((sa.and_(*adapted), 1), else_=0)) if adapted else sa.func.count()
    looked_at, found = connection.execute(sa.select(sa.func.count(), fitting).select_from(some)).one()
    return looked_at, found or 0


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
        asked, weight = array_conditions(question), array_weight(question, _ABOVE)
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
