"""What several commands share: the form of their output, the day, the store."""

from __future__ import annotations

import json
from contextlib import contextmanager
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from models.store import Store


class Shown(StrEnum):
    """For people or for programs."""

    TABLE = "table"
    JSON = "json"


Format = Annotated[Shown, typer.Option("--format", help="给人看的表，或给程序用的 JSON。")]


def day(text: str) -> date:
    """A day as typed. BadParameter when it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text} 不是 2026-05-20 这样的日期") from None


AsOf = Annotated[
    date | None, typer.Option("--as-of", parser=day, metavar="DATE", help="状态截至哪一天。", show_default="今天")
]


@contextmanager
def open_database() -> Iterator[Store]:
    """The store that is set, for one command."""
    from flows.settings import load
    from models.store import open_store

    with open_store(load().database) as store:
        yield store


def office_zone() -> ZoneInfo:
    """The office's time zone."""
    from flows.settings import load

    return ZoneInfo(load().timezone)


def today() -> date:
    """Today where the office is."""
    return datetime.now(office_zone()).date()


def console() -> Console:
    """The terminal, or what stands for it; without colours where NO_COLOR is set."""
    from rich.console import Console

    return Console(highlight=False)


def write_json(value: object) -> None:
    """One JSON value on standard output."""
    typer.echo(json.dumps(value, ensure_ascii=False))


def login() -> str:
    """Who is at the machine."""
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError):
        raise typer.BadParameter("要用 --by 写明是谁作的决定") from None
