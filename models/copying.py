"""Copies of a whole database: to the other kind of database, or to a file beside a run that goes on writing."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from models.checksums import Checksum, Summing, all_tables, batches_of, checksum, checksums
from models.durable import settle
from models.engine import asking, migrate, schema_of, snapshot, unopened_engine
from models.errors import KeepingFailed, StoreUnavailable
from models.indexing import reindex
from models.refusals import told as refusal
from models.tables import SCHEMA
from models.unwritten import look_at_new

Told = Callable[[str, int], None]  # a table's name, and how many more of its rows are copied


def _silent(_table: str, _rows: int) -> None:
    pass


def copy_database(source_url: str, target_url: str, told: Told = _silent) -> dict[str, Checksum]:
    """Everything of one database into another one, which must be empty: all of it, checked, or nothing.

    An embedded database is written under another name first (….part) and takes its own when it is whole and on the
    disk; PostgreSQL gets everything in one transaction. What was copied is read again and compared, table by table:
    the answer is each table's number of rows and digest. KeepingFailed says in Chinese why nothing was copied.
    """
    target = sa.make_url(target_url)
    if target.get_backend_name() != "sqlite":
        return _copied(source_url, target_url, told)
    final = Path(target.database or "")
    if final.exists():
        raise KeepingFailed(f"{final} 已经有了；只能复制到还没有的地方")
    part = final.with_name(f"{final.name}.part")
    try:
        forget(part)
        found = _copied(source_url, target.set(database=str(part)).render_as_string(False), told)
        settle(part)
        if final.exists():
            raise KeepingFailed(f"{final} 已经有了；只能复制到还没有的地方")
        part.rename(final)
        settle(final.parent)
    except OSError as error:
        raise KeepingFailed(f"{final} 写不了：{error.strerror}") from error
    finally:
        with suppress(OSError):
            forget(part)
    return found


def copy_file(source: Path, target: Path) -> None:
    """A consistent copy of an embedded database as it is now, in whatever schema, while others read and write it.

    In one step: the stepwise kind begins anew whenever another process writes, and never ends beside a busy run.
    StoreUnavailable says in Chinese why it can't be copied.
    """
    try:
        with closing(_opened(source)) as held, closing(sqlite3.connect(target, isolation_level=None)) as copy:
            copy.execute("PRAGMA synchronous = OFF")  # whoever keeps the copy sees to it that it gets to the disk
            held.backup(copy, pages=-1)
            copy.execute("PRAGMA journal_mode = DELETE")  # the file alone is the whole copy
    except sqlite3.Error as error:
        raise StoreUnavailable(f"{source} 复制不了：{refusal(error)}") from error


def forget(database: Path) -> None:
    """Removes an embedded database with what SQLite keeps beside it."""
    for ending in ("", "-wal", "-shm", "-journal"):
        database.with_name(database.name + ending).unlink(missing_ok=True)


def is_empty(engine: Engine) -> bool:
    """Whether a database has no rows of ours but what a new one has. KeepingFailed: it can't be filled at all."""
    with asking(engine), engine.connect() as connection:
        schema, there = schema_of(connection), set(sa.inspect(connection).get_table_names())
        ours = [table for table in all_tables() if table.name in there]
        if schema is None and ours:
            raise KeepingFailed(f"目标库里有别的程序的表 {ours[0].name}，换一个空库")
        if schema not in (None, SCHEMA):
            raise KeepingFailed(f"目标库的结构是 {schema}，这个程序要 {SCHEMA}；换一个空库")
        filled = [table for table in ours if connection.execute(sa.select(table.c[0]).limit(1)).first() is not None]
        new = _checksums_of_new() if filled else {}
        return all(checksum(connection, table) == new[table.name] for table in filled)


@cache
def _checksums_of_new() -> dict[str, Checksum]:
    """What a database holds that nobody has written to: migrations may put a first row into a table."""
    with look_at_new() as connection:
        return checksums(connection)


def _opened(path: Path) -> sqlite3.Connection:
    if not path.is_file():
        raise StoreUnavailable(f"没有数据库 {path}")
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=10, isolation_level=None)
    connection.execute("PRAGMA query_only = ON")
    return connection


def _copied(source_url: str, target_url: str, told: Told) -> dict[str, Checksum]:
    source, target = unopened_engine(source_url), unopened_engine(target_url)
    try:
        if not is_empty(target):
            raise KeepingFailed("目标库里已经有数据；只能复制到空库")
        with snapshot(source) as reader:
            _check_schema(reader)
            with _filling(target) as writer:
                migrate(writer)
                _clear(writer)
                found = {table.name: _copy_table(reader, writer, table, told) for table in all_tables()}
                reindex(writer)
                _set_counters(reader, writer)
                _compare(writer, found)
        return found
    finally:
        source.dispose()
        target.dispose()


