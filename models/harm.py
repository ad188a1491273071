"""What can be wrong with a database and the files beside it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Harm(StrEnum):
    """A kind of damage."""

    FILE = "file"
    SCHEMA = "schema"
    UNREADABLE = "unreadable_value"
    DANGLING = "dangling"
    MISNAMED = "misnamed"
    MISQUOTED = "misquoted"
    ALTERED = "altered"
    CURRENT = "wrongly_current"
    VERSIONS = "versions"
    DECISIONS = "decisions"
    COUNTER = "counter"
    INDEX = "index"
    STANDINGS = "standings"
    RUNS = "runs"
    LOG = "log"
    ORIGINAL_MISSING = "original_missing"
    ORIGINAL_CHANGED = "original_changed"
    MEMBER_MISSING = "member_missing"
    MEMBER_CHANGED = "member_changed"
    SINCE_BACKUP = "since_backup"


@dataclass(frozen=True, slots=True)
class Damage:
    """One thing that is wrong: what kind, where (a table, a document, a file), and what was found there."""

    harm: Harm
    where: str
    detail: str = ""
