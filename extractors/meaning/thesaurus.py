"""The office thesaurus: a typed word cut into pieces that mean something, each with other words for it.

停车难 -> 停车难 (车位, 泊位, 停车场, …)        利息补助 -> 利息补助 (贴息, …)        养殖许可证 -> 养殖 + 许可证
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from models.errors import LexiconError
from models.terms import Like, Piece
from models.text import fold

SAME, NEAR = 0.9, 0.55  # how much a word of the same group counts, and a neighbouring one


@dataclass(frozen=True, slots=True)
class Group:
    """Words for one thing, words near it, what answers it without a word (`pattern`), how much it says (`worth`)."""

    field: str
    words: tuple[str, ...]
    near: tuple[str, ...]
    pattern: re.Pattern[str] | None
    worth: float


@dataclass(frozen=True, slots=True)
class Field:
    """The groups of one field, with pairs of what is typed and what must, or must not, be found by it."""

    name: str
    groups: tuple[Group, ...]
    examples: tuple[tuple[str, str], ...]
    not_examples: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """All pieces by their word, and the longest word's length."""

    pieces: Mapping[str, Piece]
    longest: int

    def cut(self, word: str) -> Sequence[Piece]:
        """The pieces of a typed word in order: known words, and what stands between them.

        The cut with the fewest characters outside known words is taken, of those the one with the fewest pieces.
        """
        text = fold(word).lower()
        return tuple(self.pieces.get(part) or Piece(part) for part in _joined(self._best(text), self.pieces))

    def answers(self, typed: str, text: str) -> bool:
        """Whether a text has a typed word, a piece of it, a word for one, or what answers one.

        >>> thesaurus_of([Group("traffic", ("停车位", "泊位"), (), None, 1.0)]).answers("停车位", "新增泊位三百个")
        True
        """
        said = fold(text).lower()
        return any(
            piece.text in said
            or any(like.word in said for like in piece.likes)
            or (piece.pattern is not None and piece.pattern.search(said) is not None)
            for piece in self.cut(typed)
        )

    def _best(self, text: str) -> list[str]:
        best: list[tuple[int, int, int]] = [(0, 0, 0)]  # characters left over, pieces, where the last one begins
        for end in range(1, len(text) + 1):
            choices = [(best[end - 1][0] + 1, best[end - 1][1] + 1, end - 1)]
            for start in range(max(0, end - self.longest), end):
                if text[start:end] in self.pieces:
                    choices.append((best[start][0], best[start][1] + 1, start))
            best.append(min(choices))
        parts, end = [], len(text)
        while end:
            parts.append(text[best[end][2] : end])
            end = best[end][2]
        return parts[::-1]


def _joined(parts: Sequence[str], known: Mapping[str, Piece]) -> Iterator[str]:
    """The parts with single unknown characters side by side joined."""
    unknown = ""
    for part in parts:
        if part in known:
            if unknown:
                yield unknown
            unknown = ""
            yield part
        else:
            unknown += part
    if unknown:
        yield unknown


@cache
def office_thesaurus() -> Thesaurus:
    """The thesaurus that comes with the program."""
    return thesaurus_of(group for field in fields() for group in field.groups)


def thesaurus_of(groups: Iterable[Group]) -> Thesaurus:
    """The thesaurus of these groups; a word of several groups is like the words of all of them.

    A single character leads to the words of its group, but nothing leads to it: 节 stands in 节约 and 环节 too.
    """
    likes: dict[str, dict[str, float]] = {}
    patterns: dict[str, re.Pattern[str]] = {}
    worth: dict[str, float] = {}
    for group in groups:
        for word in group.words:
            found = likes.setdefault(word, {})
            for other, weight in (*((w, SAME) for w in group.words), *((w, NEAR) for w in group.near)):
                if other != word and len(other) > 1:
                    found[other] = max(weight, found.get(other, 0.0))
            worth[word] = max(group.worth, worth.get(word, 0.0))
            if group.pattern:
                patterns[word] = group.pattern
        for word in group.near:
            found = likes.setdefault(word, {})
            for other in group.words:
                if other != word and len(other) > 1:
                    found[other] = max(NEAR, found.get(other, 0.0))
    pieces = {
        word: Piece(word, tuple(Like(*one) for one in found.items()), patterns.get(word), worth.get(word, 1.0))
        for word, found in likes.items()
    }
    return Thesaurus(pieces, max(map(len, pieces), default=0))


@cache
def fields() -> tuple[Field, ...]:
    """The thesaurus file, field by field."""
    return fields_of(_read())


def fields_of(read: Mapping[str, Any]) -> tuple[Field, ...]:
    """The fields of a thesaurus as read from YAML. LexiconError names the field and group that can't be read."""
    return tuple(_field(name, raw) for name, raw in read["groups"].items())


def _field(name: str, raw: Mapping[str, Any]) -> Field:
    groups = tuple(_group(name, group) for group in raw["groups"])
    return Field(name, groups, _pairs(raw["examples"]), _pairs(raw["not_examples"]))


def _group(field: str, raw: Mapping[str, Any]) -> Group:
    try:
        words, near = (tuple(fold(str(word)).lower() for word in raw.get(key) or ()) for key in ("words", "near"))
        pattern = re.compile(raw["pattern"]) if raw.get("pattern") else None
        return Group(field, words, near, pattern, float(raw.get("worth", 1.0)))
    except (re.error, TypeError, ValueError, AttributeError) as error:
        raise LexiconError(f"thesaurus.yaml: {field}: {raw!r}: {error}") from error


def _pairs(raw: Sequence[Sequence[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((str(typed), str(text)) for typed, text in raw)


def _read() -> dict[str, Any]:
    import yaml

    text = resources.files("extractors.lexicon").joinpath("thesaurus.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return loaded
