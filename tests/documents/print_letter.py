"""Letters printed as PDF or OFD, line by line at their places, as a typesetter sets an office letter."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"
_NOT_FIRST = "，。、；：！？）》”"


@dataclass(frozen=True)
class Style:
    """How a letter is set: lengths in points; `gap` is what stands between paragraphs beyond the leading."""

    size: float = 16.0
    leading: float = 28.0
    left: float = 79.0
    right: float = 74.0
    indent: int = 2
    gap: float = 0.0
    header: str | None = None
    numbers: str | None = "— {} —"
    watermark: str | None = None
    ragged: bool = False


CASES_FOLDER = Path(__file__).resolve().parents[1] / "cases"
LETTER = [
    (text, place)
    for line in yaml.safe_load((CASES_FOLDER / "readers_letter.yaml").read_text(encoding="utf-8"))
    for place, text in line.items()
]
OFFICE = Style()
STYLES = {
    "office letter, indented, numbers at the foot": OFFICE,
    "no indents, paragraphs apart": replace(OFFICE, indent=0, gap=14.0),
    "small type, wide column": replace(OFFICE, size=10.5, leading=16.0),
    "running head and page numbers of another form": replace(
        OFFICE, header="市海洋与渔业局提案答复", numbers="第 {} 页 共 2 页"
    ),
    "bare page numbers": replace(OFFICE, numbers="{}"),
    "watermark": replace(OFFICE, watermark="内部资料注意保存"),
    "punctuation isn't hung": replace(OFFICE, ragged=True),
}


def width_of(text: str, size: float) -> float:
    """The width of a text; STSong-Light sets ASCII in half a character."""
    return sum(size / 2 if char.isascii() else size for char in text)


class Printer:
    """Sets paragraphs on pages; `put` takes a text and its place: body, flush, centre, right.

    `canvas` prints another form than PDF, with the same words.
    """

    def __init__(self, path: Path, style: Style, canvas: Any = None) -> None:
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
        self.canvas, self.style, self.page = canvas or Canvas(str(path), pagesize=A4), style, 1
        self.y = 0.0
        self._begin()

    def put(self, text: str, place: str = "body", size: float | None = None) -> None:
        size = size or self.style.size
        room = A4[0] - self.style.left - self.style.right
        indent = self.style.indent * size if place == "body" else 0.0
        for number, line in enumerate(self._broken(text, room, indent, size)):
            x = self.style.left + (indent if number == 0 else 0.0)
            if place == "centre":
                x = self.style.left + (room - width_of(line, size)) / 2
            elif place == "right":
                x = A4[0] - self.style.right - width_of(line, size)
            self._line(line, x, size)
        self.y -= self.style.gap

    def table(self, rows: list[list[str]]) -> None:
        """A ruled table; a blank cell left of others is merged with the one above."""
        size, height, wide = self.style.size * 0.75, 24.0, 110.0
        left, top = self.style.left + 10, self.y + self.style.size
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                x, y = left + column * wide, top - (row + 1) * height
                self.canvas.setStrokeColor(colors.black)
                self.canvas.rect(x, y, wide, height)
                self.canvas.setFont(FONT, size)
                self.canvas.drawString(x + 4, y + 7, cell)
        self.y -= len(rows) * height + 10

    def save(self) -> None:
        self._end()
        self.canvas.save()

    def _line(self, line: str, x: float, size: float) -> None:
        if self.y < 90:
            self._end()
            self.canvas.showPage()
            self.page += 1
            self._begin()
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(x, self.y, line)
        self.y -= self.style.leading * size / self.style.size

    def _broken(self, text: str, room: float, indent: float, size: float) -> list[str]:
        lines, line = [], ""
        for word in _words(text):
            limit = room - (indent if not lines else 0.0)
            if (
                line
                and width_of(line + word, size) > limit + 0.01
                and not (word in _NOT_FIRST and not self.style.ragged)
            ):
                lines.append(line)
                line = ""
            line += word
        return [*lines, line]

    def _begin(self) -> None:
        self.y = A4[1] - 110
        if self.style.header:
            self.canvas.setFont(FONT, 9)
            self.canvas.drawCentredString(A4[0] / 2, A4[1] - 50, self.style.header)
        if self.style.watermark:
            self.canvas.saveState()
            self.canvas.translate(200, 400)
            self.canvas.rotate(45)
            self.canvas.setFont(FONT, 40)
            self.canvas.setFillColor(colors.lightgrey)
            self.canvas.drawString(0, 0, self.style.watermark)
            self.canvas.restoreState()

    def _end(self) -> None:
        if self.style.numbers:
            self.canvas.setFont(FONT, 10)
            self.canvas.drawCentredString(A4[0] / 2, 45, self.style.numbers.format(self.page))


def _words(text: str) -> list[str]:
    """What a line break keeps together: runs of ASCII; in ragged setting a character with the marks behind it."""
    words: list[str] = []
    for char in text:
        if words and char.isascii() and words[-1][-1].isascii() and char != " ":
            words[-1] += char
        else:
            words.append(char)
    return words
