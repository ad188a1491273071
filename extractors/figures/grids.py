"""Numbers in the rows of a table: the row says whose, the column says what.

区域|民宿(家)|客房(间)          指标|2024年目标|2025年目标
古城片区|73|612                森林覆盖率|42%|42.5%
古城片区民宿 · 古城片区客房      森林覆盖率 (2024) · 森林覆盖率 (2025)
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.figures.cells import Cell
from extractors.figures.indicators import TIME, Name, tidy
from extractors.figures.named import Named

_UNIT = re.compile(r"\([^()]{1,5}\)$")
_GENERIC = re.compile(
    r"^(?:年度?|总|预期|绩效|工作|计划|约束性)*(?:目标值?|指标值?|数值|数量|任务数?|完成(?:情况|数|值)?|实际(?:数|值)?|现状|基数|标准|合计|单位|属性)?$"
)


def columns_of(line: str) -> tuple[str, ...]:
    """The cells of one line, an empty border on either side apart."""
    return tuple(cell.strip() for cell in line.strip().strip("|").split("|"))


def name_row(line: str, start: int, columns: Sequence[str], cells: Sequence[Cell]) -> list[Named]:
    """The numbers of one table row with their names; a time in the column's head is their `when`."""
    texts = columns_of(line)
    subject = _UNIT.sub("", next((text for text in texts if text and not text.isdigit()), ""))
    border = len(line) - len(line.lstrip(" |"))
    named = []
    for cell in cells:
        if own := tidy(cell.lead):
            full = own + ("" if len(own) > 2 else subject)
            named.append(Named(cell, Name(full, full), "table"))
            continue
        column = line[border : cell.measure.start - start].count("|")
        head = columns[column] if column < len(columns) else ""
        when = found[0] if (found := TIME.search(head)) else ""
        counted = _UNIT.sub("", TIME.sub("", head))
        full = counted if column == 0 else subject + ("" if _GENERIC.match(counted) else counted)
        lead = full if not when else f"{full}{when}"
        named.append(Named(replace(cell, lead=lead, opening=head + full), Name(full, full), "table", when=when))
    return named
