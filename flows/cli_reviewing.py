"""`duban review`, `decide` and `history`: what waits for a person, what a person decides, and what was decided."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated

import typer

from flows.cli_common import AsOf, Format, Shown, console, login, office_zone, open_database, today, write_json


class Action(StrEnum):
    """What can be decided."""

    CONFIRM = "confirm"
    REJECT = "reject"
    STATUS = "status"
    CORRECT = "correct"
    MERGE = "merge"
    ASSIGN = "assign"
    NOTE = "note"
    SNOOZE = "snooze"
    UNDO = "undo"


def review(
    limit: Annotated[int, typer.Option("--limit", min=1, help="最多几条。")] = 20,
    as_of: AsOf = None,
    format: Format = Shown.TABLE,
) -> None:
    """等人看的：待确认的佐证、提醒、读得没有把握的承诺；最急的在前。"""
    from flows.reviewing import waiting

    with open_database() as store:
        found = waiting(store, as_of or today())
    if format is Shown.JSON:
        from outputs.exchange import standing_record

        write_json({"total": len(found), "waiting": [standing_record(one) for one in found[:limit]]})
        return
    from outputs.review import show_waiting

    show_waiting(console(), found[:limit])
    typer.echo(f"共 {len(found)} 条等人看。" if found else "没有等人看的。")


def decide(
    action: Annotated[
        Action,
        typer.Argument(
            metavar="ACTION",
            help="confirm、reject 佐证；status、correct、merge、assign、note、snooze 承诺；undo 撤销。",
            show_default=False,
        ),
    ],
    id: Annotated[
        str,
        typer.Argument(metavar="ID", help="佐证或承诺的编号（前几位也行）；undo 写决定的号数。", show_default=False),
    ],
    value: Annotated[
        str | None,
        typer.Argument(
            metavar="VALUE",
            help="状态；名称=值；并入的编号；承办人；备注；日期。",
            show_default=False,
        ),
    ] = None,
    who: Annotated[str | None, typer.Option("--by", metavar="NAME", help="谁定的。", show_default="登录名")] = None,
    why: Annotated[str, typer.Option("--why", metavar="TEXT", help="理由。", show_default=False)] = "",
    source: Annotated[
        str, typer.Option("--source", metavar="TEXT", help="依据（文件、电话……）。", show_default=False)
    ] = "",
    all: Annotated[
        bool, typer.Option("--all", help="和 undo 一起：同一次导入、同一次成批处理的决定全部撤销。")
    ] = False,
) -> None:
    """记下一个决定：谁、何时、什么、为什么。只增不改；撤销也是一条记录。"""
    from flows.reviewing import Request, record, undo_together
    from models.errors import ConflictingReview, WrongDecision
    from outputs.review import told

    if all and action is not Action.UNDO:
        raise typer.BadParameter("只能和 undo 一起用", param_hint="--all")
    with open_database() as store:
        try:
            if all:
                count = undo_together(store, id, who=who or login(), why=why, now=datetime.now(UTC))
                typer.echo(f"撤销了 {count} 个决定。")
                return
            made = record(store, Request(action.value, id, value, who or login(), why, source), datetime.now(UTC))
        except (WrongDecision, ConflictingReview) as error:
            raise typer.BadParameter(str(error)) from None
    typer.echo(f"已记下第 {made.id} 号决定：{told(made)}")


def history(
    id: Annotated[str, typer.Argument(metavar="ID", help="承诺的编号（前几位也行）。", show_default=False)],
    format: Format = Shown.TABLE,
) -> None:
    """一条承诺的来历：哪次读出、谁作过什么决定。"""
    from flows.reviewing import promise_at
    from models.decisions import history as decided
    from outputs.review import decision_record, show_history

    with open_database() as store:
        row = promise_at(store, id)
        made = decided(store, row.id)
    if format is Shown.JSON:
        write_json(
            {"id": row.id, "text": row.commitment.span.text, "decisions": [decision_record(one) for one in made]}
        )
        return
    show_history(console(), row, made, office_zone())
