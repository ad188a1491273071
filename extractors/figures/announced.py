"""What a head announces of the numbers under it: the tense of a table's column, how things stand below a heading.

2023年现状 past · 2024年计划 future · 一、规划背景 how things stand
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache

from extractors.figures.cells import Cell, Clause
from extractors.figures.grids import Row, stretches_of
from extractors.figures.labels import GOAL, RESULT, heading_label
from extractors.figures.setting import Setting, default_tense
from extractors.figures.tenses import tenses_of
from extractors.figures.time_marks import FUTURE, MEANT_THEN, PAST, THEN
from extractors.figures.words import joined
from models.documents import Kind, Zone

_AS_IT_IS = re.compile(
    "现状|实[际绩]|基期|基数|(?:完成|执行)(?:$|[数值率情进]|(?:计划|目标))|占.{0,4}(?:计划|目标)|较|比(?![例重率值])|^(?:现[有存]|[现已]有|存量(?:$|[数面规]))"
)
_TO_REACH = re.compile("计划|目标|预期|任务|指标值")
_COLUMN_YEAR = re.compile(r"20\d\d")


def column_tense(head: str, setting: Setting) -> str | None:
    """The tense of a table's column (2023年现状 | 2024年计划 | 2026年目标); None where its head says none.

    What was planned for a year that is over was meant then; so is a report's column of tasks.
    """
    if _AS_IT_IS.search(head):
        return PAST
    found, wanted = _COLUMN_YEAR.search(head), bool(_TO_REACH.search(head))
    if found is None or setting.year is None:
        return MEANT_THEN if wanted and default_tense(setting) == PAST else None
    year = int(found[0])
    if year == setting.year:
        return FUTURE if wanted or setting.kind is Kind.PLAN else None
    if year > setting.year:
        return FUTURE
    return MEANT_THEN if wanted else THEN


def written_tense(head: str, setting: Setting) -> str | None:
    """The tense in which a cell of whole sentences begins (整改目标 | 进展情况); None where its head says none."""
    label = heading_label(head)
    if label is not None:
        return PAST if label == RESULT else FUTURE
    tense = column_tense(head, setting)
    return FUTURE if tense == MEANT_THEN else tense


def tenses_in_row(
    folded: str, row: Row, clauses: Sequence[Clause], cells: Sequence[Cell], told: Sequence[str], setting: Setting
) -> list[str]:
    """The tenses of a table row's numbers: what their heads say, and in a cell of sentences what its own words say."""
    tenses = list(told)
    for head, written, inside in stretches_of(row, clauses, cells):
        if not written:
            tense = column_tense(head, setting)
            tenses = [tense if tense and at in inside else one for at, one in enumerate(tenses)]
            continue
        first, last = cells[inside[0]].clause, cells[inside[-1]].clause
        own = [cells[at]._replace(clause=cells[at].clause - first) for at in inside]
        begins = written_tense(head, setting) or default_tense(setting)
        ahead = replace(setting, label=GOAL, zone=Zone.PLANNED) if begins == FUTURE else setting
        tenses[inside[0] : inside[-1] + 1] = tenses_of(folded, clauses[first : last + 1], own, begins, ahead)
    return tenses


@cache
def _backgrounds() -> re.Pattern[str]:
    return re.compile(joined("purposes", "background"))


@lru_cache(maxsize=1024)
def tells_how_things_stand(heading: str) -> bool:
    """Whether a heading announces the state of things: 一、规划背景, 发展现状, but not 夯实基础."""
    return bool(_backgrounds().search(heading))
