"""Prefect's share of taking files in, and what a cluster's workers on this machine add: the same letters, every way."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING

from benchmarks.bench_ingest import FORMS
from benchmarks.figures import Figure

if TYPE_CHECKING:
    from flows.night import Steps
    from flows.settings import Settings

_LETTERS = 400
_WORKERS = 2
_TASKS = 40


def run() -> Iterator[Figure]:
    """Documents a second by processes and on a Dask cluster of two workers; and Prefect's share of a batch."""
    with TemporaryDirectory() as place, _api(Path(place)):
        yield from _figures(Path(place))


def _figures(place: Path) -> Iterator[Figure]:
    from flows.ingest import STEPS
    from flows.night import PLAIN
    from flows.settings import Settings

    inbox = _letters(place / "inbox")
    given = Settings(workers=_WORKERS)
    plain = min(_taken_in(given, place / f"plain{turn}", inbox, PLAIN) for turn in range(2))
    yield Figure(f"take in {_LETTERS} letters, {_WORKERS} processes", _LETTERS / plain, "documents/s")
    task = _empty_tasks(given, place / "empty", STEPS)
    batch = plain / (_LETTERS / given.batch_size)
    yield Figure("a batch of 25, as a task of Prefect: what the task adds", 1000 * task, "ms")
    yield Figure("a batch of 25: what is not Prefect's", 100 * batch / (batch + task), "%", at_least=90)
    with suppress(ImportError), _cluster(place) as scheduler:
        far = given.model_copy(update={"runner": "dask", "dask_scheduler": scheduler})
        _taken_in(far, place / "warm", inbox, STEPS)
        seconds = min(_taken_in(far, place / f"dask{turn}", inbox, STEPS) for turn in range(2))
        yield Figure(f"take in {_LETTERS} letters, a Dask cluster of {_WORKERS}", _LETTERS / seconds, "documents/s")
        yield Figure("a Dask cluster against processes of as many", plain / seconds, "times")


def _taken_in(settings: Settings, data: Path, inbox: Path, steps: Steps) -> float:
    """Seconds to take the inbox into a new register, Prefect's own start left out."""
    from prefect import flow

    from flows.night import take_in_all
    from flows.running import run_of
    from flows.sources import find_files, incoming
    from models.store import open_store

    mine = settings.model_copy(update={"data_dir": data})
    files = list(map(incoming, find_files([inbox])))

    @flow(name="bench", validate_parameters=False)
    def taking() -> float:
        with open_store(mine.database) as store, run_of(store, "bench") as (run, finish):
            begun = perf_counter()
            report = take_in_all(store, run, mine, files, steps=steps)
            took = perf_counter() - begun
            if sum(report.outcomes.values()) != len(files) or report.lost:
                raise AssertionError(report)
            finish(0)
        return took

    return taking()


def _empty_tasks(settings: Settings, data: Path, steps: Steps) -> float:
    """Seconds that one batch costs which has nothing to do: Prefect's part of each."""
    from prefect import flow

    from flows.intake import Intake
    from flows.originals import Originals
    from flows.reading import Reader
    from flows.running import run_of
    from models.store import open_store

    @flow(name="bench-empty", validate_parameters=False)
    def empty() -> float:
        with (
            open_store(f"sqlite:///{data}.db") as store,
            run_of(store, "bench") as (run, finish),
            Reader(settings, 0) as reader,
        ):
            intake = Intake(store, run, reader, Originals(data, 1), "bench")
            begun = perf_counter()
            for _ in range(_TASKS):
                steps.take(intake, [], lambda: None)
            took = perf_counter() - begun
            finish(0)
        return took / _TASKS

    return min(empty() for _ in range(2))


def _letters(folder: Path) -> Path:
    folder.mkdir()
    texts = [path.read_text(encoding="utf-8") for path in sorted(FORMS.glob("*reply*.txt"))]
    for number in range(_LETTERS):
        text = f"{texts[number % len(texts)]}\n（第{number}份）\n"
        (folder / f"{number:05}.txt").write_text(text, encoding="utf-8")
    return folder


@contextmanager
def _api(place: Path) -> Iterator[None]:
    from flows.conductor import prefect_api
    from flows.settings import Settings

    with prefect_api(Settings(data_dir=place)) as conductor:
        conductor.ready()
        yield


@contextmanager
def _cluster(place: Path) -> Iterator[str]:
    """The address of a scheduler with two workers of their own. ImportError: prefect-dask is not installed."""
    import prefect_dask  # noqa: F401

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address, log = f"tcp://127.0.0.1:{port}", place / "dask.log"
    dask = [sys.executable, "-m", "distributed.cli."]
    head = [*dask[:-1], f"{dask[-1]}dask_scheduler", "--no-dashboard", "--host", "127.0.0.1", "--port", str(port)]
    worker = [*dask[:-1], f"{dask[-1]}dask_worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard"]
    with log.open("wb") as out:
        commands = [head, *[worker] * _WORKERS]
        processes = [subprocess.Popen(one, stdout=out, stderr=out, env=dict(os.environ)) for one in commands]
    try:
        until = time.monotonic() + 60
        while log.read_text(errors="replace").count("Register worker") < _WORKERS and time.monotonic() < until:
            time.sleep(0.2)
        yield address
    finally:
        for process in processes:
            process.kill()
            process.wait()
