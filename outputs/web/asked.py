"""What the address of a list asks for: the ledger, the search, the triage page and exports read it alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from starlette.exceptions import HTTPException

from models.commitments import Strength
from models.documents import Body, Kind
from models.evidence import ScheduleCode, Status
from models.filters import Filter, Sort
from models.runs import RunId
from models.stands import Stands
from outputs.phrases import phrase

if TYPE_CHECKING:
    from outputs.web.given import Given

_Member = TypeVar("_Member", bound=StrEnum)

REGISTERED = "registered"  # the status parameter's word for a study or an encouragement, which has none
NOBODY, ANYBODY = "-", "*"
SCHEDULES = {
    ScheduleCode.PAST: "时限已过",
    ScheduleCode.DUE_TODAY: "今天到期",
    ScheduleCode.AHEAD: "时限未到",
    ScheduleCode.AGED: "未定时限，答复已久",
    ScheduleCode.NO_DEADLINE: "未定时限",
    ScheduleCode.UNKNOWN_DAY: "时限哪一天不明",
    ScheduleCode.WAITING: "等待前提条件",
    ScheduleCode.DONE: "已办结",
}
SORTS = {
    Sort.DOCUMENT: "答复日期，新的在前",
    Sort.DEADLINE: "时限，近的在前",
    Sort.STRENGTH: "强度",
    Sort.NAME: "文件名",
}
FIELDS = (
    *("text", "place", "term", "body", "unit", "lead", "class", "number", "year", "strength", "status", "schedule"),
    *("due_from", "due_to", "quantified", "evidence", "proposals", "assigned", "waiting", "checkable"),
    *("read_in", "shown_in", "moved_in", "document", "rule"),
)
"""The parameters that narrow a list."""
_YES_NO = {
    "quantified": ("有数字", "没有数字"),
    "evidence": ("有佐证", "没有佐证"),
    "proposals": ("有待确认的佐证", "没有待确认的佐证"),
    "waiting": ("等人看", "不用再看"),
    "checkable": ("时限、数字、责任单位都写明", "时限、数字、责任单位没有都写明"),
}


_PLAIN = {
    "number": "第{}号",
    "document": "只看一份文件",
    "rule": "规则 {} 读出的",
    "lead": "{}答复的",
    "read_in": "第{}次运行新读到的",
    "shown_in": "第{}次运行收进的文件说到的",
    "moved_in": "第{}次运行时状态变了的",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """Which promises, how they stand, in which order; `words` says it in Chinese, a part for each parameter."""

    within: Filter
    stands: Stands
    sort: Sort
    words: tuple[str, ...]

    @property
    def narrowed(self) -> bool:
        """Whether anything is left out."""
        return bool(self.words)

    def but(self, **changes: object) -> Asked:
        """The same with something else of how they stand."""
        return replace(self, stands=replace(self.stands, **changes))  # type: ignore[arg-type]


def asked(address: Given) -> Asked:
    """What this address asks for. 400 where a value can't be: a list of something else would mislead."""
    within, stands = _within(address), _stands(address)
    sort = next(iter(members(address, "sort", Sort)), Sort.DOCUMENT)
    return Asked(within, stands, sort, tuple(_words(address)))


def _within(address: Given) -> Filter:
    """Which letters and which words."""
    return Filter(
        addressed_to=next(iter(members(address, "body", Body)), None),
        units=address.texts("unit"),
        region=address.text("place"),
        led_by=address.lists.led_by(address.texts("lead")) if address.texts("lead") else None,
        classes=tuple(None if one == NOBODY else one for one in address.texts("class")),
        numbers=address.texts("number"),
        year=_year(address),
        documents=address.texts("document"),  # type: ignore[arg-type]
        contains=address.text("text"),
        rules=address.texts("rule"),
    )


