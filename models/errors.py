"""The errors duban raises, named for whose matter each one is.

DubanError
├── UnreadableDocument      one file: it gets a row with its reason, the batch goes on
├── LexiconError            a rule file is wrong: its author mends it
├── ConfigurationError      a setting is wrong: exit 4
├── StoreUnavailable        the database can't be reached, or is locked: exit 3
├── Stopped                 a run that somebody asked to stop: what is done is kept, nothing is half done: exit 1
├── KeepingFailed           a backup, restore or copy that didn't come about; nothing is left half done: exit 1
├── WrongDecision           a person's decision lacks something, or names what isn't there: exit 2
├── ConflictingReview       two people decided about the same record
├── NotOurLedger            a workbook that didn't come from here, or lost what the way back needs: exit 1
├── WrongSearch             a search that can't be kept so: exit 2
├── WrongAccount            an account, a password or a role that can't be: exit 2
└── LoginRefused            a name and password that open nothing now
"""

from __future__ import annotations

from enum import StrEnum


class DubanError(Exception):
    """Root of all errors that duban raises on purpose; the message names file, position or setting."""


class Unreadable(StrEnum):
    """Why a file gave no text. `outputs/phrases.py` says each in Chinese."""

    MISSING = "missing"
    EMPTY = "empty"
    UNSUPPORTED = "unsupported"
    MISLABELLED = "mislabelled"
    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    SCANNED = "scanned"
    NO_TEXT = "no_text"
    BINARY = "binary"
    DOCTYPE = "doctype"
    TOO_LARGE = "too_large"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    CRASHED = "crashed"
    UNREACHABLE = "unreachable"
    UNSAFE = "unsafe"


class UnreadableDocument(DubanError):
    """A file that can't be read: its name, the reason as a code, and what was found."""

    def __init__(self, file: str, reason: Unreadable, detail: str = "") -> None:
        super().__init__(f"{file}: {reason.value}{': ' + detail if detail else ''}")
        self.file, self.reason, self.detail = file, reason, detail

    def __reduce__(self) -> tuple[type[UnreadableDocument], tuple[str, Unreadable, str]]:
        """Errors travel from the reading worker to its parent."""
        return type(self), (self.file, self.reason, self.detail)


class LexiconError(DubanError):
    """A rule file is wrong: which file, which entry, and why."""


class ConfigurationError(DubanError):
    """A setting is wrong: its name, its value, and what is allowed."""


class StoreUnavailable(DubanError):
    """The database can't be reached, is locked, or is from a newer version."""


class KeepingFailed(DubanError):
    """A backup, a restore, or a copy of the database that didn't come about, and why, in Chinese."""


class WrongDecision(DubanError):
    """A decision that can't be recorded: what is missing, unknown or contradictory, in Chinese."""


class WrongSearch(DubanError):
    """A search that can't be kept: without a name or words, or of a name that is taken, in Chinese."""


class ConflictingReview(DubanError):
    """Somebody decided about the same promise meanwhile; nothing is recorded before the second person has seen that."""


class Stopped(DubanError):
    """A run that somebody asked to stop: by whom, in Chinese."""


class NotOurLedger(DubanError):
    """A workbook that can't be taken back: what is missing, and what to do, in Chinese."""


class NothingCarried(NotOurLedger):
    """A workbook that isn't one of our exports at all: it may be another office's."""


class WrongAccount(DubanError):
    """An account that can't be made or changed so: what is wrong, in Chinese."""


class LoginRefused(DubanError):
    """A login that opens nothing: wrong, disabled or locked; the message is the same for all. `known`: the account's
    own name where there is such an account, for the audit log."""

    def __init__(self, known: str | None = None, *, locked: bool = False) -> None:
        super().__init__("用户名或密码不对，或者登录因多次失败暂停了。请核对后再试；一直不行请找管理员")
        self.known, self.locked = known, locked
