"""Processes that are killed in the middle of what they do, as often as asked; what was acknowledged must be there.

    while_saving, while_deciding, while_importing, while_migrating, while_recovering

Each gives how often it killed, and raises AssertionError where something is lost, halved or damaged. A child is forked
from this process, does its work, says through a pipe what the database has acknowledged, and is killed at a random
moment; nothing is cleared up in between, so that each begins with what the one before left.
"""

from __future__ import annotations

import os
import random
import select
import shutil
import signal
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import sqlalchemy as sa
from alembic import command

from benchmarks.bench_follow_up import paper
from models import tables
from models.decided import Decision, DecisionKind
from models.decisions import decide, decide_each
from models.documents import Kind
from models.engine import unopened_engine
from models.ids import RecordId
from models.migrations import configuration
from models.owners import this_process
from models.queries import ledger
from models.rows import document_id
from models.soundness import find_damage
from models.store import Store, open_store
from models.tables import SCHEMA
from models.tracking_tables import decisions

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
Say = Callable[[object], None]
_IMPORTED = 20  # changes that come back in one workbook
_OLD_ROWS = 3_000


def while_saving(folder: Path, times: int, seed: int = 1, letters: int = 120) -> int:
    """Runs that take letters in. At the end one that isn't disturbed finishes, and everything is as it would be."""
    database, dice = folder / "saving.db", random.Random(seed)
    given = [paper(number, Kind.REPLY) for number in range(letters)]

    def work(say: Say) -> None:
        with open_store(f"sqlite:///{database}") as store:
            run = store.begin_run("bench", now=NOW, owner=this_process())
            say("begun")
            for source, letter in given:
                if store.known(source.path, source.size or 0, source.mtime_ns or 0, extractor="1") is None:
                    store.save(run, source, letter, now=NOW, extractor="1")
                say(document_id(letter.document.text))

    for _ in range(times):
        said = set(killed(work, dice.uniform(0.0, 0.15))[1:])
        _sound(database)
        with open_store(f"sqlite:///{database}") as store:
            assert said <= _whole(store)
    with open_store(f"sqlite:///{database}") as store:
        run = store.begin_run("bench", now=NOW, owner=this_process())
        for source, letter in given:
            store.save(run, source, letter, now=NOW, extractor="1")
        store.finish_run(run, now=NOW)
        assert _whole(store) == {document_id(letter.document.text) for _, letter in given}
        assert [damage.detail for damage in find_damage(store)] == []
    return times


def while_deciding(folder: Path, times: int, seed: int = 2) -> int:
    """People who review: each decision that was acknowledged is there, once, and none that wasn't made."""
    database, dice, numbers = folder / "deciding.db", random.Random(seed), count()
    promise = _register(database, 3)[0]
    acknowledged: list[str] = []

    def work(say: Say) -> None:
        with open_store(f"sqlite:///{database}") as store:
            say("begun")
            for number in range(10_000):
                why = f"{turn}-{number}"
                decide(store, DecisionKind.NOTE, who="田甲", now=NOW, commitment=promise, why=why)
                say(why)

    for _ in range(times):
        turn = next(numbers)
        acknowledged += killed(work, dice.uniform(0.0, 0.1))[1:]
        _sound(database)
    found = _notes(database)
    assert len(found) == len(set(found))
    assert set(acknowledged) <= set(found)
    assert len(found) <= len(acknowledged) + times
    return times


