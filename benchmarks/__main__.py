"""Runs every benchmark and prints one line a figure: name, figure, unit, and what it is compared with."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from benchmarks import (
    bench_extract,
    bench_follow_up,
    bench_ingest,
    bench_kills,
    bench_length,
    bench_machines,
    bench_numbers,
    bench_start,
    bench_store,
)

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
}


def main() -> int:
    """All benchmarks in turn, or those named; exit 1 when a stated ratio is missed."""
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("names", nargs="*", choices=[*_ALL, []], help="only these")
    parser.add_argument(
        "--texts", type=Path, help="a folder of texts of 2,000 to 3,500 characters to be measured besides"
    )
    wanted = parser.parse_args()
    missed = 0
    for name, bench in _ALL.items():
        if wanted.names and name not in wanted.names:
            continue
        for line in bench_extract.run(wanted.texts) if name == "extract" else bench():
            print(line, flush=True)
            missed += line.missed
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
