"""Backup and restore: the database, the originals and the settings in one file, whole or not at all.

    back_up(settings, target, now=now)                 -> Kept
    restore(archive, into, database=None, now=now)     -> Restored

Both may run while a run writes: the database is copied in one step as of one moment, and originals never change.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import socket
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

import sqlalchemy as sa

from flows.archive import DATABASE, ORIGINALS, SETTINGS, Manifest, Reader, Writer, opened
from flows.keeping_notes import note
from flows.settings import Settings, toml_files
from flows.workplace import clear_unfinished, workplace
from models import audit
from models.checksums import counts
from models.copying import copy_database, copy_file, is_empty
from models.durable import settle
from models.engine import schema_of, snapshot, unopened_engine
from models.errors import KeepingFailed, StoreUnavailable
from models.filesystems import network_kind
from models.harm import Damage, Harm
from models.leases import abandon_all
from models.soundness import find_damage, note_decisions
from models.store import Store, open_store
from models.tables import SCHEMA

Step = Callable[[], None]
_OURS = re.compile(r"duban-\d{8}-\d{6}(?:-\d+)?\.zip")
_ROOM = 1.02  # of the bytes to write, as free space


@dataclass(frozen=True, slots=True)
class Kept:
    """A backup that was made: where, how large, how much is in it, what it replaced, which originals were damaged."""

    path: Path
    size: int
    manifest: Manifest
    removed: tuple[Path, ...]
    damage: tuple[Damage, ...]


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored from, and what is wrong with it (as it was already when it was backed up)."""

    manifest: Manifest
    damage: tuple[Damage, ...]


def back_up(
    settings: Settings,
    target: Path | None = None,
    *,
    now: datetime,
    keep: int | None = None,
    originals: bool = True,
    done: Step = lambda: None,
) -> Kept:
    """A backup into a folder (named by its time) or a file that isn't there yet; without either into DATA_DIR/backups.

    With `keep` only the newest so many of the folder stay, removed after the new one is whole. A database that is
    damaged makes no backup: it would push out the good ones.
    """
    folder, name = _place(settings, target, now)
    with _telling(folder), _workplace(folder, name) as place, _scratch(settings.data_dir) as scratch:
        database = _expected_database(settings)
        _check_room(scratch, database)
        _check_room(folder, database + (_originals_size(settings) if originals else 0))
        made = place / "archive.zip"
        kind = _copy_out(settings.database, scratch / DATABASE)
        manifest, damage = _write(settings, scratch / DATABASE, kind, made, originals, now, done)
        final = _settle_as(made, folder, name)
    removed = () if damage else tuple(_rotate(folder, keep, final))
    _note(settings, manifest, final, now)
    return Kept(final, final.stat().st_size, manifest, removed, tuple(damage))


def restore(
    archive: Path, into: Path, *, now: datetime, database: str | None = None, done: Step = lambda: None
) -> Restored:
    """The backup as a new data directory; with `database` its rows go to that (empty) database instead of a file.

    Every file is checked against the manifest, the rows are counted, the database is looked through; only then does
    the directory get its name. Runs that were going on when the backup was made are marked as broken off. `done` is
    called as files come out. KeepingFailed: `into` or the database isn't empty, the disk is too small, the archive is
    no whole backup; nothing is left then.
    """
    into = into.absolute()
    if into.exists() and (not into.is_dir() or any(into.iterdir())):
        raise KeepingFailed(f"{into} 里已经有东西；只能恢复到空的、或还没有的文件夹")
    if database is not None:
        _check_empty(database)
    with _telling(into.parent), opened(archive) as reader, workplace(into.parent, into.name) as place:
        _check_room(into.parent, sum(member.size for member in reader.manifest.members.values()))
        whole = place / "whole"
        with _scratch(into.parent) as scratch:
            held = whole if database is None else scratch
            damage = _take_out(reader, whole, held / DATABASE, now, done)
            if database is not None:
                copy_database(f"sqlite:///{held / DATABASE}", database)
        os.sync()  # thousands of originals: once for all of them
        if into.exists():
            into.rmdir()
        whole.rename(into)
        settle(into.parent)
    return Restored(reader.manifest, damage)


