"""Breaking Chinese text into terminal lines: no number or word is torn, no line begins with a closing mark."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.text import Text

_PIECE = re.compile(r"\d[\d,.]*[%‰]?|[A-Za-z]+|\s+|.", re.DOTALL)
_NOT_FIRST = frozenset("。，、；：？！）》〕】”’％%,.;:?!)]}…—～")
_NOT_LAST = frozenset("（《〔【“‘([{")


def wrap(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` columns (Han characters take two).

    >>> wrap("力争到2023年底，建成3座。", 11)
    ['力争到2023', '年底，建成3', '座。']
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for piece in _pieces(paragraph, width):
            if line and cell_len(line) + cell_len(piece) > width:
                lines.append(line.rstrip())
                line = piece.lstrip()
            else:
                line += piece
        lines.append(line)
    return lines


class Wrapped:
    """A text that a console shows in such lines, however wide its place is."""

    def __init__(self, text: Text) -> None:
        self._text = text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The lines."""
        for paragraph in self._text.split("\n", allow_blank=True):
            yield from paragraph.divide(list(_breaks(wrap(paragraph.plain, options.max_width), paragraph.plain)))

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        """As wide as its longest line, as narrow as one character."""
        longest = max((cell_len(line) for line in self._text.plain.split("\n")), default=2)
        return Measurement(2, max(2, longest)).with_maximum(options.max_width)


def _breaks(lines: Iterable[str], text: str) -> Iterator[int]:
    """Where the second and all later lines begin."""
    at = 0
    for number, line in enumerate(lines):
        at = text.index(line, at)
        if number and line:
            yield at
        at += len(line)


def _pieces(text: str, width: int) -> list[str]:
    """What may not be torn: words and numbers, each with the marks that must stay beside it."""
    pieces: list[str] = []
    for match in _PIECE.finditer(text):
        piece = match[0]
        joins = bool(pieces) and (piece[0] in _NOT_FIRST or pieces[-1][-1] in _NOT_LAST)
        if joins and cell_len(pieces[-1] + piece) <= width:
            pieces[-1] += piece
        else:
            pieces += _folded(piece, width)
    return pieces


def _folded(piece: str, width: int) -> list[str]:
    """A word that is longer than a line has to be torn all the same."""
    return [piece[start : start + width] for start in range(0, len(piece), width)]
