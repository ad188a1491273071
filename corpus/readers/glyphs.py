"""A PDF page's characters and their boxes, as pypdfium2 tells them -> printed lines."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from corpus import lines
from corpus.readers.printed import PrintedLine

_HAN = re.compile("[\u3400-\u9fff]")
_BREAKS = re.compile("\r\n|[\r\n]")
# A blank between Han and a number or a Latin word.
_BETWEEN = re.compile(
    "(?<=[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f]) (?=[!-~])|(?<=[!-~]) (?=[\u2e80-\u9fff\uff00-\uffef])"
)
_NARROW = 0.6  # of a character: typesetters' space between Han and Latin
_SAME_BASE = 0.3  # of a character
_OBLIQUE = (0.15, 1.4)  # radians: a watermark


@dataclass(frozen=True, slots=True)
class _Box:
    left: float
    bottom: float
    right: float
    top: float


def printed_lines(textpage: Any, height: float, page: int) -> list[PrintedLine]:
    """The page's lines in the order of the file, pieces of one printed line put together, watermarks left out."""
    out: list[PrintedLine] = []
    for line in _Glyphs(textpage, height, page).lines():
        if out and _continues(out[-1], line):
            out[-1] = _together(out[-1], line)
        else:
            out.append(line)
    return out


def _continues(line: PrintedLine, piece: PrintedLine) -> bool:
    size = line.size or piece.size or 12.0
    return abs(line.base - piece.base) < _SAME_BASE * size and -0.5 * size < piece.x0 - line.x1


def _together(line: PrintedLine, piece: PrintedLine) -> PrintedLine:
    apart = piece.x0 - line.x1 > _NARROW * (line.size or piece.size or 12.0)
    text = f"{line.text} {piece.text}" if apart else lines.glue(line.text, piece.text)
    return replace(line, text=text, x1=piece.x1, top=min(line.top, piece.top), size=line.size or piece.size)


@dataclass(slots=True)
class _Glyphs:
    textpage: Any
    height: float
    page: int

    def lines(self) -> Iterator[PrintedLine]:
        text = self.textpage.get_text_range()
        begin = 0
        for found in [*_BREAKS.finditer(text), None]:
            end = found.start() if found else len(text)
            line = self._line(text, begin, end)
            if line is not None:
                yield line
            begin = found.end() if found else end

    def _line(self, text: str, begin: int, end: int) -> PrintedLine | None:
        piece = text[begin:end]
        bare = piece.strip()
        if not bare:
            return None
        begin += len(piece) - len(piece.lstrip())
        end = begin + len(bare)
        first, last = self._box(begin), self._box(end - 1)
        if self._is_oblique(begin):
            return None
        word = begin + len(lines.first_word(bare)) - 1
        han = _HAN.search(bare)
        size = self._box(begin + han.start()) if han else None
        return PrintedLine(
            text=self._without_typeset_blanks(bare, begin),
            page=self.page,
            x0=first.left,
            x1=last.right,
            top=self.height - first.top,
            base=self.height - self._base(begin),
            head=self._box(word).right - first.left,
            size=round(size.top - size.bottom, 1) if size else None,
        )

    def _without_typeset_blanks(self, bare: str, begin: int) -> str:
        """The line without the narrow blanks that pdfium reads between Han and numbers: 301 项 -> 301项."""

        def kept(blank: re.Match[str]) -> str:
            before, after = self._box(begin + blank.start() - 1), self._box(begin + blank.end())
            return "" if after.left - before.right < _NARROW * (before.top - before.bottom) else " "

        return _BETWEEN.sub(kept, bare)

    def _index(self, place: int) -> int:
        import pypdfium2.raw as pdfium

        index: int = pdfium.FPDFText_GetCharIndexFromTextIndex(self.textpage, place)
        return max(index, 0)

    def _box(self, place: int) -> _Box:
        """The character's box with the font's full height and advance, so that 。 is as wide as 中."""
        import pypdfium2.raw as pdfium

        rect = pdfium.FS_RECTF()
        pdfium.FPDFText_GetLooseCharBox(self.textpage, self._index(place), rect)
        return _Box(rect.left, rect.bottom, rect.right, rect.top)

    def _base(self, place: int) -> float:
        import pypdfium2.raw as pdfium

        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetCharOrigin(self.textpage, self._index(place), x, y)
        return y.value

    def _is_oblique(self, place: int) -> bool:
        import pypdfium2.raw as pdfium

        angle = pdfium.FPDFText_GetCharAngle(self.textpage, self._index(place)) % (math.pi / 2)
        return bool(_OBLIQUE[0] < angle < _OBLIQUE[1])
