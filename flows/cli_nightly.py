"""`duban nightly` and `duban schedule`: what happens by night."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from flows.cli_common import day


def nightly(
    date: Annotated[
        date | None,
        typer.Option("--date", parser=day, metavar="DATE", help="早报算哪一天的。", show_default="今天"),
    ] = None,
) -> None:
    """马上做一次夜间运行：取件、收件、比对、早报。断掉的会接着做，做过的不会重做，发过的不会重发。"""
    from flows.cli_keeping import told
    from flows.conductor import prefect_api
    from flows.settings import load
    from models.store import open_store
    from outputs.morning import headline
    from outputs.phrases import unreadable_phrase
    from outputs.terminal import waiting

    settings = load()
    with prefect_api(settings) as conductor:
        with waiting("正在准备"):
            open_store(settings.database).close()
            from flows.nightly import kept_words
            from flows.nightly import nightly as flow

            conductor.ready()
        night = flow(date.isoformat() if date else None)
    for failure in night.report.failures:
        typer.echo(unreadable_phrase(failure), err=True)
    published = night.published
    typer.echo(told(night.report))
    typer.echo(headline(published.morning) if published.morning else "没有新情况，今天的早报已经有了。")
    for file in published.files:
        typer.echo(str(file))
    if published.sent or published.unsent:
        typer.echo(f"消息发出 {published.sent} 条，没发成 {published.unsent} 条。", err=True)
    if night.kept:
        typer.echo(kept_words(night.kept) + "。", err=bool(night.kept.trouble))
    if night.report.failures or published.unsent or (night.kept and night.kept.trouble):
        raise typer.Exit(1)


def schedule(
    mend: Annotated[
        bool, typer.Option("--mend", help="只把上次断掉的运行收拾好、排上重做，然后退出（给 worker 启动前用）。")
    ] = False,
) -> None:
    """按设置的时间（schedule、timezone）夜间运行，一直到被停止；上次断掉的马上接着做。要有常开的 Prefect 服务。"""
    from flows.deployments import put_in_order, serve_nightly

    act = put_in_order if mend else serve_nightly
    act(lambda sentence: typer.echo(sentence, err=True))
