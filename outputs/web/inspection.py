"""日志: the audit log, for the auditor."""

from __future__ import annotations

from fastapi.responses import Response

from models.audit import Logged, Values, count_entries, entries, verify
from outputs.sheets.cells import Column
from outputs.web.guard import pages
from outputs.web.layout import ACTIONS
from outputs.web.listed import MOST_LISTED, check_length, listed
from outputs.web.paging import paged
from outputs.web.visit import Asking

router = pages()


def _told(values: Values) -> str | None:
    return "；".join(f"{name}：{value}" for name, value in values) or None


_SHEET: tuple[Column[Logged], ...] = (
    Column("号", 8, lambda one: one.number),
    Column("时间", 20, lambda one: one.entry.at.isoformat(sep=" ", timespec="seconds")),
    Column("谁", 14, lambda one: one.entry.who),
    Column("角色", 10, lambda one: one.entry.role),
    Column("从哪里", 14, lambda one: one.entry.address or None),
    Column("做了什么", 16, lambda one: ACTIONS.get(one.entry.action, one.entry.action)),
    Column("对象", 30, lambda one: one.entry.object or None),
    Column("结果", 16, lambda one: one.entry.result),
    Column("改前", 30, lambda one: _told(one.entry.before)),
    Column("改后", 30, lambda one: _told(one.entry.after)),
    Column("摘要", 20, lambda one: one.digest),
)


@router.get("/audit")
def audit(visit: Asking) -> Response:
    """Who did what, latest first; ?check=yes goes through the whole chain."""
    who, action = visit.text("who"), visit.text("action")
    total = count_entries(visit.store, who=who, action=action)
    if visit.form:
        check_length(total)
        return listed(visit, "审计日志", _SHEET, entries(visit.store, limit=MOST_LISTED, who=who, action=action))
    chosen = paged(visit, total)
    found = entries(visit.store, limit=chosen.size, offset=chosen.offset, who=who, action=action)
    broken = verify(visit.store) if visit.flag("check") else None
    record = {"total": chosen.total, "entries": [entry_record(one) for one in found]}
    if visit.flag("check"):
        record["intact"] = broken is None
    return visit.show("audit.html", record, found=found, pages=chosen, broken=broken, who=who, action=action)


def entry_record(one: Logged) -> dict[str, object]:
    """One entry as other programs read it."""
    entry = one.entry
    return {
        "number": one.number,
        "at": entry.at.isoformat(),
        "who": entry.who,
        "role": entry.role,
        "address": entry.address,
        "action": entry.action,
        "object": entry.object,
        "result": entry.result,
        "before": dict(entry.before),
        "after": dict(entry.after),
        "digest": one.digest,
    }
