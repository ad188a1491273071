"""A measured figure, and how to measure one."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure; it is missed when smaller than `at_least` or greater than `at_most`."""

    name: str
    value: float
    unit: str
    at_least: float | None = None
    at_most: float | None = None

    @property
    def missed(self) -> bool:
        """Whether the stated goal was not reached."""
        low = self.at_least is not None and self.value < self.at_least
        return low or (self.at_most is not None and self.value > self.at_most)

    def __str__(self) -> str:
        stated = [
            f"{words} {bound:g}"
            for words, bound in (("at least", self.at_least), ("at most", self.at_most))
            if bound is not None
        ]
        goal = f"  ({', '.join(stated)}{': MISSED' if self.missed else ''})" if stated else ""
        return f"{self.name:58} {self.value:12,.2f} {self.unit}{goal}"


def share_within(seconds: Sequence[float], part: float) -> float:
    """The time within which this part of the tries was done: share_within(times, 0.95)."""
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, ceil(len(ordered) * part) - 1)]


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
