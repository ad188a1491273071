"""Accounts, the audit log, long exports, and files that are read once more, for programs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import Query
from fastapi.responses import FileResponse, Response

from models import accounts
from models.audit import count_entries, entries, verify
from models.errors import WrongAccount
from models.people import User
from outputs.exchange import Record
from outputs.web import exporting, people
from outputs.web.api import managed
from outputs.web.api.answers import Problem
from outputs.web.api.describing import PROBLEMS, offered
from outputs.web.api.lists import paged
from outputs.web.api.managed import UserName, WorkKey
from outputs.web.api.questions import Question
from outputs.web.inspection import entry_record
from outputs.web.problems import problem
from outputs.web.runs import read_again
from outputs.web.visit import Asking, Visit

users, changes = offered("用户和日志"), offered("用户和日志", writes=True)
exports, files = offered("台账", writes=True), offered("台账", single=True)
failed = offered("运行", writes=True)
_REFUSED: dict[int | str, dict[str, object]] = {409: {"model": Problem, "description": PROBLEMS[409]}}
Nothing = Annotated[Question, Query()]


@users.get("/api/users", response_model=managed.Accounts, summary="用户，全部；只有管理员")
def all_users(visit: Asking, ask: Nothing) -> Record:
    """All accounts."""
    return {"users": [people.user_record(one) for one in accounts.list_users(visit.store)]}


@changes.post("/api/users", status_code=201, response_model=managed.Account, responses=_REFUSED, summary="建一个用户")
def add_user(visit: Asking, adding: managed.Adding) -> Record | Response:
    """A new account."""
    visit.note(f"用户 {adding.name}")
    return _changed(visit, lambda: people.make(visit, adding.name, adding.role, adding.password))


@changes.post(
    "/api/users/{name}/role", response_model=managed.Account, responses=_REFUSED, summary="换一个角色，立即生效"
)
def give_role(visit: Asking, name: UserName, giving: managed.Giving) -> Record | Response:
    """Another role."""
    _known(visit, name)
    return _changed(visit, lambda: people.give_role(visit, name, giving.role))


@changes.post(
    "/api/users/{name}/password",
    response_model=managed.Account,
    responses=_REFUSED,
    summary="重设密码；此人在各处的登录都退出",
)
def set_password(visit: Asking, name: UserName, resetting: managed.Resetting) -> Record | Response:
    """Another password."""
    _known(visit, name)
    return _changed(visit, lambda: people.give_password(visit, name, resetting.password))


@changes.post("/api/users/{name}/disable", response_model=managed.Account, responses=_REFUSED, summary="停用")
def disable_user(visit: Asking, name: UserName, ask: Nothing) -> Record | Response:
    """Out of use."""
    _known(visit, name)
    return _changed(visit, lambda: people.put_out_of_use(visit, name))


@changes.post("/api/users/{name}/enable", response_model=managed.Account, responses=_REFUSED, summary="启用")
def enable_user(visit: Asking, name: UserName, ask: Nothing) -> Record | Response:
    """In use again."""
    _known(visit, name)
    return _changed(visit, lambda: people.put_in_use(visit, name))


@users.get("/api/audit", response_model=managed.Log, summary="审计日志，新的在前；只有审计员")
def audit_log(visit: Asking, ask: Annotated[managed.AuditAsked, Query()]) -> Record:
    """Who did what."""
    who, action = ask.who or None, ask.action or None
    total = count_entries(visit.store, who=who, action=action)
    found = entries(visit.store, limit=ask.size, offset=ask.offset, who=who, action=action)
    intact = verify(visit.store) is None if ask.check == "yes" else None
    return paged(visit, ask, total) | {"entries": [entry_record(one) for one in found], "intact": intact}


@exports.post(
    "/api/exports",
    status_code=201,
    response_model=managed.Export,
    summary="导出一份长的台账，在后台做：筛选条件在地址里，照编号问做到第几条",
)
def start_export(visit: Asking, ask: Annotated[managed.ExportOf, Query()], exporting_: managed.Exporting) -> Record:
    """Has a list written by a process of its own."""
    return _export(visit, exporting.begin(visit, exporting_.form, visit.parameters))


@files.get("/api/exports/{key}", response_model=managed.Export, summary="一次导出到了哪里")
def look_at_export(visit: Asking, key: WorkKey, ask: Nothing) -> Record:
    """How far an export is."""
    return _export(visit, key)


@exports.post("/api/exports/{key}/stop", response_model=managed.Export, summary="不导了；没有留下文件")
def stop_export(visit: Asking, key: WorkKey, ask: Nothing) -> Record:
    """Has an export end."""
    exporting.end(visit, key)
    return _export(visit, key)


@files.get(
    "/api/exports/{key}/file",
    response_class=FileResponse,
    responses={200: {"content": {"application/octet-stream": {}}, "description": "文件"}},
    summary="取导出的文件",
)
def take_export(visit: Asking, key: WorkKey, ask: Nothing) -> Response:
    """The file."""
    return exporting.file(visit, key)


@failed.post(
    "/api/failures/retry",
    response_model=managed.Retried,
    responses=_REFUSED,
    summary="让下次运行把没读成的文件再读一遍：一种原因的，或者全部",
)
def retry_failures(visit: Asking, retrying: managed.Retrying) -> Record | Response:
    """Has the next run read them once more."""
    again = read_again(visit, retrying.reason, retrying.expected)
    if again is None:
        return problem(visit.request, 409, "什么也没有改：没读成的文件不是这么多。请再看一遍 /api/failures")
    return {"again": again}


def _export(visit: Visit, key: str) -> Record:
    return {"key": key, **exporting.state_record(exporting.state_of(visit, key))}


def _known(visit: Visit, name: str) -> None:
    if name not in [one.name for one in accounts.list_users(visit.store)]:
        visit.gone("没有这个用户。")


def _changed(visit: Visit, change: Callable[[], User]) -> Record | Response:
    try:
        return people.user_record(change())
    except WrongAccount as error:
        visit.noted.result = "refused: wrong"
        return problem(visit.request, 409, str(error))
