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

_UNIT = re.compile(r"\([^()]{1,5}\)$|/[万亿]?[一-鿿%㎡]{1,4}$")
_OF_THESE = re.compile(r"^其中:?")
_UNITS = re.compile(r"(?:计[量数]|度量)?单位$")
_DEADLINES = re.compile(
    r"(?:计划|拟|预计|要求)?(?:(?:完成|办结|完工|竣工|整改|落实|建成|投用|交付|截止)(?:时[限间]|期限|节点|日期|年[份月])|时限|时间节点|期限)(?:要求|安排)?$"
)
_GENERIC = re.compile(
    r"^(?:年度?|总|预期|绩效|工作|计划|预计|约束性)*(?:目标[值数]?|指标[值数]?|计划[数值]?|预期[数值]?|数值|数量|任务数?|(?:完成|执行)(?:情况|数|值)?|实[际绩](?:数|值|完成)?|现状|基数|标准|合计|(?:建设|工程|任务|实施)?(?:规模|体量|任务量|工程量)|单位|属性)?$"
)


_DOTTED = re.compile(r"^(20\d\d)[./-](\d{1,2})(?:[./-]\d{1,2})?$")  # 2024.9 in a column of days
_YEAR_ROW = re.compile(r"(20\d\d)年?(?:度)?")
_SUM = re.compile(r"^(?:合计|小计|总计|累计|总量|总数|三年合计|[两三五]年(?:合计|累计|总计))$")


def _last_time(columns: Sequence[str]) -> str:
    """The time of the last column that names one: what all years sum up to is due by the last."""
    return next((found[0] for column in reversed(columns) if (found := TIME.search(column))), "")


def _said_by(head: re.Pattern[str], columns: Sequence[str], texts: Sequence[str]) -> str:
    """What the row says in the first column so headed; nothing where no column is, or the row is cut differently."""
    at = next((at for at, column in enumerate(columns) if head.match(column)), len(columns))
    return texts[at] if at < len(texts) and len(texts) == len(columns) else ""


def columns_of(line: str) -> tuple[str, ...]:
    """The cells of one line, an empty border on either side apart."""
    return tuple(cell.strip() for cell in line.strip().strip("|").split("|"))


def merged_head(upper: Sequence[str], line: str) -> tuple[str, ...]:
    """The names of columns under a head of two lines: an empty cell above stands under the one in front of it.

    >>> merged_head(("镇", "任务(亩)", "", "备注"), "|2025年|2026年|")
    ('镇', '任务(亩)2025年', '任务(亩)2026年', '备注')
    """
    lower = [cell.strip() for cell in line.strip().split("|")]
    if len(lower) != len(upper) or all(upper):
        return tuple(upper)
    names, last = [], ""
    for above, below in zip(upper, lower, strict=True):
        last = above or (last if below else "")
        names.append((above or last) + below if below else above)
    return tuple(names)


def name_row(line: str, start: int, columns: Sequence[str], cells: Sequence[Cell]) -> list[Named]:
    """The numbers of one table row with their names; a time in the column's head is their `when`."""
    texts = columns_of(line)
    unit, due = _said_by(_UNITS, columns, texts), _said_by(_DEADLINES, columns, texts)
    subject = _UNIT.sub("", next((text for text in texts if text and not text.isdigit()), ""))
    due = _DOTTED.sub(r"\1年\2月", due)
    year = _YEAR_ROW.fullmatch(texts[0]) if texts else None
    subject = "" if year and subject == texts[0] else subject
    border = len(line) - len(line.lstrip(" |"))
    named = []
    for cell in cells:
        if unit and cell.measure.unit in (None, unit):
            cell = cell._replace(measure=replace(cell.measure, unit=unit))
        if own := tidy(cell.lead.strip(" ≥≤><=约")):
            full = own + ("" if len(own) > 2 and own[0] != "每" else subject)
            named.append(Named(cell, Name(full, full), "table", due=due))
            continue
        column = line[border : cell.measure.start - start].count("|")
        head = columns[column] if column < len(columns) else ""
        when = found[0] if (found := TIME.search(head)) else f"{year[1]}年" if year else ""
        counted = _UNIT.sub("", TIME.sub("", _OF_THESE.sub("", head)))
        last = _last_time(columns) if _SUM.match(counted) else ""
        full = counted if column == 0 else subject + ("" if _GENERIC.match(counted) else counted)
        lead = full if not when else f"{full}{when}"
        named.append(
            Named(
                cell._replace(lead=lead, opening=head + full),
                Name(full, full),
                "table",
                when=when,
                due=due or last,
                column=head,
            )
        )
    return named
