"""The columns that a page shows, as columns of a sheet: the same words, each figure leading to its sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from models.returned import Field
from outputs.ledger import Standing
from outputs.sheets.cells import Column
from outputs.sheets.editable import ID, QUOTE, TITLES
from outputs.sheets.promises import PROMISES

_TITLES: Mapping[str, tuple[str, ...]] = {
    "case": ("类别", "案号", "主办单位"),
    "text": (QUOTE,),
    "numbers": ("目标值（原文）",),
    "deadline": ("完成时限（原文）", TITLES[Field.DEADLINE]),
    "strength": (TITLES[Field.STRENGTH],),
    "status": (TITLES[Field.STATUS], "逾期天数"),
    "evidence": ("佐证（原文）", "待确认"),
    "assigned": (TITLES[Field.ASSIGNED],),
    "responsible": (TITLES[Field.RESPONSIBLE],),
    "schedule": ("时限情况",),
    "progress": ("目标进展",),
    "alarms": ("提醒",),
    "place": ("地区",),
    "term": ("届次",),
    "class": ("办理结果",),
    "date": ("答复日期",),
    "why": ("规则", "置信度", "需要留意", "佐证依据"),
    "notes": ("人工备注",),
    "file": ("文件",),
}
"""What stands in a sheet for a column of the ledger's page, by its name in the address."""
_PLACE: Column[Standing] = Column("地区", 12, lambda s: s.row.document.identity.region)
_KNOWN = {column.title: replace(column, entered=False, choices=()) for column in (*PROMISES, _PLACE)}


def columns_of(chosen: Iterable[str]) -> tuple[Column[Standing], ...]:
    """The columns of a sheet with what the page shows, and the promise's id: nothing of it can be edited and returned.

    >>> [column.title for column in columns_of(["deadline", "status"])]
    ['完成时限（原文）', '完成时限', '落实状态', '逾期天数', '编号']
    """
    return (*(_KNOWN[title] for key in chosen for title in _TITLES[key]), _KNOWN[ID])
