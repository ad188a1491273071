"""Failed logins: after five an account waits five minutes, then ten, twenty, at most an hour; an address likewise.

So no account takes more than 100 guesses an hour. Names that don't exist are counted like those that do. A lock keeps
nobody out who is logged in.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from models.account_tables import attempts
from models.people import name_key

_FIRST, _LONGEST = timedelta(minutes=5), timedelta(hours=1)
_BY_NAME, _BY_ADDRESS = 5, 30  # failures until a lock; a whole office may sit behind one address
_FORGOTTEN = timedelta(hours=24)


def subjects(name: str, address: str) -> dict[str, int]:
    """What a login counts for, and how many failures each may have before it waits."""
    return {f"name:{name_key(name)[:64]}": _BY_NAME, f"from:{address[:64]}": _BY_ADDRESS}


def is_locked(connection: Connection, counted: dict[str, int], now: datetime) -> bool:
    """Whether the account or the address has to wait."""
    waits = sa.select(attempts.c.subject).where(attempts.c.subject.in_(counted), attempts.c.locked_until > now)
    return connection.execute(waits.limit(1)).first() is not None


def note_failure(connection: Connection, counted: dict[str, int], now: datetime) -> bool:
    """Counts one failure; whether that locked something. What is a day old is forgotten."""
    connection.execute(sa.delete(attempts).where(attempts.c.last < now - _FORGOTTEN))
    locked = False
    for subject, allowed in counted.items():
        known = sa.select(attempts.c.failures).where(attempts.c.subject == subject).with_for_update()
        before = connection.execute(known).scalar()
        failures = (before or 0) + 1
        until = None
        if failures % allowed == 0:
            until, locked = now + min(_LONGEST, _FIRST * 2 ** min(failures // allowed - 1, 8)), True
        values = {"failures": failures, "last": now, "locked_until": until}
        if before is None:
            connection.execute(sa.insert(attempts).values(subject=subject, **values))
        else:
            connection.execute(sa.update(attempts).where(attempts.c.subject == subject).values(**values))
    return locked


def forget(connection: Connection, name: str) -> None:
    """A right password, or an administrator, clears what stood against an account."""
    connection.execute(sa.delete(attempts).where(attempts.c.subject == f"name:{name_key(name)[:64]}"))
