"""The unit behind a number: looked up in the lexicon, longest word first."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from extractors import lexicon

_SCALES, _CHANNELS = frozenset("万亿"), frozenset("路芯")  # 视频2.1万路; 12路 is a bus
_LATIN = re.compile(r"[A-Za-z0-9²³]")


class UnitWord(NamedTuple):
    """A unit as printed, what kind it is (money, ratio, physical, duration, span, classifier, place), and its end."""

    text: str
    kind: str
    end: int


@lru_cache(maxsize=1)
def _kinds() -> dict[str, str]:
    return {word: entry.meaning for entry in lexicon.load("units") for word in entry.words}


@lru_cache(maxsize=1)
def _longer_word() -> re.Pattern[str]:
    """What makes another word of a unit: 两部门, 两个班主任."""
    return next(entry.pattern for entry in lexicon.load("numbers_rules") if entry.id == "longer_words")


@lru_cache(maxsize=1)
def _lengths() -> dict[str, tuple[int, ...]]:
    """How long the units that start with a character are, the longest first."""
    lengths: dict[str, set[int]] = {}
    for word in _kinds():
        lengths.setdefault(word[0], set()).add(len(word))
    return {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}


def unit_at(folded: str, start: int) -> UnitWord | None:
    """The unit that starts here, with a bracketed alternative (个(家)) or a denominator (元/平方米).

    >>> unit_at("30个百分点以上", 2)
    UnitWord(text='个百分点', kind='ratio', end=6)
    """
    word = _longest(folded, start)
    if word is None:
        return None
    end = start + len(word)
    kind = _kinds().get(word, "classifier")
    if folded[end : end + 1] == "(":
        end = _alternative(folded, end)
    while folded[end : end + 1] in ("/", "·"):
        under = _longest(folded, end + 1)
        if under is None:
            break
        end += 1 + len(under)
    return UnitWord(folded[start:end], kind, end)


def _longest(folded: str, start: int) -> str | None:
    kinds = _kinds()
    for length in _lengths().get(folded[start : start + 1], ()):
        word = folded[start : start + length]
        if word in kinds:
            after = folded[start + length : start + length + 1]
            if not _runs_on(word, after) and not _longer_word().fullmatch(word + after):
                return word
    scaled = folded[start - 1 : start] in _SCALES and folded[start : start + 1] in _CHANNELS
    return folded[start] if scaled and start > 1 else None


def _runs_on(word: str, after: str) -> bool:
    """A Latin unit ends where the letters end: 5m is a length, 5main is not."""
    return word[-1].isascii() and word[-1] != "%" and bool(_LATIN.match(after))


def _alternative(folded: str, bracket: int) -> int:
    """The end of 个(家): the bracket holds a second unit and nothing else."""
    inner = _longest(folded, bracket + 1)
    close = bracket + 1 + len(inner or "")
    return close + 1 if inner and folded[close : close + 1] == ")" else bracket
