"""How much a later passage speaks of a promise: points by name, which add up.

One point is what a pair of characters says that stands in this promise and in that passage and hardly anywhere else;
so three points are about one telling word of four characters.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from math import fsum

from extractors.headings import union
from extractors.tracking.likes import groups_meant
from extractors.tracking.measures import in_measures_of
from extractors.tracking.numbers import (
    LIKE,
    Reports,
    is_small,
    likeness,
    other_year,
    ratios_of,
    same_unit,
    tells_alike,
)
from extractors.tracking.prepared import Part, Passage, Promise
from extractors.tracking.tallies import nth_told
from extractors.tracking.weighing import Weights
from extractors.tracking.wording import bare_title, pairs_of, plain_unit, telling
from models.evidence import Certainty
from models.quantities import Quantity, Role

TITLE_POINTS = 6.0  # the promised paper's own title settles it
SHORT_TITLE_POINTS = 1.5  # two of its characters before its kind (补水办法)
TITLE_PART_POINTS = 3.0  # a shorter form of it (该行动方案)
NAME_POINTS = 1.0  # a name in quotation marks is chosen to be recognised
NUMBER_POINTS = 1.5  # the same amount of the same unit, on a like indicator
CHANGED_POINTS = 1.0  # the very amount beside a word of change: 原定300元…改为180元
NEAR_POINTS = 0.9  # nearly as many of the same, told as a fact: 1230户 where 1200户 were promised
NEAR = Decimal("0.1")  # of the promised number
BOTH = 0.5  # of the lesser, where a number is like the promised one and about as large
MANY = 30  # things: fewer are near each other by chance
MANY_TO_MEET = 10  # things: the very number of fewer is met by chance
INDICATOR_POINTS = 1.0  # the same indicator with another amount
IN_FULL = 0.5  # of what a title's pairs tell: a paper that calls one 《方案》 says so much of it somewhere
LIKE_TITLE = 0.7  # of both titles' pairs: the paper came out under a slightly other name
AROUND_SHARE = 0.25  # what stands above a passage tells what it is about, but it tells so of its neighbours, too
HEAD_SHARE = 0.8  # a heading over one or two passages names what they are about (“7.渡口改造。”)
AROUND_FREE = 0.3  # more than this only beside points of the passage's own
FLOOR = 0.3  # points that anything has, so that being alone has its bounds
_TOO_LITTLE = FLOOR - 1e-9  # points that can't be told from nothing, however they are added up


THINGS = frozenset({"个", "人", "户", "家", "处", "座", "所", "支", "项", "台", "套", "条", "份", "件", "辆"})
"""Units that people take for each other when they count the same: 2.5万个岗位, 2.6万人."""


@dataclass(frozen=True, slots=True)
class Points:
    """Named points of a promise and a passage, and all together; `by_part` are those of each clause of the passage."""

    named: tuple[tuple[str, float], ...]
    total: float
    by_part: tuple[float, ...]


def points_of(
    promise: Promise, passages: Sequence[Passage], weights: Weights, reports: Reports
) -> Mapping[int, Points]:
    """The points of a later paper's passages for a promise, by the passages' index."""
    held = _Held.of(promise, weights, reports)
    return {shown.index: held.against(shown) for shown in passages}


@cache
def _none(parts: int) -> Points:
    """Of a passage of so many clauses that shares nothing with a promise, or too little to be told apart from nothing,
    as most do."""
    return Points(tuple((name, 0.0) for name in PARTS), 0.0, (0.0,) * parts)


PARTS = ("title", "things", "numbers", "wording", "section")
_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Held:
    """A promise held against one later paper: those of its pairs that the paper has anywhere, those without what only
    its titles have (`untitled`), those of what stands above it, and all of these (`any`); the groups of other words for
    the same thing that it has a word of (`meant`)."""

    promise: Promise
    own: Passage
    pairs: frozenset[str]
    untitled: frozenset[str]
    above: frozenset[str]
    any: frozenset[str]
    meant: Collection[int]
    ratios: frozenset[tuple[int, int]]
    weights: Weights
    reports: Reports

    @classmethod
    def of(cls, promise: Promise, weights: Weights, reports: Reports) -> _Held:
        own, both = promise.passage, weights.values.keys()
        pairs, above = own.pairs & both, own.around & both
        meant, ratios = groups_meant(own.words), ratios_of(own.words)
        return cls(promise, own, pairs, pairs - own.titled, above, pairs | above, meant, ratios, weights, reports)

    def against(self, shown: Passage) -> Points:
        """The points of a passage."""
        own, worth = self.own, self.weights.worth
        meets = not self.any.isdisjoint(shown.vocabulary)
        shared = beside = _NOTHING
        headed = section = 0.0
        if meets:
            pairs = self.pairs if own.titled and _names_paper(own, shown) else self.untitled
            shared, beside = pairs & shown.pairs, self.above & shown.pairs
            headed = HEAD_SHARE * worth(pairs & shown.head)
            section = self._section(beside, shown)
        names = _names(own, shown) if own.names else _NOTHING
        numbers = number_points(own.numbers, shown.numbers, self.reports) if own.numbers and shown.numbers else {}
        likes = self._likes(shown.words)
        alone = own.letters & shown.letters
        if alone and shared:
            alone = alone.difference(*shared)
        lettered = self.weights.worth_of_letters(alone) if alone else 0.0
        title = _title_points(self.promise, shown, self.weights.values) if shown.titles else 0.0
        title = title or _short_title(self.promise, shown)
        counted = self._counted(numbers, shown)
        if not (
            shared
            or section
            or headed
            or names
            or likes
            or lettered
            or title
            or counted
            or self.promise.commitment.instruments
        ):
            return _none(len(shown.parts))
        wording = worth(shared) + likes + lettered
        said = title + NAME_POINTS * len(names) + counted + wording
        if said + headed + section < _TOO_LITTLE and not likes and not self.promise.commitment.instruments:
            return _none(len(shown.parts))
        section = headed + min(section, AROUND_FREE + AROUND_SHARE * said)
        points = (title, NAME_POINTS * len(names), counted, wording, section)
        unnamed = (
            title if title and not any(each in shown.words for each in self.promise.commitment.instruments) else 0.0
        )
        common = _Common(shared, beside, names, numbers, likes, alone)
        by_part = tuple(unnamed + headed + self._of_part(part, common) for part in shown.parts)
        return Points(tuple(zip(PARTS, points, strict=True)), said + section, by_part)

    def _likes(self, words: str) -> float:
        return self.weights.worth_of_likes(self.own.words, words) if self.meant else 0.0

    def _section(self, beside: frozenset[str], shown: Passage) -> float:
        """What is shared with what stands above either, or by what stands above both; as far as it may count."""
        worth = self.weights.worth
        near = worth(beside) + worth(self.pairs & shown.around)
        return AROUND_SHARE * (near + AROUND_SHARE * worth(self.above & shown.around))

    def _counted(self, numbers: Mapping[int, float], shown: Passage) -> float:
        points = sum(numbers.values())
        points += CHANGED_POINTS * (bool(points) and _changes_it(self.own, shown))
        points += NUMBER_POINTS * bool(self.ratios and self.ratios & ratios_of(shown.words))
        if not points and self.own.numbers and "第" in shown.words:
            points = NEAR_POINTS * any(nth_told(each, shown.parts) for each in self.own.numbers)
        return points

    def _of_part(self, part: Part, common: _Common) -> float:
        worth = self.weights.worth
        points = self._likes(part.words) if common.likes else 0.0
        if common.letters:
            points += self.weights.worth_of_letters([each for each in common.letters if each in part.words])
        points += worth(common.pairs & part.pairs) + AROUND_SHARE * worth(common.beside & part.pairs)
        if common.numbers:
            end = part.start + len(part.words)
            points += sum(each for at, each in common.numbers.items() if part.start <= at < end)
        if common.names:
            points += NAME_POINTS * sum(name in part.words for name in common.names)
        instruments = self.promise.commitment.instruments
        return points + TITLE_POINTS * any(title in part.words for title in instruments) if instruments else points


@dataclass(frozen=True, slots=True)
class _Common:
    """What a promise shares with one passage: pairs of its own and of what stands above it, the names in both, the
    points of numbers by their place, and those of other words for the same thing."""

    pairs: frozenset[str]
    beside: frozenset[str]
    names: frozenset[str]
    numbers: Mapping[int, float]
    likes: float
    letters: frozenset[str]


def _names_paper(own: Passage, shown: Passage) -> bool:
    """Whether a passage speaks of the papers that a promise names, by title or kind (该办法), not of their matter."""
    return any(title[-2:] in shown.words for title in own.titles)


def _names(own: Passage, shown: Passage) -> frozenset[str]:
    """The names in quotation marks that both have; a paper's title doesn't speak of the thing in its name."""
    shared = own.names & shown.names
    if not shared and shown.names:
        shared = frozenset(name for name in shown.names if len(name) > 2 and any(name in each for each in own.names))
    if not shared or not own.titles or _names_paper(own, shown):
        return shared
    return frozenset(name for name in shared if not any(name in title for title in own.titles))


def _title_points(promise: Promise, shown: Passage, shared: Collection[str]) -> float:
    """The points of the titles that a passage names, for those promised: a paper that both only cite (a law) settles
    nothing. `shared` are the pairs that both papers have anywhere."""
    named = [bare_title(title) for title in shown.titles]
    promised = [bare_title(title) for title in promise.commitment.instruments]
    return max((_title_likeness(mine, other, shared) for mine in promised for other in named), default=0.0)


def _short_title(promise: Promise, shown: Passage) -> float:
    """The points of a promised paper's short name without marks: 补水办法 for 《湿地生态补水管理办法》."""
    for title in map(bare_title, promise.commitment.instruments):
        if title[-2:] not in shown.words or title in shown.words:
            continue
        for found in re.finditer(f"([\u4e00-\u9fff]{{2}}){re.escape(title[-2:])}", shown.words):
            if telling(found[1]) >= _SHORT_TELLS and found[1] in title[:-2]:
                return SHORT_TITLE_POINTS
    return 0.0


