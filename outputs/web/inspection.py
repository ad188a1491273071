"""日志: the audit log, for the auditor."""

from __future__ import annotations

from fastapi.responses import Response

from models.audit import Logged, count_entries, entries, verify
from outputs.web.guard import pages
from outputs.web.paging import paged
from outputs.web.visit import Asking

router = pages()


@router.get("/audit")
def audit(visit: Asking) -> Response:
    """Who did what, latest first; ?check=yes goes through the whole chain."""
    who, action = visit.text("who"), visit.text("action")
    chosen = paged(visit, count_entries(visit.store, who=who, action=action))
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
