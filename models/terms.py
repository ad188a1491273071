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
_SHORT = 16  # tokens; a longer query has pairs enough, and its single characters would be half the register
_OPEN, _CLOSE = '“"「『《', '”"」』》'
_PART = re.compile(
    rf"(?P<minus>(?<!\S)-)?(?:[{_OPEN}](?P<quoted>[^{_CLOSE}]*)[{_CLOSE}]?|(?P<word>[^\s{_OPEN}{_CLOSE};:。、，；|]+))"
)
_LIST_COMMA = re.compile(r"(?<![0-9]),|,(?![0-9]{3})")  # 养老,托育 are two words; 1,500 is one number


class Match(StrEnum):
    """How a hit answers: it has all words as typed, all words or their like, or only some of them or of their parts."""

    ALL = "all"
    ALIKE = "alike"
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
    short = sum(map(len, every)) <= _SHORT
    pieces = tuple(dict.fromkeys(piece for phrase in every for piece in (phrase, *_pieces(phrase, short))))
    if pieces != phrases:
        yield Question(Match.NEAR, (pieces,), asked.excluded)


def _alternatives(word: str, phrase: Phrase, expand: Expand | None) -> tuple[Phrase, ...]:
    others = (tuple(split(other)) for other in (expand(word) if expand else ()))
    return tuple(dict.fromkeys((phrase, *(other for other in others if other))))


def _pieces(phrase: Phrase, alone: bool) -> Iterator[Phrase]:
    """What a word may share with the text: neighbouring characters two by two (纠纷调解: 解纠纷), and each `alone`.

    Words, pairs and single characters are asked for together: the more of them a sentence has, and the rarer, the
    better it is. Measured on officers' queries in other words than the text's, this found a third more than words and
    pairs alone.
    """
    yield from pairwise(phrase)
    if alone:
        yield from ((token,) for token in phrase)