def drill(settings: Settings, archive: Path, *, now: datetime, done: Step = lambda: None) -> Restored:
    """A rehearsal: everything is restored beside the data directory, looked through, and removed again; and noted."""
    with _telling(settings.data_dir), workplace(settings.data_dir.absolute(), "drill") as place:
        restored = restore(archive, place / "data", now=now, done=done)
    if not restored.damage:
        note(settings.data_dir, "drill", {"at": now.isoformat(), "archive": str(archive.absolute())})
    return restored


@contextmanager
def database_in(reader: Reader) -> Iterator[Path]:
    """The archive's database, taken out to a temporary place. KeepingFailed: it is damaged."""
    with tempfile.TemporaryDirectory(prefix="duban-") as folder, _telling(Path(folder)):
        reader.take_out(DATABASE, Path(folder) / DATABASE)
        _count(Path(folder) / DATABASE, reader)
        yield Path(folder) / DATABASE


def _workplace(folder: Path, name: str) -> AbstractContextManager[Path]:
    """Where a backup is made: beside where it will be, after what killed ones left is gone."""
    folder.mkdir(parents=True, exist_ok=True)
    clear_unfinished(folder)
    return workplace(folder, name)


@contextmanager
def _scratch(folder: Path) -> Iterator[Path]:
    """A place on this machine's own disk for a database that is only passed through: in the folder where it can be."""
    if network_kind(folder.absolute()) is None:
        with _workplace(folder.absolute(), f"passing-{os.getpid()}") as place:
            yield place
    else:
        with tempfile.TemporaryDirectory(prefix="duban-") as temporary:
            yield Path(temporary)


def _place(settings: Settings, target: Path | None, now: datetime) -> tuple[Path, str]:
    target = (target or settings.data_dir / "backups").absolute()
    if target.suffix == ".zip" and not target.is_dir():
        if target.exists():
            raise KeepingFailed(f"{target} 已经有了；换一个名字，或给一个文件夹")
        return target.parent, target.name
    stem, taken = f"duban-{now:%Y%m%d-%H%M%S}", 1
    name = f"{stem}.zip"
    while (target / name).exists():
        taken += 1
        name = f"{stem}-{taken}.zip"
    return target, name


def _write(
    settings: Settings, database: Path, kind: str, made: Path, originals: bool, now: datetime, done: Step
) -> tuple[Manifest, list[Damage]]:
    """The archive in its workplace, on the disk; and which originals aren't what their names say."""
    facts = _facts(database)
    with made.open("xb") as file:
        with suppress(OSError):  # some network shares know no modes
            made.chmod(0o600)  # settings may hold a password
        writer = Writer(file)
        try:
            writer.add(DATABASE, database)
            database.unlink()
            done()
            damage = list(_add_originals(writer, settings, done)) if originals else []
            for toml in toml_files():
                name = "data_dir" if toml.parent.absolute() == settings.data_dir.absolute() else "working_dir"
                writer.add(f"{SETTINGS}{name}.toml", toml)
            manifest = Manifest(
                program=version("duban"),
                made=now.isoformat(),
                host=socket.gethostname(),
                database=kind,
                originals=originals,
                members=writer.members,
                **facts,  # type: ignore[arg-type]
            )
            writer.finish(manifest)
        finally:
            writer.give_up()
        file.flush()
        os.fsync(file.fileno())
    return manifest, damage


def _copy_out(url: str, target: Path) -> str:
    """The database as an SQLite file; the kind that it was."""
    parsed = sa.make_url(url)
    if parsed.get_backend_name() == "sqlite":
        copy_file(Path(parsed.database or ""), target)
        return "sqlite"
    copy_database(url, f"sqlite:///{target}")
    return "postgresql"


def _facts(database: Path) -> dict[str, object]:
    """What the manifest says of the database. StoreUnavailable: it is damaged."""
    engine = unopened_engine(f"sqlite:///{database}")
    try:
        with snapshot(engine) as connection:
            said = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
            if said != "ok":
                raise StoreUnavailable(f"数据库已经损坏，没有做备份：{said}；从以前的备份恢复（duban restore）")
            schema = schema_of(connection)
            if schema != SCHEMA:  # an older one: it is kept as it is
                return {"schema": schema or "", "rows": _raw_counts(database), "decisions": {}, "log": {}}
            noted = note_decisions(connection)
            return {
                "schema": schema,
                "rows": counts(connection),
                "decisions": {"last": noted.last} | asdict(noted.checksum),
                "log": asdict(audit.head(Store(engine))),
            }
    finally:
        engine.dispose()
        with closing(sqlite3.connect(database)) as raw:
            raw.execute("PRAGMA journal_mode = DELETE")


