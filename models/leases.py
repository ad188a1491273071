"""Who may write: one run at a time on one database.

A run takes the lease when it begins, renews it as it works, and gives it back. Another run is refused while the holder
lives; a holder whose process is gone (same machine) or whose lease ran out (another machine) is replaced at once, and
its run is marked abandoned.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping
from sqlalchemy.exc import IntegrityError

from models.errors import StoreUnavailable
from models.owners import is_gone
from models.runs import Owner, RunId, RunState
from models.tables import leases, runs

if TYPE_CHECKING:
    from models.store import Store

TERM = timedelta(minutes=15)  # longer than the slowest file may take (ten minutes)
_SKEW = timedelta(minutes=15)  # between the clocks of two machines
_WRITER = "writer"
_KINDS = {
    "ingest": "收件",
    "nightly": "夜间运行",
    "follow_up": "比对",
    "publish": "发布",
    "evaluate": "评测",
    "bench": "测速",
}
_GONE = "进程没有结束就不在了（断电、被强行结束或内存不足）"
_TERM_OF = sa.select(leases.c.expires).where(leases.c.run_id == sa.bindparam("run")).with_for_update()


def take(connection: Connection, kind: str, owner: Owner, now: datetime) -> RunId:
    """A new run that holds the database. StoreUnavailable names the run that holds it now."""
    holder = _holder(connection)
    if holder is not None:
        if not (is_gone(_owner(holder), owner) or ran_out(holder["expires"], now)):
            raise StoreUnavailable(
                f"有人正在往这个数据库里写：{kind_words(holder['kind'])}，"
                f"{_ago(now - holder['started'])}开始，在 {holder['host']} 上，进程号 {holder['pid']}；"
                "等它做完，或者先停掉它"
            )
        close(connection, RunId(holder["id"]), RunState.ABANDONED, now, _GONE)
    run = _insert_run(connection, kind, owner, now)
    try:
        connection.execute(sa.insert(leases).values(name=_WRITER, run_id=run, expires=now + TERM))
    except IntegrityError as error:  # PostgreSQL lets two begin together; the lease's key decides
        raise StoreUnavailable("另一次运行同时开始了；等它做完") from error
    return run


def hold(connection: Connection, run: RunId, now: datetime) -> None:
    """Makes sure that the run still holds the database, and renews its term. The first step of all that writes.

    It locks the lease's row until the transaction ends, so that on PostgreSQL, too, one transaction writes at a time.
    StoreUnavailable: another run has taken over.
    """
    expires = connection.execute(_TERM_OF, {"run": run}).scalar()
    if expires is None:
        raise StoreUnavailable(f"第 {run} 次运行已经不再占有数据库：另一次运行接手了")
    if ran_out(expires, now) or expires - now < TERM / 2:
        connection.execute(sa.update(leases).where(leases.c.run_id == run).values(expires=now + TERM))


def close(
    connection: Connection, run: RunId, state: RunState, now: datetime, error: str | None, skipped: int = 0
) -> None:
    """Ends the run and gives the database back; an ended run stays as it ended."""
    connection.execute(sa.delete(leases).where(leases.c.run_id == run))
    connection.execute(
        sa.update(runs)
        .where(runs.c.id == run, runs.c.state == RunState.RUNNING)
        .values(state=state, ended=now, error=error, skipped=skipped)
    )


def abandon_all(connection: Connection, now: datetime, why: str) -> None:
    """Ends every run that is still running, as after a restore: none of their processes works on this database."""
    connection.execute(sa.delete(leases))
    running = sa.update(runs).where(runs.c.state == RunState.RUNNING)
    connection.execute(running.values(state=RunState.ABANDONED, ended=now, error=why))


def close_gone(connection: Connection, here: Owner, now: datetime) -> list[RunId]:
    """Closes every run that is said to be running and isn't: its process, on this machine, is gone, or its lease, of
    another machine's process, ran out."""
    held = sa.select(runs, leases.c.expires).join_from(runs, leases, leases.c.run_id == runs.c.id, isouter=True)
    running = connection.execute(held.where(runs.c.state == RunState.RUNNING)).mappings().all()
    gone = [
        RunId(row["id"])
        for row in running
        if is_gone(_owner(row), here) or row["expires"] is None or ran_out(row["expires"], now)
    ]
    for run in gone:
        close(connection, run, RunState.ABANDONED, now, _GONE)
    return gone


def ran_out(expires: datetime, now: datetime) -> bool:
    """Whether a lease holds no longer. One that ends later than any lease can was taken by a clock that ran ahead: it
    would hold for as long as that clock was wrong; a holder that still works renews it with its next letter."""
    return not now < expires <= now + TERM + _SKEW


def holding(store: Store) -> str | None:
    """The kind of the run that holds the database; None where nobody does."""
    with store.reading() as connection:
        return connection.execute(sa.select(runs.c.kind).join_from(leases, runs)).scalar()


def cut_off(store: Store, kind: str) -> RunId | None:
    """The latest run of that kind, where it was cut off; None where it came to its end or still runs."""
    latest = sa.select(runs.c.id, runs.c.state).where(runs.c.kind == kind).order_by(runs.c.id.desc()).limit(1)
    with store.reading() as connection:
        row = connection.execute(latest).first()
    return RunId(row.id) if row is not None and row.state is RunState.ABANDONED else None


def kind_words(kind: str) -> str:
    """What a run of that kind does, in a word.

    >>> kind_words("nightly"), kind_words("something newer")
    ('夜间运行', '一次运行')
    """
    return _KINDS.get(kind, "一次运行")


def _ago(age: timedelta) -> str:
    """How long ago; a time of day would need to know whose clock the reader has.

    >>> [_ago(timedelta(seconds=seconds)) for seconds in (-5, 40, 600, 9000, 200000)]
    ['刚刚', '刚刚', '10 分钟前', '2 小时前', '2 天前']
    """
    minutes = age // timedelta(minutes=1)
    if minutes < 1:
        return "刚刚"
    if minutes < 120:
        return f"{minutes} 分钟前"
    return f"{minutes // 60} 小时前" if minutes < 2880 else f"{minutes // 1440} 天前"


def _holder(connection: Connection) -> RowMapping | None:
    found = sa.select(leases.c.expires, runs).join_from(leases, runs).where(leases.c.name == _WRITER).with_for_update()
    return connection.execute(found).mappings().first()


def _owner(row: RowMapping) -> Owner:
    return Owner(row["host"], row["pid"], row["boot"], row["process_started"])


def _insert_run(connection: Connection, kind: str, owner: Owner, now: datetime) -> RunId:
    values = {
        "kind": kind,
        "host": owner.host,
        "pid": owner.pid,
        "boot": owner.boot,
        "process_started": owner.started,
        "state": RunState.RUNNING,
        "started": now,
        "skipped": 0,
    }
    return RunId(connection.execute(sa.insert(runs).values(values).returning(runs.c.id)).scalar_one())
