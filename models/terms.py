"""What somebody typed into the search box: words to find, words to leave out, and ever weaker ways to ask for them.

Nothing that can be typed is wrong: what isn't a letter or a digit only separates.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from models.text import fold
from models.tokens import split

Phrase = tuple[str, ...]  # tokens that stand side by side
Expand = Callable[[str], Iterable[str]]  # a word -> other words for the same thing

_LONGEST = 1_000  # characters of a query that are read: a pasted paragraph, not a pasted letter
_MOST_TERMS = 32
_OPEN, _CLOSE = '“"「『《', '”"」』》'
_PART = re.compile(
    rf"(?P<minus>(?<!\S)-)?(?:[{_OPEN}](?P<quoted>[^{_CLOSE}]*)[{_CLOSE}]?|(?P<word>[^\s{_OPEN}{_CLOSE};:。、，；|]+))"
)
_LIST_COMMA = re.compile(r"(?<![0-9]),|,(?![0-9]{3})")  # 养老,托育 are two words; 1,500 is one number


class Match(StrEnum):
    """How a hit answers: all words as typed, all words or their like, some of the words, parts of the words."""

    ALL = "all"
    ALIKE = "alike"
    SOME = "some"
    NEAR = "near"


@dataclass(frozen=True, slots=True)
class Question:
    """One way of asking: each group by one of its phrases at least, and none of the excluded ones."""

    match: Match
    groups: tuple[tuple[Phrase, ...], ...]
    excluded: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as read: words as typed, in order, and the phrases to leave out."""

    words: tuple[str, ...]
    excluded: tuple[Phrase, ...]

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        """The words as phrases of tokens."""
        return tuple(tuple(split(word)) for word in self.words)


def read_query(query: str) -> Asked:
    """The words of a query. Quoted words stay together; -word leaves out; the rest is separated by blanks and marks.

    >>> read_query("停车位 “老旧 小区” -充电桩")
    Asked(words=('停车位', '老旧 小区'), excluded=(('充', '电', '桩'),))
    """
    words: dict[str, None] = {}
    excluded: dict[Phrase, None] = {}
    for part in _PART.finditer(_LIST_COMMA.sub(" ", fold(query[:_LONGEST]))):
        text = part["quoted"] if part["quoted"] is not None else part["word"]
        tokens = tuple(split(text))
        if tokens and part["minus"]:
            excluded[tokens] = None
        elif tokens:
            words[text] = None
    return Asked(tuple(words)[:_MOST_TERMS], tuple(excluded)[:_MOST_TERMS])


def questions(asked: Asked, expand: Expand | None = None) -> Iterator[Question]:
    """The ways to ask, strictest first. `expand` gives other words for a word; without it that step is left out."""
    phrases = asked.phrases
    if not phrases:
        return
    yield Question(Match.ALL, tuple((phrase,) for phrase in phrases), asked.excluded)
    groups = tuple(_alternatives(word, phrase, expand) for word, phrase in zip(asked.words, phrases, strict=True))
    every = tuple(dict.fromkeys(phrase for group in groups for phrase in group))
    if len(every) > len(phrases):
        yield Question(Match.ALIKE, groups, asked.excluded)
    if len(phrases) > 1:
        yield Question(Match.SOME, (every,), asked.excluded)
    pairs = tuple(dict.fromkeys(pair for phrase in phrases for pair in _pairs(phrase)))
    if set(pairs) - set(every):
        yield Question(Match.NEAR, (pairs,), asked.excluded)


def _alternatives(word: str, phrase: Phrase, expand: Expand | None) -> tuple[Phrase, ...]:
    others = (tuple(split(other)) for other in (expand(word) if expand else ()))
    return tuple(dict.fromkeys((phrase, *(other for other in others if other))))


def _pairs(phrase: Phrase) -> Iterator[Phrase]:
    """Neighbouring characters, two by two; a number or a Latin word is a whole by itself."""
    for token in phrase:
        if len(token) > 1:
            yield (token,)
    yield from (pair for pair in pairwise(phrase) if all(len(token) == 1 for token in pair))
