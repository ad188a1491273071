"""`duban backup`, `restore`, `verify`, `doctor` and `db copy`: that nothing is ever lost, and that one knows it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from flows.cli_common import Format, Shown, console, office_zone, write_json
from flows.cli_words import ChineseCommand, ChineseGroup

Archive = Annotated[Path, typer.Argument(metavar="FILE", help="备份文件。", show_default=False)]


def backup(
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE|DIR", help="写到这个文件夹（按时间命名）或 .zip 文件。", show_default=False
        ),
    ] = None,
    keep: Annotated[
        int | None,
        typer.Option("--keep", min=1, metavar="N", help="文件夹里只留最近 N 份。", show_default=False),
    ] = None,
    originals: Annotated[bool, typer.Option("--originals/--no-originals", help="原件是否一起备份。")] = True,
    format: Format = Shown.TABLE,
) -> None:
    """备份数据库、原件和设置，合成一个文件；收件正在进行也可以备份。要么完整写好，要么什么也不留下。"""
    from flows.keeping import back_up, original_files
    from flows.settings import load
    from outputs.maintaining import damage_record, show_damage, size_words
    from outputs.terminal import progress_bar

    settings = load()
    total = 1 + (len(original_files(settings.data_dir)) if originals else 0)
    with progress_bar("备份", total) as done:
        kept = back_up(settings, output, now=_now(), keep=keep, originals=originals, done=done)
    if format is Shown.JSON:
        told = {"file": str(kept.path), "size": kept.size, "rows": dict(kept.manifest.rows)}
        write_json(told | {"removed": [str(path) for path in kept.removed], "damage": damage_record(kept.damage)})
    else:
        count = sum(name.startswith("originals/") for name in kept.manifest.members)
        documents = kept.manifest.rows.get("documents", 0)
        typer.echo(f"已备份到 {kept.path}：文件 {documents} 件、原件 {count} 个，{size_words(kept.size)}。")
        if kept.removed:
            typer.echo(f"删去旧备份 {len(kept.removed)} 份。")
    if kept.damage:
        typer.echo("有原件已经损坏，以前的备份一份也没有删：", err=True)
        show_damage(console(), kept.damage)
        raise typer.Exit(1)


def restore(
    file: Archive,
    into: Annotated[
        Path | None,
        typer.Option("--into", metavar="DIR", help="恢复成这个数据目录；要是空的或还没有的。", show_default=False),
    ] = None,
    database: Annotated[
        str | None,
        typer.Option("--database", metavar="URL", help="数据恢复到这个空的数据库，不写成文件。", show_default=False),
    ] = None,
    drill: Annotated[bool, typer.Option("--drill", help="演练：恢复到临时的地方，核对后删去，记下日期。")] = False,
) -> None:
    """从备份恢复到空的地方，逐件核对摘要、行数和内容；不会覆盖在用的数据库。"""
    from flows.archive import opened
    from flows.keeping import drill as rehearse
    from flows.keeping import restore as restored_from
    from flows.settings import load
    from outputs.maintaining import show_damage
    from outputs.terminal import progress_bar

    if drill == (into is not None) or (drill and database):
        raise typer.BadParameter("要么给 --into DIR（可加 --database URL），要么给 --drill", param_hint="--into")
    begun = _now()
    with opened(file) as reader:
        total = len(reader.manifest.members)
    with progress_bar("恢复", total) as done:
        restored = (
            restored_from(file, into, now=begun, database=database, done=done)
            if into is not None
            else rehearse(load(), file, now=begun, done=done)
        )
    made, seconds = restored.manifest.made[:16].replace("T", " "), (_now() - begun).total_seconds()
    documents = restored.manifest.rows.get("documents", 0)
    where = "演练做完，已删去" if into is None else f"已恢复到 {into}"
    typer.echo(f"{where}：{made} 的备份，文件 {documents} 件，用了 {seconds:.0f} 秒，逐件核对过。")
    if into is not None:
        typer.echo(
            f"接着用它：设 DUBAN_DATA_DIR={into}" + ("，DUBAN_DATABASE_URL 为上面的地址。" if database else "。")
        )
        if (into / "settings-from-backup").is_dir():
            typer.echo(f"备份时的设置在 {into}/settings-from-backup/，看过再用：里面可能还写着旧的地址。")
        if not restored.manifest.originals:
            typer.echo("这份备份不含原件：从另外的备份把 originals 文件夹拷来。", err=True)
    if restored.damage:
        typer.echo("备份时就已经有这些问题：", err=True)
        show_damage(console(), restored.damage)
        raise typer.Exit(1)


def verify(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="FILE", help="备份文件；不给就核对在用的数据库和原件。", show_default=False),
    ] = None,
    format: Format = Shown.TABLE,
) -> None:
    """核对：数据库文件、引文和原文、记录的摘要、原件、人工决定、全文索引、操作日志。只看不改。"""
    from flows.settings import load
    from flows.verifying import verify_archive, verify_data
    from outputs.maintaining import damage_record, show_damage
    from outputs.terminal import waiting

    with waiting("正在核对"):
        damage = verify_archive(file)[1] if file is not None else list(verify_data(load()))
    if format is Shown.JSON:
        write_json({"sound": not damage, "damage": damage_record(damage)})
    elif damage:
        show_damage(console(), damage)
        typer.echo(f"发现 {len(damage)} 处问题。" + ("换一份备份。" if file else "先备份现状，再从好的备份恢复。"))
    else:
        typer.echo(f"{file or '数据库和原件'}：没有发现问题。")
    if damage:
        raise typer.Exit(1)


def doctor(format: Format = Shown.TABLE) -> None:
    """查一遍机器和设置：哪一项不对，该怎么办。有必须处理的就以 1 退出。"""
    from flows.doctor import examine
    from models.health import Health
    from outputs.maintaining import checkup_record, show_checkups

    found = examine(datetime.now(UTC))
    bad = any(one.health is Health.BAD for one in found)
    if format is Shown.JSON:
        write_json({"well": not bad, "checks": [checkup_record(one) for one in found]})
    else:
        show_checkups(console(), found)
    if bad:
        raise typer.Exit(1)


db = typer.Typer(cls=ChineseGroup, help="数据库：整个复制到另一种数据库。", add_completion=False)


@db.callback()
def _db() -> None:
    """Keeps `copy` a command of its own, though it is the only one."""


@db.command("copy", cls=ChineseCommand)
def copy(
    source: Annotated[str, typer.Argument(metavar="FROM", help="来源的地址。", show_default=False)],
    target: Annotated[str, typer.Argument(metavar="TO", help="目标的地址，要是空的。", show_default=False)],
    format: Format = Shown.TABLE,
) -> None:
    """把整个数据库复制到另一种数据库（SQLite 到 PostgreSQL，或反过来），逐表核对行数和摘要。"""
    from models.copying import copy_database
    from models.engine import unopened_engine
    from outputs.maintaining import show_checksums
    from outputs.terminal import waiting

    for url in (source, target):
        unopened_engine(url).dispose()  # a wrong address is said before anything is done
    begun = _now()
    with waiting("正在复制"):
        found = copy_database(source, target)
    if format is Shown.JSON:
        write_json({name: {"rows": one.rows, "digest": one.digest} for name, one in found.items()})
        return
    show_checksums(console(), found)
    rows, seconds = sum(one.rows for one in found.values()), (_now() - begun).total_seconds()
    typer.echo(f"复制了 {rows} 行，用了 {seconds:.0f} 秒；每张表的行数和摘要都与来源相同。")
    typer.echo("接着用它：把 DUBAN_DATABASE_URL 改成目标的地址；原件还在数据目录里，不用动。")


@db.command("recount", cls=ChineseCommand)
def recount() -> None:
    """按佐证、提醒和人的决定，把每条承诺记下的状态全部重算一遍；平时不用，核对说“记下的状态不符”时用。"""
    from flows.settings import load
    from models.standings import stand_again
    from models.store import open_store

    with open_store(load().database) as store, store.writing() as connection:
        count = stand_again(connection)
    typer.echo(f"重算了 {count} 条承诺的状态。")


def _now() -> datetime:
    return datetime.now(office_zone())
