"""A printed page's characters and their places -> printed lines; those of a PDF page as pypdfium2 tells them.

Characters are put in order by their places: typesetters print quotation marks and numbers, which come from another
font, after the rest of their line.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from corpus import lines
from corpus.readers.printed import PrintedLine

_HAN = re.compile("[\u3400-\u9fff]")
_NOTE_MARK = re.compile(r"[\d①-⑳\[\]〔〕]")
_WIDE_GAP = 0.6  # of a character: a blank; less is the typesetters' space between Han and Latin
_WORD_GAP = 0.2  # between Latin characters
_SAME_BASE = 0.35  # of a character
_SMALL, _RAISED, _RAISED_BASE = 0.75, 0.15, 0.6  # of a character: the mark of a footnote
_REACH = 4.0  # characters: what stands farther off on the same base line is another column
_RECENT = 40  # rows: pieces of one line stand near each other in the file
_SAME_SPOT = 0.1  # of a character: bold print by printing twice
OBLIQUE = 0.15  # radians off the upright: a watermark
_BLANKS = frozenset(" \u00a0\u3000\t")


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character with the left and right of its advance, its base line and its size, in points of the upright page."""

    char: str
    left: float
    right: float
    base: float
    size: float
    blank_before: bool


@dataclass(slots=True)
class _PrintedRow:
    """Characters on one base line, as they come."""

    base: float
    size: float
    x0: float
    x1: float
    glyphs: list[Glyph] = field(default_factory=list)

    def meets(self, other: _PrintedRow) -> bool:
        """Whether both are pieces of one line."""
        larger, smaller = max(self.size, other.size), min(self.size, other.size)
        reach, same = _REACH * self.size, (_RAISED_BASE if smaller < _SMALL * larger else _SAME_BASE) * larger
        return abs(other.base - self.base) < same and self.x0 - reach < other.x1 and other.x0 < self.x1 + reach

    def take(self, other: _PrintedRow) -> None:
        """Joins another piece of the line; the larger type gives its size and base line."""
        self.glyphs += other.glyphs
        self.x0, self.x1 = min(self.x0, other.x0), max(self.x1, other.x1)
        if other.size > self.size:
            self.size, self.base = other.size, other.base


def printed_lines(textpage: Any, height: float, page: int) -> list[PrintedLine]:
    """The lines of a PDF page in the order of the file; watermarks are left out."""
    return lines_of(_upright(textpage, height), page)


def lines_of(glyphs: Iterable[Glyph], page: int) -> list[PrintedLine]:
    """The lines that characters make, in the order in which their first ones come."""
    rows: list[_PrintedRow] = []
    for glyph in glyphs:
        piece = _PrintedRow(glyph.base, glyph.size, glyph.left, glyph.right, [glyph])
        if rows and rows[-1].meets(piece):
            rows[-1].take(piece)
        else:
            rows.append(piece)
    found = (_line(row, page) for row in _together(rows))
    return [line for line in found if line is not None]


def _together(pieces: list[_PrintedRow]) -> list[_PrintedRow]:
    """Whole rows, each in the place of its first piece; a piece may bridge two that were apart."""
    rows: list[_PrintedRow] = []
    for piece in pieces:
        meeting = [row for row in rows[-_RECENT:] if row.meets(piece)]
        if not meeting:
            rows.append(piece)
            continue
        meeting[0].take(piece)
        for other in meeting[1:]:
            meeting[0].take(other)
            rows.remove(other)
    return rows


