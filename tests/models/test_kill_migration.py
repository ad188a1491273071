"""An upgrade that is killed in the middle leaves the old database as it was; the next one brings it up to date."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks.kills import first_schema
from models.soundness import find_damage
from models.store import open_store
from models.tables import SCHEMA

KILLS = 8
ROWS = 3_000
CHILD = """
import sys
from alembic import command
from models.store import open_store
print("ready", flush=True)
open_store(sys.argv[1]).close()
"""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A database of the first schema with sentences to index anew."""
    path = tmp_path / "old.db"
    first_schema(path, ROWS)
    return path


@pytest.mark.slow
def test_an_upgrade_is_whole_or_did_not_happen(old: Path, tmp_path: Path) -> None:
    dice, seen = random.Random(20260302), set()
    path = tmp_path / "upgraded.db"
    for _ in range(KILLS):
        shutil.copyfile(old, path)
        with subprocess.Popen([sys.executable, "-c", CHILD, f"sqlite:///{path}"], stdout=subprocess.PIPE) as child:
            assert child.stdout is not None
            child.stdout.readline()
            time.sleep(dice.uniform(0, 0.4))
            os.kill(child.pid, signal.SIGKILL)
        with sqlite3.connect(path) as raw:
            assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            seen.add(raw.execute("SELECT version_num FROM alembic_version").fetchone()[0])
        raw.close()
        with open_store(f"sqlite:///{path}") as store, store.reading() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM search_entries").scalar() == ROWS
        for ending in ("", "-wal", "-shm"):
            path.with_name(path.name + ending).unlink(missing_ok=True)
    assert seen <= {"0001", SCHEMA}
    assert "0001" in seen


def test_an_upgraded_database_is_as_a_new_one_is(old: Path) -> None:
    with open_store(f"sqlite:///{old}") as store:
        found = list(find_damage(store))
    assert [damage.detail for damage in found if damage.harm.value == "schema"] == []
