"""What people read when a page can't be shown: plain Chinese, what to do, and no traceback."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from models.errors import ConflictingReview, LoginRefused, StoreUnavailable, WrongAccount, WrongDecision, WrongSearch
from outputs.web.guard import new_number
from outputs.web.visit import Elsewhere, Office, Person, Visit, wants_json

log = logging.getLogger("duban.web")

_TITLES = {
    400: "地址或表单不对",
    401: "请先登录",
    403: "不能这样做",
    404: "没有这一页",
    405: "不能这样打开",
    409: "别人刚改过",
    411: "请求不完整",
    413: "内容太大",
    422: "没有保存",
    429: "问得太快",
    500: "程序自身出错",
    503: "数据库暂时用不了",
}
_DEFAULTS = {
    404: "地址可能抄错了，或者这份文件后来不在了。",
    405: "这个地址只能由表单打开。",
    500: "什么也没有改。请把编号告诉管理员。",
}
_SECRET = ("csrf", "back", "password", "again", "current", "token")


def install(app: FastAPI) -> None:
    """Answers for everything that may go wrong within a page; what is left over `unforeseen` answers."""

    @app.exception_handler(Elsewhere)
    async def elsewhere(request: Request, error: Elsewhere) -> Response:
        return RedirectResponse(error.address, status_code=303)

    @app.exception_handler(HTTPException)
    async def refused(request: Request, error: HTTPException) -> Response:
        said = error.detail if any("\u4e00" <= c <= "\u9fff" for c in str(error.detail)) else None
        headers = dict(error.headers or {})
        if error.status_code == 405:
            headers["Allow"] = ", ".join(_allowed(request))
        return problem(request, error.status_code, said, headers=headers)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        named = "、".join(dict.fromkeys(str(one["loc"][-1]) for one in error.errors()))
        wrong = [(_where(one["loc"]), str(one["msg"])) for one in error.errors()]
        return problem(request, 422, f"这几项缺了或者不对：{named}", wrong=wrong)

    async def wrong(request: Request, error: Exception) -> Response:
        return problem(request, 422, str(error))

    for kind in (WrongDecision, WrongAccount, WrongSearch, LoginRefused):
        app.add_exception_handler(kind, wrong)

    @app.exception_handler(ConflictingReview)
    async def conflict(request: Request, error: ConflictingReview) -> Response:
        return problem(request, 409, str(error), entered=await _entered(request))

    @app.exception_handler(StoreUnavailable)
    async def unavailable(request: Request, error: StoreUnavailable) -> Response:
        number = new_number()
        log.error("%s %s %s: %s", number, request.method, request.url.path, error)
        return problem(request, 503, "过一会儿再试；一直这样，请把编号告诉管理员。", number=number)


def unforeseen(request: Request, error: Exception) -> Response:
    """500: the details go to the log under a number, the person gets the number."""
    number = new_number()
    log.error("%s %s %s", number, request.method, request.url.path, exc_info=error)
    return problem(request, 500, number=number)


def problem(
    request: Request,
    status: int,
    said: str | None = None,
    *,
    number: str | None = None,
    entered: list[tuple[str, str]] | None = None,
    headers: dict[str, str] | None = None,
    wrong: Sequence[tuple[str, str]] = (),
    more: Mapping[str, object] | None = None,
) -> Response:
    """The page of a problem, or the same as JSON; for programs as RFC 9457 has it, with `wrong` and `more`."""
    title = _TITLES.get(status, "出错了")
    told = said or _DEFAULTS.get(status, "")
    if request.url.path.startswith("/api/"):
        record = {"type": "about:blank", "title": title, "status": status, "detail": told, "number": number}
        errors = [{"where": where, "why": why} for where, why in wrong]
        body = {**record, "errors": errors, **(more or {})}
        return JSONResponse(body, status_code=status, headers=headers, media_type="application/problem+json")
    if wants_json(request):
        record = {"error": title, "detail": told, "number": number, "status": status}
        return JSONResponse(record, status_code=status, headers=headers)
    visit = getattr(request.state, "visit", None) or _nobody(request)
    response = visit.show(
        "problem.html", {}, status=status, title=title, told=told, number=number, entered=entered or []
    )
    response.headers.update(headers or {})
    return response


def _allowed(request: Request) -> list[str]:
    """The methods of an address: several pages may have it."""
    path = request.url.path
    return sorted({one for page in request.app.state.pages if page.path_regex.match(path) for one in page.methods})


def _where(place: Sequence[object]) -> str:
    """Where a value stands: the parameter's or field's name, with what is inside it."""
    return ".".join(map(str, place[1:])) or str(place[0])


def _nobody(request: Request) -> Visit:
    office: Office = request.app.state.office
    return Visit(request, office, Person(), office.settings.clock())


async def _entered(request: Request) -> list[tuple[str, str]]:
    """What the person had entered, so that it isn't lost."""
    form = await request.form()
    return [
        (name, value)
        for name, value in form.multi_items()
        if isinstance(value, str) and value and not name.startswith(_SECRET)
    ]
