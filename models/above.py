"""What stands above a sentence and says what it is about, where the sentence itself doesn't."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from models.documents import Unit, UnitRole
from models.extraction import Extraction
from models.text import fold

_LONGEST = 240  # characters of context that are kept for a sentence
_SHORT = 40  # characters; a short sentence often goes on with what the one before says (“超时件由县效能办督办。”)
_BEFORE = 60  # characters of the sentence before


@dataclass(frozen=True, slots=True)
class Above:
    """The context of each unit of a letter: heading, item head, lead-in, units named, the letter's subject.

    In 二、停车 (一)挖潜增设 the sentence “年底前再增600个。” is found by 停车 and by 挖潜 too.
    """

    starts: tuple[int, ...]
    contexts: tuple[str, ...]

    @classmethod
    def of(cls, extraction: Extraction, folded: str) -> Above:
        """The contexts of this letter's units."""
        named = _named(extraction)
        subject = extraction.identity.subject or extraction.identity.title or extraction.document.title or ""
        before = [None, *extraction.units]
        return cls(
            tuple(unit.span.start for unit in extraction.units),
            tuple(
                _context(unit, last, folded, named.get(unit.span.start, ()), fold(subject))
                for last, unit in zip(before, extraction.units, strict=False)
            ),
        )

    def at(self, start: int | None) -> str:
        """The context of the unit that holds this place of the text; a document has none."""
        place = bisect_right(self.starts, start) - 1 if start is not None else -1
        return self.contexts[place] if place >= 0 else ""


def _named(extraction: Extraction) -> dict[int, tuple[str, ...]]:
    return {one.span.start: one.responsible for one in extraction.commitments}


def _context(unit: Unit, last: Unit | None, folded: str, responsible: Iterable[str], subject: str) -> str:
    own = folded[unit.span.start : unit.span.end]
    near = (unit.head, unit.lead_in, *reversed(unit.section), *responsible)
    parts = dict.fromkeys(fold(part).strip() for part in near if part)
    if len(own) <= _SHORT and last is not None and last.role is UnitRole.TEXT and last.section == unit.section:
        parts[folded[last.span.start : last.span.end].strip()[-_BEFORE:]] = None
    parts[subject] = None
    return "\n".join(part for part in parts if part and part not in own)[:_LONGEST]