def _raw_counts(database: Path) -> dict[str, int]:
    """How many rows the tables of a database of whatever schema have."""
    with closing(sqlite3.connect(database)) as raw:
        tables = [name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        named = [name for name in tables if not name.startswith(("sqlite_", "search_index", "alembic_version"))]
        return {name: raw.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in named}


def _add_originals(writer: Writer, settings: Settings, done: Step) -> Iterator[Damage]:
    for path in original_files(settings.data_dir):
        name = f"{ORIGINALS}{path.parent.name}/{path.name}"
        if writer.add(name, path).sha256 != path.stem:
            yield Damage(Harm.ORIGINAL_CHANGED, name, "内容和文件名里的摘要不符")
        done()


def original_files(data_dir: Path) -> list[Path]:
    """The kept originals, in order of their names; half copied ones aren't among them."""
    return sorted(data_dir.glob("originals/[0-9a-f][0-9a-f]/*"))


def _expected_database(settings: Settings) -> int:
    """About how many bytes a copy of the database takes; of a server's nobody knows before."""
    parsed = sa.make_url(settings.database)
    database = Path(parsed.database or "") if parsed.get_backend_name() == "sqlite" else None
    return database.stat().st_size if database and database.is_file() else 0


def _originals_size(settings: Settings) -> int:
    return sum(path.stat().st_size for path in original_files(settings.data_dir))


def _check_room(folder: Path, wanted: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < wanted * _ROOM:
        raise KeepingFailed(f"{folder} 的磁盘不够：约要 {wanted >> 20} MB，只有 {free >> 20} MB")


def _settle_as(made: Path, folder: Path, name: str) -> Path:
    final = folder / name
    if final.exists():
        raise KeepingFailed(f"{final} 已经有了")
    made.rename(final)
    settle(folder)
    return final


def _rotate(folder: Path, keep: int | None, final: Path) -> Iterator[Path]:
    if keep is None:
        return
    ours = sorted((path for path in folder.iterdir() if _OURS.fullmatch(path.name)), key=lambda path: path.name)
    for old in ours[: max(0, len(ours) - keep)]:
        if old != final:
            old.unlink(missing_ok=True)
            yield old


def _note(settings: Settings, manifest: Manifest, final: Path, now: datetime) -> None:
    told = {"at": now.isoformat(), "path": str(final), "decisions": dict(manifest.decisions), "log": dict(manifest.log)}
    with _telling(settings.data_dir):
        note(settings.data_dir, "backup", told)


def _take_out(reader: Reader, whole: Path, database: Path, now: datetime, done: Step) -> tuple[Damage, ...]:
    """All members as a data directory, the database brought up to date and looked through."""
    whole.mkdir()
    for name in reader.manifest.members:
        reader.take_out(name, database if name == DATABASE else whole / _place_of(name))
        done()
    _count(database, reader)
    with open_store(f"sqlite:///{database}") as store:
        with store.writing() as connection:
            abandon_all(connection, now, "备份时正在运行；从备份恢复后不再继续")
        return tuple(find_damage(store))


def _check_empty(url: str) -> None:
    engine = unopened_engine(url)
    try:
        if not is_empty(engine):
            raise KeepingFailed("目标库里已经有数据；只能恢复到空库")
    finally:
        engine.dispose()


def _place_of(name: str) -> str:
    """Settings are laid beside, under another name: those of the old place would lead back to its database."""
    return name if not name.startswith(SETTINGS) else f"settings-from-backup/{name.removeprefix(SETTINGS)}"


def _count(database: Path, reader: Reader) -> None:
    found = _raw_counts(database)
    for table, rows in reader.manifest.rows.items():
        if found.get(table) != rows:
            raise KeepingFailed(f"{reader.path}：表 {table} 应有 {rows} 行，实有 {found.get(table)} 行")


@contextmanager
def _telling(folder: Path) -> Iterator[None]:
    """What the disk says becomes a sentence."""
    try:
        yield
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        why = "磁盘满了" if full else error.strerror
        raise KeepingFailed(f"{error.filename or folder} 写不了：{why}；什么也没有留下") from error
    except sqlite3.Error as error:
        raise KeepingFailed(f"{folder}：{error}") from error
