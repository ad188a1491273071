"""What clauses do, and on what evidence that is known."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from extractors.clauses import Clause


class Mood(StrEnum):
    """What a clause does: tells the past, describes, reports others' words, promises, or is a bare verb phrase."""

    PAST = "past"
    PRESENT = "present"
    REPORTED = "reported"
    EFFECT = "effect"
    FUTURE = "future"
    BARE = "bare"
    NONE = "none"


class Reading(NamedTuple):
    """The mood of one clause and the name of the evidence: "will", "intend", "duty", "ahead", "due", "verb", …"""

    clause: Clause
    mood: Mood
    sign: str


# The evidence for the future, from strong to weak, and how far each is trusted by itself.
TRUST = {
    "ahead": 0.95, "will": 0.94, "intend": 0.92, "aim": 0.9, "study": 0.85, "due": 0.85, "may": 0.82, "duty": 0.78,
    "when": 0.78, "assigned": 0.74, "year": 0.62, "prospective": 0.72, "welcome": 0.72, "day": 0.7, "agreed": 0.7,
    "occasion": 0.65, "listed": 0.74, "announced": 0.7,
}  # fmt: skip
