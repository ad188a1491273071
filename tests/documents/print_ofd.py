"""Letters printed as OFD (GB/T 33190-2016), in the manner of office converters: a text object a line, lengths in mm."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from print_letter import A4, width_of
from specimens import package

MM = 25.4 / 72
OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def document(pages: list[str], templates: str = "", title: str = "关于整修灯塔的答复") -> dict[str, str | bytes]:
    """The parts of a file whose pages hold these layers; `templates` is a part that lies under each page."""
    count, width, height = range(len(pages)), A4[0] * MM, A4[1] * MM
    under = '<ofd:TemplatePage ID="90" BaseLoc="Tpls/Tpl_0/Content.xml"/>' if templates else ""
    uses = '<ofd:Template TemplateID="90" ZOrder="Background"/>' if templates else ""
    parts: dict[str, str | bytes] = {
        "OFD.xml": f"<ofd:OFD {OFD} Version='1.1' DocType='OFD'><ofd:DocBody><ofd:DocInfo>"
        f"<ofd:Title>{title}</ofd:Title></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {OFD}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 "
        f"{width:.2f} {height:.2f}</ofd:PhysicalBox></ofd:PageArea>{under}</ofd:CommonData><ofd:Pages>"
        + "".join(f'<ofd:Page ID="{number}" BaseLoc="Pages/Page_{number}/Content.xml"/>' for number in count)
        + "</ofd:Pages></ofd:Document>",
    }
    if templates:
        parts["Doc_0/Tpls/Tpl_0/Content.xml"] = page(templates)
    for number, layers in enumerate(pages):
        parts[f"Doc_0/Pages/Page_{number}/Content.xml"] = page(layers, uses)
    return parts


def page(layers: str, uses: str = "") -> str:
    return f'<ofd:Page {OFD}>{uses}<ofd:Content><ofd:Layer ID="1">{layers}</ofd:Layer></ofd:Content></ofd:Page>'


def text(words: str, x: float, y: float, size: float = 5.6, more: str = "", deltas: str | None = None) -> str:
    """A text object whose first character stands at x, y (its base line); `more` are attributes."""
    if deltas is None:
        deltas = " ".join(f"{width_of(char, size):.4f}" for char in words[:-1])
    delta = f' DeltaX="{deltas}"' if deltas else ""
    code = f'<ofd:TextCode X="0" Y="{size:.3f}"{delta}>{escape(words)}</ofd:TextCode>'
    box = f"{x:.4f} {y - size:.4f} 160 {size * 1.3:.2f}"
    return f'<ofd:TextObject ID="7" Boundary="{box}" Font="3" Size="{size:.4f}" {more}>{code}</ofd:TextObject>'


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
        self.path.write_bytes(package(document(self.pages)))
