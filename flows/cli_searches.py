"""`duban searches`: the searches that the office keeps, and what they find that is new."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from flows.cli_common import Format, Shown, open_database, today, write_json


def searches(
    seen: Annotated[
        int | None, typer.Option("--seen", metavar="N", min=1, help="这一号现在的结果都算看过了。", show_default=False)
    ] = None,
    delete: Annotated[
        int | None,
        typer.Option("--delete", metavar="N", min=1, help="删掉这一号（--restore 恢复）。", show_default=False),
    ] = None,
    restore: Annotated[
        int | None, typer.Option("--restore", metavar="N", min=1, help="恢复删掉的这一号。", show_default=False)
    ] = None,
    format: Format = Shown.TABLE,
) -> None:
    """存下的检索：每个有多少条，多少条是新的。用 duban search 词 --save 名称 存；网页里个人存的在网页看。"""
    from flows.settings import load
    from flows.watching import change, office_searches

    with open_database() as store:
        for number, does in ((seen, "seen"), (delete, "delete"), (restore, "restore")):
            if number is not None:
                told = change(store, number, does, today(), load().data_dir, datetime.now(UTC))
                typer.echo(told, err=True)
        found = office_searches(store, today(), load().data_dir)
    if format is Shown.JSON:
        write_json([one.record for one in found])
        return
    for one in found:
        count = "条件已经不能用" if one.hits is None else f"共 {len(one.hits)} 条，新 {len(one.new)} 条"
        typer.echo(f"{one.saved.id:>4}  {one.saved.name}  “{one.saved.query}”  {count}")
        for hit in one.new[:5]:
            typer.echo(f"      新：{hit.text[:60]}（{hit.document.name}）")
    typer.echo(f"共 {len(found)} 个存下的检索。" if found else "还没有存下的检索。用 duban search 词 --save 名称 存。")
