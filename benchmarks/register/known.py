"""Documents that a register keeps as if it had taken them in and followed them up, for registers of any size."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from multiprocessing import get_context
from typing import TypeVar

from benchmarks.register.blocks import BEGUN, Block, KeptAs, add_document, numbered
from benchmarks.register.filling import bulk, write
from extractors.pipeline import extract
from extractors.tracking.pairs import pair_keys
from flows.version import extractor_version, tracker_version
from models import rows
from models import tracking_tables as found
from models.evidence import Paper
from models.extraction import Extraction
from models.keeping import digest_of_records
from models.owners import this_process
from models.runs import SourceFile
from models.store import Store

_BLOCKS_AT_ONCE = 40

Lot = TypeVar("Lot")


def keep_known(store: Store, block: Callable[[Lot], Block], lots: Iterable[Lot], processes: int = 2) -> None:
    """Writes the rows that `block` makes of each lot, in one run. The store must hold nothing else."""
    run = store.begin_run("ingest", now=BEGUN, owner=this_process())
    with get_context("fork").Pool(processes) as pool, bulk(store) as connection:
        for batch in _batches(numbered(pool.imap(block, lots, chunksize=4))):
            write(connection, batch)
    store.finish_run(run, now=BEGUN)


def _batches(blocks: Iterator[Block]) -> Iterator[list[Block]]:
    batch: list[Block] = []
    for made in blocks:
        batch.append(made)
        if len(batch) == _BLOCKS_AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


def add_known(made: Block, one: Extraction, path: str, size: int, mtime_ns: int) -> None:
    """A text file with this path, which today's rules have read and followed up."""
    text, name = one.document.text, path.rpartition("/")[2]
    id = rows.document_id(text)
    source = SourceFile(path, name, "txt", hashlib.sha256(text.encode()).hexdigest(), size, mtime_ns)
    add_document(made, one, KeptAs(source, extractor_version(), _tracker(), digest_of_records(id, one)))
    for key in sorted({key[:96] for key in pair_keys(Paper(id, one))}):
        made.add(found.pair_keys, {"document_id": id, "key": key})


@cache
def _tracker() -> str:
    return tracker_version({})


def compare(made: Extraction) -> None:
    """Raises AssertionError where `extract` would find something else in the document."""
    real = extract(made.document)
    if (real.identity, real.units) != (made.identity, made.units):
        raise AssertionError(made.document.text)
    for one, other in ((real.commitments, made.commitments), (real.quantities, made.quantities)):
        if [record.span for record in one] != [record.span for record in other]:
            raise AssertionError(made.document.text)
