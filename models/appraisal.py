"""What is said of a reply before it is signed: how its promises can be checked later, and what it leaves open."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from models.commitments import Commitment, Request
from models.documents import Span
from models.evidence import Alarm, Answer, Certainty
from models.extraction import Extraction
from models.findings import Finding
from models.quantities import Quantity


class Lack(StrEnum):
    """What a promise lacks, so that nobody could say later whether it was kept."""

    NO_DAY = "no_day"
    UNKNOWN_DAY = "unknown_day"
    NO_NUMBER = "no_number"
    NO_ACTOR = "no_actor"
    SOFT = "soft"
    CONDITIONAL = "conditional"


@dataclass(frozen=True, slots=True)
class Appraised:
    """One promise with its numbers to be reached, and what it lacks."""

    commitment: Commitment
    targets: tuple[Quantity, ...]
    lacks: tuple[Lack, ...]

    @property
    def checkable(self) -> bool:
        """Whether it has day, number and actor."""
        return not {Lack.NO_DAY, Lack.UNKNOWN_DAY, Lack.NO_NUMBER, Lack.NO_ACTOR} & set(self.lacks)


@dataclass(frozen=True, slots=True)
class Answered:
    """One ask, what the reply says to it, and where."""

    request: Request
    answer: Answer
    units: tuple[Span, ...]
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class Appraisal:
    """A reply looked through: its promises, the asks, the class against the text, numbers and days that don't agree.

    `item`: the suggestion or proposal that the asks were taken from; None: the reply's own naming of them.
    """

    reply: Extraction
    item: Extraction | None
    promises: tuple[Appraised, ...]
    asks: tuple[Answered, ...]
    alarms: tuple[Alarm, ...]
    findings: tuple[Finding, ...]

    @property
    def checkable(self) -> int:
        """How many promises have day, number and actor."""
        return sum(promise.checkable for promise in self.promises)
