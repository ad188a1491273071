"""Ten people decide while a run writes: nobody is turned away, nothing is lost, and nobody waits long."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Event

import pytest
import sqlalchemy as sa

from models.decided import DecisionKind
from models.decisions import decide
from models.extraction import Extraction
from models.ids import RecordId
from models.owners import this_process
from models.queries import ledger
from models.runs import SourceFile
from models.store import Store, open_store
from models.tracking_tables import decisions

CLERKS, EDITS, LETTERS = 10, 200, 60
LONGEST = 0.5  # seconds that 95 of 100 writes take at most, on a machine that is otherwise idle
ALONE = 50  # the same on a busy one: so many times as long as a write takes with nobody beside it


@pytest.mark.slow
def test_people_decide_while_a_run_writes(
    url: str, letter: Callable[..., Extraction], file: Callable[..., SourceFile], now: datetime
) -> None:
    with open_store(url) as store:
        run = store.begin_run("ingest", now=now, owner=this_process())
        for number in range(CLERKS):
            store.save(run, file(letter(number)), letter(number), now=now, extractor="1")
        promises = [row.id for row in ledger(store)]
        alone = sorted(_edit(store, promises[0], "alone", now) for _ in range(20))[10]

    stop = Event()

    def nightly() -> int:
        saved = 0
        with open_store(url) as store:
            while not stop.is_set() or saved < LETTERS:
                one = letter(1000 + saved)
                store.save(run, file(one), one, now=now, extractor="1")
                saved += 1
        return saved

    def clerk(nth: int) -> list[float]:
        with open_store(url) as store:
            return [_edit(store, promises[nth], f"{nth}-{edit}", now) for edit in range(EDITS)]

    with ThreadPoolExecutor(CLERKS + 1) as pool:
        night = pool.submit(nightly)
        took = sorted(seconds for each in pool.map(clerk, range(CLERKS)) for seconds in each)
        stop.set()
        saved = night.result()
    with open_store(url) as store, store.reading() as connection:
        notes = list(connection.execute(sa.select(decisions.c.why).order_by(decisions.c.id)).scalars())
        assert len(ledger(store)) == CLERKS + saved
    notes = [note for note in notes if note != "alone"]
    assert sorted(notes) == sorted(f"{nth}-{edit}" for nth in range(CLERKS) for edit in range(EDITS))
    for nth in range(CLERKS):
        mine = [int(note.split("-")[1]) for note in notes if note.startswith(f"{nth}-")]
        assert mine == list(range(EDITS))
    assert took[int(len(took) * 0.95)] <= max(LONGEST, ALONE * alone)


def _edit(store: Store, promise: RecordId, what: str, now: datetime) -> float:
    begun = time.perf_counter()
    decide(store, DecisionKind.NOTE, who="田甲", now=now, commitment=promise, why=what)
    return time.perf_counter() - begun
