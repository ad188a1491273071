"""A database is copied whole to the other kind of database, or not at all."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from models.checksums import Checksum, all_tables, checksums, counts
from models.copying import copy_database, copy_file, is_empty
from models.decided import DecisionKind
from models.decisions import decide
from models.engine import open_engine, snapshot, unopened_engine
from models.errors import KeepingFailed, StoreUnavailable
from models.extraction import Extraction
from models.owners import this_process
from models.queries import ledger
from models.search import SearchKind, search
from models.store import Store, open_store
from models.tables import document_texts, runs

LETTERS = 30


@pytest.fixture
def source(tmp_path: Path, letter: Callable[..., Extraction], file: Callable[..., object], now: datetime) -> str:
    """An embedded database with letters, decisions, and numbers that were given and taken back."""
    url = f"sqlite:///{tmp_path}/source.db"
    with open_store(url) as store:
        run = store.begin_run("ingest", now=now, owner=this_process())
        for number in range(LETTERS):
            one = letter(number)
            store.save(run, file(one), one, now=now, extractor="1")  # type: ignore[arg-type]
        store.finish_run(run, now=now)
        promise = ledger(store)[0].id
        for text in ("先记一笔", "再记一笔"):
            decide(store, DecisionKind.NOTE, who="田甲", now=now, commitment=promise, why=text)
    return url


def sums(url: str) -> dict[str, Checksum]:
    engine = open_engine(url)
    with snapshot(engine) as connection:
        found = checksums(connection)
    engine.dispose()
    return found


def test_every_table_of_the_database_is_copied(url: str) -> None:
    """Fails when a module with tables is left out: what migrations make is what is copied."""
    engine = open_engine(url)
    with engine.connect() as connection:
        there = {name for name in sa.inspect(connection).get_table_names() if not name.startswith("search_index")}
    engine.dispose()
    assert there - {"alembic_version"} == {table.name for table in all_tables()}


def test_a_copy_holds_what_its_source_holds(source: str, url: str) -> None:
    target = url if url.startswith("postgresql") else url.replace("duban.db", "copy.db")
    found = copy_database(source, target)
    assert found["documents"].rows == LETTERS
    assert found == sums(source) == sums(target)


def test_a_copy_goes_there_and_back(source: str, postgres_url: str, tmp_path: Path) -> None:
    copy_database(source, postgres_url)
    copy_database(postgres_url, f"sqlite:///{tmp_path}/back.db")
    assert sums(f"sqlite:///{tmp_path}/back.db") == sums(source)


def test_work_goes_on_in_the_copy(
    source: str, url: str, letter: Callable[..., Extraction], file: Callable[..., object], now: datetime
) -> None:
    target = url if url.startswith("postgresql") else url.replace("duban.db", "copy.db")
    copy_database(source, target)
    with open_store(target) as store:
        run = store.begin_run("ingest", now=now, owner=this_process())
        one = letter(999, thing="凉亭")
        store.save(run, file(one), one, now=now, extractor="1")  # type: ignore[arg-type]
        made = decide(store, DecisionKind.NOTE, who="田甲", now=now, commitment=ledger(store)[0].id, why="接着记")
        assert (run, made.id) == (2, 3)
        found = search(store, "凉亭", kinds=[SearchKind.COMMITMENT])
        assert [hit.document.identity.number for hit in found.hits] == ["999"]
        assert search(store, "公交站台", kinds=[SearchKind.COMMITMENT], limit=100).exact == LETTERS


def test_a_number_that_was_taken_back_is_not_given_again_after_a_copy(source: str, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "source.db") as raw:
        raw.execute("DELETE FROM decisions WHERE id = 2")
    copy_database(source, f"sqlite:///{tmp_path}/copy.db")
    with sqlite3.connect(tmp_path / "copy.db") as raw:
        assert raw.execute("SELECT seq FROM sqlite_sequence WHERE name = 'decisions'").fetchall() == [(2,)]


def test_a_place_that_holds_something_is_left_alone(source: str, store: Store, url: str, save: object) -> None:
    before = sums(url)
    with pytest.raises(KeepingFailed, match="已经有"):
        copy_database(source, url)
    assert sums(url) == before


def test_a_server_database_that_was_only_opened_counts_as_empty(source: str, postgres_url: str) -> None:
    open_store(postgres_url).close()
    copy_database(source, postgres_url)
    engine = unopened_engine(postgres_url)
    assert not is_empty(engine)
    engine.dispose()


def test_tables_of_another_program_are_left_alone(source: str, postgres_url: str) -> None:
    engine = sa.create_engine(postgres_url)
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE documents (id integer)"))
    with pytest.raises(KeepingFailed, match="别的程序的表 documents"):
        copy_database(source, postgres_url)
    engine.dispose()


def test_a_value_that_the_target_cannot_hold_is_named_and_nothing_stays(source: str, postgres_url: str) -> None:
    engine = sa.create_engine(source)
    with engine.begin() as connection:
        connection.execute(sa.update(document_texts).values(text="甲\0乙"))
    engine.dispose()
    with pytest.raises(KeepingFailed, match="表 document_texts"):
        copy_database(source, postgres_url)
    target = sa.create_engine(postgres_url)
    assert sa.inspect(target).get_table_names() == []
    target.dispose()


def test_a_row_that_refers_to_nothing_is_told_before_it_is_copied(source: str, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "source.db") as raw:
        raw.execute("DELETE FROM documents WHERE number = '7'")
    with pytest.raises(KeepingFailed, match="指向不存在的 documents"):
        copy_database(source, f"sqlite:///{tmp_path}/copy.db")
    assert not (tmp_path / "copy.db").exists()


def test_a_database_of_another_schema_is_not_copied(source: str, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "source.db") as raw:
        raw.execute("UPDATE alembic_version SET version_num = '0001'")
    with pytest.raises(KeepingFailed, match="结构是 0001"):
        copy_database(source, f"sqlite:///{tmp_path}/copy.db")


def test_what_is_written_during_a_copy_does_not_get_halfway_into_it(source: str, url: str, now: datetime) -> None:
    """Both kinds of source: a snapshot stays as it began, whatever others commit."""
    target = url if url.startswith("postgresql") else url.replace("duban.db", "copy.db")
    copy_database(source, target)
    engine = open_engine(target)
    with snapshot(engine) as connection:
        before = counts(connection)
        with open_store(target) as store:
            store.begin_run("ingest", now=now, owner=this_process())
        assert counts(connection) == before
        assert connection.execute(sa.select(sa.func.count()).select_from(runs)).scalar() == before["runs"]
    engine.dispose()


CHILD = """
import sys, time
from models.copying import copy_database
def told(table, rows):
    print(table, flush=True)
    time.sleep(0.02)
