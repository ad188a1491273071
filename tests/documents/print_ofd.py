"""Letters printed as OFD (GB/T 33190-2016), in the manner of office converters: a text object a line, lengths in mm."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from print_letter import A4, width_of

from corpus.samples.ofd import MM, document, packed, text_object


def text(words: str, x: float, y: float, size: float = 5.6, more: str = "", deltas: str | None = None) -> str:
    """A text object whose first character stands at x, y (its base line); `more` are attributes."""
    if deltas is None:
        deltas = " ".join(f"{width_of(char, size):.4f}" for char in words[:-1])
    return text_object(words, x, y, size, deltas, more)


class OfdCanvas:
    """Takes what a letter's printer draws, as a PDF canvas does (points from the lower edge)."""

    def __init__(self, path: Path) -> None:
        self.path, self.size, self.turned = path, 16.0, False
        self.pages = [""]

    def setFont(self, _name: str, size: float) -> None:
        self.size = size

    def drawString(self, x: float, y: float, words: str) -> None:
        more = 'CTM="0.7 0.7 -0.7 0.7 0 0"' if self.turned else ""
        self.pages[-1] += text(words, x * MM, (A4[1] - y) * MM, self.size * MM, more)

    def drawCentredString(self, x: float, y: float, words: str) -> None:
        self.drawString(x - width_of(words, self.size) / 2, y, words)

    def showPage(self) -> None:
        self.pages.append("")

    def rotate(self, _angle: float) -> None:
        self.turned = True

    def restoreState(self) -> None:
        self.turned = False

    def saveState(self) -> None: ...

    def translate(self, _x: float, _y: float) -> None: ...

    def setFillColor(self, _colour: Any) -> None: ...

    def save(self) -> None:
        self.path.write_bytes(packed(document(self.pages, title="关于整修灯塔的答复")))