def _check_schema(reader: Connection) -> None:
    schema = schema_of(reader)
    if schema is None:
        raise KeepingFailed("来源库是空的，没有可复制的")
    if schema != SCHEMA:
        raise KeepingFailed(f"来源库的结构是 {schema}，这个程序要 {SCHEMA}；先用这个程序打开它一次（例如 duban runs）")


@contextmanager
def _filling(engine: Engine) -> Iterator[Connection]:
    """One transaction over a new database. References are checked when all is there; nobody else sees it before."""
    with asking(engine), engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            raw: Any = connection.connection.driver_connection
            raw.execute("PRAGMA synchronous = OFF")
            raw.execute("PRAGMA foreign_keys = OFF")
        connection.execution_options(writes=True)
        with connection.begin():
            yield connection


def _clear(writer: Connection) -> None:
    """Takes out what migrations put into a new database: the source has rows of its own for that."""
    for table in reversed(all_tables()):
        if writer.execute(sa.select(table.c[0]).limit(1)).first() is not None:
            writer.execute(sa.delete(table))


def _copy_table(reader: Connection, writer: Connection, table: sa.Table, told: Told) -> Checksum:
    summing = Summing()
    write = _copy_in if writer.dialect.name == "postgresql" else _insert
    convert = _converting(table, writer)
    for rows in batches_of(reader, table):
        summing.add(rows)
        try:
            write(writer, table, [convert(row) for row in rows])
        except (SQLAlchemyError, ValueError) as error:
            raise KeepingFailed(f"表 {table.name} 里有目标库放不下的值：{error}") from error
        told(table.name, len(rows))
    return summing.checksum


def _converting(table: sa.Table, writer: Connection) -> Callable[[Sequence[Any]], tuple[Any, ...]]:
    """How the writer's driver wants the values of a row."""
    bound = [column.type.dialect_impl(writer.dialect).bind_processor(writer.dialect) for column in table.columns]
    return lambda row: tuple(
        value if process is None else process(value) for value, process in zip(row, bound, strict=True)
    )


def _insert(writer: Connection, table: sa.Table, rows: Sequence[tuple[Any, ...]]) -> None:
    marks = ", ".join("?" * len(table.columns))
    writer.exec_driver_sql(f"INSERT INTO {_named(writer, table)} VALUES ({marks})", list(rows))


def _copy_in(writer: Connection, table: sa.Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """PostgreSQL takes many rows in one COPY several times quicker than by INSERT."""
    raw: Any = writer.connection.driver_connection
    import psycopg

    try:
        with raw.cursor() as cursor, cursor.copy(f"COPY {_named(writer, table)} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
    except psycopg.OperationalError as error:
        raise StoreUnavailable(f"复制中断：{refusal(error)}") from error
    except psycopg.Error as error:
        raise ValueError(str(error)) from error


def _named(writer: Connection, table: sa.Table) -> str:
    """The table with its columns in our order, as SQL."""
    preparer = writer.dialect.identifier_preparer
    return f"{preparer.format_table(table)} ({', '.join(preparer.format_column(column) for column in table.columns)})"


def _set_counters(reader: Connection, writer: Connection) -> None:
    """Numbers that the database gives go on after the last one that was ever given."""
    for table in all_tables():
        column = table.autoincrement_column
        if column is None:
            continue
        last = max(_counted(reader, table), writer.execute(sa.select(sa.func.max(column))).scalar() or 0)
        if last and writer.dialect.name == "postgresql":
            sequence = sa.func.pg_get_serial_sequence(sa.func.quote_ident(table.name), column.name)
            writer.execute(sa.select(sa.func.setval(sequence, last)))
        elif last and table.dialect_options["sqlite"]["autoincrement"]:
            writer.exec_driver_sql("DELETE FROM sqlite_sequence WHERE name = ?", (table.name,))
            writer.exec_driver_sql("INSERT INTO sqlite_sequence(name, seq) VALUES (?, ?)", (table.name, last))


def _counted(reader: Connection, table: sa.Table) -> int:
    """The last number that SQLite gave in a table whose numbers are never given twice."""
    if reader.dialect.name != "sqlite" or not table.dialect_options["sqlite"]["autoincrement"]:
        return 0
    last = reader.exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name = ?", (table.name,)).scalar()
    return int(last or 0)


def _compare(writer: Connection, expected: dict[str, Checksum]) -> None:
    """Reads the copy again. KeepingFailed names the first table that isn't the same."""
    for table in all_tables():
        copied = checksum(writer, table)
        if copied != expected[table.name]:
            raise KeepingFailed(
                f"核对不符：表 {table.name} 来源 {expected[table.name].rows} 行，复制到 {copied.rows} 行，内容不同"
            )
    if writer.dialect.name == "sqlite" and (row := writer.exec_driver_sql("PRAGMA foreign_key_check").first()):
        raise KeepingFailed(f"来源库的表 {row[0]} 里有一行指向不存在的 {row[2]}；先运行 duban verify")
