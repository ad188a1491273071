"""Samples as pdf: printed letters with ruled tables and page numbers, an encrypted one, and a scan without any text."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from corpus.samples.letters import Line, Setting, blocks

FONT = "STSong-Light"  # one of the fonts that every pdf reader brings along: nothing to embed


def write_pdf(lines: tuple[Line, ...], path: Path, header: str | None = None, password: str | None = None) -> None:
    """A printed letter on A4: wrapped lines, “— 1 —” at the foot, `header` on top; `password` locks it."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.lib.units import mm
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import SimpleDocTemplate

    pdfmetrics.registerFont(UnicodeCIDFont(FONT))

    def decorate(canvas: Any, _template: Any) -> None:
        canvas.setFont(FONT, 10)
        if header:
            canvas.drawString(28 * mm, 280 * mm, header)
        canvas.drawCentredString(105 * mm, 16 * mm, f"— {canvas.getPageNumber()} —")

    lock = StandardEncryption(password, ownerPassword=password, canPrint=0) if password else None
    template = SimpleDocTemplate(
        str(path), pagesize=A4, leftMargin=28 * mm, rightMargin=26 * mm, topMargin=32 * mm, bottomMargin=28 * mm,
        title="", author="", invariant=1, encrypt=lock,
    )  # fmt: skip
    template.build([_flowable(block) for block in blocks(lines)], onFirstPage=decorate, onLaterPages=decorate)


def write_scan(path: Path) -> None:
    """One page that is a picture of a form: grey bars for writing, a red seal, no character to read."""
    from PIL import Image, ImageDraw
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    picture = Image.new("RGB", (620, 877), (250, 248, 244))
    pen = ImageDraw.Draw(picture)
    for row in range(26):
        pen.rectangle((70, 90 + row * 26, 320 + (row * 97) % 230, 100 + row * 26), fill=(70 + row % 5 * 9,) * 3)
    pen.ellipse((400, 690, 520, 810), outline=(200, 40, 40), width=5)
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    canvas.drawImage(ImageReader(picture), 0, 0, *A4)
    canvas.showPage()
    canvas.save()


def _flowable(block: tuple[Line, ...]) -> Any:
    from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    line = block[0]
    if line.setting is Setting.ROW:
        return _table(block)
    side = {Setting.CENTRED: TA_CENTER, Setting.RIGHT: TA_RIGHT}.get(line.setting, TA_LEFT)
    style = ParagraphStyle(
        "line", fontName=FONT, fontSize=15, leading=26, wordWrap="CJK", alignment=side,
        firstLineIndent=30 if line.setting is Setting.BODY else 0,
    )  # fmt: skip
    return Paragraph(escape(line.text), style)


def _table(rows: tuple[Line, ...]) -> Any:
    from reportlab.lib import colors
    from reportlab.platypus import Table, TableStyle

    rules = TableStyle(
        [
            ("FONT", (0, 0), (-1, -1), FONT, 12),
            ("GRID", (0, 0), (-1, -1), 0.7, colors.black),
            ("ALIGN", (0, 0), (-1, -1), "CENTER"),
        ]
    )
    return Table([row.cells for row in rows], style=rules, spaceBefore=6, spaceAfter=6)