def _line(row: _PrintedRow, page: int) -> PrintedLine | None:
    glyphs = _without_note_marks(sorted(row.glyphs, key=lambda glyph: glyph.left), row)
    while glyphs and glyphs[0].char in _BLANKS:
        glyphs.pop(0)
    while glyphs and glyphs[-1].char in _BLANKS:
        glyphs.pop()
    if not glyphs:
        return None
    text = "".join(_pieces(glyphs))
    word = len(lines.unbroken("".join(glyph.char for glyph in glyphs)))
    return PrintedLine(
        text=text,
        page=page,
        x0=glyphs[0].left,
        x1=glyphs[-1].right,
        top=row.base - row.size,
        base=row.base,
        head=glyphs[min(word, len(glyphs)) - 1].right - glyphs[0].left,
        size=next((round(glyph.size, 1) for glyph in glyphs if _HAN.match(glyph.char)), None),
    )


def _without_note_marks(glyphs: list[Glyph], row: _PrintedRow) -> list[Glyph]:
    """The characters without raised numbers of footnotes; a power behind a Latin letter (km2) stays."""
    kept: list[Glyph] = []
    for glyph in glyphs:
        raised = row.base - glyph.base > _RAISED * row.size and glyph.size < _SMALL * row.size
        power = bool(kept) and kept[-1].char.isascii() and kept[-1].char.isalpha()
        if not (raised and not power and _NOTE_MARK.match(glyph.char)):
            kept.append(glyph)
    return kept


def _pieces(glyphs: list[Glyph]) -> Iterator[str]:
    """The characters in order, with blanks where the page shows them: 301 项 set with a thin space is 301项."""
    last: Glyph | None = None
    for glyph in glyphs:
        if last is not None:
            if glyph.char == last.char and abs(glyph.left - last.left) < _SAME_SPOT * glyph.size:
                continue
            gap = (glyph.left - last.right) / (glyph.size or 1.0)
            latin = last.char.isascii() and glyph.char.isascii()
            if gap > _WIDE_GAP or (latin and (gap > _WORD_GAP or (glyph.blank_before and gap > 0))):
                yield " " if last.char not in _BLANKS and glyph.char not in _BLANKS else ""
        yield glyph.char
        last = glyph


def _upright(textpage: Any, height: float) -> Iterator[Glyph]:
    """The page's own characters in the file's order; on a page that is printed sideways they are turned."""
    found = list(_raw(textpage))
    turns = Counter(turn for turn, *_ in found)
    if not turns:
        return
    main = turns.most_common(1)[0][0]
    for turn, char, box, origin, size, blank in found:
        if turn != main:
            continue
        x0, x1 = _turned(box[0], box[1], main)[0], _turned(box[2], box[3], main)[0]
        base = height - _turned(*origin, main)[1]
        yield Glyph(char, min(x0, x1), max(x0, x1), base, size, blank)


_Raw = tuple[int, str, tuple[float, float, float, float], tuple[float, float], float, bool]


def _raw(textpage: Any) -> Iterator[_Raw]:
    """Quarter turn, character, box, origin, size, and whether pdfium sees a blank before; oblique ones are left out."""
    import pypdfium2.raw as pdfium

    box, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    blank = False
    for index in range(textpage.count_chars()):
        code = pdfium.FPDFText_GetUnicode(textpage, index)
        if pdfium.FPDFText_IsGenerated(textpage, index) == 1 or code < 0x20 or code >= 0xFFFE:
            blank = True
            continue
        pdfium.FPDFText_GetMatrix(textpage, index, matrix)
        angle = math.atan2(matrix.b, matrix.a)
        turn = round(angle / (math.pi / 2))
        if abs(angle - turn * math.pi / 2) > OBLIQUE:
            continue
        pdfium.FPDFText_GetLooseCharBox(textpage, index, box)
        pdfium.FPDFText_GetCharOrigin(textpage, index, x, y)
        size = pdfium.FPDFText_GetFontSize(textpage, index) * math.hypot(matrix.c, matrix.d)
        place = (box.left, box.bottom, box.right, box.top)
        yield turn % 4, chr(code), place, (x.value, y.value), size, blank
        blank = False


def _turned(x: float, y: float, turn: int) -> tuple[float, float]:
    """A point turned back by so many quarters."""
    return ((x, y), (y, -x), (-x, -y), (-y, x))[turn]
