"""运行: what came in run by run, which files couldn't be read and why, and having them read once more."""

from __future__ import annotations

from typing import Annotated

from fastapi import Form
from fastapi.responses import Response

from models.errors import Unreadable, WrongDecision
from models.failing import Failing, FailureGroup, failing, failure_groups, try_again
from models.history import list_runs, run_items_of
from models.runs import Outcome, RunId
from outputs.exchange import Record, item_record, run_record
from outputs.phrases import phrase, reason_phrase
from outputs.remedies import REMEDIES
from outputs.web.asked import members
from outputs.web.guard import pages
from outputs.web.paging import paged
from outputs.web.visit import Asking

router = pages()


@router.get("/runs")
def runs(visit: Asking) -> Response:
    """The latest runs, and what keeps files from being read."""
    found, groups = list_runs(visit.store, limit=50), failure_groups(visit.store)
    record = {"runs": [run_record(run) for run in found], "failures": [group_record(one) for one in groups]}
    return visit.show("runs.html", record, runs=found, groups=groups, remedies=REMEDIES)


@router.get("/runs/{number}")
def run(visit: Asking, number: int) -> Response:
    """The files of one run; ?failed=yes those that couldn't be read."""
    found = list_runs(visit.store, only=RunId(number), limit=1) if number < 2**31 else []
    if not found:
        visit.gone(f"没有第 {number} 次运行。")
    failed = bool(visit.flag("failed"))
    outcomes = found[0].outcomes
    total = outcomes.get(Outcome.FAILED, 0) if failed else sum(outcomes.values())
    pages = paged(visit, total)
    files = run_items_of(visit.store, found[0].id, failed=failed, limit=pages.size, offset=pages.offset)
    record = {"total": total, "run": run_record(found[0]), "files": [item_record(one) for one in files]}
    return visit.show(
        "run.html", record, run=found[0], files=files, pages=pages, failed=failed, reason_phrase=reason_phrase
    )


@router.get("/failures")
def failures(visit: Asking) -> Response:
    """The files that can't be read, by the reason: ?reason=scanned."""
    groups = failure_groups(visit.store)
    reason = next(iter(members(visit, "reason", Unreadable)), None)
    total = sum(one.number for one in groups if reason in (None, one.reason))
    pages = paged(visit, total)
    files = failing(visit.store, reason, limit=pages.size, offset=pages.offset)
    return visit.show(
        "failures.html",
        failures_record(groups, files, total),
        groups=groups,
        files=files,
        pages=pages,
        reason=reason,
        remedies=REMEDIES,
        reason_phrase=reason_phrase,
    )


@router.post("/failures/retry")
def retry(
    visit: Asking,
    expected: Annotated[int, Form(ge=0, le=2**31)],
    reason: Annotated[str, Form(max_length=40)] = "",
) -> Response:
    """Has the next run read them once more, all of one reason or all."""
    if reason and reason not in [one.value for one in Unreadable]:
        raise WrongDecision(f"没有 {reason} 这样的原因")
    wanted = Unreadable(reason) if reason else None
    visit.note(object=phrase(wanted) if wanted else "全部没读成的文件")
    back = visit.link("/failures", reason=reason or None, asof=None)
    if try_again(visit.store, wanted, expected) is None:
        visit.noted.result = "refused: conflict"
        return visit.go(back, "什么也没有改：没读成的文件刚刚有变化。请再看一遍")
    visit.noted.after = (("再读", f"{expected} 个"),)
    return visit.go(back, f"下次运行会把这 {expected} 个文件再读一遍")


def failures_record(groups: list[FailureGroup], files: list[Failing], total: int) -> Record:
    """The same for programs."""
    return {
        "total": total,
        "groups": [group_record(one) for one in groups],
        "failures": [_file_record(one) for one in files],
    }


def group_record(one: FailureGroup) -> Record:
    """One reason for programs."""
    return {
        "reason": one.reason.value,
        "said": phrase(one.reason),
        "remedy": REMEDIES[one.reason],
        "number": one.number,
        "again": one.again,
    }


def _file_record(one: Failing) -> Record:
    return {
        "path": one.path,
        "name": one.name,
        "reason": one.reason.value,
        "said": reason_phrase(one.reason, one.detail),
        "failed": one.failed.isoformat() if one.failed else None,
        "document": one.document,
        "again": one.again,
    }
