"""A Word paper in the making: titles, paragraphs, tables whose heads repeat, pictures; then its bytes.

A document's own words are set as text and nothing else. The same content gives the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from outputs.letters.styles import (
    BODY,
    CAPTION,
    HEADING,
    MARK,
    SOURCE,
    TABLE_HEAD,
    TABLE_TEXT,
    TITLE,
    dress,
)

# What XML forbids, and marks that turn the direction of the text around: a quotation must read as it stands.
_HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
_BROKEN = re.compile("[\ud800-\udfff]")
_WHOLE_ROW = 600  # characters of a cell up to which a row is kept on one page


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of a cell, in a style of `styles.py`."""

    text: str
    style: str = TABLE_TEXT
    bold: bool = False
    side: str | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a cell; `words` say the same to those who can't see it."""

    png: bytes
    width: float  # mm
    words: str


Cell = Sequence[Line | Picture]


@dataclass(frozen=True, slots=True)
class Head:
    """A column: its title and its width in mm."""

    title: str
    width: float


def clean(text: str) -> str:
    """The text without what can't be printed; what a program broke is shown as �.

    >>> clean("建\\x00成\\u202e3座")
    '建成3座'
    """
    return _BROKEN.sub("\ufffd", _HIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))


class Letter:
    """A paper: add from top to bottom, then take its bytes."""

    def __init__(self, title: str, day: date, *, draft: str = "") -> None:
        """`draft` stands above the title and on every page."""
        from docx import Document

        self._document = Document()
        dress(self._document)
        self._styles = {style.name: style.style_id for style in self._document.styles}
        self._figures = 0
        properties = self._document.core_properties
        properties.author = properties.last_modified_by = "duban"
        properties.title, properties.comments, properties.language = clean(title), "", "zh-CN"
        properties.created = properties.modified = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - no hour
        if draft:
            self._mark(draft)
        self._paragraph(title, TITLE)

    def heading(self, text: str) -> None:
        """一、总体情况."""
        self._paragraph(text, HEADING)

    def body(self, text: str) -> None:
        """A paragraph of running text."""
        self._paragraph(text, BODY)

    def lead_in(self, text: str) -> None:
        """A paragraph that stays with the table that it announces."""
        self._paragraph(text, BODY).paragraph_format.keep_with_next = True

    def plain(self, text: str, side: str = "left") -> None:
        """A line without indent: whom a letter goes to, who signs it."""
        self._paragraph(text, "Normal", side)

    def closing(self, *lines: str) -> None:
        """Who signs, and when: together, never alone on a page."""
        for line in lines:
            self._paragraph(line, "Normal", "right").paragraph_format.keep_with_next = True

    def gap(self) -> None:
        """An empty line."""
        self._paragraph("", "Normal")

    def note(self, text: str) -> None:
        """Small print below a table."""
        self._paragraph(text, SOURCE)

    def caption(self, text: str) -> None:
        """Above a table or a figure."""
        self._paragraph(text, CAPTION)

    def table(self, heads: Sequence[Head], rows: Sequence[Sequence[Cell]], *, lined: bool = True) -> None:
        """A table whose head stands on every page; rows are kept whole unless they are very long."""
        table = self._document.add_table(rows=0, cols=len(heads), style="Table Grid" if lined else None)
        _fixed(table, heads)
        if any(head.title for head in heads):
            row = self._row(table, heads, [[Line(head.title, TABLE_HEAD)] for head in heads])
            _row_property(row, "w:tblHeader")
        for cells in rows:
            self._row(table, heads, cells)

    def save(self) -> bytes:
        """The file."""
        out = io.BytesIO()
        self._document.save(out)
        return _timeless(out.getvalue())

    def _row(self, table: Any, heads: Sequence[Head], cells: Sequence[Cell]) -> Any:
        from docx.shared import Mm

        row = table.add_row()
        for place, head, cell in zip(row.cells, heads, cells, strict=True):
            place.width = Mm(head.width)
            self._fill(place, cell)
        if all(sum(len(line.text) for line in cell if isinstance(line, Line)) <= _WHOLE_ROW for cell in cells):
            _row_property(row, "w:cantSplit")
        return row

    def _fill(self, place: Any, cell: Cell) -> None:
        from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT as VERTICAL

        place.vertical_alignment = VERTICAL.CENTER
        for number, line in enumerate(cell):
            paragraph = place.paragraphs[0] if number == 0 else place.add_paragraph()
            if isinstance(line, Picture):
                self._picture(paragraph, line)
                continue
            self._dress(paragraph, line.style)
            run = paragraph.add_run(clean(line.text))
            run.bold = line.bold or None
            if line.side:
                paragraph.alignment = _side(line.side)
        if not cell:
            self._dress(place.paragraphs[0], TABLE_TEXT)

    def _picture(self, paragraph: Any, picture: Picture) -> None:
        from docx.shared import Mm

        self._dress(paragraph, TABLE_TEXT)
        self._figures += 1
        shape = paragraph.add_run().add_picture(io.BytesIO(picture.png), width=Mm(picture.width))
        for side in "TBLR":
            shape._inline.set(f"dist{side}", "0")
        shape._inline.docPr.set("descr", clean(picture.words))
        shape._inline.docPr.set("id", str(self._figures))

    def _dress(self, paragraph: Any, style: str) -> None:
        """Sets a style by its id: looking styles up by name takes most of the time of a long table."""
        paragraph._p.style = self._styles[style]

    def _paragraph(self, text: str, style: str, side: str | None = None) -> Any:
        paragraph = self._document.add_paragraph(clean(text), style=style)
        if side:
            paragraph.alignment = _side(side)
        return paragraph

    def _mark(self, draft: str) -> None:
        section = self._document.sections[0]
        for header in (section.header, section.even_page_header):
            header.paragraphs[0].style = self._document.styles[MARK]
            header.paragraphs[0].add_run(clean(draft))


def _side(name: str) -> Any:
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN

    return {"center": ALIGN.CENTER, "left": ALIGN.LEFT, "right": ALIGN.RIGHT}[name]


def _fixed(table: Any, heads: Sequence[Head]) -> None:
    """Columns as wide as said, whatever stands in them."""
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm

    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, head in zip(table.columns, heads, strict=True):
        column.width = Mm(head.width)
    margins = OxmlElement("w:tblCellMar")
    for side, room in (("top", 40), ("left", 70), ("bottom", 40), ("right", 70)):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(room))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    properties = table._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    properties.insert(len(properties) if look is None else properties.index(look), margins)


def _row_property(row: Any, name: str) -> None:
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _timeless(content: bytes) -> bytes:
    """The same archive without the hour at which its parts were written, and without the template's own thumbnail."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in given.namelist():
            part = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            part.compress_type = zipfile.ZIP_DEFLATED
            kept.writestr(part, given.read(name))
    return out.getvalue()
