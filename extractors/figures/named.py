"""A number with its name, and what stands in front of its unit."""

from __future__ import annotations

from typing import NamedTuple

from extractors.figures.cells import Cell
from extractors.figures.indicators import Name

DAYS = frozenset(("天", "日", "个工作日", "工作日", "个月", "小时", "个小时", "周", "年", "分钟"))
_SHARES = ("percent", "fraction", "chengs", "all", "half")


class Named(NamedTuple):
    """A cell with its name; `of` the position (in this unit's row) of its total, `head` the cell it takes after.

    `when` is the time that the number is told of, `due` the one that a table's column of deadlines gives to its row,
    `column` what stands in the head of its column.
    """

    cell: Cell
    name: Name
    rule: str
    of: int | None = None
    head: int | None = None
    flags: tuple[str, ...] = ()
    when: str = ""
    due: str = ""
    column: str = ""


class Memory(NamedTuple):
    """What stands before a unit: the numbers named in the same section, the head it stands under, the plan's trade."""

    earlier: tuple[Named, ...] = ()
    head: str = ""
    trade: str = ""


def is_share(cell: Cell) -> bool:
    """Whether the number is a percentage, a fraction, or 全部."""
    return cell.measure.unit == "%" or cell.measure.rule in _SHARES
