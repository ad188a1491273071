"""Whether two documents are one letter: in another form, as an excerpt, or published again."""

from __future__ import annotations

import re
from functools import lru_cache

from extractors.tracking.prepared import Kept
from models.documents import UnitRole
from models.evidence import Paper
from models.text import fold

CONTAINED = 0.85  # of the shorter text's shingles; a scan and a page differ by a few letters
EXCERPT = 0.6  # what two papers of one number and day must share to be one, shortened
_SHINGLE = 7
_SHORTEST = 60  # letters; less is no text to compare
_FRAME = frozenset({UnitRole.TITLE, UnitRole.SALUTATION, UnitRole.SIGN_OFF, UnitRole.CONTACT, UnitRole.HEADING})
_MARKS = re.compile(r"[\W_]+")


def contained(one: Paper, other: Paper) -> float:
    """How much of the shorter text's body stands in the other, in [0, 1]; 0 where there is too little to tell."""
    mine, theirs = (_shingles(Kept(paper)) for paper in (one, other))
    short = min(len(mine), len(theirs))
    return len(mine & theirs) / short if short >= _SHORTEST else 0.0


def size(paper: Paper) -> int:
    """How many letters a text has, whatever its lines and marks."""
    return len(_MARKS.sub("", paper.extraction.document.text))


def telling_sentences(paper: Paper) -> tuple[str, ...]:
    """The three longest sentences' first letters: what two copies of a letter share, though one is shortened."""
    bodies = sorted(_bodies(paper), key=lambda words: (-len(words), words))
    return tuple(words[:40] for words in bodies[:3] if len(words) >= 24)


def _bodies(paper: Paper) -> list[str]:
    units = paper.extraction.units
    return [_MARKS.sub("", fold(unit.span.text)) for unit in units if unit.role not in _FRAME]


@lru_cache(maxsize=256)
def _shingles(kept: Kept) -> frozenset[str]:
    words = "".join(_bodies(kept.paper))
    return frozenset(words[at : at + _SHINGLE] for at in range(len(words) - _SHINGLE + 1))
