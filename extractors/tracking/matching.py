"""Whether two numbers of two papers are about one indicator, and how alike they are, in named parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from math import log

from extractors import lexicon
from extractors.tracking.counted import Counted
from extractors.tracking.units import GENERIC, SameUnit, plain, same_unit
from extractors.tracking.wording import telling

SURE = 0.62
PROPOSED = 0.4
ENOUGH = 0.8  # telling pairs that the two must share: one telling word
_NAME, _NEAR, _CLAUSE, _SENTENCE, _ABOVE = 1.0, 0.9, 0.75, 0.6, 0.5
_LEAST = 0.05


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two numbers' indicators are: `wording` in [0, 1] is how much of the names' words the other has (its own
    name counts whole, its sentence half), `shared` the telling pairs in common, `unit` how the units are alike."""

    wording: float
    shared: float
    unit: SameUnit
    score: float


def same_indicator(own: Counted, other: Counted, spread: Mapping[str, int]) -> Likeness | None:
    """How alike two numbers are; None where unit or scope tell them apart. `spread`: in how many names of the own
    document each pair stands."""
    unit = same_unit(own.quantity.unit, other.quantity.unit)
    if unit is None or contrast(own, other) or contrast(other, own):
        return None
    mine, shared = _covered(own, other, spread)
    theirs, back = _covered(other, own, spread)
    best, rest = max(mine, theirs), min(mine, theirs)
    wording = 0.6 * best + 0.4 * rest
    return Likeness(wording, max(shared, back), unit, min(1.0, wording * _trust(unit, own)))


def _trust(unit: SameUnit, own: Counted) -> float:
    """A rare unit (院, 批次) in both papers tells, too; a loosely like one tells against."""
    if unit.told == "counter":
        return 0.9
    return 1.0 if plain(own.quantity.unit) in GENERIC else 1.15


def _covered(own: Counted, other: Counted, spread: Mapping[str, int]) -> tuple[float, float]:
    """How much of a number's name the other number's words have, and how much that tells."""
    whole = got = shared = 0.0
    for pair in own.name:
        tells = max(_LEAST, telling(pair))
        weight = tells / (1 + log(max(1, spread.get(pair, 1))))
        near = _nearness(pair, other)
        whole += weight
        got += weight * near
        shared += tells * near
    return (got / whole if whole else 0.0), shared


def _nearness(pair: str, other: Counted) -> float:
    if pair in other.name:
        return _NAME
    if pair in other.near:
        return _NEAR
    if pair in other.clause:
        return _CLAUSE
    if pair in other.sentence:
        return _SENTENCE
    return _ABOVE if pair in other.above else 0.0


def contrast(own: Counted, other: Counted) -> bool:
    """Whether a name says one word of a row (小学) and the other's name another of it (初中), and not the same."""
    mine, theirs = own.label, other.label
    for row in _rows():
        ours = {word for word in row if word in mine}
        if not ours or any(word in theirs for word in ours):
            continue
        if any(word in theirs for word in row):
            return not any(word in other.words for word in ours) or not any(word in own.words for word in row - ours)
    return False


@lru_cache(maxsize=1)
def _rows() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(entry.words) for entry in lexicon.load("contrasts"))


def ratio_of(own: Decimal, other: Decimal, unit: SameUnit) -> Decimal | None:
    """How much of the target is reached, to four places."""
    if not own:
        return None
    return round(other * unit.factor / own, 4)
