"""A night with nothing new: the whole command over many files that the register knows, phase by phase."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.figures import Figure
from benchmarks.night_files import make_known, write_files
from models import reporting
from models.history import list_runs
from models.store import open_store

SMALL = 5_000
"""Files, unless another size is asked for."""
_REAL = 3  # that a real run takes in and follows up: among letters so alike, seconds each
_DAY = date(2026, 7, 2)
_STILL = 5.0  # seconds that a file must not have changed
_DUBAN = [sys.executable, "-P", "-c", "from flows.cli import main; main()"]


@dataclass(frozen=True, slots=True)
class Spent:
    """What a command took: seconds on the wall, of a processor, and memory at most; what it said."""

    wall: float
    processor: float
    memory_mb: float
    said: str


def run(files: int = SMALL) -> Iterator[Figure]:
    """Seconds of the night on which files come in, of the night that finds nothing new, and of each of its phases."""
    with TemporaryDirectory(prefix="duban-bench-") as name:
        place = Path(name)
        yield from _nights(place, files)


def _nights(place: Path, files: int) -> Iterator[Figure]:
    begun = perf_counter()
    # A process of its own: what one holds when it starts a command counts as the command's memory.
    making = get_context("spawn").Process(target=_make_known, args=(place, files - _REAL))
    making.start()
    making.join()
    if making.exitcode:
        raise AssertionError(making.exitcode)
    yield Figure(f"night: making {files - _REAL:,} files that are known", perf_counter() - begun, "s")
    write_files(place / "inbox", range(files - _REAL, files))
    first = _night(place, _DAY)
    yield Figure(f"night: {_REAL} new files among {files:,}, all told for the first time", first.wall, "s")
    quiet = _night(place, _DAY + timedelta(days=1))
    if _passed_over(quiet.said) != files:
        raise AssertionError(quiet.said)
    yield Figure(f"night: nothing new over {files:,} files", quiet.wall, "s", at_most=60)
    yield Figure("night: nothing new, processor time", quiet.processor, "s of a processor")
    yield Figure("night: nothing new, memory at most", quiet.memory_mb, "MB")
    yield from _phases(place)


def _make_known(place: Path, files: int) -> None:
    write_files(place / "inbox", range(files))
    with open_store(f"sqlite:///{place}/duban.db") as store:
        make_known(store, place / "inbox", range(files))


def _night(place: Path, day: date) -> Spent:
    """One `duban nightly`, with the Prefect server that it starts."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("DUBAN_", "PREFECT_"))}
    mine = {"DUBAN_DATA_DIR": str(place), "DUBAN_INBOX": str(place / "inbox"), "DUBAN_WORKERS": "2"}
    with (place / "said.txt").open("w+b") as said:
        begun = perf_counter()
        process = subprocess.Popen(
            [*_DUBAN, "nightly", "--date", day.isoformat()], env=environment | mine, cwd=place, stdout=said, stderr=said
        )
        _, status, used = os.wait4(process.pid, 0)
        wall = perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        words = said.read().decode()
    if process.returncode:
        raise AssertionError(words)
    return Spent(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, words)


def _passed_over(said: str) -> int:
    """How many files the command says it passed over."""
    found = re.search(r"未变、跳过 (\d+) 件", said)
    return int(found[1]) if found else 0


def _phases(place: Path) -> Iterator[Figure]:
    with open_store(f"sqlite:///{place}/duban.db") as store:
        for row in reporting.phases_of(store, list_runs(store, limit=1)[0].id):
            if row.ended is not None:
                yield Figure(f"night: nothing new, {row.phase.value}", (row.ended - row.started).total_seconds(), "s")
