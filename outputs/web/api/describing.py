"""What the interface offers, and what every route of it has in common."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from fastapi import APIRouter, Request
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute

from outputs.exchange import Record
from outputs.phrases import PHRASES
from outputs.web.api.answers import Overview, Problem
from outputs.web.guard import pages
from outputs.web.overview import overview_record, read_overview
from outputs.web.visit import Asking

VERSION = "1.6"  # counts what was added: nothing is ever taken away or changed in meaning
PROBLEMS = {
    400: "地址里的日期、筛选条件或字符不对",
    401: "没有口令，或者口令不对、过期、作废",
    403: "这个口令的角色不能这样做",
    404: "没有这个编号",
    409: "别人刚作了决定，已经撤销过，或者和现在的情形不合",
    411: "没有写明长度",
    413: "内容太大",
    422: "参数或内容不对；多出来的、写错名字的参数也算",
    429: "一分钟里问得太多，过 Retry-After 秒再来",
    503: "数据库暂时用不了",
}
_READING, _WRITING = (400, 401, 403, 422, 429, 503), (400, 401, 403, 404, 409, 411, 413, 422, 429, 503)
_ABOUT = (
    "督办的台账、承诺、佐证、进展、提醒、检索，和网页上是同样的数据、同样的条数。\n\n"
    "- 口令放在 `Authorization: Bearer duban_…`；用 `duban user token` 发。`read` 只读，`write` 与本人权限相同。\n"
    "- 列表的 `next` 是下一页的地址，空就是没有了。\n"
    "- 日期写成 `2026-06-30`，时刻带时区。空值是文件没有写，不是读错。\n"
    "- 出错都答 `application/problem+json`，`detail` 用中文说出了什么事、该怎么办。"
)
_TAGS = {
    "台账": "承诺事项，逐条有原文",
    "决定": "确认、认定、更正、交办、撤销；都留痕",
    "导入": "改好的 Excel 台账：先看改了哪些格，再记下，能整批撤销",
    "文件": "读出的文件，建议、提案和答复",
    "统计": "概览、单位、目标",
    "运行": "收了什么，什么没有读成",
    "检索": "找词，存下的检索",
    "用户和日志": "用户归管理员，日志归审计员",
}


def offered(tag: str, *, writes: bool = False, single: bool = False) -> APIRouter:
    """A router of the interface: guarded as pages are, each route with the problems that it may answer."""
    told = [*(_WRITING if writes else _READING), *([404] if single else [])]
    answers = {code: {"model": Problem, "description": PROBLEMS[code]} for code in sorted(told)}
    return pages(tags=[tag], responses=answers, generate_unique_id_function=operation_id)


def operation_id(route: APIRoute) -> str:
    """The name that generated clients give a route: its function's."""
    return route.name


router = offered("统计")


@router.get("/api/overview", response_model=Overview, summary="概览：各种状态各多少，上次运行以来的变化")
def overview(visit: Asking) -> Record:
    """The figures of the front page."""
    return overview_record(visit, read_overview(visit))


@router.get("/api/openapi.json", include_in_schema=False)
def openapi(request: Request) -> dict[str, Any]:
    """What the interface offers."""
    app = request.app
    if app.openapi_schema is None:
        app.openapi_schema = described([one for one in app.state.interface if one.include_in_schema])
    described_: dict[str, Any] = app.openapi_schema
    return described_


def described(routes: list[APIRoute]) -> dict[str, Any]:
    """The description of the interface, in Chinese."""
    tags = [{"name": name, "description": said} for name, said in _TAGS.items()]
    found = get_openapi(title="督办", version=VERSION, description=_ABOUT, routes=routes, tags=tags)
    schemas = found["components"]["schemas"]
    schemas.pop("HTTPValidationError", None)
    schemas.pop("ValidationError", None)
    _name_values(schemas)
    found["components"]["securitySchemes"] = {
        "token": {"type": "http", "scheme": "bearer", "description": "duban user token 发的口令"},
    }
    found["security"] = [{"token": []}]
    for path in found["paths"].values():
        for operation in path.values():
            operation.pop("description", None)  # the function's own words, meant for us
            for answer in operation["responses"].values():
                _as_problem(answer)
    return found


def _as_problem(answer: dict[str, Any]) -> None:
    """Problems have a media type of their own (RFC 9457)."""
    if answer["description"] == "Successful Response":
        answer["description"] = "成功"
    content = answer.get("content", {}).get("application/json", {})
    if content.get("schema", {}).get("$ref", "").endswith(("/Problem", "/Conflict")):
        answer["content"] = {"application/problem+json": content}


def _name_values(schemas: dict[str, Any]) -> None:
    """Closed sets say what each value means; the descriptions of records, meant for us, go."""
    said: dict[str, list[str]] = defaultdict(list)
    for (kind, value), words in PHRASES.items():
        said[kind.__name__].append(f"{value} {words}")
    for name, schema in schemas.items():
        schema.pop("description", None)
        if "enum" in schema and name in said:
            schema["description"] = "；".join(said[name])