_SHORT_TELLS = 0.8  # of telling: 补水办法 is one paper, 管理办法 is any


def _title_likeness(mine: str, other: str, shared: Collection[str]) -> float:
    if mine == other:
        return TITLE_POINTS
    ours, theirs = pairs_of(mine), pairs_of(other)
    share = 2 * len(ours & theirs) / max(1, len(ours) + len(theirs))
    short = other in mine and _speaks_of(ours, shared)
    return TITLE_PART_POINTS if share >= LIKE_TITLE or mine in other or short else 0.0


def _speaks_of(title: frozenset[str], shared: Collection[str]) -> bool:
    """Whether a paper that says 《方案》 has the words of a title: any plan calls itself so."""
    return fsum(map(telling, title.intersection(shared))) >= IN_FULL * fsum(map(telling, title))


def number_points(promised: tuple[Quantity, ...], shown: tuple[Quantity, ...], reports: Reports) -> dict[int, float]:
    """The points of each shown number that speaks of a promised one, by where it stands."""
    found: dict[int, float] = {}
    for other in in_measures_of(promised, shown):
        for own in promised:
            whole = other.part_of is None or own.part_of is not None or _very_amount(own, other)
            alike, near = (_alike(own, other, reports), _near(own, other, reports)) if whole else (0.0, 0.0)
            points = max(alike, near) + BOTH * min(alike, near)
            if points:
                found[other.span.start] = max(points, found.get(other.span.start, 0.0))
    return found


