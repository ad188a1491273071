"""What ran, when, on which file, and how it ended; and who holds the database for writing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from models.errors import Unreadable
from models.ids import DocumentId

RunId = NewType("RunId", int)


class RunState(StrEnum):
    """How a run ended. ABANDONED: its process died, or lost the database to another run; STOPPED: somebody
    asked it to."""

    RUNNING = "running"
    FINISHED = "finished"
    FAILED = "failed"
    ABANDONED = "abandoned"
    STOPPED = "stopped"


class Outcome(StrEnum):
    """What became of one file.

    DUPLICATE: another file holds the same letter; NEW_VERSION: the file changed, the old letter is kept;
    REEXTRACTED: newer rules (or a newer reader) saw the same file differently; FAILED: it can't be read.
    """

    NEW = "new"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    NEW_VERSION = "new_version"
    REEXTRACTED = "reextracted"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Owner:
    """The process that runs: on which machine, since which start of it, under which number.

    `boot` and `started` tell a process from a later one with the same number; "" where the system doesn't say.
    """

    host: str
    pid: int
    boot: str = ""
    started: str = ""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as found: its path is its name in the register, `digest` the SHA-256 of its bytes (None: unreadable)."""

    path: str
    name: str
    form: str
    digest: str | None
    size: int | None
    mtime_ns: int | None


@dataclass(frozen=True, slots=True)
class Known:
    """What the store holds of an unchanged file: its document, or why it couldn't be read."""

    document: DocumentId | None
    failure: Unreadable | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many records of each kind."""

    commitments: int = 0
    declined: int = 0
    requests: int = 0
    quantities: int = 0


@dataclass(frozen=True, slots=True)
class RunItem:
    """One file of one run."""

    run: RunId
    path: str
    outcome: Outcome
    document: DocumentId | None
    reason: Unreadable | None
    detail: str
    counts: Counts
    started: datetime
    ended: datetime


@dataclass(frozen=True, slots=True)
class Run:
    """One run: `outcomes` counts its items; `skipped` the files that hadn't changed since an earlier run."""

    id: RunId
    kind: str
    owner: Owner
    state: RunState
    started: datetime
    ended: datetime | None
    error: str | None
    skipped: int
    outcomes: dict[Outcome, int]