def while_importing(folder: Path, times: int, seed: int = 3) -> int:
    """Workbooks that come back: all their changes are there, or none."""
    database, dice, numbers = folder / "importing.db", random.Random(seed), count()
    promises = _register(database, _IMPORTED // 10 + 1)[:_IMPORTED]
    acknowledged: set[str] = set()

    def work(say: Say) -> None:
        with open_store(f"sqlite:///{database}") as store:
            say("begun")
            for number in range(10_000):
                why = f"{turn}-{number}"
                wanted = [Decision(0, NOW, "岳乙", DecisionKind.NOTE, one, None, (), why) for one in promises]
                with store.reading() as connection:
                    last: int = connection.execute(sa.select(sa.func.max(decisions.c.id))).scalar() or 0
                decide_each(store, wanted, dict.fromkeys(promises, last))
                say(why)

    for _ in range(times):
        turn = next(numbers)
        acknowledged.update(killed(work, dice.uniform(0.0, 0.15))[1:])
        _sound(database)
    found = _notes(database)
    assert {found.count(why) for why in found} == {len(promises)}
    assert acknowledged <= set(found)
    return times


def while_migrating(folder: Path, times: int, seed: int = 4) -> int:
    """Upgrades of a database of the first schema: it is brought up to date, or stays as it was."""
    old, database, dice, seen = folder / "old.db", folder / "migrating.db", random.Random(seed), set()
    first_schema(old, _OLD_ROWS)

    def work(say: Say) -> None:
        say("begun")
        open_store(f"sqlite:///{database}").close()

    for _ in range(times):
        for ending in ("", "-wal", "-shm"):
            database.with_name(database.name + ending).unlink(missing_ok=True)
        shutil.copyfile(old, database)
        killed(work, dice.uniform(0, 0.3))
        _sound(database)
        with closing(sqlite3.connect(database)) as raw:
            seen.add(raw.execute("SELECT version_num FROM alembic_version").fetchone()[0])
        with open_store(f"sqlite:///{database}") as store, store.reading() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM search_entries").scalar() == _OLD_ROWS
    assert seen <= {"0001", SCHEMA}
    return times


def while_recovering(folder: Path, times: int, seed: int = 5) -> int:
    """Processes that are killed while they open what a killed one left: its log to fold in, its run to close."""
    database, dice, saved = folder / "recovering.db", random.Random(seed), set()
    given = [paper(number, Kind.REPLY) for number in range(times)]
    open_store(f"sqlite:///{database}").close()

    def save(say: Say) -> None:
        with open_store(f"sqlite:///{database}") as store:
            run = store.begin_run("bench", now=NOW, owner=this_process())
            source, letter = given[turn]
            store.save(run, source, letter, now=NOW, extractor="1")
            say(document_id(letter.document.text))
            time.sleep(60)

    def recover(say: Say) -> None:
        say("begun")
        with open_store(f"sqlite:///{database}") as store:
            store.begin_run("bench", now=NOW, owner=this_process())
            time.sleep(60)

    for turn in range(times):  # noqa: B007 - the child's own work reads it
        saved.update(killed(save, 0.0))
        killed(recover, dice.uniform(0.0, 0.03))
        _sound(database)
    with open_store(f"sqlite:///{database}") as store:
        assert saved <= _whole(store)
        assert len(saved) == times
    return times


def killed(work: Callable[[Say], None], seconds: float) -> list[str]:
    """What a child said, whole lines only, before it was killed, so many seconds after its first word."""
    out, into = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(out)
            work(lambda word: _said(into, word))
        finally:
            os._exit(0)
    os.close(into)
    with os.fdopen(out, "rb") as pipe:
        ready, _, _ = select.select([pipe], [], [], 60)
        assert ready, "the child said nothing for a minute"
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        told = pipe.read().decode()
    return told.split("\n")[:-1]  # what follows the last line end was cut off


def _said(pipe: int, word: object) -> None:
    os.write(pipe, f"{word}\n".encode())


def _sound(database: Path) -> None:
    with closing(sqlite3.connect(database, timeout=30)) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def _whole(store: Store) -> set[str]:
    """The documents, each with as many records as the letter has."""
    document = tables.commitments.c.document_id
    with store.reading() as connection:
        held = set(connection.execute(sa.select(tables.documents.c.id)).scalars())
        promises = connection.execute(sa.select(document, sa.func.count()).group_by(document)).all()
    assert {number for _, number in promises} <= {10}
    assert held == {id for id, _ in promises}
    return held


def _register(database: Path, letters: int) -> list[RecordId]:
    """The ids of the promises of so many letters, taken in undisturbed."""
    with open_store(f"sqlite:///{database}") as store:
        run = store.begin_run("bench", now=NOW, owner=this_process())
        store.save_all(run, [paper(number, Kind.REPLY) for number in range(letters)], now=NOW, extractor="1")
        store.finish_run(run, now=NOW)
        return [row.id for row in ledger(store)]


def _notes(database: Path) -> list[str]:
    with open_store(f"sqlite:///{database}") as store, store.reading() as connection:
        return list(connection.execute(sa.select(decisions.c.why)).scalars())


def first_schema(path: Path, rows: int) -> None:
    """A database of the first schema with sentences to index anew."""
    engine = unopened_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        command.upgrade(configuration(connection), "0001")
        connection.exec_driver_sql(
            "INSERT INTO documents (id, current, path, name, form, notes, extractor, records_digest, created, kind,"
            " proposers, co_units, co_reply, contacts) VALUES ('d', 0, '/d', 'd', 'txt', '[]', '1', '',"
            " '2026-01-01 00:00:00', 'reply', '[]', '[]', 0, '[]')"
        )
        found = [(number, f"第 {number} 号 供 水 管 网") for number in range(1, rows + 1)]
        connection.exec_driver_sql("INSERT INTO search_entries (id, document_id, tokens) VALUES (?, 'd', ?)", found)
    engine.dispose()
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA journal_mode = DELETE")
