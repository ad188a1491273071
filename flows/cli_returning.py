"""`duban import`: the ledger that was edited in Excel, WPS or LibreOffice, taken back; nothing is written unasked."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from flows.cli_common import Format, Shown, console, login, open_database, today, write_json


def import_(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="从台账导出、改过的 xlsx。", exists=True, dir_okay=False, readable=True),
    ],
    apply: Annotated[
        bool, typer.Option("--apply/--dry-run", help="记下改动；不加就只列出来看，什么也不改。", show_default=False)
    ] = False,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="和 --apply 一起：导出以后台账又变了的格，也按表里的改。")
    ] = False,
    who: Annotated[str | None, typer.Option("--by", metavar="NAME", help="谁改的。", show_default="登录名")] = None,
    format: Format = Shown.TABLE,
) -> None:
    """导入改好的 Excel 台账：先列出改了哪些格，--apply 才记下；只增不改，可以整批撤销。"""
    from flows.returning import MOST_CHANGES, compare_now, record, take_in
    from flows.settings import load
    from models.errors import ConflictingReview, WrongDecision
    from outputs.returned import comparison_record, show_comparison

    if overwrite and not apply:
        raise typer.BadParameter("要和 --apply 一起用", param_hint="--overwrite")
    returned = take_in(file, load())
    with open_database() as store:
        found = compare_now(store, returned, today())
        wanted = [*found.changes, *(found.conflicts if overwrite else ())]
        made = []
        if apply and wanted:
            if len(wanted) > MOST_CHANGES:
                raise typer.BadParameter(f"改了 {len(wanted)} 格，一次最多记 {MOST_CHANGES} 格", param_hint="FILE")
            try:
                made = record(store, wanted, who=who or login(), now=datetime.now(UTC))
            except (WrongDecision, ConflictingReview) as error:
                raise typer.BadParameter(f"什么也没有记：{error}") from None
    if format is Shown.JSON:
        write_json(comparison_record(found) | {"applied": [one.id for one in made]})
    else:
        show_comparison(console(), found)
        typer.echo(_ended(len(wanted), [one.id for one in made], apply=apply))
    if found.untaken or (found.conflicts and not (apply and overwrite)):
        raise typer.Exit(1)


def _ended(cells: int, made: list[int], *, apply: bool) -> str:
    """What came of it, and what can be done next."""
    if made:
        several = f"第 {made[0]}—{made[-1]} 号" if len(made) > 1 else f"第 {made[0]} 号"
        return f"记下了 {cells} 格改动（{several}决定）。整批撤销：duban decide undo {made[0]} --all"
    if not cells:
        return "没有要记下的。"
    return f"以上 {cells} 格还没有记下。要记下：加 --apply 再运行一次。" if not apply else "什么也没有记。"
