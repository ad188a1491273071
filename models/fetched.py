"""What is known of the addresses that sources lead to: asked for only when they may have changed, never forgotten."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from models.nightly import Fetched, FetchedRow
from models.nightly_tables import fetched

_NAMES = tuple(column.name for column in fetched.columns)
_FILES = (Fetched.ARTICLE, Fetched.ATTACHMENT, Fetched.MEMBER)


def known_of(connection: Connection, source: str) -> dict[str, FetchedRow]:
    """What is known of a source's addresses."""
    found = connection.execute(sa.select(fetched).where(fetched.c.source == source))
    return {row.address: FetchedRow(*row) for row in found}


def note(connection: Connection, row: FetchedRow) -> None:
    """Keeps what is known of an address now; when it was first seen stays."""
    connection.execute(_upsert(connection.dialect.name), [{name: getattr(row, name) for name in _NAMES}])


def note_gone(connection: Connection, addresses: Iterable[str], now: datetime) -> int:
    """Notes that these are no longer there; how many were, until now. Nothing is deleted."""
    return sum(
        connection.execute(
            sa.update(fetched).where(fetched.c.address == address, fetched.c.gone.is_(None)).values(gone=now)
        ).rowcount
        for address in addresses
    )


def gone_since(connection: Connection) -> list[FetchedRow]:
    """What has vanished from its source and not come back, latest first."""
    found = sa.select(fetched).where(fetched.c.gone.is_not(None)).order_by(fetched.c.gone.desc(), fetched.c.address)
    return [FetchedRow(*row) for row in connection.execute(found)]


def files_of(connection: Connection, sources: Iterable[str]) -> Iterator[FetchedRow]:
    """Everything that was fetched from these sources and is a file to read, also what has vanished there since."""
    chosen = sa.select(fetched).where(fetched.c.source.in_(list(sources)), fetched.c.digest.is_not(None))
    for row in connection.execute(chosen.where(fetched.c.role.in_(_FILES)).order_by(fetched.c.address)):
        yield FetchedRow(*row)


@cache
def _upsert(dialect: str) -> sa.Insert:
    insert: Any = (postgresql if dialect == "postgresql" else sqlite).insert(fetched)
    newer = {name: insert.excluded[name] for name in _NAMES if name not in ("address", "first_seen")}
    statement: sa.Insert = insert.on_conflict_do_update(index_elements=["address"], set_=newer)
    return statement
