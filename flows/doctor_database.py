"""The database and what is kept of it: schema, size, runs, waiting work, backups."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from flows.keeping_notes import read_notes
from flows.patient import Patient
from flows.workplace import ENDING
from models.health import Checkup, Health
from models.history import list_runs
from models.leases import kind_words, ran_out
from models.owners import is_gone, this_process
from models.runs import Run, RunState
from models.tables import SCHEMA, documents, leases, runs, search_entries, sources
from models.tracking_tables import unjudged
from outputs.phrases import phrase

BACKUP_AGE = timedelta(hours=26)  # a night, and two hours for a late one
DRILL_AGE = timedelta(days=30)
_LARGE_LOG = 1_000_000_000  # bytes of a write-ahead log that nobody folds in
_OLD = timedelta(days=1)


def check_database(patient: Patient) -> Iterator[Checkup]:
    """Whether it opens, and what it is."""
    if not patient.exists:
        yield Checkup("database", Health.NOTE, f"{patient.file} 还没有", "第一次收件时会建")
        return
    if patient.trouble:
        yield Checkup("database", Health.BAD, patient.trouble, "按上面说的处理；损坏了就从备份恢复：duban restore")
        return
    file = patient.file
    told = f"{file}，{file.stat().st_size / 1e6:.1f} MB" if file else "PostgreSQL"
    yield Checkup("database", Health.WELL, told)
    if patient.schema == SCHEMA:
        yield Checkup("schema", Health.WELL, f"结构 {SCHEMA}")
    elif patient.schema is None or patient.schema < SCHEMA:
        yield Checkup(
            "schema", Health.NOTE, f"结构 {patient.schema}，程序是 {SCHEMA}", "下次打开时自动升级；先 duban backup"
        )
    else:
        yield Checkup("schema", Health.BAD, f"结构 {patient.schema} 比程序（{SCHEMA}）新", "换用新版本的 duban")


def check_settings_of_database(patient: Patient) -> Iterator[Checkup]:
    """What the database itself is set to."""
    if patient.store is None:
        return
    with patient.store.reading() as connection:
        if connection.dialect.name == "sqlite":
            mode = connection.exec_driver_sql("PRAGMA journal_mode").scalar()
            fine = mode == "wal"
            todo = "" if fine else "看文件系统是否支持共享内存"
            yield Checkup("journal", Health.WELL if fine else Health.BAD, f"日志方式 {mode}", todo)
        else:
            encoding = connection.exec_driver_sql("SHOW server_encoding").scalar()
            fine = encoding == "UTF8"
            server = connection.exec_driver_sql("SHOW server_version").scalar()
            todo = "" if fine else "用 UTF8 重建数据库"
            yield Checkup("server", Health.WELL if fine else Health.BAD, f"PostgreSQL {server}，编码 {encoding}", todo)
    log = patient.file and patient.file.with_name(patient.file.name + "-wal")
    if log and log.is_file() and log.stat().st_size > _LARGE_LOG:
        found = f"{log.name} 有 {log.stat().st_size / 1e9:.1f} GB"
        yield Checkup("write_ahead_log", Health.NOTE, found, "有程序一直占着旧的读取；重启网页服务")


def check_lease(patient: Patient) -> Iterator[Checkup]:
    """Who writes now."""
    if patient.store is None:
        return
    with patient.store.reading() as connection:
        held = connection.execute(sa.select(leases.c.run_id, leases.c.expires)).first()
    if held is None:
        yield Checkup("lease", Health.WELL, "现在没有谁在写")
        return
    run = next(run for run in list_runs(patient.store, limit=None) if run.id == held.run_id)
    who = f"第 {run.id} 次（{kind_words(run.kind)}），{run.owner.host} 上的进程 {run.owner.pid}"
    if is_gone(run.owner, this_process()) or ran_out(held.expires, patient.now):
        yield Checkup("lease", Health.NOTE, f"{who} 已经不在，还没有收尾", "下一次收件会自动接手；马上收：duban ingest")
    else:
        yield Checkup("lease", Health.WELL, f"正在写：{who}")


def check_last_run(patient: Patient) -> Iterator[Checkup]:
    """How the last run ended; a clock that runs behind what was written."""
    if patient.store is None:
        return
    last = next(iter(list_runs(patient.store, limit=1)), None)
    if last is None:
        yield Checkup("last_run", Health.NOTE, "还没有收过件", "duban ingest 文件夹")
        return
    if last.started - patient.now > timedelta(minutes=10):
        found = f"最近一次收件记在 {last.started.astimezone(patient.now.tzinfo):%Y-%m-%d %H:%M}，比现在还晚"
        yield Checkup("clock_back", Health.BAD, found, "时钟被拨回过：校准时钟")
    yield _last_run(last, patient.now)


def check_files(patient: Patient) -> Iterator[Checkup]:
    """Files that couldn't be read, work that waits, documents that nobody finds."""
    if patient.store is None:
        return
    indexed = sa.exists().where(search_entries.c.document_id == documents.c.id)
    with patient.store.reading() as connection:

        def count(table: sa.Table, *where: sa.ColumnElement[bool]) -> int:
            return connection.execute(sa.select(sa.func.count()).select_from(table).where(*where)).scalar_one()

        failed, waiting = count(sources, sources.c.failure.is_not(None)), count(unjudged)
        lost, running = count(documents, documents.c.current, ~indexed), count(runs, runs.c.state == RunState.RUNNING)
    yield Checkup(
        "failures",
        Health.NOTE if failed else Health.WELL,
        f"没读成的文件 {failed} 个",
        "duban runs --failed" if failed else "",
    )
    if waiting and not running:
        yield Checkup("waiting", Health.NOTE, f"{waiting} 件答复还没有比对完", "再收一次件：duban ingest")
    else:
        yield Checkup("waiting", Health.WELL, "没有积压")
    if lost:
        yield Checkup("index", Health.BAD, f"{lost} 件文件检索不到", "duban verify 看详情")
    else:
        yield Checkup("index", Health.WELL, "现行的文件都能检索到")


