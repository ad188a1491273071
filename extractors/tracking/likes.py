"""Other words for the same thing, by the office thesaurus: 母婴室 and 哺乳室, 泊位 and 车位."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import add

from extractors.meaning.thesaurus import fields
from extractors.tracking.wording import pairs_of, telling

_GENERAL = frozenset({"asking", "money", "documents", "service"})  # fields of what any letter is about
_LONGEST = 8


@dataclass(frozen=True, slots=True)
class Like:
    """A word of a promise and another word for it in a passage."""

    own: str
    other: str


@cache
def _groups() -> Mapping[str, frozenset[int]]:
    """The groups that each word of two characters or more belongs to; what says little by itself is left out."""
    found: dict[str, frozenset[int]] = {}
    groups = [group for field in fields() if field.name not in _GENERAL for group in field.groups]
    for place, group in enumerate(groups):
        for word in group.words if group.worth >= 1 else ():
            if len(word) > 1:
                found[word] = found.get(word, frozenset()) | {place}
    return found


@cache
def _openings() -> frozenset[str]:
    """The two characters that words of the groups begin with."""
    return frozenset(word[:2] for word in _groups())


@lru_cache(maxsize=16384)
def groups_meant(words: str) -> Mapping[int, str]:
    """The groups that some words have a word of, with the longest such word."""
    known, openings = _groups(), _openings()
    found: dict[int, str] = {}
    read = 0
    for at, pair in enumerate(map(add, words, words[1:])):
        if pair not in openings or at < read:
            continue
        word = next((words[at : at + n] for n in range(_LONGEST, 1, -1) if words[at : at + n] in known), None)
        if word:
            read = at + len(word)
            for group in known[word]:
                found.setdefault(group, word)
    return found


def likes_between(own: str, other: str) -> Sequence[Like]:
    """The words of a promise for which a passage has other words that share no pair of characters with them.

    >>> [(like.own, like.other) for like in likes_between("增设泊位300个", "车位添了310个")]
    [('泊位', '车位')]
    """
    mine, theirs = groups_meant(own), groups_meant(other)
    if mine.keys().isdisjoint(theirs):
        return ()
    both = ((mine[group], theirs[group]) for group in mine.keys() & theirs.keys())
    other_words = {(one, two) for one, two in both if one != two and one not in other and two not in own}
    return [Like(*words) for words in sorted(other_words) if pairs_in(words[0]).isdisjoint(pairs_in(words[1]))]


@lru_cache(maxsize=4096)
def tells(word: str) -> float:
    """How much a word tells by its most telling pair."""
    return max(map(telling, pairs_in(word)), default=0.0)


pairs_in = lru_cache(maxsize=4096)(pairs_of)  # of the thesaurus' words, which come again and again
