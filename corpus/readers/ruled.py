"""Ruled tables of printed pages: their cells are found and read by pdfplumber, on a PDF's page or from rules alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from corpus.readers import grids
from corpus.readers.glyphs import Glyph
from corpus.readers.printed import PrintedLine

_RULE = 3.0  # points: what is thinner is a rule
_LONG = 20.0  # points: what is shorter is a mark
_LEAST = 2  # rules in each direction, below which nothing can be a table (a letterhead has one red rule)
_INSIDE = 1.0  # points
_MOST = 5_000  # rules on a page: beyond it is a drawing


@dataclass(frozen=True, slots=True)
class Table:
    """A table's place on its page (points from the upper left corner), and its rows as lines."""

    x0: float
    top: float
    x1: float
    bottom: float
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line on a page, across or down, in points from the upper left corner."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def across(self) -> bool:
        """Whether it lies rather than stands."""
        return self.bottom - self.top < self.x1 - self.x0


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
            found = _tables(page.find_tables())
            page.close()
        except (PDFException, PdfminerException, ValueError, TypeError, KeyError, IndexError, AssertionError):
            self.unread += 1
            return []
        return found

    def close(self) -> None:
        """Let go of the file."""
        if self._pdf is not None:
            self._pdf.close()


def tables_between(rules: Sequence[Rule], glyphs: Iterable[Glyph]) -> list[Table]:
    """The tables that rules make, with the characters between them, from the upper one down."""
    across = sum(rule.across for rule in rules)
    if min(across, len(rules) - across) < _LEAST or len(rules) > _MOST:
        return []
    from pdfplumber.table import TableFinder

    page: Any = SimpleNamespace(edges=list(map(_edge, rules)), chars=list(map(_char, glyphs)))
    return _tables(TableFinder(page).tables)


def with_tables(found: Iterable[PrintedLine], tables: Sequence[Table], page: int) -> list[PrintedLine]:
    """The page's lines with each table's rows in the place of what was printed inside it."""
    out: list[PrintedLine] = []
    told: set[int] = set()
    for line in found:
        number = next((number for number, table in enumerate(tables) if _inside(line, table)), None)
        if number is None:
            out.append(line)
        elif number not in told:
            told.add(number)
            out += [_row(text, tables[number], page) for text in tables[number].rows]
    return out


def _inside(line: PrintedLine, table: Table) -> bool:
    return table.top < line.base - 1 < table.bottom and table.x0 < (line.x0 + line.x1) / 2 < table.x1


def _row(text: str, table: Table, page: int) -> PrintedLine:
    return PrintedLine(text, page, table.x0, table.x1, table.top, table.bottom, 0.0, None, row=True)


def _edge(rule: Rule) -> dict[str, Any]:
    """A rule as pdfplumber knows it."""
    width, height = rule.x1 - rule.x0, rule.bottom - rule.top
    place = {"x0": rule.x0, "x1": rule.x1, "top": rule.top, "doctop": rule.top, "bottom": rule.bottom}
    return {
        **place, "width": width, "height": height, "object_type": "line", "orientation": "h" if rule.across else "v",
    }  # fmt: skip


def _char(glyph: Glyph) -> dict[str, Any]:
    """A character as pdfplumber knows it."""
    top = glyph.base - glyph.size
    place = {"x0": glyph.left, "x1": glyph.right, "top": top, "doctop": top, "bottom": glyph.base}
    return {**place, "text": glyph.char, "upright": True}


def _tables(found: Iterable[Any]) -> list[Table]:
    tables = (_table(table) for table in found)
    return sorted((table for table in tables if table is not None), key=lambda table: table.top)


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
