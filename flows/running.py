"""A run and its phases in our own tables, the truth of what ran: begun, held, ended, or seen to be cut off."""

from __future__ import annotations

import ctypes
import gc
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime

from models import leases, progress, reporting
from models.errors import Stopped, StoreUnavailable
from models.nightly import Phase
from models.owners import this_process
from models.progress import Step
from models.runs import RunId, RunState
from models.store import Store
from outputs.phrases import phrase as called
from outputs.terminal import progress_bar

NIGHTLY = "nightly"
DATABASE_SECONDS = (
    90.0  # that a run waits for a server's database that is gone: a restart, a short break of the network
)
_PR_SET_PDEATHSIG = 1
_NOTED_EVERY = 2.0  # seconds
_LONGEST_WAIT = 60.0  # seconds between two looks at whether the other run is done
_NEW_OBJECTS = 50_000  # a paper made ready has some 2,000


@contextmanager
def run_of(
    store: Store, kind: str, *, patience: float = 0.0, sleep: Callable[[float], None] = time.sleep
) -> Iterator[tuple[RunId, Callable[[int], None]]]:
    """The run's row, and how to close it (with how many files were passed over); one that is broken off says by what.

    Somebody else's run that holds the database is waited for, `patience` seconds at most; a nightly run isn't: two of
    them one after the other in a night would be of no use.
    """
    run = _begun(store, kind, patience, sleep)
    try:
        yield run, lambda skipped: store.finish_run(run, now=_now(), skipped=skipped)
    except BaseException as error:
        with suppress(StoreUnavailable):  # what broke the run off may hold the database too; our lease ends with us
            # Not an error of the run's own: it was stopped (Ctrl-C, a machine that shuts down), and may be taken up.
            store.finish_run(run, now=_now(), state=_ended_as(error), error=_told(error)[:500])
        raise


def _ended_as(error: BaseException) -> RunState:
    if isinstance(error, Stopped):
        return RunState.STOPPED
    return RunState.FAILED if isinstance(error, Exception) else RunState.ABANDONED


def _told(error: BaseException) -> str:
    return str(error) if isinstance(error, Stopped) else f"{type(error).__name__}: {error}"


@contextmanager
def watched(store: Store, run: RunId, step: Step, total: int) -> Iterator[Callable[[], None]]:
    """What is to be called after each thing of a step: it shows how far the run has come, on the terminal and to
    whoever looks at the run's page, and raises Stopped where somebody asked for that there."""
    if not total:
        yield lambda: None
        return
    progress.begin_step(store, run, step, total, _now())
    count, last = 0, time.monotonic() - _NOTED_EVERY
    with progress_bar(called(step), total) as shown:

        def done() -> None:
            nonlocal count, last
            shown()
            count += 1
            if count == total or time.monotonic() - last >= _NOTED_EVERY:
                last = time.monotonic()
                _note(store, run, count)

        yield done


def _note(store: Store, run: RunId, count: int) -> None:
    try:
        who = progress.note_progress(store, run, count, _now())
    except StoreUnavailable:  # the work itself will see, and wait or try again
        return
    if who:
        raise Stopped(f"{who} 叫停的")


@contextmanager
def few_searches() -> Iterator[None]:
    """Within, Python seldom looks for garbage that holds itself: papers hold no circles, and thousands of new records
    started a search through all that are kept; a document's comparing took a fifth longer."""
    usual = gc.get_threshold()
    gc.set_threshold(_NEW_OBJECTS, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


@contextmanager
def phase(store: Store, run: RunId, which: Phase) -> Iterator[None]:
    """One phase: its beginning is written down, and its end only when it was reached."""
    with store.writing() as connection:
        leases.hold(connection, run, _now())
        reporting.begin_phase(connection, run, which, _now())
    yield
    with store.writing() as connection:
        leases.hold(connection, run, _now())
        reporting.end_phase(connection, run, which, _now())


def mend(store: Store) -> RunId | None:
    """Closes the runs whose process is gone; the nightly run that was cut off last, where none has ended since."""
    with store.writing() as connection:
        leases.close_gone(connection, this_process(), _now())
    return leases.cut_off(store, NIGHTLY)


def die_with_parent() -> None:
    """Asks the system to end this process when the one that started it ends: a scheduled run has nobody else."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() == 1:
            raise SystemExit("the process that started this run is gone")


def _begun(store: Store, kind: str, patience: float, sleep: Callable[[float], None]) -> RunId:
    until, pause = time.monotonic() + patience, 5.0
    while True:
        try:
            return store.begin_run(kind, now=_now(), owner=this_process())
        except StoreUnavailable:
            if time.monotonic() + pause > until or leases.holding(store) == kind:
                raise
        sleep(pause)
        pause = min(_LONGEST_WAIT, pause * 2)


def _now() -> datetime:
    return datetime.now(UTC)
