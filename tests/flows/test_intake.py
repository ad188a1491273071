"""Taking files in, without Prefect: what is new is read, what is known is passed over, what is broken is named."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from flows.intake import Intake, Report, batches
from flows.originals import Originals
from flows.reading import Reader
from flows.settings import Settings
from flows.sources import find_files
from flows.version import extractor_version
from models import tables
from models.errors import StoreUnavailable, Unreadable
from models.owners import this_process
from models.queries import failures, ledger, list_documents
from models.runs import Outcome, RunState
from models.store import Store, open_store

Write = Callable[[Path, int], list[Path]]
CONTENT = (
    tables.documents,
    tables.document_texts,
    tables.units,
    tables.commitments,
    tables.quantities,
    tables.declined,
)
CONTENT += (tables.requests, tables.search_entries, tables.sources)
MOMENTS = {"created", "first_seen", "failed"}


@contextmanager
def intake(folder: Path, database: Path, extractor: str = "") -> Iterator[Intake]:
    """A run over a folder's files, as the flow makes one."""
    with open_store(f"sqlite:///{database}") as store:
        run = store.begin_run("ingest", now=datetime.now(UTC), owner=this_process())
        with Reader(Settings(workers=2), 2) as reader:
            originals = Originals(database.parent / f"{database.stem}-originals", 1 << 20)
            originals.clear_unfinished()
            yield Intake(store, run, reader, originals, extractor or extractor_version())
        store.finish_run(run, now=datetime.now(UTC))


def taken_in(folder: Path, database: Path, extractor: str = "") -> Report:
    with intake(folder, database, extractor) as work:
        wanted, report = work.sort_out(find_files([folder]))
        return report + work.take_in(wanted)


def content(database: Path) -> dict[str, list[Any]]:
    """All rows but what the clock and the order of arrival put there."""
    with open_store(f"sqlite:///{database}") as store, store.reading() as connection:
        return {table.name: sorted(_rows(connection, table), key=repr) for table in CONTENT}


def _rows(connection: sa.Connection, table: sa.Table) -> list[tuple[Any, ...]]:
    skipped = MOMENTS | ({"id"} if table is tables.search_entries else set())
    columns = [column for column in table.columns if column.name not in skipped]
    return [tuple(row) for row in connection.execute(sa.select(*columns))]


def test_what_is_read_is_kept_with_its_records(tmp_path: Path, write_replies: Write) -> None:
    write_replies(tmp_path / "in", 3)
    report = taken_in(tmp_path / "in", tmp_path / "a.db")
    assert report.outcomes == {Outcome.NEW: 3}
    assert report.failures == ()
    with open_store(f"sqlite:///{tmp_path}/a.db") as store:
        assert len(list_documents(store)) == 3
        promises = [row.commitment.span.text for row in ledger(store)]
    assert any("加压泵站" in text for text in promises)


def test_a_second_time_changes_no_row(tmp_path: Path, write_replies: Write) -> None:
    write_replies(tmp_path / "in", 3)
    (tmp_path / "in" / "空.txt").touch()
    database = tmp_path / "a.db"
    taken_in(tmp_path / "in", database)
    before = content(database)
    report = taken_in(tmp_path / "in", database)
    assert (report.skipped, sum(report.outcomes.values())) == (4, 0)
    assert [failure.reason for failure in report.failures] == [Unreadable.EMPTY]
    assert content(database) == before


def test_a_copied_folder_with_new_times_is_known_by_its_bytes(tmp_path: Path, write_replies: Write) -> None:
    paths = write_replies(tmp_path / "in", 2)
    taken_in(tmp_path / "in", tmp_path / "a.db")
    for path in paths:
        os.utime(path, (0, 0))
    assert taken_in(tmp_path / "in", tmp_path / "a.db").skipped == 2


