"""Runs every benchmark and prints one line a figure: name, figure, unit, and what it is compared with."""

from __future__ import annotations

import sys

from benchmarks import bench_extract, bench_ingest, bench_start, bench_store


def main() -> int:
    """All benchmarks in turn; exit 1 when a stated ratio is missed."""
    missed = 0
    for bench in (bench_start, bench_extract, bench_ingest, bench_store):
        for line in bench.run():
            print(line)
            missed += line.missed
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
