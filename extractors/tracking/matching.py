"""Whether two numbers of two papers are about one indicator, and how alike they are, in named parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from math import fsum, log

from extractors import lexicon
from extractors.tracking.counted import CLAUSE, Counted, senses_in
from extractors.tracking.prepared import Prepared
from extractors.tracking.units import SameUnit, loosely_same, same_unit
from extractors.tracking.wording import telling

SURE = 0.6
PROPOSED = 0.4
_NAMES = 0.55  # of the score: how much of the names the two share; the rest is what they share at all
_PLENTY = 2.0  # points: a telling word of four characters in both names
_ENOUGH = 2.0  # points: what two numbers must share around their names, where the names share nothing
_LEAST = 0.05
_SUBJECT = 0.5
_SHORT = 0.6  # of a word, for its short form
_TELLS = 0.5
_OTHER_WORD = 0.7  # of a word, for another word of its row
_UNLIKE = {"counter": 0.92, "differs": 0.7}


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two numbers' indicators are.

    `wording` in [0, 1]: how much of one name's words the other number has, in its name or around it; `shared`: points
    of all words that both have, by how near they stand and how much they tell; `unit`: how the units are alike.
    """

    wording: float
    shared: float
    unit: SameUnit

    @property
    def score(self) -> float:
        """Both in [0, 1]; a loosely like unit tells against."""
        both = _NAMES * self.wording + (1 - _NAMES) * min(1.0, self.shared / _PLENTY)
        return both * _UNLIKE.get(self.unit.told, 1.0)


@dataclass(frozen=True, slots=True)
class Scale:
    """What words are worth between two papers: less the more passages of either have them (`here`, `there`), less where
    they are the holder's own subject; `names`: in how many targets' names each pair stands.

    What has been reckoned for a word or a name is kept for the next two numbers.
    """

    here: Mapping[str, int]
    there: Mapping[str, int]
    subject: frozenset[str]
    names: Mapping[str, int]
    _points: dict[str, float] = field(default_factory=dict, compare=False)
    _letters: dict[str, tuple[_Letter, ...]] = field(default_factory=dict, compare=False)

    def of(self, pair: str) -> float:
        """The points of a pair that both papers have: 1 for one that hardly a document has."""
        points = self._points.get(pair)
        if points is None:
            spread = (1 + log(max(1, self.here.get(pair, 1)))) * (1 + log(max(1, self.there.get(pair, 1))) / 2)
            points = telling(pair) * (_SUBJECT if pair in self.subject else 1.0) / spread
            self._points[pair] = points
        return points

    def letters(self, stem: str) -> tuple[_Letter, ...]:
        """The letters of a name with what each weighs and the pairs that it stands in."""
        found = self._letters.get(stem)
        if found is None:
            counts = tuple(self.names.get(pair, 1) for pair, _ in _pairs(stem))
            found = self._letters[stem] = _letters(stem, counts)
        return found


@dataclass(frozen=True, slots=True)
class _Letter:
    """A letter of a name: its weight, and which of the name's pairs (by place) it stands in."""

    weight: float
    pairs: tuple[int, ...]


@lru_cache(maxsize=16384)
def _letters(stem: str, counts: tuple[int, ...]) -> tuple[_Letter, ...]:
    """The letters of a name whose pairs stand in so many targets' names."""
    pairs = _pairs(stem)
    weight = [
        max(_LEAST, telling(pair)) / (1 + log(max(1, count))) for (pair, _), count in zip(pairs, counts, strict=True)
    ]
    found = []
    for at, letter in enumerate(stem):
        around = tuple(one for one in (at - 1, at) if 0 <= one < len(pairs) and " " not in pairs[one][0])
        if letter != " " and around:
            found.append(_Letter(min(weight[one] for one in around), around))
    return tuple(found)


@lru_cache(maxsize=8192)
def _pairs(stem: str) -> tuple[tuple[str, bool], ...]:
    """A name's neighbouring letters, and whether they tell enough to be short for something."""
    pairs = (stem[at : at + 2] for at in range(len(stem) - 1))
    return tuple((pair, telling(pair) >= _TELLS) for pair in pairs)


def scale_between(holder: Prepared, later: Prepared, targets: Sequence[Counted]) -> Scale:
    """What words are worth between a paper with targets and a later one."""
    names = Counter(pair for one in targets for pair in one.name)
    return Scale(holder.spread, later.spread, holder.subject, names)


def same_indicator(own: Counted, other: Counted, scale: Scale) -> Likeness | None:
    """How alike two numbers are; None where unit or scope tell them apart.

    Pieces of another kind may be counted where both names have a word for the same: 岗位2万个, 护林员2万人.
    """
    unit = same_unit(own.quantity.unit, other.quantity.unit)
    if unit is None and _share_a_row(own, other):
        unit = loosely_same(own.quantity.unit, other.quantity.unit)
    if unit is None or contrast(own, other):
        return None
    shared = _shared(own, other, scale)
    if shared < _ENOUGH and not _share_a_name(own, other):
        return None
    return Likeness(_wording(own, other, scale), shared, unit)


def same_when_linked(own: Counted, other: Counted, scale: Scale) -> Likeness | None:
    """How alike two numbers are whose sentences are known to be about one thing: their names may share nothing, and
    pieces of another kind may be counted (20名学员, 20对师徒)."""
    unit = loosely_same(own.quantity.unit, other.quantity.unit)
    if unit is None or contrast(own, other):
        return None
    return Likeness(_wording(own, other, scale), _shared(own, other, scale), unit)


