"""`duban serve` as a process of its own, and people who work with its pages over loopback, without a browser's cost.

with serving(url, folder) as door:
    clerk = Clerk(door.port, "clerk1")
    seconds, page = clerk.get("/ledger")
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from time import perf_counter
from urllib.parse import urlencode

from models.accounts import add_user, list_users
from models.passwords import Policy
from models.people import UserRole
from models.store import open_store

PASSWORD = "Bangongshi-9-deng"
CONFLICT = 409  # somebody else decided first: the page shows both
_TOKEN = re.compile(r'name="csrf" value="(\w+)"')
_STARTS_WITHIN = 60.0
_IDLE = 4.0  # seconds after which a connection is made anew, as the server closes it then


@dataclass(frozen=True, slots=True)
class Door:
    """A server that answers: its process and port."""

    process: int
    port: int

    def memory_mb(self, most: bool = False) -> float:
        """What the server holds now, or the most that it has held."""
        status = Path(f"/proc/{self.process}/status").read_text(encoding="ascii", errors="replace")
        name = "VmHWM" if most else "VmRSS"
        return next(int(line.split()[1]) for line in status.splitlines() if line.startswith(name)) / 1024


class Clerk:
    """A person at a browser that keeps one connection open."""

    def __init__(self, port: int, name: str) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self._cookies: dict[str, str] = {}
        self._token, self._last = "", 0.0
        self.get("/login")
        self.post("/login", name=name, password=PASSWORD)

    def get(self, path: str) -> tuple[float, str]:
        """The seconds that a page took, and the page; another page that it leads to counts, too."""
        begun = perf_counter()
        page = self._asked("GET", path)
        return perf_counter() - begun, page

    def post(self, path: str, **values: object) -> float:
        """The seconds that a form took until its answer was there."""
        begun = perf_counter()
        self._asked("POST", path, urlencode({"csrf": self._token, **values}))
        return perf_counter() - begun

    def close(self) -> None:
        """Leaves."""
        self._connection.close()

    def _asked(self, method: str, path: str, body: str | None = None) -> str:
        given: Mapping[str, str] = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        if perf_counter() - self._last > _IDLE:
            self._connection.close()
        self._last = perf_counter()
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        self._connection.request(method, path, body, {**given, "Cookie": cookies})
        answer = self._connection.getresponse()
        page = answer.read().decode()
        self._keep(answer)
        if answer.status in (302, 303, 307):
            return page if method == "POST" else self._asked("GET", answer.headers["Location"])
        if answer.status not in (200, CONFLICT):
            raise RuntimeError(f"{method} {path}: {answer.status}")
        if found := _TOKEN.search(page):
            self._token = found[1]
        return page

    def _keep(self, answer: HTTPResponse) -> None:
        for line in answer.headers.get_all("Set-Cookie", []):
            name, _, rest = line.partition("=")
            self._cookies[name] = rest.partition(";")[0]


@contextmanager
def serving(url: str, folder: Path, clerks: int = 0) -> Iterator[Door]:
    """The server on a database; clerk0, clerk1 … may log in and decide."""
    _hire(url, clerks)
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    environment = {**os.environ, "DUBAN_DATABASE_URL": url, "DUBAN_DATA_DIR": str(folder)}
    program = Path(sys.executable).with_name("duban")
    process = subprocess.Popen(
        [program, "serve", "--port", str(port)], env=environment, cwd=folder, stderr=subprocess.DEVNULL
    )
    try:
        _wait(port)
        yield Door(process.pid, port)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _hire(url: str, clerks: int) -> None:
    with open_store(url) as store:
        known = {one.name for one in list_users(store)}
        for name in (f"clerk{number}" for number in range(clerks)):
            if name not in known:
                add_user(store, name, UserRole.REVIEWER, PASSWORD, policy=Policy.DENGBAO2, now=datetime.now(UTC))


def _wait(port: int) -> None:
    until = time.monotonic() + _STARTS_WITHIN
    while time.monotonic() < until:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the pages don't answer")
