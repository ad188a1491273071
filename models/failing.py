"""Files that can't be read: how many for which reason, one page of them, and which are to be read once more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from models.errors import Unreadable
from models.ids import DocumentId
from models.store import Store
from models.tables import sources


@dataclass(frozen=True, slots=True)
class FailureGroup:
    """The files that one reason keeps from being read; `again` of them the next run reads once more."""

    reason: Unreadable
    number: int
    again: int
    latest: datetime | None


@dataclass(frozen=True, slots=True)
class Failing:
    """One such file. `document`: what it held when it could still be read; `again`: the next run tries it once more."""

    path: str
    name: str
    reason: Unreadable
    detail: str
    failed: datetime | None
    document: DocumentId | None
    again: bool


def failure_groups(store: Store) -> list[FailureGroup]:
    """The reasons, the most frequent first."""
    c = sources.c
    number, again = sa.func.count(), sa.func.sum(sa.case((c.extractor.is_(None), 1), else_=0))
    grouped = sa.select(c.failure, number, again, sa.func.max(c.failed)).where(c.failure.is_not(None))
    with store.reading() as connection:
        rows = connection.execute(grouped.group_by(c.failure).order_by(number.desc(), c.failure)).all()
    return [FailureGroup(row[0], row[1], int(row[2]), row[3]) for row in rows]


def failing(
    store: Store, reason: Unreadable | None = None, *, limit: int | None = None, offset: int = 0
) -> list[Failing]:
    """The files, those that failed last first."""
    c = sources.c
    chosen = sa.select(sources).where(*_because(reason)).order_by(c.failed.desc(), c.path).limit(limit).offset(offset)
    with store.reading() as connection:
        return [
            Failing(
                row["path"],
                row["name"],
                row["failure"],
                row["failure_detail"] or "",
                row["failed"],
                row["document_id"],
                row["extractor"] is None,
            )
            for row in connection.execute(chosen).mappings()
        ]


def try_again(store: Store, reason: Unreadable | None, expected: int) -> int | None:
    """Has the next run read these files once more, changed or not; how many. None: there aren't as many as expected,
    and nothing was done."""
    with store.writing() as connection:
        count = sa.select(sa.func.count()).select_from(sources).where(*_because(reason))
        if connection.execute(count).scalar_one() != expected:
            return None
        connection.execute(sa.update(sources).where(*_because(reason)).values(extractor=None))
    return expected


def _because(reason: Unreadable | None) -> list[sa.ColumnElement[bool]]:
    return [sources.c.failure.is_not(None) if reason is None else sources.c.failure == reason]
