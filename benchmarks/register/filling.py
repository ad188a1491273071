"""A register of so many invented commitments, written quickly: `fill("sqlite:////tmp/big.db", 1_000_000)`.

python -m benchmarks.register sqlite:////tmp/big.db --size 1000000
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from benchmarks.register.blocks import BEGUN, Block, block, numbered
from models import nightly_tables, tables
from models import tracking_tables as found
from models.bulk import write_rows
from models.indexing import index_pairs
from models.owners import this_process
from models.standings import stand
from models.store import Store

_TABLES = (
    tables.documents,
    tables.document_texts,
    tables.sources,
    tables.versions,
    tables.sightings,
    tables.run_items,
    tables.units,
    tables.commitments,
    tables.declined,
    tables.requests,
    tables.quantities,
    tables.search_entries,
    tables.search_records,
    found.followed,
    found.links,
    found.progress,
    found.alarms,
    found.pairs,
    found.pair_keys,
    found.coverage,
    found.decisions,
    nightly_tables.status_log,
)
_INDEX = (tables.search_entries, tables.search_records)
_AT_ONCE = 100  # blocks of one transaction
_PER_BLOCK = 98  # commitments, in the middle


def fill(store: Store, size: int, told: Callable[[int], None] = lambda _: None, processes: int = 3) -> int:
    """Writes letters until `size` commitments are there; how many there are then. The store must be new."""
    run = store.begin_run("ingest", now=BEGUN, owner=this_process())
    written = 0
    with get_context("fork").Pool(processes) as pool, bulk(store) as connection:
        for batch in _batches(numbered(pool.imap(block, range(2 * size // _PER_BLOCK + 20), chunksize=8)), size):
            write(connection, batch)
            written += sum(made.commitments for made in batch)
            told(written)
        pool.terminate()
    store.finish_run(run, now=BEGUN)
    if store_kind(store) == "postgresql":
        _settle(store)
    return written


def store_kind(store: Store) -> str:
    """sqlite or postgresql."""
    with store.reading() as connection:
        return connection.dialect.name


def _batches(blocks: Iterator[Block], size: int) -> Iterator[list[Block]]:
    """Blocks in lots, until there are enough commitments."""
    batch, left = [], size
    for made in blocks:
        batch.append(made)
        left -= made.commitments
        if len(batch) == _AT_ONCE or left <= 0:
            yield batch
            batch = []
        if left <= 0:
            return


@contextmanager
def bulk(store: Store) -> Iterator[Connection]:
    """A connection that writes without waiting for the disk; what is written here can be made again."""
    with store.reading() as connection:
        engine = connection.engine
    with engine.connect() as connection:
        embedded = connection.dialect.name == "sqlite"
        raw: Any = connection.connection.driver_connection
        if embedded:
            for setting in ("synchronous = OFF", "foreign_keys = OFF", "cache_size = -1000000"):
                raw.execute(f"PRAGMA {setting}")
        connection.execution_options(writes=True)
        yield connection
        connection.rollback()
        if embedded:
            for setting in ("synchronous = FULL", "foreign_keys = ON", "cache_size = -32000"):
                raw.execute(f"PRAGMA {setting}")


def write(connection: Connection, batch: list[Block]) -> None:
    """Writes the blocks in one transaction, and into SQLite's full-text index."""
    with connection.begin():
        for table in _TABLES:
            write_rows(connection, table, [row for made in batch for row in made.rows[table.name]])
        entries, records = ([row for made in batch for row in made.rows[one.name]] for one in _INDEX)
        index_pairs(connection, entries, records)
        stand(connection, documents=[row["id"] for made in batch for row in made.rows[tables.documents.name]])


def _settle(store: Store) -> None:
    """What PostgreSQL does in the course of its life: numbers go on behind ours, and it knows what it holds."""
    with store.writing() as connection:
        for table in ("decisions", "run_items"):
            last = sa.text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")
            connection.execute(last)
        connection.exec_driver_sql("ANALYZE")
