"""A database that goes away under a run: waited for where it is a server, and whatever ends the run is told."""

from __future__ import annotations

import os
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from flows.intake import Intake, Report
from flows.night import PLAIN, Done, take_batch, whole_night
from flows.running import run_of
from flows.settings import Settings
from flows.sources import Incoming
from models import decisions, tables
from models.decided import DecisionKind
from models.history import list_runs
from models.queries import ledger
from models.runs import RunState
from models.store import open_store
from models.tracking_tables import decisions as decided

Write = Callable[[Path, int], list[Path]]
DAY = date(2027, 1, 5)
NIGHT = """
from datetime import date
from flows.night import whole_night
from flows.running import run_of
from flows.settings import load
from models.store import open_store

settings = load()
with open_store(settings.database, 1) as store, run_of(store, "nightly") as (run, finish):
    finish(whole_night(store, run, settings, date(2027, 1, 5)).report.skipped)
"""
TOML = """
workers = 1
batch_size = 4
[[sources]]
name = "夹"
kind = "folder"
path = "{folder}"
still_seconds = 0
"""
AT_WORK = "SELECT count(*) FROM run_phases WHERE phase = 'ingest' AND ended IS NULL"
LETTERS = 12


class Line:
    """The network between us and a server: it may be cut, and mended."""

    def __init__(self, host: str, port: int) -> None:
        self._there, self._pairs, self._lock = (host, port), set[socket.socket](), threading.Lock()
        self.port, self.up = 0, True
        self._listen()

    def cut(self) -> None:
        self.up = False
        self._door.shutdown(socket.SHUT_RDWR)  # wakes whoever accepts; closing alone doesn't
        self._door.close()
        with self._lock:
            for one in self._pairs:
                with suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)
                one.close()
            self._pairs.clear()

    def mend(self) -> None:
        self.up = True
        self._listen()

    def _listen(self) -> None:
        self._door = socket.create_server(("127.0.0.1", self.port))
        self.port = self._door.getsockname()[1]
        threading.Thread(target=self._serve, args=(self._door,), daemon=True).start()

    def _serve(self, door: socket.socket) -> None:
        with suppress(OSError):
            while True:
                near, _ = door.accept()
                far = socket.create_connection(self._there)
                with self._lock:
                    self._pairs |= {near, far}
                for one, other in ((near, far), (far, near)):
                    threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    @staticmethod
    def _carry(one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while piece := one.recv(65536):
                other.sendall(piece)
        for end in (one, other):
            with suppress(OSError):
                end.close()


@pytest.fixture
def line(postgres_url: str) -> Iterator[tuple[Line, str]]:
    """A line to the test's own PostgreSQL, and the database's address over it."""
    url = sa.make_url(postgres_url)
    made = Line(url.host or "127.0.0.1", url.port or 5432)
    yield made, url.set(host="127.0.0.1", port=made.port).render_as_string(False)
    if made.up:
        made.cut()


def office(tmp_path: Path, write: Write, url: str) -> Settings:
    write(tmp_path / "in", LETTERS)
    sources = [{"name": "夹", "kind": "folder", "path": tmp_path / "in", "still_seconds": 0}]
    return Settings(data_dir=tmp_path / "data", database_url=url, workers=1, batch_size=4, sources=sources)  # type: ignore[arg-type]


def a_night(settings: Settings, patience: float, before_a_batch: Callable[[int], None] = lambda _: None) -> None:
    """A night in which something may happen before each batch."""
    count = 0

    def take(intake: Intake, batch: Sequence[Incoming], done: Done) -> Report:
        nonlocal count
        count += 1
        before_a_batch(count)
        return take_batch(intake, batch, done)

    with open_store(settings.database, patience) as store, run_of(store, "nightly") as (run, finish):
        finish(whole_night(store, run, settings, DAY, replace(PLAIN, take=take)).report.skipped)


def await_ingest(url: str) -> None:
    """Waits until a night takes files in."""
    until = time.monotonic() + 60
    with open_store(url) as store:
        while time.monotonic() < until:
            with store.reading() as connection:
                if connection.exec_driver_sql(AT_WORK).scalar():
                    return
            time.sleep(0.01)
    pytest.fail("no night began to take files in")


def kept(url: str) -> tuple[int, int, list[str]]:
    """How many documents and promises there are, and what people decided."""
    with open_store(url) as store, store.reading() as connection:
        number = connection.execute(sa.select(sa.func.count()).select_from(tables.documents)).scalar_one()
        notes = list(connection.execute(sa.select(decided.c.why)).scalars())
        return number, len(ledger(store)), notes


def states(url: str) -> list[tuple[RunState, str]]:
    with open_store(url) as store:
        return [(run.state, run.error or "") for run in list_runs(store)]


def test_a_server_that_is_gone_for_a_while_is_waited_for(
    line: tuple[Line, str], postgres_url: str, tmp_path: Path, write_replies: Write
) -> None:
    cable, url = line
    settings = office(tmp_path, write_replies, url)

    def breaks(batch: int) -> None:
        if batch == 2:
            cable.cut()
            threading.Timer(2.5, cable.mend).start()

    begun = time.monotonic()
    a_night(settings, 60, breaks)
    assert time.monotonic() - begun > 2.5
    assert kept(postgres_url)[0] == LETTERS
    assert [state for state, _ in states(postgres_url)] == [RunState.FINISHED]


def test_a_server_that_stays_away_ends_the_run_and_the_next_one_loses_and_doubles_nothing(
    line: tuple[Line, str], postgres_url: str, tmp_path: Path, write_replies: Write
) -> None:
    cable, url = line
    settings = office(tmp_path, write_replies, url)
    a_night(settings, 1)
    with open_store(postgres_url) as store:
        promise = ledger(store)[0].id
        decisions.decide(
            store, DecisionKind.NOTE, who="田甲", now=list_runs(store)[0].started, commitment=promise, why="看过"
        )
    before = kept(postgres_url)
    more = write_replies(tmp_path / "in", LETTERS + 4)[LETTERS:]

    (tmp_path / "data" / "duban.toml").write_text(TOML.format(folder=tmp_path / "in"), encoding="utf-8")
    kept_of = {name: value for name, value in os.environ.items() if not name.startswith(("DUBAN_", "PREFECT_"))}
    environment = kept_of | {"DUBAN_DATA_DIR": str(tmp_path / "data"), "DUBAN_DATABASE_URL": url}
    with subprocess.Popen([sys.executable, "-c", NIGHT], env=environment, stderr=subprocess.PIPE, text=True) as child:
        await_ingest(postgres_url)
        cable.cut()
        _, said = child.communicate(timeout=60)
    assert "StoreUnavailable" in said
    cable.mend()
    a_night(settings, 1)
    documents, promises, notes = kept(postgres_url)
    assert (documents, notes) == (before[0] + len(more), ["看过"])
    assert promises > before[1]
    (last, _), (broken, why), _ = states(postgres_url)
    assert (last, broken) == (RunState.FINISHED, RunState.ABANDONED)
    assert why


def test_a_file_that_another_program_holds_for_a_while_is_waited_for(tmp_path: Path, write_replies: Write) -> None:
    settings = office(tmp_path, write_replies, "")
    holders: list[threading.Thread] = []

    def hold() -> None:
        with closing(sqlite3.connect(tmp_path / "data" / "duban.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            time.sleep(2)
            other.execute("ROLLBACK")

    def holds(batch: int) -> None:
        if batch == 2:
            holders.append(threading.Thread(target=hold))
            holders[0].start()
            time.sleep(0.2)

    a_night(settings, 0, holds)
    holders[0].join()
    assert kept(settings.database)[0] == LETTERS
    assert [state for state, _ in states(settings.database)] == [RunState.FINISHED]


def test_a_night_that_is_run_three_times_changes_no_row_the_second_and_third_time(
    tmp_path: Path, write_replies: Write
) -> None:
    settings = office(tmp_path, write_replies, "")
    (tmp_path / "in" / "坏.docx").write_bytes(b"PK\x03\x04 broken off")
    found = []
    for _ in range(3):
        a_night(settings, 0)
        with open_store(settings.database) as store, store.reading() as connection:
            found.append(
                {
                    table.name: sorted(map(repr, connection.execute(sa.select(table))))
                    for table in tables.metadata.sorted_tables
                    if table.name not in {"runs", "run_phases", "run_progress", "sightings", "leases"}
                }
            )
    assert found[0] == found[1] == found[2]
    assert len(found[0]["documents"]) == LETTERS
