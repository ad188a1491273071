"""A lot of files, read on whatever machine: what is asked for, what comes back. Knows no Prefect and no database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.readers.limits import Limits
from flows.version import extractor_version
from models.errors import DubanError, UnreadableDocument

if TYPE_CHECKING:
    from corpus.readers.pool import ReaderPool
    from models.extraction import Extraction


class OtherRules(DubanError):
    """A machine has another version of the rules: what it reads would not be what is read here."""


@dataclass(frozen=True, slots=True)
class Order:
    """Files to be read within limits, by this version of reader and rules."""

    paths: tuple[Path, ...]
    limits: Limits
    version: str


def read_lot(order: Order, processes: int = 1) -> list[Extraction | UnreadableDocument | None]:
    """Each file's records, or why it can't be read; None where this machine doesn't see it (not mounted).

    In the order given; the readers stay warm for the next lot. OtherRules: another version is installed here.
    """
    here = extractor_version.__wrapped__()  # as installed now: a long-lived worker sees an upgrade
    if here != order.version:
        raise OtherRules(f"另一台机器上的版本是 {here}，应是 {order.version}")
    return list(_outcomes(order.paths, _readers(order.limits, processes, here)))


def _outcomes(paths: Sequence[Path], readers: ReaderPool) -> list[Extraction | UnreadableDocument | None]:
    seen = [path for path in paths if path.is_file()]
    found = dict(readers.read_many(seen))
    return [found.get(path) for path in paths]  # type: ignore[misc]  # its readers give extractions


@lru_cache(maxsize=2)
def _readers(limits: Limits, processes: int, _version: str) -> ReaderPool:
    """Reader processes of this process; they end with it."""
    from corpus.readers.pool import ReaderPool

    return ReaderPool(limits, processes, "flows.working:read_and_extract")
