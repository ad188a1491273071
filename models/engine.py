"""A connection to the database: opened, set up, brought to the schema that the code knows."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import (
    ArgumentError,
    DataError,
    DBAPIError,
    IntegrityError,
    NoSuchModuleError,
    OperationalError,
    ProgrammingError,
)

from models.errors import ConfigurationError, StoreUnavailable
from models.filesystems import network_kind
from models.refusals import told
from models.tables import SCHEMA

_PATIENCE_MS = 10_000  # how long to wait for another process's transaction
AT_ONCE = 8
"""Requests that are answered at the same time, each with a connection of its own; twice as many may be lent."""
_RECKONED, _DECIDED = "0009", "0019"
"""The newest migrations after which how promises stand (all; those decided about) is reckoned anew."""
_INDEXED = {"sqlite": "0015", "postgresql": "0020"}
"""The newest migration after which the index is made anew from the records, or what it knows of documents."""
_READING_KB, _WRITING_KB = -8_000, -32_000  # SQLite takes what is below zero as KB
_TURNS: dict[str, Lock] = {}  # by database: two engines of one process write to the same file
os.register_at_fork(after_in_child=_TURNS.clear)  # a lock that another thread holds would never come free there
_MIGRATING = 7_364_201  # number of the PostgreSQL advisory lock that migrations hold


def open_engine(url: str) -> Engine:
    """The database at `url`, created and migrated where needed. StoreUnavailable says plainly why it can't be used."""
    engine = unopened_engine(url)
    try:
        with asking(engine):
            _bring_up_to_date(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine


@contextmanager
def asking(engine: Engine) -> Iterator[None]:
    """What the database itself says it can't do (locked, gone, full, damaged) becomes StoreUnavailable."""
    try:
        yield
    except (DataError, IntegrityError, ProgrammingError):
        raise  # faults of ours, not the database's condition
    except DBAPIError as error:
        where = engine.url.render_as_string(hide_password=True)
        raise StoreUnavailable(f"{where}：{told(error.orig)}") from error


@contextmanager
def writing(engine: Engine, patience: float = 0.0) -> Iterator[Connection]:
    """One transaction that writes: all of it or nothing. On SQLite it takes the writer's lock at once, not halfway.

    A server that isn't there is waited for, `patience` seconds at most.
    """
    with asking(engine), _in_turn(engine), _connected(engine, patience) as connection, _roomy(connection):
        connection.execution_options(writes=True)
        with connection.begin():
            yield connection


@contextmanager
def _in_turn(engine: Engine) -> Iterator[None]:
    """SQLite has one writer, and who waits for it only asks again and again: threads of this process queue up instead.

    Whoever has waited as long as the database would let it tries its luck there.
    """
    if engine.dialect.name != "sqlite":
        yield
        return
    turn = _TURNS.setdefault(str(engine.url), Lock())
    taken = turn.acquire(timeout=_PATIENCE_MS / 1000)
    try:
        yield
    finally:
        if taken:
            turn.release()


@contextmanager
def _roomy(connection: Connection) -> Iterator[None]:
    """Ids are digests, so a batch touches pages all over the indexes: a writer keeps more of them, but only meanwhile.

    The pages' own server has many connections, and none of them may hold on to that much.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    raw: Any = connection.connection.driver_connection
    raw.execute(f"PRAGMA cache_size={_WRITING_KB}")
    try:
        yield
    finally:
        if not connection.invalidated:
            raw.execute(f"PRAGMA cache_size={_READING_KB}")


@contextmanager
def reading(engine: Engine, patience: float = 0.0) -> Iterator[Connection]:
    """One consistent look at the database."""
    with asking(engine), _connected(engine, patience) as connection, connection.begin():
        yield connection


def _connected(engine: Engine, patience: float) -> Connection:
    """A connection; the pool looks whether it is alive before it gives one away."""
    until, pause = time.monotonic() + patience, 0.5
    while True:
        try:
            return engine.connect()
        except OperationalError:
            if engine.dialect.name == "sqlite" or time.monotonic() + pause > until:
                raise
        time.sleep(pause)
        pause = min(5.0, pause * 2)


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """One look at the whole database that nothing written meanwhile changes, for however many questions."""
    with asking(engine), engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with connection.begin():
            yield connection


def unopened_engine(url: str) -> Engine:
    """The way to the database at `url`, neither made nor brought up to date yet. ConfigurationError: a wrong url."""
    try:
        parsed = sa.make_url(url)
        engine = sa.create_engine(parsed, json_serializer=_to_json, **_options(parsed))
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        raise ConfigurationError(
            f"DUBAN_DATABASE_URL：{error}；应以 sqlite:/// 或 postgresql+psycopg:// 开头"
        ) from error
    if engine.dialect.name == "sqlite":
        _make_folder(parsed.database)
        sa.event.listen(engine, "connect", _set_up_sqlite)
        sa.event.listen(engine, "begin", _begin_sqlite)
        sa.event.listen(engine, "handle_error", _roll_back_interrupted)
    else:
        sa.event.listen(engine, "connect", _set_up_postgresql)
    return engine


def _options(url: sa.URL) -> dict[str, Any]:
    pool = {"pool_size": AT_ONCE, "max_overflow": AT_ONCE, "pool_use_lifo": True}  # the same few stay warm
    if url.get_backend_name() == "sqlite":
        if not url.database or url.database == ":memory:":
            return {}  # no file, no pool; it is refused in a moment
        return pool | {"connect_args": {"timeout": _PATIENCE_MS / 1000}}
    return pool | {"pool_pre_ping": True, "connect_args": {"connect_timeout": 10}}


@lru_cache(maxsize=4_096)
def _to_json(value: tuple[str, ...]) -> str:
    """A list column's value; most are empty, or the same as in the row before."""
    return json.dumps(value, ensure_ascii=False)


def _make_folder(database: str | None) -> None:
    if not database or database == ":memory:":
        raise ConfigurationError("DUBAN_DATABASE_URL：要写明数据库文件，例如 sqlite:///var/duban.db")
    try:
        Path(database).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreUnavailable(f"{database}：它的文件夹建不了：{error.strerror}") from error
    if kind := network_kind(Path(database)):
        raise ConfigurationError(
            f"{database} 在网络盘上（{kind}），SQLite 数据库放在那里迟早会损坏："
            "把数据目录（DUBAN_DATA_DIR）改到本机磁盘，或改用 PostgreSQL（DUBAN_DATABASE_URL）"
        )


def _set_up_sqlite(connection: Any, _record: object) -> None:
    """WAL lets pages read while a run writes; FULL keeps every committed letter through a power cut."""
    connection.isolation_level = None  # transactions begin where we say so, not where the driver guesses
    settings = {
        "busy_timeout": _PATIENCE_MS,
        "journal_mode": "WAL",
        "synchronous": "FULL",
        "foreign_keys": "ON",
        "cache_size": _READING_KB,
    }
    for name, value in settings.items():
        connection.execute(f"PRAGMA {name}={value}")


def _set_up_postgresql(connection: Any, _record: object) -> None:
    """How it is to answer: with room for the places where a common word stands, else it looks whole pages through;
    without translating short questions for the processor; planning for the words that were typed, not for any."""
    connection.autocommit = True  # else it would end with the first transaction that is rolled back
    for setting in ("work_mem = '32MB'", "jit = off", "plan_cache_mode = force_custom_plan"):
        connection.execute(f"SET {setting}")
    connection.autocommit = False


def _begin_sqlite(connection: Connection) -> None:
    """A reader that turns writer halfway fails at once with “locked”; a writer that says so first waits its turn."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _roll_back_interrupted(context: sa.ExceptionContext) -> None:
    """A Ctrl-C in the middle of a statement rolls back like any error.

    SQLAlchemy would throw the connection away; its statement, still half run, would go on holding the writer's lock for
    as long as the exception lives.
    """
    if not isinstance(context.original_exception, Exception):
        context.is_disconnect = False


def _bring_up_to_date(engine: Engine) -> None:
    with reading(engine) as connection:
        if schema_of(connection) == SCHEMA:
            return
    with writing(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_MIGRATING)))
        if schema_of(connection) != SCHEMA:  # another process may have been quicker
            migrate(connection)


def schema_of(connection: Connection) -> str | None:
    """The schema that the database is in; None of an empty one."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()


def migrate(connection: Connection) -> None:
    """Brings an empty or older database to the schema that the code knows, in the caller's transaction.

    StoreUnavailable: a newer duban wrote it.
    """
    from alembic import command  # slow to import, and needed once in a schema's life
    from alembic.util import CommandError

    from models.indexing import reindex
    from models.migrations import configuration
    from models.standings import stand_again, stand_decided

    before = schema_of(connection)
    try:
        command.upgrade(configuration(connection), "head")
        if before is not None and before < _RECKONED:
            stand_again(connection)
        elif before is not None and before < _DECIDED:
            stand_decided(connection)
        if before is not None and before < _INDEXED[connection.dialect.name]:
            reindex(connection)
    except CommandError as error:
        raise StoreUnavailable(
            f"数据库的结构是 {schema_of(connection)}，这个程序只认得 {SCHEMA}：它是更新版本的 duban 写的，请用那个版本"
        ) from error
