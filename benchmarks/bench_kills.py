"""Five hundred processes killed in the middle of what they do, and three hundred files that break their reader."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks import kills
from benchmarks.figures import Figure
from corpus.readers.limits import Limits
from corpus.readers.pool import ReaderPool
from models.errors import UnreadableDocument

_KILLS: dict[str, tuple[Callable[..., int], int]] = {
    "saving": (kills.while_saving, 200),
    "deciding": (kills.while_deciding, 100),
    "importing": (kills.while_importing, 60),
    "migrating": (kills.while_migrating, 40),
    "recovering": (kills.while_recovering, 100),
}
_FAULTS = ("hang", "eat", "die", "exit", "forkdie", "flood")
_EACH = 50
_MOCK = Path(__file__).resolve().parent.parent / "tests" / "documents"


def run() -> Iterator[Figure]:
    """How often was killed while what; a loss stops the benchmark. Then, by fault, the next file's longest wait."""
    total = 0
    for name, (kill, times) in _KILLS.items():
        with TemporaryDirectory() as folder:
            begun = perf_counter()
            total += kill(Path(folder), times)
            yield Figure(f"killed while {name}, nothing lost or halved: {times}", perf_counter() - begun, "s in all")
    yield Figure("killed in all", total, "times", at_least=500)
    yield from _faults()


def _faults() -> Iterator[Figure]:
    sys.path.insert(0, str(_MOCK))
    limits = Limits(memory=256 << 20, stall=0.3, total=3.0)
    with ReaderPool(limits, reader="mock_reader:read") as pool:
        for fault in _FAULTS:
            waits = []
            for number in range(_EACH):
                broken = isinstance(pool.read(Path(f"{fault}-{number}.txt")), UnreadableDocument)
                if broken != (fault != "flood"):
                    raise AssertionError(fault)
                begun = perf_counter()
                if isinstance(pool.read(Path("next.txt")), UnreadableDocument):
                    raise AssertionError(f"the file after {fault}")
                waits.append(perf_counter() - begun)
            after = quantiles(waits, n=20)[-1]
            yield Figure(f"{_EACH} files that {fault}: the next one is read within (95 of 100)", after, "s")
