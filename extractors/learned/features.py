"""What the second reader sees of a unit or of a number: named features, each there or not.

A feature is a string, "zone:planned" or "left:力争", so that a weight can be read by people who don't program. None of
them says what the rules answered: rules are mended until they are right about the documents that weights are learnt
from, so their answers there look surer than they are about others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.clauses import mask
from models.documents import Kind, Unit
from models.quantities import Quantity

_BEFORE, _BEHIND = 14, 6  # characters around a number that are looked at closely
_NUMBER = re.compile(r"[0-9][0-9.,]*")
_CLASSES = (
    ("money", re.compile("元$")),
    ("share", re.compile("(?:%|百分点|倍|成)$")),
    ("time", re.compile("^(?:年|个?月|天|日|个?工作日|个?小时|周|分钟|学期)$")),
    ("age", re.compile("岁$")),
    ("people", re.compile("^(?:人|名|位|人次|户)$")),
    ("size", re.compile("(?:米|里|亩|公顷|吨|升|千瓦|度)$")),
)


def unit_features(folded: str, unit: Unit, place: float) -> Iterator[str]:
    """The features of a unit of a reply; `place` is where it stands in its letter, from 0 to 1."""
    words = _NUMBER.sub("0", mask(folded[unit.span.start : unit.span.end]))
    yield f"zone:{unit.zone.value}"
    yield f"role:{unit.role.value}"
    yield f"head:{unit.head is not None}"
    yield f"lead_in:{unit.lead_in is not None}"
    yield f"place:{int(4 * place)}"
    yield f"length:{min(len(words) // 20, 5)}"
    yield f"mark:{words[-1:]}"
    yield from _grams("has:", words, 1)
    yield from _grams("has:", words, 2)
    yield from _title(unit)


def setting_features(folded: str, unit: Unit, kind: Kind) -> Iterator[str]:
    """The features that all numbers of a unit share: the document, its part, and the words of the whole unit."""
    yield f"kind:{kind.value}"
    yield f"zone:{unit.zone.value}"
    yield f"kind_zone:{kind.value}_{unit.zone.value}"
    yield f"part:{unit.role.value}"
    yield from _grams("unit:", folded[unit.span.start : unit.span.end], 2)
    yield from _title(unit)


def number_features(folded: str, unit: Unit, quantity: Quantity) -> Iterator[str]:
    """The features of one number of a unit: what it measures, and the words on both sides of it."""
    start, end = quantity.span.start, quantity.span.end
    yield f"class:{unit_class(quantity.unit)}"
    yield f"measured:{quantity.unit}"
    yield f"comparator:{quantity.comparator.value}"
    opening = _NUMBER.sub("0", folded[unit.span.start : start])
    near, behind = opening[-_BEFORE:], folded[end : min(end + _BEHIND, unit.span.end)]
    for size in (1, 2, 3):
        yield f"next:{near[-size:]}"
        yield f"then:{behind[:size]}"
    yield from _grams("left:", near, 2)
    yield from _grams("left:", near, 3)
    yield from _grams("right:", behind, 1)
    yield from _grams("right:", behind, 2)
    yield from _grams("opening:", opening[:-_BEFORE], 2)


def unit_class(unit: str | None) -> str:
    """What kind of unit a number has: money, share, time, age, people, size, or another count.

    >>> unit_class("万元"), unit_class("%"), unit_class("座"), unit_class(None)
    ('money', 'share', 'count', 'count')
    """
    return next((name for name, pattern in _CLASSES if unit and pattern.search(unit)), "count")


def _title(unit: Unit) -> Iterator[str]:
    """The words of the heading that a unit stands under."""
    return _grams("title:", unit.section[-1], 2) if unit.section else iter(())


def _grams(name: str, words: str, size: int) -> Iterator[str]:
    """All stretches of `size` characters, each once, in the text's order."""
    found = dict.fromkeys(words[at : at + size] for at in range(len(words) - size + 1))
    return (name + gram for gram in found)
