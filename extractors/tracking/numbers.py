"""Which numbers of a later passage speak of promised ones, and whether they reach them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from extractors.tracking.prepared import Passage, Promise
from extractors.tracking.wording import pairs_of
from models.quantities import Comparator, Quantity
from models.text import fold

LIKE = 0.5  # of the shorter indicator's pairs


@dataclass(frozen=True, slots=True)
class Reached:
    """The shown numbers, as printed, that meet a promised one or fall short; `missing`: a promised one has none."""

    met: tuple[str, ...]
    short: tuple[str, ...]
    missing: bool


def reached(promise: Promise, shown: Passage) -> Reached:
    """How the numbers of a passage stand against the promised ones; parts of a total don't count against it."""
    met: list[str] = []
    short: list[str] = []
    missing = False
    for own in promise.passage.numbers:
        if own.part_of is not None:
            continue
        best = max(
            (other for other in shown.numbers if comparable(own, other)),
            key=lambda other: (likeness(own.indicator, other.indicator), other.value == own.value),
            default=None,
        )
        if best is None:
            missing = True
        elif meets(own, best):
            met.append(best.span.text)
        else:
            short.append(best.span.text)
    return Reached(tuple(met), tuple(short), missing)


def comparable(own: Quantity, other: Quantity) -> bool:
    """Whether two numbers count the same thing in the same unit, as a level or as a rise."""
    return same_unit(own, other) and likeness(own.indicator, other.indicator) >= LIKE


def same_unit(own: Quantity, other: Quantity) -> bool:
    """Whether two numbers count in one unit."""
    return (own.unit or "").strip("()") == (other.unit or "").strip("()")


def meets(own: Quantity, other: Quantity) -> bool:
    """Whether a number reaches the promised one: below it where the promise sets an upper bound."""
    if own.comparator is Comparator.AT_MOST:
        return other.value <= own.value
    return (other.upper or other.value) >= own.value


def likeness(own: str | None, other: str | None) -> float:
    """How much of the shorter indicator the longer one has, by pairs of characters.

    >>> likeness("新增生态停车位", "停车位")
    1.0
    """
    mine, theirs = pairs_of(fold(own or "")), pairs_of(fold(other or ""))
    if not mine or not theirs:
        return 0.0
    return len(mine & theirs) / min(len(mine), len(theirs))


def is_small(value: Decimal) -> bool:
    """Whether a number is so common that meeting it again says nothing: 1, 2, 100 %."""
    return value in (Decimal(1), Decimal(2), Decimal(100))
