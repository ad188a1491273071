"""The same indicator with two numbers in one document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from extractors.checking.figures import Figure, Row, finding
from models.findings import Finding, FindingCode
from models.quantities import Basis, Role

_LEAST = 6  # characters of a name that is worth comparing; 占比例 and 培训 name too much
_Key = tuple[str, str | None, Role, Basis, object]


def differing_values(rows: Sequence[Row]) -> Iterator[Finding]:
    """Indicators that two units give with different values, for the same day and in the same role."""
    named: dict[_Key, list[tuple[int, Figure]]] = {}
    for row in rows:
        if "|" in row.words:
            continue
        for figure in row.figures:
            quantity = figure.quantity
            name = quantity.indicator or ""
            if figure.exact and len(name) >= _LEAST and quantity.role is not Role.STANDARD and _is_plain(figure):
                key = (name, quantity.unit, quantity.role, quantity.basis, quantity.deadline)
                named.setdefault(key, []).append((row.start, figure))
    for told in named.values():
        yield from _differing(told)


def _is_plain(figure: Figure) -> bool:
    """Whether the name is the number's own, not lent by a neighbour, so that two of the same name count the same."""
    return figure.quantity.rule.split("/")[0] == "own" and figure.quantity.part_of is None


def _differing(told: Sequence[tuple[int, Figure]]) -> Iterator[Finding]:
    for (here, one), (there, other) in combinations(told[:4], 2):
        if here != there and (one.high < other.low or other.high < one.low):
            yield finding(FindingCode.VALUES_DIFFER, other, (one,), one.span.text, soft=True)
            return
