"""What is known of each file: which letter it holds, which ones it held before, why it couldn't be read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, RowMapping

from models.bulk import write_rows
from models.errors import UnreadableDocument
from models.ids import DocumentId, content_id
from models.runs import RunId, SourceFile
from models.tables import sightings, sources, versions

_SOURCE = sa.select(sources).where(sources.c.path == sa.bindparam("path"))


def source_id(path: str) -> str:
    """The id of a file: its path."""
    return content_id("source", path)


def source_at(connection: Connection, path: str) -> RowMapping | None:
    """What is known of the file at this path."""
    return connection.execute(_SOURCE, {"path": path}).mappings().first()


def note_reading(
    connection: Connection,
    known: RowMapping | None,
    source: SourceFile,
    document: DocumentId,
    extractor: str,
    now: datetime,
) -> None:
    """The file holds this letter now; another one that it held before is closed as an old version."""
    number = known["version"] if known else 0
    moved = known is None or known["document_id"] != document
    if moved and number:
        old = (versions.c.source_id == source_id(source.path)) & (versions.c.number == number)
        connection.execute(sa.update(versions).where(old).values(superseded=now))
    state = _stated(source) | {
        "document_id": document,
        "version": number + moved,
        "extractor": extractor,
        "failure": None,
        "failure_detail": None,
        "failed": None,
    }
    _write(connection, known, source, state, now)
    if moved:
        version = {"source_id": source_id(source.path), "number": number + 1, "document_id": document, "seen": now}
        facts = {"superseded": None, "digest": source.digest, "size": source.size, "mtime_ns": source.mtime_ns}
        write_rows(connection, versions, [version | facts])


def note_failure(
    connection: Connection, source: SourceFile, error: UnreadableDocument, extractor: str, now: datetime
) -> None:
    """The file can't be read, for this reason; the same failure again changes nothing."""
    known = source_at(connection, source.path)
    state = _stated(source) | {
        "version": known["version"] if known else 0,
        "extractor": extractor,
        "failure": error.reason,
        "failure_detail": error.detail,
    }
    if known is None or any(known[name] != value for name, value in state.items()):
        _write(connection, known, source, state | {"failed": now}, now)


def forget_failures(connection: Connection, path: str) -> None:
    """Forgets that this, or something inside it (archive!member), couldn't be had; what ever held a letter stays."""
    here = sa.or_(sources.c.path == path, sources.c.path.startswith(path + "!", autoescape=True))
    empty = sources.c.failure.is_not(None) & sources.c.document_id.is_(None) & (sources.c.version == 0)
    connection.execute(sa.delete(sources).where(here, empty))


def note_sightings(connection: Connection, run: RunId, paths: Iterable[str], now: datetime) -> None:
    """These files were there when this run looked."""
    rows = [{"path": path, "run_id": run, "seen": now} for path in paths]
    if not rows:
        return
    connection.execute(_sighted(connection.dialect.name), rows)


@cache
def _sighted(dialect: str) -> sa.Insert:
    """The statement that writes a sighting, or overwrites the older one."""
    insert: Any = (postgresql if dialect == "postgresql" else sqlite).insert(sightings)
    newer = {"run_id": insert.excluded.run_id, "seen": insert.excluded.seen}
    statement: sa.Insert = insert.on_conflict_do_update(index_elements=["path"], set_=newer)
    return statement


def _stated(source: SourceFile) -> dict[str, Any]:
    return {
        "name": source.name,
        "form": source.form,
        "digest": source.digest,
        "size": source.size,
        "mtime_ns": source.mtime_ns,
    }


def _write(
    connection: Connection, known: RowMapping | None, source: SourceFile, state: dict[str, Any], now: datetime
) -> None:
    """A new row, or the columns that differ from what is known."""
    if known is None:
        fresh = {
            "id": source_id(source.path),
            "path": source.path,
            "first_seen": now,
            "document_id": None,
            "failed": None,
        }
        write_rows(connection, sources, [fresh | state])
        return
    changed = {name: value for name, value in state.items() if known[name] != value}
    if changed:
        connection.execute(sa.update(sources).where(sources.c.id == known["id"]).values(changed))
