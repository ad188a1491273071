"""The ledger as it stands on a day: what the store holds, and what that means on that day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from extractors.tracking.status import schedule_of, status_of
from models import queries
from models.evidence import Status
from models.ids import DocumentId, RecordId
from models.quantities import Quantity, Role
from models.queries import CURRENT, CommitmentRow, Filter, Sort
from models.search import SearchHit, SearchKind
from models.store import Store
from outputs.ledger import Ledger, Standing

QuantitiesByDocument = dict[DocumentId, list[Quantity]]


def gather(store: Store, as_of: date) -> Ledger:
    """Everything that is current, as it stands on `as_of`."""
    return Ledger(
        as_of=as_of,
        standings=standings(store, as_of),
        targets=tuple(queries.list_quantities(store, Filter(roles=(Role.TARGET,)))),
        declined=tuple(queries.declined_points(store)),
        documents=tuple(queries.list_documents(store)),
        failures=tuple(queries.failures(store)),
    )


def standings(store: Store, as_of: date, wanted: Filter = CURRENT, sort: Sort = Sort.DOCUMENT) -> tuple[Standing, ...]:
    """The promises that the filter finds, each with the numbers in its sentence and how it stands."""
    rows = queries.ledger(store, wanted, sort=sort)
    numbers = _numbers(store, tuple({row.document.id for row in rows}))
    return tuple(standing_of(row, numbers[row.document.id], as_of) for row in rows)


def standing_of(row: CommitmentRow, numbers: list[Quantity], as_of: date) -> Standing:
    """One promise as it stands. No evidence is linked yet, so only its day can speak against it."""
    commitment = row.commitment
    span = commitment.span
    return Standing(
        row=row,
        quantities=tuple(number for number in numbers if span.start <= number.span.start < span.end),
        status=status_of(commitment.strength, commitment.deadline, (), as_of),
        schedule=schedule_of(commitment.deadline, as_of),
    )


def statuses_of(store: Store, hits: Sequence[SearchHit], as_of: date) -> dict[RecordId, Status | None]:
    """The status of each commitment among some hits."""
    holders = tuple({hit.document.id for hit in hits if hit.kind is SearchKind.COMMITMENT})
    rows = queries.ledger(store, Filter(current=None, documents=holders)) if holders else []
    return {row.id: status_of(row.commitment.strength, row.commitment.deadline, (), as_of) for row in rows}


def _numbers(store: Store, documents: tuple[DocumentId, ...]) -> QuantitiesByDocument:
    found: QuantitiesByDocument = defaultdict(list)
    for start in range(0, len(documents), 500):
        part = Filter(current=None, documents=documents[start : start + 500])
        for row in queries.list_quantities(store, part):
            found[row.document.id].append(row.quantity)
    return found
