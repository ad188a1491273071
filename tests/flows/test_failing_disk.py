"""A disk that fails at the n-th operation, for every n, once and for ever after: what is kept stays whole."""

from __future__ import annotations

import errno
import os
import resource
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from benchmarks.bench_follow_up import paper
from flows.export import write_whole
from flows.keeping import back_up, restore
from flows.keeping_notes import note, read_notes
from flows.originals import Originals
from flows.settings import Settings
from flows.verifying import verify_archive
from models.decided import DecisionKind
from models.decisions import decide
from models.documents import Kind
from models.errors import DubanError, StoreUnavailable
from models.harm import Harm
from models.owners import this_process
from models.queries import ledger
from models.runs import Owner
from models.soundness import find_damage
from models.store import Store, open_store

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
MOST = 60  # operations of one piece of work; more would be a loop


@dataclass
class Disk:
    """Fails at the n-th of what puts things on it (fsync, rename, replace, link), once or from then on."""

    nth: int
    ever: bool
    code: int
    calls: int = 0

    def watch(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def called(*given: Any, **named: Any) -> Any:
            self.calls += 1
            if self.calls == self.nth or (self.ever and self.calls > self.nth):
                raise OSError(self.code, os.strerror(self.code))
            return real(*given, **named)

        return called


@contextmanager
def failing(nth: int, ever: bool) -> Iterator[Disk]:
    disk = Disk(nth, ever, errno.ENOSPC if nth % 2 else errno.EIO)
    with pytest.MonkeyPatch.context() as patch:
        for name in ("fsync", "replace", "rename", "link"):
            patch.setattr(os, name, disk.watch(getattr(os, name)))
        yield disk


@pytest.fixture
def office(tmp_path: Path) -> Settings:
    """A register of three letters, and three originals."""
    settings = Settings(data_dir=tmp_path / "data", database_url="")
    with open_store(settings.database) as store:
        run = store.begin_run("ingest", now=NOW, owner=this_process())
        store.save_all(run, [paper(number, Kind.REPLY) for number in range(3)], now=NOW, extractor="1")
        store.finish_run(run, now=NOW)
    for number in range(3):
        Originals(tmp_path / "data" / "originals", 1 << 20).keep_bytes([b"letter", bytes([number])], ".txt")
    return settings


def originals(office: Settings, place: Path) -> Callable[[], object]:
    letter = place / "letter.txt"
    letter.write_text("关于渡口的答复", encoding="utf-8")
    folder = place / "kept"
    return lambda: Originals(folder, 1 << 20).keep_bytes([letter.read_bytes()], ".txt")


def backup(office: Settings, place: Path) -> Callable[[], object]:
    return lambda: back_up(office, place / "backups", now=NOW)


def restored(office: Settings, place: Path) -> Callable[[], object]:
    archive = back_up(office, place / "one.zip", now=NOW).path
    return lambda: restore(archive, place / "new", now=NOW)


def export(office: Settings, place: Path) -> Callable[[], object]:
    return lambda: write_whole(place / "ledger.xlsx", lambda name: Path(name).write_bytes(b"x" * 5000))


def notes(office: Settings, place: Path) -> Callable[[], object]:
    note(place, "backup", {"at": "before"})
    return lambda: note(place, "backup", {"at": "after"})


def whole(place: Path) -> bool:
    """Whether what stands under a final name is whole, and nothing lies beside it that would be taken for it."""
    for archive in (place / "backups").glob("*.zip") if (place / "backups").is_dir() else ():
        assert [one for one in verify_archive(archive)[1] if one.harm is not Harm.ORIGINAL_MISSING] == []
    if (place / "new").exists():
        with open_store(f"sqlite:///{place}/new/duban.db") as store:
            assert list(find_damage(store)) == []
    sheet = place / "ledger.xlsx"
    assert not sheet.exists() or sheet.stat().st_size == 5000
    assert not (place / "keeping.json").exists() or read_notes(place)["backup"]["at"] in ("before", "after")
    for kept in (place / "kept").glob("[0-9a-f][0-9a-f]/*"):
        assert kept.read_text(encoding="utf-8") == "关于渡口的答复"
    return True


@pytest.mark.parametrize("ever", [False, True], ids=["once", "for ever"])
@pytest.mark.parametrize("work", [originals, backup, restored, export, notes])
def test_a_disk_that_fails_at_any_step_leaves_nothing_half_done(
    work: Callable[[Settings, Path], Callable[[], object]], ever: bool, office: Settings, tmp_path: Path
) -> None:
    failed = 0
    for nth in count(1):
        place = tmp_path / f"{nth}"
        place.mkdir()
        act = work(office, place)
        with failing(nth, ever) as disk:
            try:
                act()
            except (DubanError, OSError):
                failed += 1
        assert whole(place)
        if disk.calls < nth:
            break
        assert nth < MOST
        if not (place / "new").exists():
            act()  # the disk is well again: nothing that is left stands in the way
        assert whole(place)
    assert failed
    with open_store(office.database) as store:
        assert list(find_damage(store)) == []


def saving(store: Store) -> Callable[[], object]:
    run = store.begin_run(
        "ingest", now=NOW, owner=Owner(host=this_process().host, pid=2**22 + 1)
    )  # a process that is gone
    source, letter = paper(77, Kind.REPLY)
    return lambda: store.save(run, source, letter, now=NOW, extractor="1")


def deciding(store: Store) -> Callable[[], object]:
    promise = ledger(store)[0].id
    return lambda: decide(store, DecisionKind.NOTE, who="田甲", now=NOW, commitment=promise, why="看过" * 4000)


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("work", [saving, deciding])
def test_a_disk_that_is_full_at_the_nth_page_keeps_what_there_was(
    work: Callable[[Store], Callable[[], object]], office: Settings
) -> None:
    """A limit on the size of files stands for the disk; it bites where the database's log is written."""
    database = office.data_dir / "duban.db"
    refused, done = 0, False
    for room in range(400):
        with open_store(office.database) as store:
            act, before = work(store), _counted(database)
            with files_of_at_most(_log_size(database) + room * 4096):
                try:
                    act()
                    done = True
                except StoreUnavailable:
                    refused += 1
            assert _sound(database)
            if done:
                break
            assert _counted(database) == before
    assert done
    assert refused
    with open_store(office.database) as store:
        assert list(find_damage(store)) == []


def _log_size(database: Path) -> int:
    log = database.with_name(database.name + "-wal")
    return max(log.stat().st_size if log.exists() else 0, 0)


def _counted(database: Path) -> tuple[int, ...]:
    with closing(sqlite3.connect(database)) as raw:
        return tuple(
            raw.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("documents", "commitments", "search_entries", "decisions", "sources")
        )


def _sound(database: Path) -> bool:
    with closing(sqlite3.connect(database)) as raw:
        return bool(raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)])
