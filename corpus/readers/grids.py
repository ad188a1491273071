"""Tables as lines of text: one row a line, cells joined by a bar, merged cells filled in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_Hanging = tuple[str, int]  # a cell's text, and how many more rows it covers
_NOTHING: _Hanging = ("", 0)
_MOST_COLUMNS = 64  # what stands beyond is no table of an office
_BLANK = re.compile(r"\s+")
_HAN_BREAK = re.compile(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as laid out: its text, the columns and the rows that it spans; `above` says it continues the one above."""

    text: str
    columns: int = 1
    rows: int = 1
    above: bool = False


def lines_of(rows: Sequence[Sequence[Cell]]) -> list[str]:
    """The table's rows as lines; a merged cell stands in each row and column that it covers, a full-width one once.

    >>> lines_of([[Cell("片区", rows=2), Cell("泊位", columns=2)], [Cell("2023年"), Cell("2024年")]])
    ['片区|泊位|泊位', '片区|2023年|2024年']
    """
    out: list[str] = []
    above: dict[int, _Hanging] = {}
    for row in rows:
        texts, above = _filled(row, above)
        if any(texts):
            out.append(texts[0] if len(row) == 1 and len(set(texts)) == 1 else "|".join(texts))
    return out


def _filled(row: Sequence[Cell], above: dict[int, _Hanging]) -> tuple[list[str], dict[int, _Hanging]]:
    """One row's texts by column, and what of it the next row may need."""
    texts: list[str] = []
    below: dict[int, _Hanging] = {}

    def put(text: str, rows_left: int) -> None:
        if len(texts) == _MOST_COLUMNS:
            return
        below[len(texts)] = (text, rows_left)
        texts.append(text)

    def put_hanging() -> None:
        while len(texts) < _MOST_COLUMNS and above.get(len(texts), _NOTHING)[1] > 0:
            text, rows_left = above[len(texts)]
            put(text, rows_left - 1)

    for cell in row:
        put_hanging()
        for _ in range(min(cell.columns, _MOST_COLUMNS)):
            put(above.get(len(texts), _NOTHING)[0] if cell.above else one_line(cell.text), cell.rows - 1)
    put_hanging()
    return texts, below


def one_line(text: str) -> str:
    """A cell's text on one line: no blank between Han, one between words."""
    return _BLANK.sub(" ", _HAN_BREAK.sub("", text.strip())).replace("|", "｜")
