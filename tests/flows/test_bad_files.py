"""Bad files don't stop a night: of a thousand files with fifty bad ones all the others are kept, each bad one named."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import pytest

from corpus.readers.limits import Limits
from corpus.readers.pool import ReaderPool
from flows.intake import Intake, Report
from flows.originals import Originals
from flows.reading import Extracted
from flows.sources import find_files
from models.errors import Unreadable
from models.owners import this_process
from models.queries import failures
from models.runs import Outcome
from models.store import open_store

Write = Callable[[Path, int], list[Path]]
GOOD, BAD = 950, {"hang": 6, "eat": 6, "die": 8, "exit": 10, "forkdie": 10, "fail": 10}
STALL = 0.5
REASONS = {"hang": Unreadable.TIMEOUT, "eat": Unreadable.MEMORY}


class Pool:
    """A reader pool as the intake wants it."""

    ahead, lost, why = 0, 0, ""

    def __init__(self, pool: ReaderPool) -> None:
        self._pool = pool

    def expect(self, paths: Sequence[Path]) -> None:
        """Nothing."""

    def extract_many(self, paths: Iterable[Path]) -> Iterator[Extracted]:
        yield from cast("Iterator[Extracted]", self._pool.read_many(paths))


def taken_in(folder: Path, database: Path) -> tuple[Report, float]:
    """A folder taken in through readers that misbehave where a file asks for it; and the seconds."""
    limits = Limits(memory=400 << 20, stall=STALL, total=20)
    with (
        open_store(f"sqlite:///{database}") as store,
        ReaderPool(limits, 2, "mock_extractor:read_and_extract") as pool,
    ):
        run = store.begin_run("ingest", now=datetime.now(UTC), owner=this_process())
        originals = Originals(database.parent / f"{database.stem}-originals", 1 << 20)
        intake = Intake(store, run, Pool(pool), originals, "1")
        wanted, report = intake.sort_out(find_files([folder]))
        begun = time.monotonic()
        report += intake.take_in(wanted)
        store.finish_run(run, now=datetime.now(UTC))
    return report, time.monotonic() - begun


@pytest.mark.slow
def test_a_thousand_files_with_fifty_bad_ones(
    tmp_path: Path, write_replies: Write, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(root / "tests" / "documents"))
    write_replies(tmp_path / "clean", GOOD // 5)
    clean, fifth = taken_in(tmp_path / "clean", tmp_path / "clean.db")
    assert clean.outcomes == {Outcome.NEW: GOOD // 5}
    write_replies(tmp_path / "mixed", GOOD)
    for fault, times in BAD.items():
        for number in range(times):
            place = tmp_path / "mixed" / f"答复{number * 19 + len(fault):03}-{fault}.txt"
            place.write_text(f"fault:{fault} {number}", encoding="utf-8")
    mixed, slow = taken_in(tmp_path / "mixed", tmp_path / "mixed.db")
    assert mixed.outcomes == {Outcome.NEW: GOOD, Outcome.FAILED: sum(BAD.values())}
    wanted = Counter({Unreadable.CRASHED: sum(BAD.values())})
    for fault, reason in REASONS.items():
        wanted[reason] += BAD[fault]
        wanted[Unreadable.CRASHED] -= BAD[fault]
    with open_store(f"sqlite:///{tmp_path}/mixed.db") as store:
        assert Counter(row.reason for row in failures(store)) == wanted
    worst = 1.5 * 5 * fifth + sum(BAD.values()) * (STALL + 5) / 2  # each: its limit, and a reader that starts anew
    assert slow <= worst
