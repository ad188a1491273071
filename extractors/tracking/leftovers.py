"""Targets and numbers that share no words, of two papers that are known to be about the same things.

A report that tells of eight of ten targets is likely to tell of the other two: in the same unit, about as large, where
the order of both papers has them, and with a character or two in common (430户农家 and 农房改造420户).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import fsum

from extractors.tracking.counted import Counted
from extractors.tracking.differing import bases_meet
from extractors.tracking.in_step import best_in_order
from extractors.tracking.matching import contrast, ratio_of
from extractors.tracking.units import GENERIC, SameUnit, loosely_same
from extractors.tracking.wording import letters_of, telling_letter

KNOWN = 2  # targets that are matched by their words: so many show that a paper reports on another
_NEAR = Decimal("0.5")  # of the target: numbers further off aren't told apart by their size
_SIZE, _ORDER, _LETTERS, _UNIT = 0.5, 0.25, 0.6, 0.15
_LEAST = 0.62
_CLOSE = Decimal("0.15")
_TOGETHER, _MOST = 4, 0.6  # numbers in the order of both papers, and their share of the shorter one
_FEW = 10  # small numbers are often equal
_PLENTY = 2.0  # points of characters


@dataclass(frozen=True, slots=True)
class Left:
    """A target, a number that may report on it, and how their units are alike."""

    target: Counted
    actual: Counted
    unit: SameUnit


def left_over(
    targets: Sequence[Counted],
    actuals: Sequence[Counted],
    known: Mapping[int, int],
    taken: Collection[int],
    common: Collection[str],
) -> list[Left]:
    """The pairs among what is left, each target and number once, most likely first.

    `known`: which number reports on which target, by their positions; `taken`: numbers that speak of something;
    `common`: characters that any passage of the two papers has.
    """
    if len(known) < KNOWN and not _run_together(targets, actuals):
        return []
    in_order = _order(known)
    ranked = sorted(
        (
            (-likely, target.position, actual.position, Left(target, actual, unit))
            for target in targets
            if target.position not in known
            for actual in actuals
            if actual.position not in taken and (unit := _comparable(target, actual)) is not None
            if (likely := _likely(target, actual, unit, in_order, common)) >= _LEAST
        ),
        key=lambda each: each[:3],
    )
    found: dict[int, Left] = {}
    used: set[int] = set()
    for _, target_at, actual_at, left in ranked:
        if target_at not in found and actual_at not in used:
            found[target_at] = left
            used.add(actual_at)
    return list(found.values())


def _run_together(targets: Sequence[Counted], actuals: Sequence[Counted]) -> bool:
    """Whether the numbers of two papers go alike from first to last: so many of one unit and nearly one size can't
    be chance."""
    most = min(len(targets), len(actuals))
    if most < _TOGETHER:
        return False
    like = {
        (a, b): 1.0
        for a, target in enumerate(targets)
        for b, actual in enumerate(actuals)
        if target.quantity.value > _FEW and (unit := _comparable(target, actual)) is not None
        if (ratio := ratio_of(target.quantity.value, actual.quantity.value, unit)) and abs(ratio - 1) <= _CLOSE
    }
    together = len(best_in_order(like, len(targets), len(actuals), 1.0)) if len(like) >= _TOGETHER else 0
    return together >= _TOGETHER and together >= _MOST * most


def _comparable(target: Counted, actual: Counted) -> SameUnit | None:
    if target.each != actual.each or target.quantity.unit == "%" or not bases_meet(target.quantity, actual.quantity):
        return None
    return None if contrast(target, actual) else loosely_same(target.quantity.unit, actual.quantity.unit)


def _order(known: Mapping[int, int]) -> Callable[[int, int], bool]:
    """Whether a number stands where its target's neighbours have theirs."""

    def stands(target: int, actual: int) -> bool:
        before = max((at for at in known if at < target), default=None)
        behind = min((at for at in known if at > target), default=None)
        return (before is None or known[before] < actual) and (behind is None or actual < known[behind])

    return stands


def _likely(
    target: Counted, actual: Counted, unit: SameUnit, in_order: Callable[[int, int], bool], common: Collection[str]
) -> float:
    ratio = ratio_of(target.quantity.value, actual.quantity.value, unit)
    if ratio is None or abs(ratio - 1) > _NEAR:
        return 0.0
    size = float(1 - abs(ratio - 1) / _NEAR) * (0.5 if target.quantity.value <= _FEW else 1.0)
    rare = unit.told == "same" and (target.quantity.unit or "") not in GENERIC
    both = letters_of(target.stem + target.lead) & letters_of(actual.stem + actual.lead + actual.tail) - set(common)
    letters = min(1.0, fsum(map(telling_letter, both)) / _PLENTY)
    ordered = in_order(target.position, actual.position)
    return _SIZE * size + _ORDER * ordered + _LETTERS * letters + _UNIT * rare
