"""How long the command line takes to say its help."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from resource import RUSAGE_CHILDREN, getrusage

from benchmarks.figures import Figure, best_of


def run() -> Iterator[Figure]:
    """`duban --help` in seconds, of a processor and on the wall, and how many times the latter fits into 0.3 s."""
    command = [sys.executable, "-P", "-c", "from flows.cli import main; main()", "--help"]
    took = best_of(5, lambda: subprocess.run(command, capture_output=True, check=True))
    begun = getrusage(RUSAGE_CHILDREN)
    subprocess.run(command, capture_output=True, check=True)
    spent = getrusage(RUSAGE_CHILDREN)
    processor = spent.ru_utime + spent.ru_stime - begun.ru_utime - begun.ru_stime
    yield Figure("duban --help, processor time", processor, "s")
    yield Figure("duban --help", took, "s")
    yield Figure("0.3 s against duban --help", 0.3 / took, "times", at_least=1)
