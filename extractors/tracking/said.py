"""A passage as it speaks of a promise, and the verdict on what it does for it."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.headings import union
from extractors.tracking.prepared import Part, Passage, Prepared, Promise
from extractors.tracking.reached import Reached
from extractors.tracking.stages import bare_mark, only_begins
from models.evidence import Reason, Relation


@dataclass(frozen=True, slots=True)
class Verdict:
    """A relation with its reason; `relation` None where the passage proves nothing."""

    relation: Relation | None
    why: Reason
    flags: tuple[str, ...] = ()
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Said:
    """A passage as it speaks of a promise: the words of the clauses that do, its numbers against the promised ones."""

    promise: Promise
    shown: Passage
    words: str
    parts: tuple[Part, ...]
    got: Reached
    later: Prepared

    def has(self, meaning: str) -> bool:
        return union("relations", meaning).search(self.words) is not None

    def because(self, meaning: str) -> Reason:
        found = union("relations", meaning).search(self.words)
        return Reason(f"says_{meaning}", (found[0],) if found else ())

    def new(self, meaning: str) -> bool:
        """Whether it has words of a meaning that the promise itself hasn't (开工 fulfils a promise to 开工)."""
        promised = self.promise.passage.words
        begins = meaning == "under_way" and only_begins(self.promise)
        return any(
            bare_mark(found[0]) not in promised and not (begins and union("stages", "begun").search(found[0]))
            for found in union("relations", meaning).finditer(self.words)
        )
