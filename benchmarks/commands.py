"""A command as it is started, with what it takes; work that must leave no trace in that figure."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter
from typing import Any

_DUBAN = [sys.executable, "-P", "-c", "from flows.cli import main; main()"]


@dataclass(frozen=True, slots=True)
class Spent:
    """What a command took: seconds on the wall, of a processor, and memory at most; what it said."""

    wall: float
    processor: float
    memory_mb: float
    said: str


def duban(*words: str, place: Path, **settings: str) -> Spent:
    """`duban` with these words, and the Prefect server that it starts, with its data in `place`.

    AssertionError with what it said where it fails. Its memory counts from what the process that starts it holds: make
    what is large `apart`.
    """
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("DUBAN_", "PREFECT_"))}
    mine = {"DUBAN_DATA_DIR": str(place)} | {f"DUBAN_{name.upper()}": value for name, value in settings.items()}
    with (place / "said.txt").open("w+b") as said:
        begun = perf_counter()
        process = subprocess.Popen([*_DUBAN, *words], env=environment | mine, cwd=place, stdout=said, stderr=said)
        _, status, used = os.wait4(process.pid, 0)
        wall = perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        told = said.read().decode()
    if process.returncode:
        raise AssertionError(told)
    return Spent(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, told)


def apart(work: Callable[..., None], *args: Any) -> None:
    """Does it in a new process; AssertionError where that fails."""
    process = get_context("spawn").Process(target=work, args=args)
    process.start()
    process.join()
    if process.exitcode:
        raise AssertionError(f"{work.__name__}: {process.exitcode}")