def most_telling(own: Counted, other: Counted) -> float:
    """How much the word tells that tells most of those that both numbers have nearby (食堂 tells, 改造 doesn't)."""
    both = (pair for pair, near in own.nearness.items() if near >= CLAUSE and other.nearness.get(pair, 0.0) >= CLAUSE)
    return max((telling(pair) for pair in both), default=0.0)


def _wording(own: Counted, other: Counted, scale: Scale) -> float:
    mine, theirs = _covered(own, other, scale), _covered(other, own, scale)
    return 0.6 * max(mine, theirs) + 0.4 * min(mine, theirs)


def _covered(own: Counted, other: Counted, scale: Scale) -> float:
    """How much of a number's name stands in words that the other number has, too, letter by letter.

    Letters count, not pairs: 盲道 and 点位 cover half of 整改盲道问题点位, most of whose pairs (道问, 题点) are none.
    """
    nearness, stem = other.nearness, other.stem
    near = [
        nearness.get(pair, 0.0) or (_SHORT if tells and _stands_apart(pair, stem) else 0.0)
        for pair, tells in _pairs(own.stem)
    ]
    for start, end, sense in _in_other_words(own.stem, other):
        near[start:end] = [max(one, sense) for one in near[start:end]]
    if not any(near):
        return 0.0
    letters = scale.letters(own.stem)
    whole = fsum(letter.weight for letter in letters)
    got = fsum(letter.weight * max([near[one] for one in letter.pairs]) for letter in letters)
    return got / whole if whole else 0.0


def _in_other_words(stem: str, other: Counted) -> Iterator[tuple[int, int, float]]:
    """Which pairs of a name the other number tells in another word: 指导员 as 教练, 老旧大棚 as 老棚."""
    for start, end, row in _senses(stem):
        if row in other.senses:
            yield start, end - 1, _OTHER_WORD
    for pair, tells in _pairs(other.stem):
        start = stem.find(pair[0]) if tells and pair not in stem else -1
        end = stem.find(pair[1], start + 1, start + 5) if start >= 0 else -1
        if end > 0:
            yield start, end, _SHORT


@lru_cache(maxsize=8192)
def _senses(stem: str) -> tuple[tuple[int, int, str], ...]:
    return tuple(senses_in(stem))


def _stands_apart(pair: str, stem: str) -> bool:
    """老棚 is short for 老旧大棚: both letters stand close in the other's name, in this order."""
    first = stem.find(pair[0])
    return first >= 0 and pair[1] in stem[first + 1 : first + 5]


def _share_a_name(own: Counted, other: Counted) -> bool:
    if not (own.name.isdisjoint(other.nearness) and other.name.isdisjoint(own.nearness)):
        return True
    if any(row in other.senses and row in _things() for _, _, row in _senses(own.stem)):
        return True
    if len(_alphabet(own.stem) & _alphabet(other.stem)) < 2:
        return False
    return _is_short_for(own, other) or _is_short_for(other, own)


@lru_cache(maxsize=8192)
def _alphabet(stem: str) -> frozenset[str]:
    return frozenset(stem)


def _share_a_row(own: Counted, other: Counted) -> bool:
    mine = {row for _, _, row in _senses(own.stem)}
    return any(row in mine and row in _things() for _, _, row in _senses(other.stem))


@lru_cache(maxsize=1)
def _things() -> frozenset[str]:
    """The rows of `counted_names.yaml` that name who or what is counted, not what is done."""
    return frozenset(entry.id for entry in lexicon.load("counted_names") if entry.meaning != "work")


def _is_short_for(own: Counted, other: Counted) -> bool:
    """Whether a name holds a word that is short for one in the other's name: 老棚 for 老旧大棚."""
    return any(_stands_apart(pair, other.stem) and telling(pair) >= _TELLS for pair in own.name)


def _shared(own: Counted, other: Counted, scale: Scale) -> float:
    mine, theirs = own.nearness, other.nearness
    same = fsum(mine[pair] * theirs[pair] * scale.of(pair) for pair in mine.keys() & theirs.keys())
    rows = own.senses.keys() & other.senses.keys() & _things()
    return same + fsum(_worth(own.senses[row]) for row in rows if own.senses[row] != other.senses[row])


@lru_cache(maxsize=1024)
def _worth(word: str) -> float:
    """What it is worth that another word of its row stands there."""
    return _OTHER_WORD * max(telling(word[at : at + 2]) for at in range(len(word) - 1))


def contrast(own: Counted, other: Counted) -> bool:
    """Whether a clause says one word of a row (小学) and the other's another of it (初中), and not the same."""
    if not own.said or not other.said:
        return False
    for row in _rows():
        ours, theirs = row & own.said, row & other.said
        if ours and theirs and not ours & theirs and not (ours & other.around and theirs & own.around):
            return True
    return False


@lru_cache(maxsize=1)
def _rows() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(entry.words) for entry in lexicon.load("contrasts"))


def ratio_of(own: Decimal, other: Decimal, unit: SameUnit) -> Decimal | None:
    """How much of the target is reached, to four places."""
    if not own:
        return None
    return round(other * unit.factor / own, 4)
