"""Files to records, in worker processes: one slow or broken file costs only itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, cast

from corpus.readers import Limits, read
from flows.settings import Settings
from models.errors import UnreadableDocument

if TYPE_CHECKING:
    from models.documents import Document
    from models.extraction import Extraction

Extracted = tuple[Path, "Extraction | UnreadableDocument"]


class Reader:
    """Warm workers that read a file and extract its records; to be used in a `with` statement.

    Reading and extracting both happen in the worker: its limits hold for both, and all cores have work.
    """

    def __init__(self, settings: Settings, files: int) -> None:
        from corpus.readers.pool import ReaderPool

        workers = min(settings.workers, 1 + files // 25)  # a second worker pays for its start only over many files
        self._pool = ReaderPool(limits_of(settings), workers, f"{__name__}:read_and_extract")

    def __enter__(self) -> Reader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.close()

    def extract_many(self, paths: Iterable[Path]) -> Iterator[Extracted]:
        """Each file with its records, or with why it can't be read, in the order given."""
        yield from cast("Iterator[Extracted]", self._pool.read_many(paths))


def read_document(path: Path, settings: Settings) -> Document | UnreadableDocument:
    """One file's document, or why it can't be read."""
    from corpus.readers.pool import ReaderPool

    with ReaderPool(limits_of(settings)) as pool:
        return pool.read(path)


def read_and_extract(path: Path, limits: Limits, progress: Callable[[], None]) -> Extraction:
    """What a worker does with one file."""
    document = read(path, limits, progress)
    from extractors.pipeline import extract

    return extract(document)


def limits_of(settings: Settings) -> Limits:
    """What one file may cost, as set."""
    return Limits(
        memory=settings.read_memory_mb * 1024 * 1024, stall=settings.read_stall_seconds, total=settings.read_seconds
    )
