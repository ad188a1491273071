"""What the second reader sees of a unit or of a number: values by name, ("zone", ["planned"]), ("left", ["力争", …]).

A weight belongs to a name and a value, so that it can be read by people who don't program. None of them says what the
rules answered: rules are mended until they are right about the documents that weights are learnt from, so their answers
there look surer than they are about others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from operator import add
from typing import NamedTuple

from extractors.clauses import mask
from models.documents import Kind, Unit, UnitRole, Zone
from models.quantities import Comparator
from models.text import fold

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


Feature = tuple[str, Iterable[str]]
"""A name with its values, to be gone through once; a value that comes twice counts once."""


def title_features(section: tuple[str, ...]) -> tuple[Feature, ...]:
    """The features that all units under a heading share: the words of the nearest one."""
    return (("title", _pairs(fold(section[-1])) if section else ()),)


class Standing(NamedTuple):
    """Where a unit of a reply stands: `quarter` of its letter, `twenties` of characters that it is long, 5 at most."""

    zone: Zone
    role: UnitRole
    head: bool
    lead_in: bool
    quarter: int
    twenties: int
    mark: str


def unit_words(folded: str, unit: Unit) -> str:
    """The words of a unit that count: numbers are all alike, titles and quotations are somebody else's."""
    return _NUMBER.sub("0", mask(folded[unit.span.start : unit.span.end]))


def standing_of(unit: Unit, words: str, place: float) -> Standing:
    """Where a unit stands; `place` is where in its letter, from 0 to 1."""
    length = min(len(words) // 20, 5)
    return Standing(unit.zone, unit.role, bool(unit.head), bool(unit.lead_in), int(4 * place), length, words[-1:])


def standing_features(standing: Standing) -> tuple[Feature, ...]:
    """The features that many units of many letters share."""
    return (
        ("zone", (standing.zone.value,)),
        ("role", (standing.role.value,)),
        ("head", ("yes" if standing.head else "no",)),
        ("lead_in", ("yes" if standing.lead_in else "no",)),
        ("place", (str(standing.quarter),)),
        ("length", (str(standing.twenties),)),
        ("mark", (standing.mark,)),
    )


def word_features(words: str) -> tuple[Feature, ...]:
    """The features of the words of a unit."""
    return ("character", words), ("pair", Pairs(words))


def part_features(kind: Kind, zone: Zone, role: UnitRole) -> tuple[Feature, ...]:
    """The features that all numbers in a part of a document share."""
    return (
        ("kind", (kind.value,)),
        ("zone", (zone.value,)),
        ("kind_zone", (f"{kind.value} {zone.value}",)),
        ("part", (role.value,)),
    )


def setting_features(folded: str, unit: Unit) -> tuple[Feature, ...]:
    """The features that all numbers of a unit share: the words of the whole unit."""
    return (("unit", Pairs(folded[unit.span.start : unit.span.end])),)


def measure_features(unit: str | None, comparator: Comparator) -> tuple[Feature, ...]:
    """The features of a number that has this unit: what it measures."""
    measured = fold(unit or "")
    return ("class", (unit_class(measured),)), ("measured", (measured,)), ("comparator", (comparator.value,))


def number_features(folded: str, unit: Unit, start: int, end: int) -> tuple[Feature, ...]:
    """The features of the number of a unit that stands from `start` to `end`: the words on both sides of it."""
    near = folded[max(unit.span.start, start - _BEFORE) : start]
    behind = folded[end : min(end + _BEHIND, unit.span.end)]
    return (
        ("next", (near[-1:], near[-2:], near[-3:])),
        ("then", (behind[:1], behind[:2], behind[:3])),
        ("left", _pairs(near)),
        ("right", _pairs(behind)),
    )


def unit_class(unit: str | None) -> str:
    """What kind of unit a number has: money, share, time, age, people, size, or another count.

    >>> unit_class("万元"), unit_class("%"), unit_class("座"), unit_class(None)
    ('money', 'share', 'count', 'count')
    """
    return next((name for name, pattern in _CLASSES if pattern.search(unit or "")), "count")


class Pairs:
    """All pairs of neighbouring characters of a whole unit: as strings, or as numbers, which are looked up in half the
    time.

    >>> list(Pairs("将建将")), [hex(code) for code in Pairs("将建将").codes()]
    (['将建', '建将'], ['0x5efa5c06', '0x5c065efa'])
    """

    __slots__ = ("words",)

    def __init__(self, words: str) -> None:
        self.words = words

    def __iter__(self) -> Iterator[str]:
        return _pairs(self.words)

    def codes(self) -> Iterator[int]:
        """Two characters in one number each; one beyond the first 65,536 counts as two characters."""
        coded = memoryview(self.words.encode("utf-16-le", "surrogatepass"))
        size = len(coded)
        return chain(coded[: size & ~3].cast("I"), coded[2 : 2 + (size - 2 & ~3)].cast("I"))


def _pairs(words: str) -> Iterator[str]:
    return map(add, words, words[1:])
