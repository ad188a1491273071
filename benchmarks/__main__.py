"""Runs every benchmark and prints one line a figure: name, figure, unit, and what it is compared with."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks import (
    bench_costs,
    bench_cross,
    bench_edits,
    bench_extract,
    bench_follow_up,
    bench_growth,
    bench_ingest,
    bench_kills,
    bench_length,
    bench_machines,
    bench_margin,
    bench_night,
    bench_numbers,
    bench_quality,
    bench_search,
    bench_start,
    bench_store,
    bench_triage,
    bench_web,
)
from benchmarks.figures import Figure
from benchmarks.register.made import SMALL, Wanted

_ALL = {
    "start": bench_start.run,
    "extract": bench_extract.run,
    "numbers": bench_numbers.run,
    "length": bench_length.run,
    "ingest": bench_ingest.run,
    "store": bench_store.run,
    "follow": bench_follow_up.run,
    "kills": bench_kills.run,
    "machines": bench_machines.run,
    "costs": bench_costs.run,
    "triage": bench_triage.run,
    "quality": bench_quality.run,
    "cross": bench_cross.run,
}
_SIZED = ("growth", "margin", "night", "edits")
"""Those that have a size or a database of their own."""
_LARGE: dict[str, Callable[[Wanted], Iterator[Figure]]] = {"search": bench_search.run, "web": bench_web.run}
"""Those that need a register of many commitments."""


def main() -> int:
    """All benchmarks in turn, or those named; exit 1 when a stated ratio is missed."""
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("names", nargs="*", choices=[*_ALL, *_SIZED, *_LARGE, []], help="only these")
    parser.add_argument(
        "--texts", type=Path, help="a folder of texts of 2,000 to 3,500 characters to be measured besides"
    )
    parser.add_argument("--size", type=int, default=SMALL, help="commitments of the large register")
    parser.add_argument("--files", type=int, default=bench_night.SMALL, help="that a quiet night passes over")
    parser.add_argument("--documents", type=int, default=bench_growth.SMALL, help="up to which the register grows")
    parser.add_argument(
        "--registers", type=int, nargs="+", default=bench_margin.SMALL, help="to which further documents come"
    )
    parser.add_argument("--counties", type=int, default=100, help="of the hundred that these registers are filled for")
    parser.add_argument("--picture", type=Path, metavar="SVG", help="where to draw how the cost grows")
    parser.add_argument("--database", default="", metavar="URL", help="an empty one that clerks edit")
    parser.add_argument("--register", default="", metavar="URL", help="a large one that is there")
    wanted = parser.parse_args()
    missed = 0
    for name in (*_ALL, *_SIZED, *_LARGE):
        if wanted.names and name not in wanted.names:
            continue
        for line in _lines(name, wanted):
            print(line, flush=True)
            missed += line.missed
    return int(missed > 0)


def _lines(name: str, wanted: argparse.Namespace) -> Iterator[Figure]:
    if name in _LARGE:
        return _LARGE[name](Wanted(wanted.size, wanted.register))
    if name == "growth":
        return bench_growth.run(wanted.documents, wanted.picture)
    if name == "margin":
        return bench_margin.run(wanted.registers, wanted.picture, wanted.counties)
    if name == "night":
        return bench_night.run(wanted.files)
    if name == "edits":
        return bench_edits.run(wanted.database)
    return bench_extract.run(wanted.texts) if name == "extract" else _ALL[name]()


if __name__ == "__main__":
    sys.exit(main())
