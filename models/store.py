"""Where records are kept. Everything that writes goes through a run; one document is one transaction.

store = open_store("sqlite:///var/duban.db")
run = store.begin_run("ingest", now=now, owner=this_process())
if store.known(path, size, mtime_ns, extractor=version) is None:
    store.save(run, source, extract(document), now=now, extractor=version)
store.finish_run(run, now=now)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from types import TracebackType

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from models import engine as database
from models import leases
from models.errors import Unreadable, UnreadableDocument
from models.extraction import Extraction
from models.ids import DocumentId
from models.keeping import keep
from models.loading import load
from models.runs import Counts, Known, Outcome, Owner, RunId, RunState, SourceFile
from models.sourcing import note_failure, note_sightings
from models.tables import document_texts, run_items, sources

_NEW_ITEM = sa.insert(run_items)


def open_store(url: str, patience: float = 0.0) -> Store:
    """The store at `url` (sqlite:///path.db, postgresql+psycopg://…), created or migrated where needed.

    `patience`: the seconds that each transaction waits for a server that isn't there, once the store is open.

    StoreUnavailable: it can't be reached, is locked, or a newer duban wrote it. ConfigurationError: a wrong url.
    """
    return Store(database.open_engine(url), patience)


class Store:
    """The database, for writing. Reading is in `models/queries.py` and `models/search.py`, which take a store too.

    May be shared between threads; each process opens its own. Times (`now`) are aware datetimes from the caller.
    """

    def __init__(self, engine: Engine, patience: float = 0.0) -> None:
        self._engine, self._patience = engine, patience

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Gives back all connections."""
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent look at the database, for queries."""
        with database.reading(self._engine, self._patience) as connection:
            yield connection

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """One look at the whole database, however long it takes, that no other's writing changes."""
        with database.snapshot(self._engine) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction, all or nothing."""
        with database.writing(self._engine, self._patience) as connection:
            yield connection

    def begin_run(self, kind: str, *, now: datetime, owner: Owner) -> RunId:
        """Takes the database for a run (`owner`: models.owners.this_process()).

        StoreUnavailable while another run holds it. A run whose process is gone is marked abandoned and replaced.
        """
        with self.writing() as connection:
            return leases.take(connection, kind, owner, now)

    def finish_run(
        self,
        run: RunId,
        *,
        now: datetime,
        state: RunState = RunState.FINISHED,
        error: str | None = None,
        skipped: int = 0,
    ) -> None:
        """Ends the run. `skipped`: how many files hadn't changed since an earlier run; `error`: what stopped it."""
        with self.writing() as connection:
            leases.close(connection, run, state, now, error, skipped)

    def known(self, path: str, size: int, mtime_ns: int, digest: str | None = None, *, extractor: str) -> Known | None:
        """What is held of this file if it needn't be read again, else None.

        It needn't when size and modification time are the same (or, given a digest, the bytes are), and this very
        extractor has read it. A file that couldn't be read is known too: `Known.failure` says why; whether to try
        it again is the caller's choice.
        """
        same = sources.c.digest == digest if digest else (sources.c.size == size) & (sources.c.mtime_ns == mtime_ns)
        wanted = sa.select(sources.c.document_id, sources.c.failure, sources.c.failure_detail).where(
            sources.c.path == path, sources.c.extractor == extractor, same
        )
        with self.reading() as connection:
            row = connection.execute(wanted).first()
        return None if row is None else Known(row.document_id, row.failure, row.failure_detail or "")

    def known_by_path(self, paths: Sequence[str], *, extractor: str) -> dict[str, tuple[int, int, Known]]:
        """The same for many files at once: size and time as they were when this extractor read them, and what is held.

        At most some hundreds of paths a call: each is a parameter of the query.
        """
        held = (sources.c.path, sources.c.size, sources.c.mtime_ns, sources.c.document_id)
        failed = (sources.c.failure, sources.c.failure_detail)
        wanted = sa.select(*held, *failed).where(sources.c.path.in_(paths), sources.c.extractor == extractor)
        with self.reading() as connection:
            return {
                row.path: (row.size, row.mtime_ns, Known(row.document_id, row.failure, row.failure_detail or ""))
                for row in connection.execute(wanted)
            }

    def seen(self, run: RunId, paths: Iterable[str], *, now: datetime) -> None:
        """Notes that these files are still there (files that were skipped; saved ones are noted by themselves)."""
        with self.writing() as connection:
            leases.hold(connection, run, now)
            note_sightings(connection, run, paths, now)

    def save(
        self,
        run: RunId,
        source: SourceFile,
        extraction: Extraction,
        *,
        now: datetime,
        extractor: str,
        started: datetime | None = None,
    ) -> Outcome:
        """Keeps what was read and found in one file: all of it, or nothing if the process dies.

        `extractor` is the version of reader and rules (any string that changes with them). Saving the same
        twice changes nothing but the run's own log. See `Outcome` for what may come of it.
        """
        return self.save_all(run, [(source, extraction)], now=now, extractor=extractor, started=started)[0]

    def save_all(
        self,
        run: RunId,
        batch: Iterable[tuple[SourceFile, Extraction]],
        *,
        now: datetime,
        extractor: str,
        started: datetime | None = None,
    ) -> list[Outcome]:
        """As `save`, for some files in one transaction: quicker, and still each whole or not at all.

        20 to 50 are a good number; after a crash the whole batch is done again.
        """
        outcomes = []
        with self.writing() as connection:
            leases.hold(connection, run, now)
            for source, extraction in batch:
                outcome, document = keep(connection, source, extraction, extractor, now)
                counts = _counts(extraction)
                _log(connection, run, source.path, outcome, now, started, document=document, counts=counts)
                outcomes.append(outcome)
        return outcomes

    def fail(
        self,
        run: RunId,
        source: SourceFile,
        error: UnreadableDocument,
        *,
        now: datetime,
        extractor: str,
        started: datetime | None = None,
    ) -> Outcome:
        """Keeps that a file couldn't be read, and why. What it held before stays in the register. Returns FAILED."""
        with self.writing() as connection:
            leases.hold(connection, run, now)
            note_failure(connection, source, error, extractor, now)
            _log(connection, run, source.path, Outcome.FAILED, now, started, reason=error.reason, detail=error.detail)
        return Outcome.FAILED

    def load(self, document: DocumentId) -> Extraction:
        """The document with all its records, as saved. KeyError: no such document."""
        with self.reading() as connection:
            return load(connection, document)

    def text(self, document: DocumentId) -> str:
        """The text as read, which every offset refers to. KeyError: no such document."""
        wanted = sa.select(document_texts.c.text).where(document_texts.c.document_id == document)
        with self.reading() as connection:
            text: str | None = connection.execute(wanted).scalar()
        if text is None:
            raise KeyError(document)
        return text


def _counts(extraction: Extraction) -> Counts:
    return Counts(
        commitments=len(extraction.commitments),
        declined=len(extraction.declined),
        requests=len(extraction.requests),
        quantities=len(extraction.quantities),
    )


def _log(
    connection: Connection,
    run: RunId,
    path: str,
    outcome: Outcome,
    now: datetime,
    started: datetime | None,
    *,
    document: DocumentId | None = None,
    reason: Unreadable | None = None,
    detail: str = "",
    counts: Counts = Counts(),  # noqa: B008 - frozen
) -> None:
    """One line of the run's log, and the sighting of its file."""
    values = {
        "run_id": run,
        "path": path,
        "outcome": outcome,
        "document_id": document,
        "reason": reason,
        "detail": detail,
        "commitments": counts.commitments,
        "declined": counts.declined,
        "requests": counts.requests,
        "quantities": counts.quantities,
        "started": started or now,
        "ended": now,
    }
    connection.execute(_NEW_ITEM, values)
    note_sightings(connection, run, [path], now)
