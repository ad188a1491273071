"""`duban ingest` and `duban runs`: what comes in, and what became of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from flows.intake import Report


def ingest(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="文件或文件夹。", show_default=False)],
) -> None:
    """把文件或文件夹收进数据库。重复收同样的文件不会改变什么；读不了的逐个说明原因。"""
    from flows.conductor import prefect_api
    from flows.settings import load
    from models.store import open_store
    from outputs.phrases import unreadable_phrase

    absent = [path for path in paths if not path.exists()]
    if len(absent) == len(paths):
        raise typer.BadParameter("找不到 " + "、".join(map(str, absent)), param_hint="PATH")
    settings = load()
    with prefect_api(settings) as conductor:
        open_store(settings.database).close()  # a wrong database is said at once, and brought up to date meanwhile
        from flows.ingest import ingest as flow

        conductor.ready()
        report = flow([str(path) for path in paths])
    for failure in report.failures:
        typer.echo(unreadable_phrase(failure), err=True)
    typer.echo(_told(report))
    if report.failures:
        raise typer.Exit(1)


def _told(report: Report) -> str:
    """What became of the files, in one sentence."""
    from outputs.phrases import phrase

    parts = [f"{phrase(outcome)} {number} 件" for outcome, number in report.outcomes.items() if number]
    if report.skipped:
        parts.append(f"未变、跳过 {report.skipped} 件")
    found = (
        f"；读出承诺 {report.commitments} 条、数字 {report.quantities} 个"
        if report.commitments + report.quantities
        else ""
    )
    return ("、".join(parts) or "没有文件") + found + "。"
