"""Keeping the full-text index in step with the records; each database's own index follows `search_entries`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from models.bulk import write_rows
from models.commitments import Commitment, Declined, Request
from models.extraction import Extraction
from models.ids import DocumentId, RecordId
from models.quantities import Quantity
from models.rows import RecordIds
from models.tables import search_entries, search_records
from models.text import fold
from models.tokens import split_folded

_LAST = sa.select(sa.func.coalesce(sa.func.max(search_entries.c.id), 0))


def index(connection: Connection, document: DocumentId, extraction: Extraction, ids: RecordIds) -> None:
    """Makes the document and its records findable. A sentence is indexed once, whatever was found in it."""
    folded = fold(extraction.document.text)
    places: dict[str, int] = {}
    last = connection.execute(_LAST).scalar_one()
    records = [
        {"entry_id": places.setdefault(text, last + len(places) + 1), "kind": kind, "record_id": name}
        | {"document_id": document, "position": position}
        for kind, name, position, text in _findable(document, extraction, ids, folded)
    ]
    entries = [
        {"id": place, "document_id": document, "tokens": " ".join(split_folded(text))} for text, place in places.items()
    ]
    write_rows(connection, search_entries, entries)
    write_rows(connection, search_records, records)


def deindex(connection: Connection, document: DocumentId) -> None:
    """Takes the document and its records out of the index."""
    entries = sa.select(search_entries.c.id).where(search_entries.c.document_id == document)
    connection.execute(sa.delete(search_records).where(search_records.c.entry_id.in_(entries)))
    connection.execute(sa.delete(search_entries).where(search_entries.c.document_id == document))


def _findable(
    document: DocumentId, extraction: Extraction, ids: RecordIds, folded: str
) -> Iterator[tuple[str, str, int, str]]:
    """Kind, id, place and folded text of what can be found."""
    yield "document", document, 0, fold(_headline(extraction))
    for unit in extraction.units:
        yield "unit", f"{document}-{unit.index}", unit.index, folded[unit.span.start : unit.span.end]
    quoted: tuple[tuple[str, Sequence[RecordId], Sequence[Commitment | Declined | Request]], ...] = (
        ("commitment", ids.commitments, extraction.commitments),
        ("declined", ids.declined, extraction.declined),
        ("request", ids.requests, extraction.requests),
    )
    for kind, names, records in quoted:
        for position, (name, record) in enumerate(zip(names, records, strict=True)):
            yield kind, name, position, folded[record.span.start : record.span.end]
    for position, (name, number) in enumerate(zip(ids.quantities, extraction.quantities, strict=True)):
        yield "quantity", name, position, _around(number, folded)


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
