"""A real Prefect server creates the scheduled runs, and a served deployment does them.

Both have broken without a word: with SQLAlchemy 2.1 deployments register, workers start, and no run is ever scheduled.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow
LETTER = """关于市政协第031号提案的答复

尹知秋委员：
我局将于2026年6月底前建成社区食堂4处。

临江市民政局
2026年2月3日
"""


def started(command: list[str], environment: dict[str, str], log: Path) -> subprocess.Popen[bytes]:
    with log.open("wb") as out:
        return subprocess.Popen(command, env=environment, stdout=out, stderr=out, start_new_session=True)


def stopped(process: subprocess.Popen[bytes]) -> None:
    """Ends a process and all that it started."""
    os.killpg(process.pid, signal.SIGTERM)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(timeout=10)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def asked(url: str, body: object | None = None) -> Any:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)


def awaited(what: Callable[[], Any], seconds: float) -> Any:
    """The first answer that isn't empty; the last one, empty, when time is up."""
    until = time.monotonic() + seconds
    while True:
        try:
            found = what()
        except (urllib.error.URLError, OSError):
            found = None
        if found or time.monotonic() > until:
            return found
        time.sleep(0.5)


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A data directory with one letter in the inbox, and a Prefect home, of their own."""
    root = tmp_path_factory.mktemp("nightly")
    (root / "inbox").mkdir()
    (root / "inbox" / "食堂答复.txt").write_text(LETTER, encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DUBAN_", "PREFECT_"))}
    return kept | {
        "DUBAN_DATA_DIR": str(root / "data"),
        "DUBAN_INBOX": str(root / "inbox"),
        "DUBAN_SCHEDULE": "* * * * *",
        "PREFECT_HOME": str(root / "server"),
        "PREFECT_API_URL": f"http://127.0.0.1:{port}/api",
        "PREFECT_SERVER_API_PORT": str(port),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS": "5",
        "PREFECT_RUNNER_POLL_FREQUENCY": "2",
        "DO_NOT_TRACK": "1",
    }


@pytest.fixture(scope="module")
def server(environment: dict[str, str]) -> Iterator[str]:
    """The address of a real, lasting Prefect server."""
    log = Path(environment["DUBAN_INBOX"]).parent / "server.log"
    command = [sys.executable, "-m", "prefect", "server", "start", "--no-ui", "--host", "127.0.0.1"]
    process = started(command, environment, log)
    try:
        url = environment["PREFECT_API_URL"]
        assert awaited(lambda: asked(f"{url}/health"), 90), log.read_text()
        yield url
    finally:
        stopped(process)


@pytest.fixture(scope="module")
def served() -> Iterator[list[subprocess.Popen[bytes]]]:
    """The processes that serve the schedule, the newest last."""
    processes: list[subprocess.Popen[bytes]] = []
    yield processes
    for process in processes:
        if process.poll() is None:
            stopped(process)


@pytest.fixture(scope="module")
def deployment(server: str, environment: dict[str, str], served: list[subprocess.Popen[bytes]]) -> dict[str, Any]:
    """The nightly deployment, served as the office serves it."""
    log = Path(environment["DUBAN_INBOX"]).parent / "schedule.log"
    served.append(started(command("schedule"), environment, log))
    found = awaited(lambda: asked(f"{server}/deployments/filter", {}), 60)
    assert found, log.read_text()
    whole: dict[str, Any] = found[0]
    return whole


def test_the_deployment_is_registered_with_its_schedule(deployment: dict[str, Any]) -> None:
    assert deployment["name"] == "nightly"
    schedule = deployment["schedules"][0]["schedule"]
    assert (schedule["cron"], schedule["timezone"]) == ("* * * * *", "Asia/Shanghai")
    assert deployment["entrypoint"] == "flows.nightly.nightly"


def test_the_server_creates_scheduled_runs(server: str, deployment: dict[str, Any]) -> None:
    def scheduled() -> list[dict[str, Any]]:
        runs: list[dict[str, Any]] = asked(f"{server}/flow_runs/filter", {})
        return [run for run in runs if run["deployment_id"] == deployment["id"] and run["auto_scheduled"]]

    runs = awaited(scheduled, 45)
    assert runs, "no scheduled run was created: the scheduler is broken"
    assert all(run["expected_start_time"] for run in runs)


def ended(server: str) -> list[dict[str, Any]]:
    runs: list[dict[str, Any]] = asked(f"{server}/flow_runs/filter", {"sort": "START_TIME_ASC"})
    return [run for run in runs if run["state_type"] in ("COMPLETED", "FAILED", "CRASHED")]


def run_at_once(server: str, deployment: dict[str, Any]) -> None:
    """Asks for a run besides the scheduled ones; the server, its database busy, may want to be asked again."""
    wanted = {"state": {"type": "SCHEDULED"}}
    assert awaited(lambda: asked(f"{server}/deployments/{deployment['id']}/create_flow_run", wanted), 20)


def command(*words: str) -> list[str]:
    return [sys.executable, "-c", "from flows.cli import main; main()", *words]


def shown(environment: dict[str, str]) -> dict[str, Any]:
    """What `duban runs` says."""
    said = subprocess.run(
        command("runs", "--format", "json"), env=environment, capture_output=True, text=True, check=True
    )
    told: dict[str, Any] = json.loads(said.stdout)
    return told


def test_a_run_of_the_deployment_is_a_whole_night(
    server: str, deployment: dict[str, Any], environment: dict[str, str]
) -> None:
    run_at_once(server, deployment)
    finished = awaited(lambda: ended(server), 75)
    assert [run["state_type"] for run in finished][:1] == ["COMPLETED"]
    told = shown(environment)
    assert (told["runs"][-1]["kind"], told["runs"][-1]["state"]) == ("nightly", "finished")
    assert len(list((Path(environment["DUBAN_DATA_DIR"]) / "reports").glob("*.docx"))) >= 1
    keys = {one["key"] for one in asked(f"{server}/artifacts/latest/filter", {})}
    assert keys == {"nightly-summary", "nightly-failures"}


def test_a_schedule_that_was_killed_with_its_night_is_put_in_order_and_goes_on(
    server: str, deployment: dict[str, Any], environment: dict[str, str], served: list[subprocess.Popen[bytes]]
) -> None:
    """The run that was killed would otherwise count as running for ever, and hold the only place there is."""
    inbox = Path(environment["DUBAN_INBOX"])
    for number in range(60):
        letter = LETTER.replace("031", f"{100 + number}").replace("4处", f"{number + 2}处")
        (inbox / f"食堂答复{number}.txt").write_text(letter, encoding="utf-8")
    database = Path(environment["DUBAN_DATA_DIR"]) / "duban.db"

    def at_work() -> list[tuple[int, int]]:
        with contextlib.closing(sqlite3.connect(database)) as connection:
            asked = "SELECT runs.id, pid FROM runs JOIN run_phases ON run_id = runs.id WHERE state = 'running'"
            return connection.execute(asked).fetchall()

    run_at_once(server, deployment)
    ((run, pid), *_) = awaited(at_work, 90)
    os.kill(served[0].pid, signal.SIGKILL)
    served[0].wait()
    assert awaited(lambda: not Path(f"/proc/{pid}").exists(), 20), "the night outlived the schedule that started it"
    log = inbox.parent / "again.log"
    served.append(started(command("schedule"), environment, log))

    def taken_up() -> bool:
        runs = {one["id"]: one["state"] for one in shown(environment)["runs"]}
        return runs[run] == "abandoned" and any(runs[id] == "finished" for id in runs if id > run)

    assert awaited(taken_up, 120), log.read_text()
    assert f"第 {run} 次夜间运行中途断掉了，马上接着做" in log.read_text()
    states = [one["state_type"] for one in asked(f"{server}/flow_runs/filter", {})]
    assert states.count("RUNNING") <= 1
    assert "CRASHED" in states or "FAILED" in states
    with contextlib.closing(sqlite3.connect(database)) as connection:
        assert connection.execute("SELECT count(*) FROM documents WHERE kind = 'reply'").fetchone() == (61,)


def test_a_worker_of_a_pool_does_the_scheduled_run(
    server: str, environment: dict[str, str], served: list[subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    for process in served:
        if process.poll() is None:
            stopped(process)
    shipped = (Path(__file__).parents[2] / "prefect.yaml").read_text(encoding="utf-8")
    (tmp_path / "prefect.yaml").write_text(shipped.replace('"0 2 * * *"', '"* * * * *"'), encoding="utf-8")
    prefect = [sys.executable, "-m", "prefect", "--no-prompt"]
    for words in (["work-pool", "create", "duban", "--type", "process"], ["deploy", "--all"]):
        subprocess.run([*prefect, *words], env=environment, cwd=tmp_path, check=True, capture_output=True, timeout=90)
    mended = subprocess.run(command("schedule", "--mend"), env=environment, capture_output=True, text=True, timeout=120)
    assert mended.returncode == 0, mended.stderr
    before = {run["id"] for run in ended(server)}
    log = tmp_path / "worker.log"
    with log.open("wb") as out:
        start = [*prefect, "worker", "start", "--pool", "duban", "--type", "process"]
        worker = subprocess.Popen(start, env=environment, cwd=tmp_path, stdout=out, stderr=out, start_new_session=True)
    try:

        def done() -> list[str]:
            fresh = [run for run in ended(server) if run["id"] not in before and run["work_pool_name"] == "duban"]
            return [run["state_type"] for run in fresh if run["auto_scheduled"]]

        assert "COMPLETED" in (awaited(done, 150) or []), log.read_text()[-3000:]
    finally:
        stopped(worker)
