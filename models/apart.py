"""How far a piece of work is that is done apart from the pages: a long export, a large ledger that is read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class WorkState:
    """How far it is: `done` of `total` lines; when it began (None: it waits for another) and was last heard of; what
    came of it once it is whole (a file's name, where to go on); what went wrong; whether it was stopped. `address`:
    the page that it was asked for on."""

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
