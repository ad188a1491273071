"""Two workers of a Dask cluster, and two of a Prefect pool, read what one machine reads: the same to the record."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from models.columns import Moment
from models.store import open_store
from models.tables import metadata

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
Write = Callable[[Path, int], list[Path]]
DUBAN = [sys.executable, "-c", "from flows.cli import main; main()"]
PREFECT = [sys.executable, "-m", "prefect", "--no-prompt"]
_LOGS = {
    "runs",
    "run_items",
    "run_progress",
    "sightings",
    "leases",
    "run_phases",
    "deliveries",
    "reports",
}  # about itself


def records(data: Path) -> dict[str, list[str]]:
    """Every row of every table but the runs' own logs, without times and the numbers of runs."""
    with open_store(f"sqlite:///{data}/duban.db") as store, store.reading() as connection:
        return {
            table.name: sorted(json.dumps(list(row), default=str) for row in connection.execute(_compared(table)))
            for table in metadata.sorted_tables
            if table.name not in _LOGS
        }


def _compared(table: sa.Table) -> sa.Select[Any]:
    return sa.select(*(one for one in table.columns if not isinstance(one.type, Moment) and one.name != "run_id"))


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Letters in five forms and six files that can't be read."""
    folder = tmp_path_factory.mktemp("several") / "inbox"
    shutil.copytree(ROOT / "corpus" / "samples" / "forms", folder)
    (letter,) = sorted(folder.glob("2025-reply-civil-*.txt"))[:1]
    for number in range(12):
        again = f"{letter.read_text(encoding='utf-8')}\n（第{number}份）\n"
        (folder / f"答复{number}.txt").write_text(again, encoding="utf-8")
    for number in range(6):
        (folder / f"坏{number}.docx").write_bytes(b"PK\x03\x04 broken off " + bytes([number]))
    return folder


def environment(data: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DUBAN_", "PREFECT_"))}
    own = {"DUBAN_DATA_DIR": str(data), "DUBAN_WORKERS": "1", "PYTHONPATH": str(ROOT), "DO_NOT_TRACK": "1"}
    return kept | own | {f"DUBAN_{name}": value for name, value in more.items()}


def taken_in(inbox: Path, settings: dict[str, str]) -> str:
    """What `duban ingest` says: 1 is its status where some files can't be read."""
    done = subprocess.run(
        [*DUBAN, "ingest", str(inbox)], env=settings, capture_output=True, text=True, timeout=240, cwd=ROOT
    )
    assert done.returncode == 1, done.stderr[-3000:]
    return done.stdout


@pytest.fixture(scope="module")
def alone(inbox: Path) -> dict[str, list[str]]:
    """What one machine makes of the inbox."""
    data = inbox.parent / "alone"
    taken_in(inbox, environment(data))
    found = records(data)
    assert len(found["documents"]) > 5
    return found


@contextmanager
def processes(log: Path, *commands: list[str], settings: dict[str, str]) -> Iterator[None]:
    with log.open("wb") as out:
        started = [
            subprocess.Popen(one, env=settings, stdout=out, stderr=out, cwd=ROOT, start_new_session=True)
            for one in commands
        ]
    try:
        yield
    finally:
        for process in started:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def awaited(what: Callable[[], Any], log: Path, seconds: float = 90) -> Any:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with suppress(OSError):
            if found := what():
                return found
        time.sleep(0.3)
    raise AssertionError(log.read_text(errors="replace")[-3000:])


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_two_workers_of_a_dask_cluster_make_what_one_machine_makes(
    inbox: Path, alone: dict[str, list[str]], tmp_path: Path
) -> None:
    pytest.importorskip("prefect_dask", reason="prefect-dask is optional")
    scheduler, log = f"tcp://127.0.0.1:{free_port()}", tmp_path / "dask.log"
    settings = environment(tmp_path / "data", RUNNER="dask", DASK_SCHEDULER=scheduler, LOT_SIZE="8")
    worker = [sys.executable, "-m", "distributed.cli.dask_worker", scheduler, "--nthreads", "1", "--no-dashboard"]
    head = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--no-dashboard", "--host", "127.0.0.1"]
    head += ["--port", scheduler.rpartition(":")[2]]
    with processes(log, head, [*worker, "--no-nanny"], [*worker, "--no-nanny"], settings=settings):
        awaited(lambda: log.read_text(errors="replace").count("Register worker") == 2, log)
        said = taken_in(inbox, settings)
    assert "改在本机读" not in said
    assert records(tmp_path / "data") == alone


def test_two_workers_of_a_pool_make_what_one_machine_makes(
    inbox: Path, alone: dict[str, list[str]], tmp_path: Path
) -> None:
    port, log = free_port(), tmp_path / "server.log"
    api = f"http://127.0.0.1:{port}/api"
    settings = environment(tmp_path / "data", RUNNER="pool", LOT_SIZE="8") | {
        "PREFECT_HOME": str(tmp_path / "server"),
        "PREFECT_API_URL": api,
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_WORKER_QUERY_SECONDS": "1",
    }

    def asked(path: str, body: object | None = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{api}{path}", data, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)

    serve = [*PREFECT[:-1], "server", "start", "--no-ui", "--host", "127.0.0.1", "--port", str(port)]
    workers = [[*PREFECT, "worker", "start", "--pool", "duban", "--type", "process", "--name", name] for name in "甲乙"]
    with processes(log, serve, settings=settings):
        awaited(lambda: asked("/health"), log)
        for words in (["work-pool", "create", "duban", "--type", "process"], ["deploy", "--all"]):
            subprocess.run([*PREFECT, *words], env=settings, cwd=ROOT, check=True, capture_output=True, timeout=120)
        with processes(tmp_path / "workers.log", *workers, settings=settings):
            online = {"worker_pool": "duban"}
            awaited(lambda: len(asked("/work_pools/duban/workers/filter", online)) == 2, tmp_path / "workers.log")
            said = taken_in(inbox, settings)
        shares = [run for run in asked("/flow_runs/filter", {}) if run["name"] and run["work_pool_name"] == "duban"]
    assert "改在本机读" not in said, (tmp_path / "workers.log").read_text(errors="replace")[-3000:]
    assert len(shares) >= 3
    assert records(tmp_path / "data") == alone
    assert list((tmp_path / "data" / "shares").iterdir()) == []
