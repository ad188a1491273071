"""`duban letters`: drafts of reminder letters, one a unit."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Annotated

import typer

from flows.cli_common import AsOf, day, open_database, today

REPORT_DAYS = 15
"""Days that a unit has for its report unless the office says otherwise; as long as one has to handle a matter again."""


def letters(
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            metavar="DIR",
            file_okay=False,
            help="写到这个文件夹，一个单位一份 docx。",
            show_default=False,
        ),
    ],
    unit: Annotated[str | None, typer.Option("--unit", metavar="NAME", help="只写给这个单位（名称的一部分）。")] = None,
    within: Annotated[
        int, typer.Option("--within", min=0, max=3660, metavar="DAYS", help="多少天内到期的也列上。")
    ] = 30,
    report_by: Annotated[
        date | None,
        typer.Option("--report-by", parser=day, metavar="DATE", help="请单位在哪天前报告。", show_default="15 天后"),
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="已经有的同名文件也重写（改过的会丢）。")] = False,
    as_of: AsOf = None,
) -> None:
    """催办函草稿：每个有逾期或快到期承诺的单位一份 Word，列出承诺原文、时限和已见的佐证。"""
    from flows.export import write_letters
    from flows.ledger import gather

    when = as_of or today()
    until = report_by or when + timedelta(days=REPORT_DAYS)
    if until < when:
        raise typer.BadParameter(f"{until} 在 {when} 之前", param_hint="--report-by")
    with open_database() as store:
        found = gather(store, when)
    try:
        made = write_letters(found, output, report_by=until, within=within, unit=unit, overwrite=overwrite)
    except FileExistsError as error:
        raise typer.BadParameter(
            f"{error.filename} 已经有了，没有写任何一份；要重写请加 --overwrite", param_hint="--output"
        ) from None
    except OSError as error:
        raise typer.BadParameter(f"写不了 {output}（{error.strerror}）", param_hint="--output") from None
    for one in made:
        typer.echo(f"{output / one.name}　逾期 {one.overdue} 项，{within} 天内到期 {one.soon} 项")
    typer.echo(f"共 {len(made)} 份草稿。" if made else "没有要催办的承诺。", err=True)
