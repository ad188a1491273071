"""Reading one document with its records."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from models import rows
from models.extraction import Extraction
from models.ids import DocumentId
from models.tables import commitments, declined, document_texts, documents, quantities, requests, units


def load(connection: Connection, document: DocumentId) -> Extraction:
    """The document as saved. KeyError: no such document."""
    wanted = sa.select(documents, document_texts.c.text).join(document_texts).where(documents.c.id == document)
    row = connection.execute(wanted).mappings().first()
    if row is None:
        raise KeyError(document)
    text = row["text"]
    numbers = _of(connection, quantities, document)
    places = {number["id"]: place for place, number in enumerate(numbers)}
    return Extraction(
        document=rows.document_of(row, text),
        identity=rows.identity_of(row),
        units=tuple(rows.unit_of(found, text) for found in _of(connection, units, document)),
        commitments=tuple(rows.commitment_of(found) for found in _of(connection, commitments, document)),
        declined=tuple(rows.declined_of(found) for found in _of(connection, declined, document)),
        requests=tuple(rows.request_of(found) for found in _of(connection, requests, document)),
        quantities=tuple(rows.quantity_of(found, places.get(found["part_of"])) for found in numbers),
    )


def _of(connection: Connection, table: sa.Table, document: DocumentId) -> list[RowMapping]:
    wanted = sa.select(table).where(table.c.document_id == document).order_by(table.c.position)
    return list(connection.execute(wanted).mappings())
