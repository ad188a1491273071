"""The door of every page: who asks, whether they may, whether a form is really ours, and what the log is told.

Pages hang on `pages()`; each looks up its line of access.yaml when it is made and can't be reached past this.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import APIRouter, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from models import audit
from models.accounts import has_users, is_password_old
from models.errors import ConflictingReview, LoginRefused, WrongAccount, WrongDecision, WrongSearch
from models.logins import api_token_of, session_of
from models.people import Scope, UserRole
from outputs.web.access import Line, line_of
from outputs.web.addresses import address
from outputs.web.forms import is_form_token
from outputs.web.visit import Elsewhere, Office, Person, Visit, wants_json

_SMALL = 1_000_000  # bytes of a form without files
_READS = {"GET", "HEAD"}
_REFUSALS: dict[type[Exception], str] = {
    WrongDecision: "refused: wrong",
    WrongAccount: "refused: wrong",
    WrongSearch: "refused: wrong",
    LoginRefused: "refused: login",
    ConflictingReview: "refused: conflict",
    RequestValidationError: "refused: wrong",
}
_FREE_WHEN_OLD = {"GET /password", "POST /password", "POST /logout"}  # open to whoever must choose a new password


def pages(**options: Any) -> APIRouter:
    """A router for pages: what hangs on it is guarded."""
    return APIRouter(route_class=Guarded, **options)


class Guarded(APIRoute):
    """A page with its line of access.yaml."""

    line: Line

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        methods = sorted(options.get("methods") or ["GET"])
        if len(methods) != 1:
            raise ValueError(f"{path}: one page, one method")
        self.line = line_of(methods[0], path)
        super().__init__(path, endpoint, **options)

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The page behind its door."""
        page, line = super().get_route_handler(), self.line

        async def guarded(request: Request) -> Response:
            visit = await _enter(request, line)
            try:
                response = await page(request)
            except Exception as error:
                if line.audit and not isinstance(error, Elsewhere):
                    await run_in_threadpool(_log, visit, line.audit, _result(error))
                raise
            action = visit.noted.action or line.audit
            if action:
                await run_in_threadpool(_log, visit, action, _came_to(visit, response))
            return visit.dress(response)

        return guarded


async def _enter(request: Request, line: Line) -> Visit:
    """The visit, if this person may make it; raises what is answered instead."""
    office: Office = request.app.state.office
    visit = await run_in_threadpool(identify, request, office)
    request.state.visit = visit
    await run_in_threadpool(_check_opened, visit, line)
    _check_pace(visit, line)
    if visit.person.role not in line.roles:
        await run_in_threadpool(_turn_away, visit, line)
    _check_password(visit, line)
    visit.day("asof")
    if request.method not in _READS:
        try:
            await _check_form(visit, line)
        except HTTPException as error:
            if visit.person.known and line.audit:  # nobody's are many, and tell nothing
                await run_in_threadpool(_log, visit, line.audit, _result(error))
            raise
    return visit


def identify(request: Request, office: Office) -> Visit:
    """Who asks. A wrong token of a program is refused at once; a browser's old session is nobody."""
    now = office.settings.clock()
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        token = api_token_of(office.store, key.strip(), now=now)
        if token is None:
            raise HTTPException(401, "接口口令不对、过期了，或者已经作废", {"WWW-Authenticate": "Bearer"})
        only_reads = token.scope is Scope.READ
        person = Person(token.user.name, token.role, by_token=True, only_reads=only_reads)
        return Visit(request, office, person, now)
    secret = request.cookies.get(office.cookie) or None
    session = session_of(office.store, secret, limits=office.settings.limits, now=now) if secret else None
    person = Person(session.user.name, session.user.role, session) if session else Person()
    return Visit(request, office, person, now, secret)


def _check_opened(visit: Visit, line: Line) -> None:
    """Before anybody has an account, there is the page that makes the first one, and nothing else."""
    office = visit.office
    office.opened = office.opened or has_users(office.store)
    if not office.opened and not line.route.endswith(" /first-run"):
        if visit.request.method in _READS and not visit.wants_json:
            visit.elsewhere("/first-run")
        raise HTTPException(403, "还没有用户。请先在首次使用页面建立管理员")


