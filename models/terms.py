"""What somebody typed into the search box: words to find, words to leave out, and what else each word may be called.

Nothing that can be typed is wrong: what isn't a letter or a digit only separates.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from models.text import fold
from models.tokens import split

Phrase = tuple[str, ...]  # tokens that stand side by side


@dataclass(frozen=True, slots=True)
class Like:
    """Another word for the same thing, or for something near it: the nearer, the greater `weight` (below 1)."""

    word: str
    weight: float


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a typed word that means something by itself, and what else it is called.

    `pattern` finds what answers the piece without a word of it (多久: 10个工作日). `worth` is how much the piece says
    (1; less for words like 情况).
    """

    text: str
    likes: tuple[Like, ...] = ()
    pattern: re.Pattern[str] | None = None
    worth: float = 1.0


Cut = Callable[[str], Sequence[Piece]]  # a typed word -> its pieces, in order

_LONGEST = 1_000  # characters of a query that are read: a pasted paragraph, not a pasted letter
_MOST_TERMS = 32
_MOST_LEFT_OUT = 4
_MOST_CALLED = 24  # other words for one word that a large index is asked for
_MOST_PIECES = 120  # phrases that one look into the index asks for
_OPEN, _CLOSE = '“"「『《', '”"」』》'
_PART = re.compile(
    rf"(?P<minus>(?<!\S)-)?(?:[{_OPEN}](?P<quoted>[^{_CLOSE}]*)[{_CLOSE}]?|(?P<word>[^\s{_OPEN}{_CLOSE};:。、，；|]+))"
)
_LIST_COMMA = re.compile(r"(?<![0-9]),|,(?![0-9]{3})")  # 养老,托育 are two words; 1,500 is one number


class Match(StrEnum):
    """How a hit answers: it has all words as typed; all words or their like; all with what stands above it; some."""

    ALL = "all"
    ALIKE = "alike"
    CONTEXT = "context"
    NEAR = "near"


@dataclass(frozen=True, slots=True)
class Question:
    """One look into the index: each group by one of its phrases at least, and none of the excluded ones.

    `wide`: what stands above a sentence counts too. `together`: what has both phrases of one of these answers, too.
    """

    groups: tuple[tuple[Phrase, ...], ...]
    excluded: tuple[Phrase, ...]
    wide: bool = False
    together: tuple[tuple[Phrase, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A piece as tokens: its phrase, and phrases for the same or near it with their weights."""

    phrase: Phrase
    likes: tuple[tuple[Phrase, float], ...]  # the likest first
    pattern: re.Pattern[str] | None
    worth: float


@dataclass(frozen=True, slots=True)
class Word:
    """A typed word as tokens, and its parts; a word that isn't cut is its own part."""

    phrase: Phrase
    parts: tuple[Part, ...]


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


def understand(asked: Asked, cut: Cut | None = None) -> tuple[Word, ...]:
    """The words with their parts and likes. Without `cut` each word is one part and is like nothing else."""
    return tuple(
        Word(phrase, _parts(word, phrase, cut)) for word, phrase in zip(asked.words, asked.phrases, strict=True)
    )


def exactly(asked: Asked) -> Question:
    """All words as typed."""
    return Question(tuple((phrase,) for phrase in asked.phrases), asked.excluded)


def looks(words: tuple[Word, ...], excluded: tuple[Phrase, ...], *, large: bool) -> Iterator[Question]:
    """Ever weaker ways to ask: all words or their like; all but one; some; pairs and single characters of theirs.

    Of a `large` index single characters aren't asked for: they would be half of it.
    """
    groups = tuple(tuple(dict.fromkeys(_called(word)))[: _MOST_CALLED if large else None] for word in words)
    if len(groups) > 1:  # what stands above counts for more answers, and is asked first where that may be all
        yield Question(groups, excluded, wide=large)
        yield Question(groups, excluded, wide=not large)
    if large and len(groups) > 2:
        for place in range(min(len(groups), _MOST_LEFT_OUT)):
            yield Question(groups[:place] + groups[place + 1 :], excluded, wide=True)
    every = tuple(dict.fromkeys(phrase for group in groups for phrase in group))
    pieces = tuple(dict.fromkeys((*_pairs(words), *every)))
    if large:
        yield Question((every[:_MOST_PIECES],), excluded)
        yield Question((pieces[:_MOST_PIECES],), excluded)
        return
    singles = ((token,) for word in words for token in word.phrase)
    yield Question((tuple(dict.fromkeys((*singles, *pieces)))[:_MOST_PIECES],), excluded, wide=True)


def told_by(words: tuple[Word, ...]) -> tuple[Phrase, ...]:
    """Phrases that show why a text was found: words, parts, likes, pairs; single characters only where typed so."""
    called = (phrase for word in words for phrase in _called(word))
    return tuple(dict.fromkeys((*called, *_pairs(words))))


def _parts(word: str, phrase: Phrase, cut: Cut | None) -> tuple[Part, ...]:
    pieces = cut(word) if cut else ()
    parts = tuple(
        Part(tokens, _likes(piece), piece.pattern, piece.worth)
        for piece in pieces
        if (tokens := tuple(split(piece.text)))
    )
    return parts or (Part(phrase, (), None, 1.0),)


def _likes(piece: Piece) -> tuple[tuple[Phrase, float], ...]:
    likes = ((tuple(split(like.word)), like.weight) for like in piece.likes)
    return tuple(sorted(((phrase, weight) for phrase, weight in likes if phrase), key=lambda like: -like[1]))


def _called(word: Word) -> Iterator[Phrase]:
    """What a word may be called: itself, its parts that say something, their likes, the likest first."""
    telling = [part for part in word.parts if part.worth >= 1 and len("".join(part.phrase)) > 1]
    yield word.phrase
    yield from (part.phrase for part in telling)
    likes = [like for part in telling for like in part.likes]
    yield from (phrase for phrase, _ in sorted(likes, key=lambda like: -like[1]))


def _pairs(words: tuple[Word, ...]) -> Iterator[Phrase]:
    """What a word may share with the text: neighbouring characters two by two (纠纷调解: 解纠纷)."""
    for word in words:
        yield from pairwise(word.phrase)
