"""Clocks that jump: a lease from the future holds nobody for ever, and one that works on keeps it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from models.errors import StoreUnavailable
from models.extraction import Extraction
from models.history import list_runs
from models.leases import TERM, ran_out
from models.owners import this_process
from models.runs import Owner, RunState, SourceFile
from models.store import Store

ELSEWHERE = Owner(host="another-machine", pid=4321, boot="b", started="1")
Letter, File = Callable[..., Extraction], Callable[..., SourceFile]


@pytest.mark.parametrize(
    ("ends_in", "gone"),
    [(-1, True), (0, True), (1, False), (15, False), (29, False), (31, True), (60 * 24 * 365, True)],
)
def test_a_lease_holds_for_its_term_and_a_little_for_clocks_that_differ(
    ends_in: int, gone: bool, now: datetime
) -> None:
    assert ran_out(now + timedelta(minutes=ends_in), now) is gone


def test_a_machine_whose_clock_was_a_year_ahead_and_died_stops_nobody(store: Store, now: datetime) -> None:
    store.begin_run("nightly", now=now + timedelta(days=365), owner=ELSEWHERE)
    store.begin_run("nightly", now=now, owner=this_process())
    assert [run.state for run in list_runs(store)].count(RunState.RUNNING) == 1


def test_a_clock_that_is_set_back_under_a_run_costs_it_nothing(
    store: Store, letter: Letter, file: File, now: datetime
) -> None:
    run = store.begin_run("nightly", now=now + timedelta(days=365), owner=ELSEWHERE)
    store.save(run, file(letter()), letter(), now=now, extractor="1")
    with pytest.raises(StoreUnavailable, match="another-machine"):
        store.begin_run("ingest", now=now + TERM / 2, owner=this_process())
    store.finish_run(run, now=now)
    assert [one.state for one in list_runs(store)] == [RunState.FINISHED]


def test_a_clock_that_jumps_ahead_under_a_run_costs_it_nothing(
    store: Store, letter: Letter, file: File, now: datetime
) -> None:
    run = store.begin_run("nightly", now=now, owner=this_process())
    store.save(run, file(letter(1)), letter(1), now=now + timedelta(days=365), extractor="1")
    store.save(run, file(letter(2)), letter(2), now=now, extractor="1")
    store.finish_run(run, now=now)
    assert [one.state for one in list_runs(store)] == [RunState.FINISHED]
