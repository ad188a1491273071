"""Reading documents with their records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from models import rows
from models.extraction import Extraction
from models.ids import DocumentId
from models.tables import commitments, declined, document_texts, documents, quantities, requests, units

_AT_ONCE = 50  # documents asked for in one question
_RECORDS = (units, commitments, declined, requests, quantities)

_Found = Mapping[str, Mapping[str, Sequence[RowMapping]]]  # by table and document


def load(connection: Connection, document: DocumentId) -> Extraction:
    """The document as saved. KeyError: no such document."""
    return load_all(connection, [document])[document]


def load_all(connection: Connection, wanted: Iterable[DocumentId]) -> dict[DocumentId, Extraction]:
    """These documents as saved. KeyError: one is not there."""
    names = list(dict.fromkeys(wanted))
    found: dict[DocumentId, Extraction] = {}
    for start in range(0, len(names), _AT_ONCE):
        found |= _loaded(connection, names[start : start + _AT_ONCE])
    return found


def _loaded(connection: Connection, names: Sequence[DocumentId]) -> dict[DocumentId, Extraction]:
    asked = {"names": names}
    heads = {row["id"]: row for row in connection.execute(_heads(), asked).mappings().all()}
    records = {table.name: _by_document(connection, table, asked) for table in _RECORDS}
    return {name: _extraction(heads[name], records) for name in names}


def _by_document(
    connection: Connection, table: sa.Table, asked: Mapping[str, Sequence[DocumentId]]
) -> dict[str, list[RowMapping]]:
    found: dict[str, list[RowMapping]] = defaultdict(list)
    for row in connection.execute(_records_of(table), asked).mappings().all():  # quicker than row by row
        found[row["document_id"]].append(row)
    return found


def _extraction(head: RowMapping, records: _Found) -> Extraction:
    name, text = head["id"], head["text"]
    numbers = records["quantities"].get(name, ())
    places = {number["id"]: place for place, number in enumerate(numbers)}
    return Extraction(
        document=rows.document_of(head, text),
        identity=rows.identity_of(head),
        units=tuple(rows.unit_of(found, text) for found in records["units"].get(name, ())),
        commitments=tuple(rows.commitment_of(found) for found in records["commitments"].get(name, ())),
        declined=tuple(rows.declined_of(found) for found in records["declined"].get(name, ())),
        requests=tuple(rows.request_of(found) for found in records["requests"].get(name, ())),
        quantities=tuple(rows.quantity_of(found, places.get(found["part_of"])) for found in numbers),
    )


@cache
def _heads() -> sa.Select[tuple[object, ...]]:
    """Made once: to make a question and its key anew takes as long as the answer."""
    return sa.select(documents, document_texts.c.text).join(document_texts).where(_named(documents.c.id))


@cache
def _records_of(table: sa.Table) -> sa.Select[tuple[object, ...]]:
    return sa.select(table).where(_named(table.c.document_id)).order_by(table.c.document_id, table.c.position)


def _named(column: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    return column.in_(sa.bindparam("names", expanding=True))
