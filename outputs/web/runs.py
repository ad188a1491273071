"""运行: what came in run by run, which files couldn't be read and why, and having them read once more."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated

from fastapi import Form
from fastapi.responses import Response

from models.errors import Unreadable, WrongDecision
from models.failing import Failing, FailureGroup, failing, failure_groups, try_again
from models.history import count_runs, list_runs, run_items_of
from models.progress import progress_of
from models.runs import Outcome, Run, RunId, RunItem, RunState
from outputs.exchange import Record, item_record, run_record
from outputs.phrases import phrase, reason_phrase
from outputs.remedies import REMEDIES
from outputs.sheets.cells import Column
from outputs.web.asked import members
from outputs.web.guard import pages
from outputs.web.intake import left_words, may_stop, progress_record
from outputs.web.listed import check_length, listed
from outputs.web.paging import paged
from outputs.web.visit import Asking, Visit

router = pages()


_FILES: tuple[Column[RunItem], ...] = (
    Column("文件", 60, lambda one: one.path),
    Column("结果", 16, lambda one: phrase(one.outcome)),
    Column("没读成的原因", 34, lambda one: reason_phrase(one.reason, one.detail) if one.reason else None),
    Column("承诺", 7, lambda one: one.counts.commitments),
    Column("未采纳", 7, lambda one: one.counts.declined),
    Column("诉求", 7, lambda one: one.counts.requests),
    Column("数字", 7, lambda one: one.counts.quantities),
    Column("文件编号", 19, lambda one: one.document),
)


def _runs_sheet(visit: Visit) -> tuple[Column[Run], ...]:
    return (
        Column("编号", 8, lambda one: one.id),
        Column("开始", 18, lambda one: _moment(visit, one.started)),
        Column("结束", 18, lambda one: _moment(visit, one.ended)),
        Column("结果", 12, lambda one: phrase(one.state)),
        Column("文件", 40, lambda one: "、".join(f"{phrase(it)} {n}" for it, n in one.outcomes.items()) or None),
        Column("没有变化", 10, lambda one: one.skipped),
        Column("出错", 40, lambda one: one.error),
    )


def _failures_sheet(visit: Visit) -> tuple[Column[Failing], ...]:
    return (
        Column("文件", 34, lambda one: one.name),
        Column("为什么", 34, lambda one: reason_phrase(one.reason, one.detail)),
        Column("怎么办", 50, lambda one: REMEDIES[one.reason]),
        Column("什么时候", 18, lambda one: _moment(visit, one.failed)),
        Column("下次运行再读", 10, lambda one: "是" if one.again else "否"),
        Column("路径", 60, lambda one: one.path),
    )


_UPLOADED = re.compile(r"/uploads/\d{8}-\d{6}-[0-9a-f]{8}/")  # where the pages keep what they are given


def _moment(visit: Visit, at: datetime | None) -> str | None:
    return at.astimezone(visit.settings.zone).strftime("%Y-%m-%d %H:%M") if at else None


@router.get("/runs")
def runs(visit: Asking) -> Response:
    """The runs, latest first, and what keeps files from being read."""
    if visit.form:
        return listed(visit, "运行", _runs_sheet(visit), list_runs(visit.store, limit=None))
    pages, groups = paged(visit, count_runs(visit.store)), failure_groups(visit.store)
    found = list_runs(visit.store, limit=pages.size, offset=pages.offset)
    record = {
        "total": pages.total,
        "runs": [run_record(run) for run in found],
        "failures": [group_record(one) for one in groups],
    }
    return visit.show("runs.html", record, runs=found, pages=pages, groups=groups, remedies=REMEDIES)


@router.get("/runs/{number}")
def run(visit: Asking, number: int) -> Response:
    """The files of one run; ?failed=yes those that couldn't be read."""
    found = list_runs(visit.store, only=RunId(number), limit=1) if number < 2**31 else []
    if not found:
        visit.gone(f"没有第 {number} 次运行。")
    failed = bool(visit.flag("failed"))
    outcomes = found[0].outcomes
    total = outcomes.get(Outcome.FAILED, 0) if failed else sum(outcomes.values())
    if visit.form:
        check_length(total)
        return listed(visit, f"第{number}次运行", _FILES, run_items_of(visit.store, found[0].id, failed=failed))
    pages = paged(visit, total)
    files = run_items_of(visit.store, found[0].id, failed=failed, limit=pages.size, offset=pages.offset)
    far = progress_of(visit.store, found[0].id) if found[0].state is RunState.RUNNING else None
    record = {
        "total": total,
        "run": run_record(found[0]),
        "progress": progress_record(far),
        "files": [item_record(one) for one in files],
    }
    return visit.show(
        "run.html",
        record,
        run=found[0],
        files=files,
        pages=pages,
        failed=failed,
        reason_phrase=reason_phrase,
        far=far,
        uploaded=_UPLOADED.search,
        left=left_words(far, visit.now),
        may_stop=may_stop(visit, found[0]),
    )


@router.get("/failures")
def failures(visit: Asking) -> Response:
    """The files that can't be read, by the reason: ?reason=scanned."""
    groups = failure_groups(visit.store)
    reason = next(iter(members(visit, "reason", Unreadable)), None)
    total = sum(one.number for one in groups if reason in (None, one.reason))
    if visit.form:
        check_length(total)
        return listed(visit, "没读成的文件", _failures_sheet(visit), failing(visit.store, reason))
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
    back = visit.link("/failures", reason=reason or None, asof=None)
    if read_again(visit, Unreadable(reason) if reason else None, expected) is None:
        return visit.go(back, "什么也没有改：没读成的文件刚刚有变化。请再看一遍")
    return visit.go(back, f"下次运行会把这 {expected} 个文件再读一遍")


def read_again(visit: Visit, wanted: Unreadable | None, expected: int) -> int | None:
    """How many files the next run reads once more; None: there aren't as many as expected."""
    visit.note(object=phrase(wanted) if wanted else "全部没读成的文件")
    if try_again(visit.store, wanted, expected) is None:
        visit.noted.result = "refused: conflict"
        return None
    visit.noted.after = (("再读", f"{expected} 个"),)
    return expected


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
