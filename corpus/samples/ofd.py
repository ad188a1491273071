"""Samples as OFD (GB/T 33190-2016), in the manner of office converters: a text object a line, lengths in mm."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from itertools import groupby, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.sax.saxutils import escape

from corpus.samples.letters import Line
from corpus.samples.prints import write_pdf

MM = 25.4 / 72
A4 = (210.0, 297.0)
_XMLNS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_FIXED = (1980, 1, 1, 0, 0, 0)  # the clock of every part, so that the same text gives the same file


def write_ofd(lines: tuple[Line, ...], path: Path, header: str | None = None) -> None:
    """A printed letter: what the pdf of it shows, characters and rules of tables at the same places."""
    import pdfplumber

    with TemporaryDirectory() as folder:
        printed = Path(folder) / "letter.pdf"
        write_pdf(lines, printed, header)
        with pdfplumber.open(printed) as pdf:
            pages = ["".join([*map(_line, _lines_of(page.chars)), *map(_rule, page.edges)]) for page in pdf.pages]
    path.write_bytes(packed(document(pages)))


def document(pages: Sequence[str], templates: str = "", title: str = "") -> dict[str, str | bytes]:
    """The parts of a file whose pages hold these layers; `templates` is a part that lies under each page."""
    under = '<ofd:TemplatePage ID="90" BaseLoc="Tpls/Tpl_0/Content.xml"/>' if templates else ""
    uses = '<ofd:Template TemplateID="90" ZOrder="Background"/>' if templates else ""
    parts: dict[str, str | bytes] = {
        "OFD.xml": f"<ofd:OFD {_XMLNS} Version='1.1' DocType='OFD'><ofd:DocBody><ofd:DocInfo>"
        f"<ofd:Title>{title}</ofd:Title></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {_XMLNS}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 "
        f"{A4[0]:.2f} {A4[1]:.2f}</ofd:PhysicalBox></ofd:PageArea>{under}</ofd:CommonData><ofd:Pages>"
        + "".join(
            f'<ofd:Page ID="{number}" BaseLoc="Pages/Page_{number}/Content.xml"/>' for number in range(len(pages))
        )
        + "</ofd:Pages></ofd:Document>",
    }
    if templates:
        parts["Doc_0/Tpls/Tpl_0/Content.xml"] = _page(templates)
    for number, layers in enumerate(pages):
        parts[f"Doc_0/Pages/Page_{number}/Content.xml"] = _page(layers, uses)
    return parts


def text_object(words: str, x: float, y: float, size: float, deltas: str, more: str = "") -> str:
    """A text object whose first character stands at x, y (its base line); `deltas` from one character to the next."""
    delta = f' DeltaX="{deltas}"' if deltas else ""
    code = f'<ofd:TextCode X="0" Y="{size:.3f}"{delta}>{escape(words)}</ofd:TextCode>'
    box = f"{x:.4f} {y - size:.4f} 160 {size * 1.3:.2f}"
    return f'<ofd:TextObject ID="7" Boundary="{box}" Font="3" Size="{size:.4f}" {more}>{code}</ofd:TextObject>'


def path_object(data: str, x: float, y: float, wide: float, high: float) -> str:
    """A path whose numbers are counted from the upper left corner of its box."""
    return (
        f'<ofd:PathObject ID="8" Boundary="{x:.4f} {y:.4f} {wide:.4f} {high:.4f}" LineWidth="0.25">'
        f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """The parts as a file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _FIXED), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _page(layers: str, uses: str = "") -> str:
    return f'<ofd:Page {_XMLNS}>{uses}<ofd:Content><ofd:Layer ID="1">{layers}</ofd:Layer></ofd:Content></ofd:Page>'


def _lines_of(chars: Sequence[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Characters of a page by their base lines, in the order of printing."""
    return [list(line) for _, line in groupby(chars, lambda char: round(char["bottom"]))]


def _line(chars: Sequence[dict[str, Any]]) -> str:
    first = chars[0]
    deltas = " ".join(f"{(after['x0'] - char['x0']) * MM:.4f}" for char, after in pairwise(chars))
    words = "".join(char["text"] for char in chars)
    return text_object(words, first["x0"] * MM, first["bottom"] * MM, first["size"] * MM, deltas)


def _rule(edge: dict[str, Any]) -> str:
    wide, high = edge["width"] * MM, edge["height"] * MM
    return path_object(f"M 0 0 L {wide:.4f} {high:.4f}", edge["x0"] * MM, edge["top"] * MM, wide, high)
