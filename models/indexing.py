"""Keeping the full-text index in step with the records; each database's own index follows `search_entries`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from models import facts
from models.above import Above
from models.bulk import write_rows
from models.commitments import Commitment, Declined, Request
from models.extraction import Extraction
from models.ids import DocumentId, RecordId
from models.quantities import Quantity
from models.rows import RecordIds, Row
from models.tables import search_entries, search_records
from models.text import fold
from models.tokens import paired, split_folded

_Row = Mapping[str, Any] | RowMapping
_KEEP = "INSERT INTO search_index(rowid, tokens, context, facts) VALUES (?, ?, ?, ?)"
_FORGET = "INSERT INTO search_index(search_index, rowid, tokens, context, facts) VALUES ('delete', ?, ?, ?, ?)"
_TOGETHER = 2_000  # entries of one step
_LAST = sa.select(sa.func.coalesce(sa.func.max(search_entries.c.id), 0))


def index(connection: Connection, document: DocumentId, extraction: Extraction, ids: RecordIds) -> None:
    """Makes the document and its records findable. A sentence is indexed once, whatever was found in it."""
    last = connection.execute(_LAST).scalar_one()
    entries, records = index_rows(document, extraction, ids, last + 1)
    write_rows(connection, search_entries, entries)
    write_rows(connection, search_records, records)
    index_pairs(connection, entries, records)


def index_pairs(connection: Connection, entries: Sequence[_Row], records: Iterable[_Row]) -> None:
    """Notes what is known of entries' documents that are written already, and puts the entries into SQLite's own index;
    PostgreSQL's follows by itself.

    `records`: all that these entries are.
    """
    if not entries:
        return
    known = facts.describe(connection, (entry["document_id"] for entry in entries))
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_KEEP, list(paired_rows(entries, records, known)))


def index_rows(document: DocumentId, extraction: Extraction, ids: RecordIds, first: int) -> tuple[list[Row], list[Row]]:
    """The rows of search_entries, numbered from `first`, and of search_records."""
    folded = fold(extraction.document.text)
    above = Above.of(extraction, folded)
    places: dict[tuple[str, str], int] = {}
    records = [
        {"entry_id": places.setdefault((text, above.at(start)), first + len(places)), "kind": kind}
        | {"record_id": name, "document_id": document, "position": position}
        for kind, name, position, start, text in _findable(document, extraction, ids, folded)
    ]
    entries = [
        {"id": place, "document_id": document, "tokens": _tokens(text), "context": _tokens(context)}
        for (text, context), place in places.items()
    ]
    return entries, records


def deindex(connection: Connection, document: DocumentId) -> None:
    """Takes the document and its records out of the index."""
    entries = sa.select(search_entries.c.id).where(search_entries.c.document_id == document)
    _deindex_pairs(connection, document)
    connection.execute(sa.delete(search_records).where(search_records.c.entry_id.in_(entries)))
    connection.execute(sa.delete(search_entries).where(search_entries.c.document_id == document))


def reindex(connection: Connection) -> None:
    """Makes SQLite's own index anew from the entries, as after a copy, and what is known of their documents;
    PostgreSQL's index needs nobody."""
    facts.forget_all(connection)
    if connection.dialect.name != "sqlite":
        facts.describe(connection, connection.execute(sa.select(search_entries.c.document_id).distinct()).scalars())
        return
    connection.exec_driver_sql("INSERT INTO search_index(search_index) VALUES ('delete-all')")
    c, last = search_entries.c, 0
    chosen = sa.select(c.id, c.document_id, c.tokens, c.context).order_by(c.id).limit(_TOGETHER)
    while batch := connection.execute(chosen.where(c.id > last)).mappings().all():
        index_pairs(connection, batch, records_of(connection, batch))
        last = batch[-1]["id"]


def _tokens(folded: str) -> str:
    return " ".join(split_folded(folded))


def _deindex_pairs(connection: Connection, document: DocumentId) -> None:
    """SQLite's index keeps no text of its own: it is told what to forget."""
    known: dict[str, str] = {document: facts.forget(connection, document)}
    if connection.dialect.name != "sqlite":
        return
    c = search_entries.c
    chosen = sa.select(c.id, c.document_id, c.tokens, c.context).where(c.document_id == document)
    gone = connection.execute(chosen).mappings().all()
    if gone:
        connection.exec_driver_sql(_FORGET, list(paired_rows(gone, records_of(connection, gone), known)))


def records_of(connection: Connection, entries: Sequence[_Row]) -> Sequence[RowMapping]:
    """What some entries are that stand together: the ids of their records' entries, and the kinds."""
    c, numbers = search_records.c, [entry["id"] for entry in entries]
    together = c.entry_id.between(min(numbers), max(numbers))
    return connection.execute(sa.select(c.entry_id, c.kind).where(together)).mappings().all()


def paired_rows(
    entries: Iterable[_Row], records: Iterable[_Row], known: Mapping[str, str]
) -> Iterator[tuple[int, str, str, str]]:
    """Entries as SQLite's index has them, with what is known of them: `known` of their documents."""
    kinds: dict[int, set[str]] = defaultdict(set)
    for record in records:
        kinds[record["entry_id"]].add(record["kind"])
    for entry in entries:
        tokens, context = (" ".join(paired(str(entry[name]).split(" "))) for name in ("tokens", "context"))
        told = facts.with_kinds(known.get(entry["document_id"]) or "", kinds[entry["id"]])
        yield entry["id"], tokens, context, told


def _findable(
    document: DocumentId, extraction: Extraction, ids: RecordIds, folded: str
) -> Iterator[tuple[str, str, int, int | None, str]]:
    """Kind, id, place among its kind, place in the text and folded text of what can be found."""
    yield "document", document, 0, None, fold(_headline(extraction))
    for unit in extraction.units:
        start = unit.span.start
        yield "unit", f"{document}-{unit.index}", unit.index, start, folded[start : unit.span.end]
    quoted: tuple[tuple[str, Sequence[RecordId], Sequence[Commitment | Declined | Request]], ...] = (
        ("commitment", ids.commitments, extraction.commitments),
        ("declined", ids.declined, extraction.declined),
        ("request", ids.requests, extraction.requests),
    )
    for kind, names, records in quoted:
        for position, (name, record) in enumerate(zip(names, records, strict=True)):
            yield kind, name, position, record.span.start, folded[record.span.start : record.span.end]
    for position, (name, number) in enumerate(zip(ids.quantities, extraction.quantities, strict=True)):
        yield "quantity", name, position, number.unit_span.start, _around(number, folded)


def _around(number: Quantity, folded: str) -> str:
    """The sentence that holds the number; with its indicator where that comes from elsewhere (a table's head)."""
    sentence = folded[number.unit_span.start : number.unit_span.end]
    indicator = fold(number.indicator or "")
    return sentence if indicator in sentence else f"{indicator}\n{sentence}"


def _headline(extraction: Extraction) -> str:
    """What a document is looked up by: titles, subject, numbers, people, units, place."""
    identity = extraction.identity
    single = (extraction.document.title, identity.title, identity.subject, identity.number, identity.doc_number)
    parts = (*single, *identity.proposers, identity.lead_unit, *identity.co_units, identity.region)
    return "\n".join(part for part in (extraction.document.name, *parts) if part)
