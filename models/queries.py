"""What pages, sheets and the command line read: plain rows, each record with the document it stands in.

    with open_store(url) as store:
        for row in ledger(store, Filter(units=("住房和城乡建设局",), has_deadline=True), sort=Sort.DEADLINE):
            ... row.document.name, row.commitment.span.text

Only current documents unless the filter says otherwise; superseded versions stay readable (`Filter(current=None)`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from models import rows
from models.commitments import Commitment, Declined, Request
from models.document_rows import (
    DocumentRow,
    ListedDocument,
    count_documents,
    document,
    documents_by_id,
    list_documents,
)
from models.errors import Unreadable
from models.evidence import Status
from models.filters import (
    CURRENT,
    Filter,
    Sort,
    of_commitments,
    of_quantities,
    of_quoted,
    order,
)
from models.ids import DocumentId, RecordId, in_parts
from models.lists import choose, count
from models.lists import statuses as stood
from models.quantities import Quantity
from models.store import Store
from models.tables import commitments, declined, documents, quantities, requests, sources

__all__ = [
    "CURRENT",
    "CommitmentRow",
    "DeclinedRow",
    "DocumentRow",
    "FailureRow",
    "Filter",
    "ListedDocument",
    "QuantityRow",
    "RequestRow",
    "Sort",
    "commitment",
    "count_commitments",
    "count_documents",
    "declined_points",
    "document",
    "documents_by_id",
    "failures",
    "in_parts",
    "ledger",
    "list_documents",
    "list_quantities",
    "list_requests",
    "listed",
    "quantities_in_order",
    "statuses",
]


@dataclass(frozen=True, slots=True)
class CommitmentRow:
    """One line of the ledger. `position` is its place among the document's commitments, from 0."""

    id: RecordId
    position: int
    commitment: Commitment
    document: DocumentRow


@dataclass(frozen=True, slots=True)
class DeclinedRow:
    """One declined point."""

    id: RecordId
    position: int
    declined: Declined
    document: DocumentRow


@dataclass(frozen=True, slots=True)
class RequestRow:
    """One ask."""

    id: RecordId
    position: int
    request: Request
    document: DocumentRow


@dataclass(frozen=True, slots=True)
class QuantityRow:
    """One number with its meaning; `part_of` the id of its total (`quantity.part_of` is None here)."""

    id: RecordId
    position: int
    quantity: Quantity
    part_of: RecordId | None
    document: DocumentRow


@dataclass(frozen=True, slots=True)
class FailureRow:
    """A file that can't be read now. `document`: what it held when it last could, which the ledger still shows."""

    path: str
    name: str
    form: str
    size: int | None
    reason: Unreadable
    detail: str
    failed: datetime
    document: DocumentId | None


def ledger(
    store: Store,
    wanted: Filter = CURRENT,
    *,
    sort: Sort = Sort.DOCUMENT,
    limit: int | None = None,
    offset: int = 0,
    also: Sequence[sa.ColumnElement[bool]] | None = None,
    named: bool = False,
    decided: int | None = None,
) -> list[CommitmentRow]:
    """The commitments, each with its document. `also`: more conditions, on how they stand (`models/stands.py`): now, or
    when the decision of the number `decided` was the last.

    `named`: they name a few commitments, so that no long list is walked through for them.
    """
    with store.reading() as connection:
        if also is None:
            found = _records(connection, commitments, of_commitments(wanted), sort, limit, offset)
        else:
            found = _lines(connection, choose(connection, wanted, also, sort, limit, offset, named, decided))
        holders = _holders(connection, found)
    return [
        CommitmentRow(RecordId(row["id"]), row["position"], rows.commitment_of(row), holders[row["document_id"]])
        for row in found
    ]


def listed(
    store: Store,
    wanted: Filter,
    also: Sequence[sa.ColumnElement[bool]],
    *,
    sort: Sort = Sort.DOCUMENT,
    limit: int | None = None,
    offset: int = 0,
    named: bool = False,
    decided: int | None = None,
) -> list[RecordId]:
    """The ids of the commitments that stand as `also` says, in order; `named` and `decided` as in `ledger`."""
    with store.reading() as connection:
        return [RecordId(one) for one in choose(connection, wanted, also, sort, limit, offset, named, decided)]


def statuses(
    store: Store,
    wanted: Filter,
    also: Sequence[sa.ColumnElement[bool]],
    as_of: date,
    *,
    decided: int | None = None,
) -> dict[RecordId, Status | None]:
    """How the few commitments that `also` names stand on a day, of those that a filter leaves in.

    `decided` as in `ledger`.
    """
    with store.reading() as connection:
        found = stood(connection, wanted, also, as_of, decided=decided)
        return {RecordId(one): status for one, status in found.items()}


def _lines(connection: Connection, ids: Sequence[str]) -> Sequence[RowMapping]:
    """These commitments, in their order."""
    lines = {
        row["id"]: row
        for part in in_parts(ids)
        for row in connection.execute(sa.select(commitments).where(commitments.c.id.in_(part))).mappings()
    }
    return [lines[one] for one in ids]


