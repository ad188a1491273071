"""The quotations behind entries of the index."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from models.finding import Found
from models.ids import RecordId
from models.tables import commitments, declined, document_texts, documents, quantities, requests, units

_QUOTED = {"commitment": commitments, "declined": declined, "request": requests}
Key = tuple[str, RecordId]


@dataclass(frozen=True, slots=True)
class Quotation:
    """What the document says at [start, end)."""

    start: int
    end: int
    text: str


def quotations(connection: Connection, found: Iterable[Found]) -> dict[Key, Quotation]:
    """The quotations of these entries, by kind and id."""
    by_kind: dict[str, list[RecordId]] = defaultdict(list)
    for one in found:
        by_kind[one.kind].append(one.record)
    return {
        (kind, record): quotation
        for kind, records in by_kind.items()
        for record, quotation in _of_kind(connection, kind, records)
    }


def _of_kind(connection: Connection, kind: str, ids: list[RecordId]) -> Iterator[tuple[RecordId, Quotation]]:
    if kind == "unit":
        return _units(connection, ids)
    if kind == "document":
        return _headlines(connection, ids)
    if kind == "quantity":
        c = quantities.c
        wanted = sa.select(c.id, c.unit_start, c.unit_end, c.unit_text).where(c.id.in_(ids))
    else:
        table = _QUOTED[kind]
        wanted = sa.select(table.c.id, table.c.start, table.c.end, table.c.text).where(table.c.id.in_(ids))
    return ((row[0], Quotation(row[1], row[2], row[3])) for row in connection.execute(wanted))


def _units(connection: Connection, ids: list[RecordId]) -> Iterator[tuple[RecordId, Quotation]]:
    """Units, whose ids are their document's and their place in it, cut from the text."""
    for record in ids:
        document, _, position = record.partition("-")
        start, end = units.c.start, units.c.end
        text = sa.func.substr(document_texts.c.text, start + 1, end - start)
        wanted = sa.select(start, end, text).join(document_texts, document_texts.c.document_id == units.c.document_id)
        here = (units.c.document_id == document) & (units.c.position == int(position))
        yield record, Quotation(*connection.execute(wanted.where(here)).one())


def _headlines(connection: Connection, ids: list[RecordId]) -> Iterator[tuple[RecordId, Quotation]]:
    c = documents.c
    wanted = sa.select(c.id, sa.func.coalesce(c.own_title, c.title, c.subject, c.name)).where(c.id.in_(ids))
    return ((row[0], Quotation(0, 0, row[1])) for row in connection.execute(wanted))
