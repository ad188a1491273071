"""The nightly run in words: its phases, what it fetches, what it has to tell, and what became of the message."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from models.runs import RunId

ReportId = NewType("ReportId", int)


class Phase(StrEnum):
    """The parts of a nightly run, in their order."""

    FETCH = "fetch"
    INGEST = "ingest"
    FOLLOW_UP = "follow_up"
    PUBLISH = "publish"


class Fetched(StrEnum):
    """What an address holds: a page that lists others, an article, an attachment; an archive, a member of it."""

    LISTING = "listing"
    ARTICLE = "article"
    ATTACHMENT = "attachment"
    ARCHIVE = "archive"
    MEMBER = "member"


class News(StrEnum):
    """What a morning report tells of. Each thing is told once; OVERDUE again after it had stopped being so.

    FOUND is a hit of a search that somebody saved, LISTED a promise that has come onto a list that somebody keeps.
    """

    OVERDUE = "newly_overdue"
    CHANGE = "promise_changed"
    PROPOSAL = "evidence_proposed"
    EVIDENCE = "evidence_found"
    FOUND = "search_found"
    LISTED = "list_grew"
    REPLY = "reply_in"
    PROMISE = "promise_read"
    FAILURE = "file_unread"
    GONE = "page_gone"


class Delivery(StrEnum):
    """What became of a message. UNSURE: the program was cut off, or the line broke, after it had begun to send."""

    WAITING = "to_send"
    BEGUN = "sending"
    SENT = "sent"
    FAILED = "not_sent"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class PhaseRow:
    """One phase of one run; `ended` None: it is at work, or was cut off."""

    run: RunId
    phase: Phase
    started: datetime
    ended: datetime | None


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A morning report as it was kept: `content` is JSON (outputs/morning.py)."""

    id: ReportId
    run: RunId
    day: date
    made: datetime
    news: int
    content: str


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """A report on its way over one channel: "mail", "webhook 1"."""

    report: ReportId
    channel: str
    state: Delivery
    at: datetime
    tries: int
    error: str


@dataclass(frozen=True, slots=True)
class FetchedRow:
    """What is known of an address. `etag` and `last_modified` are the server's own, an archive's size and time."""

    address: str
    source: str
    role: Fetched
    found_on: str
    base: str
    name: str
    etag: str | None
    last_modified: str | None
    digest: str | None
    suffix: str
    size: int | None
    first_seen: datetime
    checked: datetime
    changed: datetime
    gone: datetime | None
