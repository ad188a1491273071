"""Numbers in the rows of a table: the row says whose, the column says what.

区域|民宿(家)|客房(间)          指标|2024年目标|2025年目标
古城片区|73|612                森林覆盖率|42%|42.5%
古城片区民宿 · 古城片区客房      森林覆盖率 (2024) · 森林覆盖率 (2025)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from extractors.figures.cells import Cell, Clause
from extractors.figures.indicators import TIME, Name
from extractors.figures.named import Memory, Named
from extractors.figures.naming import name_all

_UNIT = re.compile(r"\([^()]{1,5}\)$|/[万亿]?[一-鿿%㎡]{1,4}$")
# 2|污水管网错接218处|…: a cell that says how much there is names its row by the words in front of the first number
_SENTENCE = re.compile(r"[,;:。\d]")
_NAMED_FIRST = re.compile(r"^(?:[一二三四五六七八九十\d]{1,3}[、.])?([一-鿿“”]{2,14})")
_AGES = re.compile(r"\d+[—\-~至]?\d*(?:周?岁|平方米|亩|米|层)(?:及?以[上下])?")  # 18-34岁|26.36|22.3
_SIGNS = " ≥≤><=约+-−"
_EMPTY_ASIDE = re.compile(r"\(\)$")
_OF_THESE = re.compile(r"^其中:?")
_UNITS = re.compile(r"(?:计[量数]|度量)?单位$")
_DEADLINES = re.compile(
    r"(?:计划|拟|预计|要求)?(?:(?:完成|办结|完工|竣工|整改|落实|建成|投用|交付|截止)(?:时[限间]|期限|节点|日期|年[份月])|时限|时间节点|期限)(?:要求|安排)?$"
)
_GENERIC = re.compile(
    r"^(?:年度?|总|预期|绩效|工作|计划|预计|约束性)*(?:目标[值数]?|指标[值数]?|计划[数值]?|预期[数值]?|数值|数量|绝对[数值额量]|任务数?|(?:完成|执行)(?:情况|数|值)?|实[际绩](?:数|值|完成)?|现状|基数|标准|合计|(?:建设|工程|任务|实施)?(?:规模|体量|任务量|工程量)|单位|属性)?$"
)


_LEVELS = re.compile("[一二三四]级(?:指标|任务|分类)$")
_PLACE = re.compile("(?:[镇乡县区市州旗村]|街道|合计|总计)$")
_KINDS = re.compile("(?:工作|指标|任务|所属)?(?:类别|类型|领域|板块|分类|维度|门类|方面|行业|大类|条线|属性)$")
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


class Row(NamedTuple):
    """A table's row: its line from `start` on in the document, the heads of its columns, what it is about.

    `subject` is the first cell that is no mere number; of one in whole sentences (城区管网错接218处,…) its first words.
    """

    line: str
    start: int
    columns: tuple[str, ...]
    texts: tuple[str, ...]
    subject: str

    def column_of(self, cell: Cell) -> int:
        """Which column holds the cell, counted from 0."""
        border = len(self.line) - len(self.line.lstrip(" |"))
        return self.line[border : cell.measure.start - self.start].count("|")

    def head_of(self, column: int) -> str:
        """What stands above the column; "" where the row is longer than the head."""
        return self.columns[column] if column < len(self.columns) else ""


def row_of(folded: str, start: int, columns: tuple[str, ...]) -> Row:
    """The whole row around `start`, of which a unit may be a piece only (新建管网3公里;更换水表800块)."""
    first = folded.rfind("\n", 0, start) + 1
    last = folded.find("\n", start)
    line = folded[first : last if last >= 0 else len(folded)]
    texts = columns_of(line)
    subject = _UNIT.sub("", _OF_THESE.sub("", _subject(columns, texts)))
    if _SENTENCE.search(subject) and not _AGES.fullmatch(subject):
        named = _NAMED_FIRST.match(subject)
        subject = named[1] if named else ""
    return Row(line, first, columns, texts, subject)


def _subject(columns: Sequence[str], texts: Sequence[str]) -> str:
    """The first cell that is no mere number; behind a column of kinds (类别|指标|…) the one that names the row."""
    words = [at for at, text in enumerate(texts) if text and not text.isdigit()]
    levels = [at for at in words if len(columns) == len(texts) and _LEVELS.match(columns[at])]
    if len(levels) > 1:
        return texts[levels[-1]]  # 一级指标|二级指标|三级指标|指标值
    kinds = len(words) > 1 and len(columns) == len(texts) and _KINDS.match(columns[words[0]])
    if kinds and not _SENTENCE.search(texts[words[1]]):
        return texts[words[1]]
    return texts[words[0]] if words else ""


def stretches_of(row: Row, clauses: Sequence[Clause], cells: Sequence[Cell]) -> Iterator[tuple[str, bool, list[int]]]:
    """The row's cells by columns: the column's head, whether they speak in words of their own, their positions."""
    for column, group in groupby(range(len(cells)), lambda at: row.column_of(cells[at])):
        inside = list(group)
        bare = len(inside) == 1 and clauses[cells[inside[0]].clause].words.strip(_SIGNS) == cells[inside[0]].text.strip(
            _SIGNS
        )
        yield row.head_of(column), not bare, inside


def name_row(row: Row, clauses: Sequence[Clause], cells: Sequence[Cell]) -> list[Named]:
    """The numbers of one table row with their names; a time in the column's head is their `when`."""
    due = _DOTTED.sub(r"\1年\2月", _said_by(_DEADLINES, row.columns, row.texts))
    unit = _said_by(_UNITS, row.columns, row.texts)
    named: list[Named] = []
    for head, written, inside in stretches_of(row, clauses, cells):
        told = _in_words(row, head, clauses, [cells[at] for at in inside], len(named)) if written else []
        for at, cell in enumerate(cells[inside[0] : inside[-1] + 1]):
            if unit and cell.measure.unit in (None, unit):
                cell = cell._replace(measure=replace(cell.measure, unit=unit))
            if written:
                named.append(told[at]._replace(due=due, column=head, when=_when(row, head)))
            else:
                named.append(_bare(row, cell, due))
    return named


