"""How often programs may ask: so many questions a minute for each account, counted in this process."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock


@dataclass(slots=True)
class Pace:
    """`most` questions within each minute of the clock for each name; 0: as many as they like."""

    most: int
    _minute: int = 0
    _asked: dict[str, int] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def wait(self, name: str, now: datetime) -> int:
        """Counts a question: 0 where it may be answered, else the seconds after which the next one may be."""
        if not self.most:
            return 0
        minute, second = divmod(int(now.timestamp()), 60)
        with self._lock:
            if minute != self._minute:
                self._minute, self._asked = minute, {}
            self._asked[name] = self._asked.get(name, 0) + 1
            return 60 - second if self._asked[name] > self.most else 0
