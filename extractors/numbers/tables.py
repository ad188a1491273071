"""Numbers in a table's cells: their unit stands in the head of their column, or above the table (单位:万元)."""

from __future__ import annotations

import re
from bisect import bisect_right
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from extractors.numbers.units import unit_at

_ROWS = re.compile(r"(?:^[^\n|]*\|[^\n]*(?:\n|\Z))+", re.MULTILINE)
_HEAD_UNIT = re.compile(r"\(([^()]{1,8})\)\s?$|[/、]([^/、]{1,6})$")
_TABLE_UNIT = re.compile(r"(?<![一-鿿])(?:计[量价]|金额|面积)?单位[::]\s?([^\s,。;|]{1,16})")
_MEASURES = (
    (re.compile("投资|资金|金额|产值|收入|补[助贴]|概算|经费|价"), frozenset(["元", "美元"])),
    (re.compile("单产"), frozenset(["公斤", "斤", "千克"])),
    (re.compile("产量|总产|吨位|库容"), frozenset(["吨", "立方米"])),
    (re.compile("用地|面积|播种"), frozenset(["亩", "平方米", "公顷", "平方公里"])),
    (re.compile("里程|长度"), frozenset(["公里", "米"])),
    (re.compile("户数?$"), frozenset(["户"])),
    (re.compile("人数?$|人口|就业"), frozenset(["人"])),
)
_SCALED = re.compile(r"(百|千|万|亿|百万|千万)(?=\S)")
_SCALES = {"百": 100, "千": 1000, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8}
_WORD = re.compile(r"[一-鿿]{1,3}")
_COUNTING = re.compile(r"20\d\d年?[底末]?[^\d|]{2}|完成|投资|计划|任务|目标|面积|产量|里程|[数额量]$")
_NUMBERED = re.compile(r"[(（]?[\d.]+[)）、]?|[一二三四五六七八九十]{1,3}")
_ORDER = re.compile(
    r"^(?:序号|编号|年份|年度(?![一-鿿])|时间|日期|代码|电话|文号|No)|(?:时间|日期|时限|期限|节点|年月)(?:要求|安排)?$"
)


def cell_unit(folded: str, start: int) -> tuple[str | None, Decimal] | None:
    """Unit and scale that the head of the column gives to the cell around `start`; None where the cell counts nothing.

    >>> cell_unit("片区|客房(间)|投资(万元)\\n东片|612|80", 20)
    ('间', Decimal('1'))
    """
    line_start = folded.rfind("\n", 0, start) + 1
    column = folded.count("|", line_start, start)
    table = _table_at(folded, line_start)
    name = table.columns[column] if column < len(table.columns) else ""
    if _ORDER.search(name):
        return None
    in_row = _unit_in_row(folded, line_start, table.units) or _unit_of_row(folded[line_start:start])
    return _unit_of(name) or in_row or _unit_above(table.above, name) or (None, Decimal(1))


def counts(folded: str, start: int) -> bool:
    """Whether the cell around `start` has a unit, or a column that counts, so that 1800 in it is no year."""
    unit = cell_unit(folded, start)
    if unit is None or unit[0] is not None:
        return unit is not None
    line = folded.rfind("\n", 0, start) + 1
    column, columns = folded.count("|", line, start), _table_at(folded, line).columns
    return column < len(columns) and bool(_COUNTING.search(columns[column]))


def _unit_of_row(front: str) -> tuple[str, Decimal] | None:
    """The unit that a row's name brings, behind its number and its kind: 3|林业|造林面积(万亩)|."""
    cells = [cell for part in front.split("|", 8)[:-1] if (cell := part.strip()) and not _NUMBERED.fullmatch(cell)]
    return next((unit for cell in cells[:3] if (unit := _unit_of(cell))), None)


class _Table(NamedTuple):
    """The names of a table's columns, the column of units (None where there is none), and the line above the table."""

    columns: tuple[str, ...]
    units: int | None
    above: str


def _table_at(folded: str, line_start: int) -> _Table:
    """The table that holds this line."""
    starts, tables = _tables(folded)
    return tables[bisect_right(starts, line_start) - 1]


@lru_cache(maxsize=1)
def _tables(folded: str) -> tuple[list[int], list[_Table]]:
    """All tables of a text, with where each begins: a long one is looked at once, not again for each of its cells."""
    starts = [found.start() for found in _ROWS.finditer(folded)]
    return starts, [_table(folded, start) for start in starts]


def _table(folded: str, start: int) -> _Table:
    head = folded[start : folded.find("\n", start)]
    columns = tuple(name.strip() for name in head.split("|"))
    units = next((index for index, name in enumerate(columns) if name in ("单位", "计量单位")), None)
    above = folded[folded.rfind("\n", 0, start - 1) + 1 : start - 1] if start else ""
    return _Table(columns, units, above)


def _unit_in_row(folded: str, line_start: int, column: int | None) -> tuple[str, Decimal] | None:
    """指标|单位|2024年: the row itself names its unit, in the column headed 单位."""
    if column is None:
        return None
    stop = folded.find("\n", line_start)
    row = folded[line_start : stop if stop >= 0 else len(folded)].split("|")
    return _named(row[column].strip()) if column < len(row) else None


def _unit_of(name: str) -> tuple[str, Decimal] | None:
    found = _HEAD_UNIT.search(name)
    return _named(found[1] or found[2]) if found else None


def _unit_above(line: str, column: str) -> tuple[str, Decimal] | None:
    """单位:万元 above a table holds for all columns; of 单位:亩、万元 each column takes the one that measures it."""
    found = _TABLE_UNIT.search(line)
    if found is None:
        return None
    units = [unit for name in found[1].rstrip(")").split("、") if (unit := _named(name))]
    if len(units) < 2:
        return units[0] if units else None
    fitting = (unit for measured, kinds in _MEASURES if measured.search(column) for unit in units if unit[0] in kinds)
    return next(fitting, None)


def _named(text: str) -> tuple[str, Decimal] | None:
    if text == "百分比":
        return "%", Decimal(1)
    scale = _SCALED.match(text)
    if scale and scale[0] == "千" and unit_at(text, 0):  # 千米, 千瓦
        scale = None
    bare = text[scale.end() :] if scale else text
    unit = unit_at(bare, 0)
    if scale and unit is None and _WORD.fullmatch(bare):
        return bare, Decimal(_SCALES[scale[0]])  # 亿枝, 万空方: a scale makes a unit of any short word
    if unit is None or unit.end != len(bare):
        return None
    return unit.text, Decimal(_SCALES[scale[0]]) if scale else Decimal(1)