def check_backup(patient: Patient) -> Iterator[Checkup]:
    """The last backup and the last drill; where nothing is kept yet there is nothing to back up."""
    if patient.store is None or not _has_documents(patient):
        return
    notes = read_notes(patient.settings.data_dir)
    last = notes.get("backup", {})
    yield _aged("backup", "备份", last, patient.now, BACKUP_AGE, "duban backup；夜间自动做：设 [backup]")
    yield _aged(
        "drill",
        "恢复演练",
        notes.get("drill", {}),
        patient.now,
        DRILL_AGE,
        "duban restore 备份文件 --drill；夜间自动做：设 [backup]",
    )
    path = Path(str(last.get("path", "")))
    if last and not path.is_file():
        yield Checkup("backup_file", Health.NOTE, f"{path} 不在原处", "移到别处是对的；确认它还在")
    elif last and path.stat().st_dev == patient.settings.data_dir.absolute().stat().st_dev:
        yield Checkup("backup_place", Health.NOTE, "备份和数据在同一块磁盘上", "写到另一块磁盘：duban backup -o 别处")


def check_leftovers(patient: Patient) -> Iterator[Checkup]:
    """What killed processes left half done."""
    folder = patient.settings.data_dir.absolute()
    before = patient.now.timestamp() - _OLD.total_seconds()
    parts = [*folder.glob("originals/*.part"), *folder.glob(f"**/.*{ENDING}"), *folder.glob("*.part")]
    old = [part for part in parts if part.stat().st_mtime < before]
    if old:
        yield Checkup(
            "leftovers", Health.NOTE, f"没写完的文件 {len(old)} 个，例如 {old[0]}", "可以删去；下次会自动清理"
        )
    else:
        yield Checkup("leftovers", Health.WELL, "没有写了一半的文件")


CHECKS = (
    check_database,
    check_settings_of_database,
    check_lease,
    check_last_run,
    check_files,
    check_backup,
    check_leftovers,
)


def _last_run(last: Run, now: datetime) -> Checkup:
    began = f"{last.started.astimezone(now.tzinfo):%Y-%m-%d %H:%M}"
    if last.state in (RunState.FAILED, RunState.ABANDONED):
        found = f"最近一次（{began}）{phrase(last.state)}：{last.error or ''}"
        return Checkup("last_run", Health.BAD, found, "看原因（duban runs），处理后再收一次件")
    return Checkup("last_run", Health.WELL, f"最近一次（{began}）{phrase(last.state)}")


def _has_documents(patient: Patient) -> bool:
    assert patient.store is not None
    with patient.store.reading() as connection:
        return connection.execute(sa.select(documents.c.id).limit(1)).first() is not None


def _aged(topic: str, name: str, told: dict[str, Any], now: datetime, most: timedelta, todo: str) -> Checkup:
    try:
        age = now - datetime.fromisoformat(told["at"])
    except (KeyError, TypeError, ValueError):
        return Checkup(topic, Health.BAD, f"从没有做过{name}", todo)
    hours = age // timedelta(hours=1)
    found = f"最近一次{name}在 {hours} 小时前" if hours < 72 else f"最近一次{name}在 {hours // 24} 天前"
    return Checkup(topic, Health.BAD, found, todo) if age > most else Checkup(topic, Health.WELL, found)
