"""One run at a time writes to a database."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from models.errors import StoreUnavailable
from models.extraction import Extraction
from models.history import list_runs
from models.leases import TERM
from models.owners import is_gone, this_process
from models.runs import Owner, RunState, SourceFile
from models.store import Store, open_store

ELSEWHERE = Owner(host="another-machine", pid=4321, boot="b", started="1")


def test_a_second_run_is_refused_and_told_who_runs(store: Store, now: datetime) -> None:
    store.begin_run("ingest", now=now, owner=this_process())
    with pytest.raises(StoreUnavailable, match=rf"收件，刚刚开始，在 .+ 上，进程号 {this_process().pid}；"):
        store.begin_run("follow_up", now=now, owner=this_process())


def test_the_next_run_begins_when_the_first_has_ended(store: Store, now: datetime) -> None:
    first = store.begin_run("ingest", now=now, owner=this_process())
    store.finish_run(first, now=now)
    assert store.begin_run("ingest", now=now, owner=this_process()) != first


def test_a_dead_process_is_replaced_at_once(store: Store, now: datetime) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as child:
        child.wait()
    dead = store.begin_run("ingest", now=now, owner=replace(this_process(), pid=child.pid, started="1"))
    store.begin_run("ingest", now=now + timedelta(seconds=1), owner=this_process())
    states = {run.id: run.state for run in list_runs(store)}
    assert states.pop(dead) is RunState.ABANDONED
    assert list(states.values()) == [RunState.RUNNING]


def test_a_run_from_before_the_machine_was_started_again_is_replaced(store: Store, now: datetime) -> None:
    store.begin_run("ingest", now=now, owner=replace(this_process(), boot="an earlier one"))
    store.begin_run("ingest", now=now, owner=this_process())


def test_a_number_that_another_process_has_now_is_no_sign_of_life() -> None:
    here = this_process()
    assert not is_gone(here, here)
    if here.started:
        assert is_gone(replace(here, started="1"), here)


def test_another_machine_keeps_the_database_until_its_term_is_over(store: Store, now: datetime) -> None:
    store.begin_run("ingest", now=now, owner=ELSEWHERE)
    with pytest.raises(StoreUnavailable, match="another-machine"):
        store.begin_run("ingest", now=now + TERM - timedelta(seconds=1), owner=this_process())
    store.begin_run("ingest", now=now + TERM, owner=this_process())


def test_work_renews_the_term(
    store: Store, letter: Callable[..., Extraction], file: Callable[..., SourceFile], now: datetime
) -> None:
    run = store.begin_run("ingest", now=now, owner=ELSEWHERE)
    store.save(run, file(letter()), letter(), now=now + TERM - timedelta(seconds=1), extractor="1")
    with pytest.raises(StoreUnavailable):
        store.begin_run("ingest", now=now + TERM, owner=this_process())


def test_a_run_that_lost_the_database_writes_nothing_more(
    store: Store, letter: Callable[..., Extraction], file: Callable[..., SourceFile], now: datetime
) -> None:
    lost = store.begin_run("ingest", now=now, owner=ELSEWHERE)
    later = now + TERM
    store.begin_run("ingest", now=later, owner=this_process())
    with pytest.raises(StoreUnavailable, match="另一次运行接手了"):
        store.save(lost, file(letter()), letter(), now=later, extractor="1")
    store.finish_run(lost, now=later)
    assert [run.state for run in list_runs(store)] == [RunState.RUNNING, RunState.ABANDONED]


def test_of_many_that_begin_together_one_gets_the_database(store: Store, now: datetime) -> None:
    def begin(_number: int) -> bool:
        try:
            store.begin_run("ingest", now=now, owner=this_process())
        except StoreUnavailable:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(begin, range(6))) == [False] * 5 + [True]
    assert [run.state for run in list_runs(store)] == [RunState.RUNNING]


def test_two_stores_on_one_database_see_one_lease(url: str, now: datetime) -> None:
    with open_store(url) as one, open_store(url) as two:
        one.begin_run("ingest", now=now, owner=this_process())
        with pytest.raises(StoreUnavailable):
            two.begin_run("ingest", now=now, owner=this_process())
