"""Files to records, in worker processes: one slow or broken file costs only itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, cast

from corpus.readers import Limits, read
from flows.settings import Settings
from models.errors import UnreadableDocument

if TYPE_CHECKING:
    from models.documents import Document
    from models.extraction import Extraction

Extracted = tuple[Path, "Extraction | UnreadableDocument"]


def read_documents(paths: Iterable[Path], settings: Settings) -> Iterator[tuple[Path, Document | UnreadableDocument]]:
    """Each file with its document, or with why it can't be read, in the order given."""
    from corpus.readers.pool import ReaderPool

    with ReaderPool(limits_of(settings), 1) as pool:
        yield from pool.read_many(paths)


def extract_files(paths: Iterable[Path], settings: Settings) -> Iterator[Extracted]:
    """Each file with its records, or with why it can't be read, in the order given. Reading and extracting both happen
    in the worker: its limits hold for both, and what comes back is small."""
    from corpus.readers.pool import ReaderPool

    with ReaderPool(limits_of(settings), settings.workers, f"{__name__}:read_and_extract") as pool:
        yield from cast("Iterator[Extracted]", pool.read_many(paths))


def read_and_extract(path: Path, limits: Limits, progress: Callable[[], None]) -> Extraction:
    """What a worker does with one file."""
    from extractors.pipeline import extract

    return extract(read(path, limits, progress))


def limits_of(settings: Settings) -> Limits:
    """What one file may cost, as set."""
    return Limits(
        memory=settings.read_memory_mb * 1024 * 1024, stall=settings.read_stall_seconds, total=settings.read_seconds
    )
