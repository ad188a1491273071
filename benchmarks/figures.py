"""A measured figure, and how to measure one."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure; with `at_least` it is missed when smaller."""

    name: str
    value: float
    unit: str
    at_least: float | None = None

    @property
    def missed(self) -> bool:
        """Whether the stated floor was not reached."""
        return self.at_least is not None and self.value < self.at_least

    def __str__(self) -> str:
        floor = "" if self.at_least is None else f"  (at least {self.at_least:g}{': MISSED' if self.missed else ''})"
        return f"{self.name:58} {self.value:12,.2f} {self.unit}{floor}"


def best_of(times: int, work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    """The shortest of some runs in seconds: the run that other work on the machine disturbed least.

    `clock` is time.process_time where this process alone does the work.
    """
    spent = []
    for _ in range(times):
        start = clock()
        work()
        spent.append(clock() - start)
    return min(spent)


def peak_memory_mb() -> float:
    """The most memory that this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
