"""`duban user …`: the accounts of the office's pages; `duban audit`: the log of what was done with them."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli_common import Format, Shown, office_zone, open_database, write_json
from flows.cli_words import ChineseCommand, ChineseGroup

if TYPE_CHECKING:
    from models.audit import Head, Values
    from models.passwords import Policy
    from models.people import ApiToken, User
    from models.store import Store

app = typer.Typer(
    cls=ChineseGroup,
    help="网页的用户：add、list、role、password、disable、enable；给程序用的口令：token、tokens、revoke。",
)


@app.callback(invoke_without_command=True)
def _help(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


class GivenRole(StrEnum):
    """What somebody may be: outputs/web/access.yaml says what each may do."""

    NONE = "none"
    VIEWER = "viewer"
    REVIEWER = "reviewer"
    ADMIN = "admin"
    AUDITOR = "auditor"


class Reach(StrEnum):
    """How far a program's token reaches."""

    READ = "read"
    WRITE = "write"


Name = Annotated[str, typer.Argument(metavar="NAME", help="用户名。", show_default=False)]
Role = Annotated[GivenRole, typer.Option("--role", help="viewer 查看，reviewer 办理，admin 管理，auditor 审计。")]


@app.command("add", cls=ChineseCommand)
def add(name: Name, role: Role = GivenRole.VIEWER) -> None:
    """建一个用户；密码在提示后输入，或从标准输入读一行。"""
    from models.accounts import add_user, check_name
    from models.people import UserRole

    check_name(name)
    with open_database() as store:
        made = add_user(store, name, UserRole(role.value), _password(name), policy=_policy(), now=_now())
        _log(store, "user_add", made.name, after=(("角色", made.role.value),))
    typer.echo(f"建好了用户 {made.name}，角色 {made.role.value}。")


@app.command("list", cls=ChineseCommand)
def list_all(format: Format = Shown.TABLE) -> None:
    """列出用户。"""
    from models.accounts import is_password_old, list_users

    with open_database() as store:
        found = list_users(store)
    if format is Shown.JSON:
        write_json([_user_record(one, is_password_old(one, _policy(), _now())) for one in found])
        return
    for one in found:
        typer.echo(f"{one.name}  {one.role.value}{'  已停用' if one.disabled else ''}")
    typer.echo(f"共 {len(found)} 个用户。" if found else "还没有用户。用 duban user add NAME --role admin 建一个。")


def _user_record(one: User, password_old: bool) -> dict[str, object]:
    return {
        "name": one.name,
        "role": one.role.value,
        "created": one.created.isoformat(),
        "disabled": _time(one.disabled),
        "password_old": password_old,
    }


@app.command("password", cls=ChineseCommand)
def password(name: Name) -> None:
    """重设一个用户的密码；此人在各处的登录都退出。"""
    from models.accounts import set_password, user_named

    with open_database() as store:
        known = user_named(store, name)
        set_password(store, known.name, _password(known.name), policy=_policy(), now=_now())
        _log(store, "user_password", known.name)
    typer.echo(f"{known.name} 的密码换好了，此前的登录都已退出。")


@app.command("role", cls=ChineseCommand)
def role(name: Name, role: Role) -> None:
    """改一个用户的角色，立即生效。"""
    from models.accounts import set_role
    from models.people import UserRole

    with open_database() as store:
        before, after = set_role(store, name, UserRole(role.value))
        _log(store, "user_role", after.name, (("角色", before.role.value),), (("角色", after.role.value),))
    typer.echo(f"{after.name} 的角色是 {after.role.value}。")


@app.command("disable", cls=ChineseCommand)
def disable(name: Name) -> None:
    """停用一个用户：马上退出，不能再登录；从前作的决定还在。"""
    from models.accounts import disable as take_away

    with open_database() as store:
        done = take_away(store, name, now=_now())
        _log(store, "user_disable", done.name)
    typer.echo(f"{done.name} 停用了。")


@app.command("enable", cls=ChineseCommand)
def enable(name: Name) -> None:
    """重新启用一个用户，也解除因登录失败的暂停。"""
    from models.accounts import enable as give_back

    with open_database() as store:
        done = give_back(store, name)
        _log(store, "user_enable", done.name)
    typer.echo(f"{done.name} 可以登录了。")


