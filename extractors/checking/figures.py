"""Numbers as checks need them: in their sentence, with the exactness that they were printed with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from extractors import lexicon
from models.documents import Span
from models.extraction import Extraction
from models.findings import Finding, FindingCode
from models.quantities import Comparator, Quantity
from models.records import quick
from models.text import fold

_PRINTED = re.compile(
    r"\d[\d,]*(?:\.(?P<decimals>\d+))?\s?(?P<scale>[十百千]?万亿|[十百千]?[万亿]|[百千](?=[元人个]))?"
)
_SCALE = re.compile(r"([十百千]?万亿|[十百千]?[万亿])[^万亿]*$")
_COARSE = re.compile(r"成|半|(?<![百千万])分之")  # 三成 for 30.2 %
_FACTORS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_ROUGH = Decimal("0.1")  # 近, 约, 余: a tenth more or less


@quick
@dataclass(frozen=True, slots=True)
class Figure:
    """A number in its unit. `lead` is the folded text between the number before it (or the unit's start) and itself,
    `index` its place in the document's list, `place` in its unit; `unit` is what it is counted in."""

    quantity: Quantity
    index: int
    place: int
    lead: str
    unit: str | None

    @property
    def slack(self) -> Decimal:
        """Half a unit of its last printed digit; few numbers are held against another, so most aren't asked."""
        return slack_of(self.quantity)

    @property
    def value(self) -> Decimal:
        """The number itself."""
        return self.quantity.value

    @property
    def low(self) -> Decimal:
        """The least that it may stand for."""
        return self.value - self.slack

    @property
    def high(self) -> Decimal:
        """The most that it may stand for."""
        return self.value + self.slack

    @property
    def span(self) -> Span:
        """Its quotation."""
        return self.quantity.span

    @property
    def has_decimals(self) -> bool:
        """Whether it is printed with decimals: then 2亿元 beside 1.2亿元 is as exact as that."""
        return "." in fold(self.span.text)

    @property
    def exact(self) -> bool:
        """Whether it can be reckoned with: not a bound, and no range."""
        return self.quantity.upper is None and self.quantity.comparator in (Comparator.EQUAL, Comparator.ABOUT)


class Row(NamedTuple):
    """The figures of one unit, in order, and the words of the unit."""

    start: int
    words: str
    figures: tuple[Figure, ...]

    def between(self, left: Figure, right: Figure) -> str:
        """The folded text between two figures."""
        return self.words[left.span.end - self.start : right.span.start - self.start]

    def before(self, figure: Figure) -> Figure | None:
        """The figure in front of this one."""
        return self.figures[figure.place - 1] if figure.place else None


def rows_of(extraction: Extraction, folded: str) -> list[Row]:
    """The document's figures by unit, units without figures left out."""
    rows: list[Row] = []
    indexed = enumerate(extraction.quantities)
    for start, group in groupby(indexed, key=lambda item: item[1].unit_span.start):
        members = list(group)
        end = members[0][1].unit_span.end
        rows.append(Row(start, folded[start:end], tuple(_figures(members, start, folded))))
    return rows


def _figures(members: Sequence[tuple[int, Quantity]], start: int, folded: str) -> Iterator[Figure]:
    at = start
    for place, (index, quantity) in enumerate(members):
        yield Figure(quantity, index, place, folded[at : quantity.span.start], quantity.unit)
        at = quantity.span.end


def slack_of(quantity: Quantity) -> Decimal:
    """Half a unit of the last printed digit; nothing for things that are counted one by one; a tenth of 近/约/余.

    1.2亿元 -> 5000000, 12.5公里 -> 0.05, 48座 -> 0, 65% -> 0.5
    """
    slack = _printed_slack(fold(quantity.span.text), quantity.unit)
    return slack + abs(quantity.value) * _ROUGH if quantity.comparator is Comparator.ABOUT else slack


def _printed_slack(text: str, unit: str | None) -> Decimal:
    if coarse := _COARSE.search(text):
        return Decimal(5 if coarse[0] in "成半" else 3)
    found = _PRINTED.match(text)
    if found is None:
        scale = _SCALE.search(text)
        return _factor(scale[1]) / 2 if scale else Decimal(0)
    decimals, scale_word = found["decimals"], found["scale"]
    if decimals is None and scale_word is None and unit not in _measured():
        return Decimal(0)
    return _factor(scale_word or "") * Decimal(10) ** -len(decimals or "") / 2


def _factor(scale: str) -> Decimal:
    factor = Decimal(1)
    for char in scale:
        factor *= _FACTORS[char]
    return factor


@lru_cache(maxsize=1)
def _measured() -> frozenset[str]:
    """Units of what is measured and rounded, not counted."""
    return frozenset(
        word
        for entry in lexicon.load("units")
        if entry.meaning in ("money", "ratio", "physical")
        for word in entry.words
    )


def agree(low: Decimal, high: Decimal, figure: Figure) -> bool:
    """Whether what was reckoned may be what the figure says, as far as it was printed."""
    return low <= figure.high and high >= figure.low


def summed(members: Sequence[Figure], told_with: Sequence[Figure] = ()) -> tuple[Decimal, Decimal]:
    """The least and the most that figures may come to; 2亿元 beside 1.2亿元 is as exact as that."""
    finest = max((figure.slack for figure in told_with or members if figure.has_decimals), default=None)
    slack = sum((figure.slack if finest is None else min(figure.slack, finest) for figure in members), Decimal(0))
    value = sum((figure.value for figure in members), Decimal(0))
    return value - slack, value + slack


def written(value: Decimal, like: Figure) -> str:
    """A value as the figure prints its own: with its 万 or 亿, its decimals, its unit.

    49000000 like 5.2亿元 -> 0.49亿元; 13 like 12件 -> 13件
    """
    text = fold(like.span.text)
    found = _PRINTED.match(text)
    scale = (found["scale"] or "") if found else (one[1] if (one := _SCALE.search(text)) else "")
    decimals = len((found["decimals"] if found else None) or "")
    shown = value / _factor(scale)
    rounded = shown.quantize(Decimal(10) ** -max(decimals, 2)).normalize() if shown % 1 else shown.to_integral_value()
    return f"{rounded:f}{scale}{like.unit or ''}"


def finding(
    code: FindingCode, claim: Figure, others: Iterable[Figure], reckoned: str, *, soft: bool = False
) -> Finding:
    """A finding about a figure and those that it was held against."""
    return Finding(code, (claim.span, *(other.span for other in others)), claim.span.text, reckoned, soft)


@lru_cache(maxsize=16)
def word(meaning: str) -> re.Pattern[str]:
    """The words of one meaning from the lexicon of checks, as one pattern."""
    return re.compile("|".join(entry.regex for entry in lexicon.load("checks") if entry.meaning == meaning))
