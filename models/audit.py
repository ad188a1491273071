"""The log of who did what: it only grows, and each entry is chained to the one before.

    append(store, Entry(at=now, who="王五", …))     one entry more
    verify(store)                                  None, or what was done to the log

An entry's digest covers all of it and the digest before; the head says how many entries there are and where they end.
So a change, a gap, a swap and a cut are found; and whoever notes a head elsewhere (on paper, in a backup) also finds a
log that somebody wrote anew from start to end.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from models.account_tables import audit, audit_head
from models.ids import digest_of
from models.store import Store

Values = tuple[tuple[str, str], ...]

NOTHING = "0" * 64  # the digest before the first entry
_LONGEST = 2_000  # characters of one value; nobody fills the disk through the log
_LOT = 1_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing done or refused: who, when (aware), from where, what, on which object, with what result.

    `before` and `after`: what it changed, as names with their values; never a password, a token, or the text of a form.
    """

    at: datetime
    who: str
    role: str
    address: str
    action: str
    object: str = ""
    result: str = "done"
    before: Values = ()
    after: Values = ()


@dataclass(frozen=True, slots=True)
class Logged:
    """An entry as kept, with its number from 1."""

    number: int
    entry: Entry
    digest: str


@dataclass(frozen=True, slots=True)
class Head:
    """Where the chain ends: how many entries, and the last one's digest."""

    entries: int
    digest: str


@dataclass(frozen=True, slots=True)
class Broken:
    """The first place where the log isn't what was written: an entry's number, and why, in Chinese."""

    number: int
    why: str


def append(store: Store, entry: Entry) -> Logged:
    """Adds one entry."""
    with store.writing() as connection:
        return add(connection, entry)


def add(connection: Connection, entry: Entry) -> Logged:
    """Adds one entry within the transaction that does what it tells."""
    before = _head(connection, for_update=True)
    row = _row(entry) | {"id": before.entries + 1, "previous": before.digest}
    digest = _digest(row)
    connection.execute(sa.insert(audit).values(row | {"digest": digest}))
    connection.execute(sa.update(audit_head).values(entries=before.entries + 1, digest=digest))
    return Logged(before.entries + 1, entry, digest)


def entries(
    store: Store, *, limit: int = 50, offset: int = 0, who: str | None = None, action: str | None = None
) -> list[Logged]:
    """The entries, latest first."""
    chosen = sa.select(audit).where(*_chosen(who, action)).order_by(audit.c.id.desc()).limit(limit).offset(offset)
    with store.reading() as connection:
        return [_logged(row) for row in connection.execute(chosen).mappings()]


def count_entries(store: Store, *, who: str | None = None, action: str | None = None) -> int:
    """How many entries there are."""
    with store.reading() as connection:
        counted = sa.select(sa.func.count()).select_from(audit).where(*_chosen(who, action))
        return connection.execute(counted).scalar_one()


def head(store: Store) -> Head:
    """Where the chain ends now: worth noting somewhere else."""
    with store.reading() as connection:
        return _head(connection)


def verify(store: Store, noted: Sequence[Head] = ()) -> Broken | None:
    """None where every entry is as it was written; `noted` are heads that somebody wrote down earlier."""
    known = {one.entries: one.digest for one in noted}
    last, count = NOTHING, 0
    with store.reading() as connection:
        for row in _all(connection):
            count += 1
            if (why := _fault(row, count, last, known)) is not None:
                return Broken(count, why)
            last = row["digest"]
        if _head(connection) != Head(count, last):
            return Broken(count + 1, "日志末尾缺了记录")
    return Broken(count + 1, "日志比记下的短") if any(number > count for number in known) else None


def _fault(row: RowMapping, number: int, last: str, known: dict[int, str]) -> str | None:
    if row["id"] != number:
        return "缺了记录"
    if row["previous"] != last:
        return "与上一条接不上"
    if row["digest"] != _digest(dict(row)):
        return "内容被改过"
    return "与记下的不同：整个日志被重写过" if known.get(number, row["digest"]) != row["digest"] else None


def _all(connection: Connection) -> Iterator[RowMapping]:
    """Every entry, read in lots: the log is long."""
    past = 0
    while (
        lot := connection.execute(sa.select(audit).where(audit.c.id > past).order_by(audit.c.id).limit(_LOT))
        .mappings()
        .all()
    ):
        yield from lot
        past = lot[-1]["id"]


def _head(connection: Connection, *, for_update: bool = False) -> Head:
    wanted = sa.select(audit_head.c.entries, audit_head.c.digest)
    row = connection.execute(wanted.with_for_update() if for_update else wanted).one()
    return Head(row.entries, row.digest)


def _row(entry: Entry) -> dict[str, object]:
    return {
        "at": entry.at.isoformat(timespec="milliseconds"),
        "who": _bounded(entry.who),
        "role": entry.role,
        "address": entry.address[:64],
        "action": entry.action,
        "object": _bounded(entry.object),
        "result": entry.result[:64],
        "before": tuple((name, _bounded(value)) for name, value in entry.before),
        "after": tuple((name, _bounded(value)) for name, value in entry.after),
    }


def _bounded(text: str) -> str:
    """Text that both databases keep and that stays one line: line breaks and other controls are written out."""
    visible = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text[:_LONGEST])
    return visible + ("…" if len(text) > _LONGEST else "")


def _digest(row: dict[str, object]) -> str:
    told = {name: value for name, value in row.items() if name != "digest"}
    return digest_of(json.dumps(told, ensure_ascii=False, sort_keys=True).encode())


def _chosen(who: str | None, action: str | None) -> list[sa.ColumnElement[bool]]:
    wanted = ((audit.c.who, who), (audit.c.action, action))
    return [column == value for column, value in wanted if value]


def _logged(row: RowMapping) -> Logged:
    entry = Entry(
        datetime.fromisoformat(row["at"]),
        row["who"],
        row["role"],
        row["address"],
        row["action"],
        row["object"],
        row["result"],
        row["before"],
        row["after"],
    )
    return Logged(row["id"], entry, row["digest"])
