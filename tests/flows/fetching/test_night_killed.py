"""A night that is killed in any of its phases is seen and taken up: nothing lost, nothing twice, nothing sent twice."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from models.history import list_runs
from models.nightly import Phase
from models.runs import RunState
from models.store import open_store

pytestmark = pytest.mark.slow
NIGHT = """
from datetime import date
from flows.night import whole_night
from flows.running import run_of
from flows.settings import load
from models.store import open_store

settings = load()
with open_store(settings.database) as store, run_of(store, "nightly") as (run, finish):
    finish(whole_night(store, run, settings, date(2027, 1, 5)).report.skipped)
"""
TOML = """
workers = 1
batch_size = 3
[[sources]]
name = "网站"
kind = "web"
url = "{url}/jyta/index.html"
delay_seconds = 0
[[sources]]
name = "文件夹"
kind = "folder"
path = "{folder}"
still_seconds = 0
[[webhooks]]
name = "群"
kind = "wecom"
url = "{robot}/send"
"""
LETTER = """关于县人大第{number}号建议的答复

阮溪桥代表：
我局将于2026年底前新建{place}充电站{number}座，并完成{place}农贸市场改造。

云梦渡县发展改革局
2026年4月{number}日
"""
AT_WORK = """SELECT count(*) FROM run_phases
    WHERE phase = ? AND ended IS NULL AND run_id = (SELECT max(id) FROM runs)"""
PLACES = ("东浦", "西渚", "南埂", "北漾", "龙尾", "凤桥", "鹿角", "雁荡口", "鸥鹭湾", "蟹塘")


@pytest.fixture
def robot() -> Iterator[Any]:
    """A group robot that takes its time."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            server.posted.append(body["text"]["content"])  # type: ignore[attr-defined]
            time.sleep(0.6)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b'{"errcode": 0}')

        def log_message(self, format: str, *args: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.posted, server.daemon_threads = [], True  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def office(root: Path, site: Any, robot: Any) -> tuple[Path, dict[str, str]]:
    """A data directory with its sources, and the environment of a night there."""
    data, folder = root / "data", root.parent / "letters"
    data.mkdir(parents=True)
    address = f"http://127.0.0.1:{robot.server_address[1]}"
    (data / "duban.toml").write_text(TOML.format(url=site.url, folder=folder, robot=address), encoding="utf-8")
    folder.mkdir(exist_ok=True)
    for number, place in enumerate(PLACES, start=1):
        (folder / f"{number}.txt").write_text(LETTER.format(number=number, place=place), encoding="utf-8")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DUBAN_", "PREFECT_"))}
    return data, kept | {"DUBAN_DATA_DIR": str(data)}


def begun(environment: dict[str, str], root: Path) -> subprocess.Popen[bytes]:
    with (root / "said.txt").open("w") as said:
        return subprocess.Popen([sys.executable, "-c", NIGHT], env=environment, stderr=said)


def await_phase(data: Path, phase: Phase, process: subprocess.Popen[bytes]) -> None:
    """Waits until a night has begun a phase."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        assert process.poll() is None
        if (data / "duban.db").exists():
            with closing(sqlite3.connect(data / "duban.db", timeout=10)) as connection:
                try:
                    if connection.execute(AT_WORK, (phase.value,)).fetchone()[0]:
                        return
                except sqlite3.OperationalError:
                    pass  # its tables are being made
        time.sleep(0.01)
    pytest.fail(f"{phase} was never reached")


def held(data: Path) -> dict[str, list[Any]]:
    """What a night leaves, without its own logs."""
    asked = {
        "documents": "SELECT id, current, records_digest FROM documents",
        "sources": "SELECT path, digest, document_id, version, failure FROM sources",
        "commitments": "SELECT id FROM commitments",
        "links": "SELECT id FROM links",
        "alarms": "SELECT id FROM alarms",
        "fetched": "SELECT address, digest, gone FROM fetched",
        "told": "SELECT news, object_id FROM told",
        "statuses": "SELECT commitment_id, status FROM status_log",
    }
    with closing(sqlite3.connect(data / "duban.db")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("SELECT count(*) FROM leases").fetchone() == (0,)
        return {name: sorted(map(repr, connection.execute(query))) for name, query in asked.items()}


@pytest.fixture
def played(site: Any) -> Any:
    """A column of three articles that take their time."""
    articles = [site.article(number) for number in (1, 2, 3)]
    site.listing("/jyta/index.html", articles)
    for path in articles:
        site.pages[path].wait = 0.3
    return site


def test_killed_in_each_phase_and_taken_up(played: Any, robot: Any, tmp_path: Path) -> None:
    calm, quiet = office(tmp_path / "calm", played, robot)
    assert begun(quiet, tmp_path).wait(120) == 0
    calm_messages = list(robot.posted)
    robot.posted.clear()
    data, environment = office(tmp_path / "killed", played, robot)
    for phase, seconds in ((Phase.FETCH, 0.5), (Phase.INGEST, 0.3), (Phase.FOLLOW_UP, 0.05), (Phase.PUBLISH, 0.4)):
        process = begun(environment, tmp_path)
        await_phase(data, phase, process)
        time.sleep(seconds)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    assert begun(environment, tmp_path).wait(120) == 0
    assert held(data) == held(calm)
    with open_store(f"sqlite:///{data}/duban.db") as store:
        states = [run.state for run in reversed(list_runs(store))]
    assert states == [*[RunState.ABANDONED] * 4, RunState.FINISHED]
    assert robot.posted == calm_messages
    assert not [*(data / "originals").rglob("*.part"), *(data / "inbox").rglob("*.part")]


def test_a_second_night_at_the_same_time_is_refused_and_the_first_goes_on(
    played: Any, robot: Any, tmp_path: Path
) -> None:
    data, environment = office(tmp_path / "two", played, robot)
    first = begun(environment, tmp_path)
    await_phase(data, Phase.FETCH, first)
    assert begun(environment, tmp_path).wait(60) != 0
    assert "有人正在往这个数据库里写：夜间运行" in (tmp_path / "said.txt").read_text(encoding="utf-8")
    assert first.wait(60) == 0
    assert len(robot.posted) == 1