def test_newer_rules_read_everything_again(tmp_path: Path, write_replies: Write) -> None:
    write_replies(tmp_path / "in", 2)
    taken_in(tmp_path / "in", tmp_path / "a.db", "1")
    assert taken_in(tmp_path / "in", tmp_path / "a.db", "2").outcomes == {Outcome.UNCHANGED: 2}


def test_a_changed_file_is_a_new_version_and_another_copy_a_duplicate(tmp_path: Path, write_replies: Write) -> None:
    first, second = write_replies(tmp_path / "in", 2)
    taken_in(tmp_path / "in", tmp_path / "a.db")
    first.write_text(first.read_text(encoding="utf-8").replace("2025年底前", "2026年底前"), encoding="utf-8")
    (tmp_path / "in" / "副本.txt").write_bytes(second.read_bytes())
    report = taken_in(tmp_path / "in", tmp_path / "a.db")
    assert report.outcomes == {Outcome.NEW_VERSION: 1, Outcome.DUPLICATE: 1}
    assert report.skipped == 1


def test_a_broken_file_is_named_and_stops_nobody(tmp_path: Path, write_replies: Write) -> None:
    write_replies(tmp_path / "in", 2)
    (tmp_path / "in" / "半截.docx").write_bytes(b"PK\x03\x04 broken off")
    (tmp_path / "in" / "空.txt").touch()
    report = taken_in(tmp_path / "in", tmp_path / "a.db")
    assert report.outcomes == {Outcome.NEW: 2, Outcome.FAILED: 2}
    assert {Path(failure.file).name for failure in report.failures} == {"半截.docx", "空.txt"}
    with open_store(f"sqlite:///{tmp_path}/a.db") as store:
        assert [row.name for row in failures(store)] == ["半截.docx", "空.txt"]


def test_a_missing_file_is_a_failure_with_a_reason(tmp_path: Path) -> None:
    report = taken_in(tmp_path / "不在.txt", tmp_path / "a.db")
    assert [failure.reason for failure in report.failures] == [Unreadable.MISSING]


def test_two_runs_at_once_do_not_collide(tmp_path: Path, write_replies: Write) -> None:
    write_replies(tmp_path / "in", 1)
    with intake(tmp_path / "in", tmp_path / "a.db"), pytest.raises(StoreUnavailable):
        taken_in(tmp_path / "in", tmp_path / "a.db")


KILLED = """
import sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from test_intake import taken_in
taken_in(Path({folder!r}), Path({database!r}))
"""


@pytest.mark.parametrize("wait", [0.7, 1.1, 1.5])
def test_a_killed_run_is_taken_over_at_once_and_leaves_what_an_undisturbed_one_leaves(
    wait: float, tmp_path: Path, write_replies: Write
) -> None:
    write_replies(tmp_path / "in", 60)
    killed, calm = tmp_path / "killed.db", tmp_path / "calm.db"
    code = KILLED.format(tests=str(Path(__file__).parent), folder=str(tmp_path / "in"), database=str(killed))
    child = subprocess.Popen([sys.executable, "-c", code], start_new_session=True)
    time.sleep(wait)
    os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    begun = time.monotonic()
    taken_in(tmp_path / "in", killed)
    assert time.monotonic() - begun < 30
    taken_in(tmp_path / "in", calm)
    assert content(killed) == content(calm)
    with open_store(f"sqlite:///{killed}") as store:
        assert RunState.RUNNING not in _states(store)
    assert copies(killed) == copies(calm)


def copies(database: Path) -> set[str]:
    """The names of the files kept beside a database."""
    folder = database.parent / f"{database.stem}-originals"
    return {path.name for path in folder.rglob("*") if path.is_file()}


def _states(store: Store) -> set[RunState]:
    with store.reading() as connection:
        return set(connection.execute(sa.select(tables.runs.c.state)).scalars())


def test_batches_hold_every_file_once() -> None:
    paths = [Path(str(number)) for number in range(53)]
    lots = list(batches(paths, 25))
    assert [len(lot) for lot in lots] == [25, 25, 3]
    assert [path for lot in lots for path in lot] == paths
