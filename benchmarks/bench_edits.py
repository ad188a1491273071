"""Ten clerks who decide two hundred times each while a run takes in letters: errors, losses, how long each waits."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from tempfile import TemporaryDirectory
from time import perf_counter

import sqlalchemy as sa

from benchmarks.bench_store import letter
from benchmarks.figures import Figure, share_within
from models.decided import DecisionKind
from models.decisions import decide, history
from models.errors import ConflictingReview, DubanError
from models.ids import RecordId
from models.owners import this_process
from models.queries import ledger
from models.standings import find_differences
from models.store import Store, open_store
from models.tracking_tables import decisions

CLERKS, EDITS = 10, 200
GOAL = 500.0
"""Milliseconds within which 95 of 100 decisions are kept."""
_LETTERS = 60
_NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@dataclass(slots=True)
class _Day:
    """What the clerks met with: how long each decision took, refusals because somebody else had decided, errors."""

    times: list[float] = field(default_factory=list)
    conflicts: int = 0
    errors: list[str] = field(default_factory=list)


def run(url: str = "") -> Iterator[Figure]:
    """On a new SQLite database, or on the empty one at `url`."""
    with TemporaryDirectory() as folder, open_store(url or f"sqlite:///{folder}/edits.db") as store:
        _take_in(store, range(_LETTERS))
        promises = [row.id for row in ledger(store)]
        day, over = _Day(), threading.Event()
        with ThreadPoolExecutor(CLERKS + 1) as room:
            night = room.submit(_keep_taking_in, store, over)
            clerks = [room.submit(_work, store, number, promises, day) for number in range(CLERKS)]
            for clerk in clerks:
                clerk.result()
            over.set()
            taken_in = night.result()
        with store.reading() as connection:
            kept = connection.execute(sa.select(sa.func.count()).select_from(decisions)).scalar_one()
            wrong = len(list(find_differences(connection)))
            kind = connection.dialect.name
    yield Figure(f"{CLERKS} clerks on {kind}: errors", len(day.errors), "", at_most=0)
    yield Figure(f"{CLERKS} clerks on {kind}: decisions lost", len(day.times) - kept, "", at_most=0)
    yield Figure(f"{CLERKS} clerks on {kind}: promises kept as they don't stand", wrong, "", at_most=0)
    yield Figure(f"{CLERKS} clerks on {kind}: refused, somebody was first", day.conflicts, "")
    yield Figure(f"{CLERKS} clerks on {kind}: letters taken in meanwhile", taken_in, "")
    yield Figure(f"{CLERKS} clerks on {kind}: half within", 1000 * share_within(day.times, 0.5), "ms")
    yield Figure(
        f"{CLERKS} clerks on {kind}: 95 of 100 within", 1000 * share_within(day.times, 0.95), "ms", at_most=GOAL
    )
    for said in day.errors[:5]:
        print(said)


def _take_in(store: Store, numbers: range) -> None:
    run = store.begin_run("ingest", now=_NOW, owner=this_process())
    store.save_all(run, [letter(number) for number in numbers], now=_NOW, extractor="bench")
    store.finish_run(run, now=_NOW)


def _keep_taking_in(store: Store, over: threading.Event) -> int:
    """A run that keeps letters in batches until the clerks are done; how many it kept."""
    number, run = _LETTERS, store.begin_run("ingest", now=_NOW, owner=this_process())
    while not over.is_set():
        batch = [letter(one) for one in range(number, number + 25)]
        store.save_all(run, batch, now=_NOW, extractor="bench")
        number += len(batch)
    store.finish_run(run, now=_NOW)
    return number - _LETTERS


def _work(store: Store, number: int, promises: list[RecordId], day: _Day) -> None:
    """One clerk: looks at a promise, decides, and looks again where somebody else was first."""
    dice = random.Random(number)
    done = 0
    while done < EDITS:
        promise = dice.choice(promises)
        seen = max((one.id for one in history(store, promise)), default=0)
        values = (("to", dice.choice(("王五", "赵六", "孙七"))),)
        begun = perf_counter()
        try:
            decide(
                store,
                DecisionKind.ASSIGN,
                who=f"clerk{number}",
                now=_NOW,
                commitment=promise,
                values=values,
                seen=seen,
            )
        except ConflictingReview:
            day.conflicts += 1
            continue
        except DubanError as error:
            day.errors.append(repr(error))
        else:
            day.times.append(perf_counter() - begun)
        done += 1
