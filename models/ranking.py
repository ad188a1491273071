"""How well a sentence answers a query: one number from what it says itself, what it calls so, and what stands above it.

For each typed word: 1 where the sentence has it as typed; less for its like (停车位: 泊位), for its parts, for pairs
and single characters of it; a share of the same for what stands above. Rare words weigh more than common ones.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise
from math import log

from models.finding import Found
from models.terms import Match, Part, Phrase, Word

ALIKE = 0.8  # likes of this weight mean the same; weaker ones are near
_CUT = 0.94  # a word whose parts stand apart, against the word as typed
_PAIRS, _SINGLES = 0.55, 0.30  # all pairs of a part, all of its characters, against the part itself
_ANSWERED = 0.7  # what answers a word without having it (多久: 10个工作日)
_ABOVE = 0.45  # what stands above, against the sentence itself
_MEANING = 0.1  # nearness in meaning, against all words
_CLOSELY = 60  # of so many the nearness in meaning is looked at
_TO_LENGTH, _LONG = 0.02, 800  # what a sentence of 400 tokens loses against a short one

Nearness = Callable[[Sequence[str]], Sequence[float]]  # texts -> how near each is to what was asked, 0 to 1


@dataclass(frozen=True, slots=True)
class Ranked:
    """An entry with its score (0 to 1) and how it answers."""

    found: Found
    score: float
    match: Match


def rank(words: Sequence[Word], found: Sequence[Found], nearness: Nearness | None = None) -> list[Ranked]:
    """The entries, best first. Those that have all words as typed come before all others."""
    rarity = _rarity(words, found)
    rows = [(f" {one.tokens} ", f" {one.context} ") for one in found]
    everything = "|".join(chain.from_iterable(rows))
    looks = [(word, [_Look(part, rarity, everything) for part in word.parts]) for word in words]
    table = [[_both(own, above, *look) for look in looks] for own, above in rows]
    weights = [_weight(word, [row[place] for row in table]) for place, word in enumerate(words)]
    ranked = [_ranked(one, row, weights) for one, row in zip(found, table, strict=True)]
    ranked.sort(key=lambda one: -one.score)
    return _moved(ranked, nearness) if nearness else ranked


def _moved(ranked: list[Ranked], nearness: Nearness) -> list[Ranked]:
    """The best ones moved up by how near they are in meaning; never before what has all words as typed."""
    best, others = ranked[:_CLOSELY], ranked[_CLOSELY:]
    near = nearness([one.found.tokens.replace(" ", "") for one in best])
    moved = [replace(one, score=_nearer(one, close)) for one, close in zip(best, near, strict=True)]
    return sorted(moved, key=lambda one: -one.score) + others


def _nearer(one: Ranked, close: float) -> float:
    start, width = _bands(one.match)
    return start + (one.score - start + _MEANING * close * width) / (1 + _MEANING)


def _bands(match: Match) -> tuple[float, float]:
    """Where the scores of a way of answering begin, and how far they reach."""
    return (0.7, 0.3) if match is Match.ALL else (0.0, 0.699)


def _ranked(found: Found, row: Sequence[tuple[float, float]], weights: Sequence[float]) -> Ranked:
    said = sum(weight * (mine + _ABOVE * (1 - mine) * its) for weight, (mine, its) in zip(weights, row, strict=True))
    score = said / (sum(weights) or 1.0) - _TO_LENGTH * min(1.0, len(found.tokens) / _LONG)
    match = _match(row)
    start, width = _bands(match)
    return Ranked(found, start + width * max(0.0, score), match)


def _match(row: Sequence[tuple[float, float]]) -> Match:
    if all(mine >= 1 for mine, _ in row):
        return Match.ALL
    if all(mine >= ALIKE * _CUT for mine, _ in row):
        return Match.ALIKE
    return Match.CONTEXT if all(max(both) >= ALIKE * _CUT for both in row) else Match.NEAR


class _Look:
    """A part with its phrases spelled once, as they stand in a row of tokens."""

    def __init__(self, part: Part, rarity: Mapping[str, float], everything: str) -> None:
        self.worth = part.worth * len(part.phrase)
        self._whole = _spelled(part.phrase)
        likes = ((_spelled(phrase), weight) for phrase, weight in part.likes)
        self._likes = [(spelled, weight) for spelled, weight in likes if spelled in everything]
        self._pattern = part.pattern
        self._pairs = [_spelled(pair) for pair in pairwise(part.phrase)]
        self._singles = [(_spelled((token,)), rarity[token]) for token in part.phrase]
        self._all = sum(weight for _, weight in self._singles) or 1.0

    def found(self, row: str) -> float:
        """How much of the part is in a row: 1 as typed, less for its like or its characters."""
        if self._whole in row:
            return 1.0
        best = next((weight for spelled, weight in self._likes if spelled in row), 0.0)
        if self._pattern is not None and best < _ANSWERED and self._pattern.search(row.replace(" ", "")):
            best = _ANSWERED
        return max(best, self._pieces(row)) if best < _PAIRS + _SINGLES else best

    def _pieces(self, row: str) -> float:
        paired = sum(pair in row for pair in self._pairs) / (len(self._pairs) or 1)
        single = sum(weight for token, weight in self._singles if token in row) / self._all
        return _PAIRS * paired + _SINGLES * single * (1 - paired)


def _both(own: str, above: str, word: Word, looks: Sequence[_Look]) -> tuple[float, float]:
    """How much of the word the sentence has, and what stands above it, which only matters for what it lacks."""
    mine = _has(own, word, looks)
    return mine, 0.0 if mine >= 1 else _has(above, word, looks)


def _has(row: str, word: Word, looks: Sequence[_Look]) -> float:
    """How much of the word is in a row."""
    if _spelled(word.phrase) in row:
        return 1.0
    whole = _CUT if len(looks) > 1 else 1.0
    return whole * sum(look.worth * look.found(row) for look in looks) / (sum(look.worth for look in looks) or 1.0)


def _spelled(phrase: Phrase) -> str:
    return f" {' '.join(phrase)} "


def _rarity(words: Sequence[Word], found: Sequence[Found]) -> dict[str, float]:
    """How rare each typed character is among the entries at hand."""
    tokens = {token for word in words for part in word.parts for token in part.phrase}
    held = [set(one.tokens.split()) for one in found]
    return {token: log(1 + (len(found) + 1) / (1 + sum(token in row for row in held))) for token in tokens}


def _weight(word: Word, column: Sequence[tuple[float, float]]) -> float:
    """How much a word counts: the fewer entries have it, the more; words that say little count little."""
    held = sum(mine * mine for mine, _ in column)
    worth = sum(part.worth * len(part.phrase) for part in word.parts) / len(word.phrase)
    return min(1.0, worth) * log(1 + (len(column) + 1) / (1 + held))
