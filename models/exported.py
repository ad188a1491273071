"""A long export: what was asked for, and how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class ExportAsked:
    """Which list, as which kind of file: the parameters of its address, its day, who wants it and from where."""

    parameters: tuple[tuple[str, str], ...]
    form: str
    as_of: date
    at: datetime
    who: str
    address: str
    site: str
    total: int


@dataclass(frozen=True, slots=True)
class ExportState:
    """How far an export of the list at `address` is: `done` of `total` lines; when it began to write (None: it waits
    for another) and was last heard of; the file's name once it is there; what went wrong; whether it was stopped."""

    total: int
    done: int = 0
    since: datetime | None = None
    at: datetime | None = None
    name: str = ""
    trouble: str = ""
    stopped: bool = False
    address: str = "/ledger"

    @property
    def running(self) -> bool:
        """Whether there is more to come."""
        return not (self.name or self.trouble or self.stopped)

    @property
    def seconds_left(self) -> int | None:
        """About how long the rest takes; None: nobody can tell yet."""
        if not (self.running and self.done and self.since and self.at):
            return None
        return round((self.at - self.since).total_seconds() * (self.total - self.done) / self.done)