copy_database(sys.argv[1], sys.argv[2], told)
print("done", flush=True)
"""


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_copy_that_is_killed_leaves_nothing_and_the_next_one_is_whole(
    kind: str, source: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    target = f"sqlite:///{tmp_path}/copy.db" if kind == "sqlite" else request.getfixturevalue("postgres_url")
    dice = random.Random(20260302)
    for _ in range(6):
        _kill_copy(source, target, dice.randrange(12))
        if kind == "sqlite":
            assert not (tmp_path / "copy.db").exists()
        else:
            _wait_until_empty(target)
    assert copy_database(source, target) == sums(source)


def _kill_copy(source: str, target: str, tables: int) -> None:
    """Kills a copy after it has told of so many batches."""
    with subprocess.Popen([sys.executable, "-c", CHILD, source, target], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        for _ in range(tables + 1):
            assert child.stdout.readline() != "done\n"
        os.kill(child.pid, signal.SIGKILL)


def _wait_until_empty(url: str) -> None:
    """The server notices that its client is gone a moment later."""
    engine = sa.create_engine(url, connect_args={"options": sa.make_url(url).query["options"]})
    until = time.monotonic() + 10
    while sa.inspect(engine).get_table_names() and time.monotonic() < until:
        time.sleep(0.05)
    assert sa.inspect(engine).get_table_names() == []
    engine.dispose()


WRITER = """
import runpy, sys
from models.owners import this_process
from models.store import open_store
given = runpy.run_path(sys.argv[2])
letter, file, now = given["letter_of"], given["file_of"], given["NOW"]
with open_store(sys.argv[1]) as store:
    run = store.begin_run("ingest", now=now, owner=this_process())
    for number in range(100_000):
        one = letter(number)
        store.save(run, file(one), one, now=now, extractor="1")
        print(number, flush=True)
"""


def test_a_copy_beside_a_busy_writer_is_sound_and_has_all_that_was_acknowledged(tmp_path: Path) -> None:
    database = tmp_path / "busy.db"
    command = [sys.executable, "-c", WRITER, f"sqlite:///{database}", str(Path(__file__).with_name("conftest.py"))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        try:
            for nth in range(20):
                acknowledged = int(writer.stdout.readline())
                copy_file(database, tmp_path / f"{nth}.db")
                with sqlite3.connect(tmp_path / f"{nth}.db") as copy:
                    assert copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
                    assert copy.execute("PRAGMA foreign_key_check").fetchall() == []
                    held = {int(number) for (number,) in copy.execute("SELECT number FROM documents")}
                assert set(range(acknowledged + 1)) <= held
                (tmp_path / f"{nth}.db").unlink()
        finally:
            writer.kill()


def test_only_a_database_that_is_there_is_copied(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="没有数据库"):
        copy_file(tmp_path / "none.db", tmp_path / "copy.db")
    assert list(tmp_path.iterdir()) == []


def test_texts_have_the_same_checksum_in_whatever_order_they_were_written(source: str, tmp_path: Path) -> None:
    copy_file(tmp_path / "source.db", tmp_path / "other.db")
    with sqlite3.connect(tmp_path / "other.db") as raw:
        raw.execute("CREATE TABLE turned AS SELECT * FROM quantities ORDER BY id DESC")
        raw.execute("DELETE FROM quantities")
        raw.execute("INSERT INTO quantities SELECT * FROM turned")
        raw.execute("DROP TABLE turned")
    assert sums(f"sqlite:///{tmp_path}/other.db") == sums(source)
    with sqlite3.connect(tmp_path / "other.db") as raw:
        raw.execute(
            "UPDATE quantities SET value = '31' WHERE value = '30' AND document_id = (SELECT min(id) FROM documents)"
        )
    changed, before = sums(f"sqlite:///{tmp_path}/other.db"), sums(source)
    assert {name for name in before if changed[name] != before[name]} == {"quantities"}
