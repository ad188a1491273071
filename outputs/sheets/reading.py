"""The sheets of a workbook as lines with heads, whoever saved it: sizes that lie, titles above, columns moved."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.errors import NotOurLedger
from models.ids import RecordId
from outputs.sheets.editable import Given, shown

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

MOST_LINES, MOST_PASSAGES = 50_000, 200_000
_HEAD_WITHIN = 30  # lines in which the heads are looked for: somebody may have put a title above them
Heads = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell holds, and whether it is a formula or a fault of one."""

    value: Given
    formula: bool = False
    error: bool = False


_EMPTY = Cell(None)


class Watched(FileIO):
    """A file that tells how many of its bytes were read so far, again and again."""

    def __init__(self, path: Path, told: Callable[[int], None] | None = None) -> None:
        super().__init__(path)
        self._told, self._read = told, 0

    def read(self, size: int | None = -1, /) -> bytes:
        """As of any file."""
        found = super().read(-1 if size is None else size)
        self._read += len(found)
        if self._told:
            self._told(self._read)
        return found


@dataclass(frozen=True, slots=True)
class Line:
    """A line that isn't empty: its number in the sheet, and its cells by title."""

    number: int
    cells: Mapping[str, Cell]

    def at(self, title: str) -> Cell:
        """The cell under a head."""
        return self.cells.get(title, _EMPTY)

    def id(self, title: str) -> RecordId:
        """The id that stands under a head."""
        return RecordId("".join(shown(self.at(title).value).split()))


def lines_of(sheet: Any, is_head: Callable[[Heads], bool], most: int = MOST_LINES) -> tuple[Heads, list[Line]] | None:
    """The heads of a sheet and its lines. None: no line of it are such heads."""
    sheet.reset_dimensions()  # what a program wrote of the sheet's size may be wrong
    titles: Heads = ()
    lines: list[Line] = []
    for number, row in enumerate(sheet.iter_rows(), start=1):
        if not titles:
            heads = tuple("".join(shown(cell.value).split()) for cell in row)
            titles = heads if is_head(heads) else ()
            if not titles and number > _HEAD_WITHIN:
                return None
        elif any(cell.value is not None for cell in row):
            lines.append(Line(number, _by_title(titles, row)))
            if len(lines) > most:
                raise _too_many(most)
    return (titles, lines) if titles else None


def hidden_lines(book: Workbook, name: str) -> list[tuple[str, str]]:
    """The first two cells of each line of a sheet; empty where there is none."""
    sheets: list[Any] = [one for one in book.worksheets if one.title == name]
    if not sheets:
        return []
    sheets[0].reset_dimensions()
    rows = (row for row in sheets[0].iter_rows(max_col=2, values_only=True) if row and row[0] is not None)
    return [(shown(row[0]), shown(row[1] if len(row) > 1 else None)) for row in _bounded(rows)]


def _too_many(most: int) -> NotOurLedger:
    return NotOurLedger(f"行数太多：最多 {most} 行")


def _bounded(rows: Iterable[Any]) -> Iterator[Any]:
    for number, row in enumerate(rows):
        if number > MOST_LINES + MOST_PASSAGES:
            raise _too_many(MOST_LINES + MOST_PASSAGES)
        yield row


def _by_title(titles: Sequence[str], row: Sequence[Any]) -> dict[str, Cell]:
    """The cells by the heads above them; of two columns of one head the first."""
    cells: dict[str, Cell] = {}
    for title, cell in zip(titles, row, strict=False):
        if title and title not in cells and cell.value is not None:
            cells[title] = Cell(cell.value, cell.data_type == "f", cell.data_type == "e")
    return cells
