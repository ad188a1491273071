"""Keeping the full-text index in step with the records; each database's own index follows `search_entries`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from models import rows
from models.extraction import Extraction
from models.ids import DocumentId
from models.tables import search_entries
from models.tokens import tokens


def index(connection: Connection, document: DocumentId, extraction: Extraction) -> None:
    """Makes the document and its records findable."""
    connection.execute(sa.insert(search_entries), list(_entries(document, extraction)))


def deindex(connection: Connection, document: DocumentId) -> None:
    """Takes the document and its records out of the index."""
    connection.execute(sa.delete(search_entries).where(search_entries.c.document_id == document))


def _entries(document: DocumentId, extraction: Extraction) -> Iterator[dict[str, Any]]:
    ids = rows.RecordIds(document, extraction.document.text)
    yield _entry("document", document, document, 0, _headline(extraction))
    for unit in extraction.units:
        yield _entry("unit", f"{document}-{unit.index}", document, unit.index, unit.span.text)
    for place, promise in enumerate(extraction.commitments):
        yield _entry("commitment", ids.of("commitment", promise.span.start), document, place, promise.span.text)
    for place, refusal in enumerate(extraction.declined):
        yield _entry("declined", ids.of("declined", refusal.span.start), document, place, refusal.span.text)
    for place, request in enumerate(extraction.requests):
        yield _entry("request", ids.of("request", request.span.start), document, place, request.span.text)
    for place, number in enumerate(extraction.quantities):
        text = f"{number.indicator or ''} {number.span.text} {number.unit_span.text}"
        yield _entry("quantity", ids.of("quantity", number.span.start), document, place, text)


def _entry(kind: str, record: str, document: DocumentId, position: int, text: str) -> dict[str, Any]:
    return {"kind": kind, "record_id": record, "document_id": document, "position": position, "tokens": tokens(text)}


def _headline(extraction: Extraction) -> str:
    """What a document is looked up by: titles, subject, numbers, people, units, place."""
    identity = extraction.identity
    single = (extraction.document.title, identity.title, identity.subject, identity.number, identity.doc_number)
    parts = (*single, *identity.proposers, identity.lead_unit, *identity.co_units, identity.region)
    return "\n".join(part for part in (extraction.document.name, *parts) if part)
