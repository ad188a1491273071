"""What a run knows of one source's addresses, and notes about them as it goes: each note is kept at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from flows.originals import Originals
from flows.sources import Incoming
from models import fetched, leases, sourcing
from models.errors import UnreadableDocument
from models.nightly import Fetched, FetchedRow
from models.runs import RunId
from models.store import Store


@dataclass(frozen=True, slots=True)
class Harvest:
    """What a source gave this time: the files to take in, also those it gave before; what it couldn't give, and why;
    how many files are new or changed, and how many addresses have vanished."""

    files: tuple[Incoming, ...] = ()
    refused: tuple[UnreadableDocument, ...] = ()
    fresh: int = 0
    gone: int = 0

    def __add__(self, other: Harvest) -> Harvest:
        return Harvest(
            self.files + other.files,
            self.refused + other.refused,
            self.fresh + other.fresh,
            self.gone + other.gone,
        )


@dataclass(slots=True)
class Book:
    """One source's addresses in one run."""

    store: Store
    run: RunId
    source: str
    inbox: Originals
    now: datetime
    known: dict[str, FetchedRow] = field(default_factory=dict)
    fresh: int = 0
    gone: int = 0
    refused: list[UnreadableDocument] = field(default_factory=list)

    @classmethod
    def of(cls, store: Store, run: RunId, source: str, inbox: Originals, now: datetime) -> Book:
        """The book as the runs before left it."""
        with store.reading() as connection:
            return cls(store, run, source, inbox, now, fetched.known_of(connection, source))

    def hold(self) -> None:
        """Renews the run's lease: a visit of many pages takes longer than its term."""
        with self.store.writing() as connection:
            leases.hold(connection, self.run, _later(self.now))

    def same(self, address: str, **newer: str | None) -> None:
        """The address holds what it held."""
        self._note(replace(self.known[address], checked=self.now, gone=None, **newer))  # type: ignore[arg-type]

    def keep(self, row: FetchedRow) -> None:
        """The address holds this now; what it holds is new where its digest is."""
        before = self.known.get(row.address)
        moved = before is None or before.digest != row.digest
        if moved and row.role not in (Fetched.LISTING, Fetched.ARCHIVE):
            self.fresh += 1
        first = before.first_seen if before else self.now
        changed = self.now if before is None or moved else before.changed
        self._note(replace(row, first_seen=first, changed=changed))

    def vanish(self, addresses: Iterable[str]) -> None:
        """These are no longer there; what was read from them stays."""
        with self.store.writing() as connection:
            leases.hold(connection, self.run, _later(self.now))
            self.gone += fetched.note_gone(connection, addresses, self.now)

    def refuse(self, failure: UnreadableDocument) -> None:
        """Something couldn't be had."""
        self.refused.append(failure)

    def clear(self, address: str) -> None:
        """What isn't a document itself (a list page, an archive, a folder) could be had: no failure of it stays."""
        with self.store.writing() as connection:
            leases.hold(connection, self.run, _later(self.now))
            sourcing.forget_failures(connection, address)

    def has_file(self, row: FetchedRow) -> bool:
        """Whether what was fetched is still where it was put."""
        return row.digest is not None and self.inbox.at(row.digest, row.suffix).is_file()

    def drop_file(self, old: FetchedRow) -> None:
        """Forgets the file of a list page as it was: it is no document, and changes nearly every day."""
        if old.digest and all(row.digest != old.digest for row in self.known.values()):
            self.inbox.at(old.digest, old.suffix).unlink(missing_ok=True)

    def harvest(self) -> Harvest:
        """All that the source has given so far, from this run and those before."""
        with self.store.reading() as connection:
            rows = list(fetched.files_of(connection, [self.source]))
        files = (Incoming(self.inbox.at(row.digest, row.suffix), row.address, row.name) for row in rows if row.digest)
        return Harvest(tuple(files), tuple(self.refused), self.fresh, self.gone)

    def _note(self, row: FetchedRow) -> None:
        self.known[row.address] = row
        with self.store.writing() as connection:
            leases.hold(connection, self.run, _later(self.now))
            fetched.note(connection, row)


def _later(since: datetime) -> datetime:
    """The present moment, as the lease needs it: a visit takes long."""
    return datetime.now(since.tzinfo)
