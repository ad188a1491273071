"""The piece of a text that shows why it was found."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from models.terms import Phrase
from models.text import fold

_BEFORE = 20
_NUMBERED = re.compile(r"u([0-9a-f]{2,6})")

Mark = tuple[int, int]


def snippet(text: str, phrases: Iterable[Phrase], width: int = 80) -> tuple[str, tuple[Mark, ...]]:
    """At most `width` characters around the first place found, and where in them the found words stand.

    >>> snippet("我局将新建停车位500个。", [("停", "车", "位")])
    ('我局将新建停车位500个。', ((5, 8),))
    """
    found = _places(text, phrases)
    start = max(0, found[0][0] - _BEFORE) if found and len(text) > width else 0
    end = min(len(text), start + width)
    start = max(0, end - width)
    lead, tail = "…" if start else "", "…" if end < len(text) else ""
    shift = len(lead) - start
    marks = tuple((a + shift, b + shift) for a, b in found if a >= start and b <= end)
    return lead + text[start:end].replace("\n", " ") + tail, marks


def _places(text: str, phrases: Iterable[Phrase]) -> list[Mark]:
    """Where the phrases stand in the text, in order, none twice."""
    pattern = _any_of(tuple(phrases))
    return [match.span() for match in pattern.finditer(fold(text))] if pattern else []


@lru_cache(maxsize=64)
def _any_of(phrases: tuple[Phrase, ...]) -> re.Pattern[str] | None:
    """What finds any of them; the longest first. The hits of one search share it."""
    pattern = "|".join(_pattern(phrase) for phrase in sorted(phrases, key=len, reverse=True))
    return re.compile(pattern, re.IGNORECASE) if pattern else None


def _pattern(phrase: Phrase) -> str:
    """The phrase, whatever marks and blanks stand between its tokens."""
    return r"[\W_]*?".join(_token_pattern(token) for token in phrase)


def _token_pattern(token: str) -> str:
    if token.isdigit():  # printed with or without thousands separators
        return rf"(?<![0-9.]){',?'.join(token)}(?![0-9])"
    numbered = _NUMBERED.fullmatch(token)
    return re.escape(chr(int(numbered[1], 16)) if numbered and len(token) > 4 else token)
