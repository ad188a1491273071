"""A Prefect API for the time of one command: the one that is configured, or a private one that dies with us.

Prefect's own temporary server outlives a killed parent; this one is told by the system when its parent dies. It starts
while the command still looks for its files, and keeps its state in the data directory.
"""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flows.settings import Settings, configured_api, prepare_prefect, private_api
from models.errors import StoreUnavailable

START_SECONDS = 90  # a private server on a busy machine, its database new
LASTING_SECONDS = 10  # a lasting server is there or it isn't
_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True, slots=True)
class Conductor:
    """The Prefect API in use. `ready` must be awaited before the first flow."""

    url: str
    server: subprocess.Popen[bytes] | None
    log: Path

    def ready(self) -> None:
        """Waits until the API answers. StoreUnavailable when it doesn't."""
        until = time.monotonic() + (START_SECONDS if self.server else LASTING_SECONDS)
        while not _answers(self.url):
            if self.server and self.server.poll() is not None:
                raise StoreUnavailable(f"Prefect 的临时服务没能启动，详见 {self.log}")
            if time.monotonic() > until:
                raise StoreUnavailable(f"Prefect 的服务没有回应：{self.url}")
            time.sleep(0.1)


@contextmanager
def prefect_api(settings: Settings) -> Iterator[Conductor]:
    """The API for one command. Must be entered before Prefect is first imported."""
    prepare_prefect(settings)
    log = settings.data_dir / "prefect" / "server.log"
    url = configured_api()
    if url:
        yield Conductor(url, None, log)
        return
    log.parent.mkdir(parents=True, exist_ok=True)
    port = _free_port()
    with log.open("wb") as out:
        server = subprocess.Popen(
            # -P: a copy.py in the folder where somebody calls us is none of ours.
            [sys.executable, "-P", "-m", "flows.conductor", str(port), str(os.getpid())],
            env=private_api(port),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,  # a Ctrl-C is for us: we stop the server when nothing needs it any more
        )
    try:
        yield Conductor(f"http://127.0.0.1:{port}/api", server, log)
    finally:
        _stop(server)


def serve(port: int, parent: int) -> None:
    """Becomes the server: bound to its parent's life, then replaced by uvicorn. Run as `python -m flows.conductor`."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            return  # the parent died before we could ask to be told
    where = ["--host", "127.0.0.1", "--port", str(port), "--log-level", "error"]
    app = ["--factory", "prefect.server.api.server:create_app", "--app-dir", sys.prefix]
    os.execv(sys.executable, [sys.executable, "-P", "-m", "uvicorn", *app, *where, "--lifespan", "on"])


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(timeout=5)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def _answers(url: str) -> bool:
    """Whether a Prefect API is there."""
    try:
        with urllib.request.urlopen(f"{url}/health", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
        return port


if __name__ == "__main__":
    serve(int(sys.argv[1]), int(sys.argv[2]))
