"""Being logged in: with a name and a password, then by what the browser holds; programs by their tokens.

token, session = log_in(store, "wangwu", "…", address="10.0.0.7", now=now)
session_of(store, token, limits=Limits(), now=now)      None: log in (again)
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import sqlalchemy as sa

from models.account_tables import api_tokens, sessions, users
from models.accounts import user_of
from models.errors import LoginRefused, StoreUnavailable, WrongAccount
from models.ids import digest_of
from models.passwords import is_right
from models.people import ApiToken, Scope, Session, User, name_key
from models.store import Store
from models.throttling import forget, is_locked, note_failure, subjects

_TOUCHED = timedelta(minutes=1)  # how exactly the last page is remembered: a look writes nothing within a minute
_LEFT = timedelta(days=2)  # sessions that nobody ended
_PREFIX = "duban_"  # so that a token that got into a text is recognised


@dataclass(frozen=True, slots=True)
class Limits:
    """When a session ends by itself: after so long without a page, and in any case."""

    idle: timedelta = timedelta(minutes=15)
    whole: timedelta = timedelta(hours=10)


def log_in(store: Store, name: str, password: str, *, address: str, now: datetime) -> tuple[str, Session]:
    """What the browser is to hold, and the session. LoginRefused: the same for a wrong name, password, or lock."""
    counted = subjects(name, address)
    with store.reading() as connection:
        locked = is_locked(connection, counted, now)
        row = connection.execute(sa.select(users).where(users.c.key == name_key(name))).mappings().first()
    right = is_right(row["password"] if row is not None else None, password)
    known = row["name"] if row is not None else None
    if locked:
        raise LoginRefused(known, locked=True)
    if row is None or not right or row["disabled"] is not None:
        with store.writing() as connection:
            note_failure(connection, counted, now)
        raise LoginRefused(known)
    token = secrets.token_urlsafe(32)
    session = Session(digest_of(token.encode()), user_of(row), now, now)
    with store.writing() as connection:
        forget(connection, name)
        connection.execute(sa.delete(sessions).where(sessions.c.seen < now - _LEFT))
        values = {"digest": session.digest, "user_id": session.user.id, "began": now, "seen": now}
        connection.execute(sa.insert(sessions).values(**values, address=address[:64]))
    return token, session


def session_of(store: Store, token: str, *, limits: Limits, now: datetime) -> Session | None:
    """The session that a browser holds; None of one that ended, or whose account was disabled."""
    found = sa.select(sessions.c.digest, sessions.c.began, sessions.c.seen, users).join(users)
    with store.reading() as connection:
        wanted = found.where(sessions.c.digest == digest_of(token.encode()), users.c.disabled.is_(None))
        row = connection.execute(wanted).mappings().first()
    if row is None:
        return None
    session = Session(row["digest"], user_of(row), row["began"], row["seen"])
    if now - session.seen > limits.idle or now - session.began > limits.whole:
        return None
    if now - session.seen > _TOUCHED:
        _touch(store, session, now)
    return replace(session, seen=now)


def log_out(store: Store, session: Session) -> None:
    """Ends a session here, whatever the browser still holds."""
    with store.writing() as connection:
        connection.execute(sa.delete(sessions).where(sessions.c.digest == session.digest))


def new_api_token(
    store: Store, user: User, name: str, scope: Scope, *, expires: datetime, now: datetime
) -> tuple[str, ApiToken]:
    """A program's key, shown this once, and what is kept of it."""
    key = _PREFIX + secrets.token_urlsafe(32)
    values = {"user_id": user.id, "name": name[:64], "scope": scope, "created": now, "expires": expires}
    with store.writing() as connection:
        made = sa.insert(api_tokens).values(**values, digest=digest_of(key.encode())).returning(api_tokens.c.id)
        number = connection.execute(made).scalar_one()
    return key, ApiToken(number, user, name[:64], scope, now, expires, None)


def list_api_tokens(store: Store, user: User | None = None) -> list[ApiToken]:
    """The keys of one account, or of all; revoked and expired ones too."""
    token = api_tokens.c
    facts = (token.id.label("token"), token.name.label("called"), token.scope, token.created.label("made"))
    found = sa.select(*facts, token.expires, token.revoked, users).join(users).order_by(token.id)
    with store.reading() as connection:
        rows = connection.execute(found if user is None else found.where(users.c.id == user.id)).mappings().all()
    return [
        ApiToken(row["token"], user_of(row), row["called"], row["scope"], row["made"], row["expires"], row["revoked"])
        for row in rows
    ]


def revoke_api_token(store: Store, number: int, *, now: datetime) -> None:
    """Makes a key useless at once. WrongAccount: there is no such key."""
    with store.writing() as connection:
        of_number = sa.update(api_tokens).where(api_tokens.c.id == number, api_tokens.c.revoked.is_(None))
        if connection.execute(of_number.values(revoked=now)).rowcount != 1:
            raise WrongAccount(f"没有第 {number} 号接口口令，或者已经作废")


def api_token_of(store: Store, key: str, *, now: datetime) -> ApiToken | None:
    """Whose key this is; None of one that is unknown, revoked or expired, or whose account is disabled."""
    token = api_tokens.c
    facts = (token.id.label("token"), token.name.label("called"), token.scope, token.created.label("made"))
    of_key = (token.digest == digest_of(key.encode()), token.revoked.is_(None), token.expires > now)
    found = sa.select(*facts, token.expires, users).join(users).where(*of_key, users.c.disabled.is_(None))
    with store.reading() as connection:
        row = connection.execute(found).mappings().first()
    if row is None:
        return None
    return ApiToken(row["token"], user_of(row), row["called"], row["scope"], row["made"], row["expires"], None)


def _touch(store: Store, session: Session, now: datetime) -> None:
    """Notes that the session is in use; a full disk or a busy database doesn't keep anybody from reading."""
    try:
        with store.writing() as connection:
            connection.execute(sa.update(sessions).where(sessions.c.digest == session.digest).values(seen=now))
    except StoreUnavailable:
        return
