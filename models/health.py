"""What a look at the machine and the settings finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Health(StrEnum):
    """How it stands: WELL; NOTE, something to know; BAD, something must be mended."""

    WELL = "well"
    NOTE = "note"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Checkup:
    """One thing that was looked at (`topic`, a code), how it stands, what was found, and what to do about it."""

    topic: str
    health: Health
    found: str
    todo: str = ""
