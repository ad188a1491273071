"""The columns of the ledger's page: which there are, which are shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from outputs.web.visit import Visit


@dataclass(frozen=True, slots=True)
class Shown:
    """A column: its name in the address, its head, and the order that its head leads to."""

    key: str
    title: str
    sort: str | None = None


COLUMNS = (
    Shown("case", "案号、单位", "document"),
    Shown("text", "承诺事项（原文）"),
    Shown("numbers", "数字"),
    Shown("deadline", "时限", "deadline"),
    Shown("strength", "强度", "strength"),
    Shown("status", "状态"),
    Shown("evidence", "佐证"),
    Shown("assigned", "交给"),
    Shown("responsible", "责任单位"),
    Shown("schedule", "时限情况"),
    Shown("progress", "目标进展"),
    Shown("alarms", "提醒"),
    Shown("place", "地区"),
    Shown("term", "届次"),
    Shown("class", "办理结果"),
    Shown("date", "答复日期", "document"),
    Shown("why", "机器判断的依据"),
    Shown("notes", "备注"),
    Shown("file", "文件", "name"),
)
_USUAL = ("case", "text", "numbers", "deadline", "strength", "status", "evidence", "assigned")


def shown(visit: Visit) -> tuple[Shown, ...]:
    """The columns that the address names, in their order; the usual ones unless it names any."""
    wanted = visit.texts("col") or _USUAL
    return tuple(one for one in COLUMNS if one.key in wanted) or tuple(one for one in COLUMNS if one.key in _USUAL)