def _changes_it(own: Passage, shown: Passage) -> bool:
    """Whether a passage tells of a change, and names the promised amount."""
    if not union("relations", "changed").search(shown.words):
        return False
    return any(_very_amount(mine, other) for mine in own.numbers for other in shown.numbers)


def _near(own: Quantity, other: Quantity, reports: Reports) -> float:
    """The points of a fact that comes out about as large as what was promised, in the same unit or in plain 个.

    Reports seldom tell the very number; that two numbers of one unit are near each other by chance is seldom, too.
    """
    if own.role is not Role.TARGET or other.role is not Role.ACTUAL or min(own.value, other.value) < MANY:
        return 0.0
    if not _counts_alike(own, other) or reports.elsewhere(own, other) or other_year(own, other):
        return 0.0
    apart = abs(other.value - own.value) / own.value
    return NEAR_POINTS * float(1 - apart / NEAR / 2) if apart <= NEAR else 0.0


def _counts_alike(own: Quantity, other: Quantity) -> bool:
    units = {plain_unit(own.unit), plain_unit(other.unit)}
    return "%" not in units and (len(units) == 1 or ("个" in units and units <= THINGS))


def _very_amount(own: Quantity, other: Quantity) -> bool:
    """Whether it is the promised amount again, though told as a part: 由市、区承担,其中市级每年300万元."""
    return own.value == other.value and same_unit(own, other) and not is_small(own.value)


def _alike(own: Quantity, other: Quantity, reports: Reports) -> float:
    if report := reports.between(own, other):
        if report.certainty is Certainty.SURE:
            return NUMBER_POINTS
        if "other_year" in report.flags:
            return 0.0
        very = _very_amount(own, other) and own.value >= MANY_TO_MEET
        return NUMBER_POINTS if very else INDICATOR_POINTS * tells_alike(own.indicator, other.indicator)
    if not same_unit(own, other) or other_year(own, other):
        return 0.0
    like = likeness(own.indicator, other.indicator)
    if own.value == other.value and not is_small(own.value):
        return NUMBER_POINTS * (0.3 + 0.7 * min(1.0, like / LIKE))
    return INDICATOR_POINTS * like * tells_alike(own.indicator, other.indicator) if like >= LIKE else 0.0