def commitment(store: Store, wanted: RecordId) -> CommitmentRow:
    """One commitment, of a current document or not. KeyError: there is none."""
    with store.reading() as connection:
        row = connection.execute(sa.select(commitments).where(commitments.c.id == wanted)).mappings().first()
        if row is None:
            raise KeyError(wanted)
        holder = documents_by_id(connection, [DocumentId(row["document_id"])])[DocumentId(row["document_id"])]
    return CommitmentRow(RecordId(row["id"]), row["position"], rows.commitment_of(row), holder)


def commitments_named(store: Store, ids: Sequence[RecordId]) -> list[CommitmentRow]:
    """The commitments of these ids that are there, in no order: of current documents or not, on a list or not."""
    with store.reading() as connection:
        found = [
            row
            for part in in_parts(list(dict.fromkeys(ids)))
            for row in connection.execute(sa.select(commitments).where(commitments.c.id.in_(part))).mappings()
        ]
        holders = _holders(connection, found)
    return [
        CommitmentRow(RecordId(row["id"]), row["position"], rows.commitment_of(row), holders[row["document_id"]])
        for row in found
    ]


def count_commitments(
    store: Store,
    wanted: Filter = CURRENT,
    *,
    also: Sequence[sa.ColumnElement[bool]] | None = None,
    decided: int | None = None,
    named: bool = False,
) -> int:
    """How many commitments a filter finds: for paging. `also` and `named` as in `ledger`; `decided`: how many there
    were when the decision of this number was the last."""
    with store.reading() as connection:
        if also is not None:
            return count(connection, wanted, also, decided=decided, named=named)
        counted = sa.select(sa.func.count()).select_from(commitments.join(documents)).where(*of_commitments(wanted))
        return connection.execute(counted).scalar_one()


def declined_points(
    store: Store, wanted: Filter = CURRENT, *, sort: Sort = Sort.DOCUMENT, limit: int | None = None, offset: int = 0
) -> list[DeclinedRow]:
    """The declined points, each with its document."""
    with store.reading() as connection:
        found = _records(connection, declined, of_quoted(wanted, declined), sort, limit, offset)
        holders = _holders(connection, found)
    return [
        DeclinedRow(RecordId(row["id"]), row["position"], rows.declined_of(row), holders[row["document_id"]])
        for row in found
    ]


def list_requests(
    store: Store, wanted: Filter = CURRENT, *, sort: Sort = Sort.DOCUMENT, limit: int | None = None, offset: int = 0
) -> list[RequestRow]:
    """The requests, each with its document."""
    with store.reading() as connection:
        found = _records(connection, requests, of_quoted(wanted, requests), sort, limit, offset)
        holders = _holders(connection, found)
    return [
        RequestRow(RecordId(row["id"]), row["position"], rows.request_of(row), holders[row["document_id"]])
        for row in found
    ]


def list_quantities(
    store: Store, wanted: Filter = CURRENT, *, sort: Sort = Sort.DOCUMENT, limit: int | None = None, offset: int = 0
) -> list[QuantityRow]:
    """The quantities, each with its document; targets alone: Filter(roles=(Role.TARGET,))."""
    with store.reading() as connection:
        found = _records(connection, quantities, of_quantities(wanted), sort, limit, offset)
        holders = _holders(connection, found)
    return [_quantity_row(row, holders[row["document_id"]]) for row in found]


def quantities_in_order(
    store: Store,
    conditions: Sequence[sa.ColumnElement[bool]],
    order_by: Sequence[sa.ColumnElement[object]],
    *,
    limit: int | None = None,
    offset: int = 0,
) -> list[QuantityRow]:
    """The quantities that meet some conditions, in an order of the caller's."""
    chosen = sa.select(quantities).join(documents).where(*conditions).order_by(*order_by).limit(limit).offset(offset)
    with store.reading() as connection:
        found = connection.execute(chosen).mappings().all()
        holders = _holders(connection, found)
    return [_quantity_row(row, holders[row["document_id"]]) for row in found]


def failures(store: Store) -> list[FailureRow]:
    """The files that can't be read now, by path."""
    found = sa.select(sources).where(sources.c.failure.is_not(None)).order_by(sources.c.path)
    with store.reading() as connection:
        return [
            FailureRow(
                row["path"],
                row["name"],
                row["form"],
                row["size"],
                row["failure"],
                row["failure_detail"],
                row["failed"],
                row["document_id"],
            )
            for row in connection.execute(found).mappings()
        ]


def _records(
    connection: Connection,
    table: sa.Table,
    conditions: list[sa.ColumnElement[bool]],
    sort: Sort,
    limit: int | None,
    offset: int,
) -> Sequence[RowMapping]:
    found = sa.select(table).join(documents).where(*conditions).order_by(*order(sort, table))
    return connection.execute(found.limit(limit).offset(offset)).mappings().all()


def _holders(connection: Connection, found: Iterable[RowMapping]) -> dict[DocumentId, DocumentRow]:
    """The documents that these records stand in, each built once."""
    return documents_by_id(connection, list(dict.fromkeys(DocumentId(row["document_id"]) for row in found)))


def _quantity_row(row: RowMapping, holder: DocumentRow) -> QuantityRow:
    return QuantityRow(RecordId(row["id"]), row["position"], rows.quantity_of(row, None), row["part_of"], holder)
