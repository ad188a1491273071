"""`python -m benchmarks.register sqlite:////tmp/big.db --size 1000000`: makes the register to measure on."""

from __future__ import annotations

import argparse
from time import perf_counter

from benchmarks.register.filling import fill
from models.store import open_store


def main() -> None:
    """Makes it, and says how far it is."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.register")
    parser.add_argument("url", help="an empty database")
    parser.add_argument("--size", type=int, default=100_000, help="commitments")
    asked = parser.parse_args()
    begun = perf_counter()
    with open_store(asked.url) as store:
        written = fill(store, asked.size, lambda n: print(f"{n:,} after {perf_counter() - begun:.0f} s", flush=True))
    print(f"{written:,} commitments in {perf_counter() - begun:.0f} s")


if __name__ == "__main__":
    main()
