"""Is everything in the database as it was written? What isn't is found and named; nothing is changed.

    for damage in find_damage(store): …

The file itself, the tables' description, values that can't be read, references, quotations against texts, documents
against the digest of their records, versions, decisions, the full-text index, runs, the log of who did what.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from models import audit, sound_documents, sound_index
from models.audit import Head
from models.checksums import Checksum, Summing, all_tables, batches_of
from models.decided import DecisionKind
from models.engine import schema_of
from models.errors import StoreUnavailable
from models.harm import Damage, Harm
from models.runs import RunState
from models.sourcing import source_id
from models.standings import find_differences
from models.store import Store
from models.tables import SCHEMA, documents, leases, runs, sources, versions
from models.tracking_tables import decisions
from models.unwritten import look_at_new

Progress = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Noted:
    """What was written down of the tables that only grow: the last number, and the checksum of all up to it."""

    last: int
    checksum: Checksum


def find_damage(
    store: Store, noted: Noted | None = None, heads: Sequence[Head] = (), done: Progress = lambda: None
) -> Iterator[Damage]:
    """All that is wrong. `noted`: the decisions, and `heads`: ends of the log, as earlier backups had them; `done` is
    called after each document."""
    try:
        with store.snapshot() as connection:
            yield from _in_the_file(connection)
            yield from _in_the_schema(connection)
            unreadable = list(_in_values(connection))
            yield from unreadable
            yield from _in_references(connection)
            yield from _in_versions(connection)
            yield from _in_runs(connection)
            yield from _in_counters(connection)
            if not unreadable:  # each of these reads values
                yield from _in_decisions(connection, noted)
                yield from sound_documents.find_damage(connection, done)
                yield from sound_index.find_damage(connection)
                yield from _in_standings(connection)
        yield from _in_the_log(store, heads)
    except (StoreUnavailable, DBAPIError, sqlite3.DatabaseError) as error:
        yield Damage(Harm.FILE, "数据库", str(error).splitlines()[0])


def note_decisions(connection: Connection, last: int | None = None) -> Noted:
    """The decisions up to a number (None: all there are), to be compared with later."""
    chosen = sa.select(decisions).order_by(decisions.c.id)
    rows = list(connection.execute(chosen if last is None else chosen.where(decisions.c.id <= last)))
    summing = Summing()
    summing.add(rows)
    return Noted(last if last is not None else rows[-1].id if rows else 0, summing.checksum)


def _in_the_file(connection: Connection) -> Iterator[Damage]:
    if connection.dialect.name != "sqlite":
        return
    for (said,) in connection.exec_driver_sql("PRAGMA integrity_check(20)").all():
        if said != "ok":
            yield Damage(Harm.FILE, "数据库文件", str(said))


def _in_the_schema(connection: Connection) -> Iterator[Damage]:
    """What is described and what is there: tables, columns, indexes; on SQLite triggers, too."""
    if (schema := schema_of(connection)) != SCHEMA:
        yield Damage(Harm.SCHEMA, "alembic_version", f"结构是 {schema}，应是 {SCHEMA}")
    if connection.dialect.name == "sqlite":
        there, new = _described(connection), _described_new()
        for name in sorted(there.keys() | new.keys()):
            if there.get(name) != new.get(name):
                what = "没有了" if name not in there else "多出来的" if name not in new else "定义变了"
                yield Damage(Harm.SCHEMA, name, what)
        return
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from models.migrations.scope import is_ours

    context = MigrationContext.configure(connection, opts={"include_object": is_ours})
    for difference in compare_metadata(context, all_tables()[0].metadata):
        yield Damage(Harm.SCHEMA, "表的定义", str(difference))


def _described(connection: Connection) -> dict[str, str]:
    """Each object of an embedded database with the statement that made it."""
    found = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return {name: " ".join(sql.split()) for name, sql in found if not name.startswith("sqlite_")}


@cache
def _described_new() -> dict[str, str]:
    with look_at_new() as connection:
        return _described(connection)


def _in_values(connection: Connection) -> Iterator[Damage]:
    """Codes that nobody knows, broken lists, dates that are none."""
    for table in all_tables():
        try:
            for _ in batches_of(connection, table):
                pass
        except (ValueError, TypeError, LookupError, ArithmeticError) as error:
            yield Damage(Harm.UNREADABLE, table.name, str(error)[:200])


def _in_references(connection: Connection) -> Iterator[Damage]:
    """Rows that refer to rows that aren't there. PostgreSQL doesn't let them be, unless its guards were taken off."""
    for table in all_tables():
        for key in table.foreign_keys:
            referred = key.column.table.alias()
            there = sa.exists().where(referred.c[key.column.name] == key.parent)
            lost = sa.select(sa.func.count(), sa.func.min(key.parent)).where(key.parent.is_not(None), ~there)
            count, example = connection.execute(lost).one()
            if count:
                where = f"{table.name}.{key.parent.name}"
                yield Damage(Harm.DANGLING, where, f"{count} 行指向不存在的 {key.column.table.name}，例如 {example}")


def _in_versions(connection: Connection) -> Iterator[Damage]:
    """A document is current while a file holds it; a file holds what its newest version says."""
    held = sa.exists().where(sources.c.document_id == documents.c.id)
    wrong = sa.select(documents.c.id, documents.c.current).where(documents.c.current != held)
    for name, current in connection.execute(wrong).all():
        yield Damage(Harm.CURRENT, name, "标为现行，但没有文件是它" if current else "有文件是它，却没有标为现行")
    newest = versions.alias()
    joined = sa.and_(newest.c.source_id == sources.c.id, newest.c.number == sources.c.version)
    chosen = sa.select(sources, newest.c.document_id.label("held"), newest.c.superseded).outerjoin(newest, joined)
    for row in connection.execute(chosen).mappings().all():
        if row["id"] != source_id(row["path"]):
            yield Damage(Harm.MISNAMED, f"sources {row['id']}", row["path"])
        if row["document_id"] is not None and (row["document_id"], None) != (row["held"], row["superseded"]):
            yield Damage(Harm.VERSIONS, row["path"], f"第 {row['version']} 版和文件现在的内容对不上")
    later = sa.select(sources.c.path, versions.c.number).join_from(versions, sources)
    open_or_later = sa.or_(
        versions.c.number > sources.c.version,
        sa.and_(versions.c.number < sources.c.version, versions.c.superseded.is_(None)),
    )
    for path, number in connection.execute(later.where(open_or_later)).all():
        yield Damage(Harm.VERSIONS, path, f"第 {number} 版的起止不对")


def _in_runs(connection: Connection) -> Iterator[Damage]:
    """A run that is running holds the database; whoever holds it is running."""
    held = sa.exists().where(leases.c.run_id == runs.c.id)
    running = runs.c.state == RunState.RUNNING
    for row in connection.execute(sa.select(runs.c.id, runs.c.state).where(running != held)):
        yield Damage(
            Harm.RUNS,
            f"第 {row.id} 次运行",
            "还标着“运行中”，但早已放开数据库" if row.state is RunState.RUNNING else "已结束，却还占着数据库",
        )


def _in_counters(connection: Connection) -> Iterator[Damage]:
    """The next number that the database would give must be a new one."""
    for table in all_tables():
        column = table.autoincrement_column
        if column is None:
            continue
        last = connection.execute(sa.select(sa.func.max(column))).scalar() or 0
        given = _given(connection, table, column.name)
        if given is not None and given < last:
            yield Damage(Harm.COUNTER, table.name, f"编号已用到 {last}，计数器却在 {given}：再添一行会出错或重号")


def _given(connection: Connection, table: sa.Table, column: str) -> int | None:
    """The last number that was given; None where the database looks for the largest one itself."""
    if connection.dialect.name == "postgresql":
        named = sa.func.pg_get_serial_sequence(sa.func.quote_ident(table.name), column)
        sequence = connection.execute(sa.select(named)).scalar()
        return None if sequence is None else _last_value(connection, str(sequence))
    if not table.dialect_options["sqlite"]["autoincrement"]:
        return None
    found = connection.exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name = ?", (table.name,)).scalar()
    return int(found or 0)


def _last_value(connection: Connection, sequence: str) -> int:
    row = connection.exec_driver_sql(f"SELECT last_value, is_called FROM {sequence}").one()
    return int(row[0]) if row[1] else int(row[0]) - 1


def _in_decisions(connection: Connection, noted: Noted | None) -> Iterator[Damage]:
    """Decisions only grow: none is missing, none takes back what can't be taken back, none has changed."""
    made = {row["id"]: row for row in connection.execute(sa.select(decisions).order_by(decisions.c.id)).mappings()}
    undone: set[int] = set()
    for number, row in made.items():
        if (row["kind"] is DecisionKind.UNDO) != (row["undoes"] is not None):
            yield Damage(Harm.DECISIONS, f"第 {number} 号决定", "撤销了什么，写得不对")
        taken = made.get(row["undoes"])
        if taken is None:
            continue
        wrong = taken["id"] >= number or taken["kind"] is DecisionKind.UNDO or taken["id"] in undone
        if wrong or taken["commitment_id"] != row["commitment_id"]:
            yield Damage(Harm.DECISIONS, f"第 {number} 号决定", f"不能撤销第 {taken['id']} 号")
        undone.add(taken["id"])
    if connection.dialect.name == "sqlite":  # there a number that was given stays given; PostgreSQL may lose some
        last = _given(connection, decisions, "id") or 0
        for number in sorted(set(range(1, last + 1)) - made.keys())[:20]:
            yield Damage(Harm.DECISIONS, f"第 {number} 号决定", "不见了")
    if noted is not None and note_decisions(connection, noted.last) != noted:
        yield Damage(Harm.SINCE_BACKUP, "decisions", f"第 {noted.last} 号及以前的决定，和上次备份时不一样")


def _in_standings(connection: Connection) -> Iterator[Damage]:
    """What is kept of how promises stand is what evidence and decisions say."""
    for promise in find_differences(connection):
        yield Damage(Harm.STANDINGS, f"承诺 {promise}", "记下的状态和佐证、决定不符；duban db recount 会重算")


def _in_the_log(store: Store, heads: Sequence[Head]) -> Iterator[Damage]:
    if (broken := audit.verify(store, heads)) is not None:
        yield Damage(Harm.LOG, f"操作日志第 {broken.number} 条", broken.why)
