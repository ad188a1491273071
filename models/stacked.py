"""Tables that a web page gave one cell to a line: rows told by their numbers, or by a column of figures.

序号          乡镇
任务          任务（套）
完成时限      完成时限
1             怀德镇
新建书屋6座   3600
9月底         10月底
2             双城堡镇
…             …
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

_HEAD = re.compile(
    r"^[ \t\u3000]*(?:序号|编号|指标|单位|项目|乡镇|镇街|街道|县[市（]?区?|区县|20\d\d年"
    r"|[一-鿿]{0,6}(?:名称|任务|目标|时限|期限|时间|节点|投资|数量|规模|内容|面积|里程|金额|进展|完成情况)"
    r"(?:[（(][^()（）\n]{1,6}[)）])?"
    r"|[一-鿿]{1,8}[（(][^()（）\n]{1,6}[)）])[ \t\u3000]*$",
    re.MULTILINE,
)
_NUMBERS = ("序号", "编号")
_TITLE = re.compile(r"[一-鿿A-Za-z%（）()/、\d年月—\-“”]{1,16}$")
_DIGITS = re.compile(r"\d")
_YEARS = re.compile(r"20\d\d年?(?:[—\-]20\d\d年?)?(?:底|末)?")
_FIGURE = re.compile(r"[≥≤><=约]?\d[\d,.]*(?:%|[一-鿿/]{1,3})?$|[—\-/]$")
_REAL = re.compile(r"[≥≤><=约]?\d[\d,.]*(?:%|[一-鿿/]{1,3})?$")
_DAY = re.compile(r"20\d\d年|\d{1,2}月|^\d{11}$")
_WIDEST, _LONGEST_NAME, _FRONT = 8, 20, 4


class _Line(NamedTuple):
    """A line with words in it: its words, and where they begin and end in the text."""

    words: str
    start: int
    end: int


def stacked(text: str) -> list[tuple[int, int]]:
    r"""The stretches [start, end) between two cells of one row; each is a border of such a table.

    >>> stacked("乡镇\n任务（套）\n甲镇\n36\n乙镇\n29")
    [(2, 3), (11, 12), (17, 18)]
    >>> stacked("名称\n一、总则\n为了发展。")
    []
    """
    if not _HEAD.search(text):
        return []
    lines = list(_lines(text))
    gaps: list[tuple[int, int]] = []
    at = 0
    while at < len(lines):
        rows = _rows_at(lines, at)
        for row in rows:
            gaps += [(left.end, right.start) for left, right in pairwise(row)]
        at += sum(map(len, rows)) or 1
    return gaps


def _lines(text: str) -> Iterator[_Line]:
    start = 0
    for line in text.split("\n"):
        if words := line.strip():
            first = start + line.find(words)
            yield _Line(words, first, first + len(words))
        start += len(line) + 1


def _rows_at(lines: Sequence[_Line], at: int) -> list[Sequence[_Line]]:
    """The head that begins here and the rows under it; none where no table does."""
    if not _is_title(lines[at]):
        return []
    for wide in range(2, _WIDEST + 1):
        head = lines[at : at + wide]
        if len(head) < wide or not _is_title(head[-1]) or head[-1].words in _NUMBERS:
            return []
        if not any(_HEAD.match(line.words) for line in head):
            continue
        rows = _numbered(lines, at, wide) if head[0].words in _NUMBERS else _figured(lines, at, wide)
        if len(rows) > 1:
            return [head, *rows]
    return []


def _is_title(line: _Line) -> bool:
    return bool(_TITLE.match(line.words)) and not _DIGITS.search(_YEARS.sub("", line.words))


def _numbered(lines: Sequence[_Line], at: int, wide: int) -> list[Sequence[_Line]]:
    """The rows 1, 2, 3 …, most of them of as many lines; one may lack a cell that spans two rows, or have one more."""
    rows: list[Sequence[_Line]] = []
    start = at + wide
    while start < len(lines) and _is_number(lines[start], len(rows) + 1):
        sizes = (wide, wide - 1, wide + 1, wide - 2)
        size = next((size for size in sizes if _begins(lines, start + size, len(rows) + 2)), wide)
        if start + size > len(lines):
            break
        rows.append(lines[start : start + size])
        start += size
    even = sum(len(row) == wide for row in rows)
    return rows if even * 2 > len(rows) else []


def _is_number(line: _Line, number: int) -> bool:
    return line.words.rstrip(".、") == str(number)


def _begins(lines: Sequence[_Line], at: int, number: int) -> bool:
    return at < len(lines) and _is_number(lines[at], number)


def _figured(lines: Sequence[_Line], at: int, wide: int) -> list[Sequence[_Line]]:
    """The rows that a name opens and in which one column holds nothing but figures."""
    rows: list[Sequence[_Line]] = []
    columns = set(range(1, wide))
    start = at + wide
    while start + wide <= len(lines):
        row = lines[start : start + wide]
        full = {column for column in columns if _FIGURE.match(row[column].words)}
        named = (
            len(row[0].words) <= _LONGEST_NAME and row[0].words[-1] not in "。；;：:" and not _REAL.match(row[0].words)
        )
        real = any(_REAL.match(row[column].words) and not _DAY.search(row[column].words) for column in full)
        if not named or not real:
            break
        columns = full
        rows.append(row)
        start += wide
    return rows
