"""A reader that misbehaves as its file's name says: what a ReaderPool must survive."""

from __future__ import annotations

import ctypes
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from corpus.readers.limits import Limits
from models.documents import Document


def read(path: Path, limits: Limits, progress: Callable[[], None]) -> Document:
    """A document that says which process read it, unless the file's name asks for a fault."""
    fault = _FAULTS.get(path.stem.split("-")[0])
    if fault is not None:
        fault(progress)
    return Document(path.name, "mock", str(os.getpid()))


def _hang(progress: Callable[[], None]) -> None:
    while True:
        time.sleep(60)


def _slow(progress: Callable[[], None]) -> None:
    """Three times the time without progress that the test allows, but never silent for long."""
    for _ in range(15):
        time.sleep(0.1)
        progress()


def _endless(progress: Callable[[], None]) -> None:
    while True:
        time.sleep(0.05)
        progress()


def _eat(progress: Callable[[], None]) -> None:
    held = []
    while True:
        held.append(bytearray(16 * 1024 * 1024))
        progress()


def _die(progress: Callable[[], None]) -> None:
    ctypes.string_at(0)


def _exit(progress: Callable[[], None]) -> None:
    os._exit(0)


def _flood(progress: Callable[[], None]) -> None:
    for _ in range(200):
        os.write(2, b"x" * 65536)
        os.write(1, b"y" * 65536)
        sys.stdout.write("z" * 1000)


def _fork(progress: Callable[[], None]) -> None:
    if os.fork() == 0:
        time.sleep(600)


def _fork_and_die(progress: Callable[[], None]) -> None:
    if os.fork() == 0:
        time.sleep(600)
    os._exit(3)


def _fail(progress: Callable[[], None]) -> None:
    raise KeyError("a reader's own mistake")


_FAULTS: dict[str, Callable[[Callable[[], None]], None]] = {
    "hang": _hang, "slow": _slow, "endless": _endless, "eat": _eat, "die": _die, "exit": _exit, "flood": _flood,
    "fork": _fork, "forkdie": _fork_and_die, "fail": _fail,
}  # fmt: skip

if _started := os.environ.get("MOCK_READER_STARTS_SLOWLY"):  # each start leaves a line in that file
    with Path(_started).open("a", encoding="ascii") as _lines:
        _lines.write(f"{os.getpid()}\n")
    time.sleep(0.6)