@app.command("token", cls=ChineseCommand)
def token(
    name: Name,
    purpose: Annotated[str, typer.Option("--for", metavar="TEXT", help="给什么用。")] = "接口",
    scope: Annotated[Reach, typer.Option("--scope", help="read 只读，write 与此人相同。")] = Reach.READ,
    days: Annotated[int, typer.Option("--days", min=1, max=366, help="多少天内有效。")] = 90,
) -> None:
    """给程序用的口令，只显示这一次。"""
    from models.accounts import user_named
    from models.logins import new_api_token
    from models.people import Scope

    now = _now()
    with open_database() as store:
        owner = user_named(store, name)
        key, made = new_api_token(
            store, owner, purpose, Scope(scope.value), expires=now + timedelta(days=days), now=now
        )
        _log(store, "user_token", owner.name, after=(("号", str(made.id)), ("范围", made.scope.value)))
    typer.echo(f"第 {made.id} 号口令，{days} 天内有效，只显示这一次：", err=True)
    typer.echo(key)


@app.command("tokens", cls=ChineseCommand)
def tokens(format: Format = Shown.TABLE) -> None:
    """列出给程序用的口令（不含口令本身）。"""
    from models.logins import list_api_tokens

    with open_database() as store:
        found = list_api_tokens(store)
    if format is Shown.JSON:
        write_json([_token_record(one) for one in found])
        return
    for one in found:
        until = "已作废" if one.revoked else f"到 {one.expires.astimezone(office_zone()):%Y-%m-%d}"
        typer.echo(f"{one.id}  {one.user.name}  {one.name}  {one.scope.value}  {until}")
    typer.echo(f"共 {len(found)} 个口令。")


def _token_record(one: ApiToken) -> dict[str, object]:
    return {
        "number": one.id,
        "user": one.user.name,
        "for": one.name,
        "scope": one.scope.value,
        "expires": one.expires.isoformat(),
        "revoked": _time(one.revoked),
    }


def _time(when: datetime | None) -> str | None:
    return when.isoformat() if when else None


@app.command("revoke", cls=ChineseCommand)
def revoke(number: Annotated[int, typer.Argument(metavar="NUMBER", help="口令的号数。", show_default=False)]) -> None:
    """作废一个给程序用的口令，立即生效。"""
    from models.logins import revoke_api_token

    with open_database() as store:
        revoke_api_token(store, number, now=_now())
        _log(store, "user_revoke", f"第 {number} 号口令")
    typer.echo(f"第 {number} 号口令作废了。")


def audit(
    noted: Annotated[
        list[str] | None,
        typer.Option("--noted", metavar="N:DIGEST", help="以前抄下的末尾，可以多次给。", show_default=False),
    ] = None,
    format: Format = Shown.TABLE,
) -> None:
    """核对审计日志：每一条是否还和写下时一样；显示末尾，抄在别处以后可以拿来核对。"""
    from models.audit import head, verify

    known = [_head(text) for text in noted or []]
    with open_database() as store:
        broken, end = verify(store, known), head(store)
    if format is Shown.JSON:
        fault = {"number": broken.number, "why": broken.why} if broken else None
        write_json({"entries": end.entries, "digest": end.digest, "broken": fault})
    elif broken is None:
        typer.echo(f"日志共 {end.entries} 条，都和写下时一样。末尾：{end.entries}:{end.digest}")
    else:
        typer.echo(f"日志从第 {broken.number} 条起不可信：{broken.why}。")
    if broken is not None:
        raise typer.Exit(1)


def _head(text: str) -> Head:
    from models.audit import Head

    number, _, digest = text.partition(":")
    if not number.isdecimal() or len(digest) != 64:
        raise typer.BadParameter("要写成 条数:摘要，照 duban audit 显示的末尾抄", param_hint="--noted")
    return Head(int(number), digest)


def _password(name: str) -> str:
    """A new password: typed twice without being shown, or a line of standard input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    shown: str = typer.prompt(f"{name} 的新密码", hide_input=True)
    if typer.prompt("再输一次", hide_input=True) != shown:
        raise typer.BadParameter("两次输入的密码不一样")
    return shown


def _policy() -> Policy:
    from flows.settings import load
    from models.passwords import Policy

    return Policy(load().web_passwords)


def _now() -> datetime:
    return datetime.now(UTC)


def _log(store: Store, action: str, object: str, before: Values = (), after: Values = ()) -> None:
    """The command line's changes stand in the audit log, too: who is who is at the machine."""
    from models.audit import Entry, append

    who = f"{_login()}（命令行）"
    at = _now().astimezone(office_zone())
    append(store, Entry(at, who, "none", "", action, object, before=before, after=after))


def _login() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "未知"
