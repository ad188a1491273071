"""What ran, on which files, with what outcome; the versions that a file has had; the figures of the front page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from models.documents import Kind
from models.ids import DocumentId
from models.quantities import Role
from models.runs import Counts, Outcome, Owner, Run, RunId, RunItem
from models.store import Store
from models.tables import documents, quantities, run_items, runs, sources, versions


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version of a file: from `seen` until `superseded` (None: it is the present one)."""

    path: str
    number: int
    document: DocumentId
    digest: str | None
    seen: datetime
    superseded: datetime | None


@dataclass(frozen=True, slots=True)
class Overview:
    """The figures of the front page, of current documents alone."""

    documents: dict[Kind, int]
    targets: int
    failures: int


def list_runs(store: Store, *, limit: int | None = 20, offset: int = 0, only: RunId | None = None) -> list[Run]:
    """The runs, latest first, with how many files came to what; `only` one of them."""
    latest = sa.select(runs).order_by(runs.c.id.desc()).limit(limit).offset(offset)
    if only is not None:
        latest = latest.where(runs.c.id == only)
    with store.reading() as connection:
        found = connection.execute(latest).mappings().all()
        outcomes = _outcomes(connection, [row["id"] for row in found])
    return [_run(row, outcomes[row["id"]]) for row in found]


def count_runs(store: Store) -> int:
    """How many runs there were."""
    with store.reading() as connection:
        return _rows(connection, runs)


def run_items_of(
    store: Store, run: RunId, *, failed: bool = False, limit: int | None = None, offset: int = 0
) -> list[RunItem]:
    """The files of one run, in the order in which they were done; `failed`: those that couldn't be read."""
    of_run = sa.select(run_items).where(run_items.c.run_id == run).order_by(run_items.c.id).limit(limit).offset(offset)
    if failed:
        of_run = of_run.where(run_items.c.outcome == Outcome.FAILED)
    with store.reading() as connection:
        return [_item(row) for row in connection.execute(of_run).mappings()]


def versions_of(store: Store, path: str) -> list[VersionRow]:
    """The versions that the file at this path has had, oldest first; empty of a file that was never read."""
    held = sa.select(versions, sources.c.path).join(sources).where(sources.c.path == path).order_by(versions.c.number)
    with store.reading() as connection:
        return [
            VersionRow(row["path"], row["number"], row["document_id"], row["digest"], row["seen"], row["superseded"])
            for row in connection.execute(held).mappings()
        ]


def overview(store: Store) -> Overview:
    """How much is in the register."""
    kinds = sa.select(documents.c.kind, sa.func.count()).where(documents.c.current).group_by(documents.c.kind)
    with store.reading() as connection:
        return Overview(
            documents={row[0]: row[1] for row in connection.execute(kinds)},
            targets=_count(connection, quantities, quantities.c.role == Role.TARGET),
            failures=_rows(connection, sources, sources.c.failure.is_not(None)),
        )


def _count(connection: Connection, table: sa.Table, *conditions: sa.ColumnElement[bool]) -> int:
    """Of current documents: all but those of the others, who are few."""
    others = sa.select(documents.c.id).where(~documents.c.current)
    return _rows(connection, table, table.c.document_id.not_in(others), *conditions)


def _rows(connection: Connection, table: sa.FromClause, *conditions: sa.ColumnElement[bool]) -> int:
    return connection.execute(sa.select(sa.func.count()).select_from(table).where(*conditions)).scalar_one()


def _outcomes(connection: Connection, ids: Iterable[int]) -> dict[int, dict[Outcome, int]]:
    """How many files came to what, by run."""
    of, came_to = run_items.c.run_id, run_items.c.outcome
    counted = sa.select(of, came_to, sa.func.count()).where(of.in_(list(ids))).group_by(of, came_to)
    found: dict[int, dict[Outcome, int]] = defaultdict(dict)
    for run, outcome, number in connection.execute(counted):
        found[run][outcome] = number
    return found


def _run(row: RowMapping, outcomes: dict[Outcome, int]) -> Run:
    return Run(
        id=RunId(row["id"]),
        kind=row["kind"],
        owner=Owner(row["host"], row["pid"], row["boot"], row["process_started"]),
        state=row["state"],
        started=row["started"],
        ended=row["ended"],
        error=row["error"],
        skipped=row["skipped"],
        outcomes=outcomes,
    )


def _item(row: RowMapping) -> RunItem:
    return RunItem(
        run=RunId(row["run_id"]),
        path=row["path"],
        outcome=row["outcome"],
        document=row["document_id"],
        reason=row["reason"],
        detail=row["detail"],
        counts=Counts(row["commitments"], row["declined"], row["requests"], row["quantities"]),
        started=row["started"],
        ended=row["ended"],
    )
