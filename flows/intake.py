"""Taking files in: what is new or changed is read, extracted and kept, one transaction a document. Knows no Prefect."""

from __future__ import annotations

import hashlib
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from flows.originals import Original, Originals
from flows.reading import Reads
from flows.sources import Incoming, incoming
from models.errors import Unreadable, UnreadableDocument
from models.extraction import Extraction
from models.runs import Known, Outcome, RunId, SourceFile
from models.store import Store
from outputs.flags import UNREAD

_Thing = TypeVar("_Thing")
_LOOKED_UP = 500  # files that are looked up in the database at once
_WORTH_ANOTHER_TRY = frozenset(
    {Unreadable.MISSING, Unreadable.TIMEOUT, Unreadable.MEMORY, Unreadable.CRASHED, Unreadable.UNREACHABLE}
)
"""Reasons that may lie in the machine rather than in the file; the others hold until the file or the reader changes."""


@dataclass(frozen=True, slots=True)
class Report:
    """What became of the files: how many had each outcome, how many were passed over unchanged, which ones failed;
    of which ones only a part could be read, and what is missing (codes of notes); how many documents were followed up,
    and how many replies judged; how many files other machines were to read and didn't, and why."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    skipped: int = 0
    failures: tuple[UnreadableDocument, ...] = ()
    commitments: int = 0
    quantities: int = 0
    incomplete: tuple[tuple[str, tuple[str, ...]], ...] = ()
    followed: int = 0
    judged: int = 0
    lost: int = 0
    why_lost: str = ""

    def __add__(self, other: Report) -> Report:
        return Report(
            self.outcomes + other.outcomes,
            self.skipped + other.skipped,
            self.failures + other.failures,
            self.commitments + other.commitments,
            self.quantities + other.quantities,
            self.incomplete + other.incomplete,
            self.followed + other.followed,
            self.judged + other.judged,
            self.lost + other.lost,
            self.why_lost or other.why_lost,
        )


@dataclass(frozen=True, slots=True)
class Intake:
    """One run at work: where it keeps things, how it reads, and which rules it reads by."""

    store: Store
    run: RunId
    reader: Reads
    originals: Originals
    extractor: str
    _announced: dict[str, Original] = field(default_factory=dict)

    def sort_out(self, files: Iterable[Path | Incoming]) -> tuple[list[Incoming], Report]:
        """The files that must be read, and a report of the others: the same rules have read the same bytes."""
        wanted: list[Incoming] = []
        same: list[str] = []
        failures: list[UnreadableDocument] = []
        for part in batches(list(map(incoming, files)), _LOOKED_UP):
            for file, known in self._known(part):
                if known is None or known.failure in _WORTH_ANOTHER_TRY:
                    wanted.append(file)
                    continue
                same.append(file.source)
                if known.failure:
                    failures.append(UnreadableDocument(file.source, known.failure, known.detail))
        self.store.seen(self.run, same, now=_now())
        return wanted, Report(skipped=len(same), failures=tuple(failures))

    def refuse(self, failures: Iterable[UnreadableDocument]) -> Report:
        """Keeps why some things could not be had at all; what they held before stays."""
        report = Report()
        for failure in failures:
            name = failure.file.rpartition("/")[2] or failure.file
            source = SourceFile(failure.file, name, "", None, None, None)
            self.store.fail(self.run, source, failure, now=_now(), extractor=self.extractor)
            report += Report(outcomes=Counter([Outcome.FAILED]), failures=(failure,))
        return report

    def announce(self, files: Sequence[Incoming]) -> None:
        """Copies files whose turn comes later, so that a reader on other machines can begin with them."""
        copies = {file.source: self._copy(file) for file in files}
        self._announced.update(copies)
        self.reader.expect([original.readable for original in copies.values()])

    def take_in(self, files: Sequence[Path | Incoming], done: Callable[[], None] = lambda: None) -> Report:
        """Copies, reads, extracts and keeps these files; `done` is called after each."""
        report = Report()
        begun = _now()
        waiting: deque[Original] = deque()
        for _, outcome in self.reader.extract_many(self._copied(map(incoming, files), waiting)):
            report += self._keep(waiting.popleft(), outcome, begun)
            begun = _now()
            done()
        return report

    def _copied(self, files: Iterable[Incoming], waiting: deque[Original]) -> Iterator[Path]:
        """The copies to read, made as the readers ask for them; what each is a copy of is put into `waiting`."""
        for file in files:
            original = self._announced.pop(file.source, None) or self._copy(file)
            waiting.append(original)
            yield original.readable

    def _copy(self, file: Incoming) -> Original:
        original = self.originals.keep(file.path)
        return replace(original, source=replace(original.source, path=file.source, name=file.name))

    def _keep(self, original: Original, found: Extraction | UnreadableDocument, begun: datetime) -> Report:
        source = original.source
        if isinstance(found, UnreadableDocument):
            failure = UnreadableDocument(source.path, found.reason, found.detail)
            self.store.fail(self.run, source, failure, now=_now(), extractor=self.extractor, started=begun)
            return Report(outcomes=Counter([Outcome.FAILED]), failures=(failure,))
        outcome = self.store.save(
            self.run,
            replace(source, form=found.document.form),
            replace(found, document=replace(found.document, name=source.name)),
            now=_now(),
            extractor=self.extractor,
            started=begun,
        )
        missing = tuple(note for note in found.document.notes if note in UNREAD)
        return Report(
            outcomes=Counter([outcome]),
            commitments=len(found.commitments),
            quantities=len(found.quantities),
            incomplete=((source.path, missing),) if missing else (),
        )

    def _known(self, files: Sequence[Incoming]) -> Iterator[tuple[Incoming, Known | None]]:
        """By size and time where they are the same, else by the bytes (a copied folder has new times)."""
        held = self.store.known_by_path([file.source for file in files], extractor=self.extractor)
        for file in files:
            try:
                stat = file.path.stat()
            except OSError:
                yield file, None
                continue
            size, mtime_ns, known = held.get(file.source, (None, None, None))
            same = (size, mtime_ns) == (stat.st_size, stat.st_mtime_ns)
            yield file, known if same or known is None else self._by_bytes(file, stat.st_size, stat.st_mtime_ns)

    def _by_bytes(self, file: Incoming, size: int, mtime_ns: int) -> Known | None:
        digest = _digest(file.path)
        return self.store.known(file.source, size, mtime_ns, digest, extractor=self.extractor) if digest else None


def batches(things: Sequence[_Thing], size: int) -> Iterator[Sequence[_Thing]]:
    """Files, or documents, in lots of at most `size`.

    >>> [len(batch) for batch in batches([Path("a")] * 5, 2)]
    [2, 2, 1]
    """
    for start in range(0, len(things), size):
        yield things[start : start + size]


def _digest(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def _now() -> datetime:
    return datetime.now(UTC)
