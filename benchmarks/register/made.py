"""The register that a benchmark measures on: one that is there, or a new one that is gone afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.register.filling import fill
from models.queries import count_commitments
from models.store import open_store

SMALL = 20_000
"""Commitments, unless another size is asked for: made within half a minute."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which register to measure on: the one at `url`, else a new one of `size` commitments."""

    size: int = SMALL
    url: str = ""


@dataclass(frozen=True, slots=True)
class Register:
    """Where it is, how many commitments it holds, and a folder for whatever else a program needs."""

    url: str
    size: int
    folder: Path


@contextmanager
def register(wanted: Wanted) -> Iterator[Register]:
    """The register."""
    with TemporaryDirectory(prefix="duban-bench-") as name:
        folder = Path(name)
        url = wanted.url or f"sqlite:///{folder}/duban.db"
        with open_store(url) as store:
            size = count_commitments(store) if wanted.url else fill(store, wanted.size)
        yield Register(url, size, folder)