def _when(row: Row, head: str) -> str:
    """The time in the head of a column; of a sum over all years the last of theirs."""
    if found := TIME.search(head):
        return found[0]
    return _last_time(row.columns) if _SUM.match(_UNIT.sub("", head)) else ""


def _in_words(row: Row, head: str, clauses: Sequence[Clause], cells: Sequence[Cell], before: int) -> list[Named]:
    """The numbers of a cell that speaks in sentences (已清运12.3万吨,复绿64亩), named as those of a sentence are."""
    first, last = cells[0].clause, cells[-1].clause
    subject = "" if cells[0].opening.strip().startswith(row.subject or "|") else row.subject
    own = [cell._replace(clause=cell.clause - first) for cell in cells]
    named = name_all(clauses[first : last + 1], own, Memory((), subject))
    return [
        one._replace(
            cell=one.cell._replace(clause=one.cell.clause + first),
            of=None if one.of is None else one.of + before,
            head=None if one.head is None else one.head + before,
        )
        for one in named
    ]


def _bare(row: Row, cell: Cell, due: str) -> Named:
    """A cell that holds nothing but its number."""
    column, texts = row.column_of(cell), row.texts
    year = _YEAR_ROW.fullmatch(texts[0]) if texts else None
    subject = "" if year and row.subject == texts[0] else row.subject
    head = row.head_of(column)
    when = found[0] if (found := TIME.search(head)) else f"{year[1]}年" if year else ""
    if not when and _OF_THESE.match(head):  # 2025年任务|其中:水田
        when = _last_time(row.columns[:column])
    counted = _EMPTY_ASIDE.sub("", _UNIT.sub("", TIME.sub("", _OF_THESE.sub("", head))))
    last = _last_time(row.columns) if _SUM.match(counted) else ""
    says_what = not _GENERIC.match(counted) or bool(_PLACE.search(subject))  # 甲河镇任务, but not 森林覆盖率目标
    full = counted if column == 0 else subject + (counted if says_what else "")
    lead = full if not when else f"{full}{when}"
    return Named(
        cell._replace(lead=lead, opening=head + full),
        Name(full, full),
        "table",
        when=when,
        due=due or last,
        column=head,
    )