def _stands(address: Given) -> Stands:
    """How the promises are to stand."""
    congress, session = _term(address)
    assigned = address.text("assigned")
    return Stands(
        as_of=address.as_of,
        statuses=_statuses(address),
        schedules=members(address, "schedule", ScheduleCode),
        ages_after=address.lists.ages_after,
        strengths=members(address, "strength", Strength),
        due_from=address.day("due_from"),
        due_to=address.day("due_to"),
        has_number=address.flag("quantified"),
        has_evidence=address.flag("evidence"),
        has_proposals=address.flag("proposals"),
        assigned={NOBODY: False, ANYBODY: True}.get(assigned or ""),
        assigned_to=assigned if assigned not in (None, NOBODY, ANYBODY) else None,
        waiting=address.flag("waiting"),
        congress=congress,
        session=session,
        termless=True if address.text("term") == NOBODY else None,
        checkable=address.flag("checkable"),
        read_in=_run(address, "read_in"),
        shown_in=_run(address, "shown_in"),
        moved_in=_run(address, "moved_in"),
    )


def members(address: Given, name: str, kind: type[_Member]) -> tuple[_Member, ...]:
    """The values of a closed set that a parameter names. 400: it knows no such value."""
    try:
        return tuple(kind(one) for one in address.texts(name))
    except ValueError:
        raise _wrong(address, name, "、".join(kind)) from None


def term_words(congress: int, session: int | None) -> str:
    """A session as a list of choices has it.

    >>> term_words(17, 5), term_words(17, None)
    ('17届5次', '17届')
    """
    return f"{congress}届" + (f"{session}次" if session else "")


def _statuses(address: Given) -> tuple[Status | None, ...]:
    try:
        return tuple(None if one == REGISTERED else Status(one) for one in address.texts("status"))
    except ValueError:
        raise _wrong(address, "status", "、".join((*Status, REGISTERED))) from None


def _term(address: Given) -> tuple[int | None, int | None]:
    """17-5: the fifth session of the 17th congress; 17: all its sessions."""
    given = address.text("term") or ""
    congress, _, session = ("" if given == NOBODY else given).partition("-")
    if not all(one.isascii() and one.isdecimal() and len(one) < 4 for one in (congress, session) if one):
        raise _wrong(address, "term", "17-5 这样的届次")
    return int(congress) if congress else None, int(session) if session else None


def _run(address: Given, name: str) -> RunId | None:
    given = address.text(name)
    if given is not None and not (given.isascii() and given.isdecimal() and len(given) < 10):
        raise _wrong(address, name, "运行的号")
    return RunId(int(given)) if given else None


def _year(address: Given) -> int | None:
    given = address.text("year")
    if given and not (given.isascii() and given.isdecimal() and 1900 <= int(given[:5]) <= 2999):
        raise _wrong(address, "year", "2026 这样的年份")
    return int(given) if given else None


def _wrong(address: Given, name: str, allowed: str) -> HTTPException:
    return HTTPException(400, f"地址里的 {name}={(address.text(name) or '')[:40]} 不对。可以是：{allowed}")


def _words(address: Given) -> Iterable[str]:
    """What the list is narrowed to, a part for each parameter."""
    plain = {"text": "原文含“{}”", "place": "地区“{}”", "year": "{}年", "due_from": "{}起到期", "due_to": "{}前到期"}
    for name in FIELDS:
        values = address.texts(name)
        if not values:
            continue
        if name in plain:
            yield plain[name].format(values[0])
        elif name in _YES_NO:
            flag = address.flag(name)
            if flag is not None:
                yield _YES_NO[name][0 if flag else 1]
        else:
            yield "或".join(_value_words(name, one) for one in values)


def _value_words(name: str, value: str) -> str:
    match name:
        case "strength":
            return phrase(Strength(value))
        case "status":
            return "只登记" if value == REGISTERED else phrase(Status(value))
        case "schedule":
            return SCHEDULES[ScheduleCode(value)]
        case "body":
            return {Body.NPC: phrase(Kind.SUGGESTION), Body.CPPCC: phrase(Kind.PROPOSAL)}[Body(value)]
        case "class":
            return "没有标办理结果" if value == NOBODY else f"办理结果{value}"
        case "term":
            if value == NOBODY:
                return "届次没有写全"
            congress, _, session = value.partition("-")
            return term_words(int(congress), int(session) if session else None)
        case "assigned":
            return {NOBODY: "没有交办", ANYBODY: "已交办"}.get(value, f"交给{value}")
        case _:
            return _PLAIN.get(name, "“{}”").format(value)
