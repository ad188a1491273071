"""What a reply promises, declines, and is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from models.documents import Span
from models.records import quick


class Strength(StrEnum):
    """How firmly a thing is promised, strongest first: 将/确保 > 力争 > 研究/探索 > 鼓励 others."""

    FIRM = "firm"
    AIM = "aim"
    STUDY = "study"
    ENCOURAGE = "encourage"


@quick
@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day by which it must be done. `text` as printed; `end` None where the document can't tell the day."""

    text: str
    end: date | None


@quick
@dataclass(frozen=True, slots=True)
class Commitment:
    """承诺事项: a unit in which the government side says what will be done from now on.

    `confidence` in [0, 1]; `rule` names what found it; `flags` are codes of what a person should look at.
    """

    span: Span
    section: tuple[str, ...]
    strength: Strength
    deadline: Deadline | None
    responsible: tuple[str, ...]
    instruments: tuple[str, ...]
    condition: str | None
    confidence: float
    rule: str
    flags: tuple[str, ...] = ()


@quick
@dataclass(frozen=True, slots=True)
class Declined:
    """不予办理事项: a unit that says a request can't or won't be met, or is passed on; `reason` as printed."""

    span: Span
    section: tuple[str, ...]
    reason: str | None
    confidence: float
    rule: str


@quick
@dataclass(frozen=True, slots=True)
class Request:
    """One concrete ask of a suggestion or proposal; in a reply, one ask that the reply itself names."""

    span: Span
    rule: str
