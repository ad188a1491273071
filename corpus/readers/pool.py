"""Reading in worker processes, so that a hanging, greedy or dying file costs only itself."""

from __future__ import annotations

import os
import pickle
import select
import signal
import struct
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from queue import Empty, LifoQueue
from threading import Event, Lock, Semaphore
from types import TracebackType
from typing import Any

from corpus.readers.limits import DEFAULT, Limits
from models.documents import Document
from models.errors import Unreadable, UnreadableDocument

Outcome = Document | UnreadableDocument

_TICK = 0.1  # how often a silent worker is looked at, in seconds
_WEAR = 10  # plain texts to one file of another form: they call no library of others, and leave nothing behind
_START = 30.0  # the longest that a worker may take to start on a busy machine


class ReaderPool:
    """Warm workers that read one file at a time within limits; to be used in a `with` statement.

    A worker that breaches a limit is killed with all that it started, and replaced; so is one that has read
    `limits.recycle` files. They start when they are needed, the second and further ones at the earliest when the first
    has been at work for `patience` seconds, and die with this process. `reader` names the function that they call, as
    module:function.
    Safe to be called from several threads.
    """

    def __init__(
        self,
        limits: Limits = DEFAULT,
        workers: int = 1,
        reader: str = "corpus.readers:read",
        patience: float = 0.0,
    ) -> None:
        self._limits, self._count, self._reader = limits, max(1, workers), reader
        # A worker dies with the thread that started it (PR_SET_PDEATHSIG): one that lives as long as we do starts all.
        self._starter = ThreadPoolExecutor(1, thread_name_prefix="reader-start")
        self._drivers = ThreadPoolExecutor(self._count, thread_name_prefix="reader")
        self._free: LifoQueue[_Worker | None] = LifoQueue()  # None stands for one that ended: the taker starts another
        self._places = Semaphore(self._count)  # for workers that haven't been needed so far
        self._busy: set[_Worker] = set()
        self._lock, self._patience = Lock(), patience
        self._asked, self._begun, self._alone_until = False, Event(), 0.0  # the first worker: wanted, there, and alone

    def __enter__(self) -> ReaderPool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self.kill()
        self.close()

    def kill(self) -> None:
        """Don't wait for files under way: their workers end now."""
        self._drivers.shutdown(wait=False, cancel_futures=True)
        for worker in tuple(self._busy):
            worker.kill()

    def read(self, path: Path) -> Outcome:
        """What the file says, or why it can't be read; waits for a free worker."""
        worker = self._take()
        try:
            worker = self._ready(worker)
            self._busy.add(worker)
            outcome = worker.read(path)
        except BaseException:
            _end(worker)
            self._free.put(None)
            raise
        finally:
            self._busy.discard(worker)
        if not worker.alive or worker.wear >= _WEAR * self._limits.recycle:
            worker.end()
        self._free.put(worker)
        return outcome

    def read_many(self, paths: Iterable[Path]) -> Iterator[tuple[Path, Outcome]]:
        """Each path with its outcome, in the order given; a few files are read ahead."""
        ahead: deque[tuple[Path, Future[Outcome]]] = deque()
        try:
            for path in paths:
                ahead.append((path, self._drivers.submit(self.read, path)))
                if len(ahead) > 2 * self._count:
                    yield _settled(ahead.popleft())
            while ahead:
                yield _settled(ahead.popleft())
        finally:
            for _, future in ahead:
                future.cancel()

    def close(self) -> None:
        """End all workers; files under way are finished first."""
        self._drivers.shutdown(wait=True, cancel_futures=True)
        for _ in range(self._count):
            if not self._places.acquire(blocking=False):
                _end(self._free.get())
        self._starter.shutdown(wait=True)

    def _take(self) -> _Worker | None:
        """A free worker, or None where one is to be started."""
        with self._lock:
            first, self._asked = not self._asked, True
        if not first:
            if self._patience:  # however long the first one takes to start on a busy machine
                self._begun.wait()
            try:
                return self._free.get(timeout=max(0.0, self._alone_until - time.monotonic()))
            except Empty:
                pass
        return None if self._places.acquire(blocking=False) else self._free.get()

    def _ready(self, worker: _Worker | None) -> _Worker:
        if worker is not None and worker.alive:
            return worker
        _end(worker)
        try:
            return self._starter.submit(_Worker, self._limits, self._reader).result()
        finally:
            if not self._begun.is_set():
                self._alone_until = time.monotonic() + self._patience
                self._begun.set()


