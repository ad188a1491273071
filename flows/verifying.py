"""Looking a database and the originals beside it through, in the data directory or in a backup."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from flows.archive import DATABASE, ORIGINALS, Manifest, Reader, opened
from flows.keeping import Step, database_in, original_files
from flows.keeping_notes import read_notes
from flows.settings import Settings
from models.audit import Head
from models.checksums import Checksum
from models.errors import KeepingFailed, StoreUnavailable
from models.harm import Damage, Harm
from models.soundness import Noted, find_damage
from models.store import Store, open_store
from models.tables import sources, versions


def verify_data(settings: Settings, done: Step = lambda: None) -> Iterator[Damage]:
    """What is wrong here: in the database, among the originals, and against what the last backup noted."""
    noted, heads = _noted(read_notes(settings.data_dir).get("backup"))
    kept = {path.stem: path for path in original_files(settings.data_dir)}
    with open_store(settings.database) as store:
        yield from find_damage(store, noted, heads, done)
        yield from _missing(store, set(kept))
    for digest, path in kept.items():
        if _digest(path) != digest:
            yield Damage(Harm.ORIGINAL_CHANGED, str(path), "内容和文件名里的摘要不符")
        done()


def verify_archive(archive: Path, done: Step = lambda: None) -> tuple[Manifest, list[Damage]]:
    """What a backup says it is, and what is wrong with it. KeepingFailed: it is no backup, or cut off."""
    with opened(archive) as reader:
        damage = list(reader.damaged_members())
        if all(one.where != DATABASE for one in damage):
            damage += _in_database(reader, done)
        return reader.manifest, damage


def _in_database(reader: Reader, done: Step) -> Iterator[Damage]:
    members = reader.manifest.members
    kept = {Path(name).stem: member for name, member in members.items() if name.startswith(ORIGINALS)}
    for digest, member in kept.items():
        if member.sha256 != digest:
            yield Damage(Harm.ORIGINAL_CHANGED, digest, "备份时内容就和文件名里的摘要不符")
    try:
        with database_in(reader) as database, open_store(f"sqlite:///{database}") as store:
            noted, heads = _noted({"decisions": reader.manifest.decisions, "log": reader.manifest.log})
            yield from find_damage(store, noted, heads, done)
            if reader.manifest.originals:
                yield from _missing(store, set(kept))
    except (KeepingFailed, StoreUnavailable) as error:
        yield Damage(Harm.FILE, DATABASE, str(error))


def _missing(store: Store, kept: set[str]) -> Iterator[Damage]:
    """Originals that the register names and nobody has."""
    of_files = sa.select(sources.c.digest, sources.c.path).where(sources.c.digest.is_not(None))
    of_versions = sa.select(versions.c.digest, sources.c.path).join_from(versions, sources)
    with store.reading() as connection:
        both = sa.union(of_files, of_versions.where(versions.c.digest.is_not(None)))
        named = {row.digest: row.path for row in connection.execute(both)}
    for digest, path in named.items():
        if digest not in kept:
            yield Damage(Harm.ORIGINAL_MISSING, path, f"原件 {digest[:12]}… 不在 originals 里")


def _noted(told: Mapping[str, Any] | None) -> tuple[Noted | None, list[Head]]:
    """What a backup wrote down of the tables that only grow."""
    noted, heads = None, []
    with suppress(KeyError, TypeError):
        made = (told or {})["decisions"]
        noted = Noted(made["last"], Checksum(made["rows"], made["digest"]))
    with suppress(KeyError, TypeError):
        log = (told or {})["log"]
        heads = [Head(log["entries"], log["digest"])] if log["entries"] else []
    return noted, heads


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        return str(error)
