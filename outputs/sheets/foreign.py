"""Another office's workbook as lines under heads: titles above them, merged heads, merged cells, counted columns.

A merged cell says what it says in every cell that it covers: that is how such ledgers tell that three promises belong
to one suggestion. An empty cell that isn't merged stays empty.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from models.errors import NotOurLedger
from models.foreign import ForeignBook, ForeignLine, ForeignSheet, distinct
from outputs.sheets.editable import shown
from outputs.sheets.proposing import known_heads
from outputs.sheets.reading import Watched

if TYPE_CHECKING:
    from pathlib import Path

MOST_LINES, MOST_COLUMNS = 5_000, 80
_MOST_ROWS = 30_000  # of one sheet, also those that are only ruled
_HEAD_WITHIN, _HIGHEST_HEAD = 15, 3  # lines
_LEAST_KNOWN = 2  # heads that are known: fewer, and it is no head
_SPACES = re.compile(r"\s+")

Grid = list[list[str]]
Area = tuple[int, int, int, int]  # first line, first column, last line, last column; from 0


def take_foreign(path: Path, told: Callable[[int], None] | None = None) -> ForeignBook:
    """The sheets of a workbook that have heads. NotOurLedger: none has."""
    from openpyxl import load_workbook

    _refuse_long(path)
    with Watched(path, told) as stream:
        try:
            book = load_workbook(stream, data_only=True, keep_links=False)
        except Exception as error:  # openpyxl raises whatever a broken part makes it stumble over
            raise NotOurLedger(f"打不开，不是完好的 xlsx 工作簿（{type(error).__name__}）") from error
    found = [read for sheet in book.worksheets if sheet.sheet_state == "visible" and (read := _sheet_of(sheet))]
    if not found:
        raise NotOurLedger(
            "认不出表头：前 15 行里没有一行写着案号、承办单位、承诺事项、完成时限一类的列名。"
            "从 duban 导出的台账，请确认没有删掉隐藏的“duban”表"
        )
    found.sort(key=lambda one: (-known_heads(one.heads), -len(one.lines)))
    return ForeignBook(tuple(found))


def _refuse_long(path: Path) -> None:
    """NotOurLedger for a workbook of so many lines, empty ones too, that reading it would be for nothing and take a
    minute."""
    lines = 0
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                lines = max(lines, package.read(name).count(b"<row "))
    if lines > _MOST_ROWS:
        raise NotOurLedger(
            f"行数太多：有一张工作表有 {lines} 行（空行也算），最多 {MOST_LINES} 行有字。请删掉空行，或者分几次导"
        )


def _sheet_of(sheet: Any) -> ForeignSheet | None:
    grid = [[_said(cell) for cell in row[:MOST_COLUMNS]] for row in sheet.iter_rows()]
    while grid and not any(grid[-1]):
        grid.pop()
    merged = [(m.min_row - 1, m.min_col - 1, m.max_row - 1, m.max_col - 1) for m in sheet.merged_cells.ranges]
    return read_grid(sheet.title, grid, merged)


def _said(cell: Any) -> str:
    """What a cell says; a formula's value is what the spreadsheet last reckoned."""
    return "" if cell.value is None or cell.data_type == "e" else shown(cell.value).strip()


@dataclass(frozen=True, slots=True)
class _Head:
    first: int
    last: int
    heads: tuple[str, ...]
    known: int


def read_grid(name: str, grid: Grid, merged: Sequence[Area] = ()) -> ForeignSheet | None:
    """The lines of a sheet under its heads; None: it has none.

    >>> read_grid("一", [["交办台账", ""], ["建议编号", "承诺事项"], ["12", "新建公厕3座"]], [(0, 0, 0, 1)]).heads
    ('建议编号', '承诺事项')
    """
    width = max(map(len, grid), default=0)
    filled = [row + [""] * (width - len(row)) for row in grid]
    for area in merged:
        _fill(filled, area)
    head = _head_of(filled, merged)
    if head is None:
        return None
    kept = [column for column in range(width) if any(row[column] for row in filled[head.first :])]
    letters = tuple(_letter(column) for column in kept)
    lines, apart = [], []
    for index, row in enumerate(filled[head.last + 1 :], start=head.last + 2):
        values = tuple(row[column] for column in kept)
        if not any(values):
            continue
        if _is_apart(values):
            apart.append(index)
        else:
            lines.append(ForeignLine(index, values))
    if len(lines) > MOST_LINES:
        raise NotOurLedger(f"行数太多：最多 {MOST_LINES} 行，请分几次导")
    title = " ".join(dict.fromkeys(said for row in filled[: head.first] for said in row if said))[:200]
    heads = distinct((head.heads[column] for column in kept), letters)
    return ForeignSheet(name, title, head.first + 1, head.last + 1, letters, heads, tuple(lines), tuple(apart))


def _fill(grid: Grid, area: Area) -> None:
    """Writes what a merged cell says into every cell that it covers."""
    top, left, bottom, right = area
    if top >= len(grid) or left >= len(grid[top]):
        return
    said = grid[top][left]
    for row in grid[top : bottom + 1]:
        row[left : right + 1] = [said] * len(row[left : right + 1])


def _head_of(grid: Grid, merged: Sequence[Area]) -> _Head | None:
    """The lines that are the heads: those whose columns are known best; of equals the first and lowest."""
    found: _Head | None = None
    for first in range(min(_HEAD_WITHIN, len(grid))):
        last = _last_of_head(grid, first, merged)
        heads = tuple(_joined(row[column] for row in grid[first : last + 1]) for column in range(len(grid[first])))
        known = known_heads(heads)
        if len(set(heads) - {""}) > 1 and known >= _LEAST_KNOWN and (found is None or known > found.known):
            found = _Head(first, last, heads, known)
    return found


def _last_of_head(grid: Grid, first: int, merged: Sequence[Area]) -> int:
    """Where a head that begins in a line ends: merged cells tell."""
    last = first
    for _ in range(_HIGHEST_HEAD):
        across = [m for m in merged if m[0] == last and m[2] == last and 1 < m[3] - m[1] + 1 < len(grid[first])]
        down = [m[2] for m in merged if first <= m[0] <= last < m[2] and m[2] < first + _HIGHEST_HEAD]
        if not across and not down:
            break
        last = max([*down, last + 1 if across and not down else last])
    return min(last, len(grid) - 1)


def _joined(parts: Iterable[str]) -> str:
    return "/".join(dict.fromkeys(said for part in parts if (said := _SPACES.sub("", part))))


def _is_apart(values: Sequence[str]) -> bool:
    """A line of column numbers (1 2 3 4), or one text across all columns: 一、市交通局."""
    said = [value for value in values if value]
    if len(values) > 2 and len(said) == len(values) and len(set(said)) == 1:
        return True
    if values[0] in ("合计", "总计", "小计"):
        return True
    return len(said) > 2 and said == [str(number) for number in range(1, len(said) + 1)]


def _letter(column: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(column + 1))
