"""What is kept of a unit that promises or refuses: the ledger's entry, with its deadline, actors, papers and flags."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from extractors.deadlines import deadline_of
from extractors.instruments import condition_in, promised_titles
from extractors.matters import ASKED
from extractors.responsible import actors_of
from extractors.strength import strength_of
from models.commitments import Commitment, Deadline, Declined, Strength
from models.documents import Identity, Unit, Zone
from models.text import fold

if TYPE_CHECKING:
    from extractors.clauses import Clause
    from extractors.declined import Refusal
    from extractors.numbers.dates import Anchor


class Verdict(NamedTuple):
    """What a unit is: a refusal, a promise with its rule and confidence, or neither (confidence 0)."""

    rule: str
    confidence: float
    refusal: Refusal | None = None
    clauses: tuple[Clause, ...] = ()
    itemised: bool = False


def declined_of(text: str, unit: Unit, refusal: Refusal) -> Declined:
    """The refused point of a unit, with its ground as printed."""
    start = unit.span.start
    reason = text[start + refusal.reason[0] : start + refusal.reason[1]] if refusal.reason else None
    return Declined(unit.span, unit.section, reason, refusal.confidence, refusal.rule)


def commitment_of(
    text: str, folded: str, unit: Unit, verdict: Verdict, identity: Identity, anchor: Anchor
) -> Commitment:
    """The promise of a unit: how firm, by when, by whom, under what condition."""
    words = folded[unit.span.start : unit.span.end]
    strength = strength_of(list(verdict.clauses), verdict.itemised)
    deadline = deadline_of(folded, unit.span.start, unit.span.end, anchor) or _inherited(unit, anchor)
    condition = condition_in(words)
    return Commitment(
        span=unit.span,
        section=unit.section,
        strength=strength,
        deadline=deadline,
        responsible=actors_of(words, identity.lead_unit),
        instruments=tuple(unit.span.text[start:end] for start, end in promised_titles(words)),
        condition=unit.span.text[condition[0] : condition[1]] if condition else None,
        confidence=round(verdict.confidence, 2),
        rule=verdict.rule,
        flags=_flags(strength, deadline is None, bool(deadline and deadline.end is None), condition is not None),
    )


def _inherited(unit: Unit, anchor: Anchor) -> Deadline | None:
    """The deadline of the head, lead-in or heading that the unit stands under, the nearest one.

    年内办好以下实事：改造旱厕44座；新建书屋2座。 A heading that repeats an ask (关于2025年增开班次的建议) sets none.
    """
    headings = () if unit.zone is Zone.DONE else unit.section[::-1]
    for above in (unit.head, unit.lead_in, *headings):
        if above and _NAMES_TIME.search(above) and (found := _deadline_above(fold(above), anchor)):
            return found
    return None


@lru_cache(maxsize=256)
def _deadline_above(words: str, anchor: Anchor) -> Deadline | None:
    return None if ASKED.match(words) else deadline_of(words, 0, len(words), anchor)


_NAMES_TIME = re.compile("[年月日季节期内]")


def _flags(strength: Strength, undated: bool, unknown: bool, conditional: bool) -> tuple[str, ...]:
    named = (
        ("no_date", undated),
        ("unknown_year", unknown),
        ("soft", strength in _SOFT),
        ("conditional", conditional),
    )
    return tuple(name for name, holds in named if holds)


_SOFT = frozenset({Strength.STUDY, Strength.ENCOURAGE})
