"""What a database holds, told so that two can be compared: for each table how many rows, and a digest of them.

A digest doesn't depend on the order of the rows, since databases sort and store in ways of their own; it is taken over
the values as the program sees them, so that the same records give the same digest on SQLite and on PostgreSQL.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

import models

BATCH = 2_000  # rows that are in memory at a time


@dataclass(frozen=True, slots=True)
class Checksum:
    """A table's content: the number of rows, and 32 hex digits."""

    rows: int
    digest: str


class Summing:
    """A checksum in the making."""

    def __init__(self) -> None:
        self._rows, self._sum = 0, 0

    def add(self, rows: Iterable[Sequence[Any]]) -> None:
        """Takes in some rows, each with its values in the order of the table's columns."""
        for row in rows:
            digest = blake2b(repr(tuple(row)).encode("utf-8", "surrogatepass"), digest_size=16)
            self._sum += int.from_bytes(digest.digest(), "big")
            self._rows += 1

    @property
    def checksum(self) -> Checksum:
        """Of what was taken in so far."""
        return Checksum(self._rows, f"{self._sum % (1 << 128):032x}")


@cache
def all_tables() -> tuple[sa.Table, ...]:
    """Every table that any module describes (models/*tables.py), those that others refer to first."""
    described = [
        importlib.import_module(f"models.{module.name}").metadata
        for module in pkgutil.iter_modules(models.__path__)
        if module.name.endswith("tables")
    ]
    (metadata,) = set(described)
    return tuple(metadata.sorted_tables)


def batches_of(connection: Connection, table: sa.Table) -> Iterator[Sequence[Sequence[Any]]]:
    """All rows of a table, some at a time and never all in memory.

    Rows of a table that refers to itself come in the order of their key: what is referred to is there first.
    """
    chosen = sa.select(table)
    if any(key.column.table is table for key in table.foreign_keys):
        chosen = chosen.order_by(*table.primary_key.columns)
    found = connection.execution_options(stream_results=True, yield_per=BATCH).execute(chosen)
    yield from found.partitions()


def checksum(connection: Connection, table: sa.Table) -> Checksum:
    """What one table holds."""
    summing = Summing()
    for rows in batches_of(connection, table):
        summing.add(rows)
    return summing.checksum


def checksums(connection: Connection) -> dict[str, Checksum]:
    """What every table holds."""
    return {table.name: checksum(connection, table) for table in all_tables()}


def counts(connection: Connection) -> dict[str, int]:
    """How many rows every table has."""
    return {
        table.name: connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
        for table in all_tables()
    }
