"""A night with nothing new: the whole command over many files that the register knows, phase by phase."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.commands import Spent, apart, duban
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


def run(files: int = SMALL) -> Iterator[Figure]:
    """Seconds of the night on which files come in, of the night that finds nothing new, and of each of its phases."""
    with TemporaryDirectory(prefix="duban-bench-") as name:
        place = Path(name)
        yield from _nights(place, files)


def _nights(place: Path, files: int) -> Iterator[Figure]:
    begun = perf_counter()
    apart(_make_known, place, files - _REAL)
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
    return duban("nightly", "--date", day.isoformat(), place=place, inbox=str(place / "inbox"), workers="2")


def _passed_over(said: str) -> int:
    """How many files the command says it passed over."""
    found = re.search(r"未变、跳过 (\d+) 件", said)
    return int(found[1]) if found else 0


def _phases(place: Path) -> Iterator[Figure]:
    with open_store(f"sqlite:///{place}/duban.db") as store:
        for row in reporting.phases_of(store, list_runs(store, limit=1)[0].id):
            if row.ended is not None:
                yield Figure(f"night: nothing new, {row.phase.value}", (row.ended - row.started).total_seconds(), "s")
