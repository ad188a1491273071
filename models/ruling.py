"""Tables printed with tabs or wide blanks, as texts copied from Word and from pages hold them, ruled with bars.

序号　项目　投资（万元）　时限        序号|项目|投资（万元）|时限
1　　老街改造　　820　　6月底    ->   1|　老街改造|　820|　6月底
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from models.stacked import stacked

_WIDE = "\u3000"
_TAB = re.compile(r" *\t *")
_BLANKS = re.compile(rf"{_WIDE}[{_WIDE} ]*| {{2,}}| {_WIDE}[{_WIDE} ]*")
_NUMBER = re.compile(r"[≥≤><=约]?\d[\d,.]*(?:%|[一-鿿/]{1,4})?$")
_DAY = re.compile(r"月\d{1,2}日|\d{5}|姓名|电话|手机|代表证")  # a form's, and a list of people's
_HOLDS = re.compile(r"\d")
_CAPTION = re.compile(
    r"(?:附?表|专栏|附件|图)\s?[\d一二三四五六七八九十]{1,3}(?:[-—.]\d{1,2})?\s|第[一二三四五六七八九十百]{1,4}[章节条篇]\s"
)
_EVEN = re.compile(r"^[^\s|]+ [^\s|]+ [^\s|]+(?: [^\s|]+)*[ ]?$", re.MULTILINE)
_SENTENCE = re.compile(r"[。；;：:，,|\t\u3000]|  ")
_YEARS = re.compile(r"20\d\d(?:年|[-—]20\d\d)?|\d{1,2}(?=月|季度)")
_FIGURE = re.compile(r"[≥≤><=约]?\d[\d,.]*(?:%|[一-鿿/]{1,4})?$|[—\-/]$")
_LONGEST = 400  # characters of a row
_LINES = 4  # a table of one cell a line has more


class _Row(NamedTuple):
    """A line that blanks divide: where it begins, its gaps as [start, end) within it, and its cells."""

    start: int
    gaps: tuple[tuple[int, int], ...]
    cells: tuple[str, ...]
    tabs: bool


def ruled(text: str) -> str:
    r"""The text with a bar for each border of such a table, character for character; other lines stay as they are.

    >>> ruled("指标\t计划\t完成\n造林\t12\t13")
    '指标|计划|完成\n造林|12|13'
    >>> ruled("张　三　联系电话\n一、总则")
    '张　三　联系电话\n一、总则'
    """
    even = (*_even_blocks(text), *_numbered_blocks(text))
    borders = sorted({at for block in even for row in block for at, _ in _shifted(row)})
    if "\t" in text or _WIDE in text or "  " in text:
        borders += [at for block in map(_under_head, _blocks(text)) if _is_table(block) for at in _borders(block)]
    gaps = stacked(text) if text.count("\n") > _LINES else []
    if not borders and not gaps:
        return text
    marked = list(text)
    for start, end in gaps:
        marked[start:end] = "|".ljust(end - start)
    for at in borders:
        marked[at] = "|"
    return "".join(marked)


def _blocks(text: str) -> Iterator[list[_Row]]:
    """Lines one below the other that blanks divide."""
    for divided, rows in groupby(_rows(text), key=lambda row: row is not None):
        if divided:
            yield [row for row in rows if row is not None]


def _rows(text: str) -> Iterator[_Row | None]:
    start = 0
    for line in text.split("\n"):
        yield _row(line, start)
        start += len(line) + 1


def _row(line: str, start: int) -> _Row | None:
    """A line as a row; None where no blank divides it, or it is a sentence."""
    bare = line.strip()
    tabs = "\t" in bare
    if not (tabs or _WIDE in bare or "  " in bare) or len(bare) > _LONGEST or "|" in bare:
        return None
    if not tabs and _CAPTION.match(bare):
        return None  # 表2　重点项目 between two tables is the name of the second; 第三章　保障 is a heading
    at = line.find(bare)
    pattern = _TAB if tabs else _BLANKS
    gaps = tuple(found.span() for found in pattern.finditer(bare))
    edges = [0, *(edge for gap in gaps for edge in gap), len(bare)]
    cells = tuple(bare[left:right] for left, right in zip(edges[::2], edges[1::2], strict=True))
    if not tabs and any("。" in cell for cell in cells):
        return None
    return _Row(start + at, gaps, cells, tabs)


def _under_head(block: list[_Row]) -> list[_Row]:
    """The rows from the head on, which has three cells, or two behind tabs: 附件　项目清单 in front is a title."""
    first = next((at for at, row in enumerate(block) if len(row.cells) > 2 or row.tabs), len(block))
    return block[first:]


def _is_table(block: list[_Row]) -> bool:
    """A head of words (编　　号　收到日期 is a form's label) with numbers under it, in rows cut as it is."""
    if len(block) < 2 or any(len(cell) < 2 or _DAY.search(cell) for cell in block[0].cells):
        return False
    wide = len(block[0].cells)
    alike = [row for row in block[1:] if len(row.cells) == wide]
    if not alike or (wide == 2 and len(alike) < 2):
        return False
    if any(_NUMBER.match(cell) for row in alike for cell in row.cells[1:]):
        return True
    held = sum(1 for row in alike if any(_HOLDS.search(cell) and not _DAY.search(cell) for cell in row.cells[1:]))
    return held > 0 and held * 2 >= len(block) - 1


def _even_blocks(text: str) -> Iterator[list[_Row]]:
    """Lines divided by single blanks alone, as copying from a page leaves a table's: a head without numbers but years,
    and two rows or more with as many cells, whose numbers stand in the same columns.

    指标名称 2020年 2025年 属性
    床位总量 1.86万张 2.24万张 预期性
    """
    if text.count(" ") < 6 or not _EVEN.search(text):
        return
    for divided, rows in groupby(_even_rows(text), key=lambda row: row is not None and len(row.cells)):
        block = [row for row in rows if row is not None]
        if divided and len(block) > 2 and _is_even_table(block):
            yield block


def _even_rows(text: str) -> Iterator[_Row | None]:
    start = 0
    for line in text.split("\n"):
        cells = tuple(line.strip().split(" "))
        even = 3 <= len(cells) <= 12 and len(line) < 160 and all(cells) and not _SENTENCE.search(line)
        gaps = tuple((found.start(), found.end()) for found in re.finditer(" ", line.strip())) if even else ()
        yield _Row(start + len(line) - len(line.lstrip()), gaps, cells, False) if even else None
        start += len(line) + 1


_NUMBERED_HEAD = re.compile(r"^[ \t]*序号(?: [^\s\d|]{2,8}){2,7}[ ]*$", re.MULTILINE)


def _numbered_blocks(text: str) -> Iterator[list[_Row]]:
    """A head 序号 任务 年度目标 完成时限 and the rows 1, 2, 3 … under it, of as many cells, whatever these hold.

    序号 任务 年度目标 完成时限
    1 停车设施 新增泊位300个，其中充电泊位60个 9月底
    """
    for head in _NUMBERED_HEAD.finditer(text):
        wide, start = len(head[0].split()), head.start()
        block: list[_Row] = []
        for line in text[start:].split("\n"):
            bare = line.strip()
            cells = tuple(bare.split(" "))
            if len(cells) != wide or not all(cells) or (block and cells[0] != str(len(block))):
                break
            gaps = tuple((found.start(), found.end()) for found in re.finditer(" ", bare))
            block.append(_Row(start + line.find(bare), gaps, cells, False))
            start += len(line) + 1
        if len(block) > 2:
            yield block


def _is_even_table(block: list[_Row]) -> bool:
    head, rows = block[0].cells, block[1:]
    if any(_HOLDS.search(_YEARS.sub("", cell)) for cell in head) or _DAY.search(" ".join(head)):
        return False
    full = [at for at in range(1, len(head)) if all(_FIGURE.match(row.cells[at]) for row in rows)]
    return bool(full) and all(any(_NUMBER.match(row.cells[at]) for at in full) for row in rows)


def _shifted(row: _Row) -> Iterator[tuple[int, int]]:
    return ((row.start + start, row.start + end) for start, end in row.gaps)


def _borders(block: list[_Row]) -> Iterator[int]:
    """One border a gap; each wide blank is one where the head has single ones (合计　　　43170 has two empty cells)."""
    head = block[0]
    single = not head.tabs and all(end - start == 1 for start, end in head.gaps)
    alike = [row for row in block[1:] if len(row.cells) == len(head.cells)]
    if any(end - start > 1 for row in alike for start, end in row.gaps):
        single = False  # the rows are spaced more widely than the head
    for row in block:
        for start, end in row.gaps:
            yield from range(row.start + start, row.start + end) if single else (row.start + start,)
