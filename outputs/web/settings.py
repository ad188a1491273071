"""How the pages are run: what flows take from the office's settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from models.logins import Limits
from models.passwords import Policy


@dataclass(frozen=True, slots=True)
class WebSettings:
    """`clock` gives aware times; `https`: the pages are reached by HTTPS (cookies are then bound to it); `hosts`: the
    names that they are reached by, empty for any."""

    clock: Callable[[], datetime]
    zone: ZoneInfo
    version: str
    https: bool = False
    hosts: tuple[str, ...] = ()
    policy: Policy = Policy.DENGBAO2
    limits: Limits = field(default_factory=Limits)
    asked_per_minute: int = 600  # questions of one account under /api; 0: no limit
