"""The audit log: whatever is done to it is seen."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DatabaseError

from models.account_tables import audit, audit_head
from models.audit import Entry, Head, append, count_entries, entries, head, verify
from models.errors import StoreUnavailable
from models.store import Store

SHANGHAI = timezone(timedelta(hours=8))
INJECTED = [
    "王五\n2026-01-01 admin login done",
    "a\r\nb",
    "\x1b[31mred\x1b[0m",
    "tab\tbed",
    "nul\0byte",
    "\u2028line\u2029paragraph",
    "\u202eright to left",
    "\x85next line",
    "<script>alert(1)</script>",
    "'; DROP TABLE audit; --",
    '{"digest": "0"}',
    '=HYPERLINK("http://x")',
    "%s %d %n",
    "${jndi:ldap://x}",
    "\ud800",
    "\x7f\x08\x08",
    "a" * 5_000,
    "\u200bzero\u200bwidth",
    "\ufeffbom",
    "\\n not a break",
]


def entry(number: int, now: datetime) -> Entry:
    at = (now + timedelta(minutes=number)).astimezone(SHANGHAI)
    return Entry(at, f"王{number}", "reviewer", "10.0.0.7", "decide", f"承诺 {number}", before=(("状态", "逾期"),))


@pytest.fixture
def filled(store: Store, now: datetime) -> Store:
    """A log of twelve entries."""
    for number in range(1, 13):
        append(store, entry(number, now))
    return store


def unguarded(connection: Connection) -> None:
    """Whoever owns the database can take the guards away."""
    if connection.dialect.name == "sqlite":
        connection.execute(sa.text("DROP TRIGGER IF EXISTS audit_no_update"))
        connection.execute(sa.text("DROP TRIGGER IF EXISTS audit_no_delete"))
    else:
        connection.execute(sa.text("ALTER TABLE audit DISABLE TRIGGER USER"))


def test_an_empty_log_is_whole(store: Store) -> None:
    assert verify(store) is None
    assert head(store) == Head(0, "0" * 64)


def test_entries_come_back_as_they_were_written_with_the_offices_time(filled: Store, now: datetime) -> None:
    latest = entries(filled, limit=2)
    assert [one.number for one in latest] == [12, 11]
    assert latest[0].entry == entry(12, now)
    assert latest[0].entry.at.isoformat().endswith("+08:00")
    assert count_entries(filled) == 12
    assert count_entries(filled, who="王3") == 1
    assert count_entries(filled, action="login") == 0
    assert verify(filled) is None


@pytest.mark.parametrize(
    "statement", ["UPDATE audit SET who = 'x'", "DELETE FROM audit", "DELETE FROM audit WHERE id = 5"]
)
def test_the_database_itself_refuses_changes(filled: Store, statement: str) -> None:
    with pytest.raises((DatabaseError, StoreUnavailable), match="only grows"), filled.writing() as connection:
        connection.execute(sa.text(statement))
    assert verify(filled) is None


def _edit(connection: Connection, dice: random.Random) -> None:
    column = dice.choice(["at", "who", "role", "address", "action", "object", "result", "digest", "previous"])
    values: dict[str, object] = {column: "x" * 5}
    if dice.random() < 0.2:
        values = {"before": (("状态", "已落实"),)}
    connection.execute(sa.update(audit).where(audit.c.id == dice.randint(1, 12)).values(values))


def _delete(connection: Connection, dice: random.Random) -> None:
    connection.execute(sa.delete(audit).where(audit.c.id == dice.randint(1, 12)))


def _swap(connection: Connection, dice: random.Random) -> None:
    one, other = dice.sample(range(1, 13), 2)
    for number, to in ((one, 99), (other, one), (99, other)):
        connection.execute(sa.update(audit).where(audit.c.id == number).values(id=to))


def _cut(connection: Connection, dice: random.Random) -> None:
    connection.execute(sa.delete(audit).where(audit.c.id >= dice.randint(2, 12)))


@pytest.mark.parametrize("tamper", [_edit, _delete, _swap, _cut])
def test_every_tampering_is_found(filled: Store, tamper: Callable[[Connection, random.Random], None]) -> None:
    found = 0
    for seed in range(25):
        with filled.reading() as connection:
            outer = connection.begin_nested()
            unguarded(connection)
            tamper(connection, random.Random(seed))
            found += verify(_Within(connection)) is not None  # type: ignore[arg-type]
            outer.rollback()
    assert found == 25
    assert verify(filled) is None


class _Within:
    """A store that reads within a transaction that is given up afterwards."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def reading(self) -> _Within:
        return self

    def __enter__(self) -> Connection:
        return self._connection

    def __exit__(self, *error: object) -> None:
        return None


def test_a_log_written_anew_is_found_by_a_head_that_was_noted(filled: Store, now: datetime) -> None:
    noted = head(filled)
    append(filled, entry(13, now))
    assert verify(filled, [noted]) is None
    with filled.writing() as connection:
        unguarded(connection)
        connection.execute(sa.delete(audit))
        connection.execute(sa.update(audit_head).values(entries=0, digest="0" * 64))
    for number in range(1, 14):
        append(filled, replace(entry(number, now), who="谁也不是"))
    assert verify(filled) is None, "a whole new chain is sound in itself"
    broken = verify(filled, [noted])
    assert broken is not None
    assert (broken.number, "重写" in broken.why) == (12, True)


def test_a_log_shorter_than_noted_is_found(filled: Store) -> None:
    broken = verify(filled, [Head(20, "f" * 64)])
    assert broken is not None
    assert "短" in broken.why


def test_nothing_written_into_the_log_breaks_a_line_or_is_taken_for_another(store: Store, now: datetime) -> None:
    assert len(INJECTED) == 20
    for text in INJECTED:
        append(store, replace(entry(1, now), who=text, object=text, after=(("备注", text),)))
    assert verify(store) is None
    for one in entries(store):
        for text in (one.entry.who, one.entry.object, one.entry.after[0][1]):
            assert text.isprintable()
            assert len(text) <= 12_001


def test_many_at_once_make_one_chain(store: Store, now: datetime) -> None:
    def write(thread: int) -> None:
        for number in range(10):
            append(store, replace(entry(number, now), who=f"线程{thread}"))

    threads = [threading.Thread(target=write, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert verify(store) is None
    assert head(store).entries == 60
