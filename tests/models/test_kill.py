"""A run that is killed in the middle of saving leaves whole letters, and the next run finishes the work."""

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

import sqlalchemy as sa

from models import tables
from models.extraction import Extraction
from models.owners import this_process
from models.rows import document_id
from models.runs import SourceFile
from models.store import Store, open_store

LETTERS = 400
KILLS = 8
WORKER = """
import runpy, sys
from models.owners import this_process
from models.store import open_store

given = runpy.run_path(sys.argv[2])
letter, file, now = given["letter_of"], given["file_of"], given["NOW"]
with open_store(sys.argv[1]) as store:
    run = store.begin_run("ingest", now=now, owner=this_process())
    for number in range(int(sys.argv[3])):
        one = letter(number)
        source = file(one)
        if store.known(source.path, source.size, source.mtime_ns, extractor="1") is None:
            store.save(run, source, one, now=now, extractor="1")
        print(number, flush=True)
"""


def test_kill_9_loses_no_letter_that_was_acknowledged_and_halves_none(
    tmp_path: Path,
    letter: Callable[..., Extraction],
    file: Callable[..., SourceFile],
    rows: Callable[[Store], dict[str, list[str]]],
    now: datetime,
) -> None:
    url = f"sqlite:///{tmp_path}/killed.db"
    dice = random.Random(20260302)
    for _ in range(KILLS):
        acknowledged = _killed_run(url, dice.uniform(0.02, 0.35))
        assert sqlite3.connect(tmp_path / "killed.db").execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        with open_store(url) as store:
            assert acknowledged <= _whole_letters(store)
    with open_store(url) as store, open_store(f"sqlite:///{tmp_path}/calm.db") as calm:
        for one in (store, calm):
            run = one.begin_run("ingest", now=now, owner=this_process())
            for number in range(LETTERS):
                one.save(run, file(letter(number)), letter(number), now=now, extractor="1")
        assert rows(store) == rows(calm)


def _killed_run(url: str, seconds: float) -> set[str]:
    """The letters that a run said it had kept before it was killed, so many seconds after its first one."""
    command = [sys.executable, "-c", WORKER, url, str(Path(__file__).with_name("conftest.py")), str(LETTERS)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        first = child.stdout.readline()
        assert first, "the run didn't get as far as its first letter"
        time.sleep(seconds)
        os.kill(child.pid, signal.SIGKILL)
        said = (first + child.stdout.read()).splitlines(keepends=True)
    return {line.strip() for line in said if line.endswith("\n")}


def _whole_letters(store: Store) -> set[str]:
    """The numbers of the letters in the store, each loaded and counted; a letter without its records fails here."""
    wanted = sa.select(tables.documents.c.id, tables.documents.c.number)
    entries = sa.select(sa.func.count()).select_from(tables.search_records)
    with store.reading() as connection:
        found = connection.execute(wanted).all()
        assert connection.execute(entries).scalar_one() == 10 * len(found)
        held = connection.execute(sa.select(tables.sources.c.document_id)).scalars().all()
        assert set(held) == {row.id for row in found}
    for row in found:
        kept = store.load(row.id)
        assert document_id(kept.document.text) == row.id
        sizes = (len(kept.units), len(kept.commitments), len(kept.declined), len(kept.requests), len(kept.quantities))
        assert sizes == (4, 1, 1, 1, 2)
    return {row.number for row in found}
