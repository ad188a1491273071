"""A real Prefect server creates the scheduled runs, and a served deployment does them.

Both have broken without a word: with SQLAlchemy 2.1 deployments register, workers start, and no run is ever scheduled.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
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
def deployment(server: str, environment: dict[str, str]) -> Iterator[dict[str, Any]]:
    """The nightly deployment, served as the office serves it."""
    log = Path(environment["DUBAN_INBOX"]).parent / "schedule.log"
    process = started([sys.executable, "-c", "from flows.cli import main; main()", "schedule"], environment, log)
    try:
        found = awaited(lambda: asked(f"{server}/deployments/filter", {}), 60)
        assert found, log.read_text()
        yield found[0]
    finally:
        stopped(process)


def test_the_deployment_is_registered_with_its_schedule(deployment: dict[str, Any]) -> None:
    assert deployment["name"] == "nightly"
    schedule = deployment["schedules"][0]["schedule"]
    assert (schedule["cron"], schedule["timezone"]) == ("* * * * *", "Asia/Shanghai")
    assert deployment["entrypoint"] == "flows.ingest.ingest"


def test_the_server_creates_scheduled_runs(server: str, deployment: dict[str, Any]) -> None:
    def scheduled() -> list[dict[str, Any]]:
        runs: list[dict[str, Any]] = asked(f"{server}/flow_runs/filter", {})
        return [run for run in runs if run["deployment_id"] == deployment["id"] and run["auto_scheduled"]]

    runs = awaited(scheduled, 45)
    assert runs, "no scheduled run was created: the scheduler is broken"
    assert all(run["expected_start_time"] for run in runs)


def test_a_run_of_the_deployment_takes_the_inbox_in(
    server: str, deployment: dict[str, Any], environment: dict[str, str]
) -> None:
    def done() -> list[dict[str, Any]]:
        runs: list[dict[str, Any]] = asked(f"{server}/flow_runs/filter", {})
        return [run for run in runs if run["state_type"] in ("COMPLETED", "FAILED", "CRASHED")]

    asked(f"{server}/deployments/{deployment['id']}/create_flow_run", {"state": {"type": "SCHEDULED"}})
    finished = awaited(done, 75)
    assert [run["state_type"] for run in finished][:1] == ["COMPLETED"]
    shown = subprocess.run(
        [sys.executable, "-c", "from flows.cli import main; main()", "runs", "--format", "json"],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    items = json.loads(shown.stdout)["items"]
    assert [(Path(item["path"]).name, item["outcome"]) for item in items] == [("食堂答复.txt", "new")]
