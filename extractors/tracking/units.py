"""Which units of two papers count alike, and how much of the one the other is."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from extractors import lexicon

GENERIC = frozenset({"个", "项", "处", "家", "次", "%", "名", "人", "件", "种", "类", "元"})
"""So common that sharing them says nothing about what is counted."""


@dataclass(frozen=True, slots=True)
class SameUnit:
    """The other's number times `factor` is in the own unit; `told` how it is alike: same, counter, converted,
    or that it differs (pieces of another kind are counted)."""

    told: str
    factor: Decimal


_SAME = SameUnit("same", Decimal(1))
_COUNTER = SameUnit("counter", Decimal(1))
_DIFFERS = SameUnit("differs", Decimal(1))


@lru_cache(maxsize=4096)
def same_unit(own: str | None, other: str | None) -> SameUnit | None:
    """How two units count alike; None where they count different things.

    >>> same_unit("座", "处"), same_unit("公顷", "亩").told, same_unit("个工作日", "天")
    (SameUnit(told='counter', factor=Decimal('1')), 'converted', None)
    """
    mine, theirs = plain(own), plain(other)
    if mine == theirs:
        return _SAME
    own_families, other_families = _families().get(mine, ()), _families().get(theirs, ())
    for family, size in own_families:
        for second, second_size in other_families:
            if family != second:
                continue
            if size is None or second_size is None:
                return _COUNTER
            return _SAME if size == second_size else SameUnit("converted", second_size / size)
    return None


@lru_cache(maxsize=4096)
def loosely_same(own: str | None, other: str | None) -> SameUnit | None:
    """How two units count alike where the words around them leave no doubt: 20名 and 20对 may, 人 and 亩 may not.

    >>> loosely_same("户", "只").told, loosely_same("户", "亩")
    ('differs', None)
    """
    same = same_unit(own, other)
    if same is None and plain(own) in _counters() and plain(other) in _counters():
        return _DIFFERS
    return same


def plain(unit: str | None) -> str:
    """A unit without its brackets: 个（家） counts as 个."""
    named = (unit or "").replace("（", "(")
    if named in ("名(次)", "人(次)"):
        return "人次"
    bare = named.split("(")[0]
    return bare or (unit or "").strip("()（）")


@lru_cache(maxsize=1)
def _families() -> dict[str, tuple[tuple[str, Decimal | None], ...]]:
    found: dict[str, tuple[tuple[str, Decimal | None], ...]] = {}
    for entry in lexicon.load("unit_families"):
        family, _, size = entry.meaning.partition("*")
        for word in entry.words:
            found[word] = (*found.get(word, ()), (family, Decimal(size) if size else None))
    return found


@lru_cache(maxsize=1)
def _counters() -> frozenset[str]:
    """Words that count pieces: those of families without a size."""
    return frozenset(word for word, kinds in _families().items() if all(size is None for _, size in kinds))
