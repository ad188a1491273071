"""Files to records, in worker processes: one slow or broken file costs only itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self, cast

from corpus.readers.limits import Limits
from models.errors import UnreadableDocument

if TYPE_CHECKING:
    from flows.settings import Settings
    from models.documents import Document
    from models.extraction import Extraction

Extracted = tuple[Path, "Extraction | UnreadableDocument"]
_PATIENCE = 4.0  # seconds: sixty letters are told in one, and a second worker costs another to start
_TEXTS = 10  # plain texts that are told in the time of one file of another form

Told = str | UnreadableDocument
"""What `duban extract` says of a file, without its name: a JSON object, or why it can't be read."""


class Reads(Protocol):
    """Whoever gives the records of files: processes of this machine, or other machines."""

    lost: int
    """How many files other machines were to read, and this one did."""
    why: str
    """What happened to them; "" for nothing."""

    @property
    def ahead(self) -> int:
        """How many batches are worth announcing before their turn."""

    def expect(self, paths: Sequence[Path]) -> None:
        """Files whose turn comes later."""

    def extract_many(self, paths: Iterable[Path]) -> Iterator[Extracted]:
        """Each file with its records, or with why it can't be read, in the order given."""


class _Workers:
    """Warm workers that do one thing with a file after the other; to be used in a `with` statement.

    Reading and all that follows happens in the worker: its limits hold for both, and all cores have work. `work` names
    a function of flows.working, which this process needn't import.
    """

    def __init__(self, settings: Settings, files: int, work: str, patience: float = 0.0) -> None:
        from corpus.readers.pool import ReaderPool

        workers = min(settings.workers, 1 + files // 25)
        self._pool = ReaderPool(limits_of(settings), workers, f"flows.working:{work}", patience)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.close()


class Reader(_Workers):
    """Workers that give the records of files."""

    ahead, lost, why = 0, 0, ""

    def __init__(self, settings: Settings, files: int) -> None:
        super().__init__(settings, files, "read_and_extract")

    def expect(self, paths: Sequence[Path]) -> None:
        """Nothing: the workers read ahead by themselves."""

    def extract_many(self, paths: Iterable[Path]) -> Iterator[Extracted]:
        """Each file with its records, or with why it can't be read, in the order given."""
        yield from cast("Iterator[Extracted]", self._pool.read_many(paths))


class Teller(_Workers):
    """Workers that give what `duban extract` prints: it is quicker sent from process to process than the records."""

    def __init__(self, settings: Settings, files: Sequence[str], *, with_text: bool = False) -> None:
        texts = sum(file.lower().endswith(".txt") for file in files)
        worth = len(files) - texts + texts // _TEXTS
        super().__init__(settings, worth, "read_and_tell_with_text" if with_text else "read_and_tell", _PATIENCE)

    def tell_many(self, paths: Iterable[Path]) -> Iterator[tuple[Path, Told]]:
        """Each file with its JSON, or with why it can't be read, in the order given."""
        yield from cast("Iterator[tuple[Path, Told]]", self._pool.read_many(paths))


def read_document(path: Path, settings: Settings) -> Document | UnreadableDocument:
    """One file's document, or why it can't be read."""
    from corpus.readers.pool import ReaderPool

    with ReaderPool(limits_of(settings)) as pool:
        return pool.read(path)


def limits_of(settings: Settings) -> Limits:
    """What one file may cost, as set."""
    return Limits(
        memory=settings.read_memory_mb * 1024 * 1024, stall=settings.read_stall_seconds, total=settings.read_seconds
    )
