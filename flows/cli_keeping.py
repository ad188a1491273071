"""`duban ingest` and `duban runs`: what comes in, and what became of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli_common import Format, Shown, console, login, office_zone, open_database, write_json
from models.runs import RunId

if TYPE_CHECKING:
    from flows.intake import Report
    from models.runs import Run, RunItem
    from models.store import Store


def ingest(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="文件或文件夹。", show_default=False)],
) -> None:
    """把文件或文件夹收进数据库。重复收同样的文件不会改变什么；读不了的逐个说明原因。"""
    from flows.conductor import prefect_api
    from flows.settings import load
    from models.store import open_store
    from outputs.flags import note_phrases
    from outputs.phrases import unreadable_phrase
    from outputs.terminal import waiting

    absent = [path for path in paths if not path.exists()]
    if len(absent) == len(paths):
        raise typer.BadParameter("找不到 " + "、".join(map(str, absent)), param_hint="PATH")
    settings = load()
    with prefect_api(settings) as conductor:
        with waiting("正在准备"):
            open_store(settings.database).close()  # a wrong database is said at once, an old one brought up to date
            from flows.ingest import ingest as flow

            conductor.ready()
        report = flow([str(path) for path in paths])
    for failure in report.failures:
        typer.echo(unreadable_phrase(failure), err=True)
    for path, notes in report.incomplete:
        typer.echo(f"{path}：注意，{note_phrases(notes)}", err=True)
    typer.echo(told(report))
    if report.failures:
        raise typer.Exit(1)


def told(report: Report) -> str:
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
    lost = f"本应在别的机器上读的 {report.lost} 件改在本机读（{report.why_lost}）。" if report.lost else ""
    return ("、".join(parts) or "没有文件") + found + "。" + lost


def runs(
    id: Annotated[
        int | None, typer.Argument(metavar="ID", help="哪一次；不给就列出最近各次。", show_default=False)
    ] = None,
    failed: Annotated[bool, typer.Option("--failed", help="只列没读成的文件。")] = False,
    limit: Annotated[int, typer.Option("--limit", min=1, help="列出最近几次。")] = 20,
    stop: Annotated[bool, typer.Option("--stop", help="叫停这一次：做完手上这个文件就停，收进的都在。")] = False,
    format: Format = Shown.TABLE,
) -> None:
    """各次收件：收进了哪些文件，哪些没读成、为什么。"""
    from models.history import list_runs
    from models.runs import Outcome

    if stop and id is None:
        raise typer.BadParameter("要写明是哪一次", param_hint="--stop")
    with open_database() as store:
        if stop and id is not None:
            _stop(store, RunId(id))
        found = [_as_it_is(run) for run in list_runs(store, limit=None if id else limit)]
        items = _items(store, found, id)
    if failed:
        items = [item for item in items if item.outcome is Outcome.FAILED]
    chosen = [run for run in found if id in (None, run.id)]
    if format is Shown.JSON:
        from outputs.exchange import item_record, run_record

        write_json({"runs": [run_record(run) for run in chosen], "items": [item_record(item) for item in items]})
        return
    from outputs.tables import show_items, show_runs

    show_runs(console(), chosen, office_zone())
    if items:
        console().print()
        show_items(console(), items)


def _stop(store: Store, run: RunId) -> None:
    from models.progress import ask_to_stop

    if not ask_to_stop(store, run, login(), datetime.now(UTC)):
        raise typer.BadParameter(f"没有正在运行的第 {run} 次运行", param_hint="ID")
    typer.echo("叫停了：做完手上这个文件就停，收进的都在。", err=True)


def _as_it_is(run: Run) -> Run:
    """The run; one whose process is gone has ended, though nobody has written that down yet."""
    from models.owners import is_gone, this_process
    from models.runs import RunState

    gone = run.state is RunState.RUNNING and is_gone(run.owner, this_process())
    return replace(run, state=RunState.ABANDONED) if gone else run


def _items(store: Store, found: list[Run], id: int | None) -> list[RunItem]:
    """The files of that run; without an id, those of the latest run."""
    from models.history import run_items_of

    if id is not None and all(run.id != id for run in found):
        raise typer.BadParameter(f"没有第 {id} 次收件", param_hint="ID")
    latest = found[0].id if found else None
    wanted = RunId(id) if id is not None else latest
    return run_items_of(store, wanted) if wanted is not None else []