def _check_pace(visit: Visit, line: Line) -> None:
    """429 for a program that asks too often."""
    if line.for_programs and visit.person.known:
        seconds = visit.office.pace.wait(visit.person.name, visit.now)
        if seconds:
            most = visit.settings.asked_per_minute
            raise HTTPException(429, f"一分钟最多问 {most} 次，过 {seconds} 秒再来", {"Retry-After": str(seconds)})


def _turn_away(visit: Visit, line: Line) -> None:
    """To the login page whoever isn't known, away whoever is."""
    if visit.person.known:
        _log(visit, "denied", "refused: role", object=line.route)
        raise HTTPException(403, "您的角色不能打开这一页、做这件事。要开通请找管理员")
    if visit.request.method in _READS and not visit.wants_json:
        visit.elsewhere(address("/login", [("back", visit.address if visit.address != "/" else None)]))
    raise HTTPException(401, "请先登录", {"WWW-Authenticate": "Bearer"})


def _check_password(visit: Visit, line: Line) -> None:
    session = visit.person.session
    if session is None or line.route in _FREE_WHEN_OLD or UserRole.NONE in line.roles:
        return
    if is_password_old(session.user, visit.settings.policy, visit.now):
        if visit.request.method in _READS and not visit.wants_json:
            visit.elsewhere(address("/password", [("back", visit.address)]))
        raise HTTPException(403, "密码到期了，请先换密码")


async def _check_form(visit: Visit, line: Line) -> None:
    """403 for a form that isn't ours, 413 for one that is too long, before anything of it is used."""
    request = visit.request
    _check_length(request, line.upload or _SMALL)
    if visit.person.by_token:
        if visit.person.only_reads:
            raise HTTPException(403, "这个口令只能读。要作决定请用 duban user token --scope write 另发一个")
        return
    if line.for_programs:  # a login goes along with whatever the browser is made to send; a token doesn't
        raise HTTPException(403, "接口的写操作只认口令（Authorization: Bearer …），不认浏览器里的登录")
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise HTTPException(403, "这个请求来自别的网站，没有执行")
    form = await request.form(max_files=line.files, max_fields=2_000)
    if not is_form_token(visit.secret, form.get("csrf")):
        raise HTTPException(403, "页面已经过期，什么也没有改。请退回上一页，刷新后再试")
    if any("\0" in text for value in form.values() for text in [value if isinstance(value, str) else _name(value)]):
        raise HTTPException(400, "表单里有不能保存的字符")


def _name(file: UploadFile) -> str:
    return file.filename or ""


def _check_length(request: Request, most: int) -> None:
    nothing = request.method == "DELETE" and "transfer-encoding" not in request.headers
    given = request.headers.get("content-length", "0" if nothing else "")
    if not given.isdecimal():
        raise HTTPException(411, "请求没有写明长度")
    if int(given) > most:
        raise HTTPException(413, f"内容太大：最多 {most // 1_000_000} 兆")


def _log(visit: Visit, action: str, result: str, *, object: str = "") -> None:
    noted = visit.noted
    if noted.silent:
        return
    entry = audit.Entry(
        at=visit.now.astimezone(visit.settings.zone),
        who=noted.who or visit.person.name or "（未登录）",
        role=(noted.role or visit.person.role).value,
        address=visit.request.client.host if visit.request.client else "",
        action=action,
        object=object or noted.object,
        result=noted.result or result,
        before=noted.before,
        after=noted.after,
    )
    audit.append(visit.store, entry)


def _came_to(visit: Visit, response: Response) -> str:
    return "done" if response.status_code < 400 else f"refused: {response.status_code}"


def _result(error: Exception) -> str:
    """What became of it, in the log's words."""
    if isinstance(error, HTTPException):
        return f"refused: {error.status_code}"
    return next(
        (word for kind, word in _REFUSALS.items() if isinstance(error, kind)), f"failed: {type(error).__name__}"
    )


def new_number() -> str:
    """What a person reads out to the administrator, who finds the details by it."""
    return secrets.token_hex(4).upper()


__all__ = ["Guarded", "identify", "new_number", "pages", "wants_json"]
