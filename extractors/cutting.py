"""A text cut into units: what stands between 。！？；(!?;) or line breaks, with its closing mark."""

from __future__ import annotations

import re
from typing import NamedTuple

# A closing quotation mark or bracket after the mark belongs to the unit: 他说：“好。” is one unit.
_PIECE = re.compile(r"[^\n。!?;]*[。!?;]+[”’」』)】》\]]*|[^\n。!?;]+|\n")
_WORD = re.compile(r"[0-9A-Za-z\u3400-\u9fff〇]")
_CLOSERS = "”’」』)】》]"
_MARKS = frozenset("。!?;")
_EDGE = " \t\r\x0b\x0c\u200b\ufeff\u2028\u2029"


class Piece(NamedTuple):
    """[start, end) of one unit; whether it begins, and ends, its line; `mark` its closing mark or ""."""

    start: int
    end: int
    first: bool
    last: bool
    mark: str


def cut(folded: str) -> list[Piece]:
    """All pieces with a word in them, in order; blanks around a piece are left outside.

    >>> [(p.start, p.end, p.first, p.last, p.mark) for p in cut("一、甲。乙;\\n 丙")]
    [(0, 4, True, False, '。'), (4, 6, False, True, ';'), (8, 9, True, True, '')]
    """
    pieces: list[Piece] = []
    line_start = 0
    for line in folded.split("\n"):
        if line and not line.isspace():
            _cut_line(line, line_start, pieces)
        line_start += len(line) + 1
    return pieces


def _cut_line(line: str, offset: int, pieces: list[Piece]) -> None:
    """Appends the pieces of one line."""
    found = [piece for piece in _PIECE.finditer(line) if _WORD.search(piece[0])]
    end = len(found) - 1
    for index, piece in enumerate(found):
        raw = piece[0]
        body = raw.strip(_EDGE)
        start = offset + piece.start() + (0 if body == raw else len(raw) - len(raw.lstrip(_EDGE)))
        final = body[-1] if body[-1] not in _CLOSERS else body.rstrip(_CLOSERS)[-1:]
        pieces.append(Piece(start, start + len(body), index == 0, index == end, final if final in _MARKS else ""))
