"""The columns of the ledger's page: which there are, which are shown, which somebody has chosen for every day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.preferences import Preference, prefer, preferred

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
_BY_KEY = {one.key: one for one in COLUMNS}
_USUAL = ("case", "text", "numbers", "deadline", "strength", "status", "evidence", "assigned")


def shown(visit: Visit) -> tuple[Shown, ...]:
    """The columns that the address names, in their order; else what this person has chosen; else the usual ones."""
    return _named(visit.texts("col")) or chosen(visit) or _named(_USUAL)


def chosen(visit: Visit) -> tuple[Shown, ...]:
    """The columns that this person has chosen for every day; () where nothing was chosen."""
    return _named([value for _, value in preferred(visit.store, visit.person.name, Preference.COLUMNS)])


def choose(visit: Visit, keys: Sequence[str]) -> tuple[Shown, ...]:
    """Keeps these columns for every day, none of them: the usual ones again. What is shown from now on."""
    wanted = _named(keys)
    value = () if wanted == _named(_USUAL) else tuple(("col", one.key) for one in wanted)
    before = prefer(visit.store, visit.person.name, Preference.COLUMNS, value)
    now = wanted or _named(_USUAL)
    visit.note("台账的列", before=[("列", _told(_named([it for _, it in before])))], after=[("列", _told(wanted))])
    return now


def _named(keys: Iterable[str]) -> tuple[Shown, ...]:
    return tuple(_BY_KEY[key] for key in dict.fromkeys(keys) if key in _BY_KEY)


def in_order(keys: Sequence[str], all_keys: Sequence[str], places: Sequence[str]) -> list[str]:
    """Keys in the order of the places that somebody wrote beside all of them; of equal places, and where none was
    written, as they stood.

    >>> in_order(["case", "text"], ["case", "text", "status"], ["2", "1", ""])
    ['text', 'case']
    """
    written = {key: int(place) for key, place in zip(all_keys, places, strict=False) if place.isdecimal()}
    return sorted(keys, key=lambda key: written.get(key, len(COLUMNS)))


def _told(columns: tuple[Shown, ...]) -> str:
    return "、".join(one.title for one in columns) or "平常的"
