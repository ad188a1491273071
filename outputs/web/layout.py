"""The menu, and what templates may use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from models.ids import digest_of
from models.people import UserRole
from outputs import phrases

FOLDER = Path(__file__).parent
STATIC = FOLDER / "static"


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the menu; `key` after g goes there, `also` are paths of pages that belong to it, `opens` is where it
    leads if not to its path."""

    name: str
    path: str
    key: str
    also: tuple[str, ...] = ()
    opens: str = ""

    def holds(self, path: str) -> bool:
        """Whether a page belongs to this entry."""
        if path == "/":
            return self.path == "/"
        return any(path == one or path.startswith(f"{one}/") for one in (self.path, *self.also) if one != "/")


NAVIGATION = (
    Entry("概览", "/", "o", ("/mornings", "/check")),
    Entry("台账", "/ledger", "l", ("/commitments",), "/ledger/mine"),
    Entry("审核", "/review", "q"),
    Entry("目标", "/targets", "t"),
    Entry("单位", "/units", "u"),
    Entry("检索", "/search", "s", ("/searches",)),
    Entry("文件", "/documents", "d", ("/items", "/intake")),
    Entry("运行", "/runs", "r", ("/failures",)),
    Entry("用户", "/users", "p"),
    Entry("日志", "/audit", "a"),
)
ROLES = {
    UserRole.NONE: "无权限",
    UserRole.VIEWER: "查看",
    UserRole.REVIEWER: "办理",
    UserRole.ADMIN: "管理员",
    UserRole.AUDITOR: "审计",
}
ACTIONS = {
    "first_run": "首次使用",
    "login": "登录",
    "logout": "退出",
    "password": "换密码",
    "denied": "越权打开",
    "export": "导出",
    "original": "下载原件",
    "decide": "作决定",
    "undo": "撤销决定",
    "batch": "成批处理",
    "batch_undo": "撤销成批处理",
    "import_read": "上传改好的台账",
    "import_columns": "说明各列当作什么",
    "import": "导入台账",
    "import_stop": "停下导入",
    "import_undo": "撤销导入",
    "check": "签发前看一遍",
    "intake": "收文件",
    "intake_cancel": "不收了",
    "run_stop": "叫停运行",
    "export_stop": "停下导出",
    "import_line": "说定外来台账的一行",
    "import_again": "外来台账再找一遍",
    "import_drop": "外来台账不留了",
    "retry": "再读没读成的文件",
    "search_save": "存检索",
    "search_seen": "看过检索的结果",
    "search_unseen": "撤销看过",
    "search_delete": "删检索、台账",
    "search_restore": "恢复检索、台账",
    "list_save": "存台账",
    "list_change": "改存下的台账",
    "list_first": "选先打开的台账",
    "columns": "选台账的列",
    "user_add": "建用户",
    "user_disable": "停用用户",
    "user_enable": "启用用户",
    "user_role": "改角色",
    "user_password": "重设密码",
    "user_token": "发接口口令",
    "user_revoke": "作废接口口令",
}
"""What the audit log's actions are called; pages that add actions to access.yaml add their names here."""

_RESULTS = {"done": "完成", "refused": "没有通过", "failed": "出错"}
_WHY = {
    "wrong": "填得不对",
    "conflict": "别人刚改过",
    "role": "没有权限",
    "who": "不是本人的",
    "login": "用户名或密码不对",
    "nobody": "没有登录",
    "400": "地址或表单不对",
    "401": "没有登录",
    "403": "不许这样做",
    "404": "没有这一项",
    "409": "别人刚改过",
    "413": "内容太大",
    "422": "填得不对",
    "429": "太频繁",
}


def templates(zone: ZoneInfo) -> Environment:
    """The templates: everything escaped, a missing value an error."""
    made = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals["static"] = static_address
    made.filters |= {
        "phrase": phrases.phrase,
        "role": lambda role: ROLES[UserRole(role)],
        "action": lambda action: ACTIONS.get(action, action),
        "result": _result,
        "moment": _moment(zone),
        "number": _number,
    }
    return made


@lru_cache(maxsize=32)
def static_address(name: str) -> str:
    """Where a static file is; another address when it changes, so that browsers may keep it for ever."""
    return f"/static/{name}?v={digest_of((STATIC / name).read_bytes())[:12]}"


def _moment(zone: ZoneInfo) -> Callable[[datetime | None], str]:
    """A time as the office's clock shows it: 2026-06-30 09:15."""
    return lambda at: at.astimezone(zone).strftime("%Y-%m-%d %H:%M") if at else "—"


def _number(value: int) -> str:
    """A count with its thousands apart, as GB/T 15835 has them: 12 345."""
    return f"{value:,}".replace(",", " ")


def _result(said: str) -> str:
    """The log's word for how it ended, in Chinese, with its detail."""
    kind, _, detail = said.partition(": ")
    return _RESULTS.get(kind, kind) + (f"（{_WHY.get(detail, detail)}）" if detail else "")
