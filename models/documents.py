"""A document as read, and its parts: spans, units, sections, identity."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from models.records import quick


@dataclass(frozen=True, slots=True)
class Document:
    """A text as read from one file.

    `text` is what every offset refers to (`duban text FILE` prints it); lines end with a line feed. `title` and
    `published` come from the page around the text (html, docx properties), never from the letter itself; `notes` are
    codes of what the reader had to mend ("joined_lines", "dropped_headers", ...).
    """

    name: str
    form: str
    text: str
    title: str | None = None
    published: date | None = None
    notes: tuple[str, ...] = ()


@quick
@dataclass(frozen=True, slots=True)
class Span:
    """A quotation: `text` stands in the document's text at [start, end)."""

    start: int
    end: int
    text: str


class Kind(StrEnum):
    """What a document is: 建议 提案 答复 计划 规定 办理情况 新闻."""

    SUGGESTION = "suggestion"
    PROPOSAL = "proposal"
    REPLY = "reply"
    PLAN = "plan"
    REGULATION = "regulation"
    PROGRESS_REPORT = "progress_report"
    NEWS = "news"
    OTHER = "other"


class Body(StrEnum):
    """Whose item it is: 人大 npc, 政协 cppcc."""

    NPC = "npc"
    CPPCC = "cppcc"


class UnitRole(StrEnum):
    """What a unit is for. Only TEXT and TABLE_ROW units can promise or decline anything."""

    TEXT = "text"
    TITLE = "title"
    SALUTATION = "salutation"
    HEADING = "heading"
    ITEM_HEAD = "item_head"
    LEAD_IN = "lead_in"
    TABLE_HEAD = "table_head"
    TABLE_ROW = "table_row"
    SIGN_OFF = "sign_off"
    CONTACT = "contact"


class Zone(StrEnum):
    """Which part of a letter a unit stands in: opening, what was done, the answers, what will be done, closing."""

    OPENING = "opening"
    DONE = "done"
    ANSWER = "answer"
    PLANNED = "planned"
    CLOSING = "closing"


@quick
@dataclass(frozen=True, slots=True)
class Unit:
    """What stands between 。！？； or line breaks, with its closing mark and its enumerator.

    `section` is the path of headings above it, outermost first, as printed; `head` the item head that it stands under
    (“一是强化统筹。”), if any; `lead_in` the sentence that opens the list it belongs to.
    """

    span: Span
    index: int
    role: UnitRole
    zone: Zone
    section: tuple[str, ...] = ()
    head: str | None = None
    lead_in: str | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """Who says what to whom: the answers of a document's head and foot. None where the text doesn't say."""

    kind: Kind
    addressed_to: Body | None = None
    number: str | None = None
    congress: int | None = None
    session: int | None = None
    subject: str | None = None
    proposers: tuple[str, ...] = ()
    lead_unit: str | None = None
    co_units: tuple[str, ...] = ()
    region: str | None = None
    region_code: str | None = None
    date: date | None = None
    year_hint: int | None = None
    result_class: str | None = None
    doc_number: str | None = None
    title: str | None = None
    co_reply: bool = False
    openness: str | None = None
    contacts: tuple[str, ...] = ()
