"""Ruled tables of a PDF: pages with rules on them are found by pypdfium2, their cells read by pdfplumber."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus.readers import grids

_RULE = 3.0  # points: what is thinner is a rule
_LONG = 20.0  # points: what is shorter is a mark
_LEAST = 2  # rules in each direction, below which nothing can be a table (a letterhead has one red rule)
_INSIDE = 1.0  # points


@dataclass(frozen=True, slots=True)
class Table:
    """A table's place on its page (points from the upper left corner), and its rows as lines."""

    x0: float
    top: float
    x1: float
    bottom: float
    rows: tuple[str, ...]


def has_rules(page: Any) -> bool:
    """Whether a pypdfium2 page has enough rules, across and down, for a table."""
    import pypdfium2.raw as pdfium

    across = down = 0
    for shape in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=3):
        left, bottom, right, top = shape.get_bounds()
        wide, high = right - left > _LONG, top - bottom > _RULE
        across += wide
        down += high and (right - left <= _RULE or wide)
        if across >= _LEAST and down >= _LEAST:
            return True
    return False


@dataclass(slots=True)
class RuledTables:
    """The tables of a file's pages; pdfplumber opens it when the first page with rules comes."""

    path: Path
    unread: int = 0
    _pdf: Any = field(default=None)

    def on_page(self, index: int) -> list[Table]:
        """The tables of one page, from the upper one down; none, and counted, where pdfplumber can't read it."""
        import pdfplumber
        from pdfminer.pdfexceptions import PDFException
        from pdfplumber.utils.exceptions import PdfminerException

        try:
            if self._pdf is None:
                self._pdf = pdfplumber.open(self.path)
            page = self._pdf.pages[index]
            found = [_table(table) for table in page.find_tables()]
            page.close()
        except (PDFException, PdfminerException, ValueError, TypeError, KeyError, IndexError, AssertionError):
            self.unread += 1
            return []
        return sorted((table for table in found if table is not None), key=lambda table: table.top)

    def close(self) -> None:
        """Let go of the file."""
        if self._pdf is not None:
            self._pdf.close()


def _table(found: Any) -> Table | None:
    """A table of two columns and two rows at least; a frame around text is none."""
    texts: list[list[str | None]] = found.extract()
    if len(texts) < 2 or max(map(len, texts)) < 2:
        return None
    rows = [[_cell(found, row, column, texts) for column in range(len(texts[row]))] for row in range(len(texts))]
    x0, top, x1, bottom = found.bbox
    said = tuple(grids.lines_of(rows))
    return Table(x0, top, x1, bottom, said) if said else None


def _cell(found: Any, row: int, column: int, texts: Sequence[Sequence[str | None]]) -> grids.Cell:
    """The cell's text; of a merged cell the text that stands where it begins."""
    text = texts[row][column]
    if text is None:
        text = _covering_text(found, row, column, texts) or ""
    return grids.Cell(text)


def _covering_text(found: Any, row: int, column: int, texts: Sequence[Sequence[str | None]]) -> str | None:
    lefts = sorted({cell[0] for cell in found.cells})
    if column >= len(lefts):
        return None
    x, y = lefts[column] + _INSIDE, found.rows[row].bbox[1] + _INSIDE
    for above, line in enumerate(found.rows[: row + 1]):
        for before, cell in enumerate(line.cells):
            if cell is not None and cell[0] <= x <= cell[2] and cell[1] <= y <= cell[3]:
                return texts[above][before]
    return None
