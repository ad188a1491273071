"""`duban serve`: the office's pages, until it is stopped."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli_common import open_database

_POOLS = -8  # M_ARENA_MAX of <malloc.h>

if TYPE_CHECKING:
    import socket
    from datetime import datetime

    from models.store import Store


def serve(
    host: Annotated[
        str | None, typer.Option("--host", metavar="ADDRESS", help="在哪个地址上。", show_default="127.0.0.1，只有本机")
    ] = None,
    port: Annotated[
        int | None, typer.Option("--port", min=0, max=65535, help="端口；0 由系统挑一个。", show_default="8765")
    ] = None,
) -> None:
    """打开网页，一直运行到被停止（Ctrl-C）。还没有用户时，给出建立管理员的口令。"""
    from datetime import UTC, datetime

    import uvicorn

    from flows.preparing import prepared
    from flows.serve import is_loopback, office_app
    from flows.settings import load
    from models.accounts import has_users

    _share_memory()
    settings = load()
    address, local = host or settings.web_host, is_loopback(host or settings.web_host)
    with open_database() as store:
        opened = has_users(store)
        if not opened and not local:
            raise typer.BadParameter(
                "还没有用户，先不能让别的机器打开。先用 duban user add 建立管理员，或者不加 --host 在本机建立",
                param_hint="--host",
            )
        app = office_app(store, settings)
        with _listening(address, settings.web_port if port is None else port) as door:
            url = _url(address, door)
            typer.echo(f"网页在 {url}，按 Ctrl-C 停止。", err=True)
            if not local and not settings.web_https:
                typer.echo("注意：网页没有加密，密码在网络上看得见。做法见文档“网页”里的“给别的机器用”。", err=True)
            if not opened:
                _invite(store, url, datetime.now(UTC))
            config = uvicorn.Config(
                app,
                log_level="warning",
                access_log=False,
                server_header=False,
                proxy_headers=False,
                timeout_graceful_shutdown=10,
            )
            lists = app.state.office.actions.lists
            with suppress(KeyboardInterrupt), prepared(lists, settings):  # Ctrl-C is how it is meant to end
                uvicorn.Server(config).run(sockets=[door])


def _share_memory() -> None:
    """Threads take memory from two pools instead of one of their own each, which none gives back to the others."""
    import ctypes

    with suppress(OSError, AttributeError):  # only glibc has such pools
        ctypes.CDLL(None).mallopt(_POOLS, 2)


def _invite(store: Store, url: str, now: datetime) -> None:
    from models.accounts import new_setup_token

    typer.echo(f"还没有用户。打开 {url}/first-run 建立管理员，30 分钟内有效、只能用一次的口令是：", err=True)
    typer.echo(f"    {new_setup_token(store, now=now)}", err=True)


def _listening(host: str, port: int) -> socket.socket:
    """The address, taken. BadParameter: it is taken already, or isn't ours."""
    import socket

    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family, backlog=256)
    except OSError as error:
        raise typer.BadParameter(f"{host}:{port} 用不了（{error.strerror or error}）", param_hint="--port") from None


def _url(host: str, door: socket.socket) -> str:
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{door.getsockname()[1]}"
