"""The documents behind the records: one, those of some ids, and their list with what was found in each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from models import rows
from models.documents import Identity
from models.filters import CURRENT, Filter, of_documents
from models.ids import DocumentId, in_parts
from models.runs import Counts
from models.store import Store
from models.tables import commitments, declined, documents, quantities, requests, sources

_RECORDS = (commitments, declined, requests, quantities)


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document without its text: `name` is its file's name, `path` the file whose reading is kept."""

    id: DocumentId
    name: str
    path: str
    form: str
    current: bool
    identity: Identity
    title: str | None
    notes: tuple[str, ...]
    extractor: str
    created: datetime


@dataclass(frozen=True, slots=True)
class ListedDocument:
    """A document with how much was found in it, and all files that hold it now."""

    document: DocumentRow
    counts: Counts
    paths: tuple[str, ...]


def list_documents(
    store: Store, wanted: Filter = CURRENT, *, limit: int | None = None, offset: int = 0
) -> list[ListedDocument]:
    """The documents, newest first, with their counts and files."""
    newest = (documents.c.date.desc().nulls_last(), documents.c.name, documents.c.id)
    chosen = sa.select(documents.c.id).where(*of_documents(wanted)).order_by(*newest).limit(limit).offset(offset)
    with store.reading() as connection:
        ids = [DocumentId(one) for one in connection.execute(chosen).scalars()]  # from an index alone, however deep
        known = documents_by_id(connection, ids)
        listed = [known[one] for one in ids]
        counts = {table.name: _counted(connection, table, ids) for table in _RECORDS}
        paths = _paths(connection, ids)
    return [
        ListedDocument(row, Counts(**{name: by.get(row.id, 0) for name, by in counts.items()}), paths.get(row.id, ()))
        for row in listed
    ]


def count_documents(store: Store, wanted: Filter = CURRENT) -> int:
    """How many documents a filter finds."""
    with store.reading() as connection:
        counted = sa.select(sa.func.count()).select_from(documents).where(*of_documents(wanted))
        return connection.execute(counted).scalar_one()


def document(store: Store, wanted: DocumentId) -> DocumentRow:
    """One document, current or not. KeyError: no such document."""
    with store.reading() as connection:
        return documents_by_id(connection, [wanted])[wanted]


def documents_by_id(connection: Connection, ids: list[DocumentId]) -> dict[DocumentId, DocumentRow]:
    """Documents by their ids, current or not; those that there aren't are left out."""
    found: dict[DocumentId, DocumentRow] = {}
    for part in in_parts(ids):
        chosen = sa.select(documents).where(documents.c.id.in_(part))
        found |= {row["id"]: _document_row(row) for row in connection.execute(chosen).mappings()}
    return found


def _document_row(row: RowMapping) -> DocumentRow:
    return DocumentRow(
        id=DocumentId(row["id"]),
        name=row["name"],
        path=row["path"],
        form=row["form"],
        current=row["current"],
        identity=rows.identity_of(row),
        title=row["title"],
        notes=row["notes"],
        extractor=row["extractor"],
        created=row["created"],
    )


def _counted(connection: Connection, table: sa.Table, ids: list[DocumentId]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for part in in_parts(ids):
        of = table.c.document_id
        grouped = sa.select(of, sa.func.count()).where(of.in_(part)).group_by(of)
        counts |= {row[0]: row[1] for row in connection.execute(grouped)}
    return counts


def _paths(connection: Connection, ids: list[DocumentId]) -> dict[str, tuple[str, ...]]:
    paths: dict[str, tuple[str, ...]] = {}
    for part in in_parts(ids):
        held = sa.select(sources.c.document_id, sources.c.path).where(sources.c.document_id.in_(part))
        for key, path in connection.execute(held.order_by(sources.c.path)):
            paths[key] = (*paths.get(key, ()), path)
    return paths