def _settled(pending: tuple[Path, Future[Outcome]]) -> tuple[Path, Outcome]:
    path, future = pending
    return path, future.result()


def _end(worker: _Worker | None) -> None:
    if worker is not None:
        worker.end()


class _Worker:
    """One worker process and the two pipes to it."""

    def __init__(self, limits: Limits, reader: str) -> None:
        self._limits, self.files, self.wear = limits, 0, 0
        script = Path(__file__).with_name("worker.py")
        # -P: the script's own folder has modules named as the standard library's (html).
        self._process = subprocess.Popen(
            [sys.executable, "-P", str(script)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            start_new_session=True,
        )
        self._send((os.getpid(), list(sys.path), reader, limits))
        if self._await(_START, _START) is not True:
            self.end()
            raise RuntimeError(f"the reading worker did not start: {reader}")

    @property
    def alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.returncode is None and not self._exited()

    def read(self, path: Path) -> Outcome:
        """What the worker makes of one file, or how it failed; after a failure the worker is dead."""
        self.files += 1
        self.wear += 1 if path.suffix.lower() == ".txt" else _WEAR
        try:
            self._send(path)
            answer = self._await(self._limits.stall, self._limits.total)
        except _Stalled as error:
            self.end()
            return UnreadableDocument(path.name, Unreadable.TIMEOUT, str(error))
        except (_Died, OSError) as error:
            status = self.end()
            return UnreadableDocument(path.name, Unreadable.CRASHED, f"{error or 'the worker ended'} (status {status})")
        if isinstance(answer, UnreadableDocument) and answer.reason is Unreadable.MEMORY:
            self.end()
        return answer  # type: ignore[no-any-return]

    def end(self) -> int | None:
        """Kill the process and all that it started; its exit status."""
        if self._process.returncode is None:
            self.kill()
            self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        return self._process.returncode

    def kill(self) -> None:
        """Kill the process and all that it started. Before it is reaped nobody else can have its number."""
        if self._process.returncode is None:
            _kill_group(self._process.pid)

    def _send(self, message: object) -> None:
        data = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
        assert self._process.stdin is not None
        self._process.stdin.write(struct.pack("!I", len(data)) + data)

    def _await(self, stall: float, total: float) -> Any:
        """The worker's answer; each sign of progress starts the stall clock again. Starting sends a bare True."""
        begun = time.monotonic()
        while True:
            now = time.monotonic()
            message = self._receive(min(now + stall, begun + total))
            if message is not True or self.files == 0:
                return message

    def _receive(self, deadline: float) -> Any:
        length = struct.unpack("!I", self._bytes(4, deadline))[0]
        return pickle.loads(self._bytes(length, deadline))

    def _bytes(self, count: int, deadline: float) -> bytes:
        assert self._process.stdout is not None
        got, source, poll = bytearray(), self._process.stdout.fileno(), select.poll()
        poll.register(source, select.POLLIN | select.POLLHUP)
        while len(got) < count:
            left = deadline - time.monotonic()
            if left <= 0:
                raise _Stalled("no progress within the time allowed")
            if poll.poll(1000 * min(left, _TICK)):
                chunk = os.read(source, min(count - len(got), 1 << 20))
                if not chunk:
                    raise _Died("the worker ended")
                got += chunk
            elif self._exited():  # a process that it forked may hold the pipe open
                raise _Died("the worker ended")
        return bytes(got)

    def _exited(self) -> bool:
        """Whether the process has ended, without reaping it."""
        try:
            return os.waitid(os.P_PID, self._process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
        except ChildProcessError:
            return True


class _Stalled(Exception):
    """The worker took too long."""


class _Died(Exception):
    """The worker ended before it answered."""


def _kill_group(leader: int) -> None:
    try:
        os.killpg(leader, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        try:
            os.kill(leader, signal.SIGKILL)
        except ProcessLookupError:
            return
