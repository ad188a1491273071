"""How far a run has come, on both databases; and that it is asked to stop by a person and stops by itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from models.errors import Stopped
from models.history import list_runs
from models.owners import this_process
from models.progress import Progress, Step, ask_to_stop, begin_step, note_progress, progress_of
from models.runs import Owner, RunId, RunState
from models.store import Store

NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)


def test_a_run_tells_how_far_it_is_and_how_long_the_rest_takes(store: Store) -> None:
    run = store.begin_run("ingest", now=NOW, owner=this_process())
    assert progress_of(store, run) is None
    begin_step(store, run, Step.READ, 40, NOW)
    assert progress_of(store, run) == Progress(run, Step.READ, 40, 0, NOW, NOW, None)
    assert note_progress(store, run, 10, NOW + timedelta(minutes=1)) is None
    found = progress_of(store, run)
    assert found is not None
    assert (found.done, found.left) == (10, timedelta(minutes=3))
    begin_step(store, run, Step.COMPARE, 5, NOW + timedelta(minutes=4))
    found = progress_of(store, run)
    assert found is not None
    assert (found.step, found.done, found.left) == (Step.COMPARE, 0, None), "a step begins at nothing"
    note_progress(store, run, 9, NOW + timedelta(minutes=5))
    found = progress_of(store, run)
    assert found is not None
    assert found.done == 5, "never more than there is"


def test_a_run_that_is_asked_to_stop_is_told_so(store: Store) -> None:
    run = store.begin_run("ingest", now=NOW, owner=this_process())
    assert ask_to_stop(store, run, "林静", NOW), "before it has counted anything"
    begin_step(store, run, Step.READ, 3, NOW)
    assert note_progress(store, run, 1, NOW) == "林静"
    store.finish_run(run, now=NOW)
    assert not ask_to_stop(store, run, "林静", NOW)
    assert not ask_to_stop(store, RunId(987), "林静", NOW)


def test_a_run_whose_process_is_gone_ends_when_it_is_asked_to_stop(store: Store) -> None:
    gone = Owner(this_process().host, 2**22 + 7, this_process().boot, "0")
    run = store.begin_run("ingest", now=NOW, owner=gone)
    assert not ask_to_stop(store, run, "林静", NOW)
    assert list_runs(store)[0].state is RunState.ABANDONED


@pytest.mark.parametrize(("done", "seconds", "left"), [(0, 60, None), (2, 60, None), (3, 0, None), (4, 60, 240)])
def test_nobody_guesses_too_early(done: int, seconds: int, left: int | None) -> None:
    found = Progress(RunId(1), Step.READ, 20, done, NOW, NOW + timedelta(seconds=seconds), None)
    assert found.left == (None if left is None else timedelta(seconds=left))


def test_what_is_watched_stops_between_two_things_and_says_by_whom(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows import running

    monkeypatch.setattr(running, "_NOTED_EVERY", 0.0)
    made: list[int] = []

    def work(run: RunId, done: Callable[[], Any]) -> None:
        for number in range(5):
            made.append(number)
            if number == 2:
                ask_to_stop(store, run, "林静", datetime.now(UTC))
            done()

    with (
        pytest.raises(Stopped, match="林静"),
        running.run_of(store, "ingest") as (run, _),
        running.watched(store, run, Step.READ, 5) as done,
    ):
        work(run, done)
    assert made == [0, 1, 2]
    ended = list_runs(store)[0]
    assert (ended.state, ended.error) == (RunState.STOPPED, "林静 叫停的")
    again = store.begin_run("ingest", now=NOW, owner=this_process())
    assert again > run, "the database is free again"
