"""Accounts: made, listed, changed, disabled. Nobody is deleted, so that every old decision still has its person.

add_user(store, "wangwu", UserRole.REVIEWER, "…", policy=Policy.DENGBAO2, now=now)
set_password(store, "wangwu", "…", policy=…, now=now)      ends all other sessions of theirs
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping
from sqlalchemy.exc import IntegrityError

from models.account_tables import old_passwords, sessions, setup, users
from models.errors import WrongAccount
from models.ids import digest_of
from models.passwords import RULES, Policy, check_choice, hash_password, is_right
from models.people import User, UserId, UserRole, name_key
from models.store import Store
from models.throttling import forget

_NAME = re.compile(r"[\w.\-@·]{2,32}")
_FIRST_RUN = timedelta(minutes=30)


def add_user(store: Store, name: str, role: UserRole, password: str, *, policy: Policy, now: datetime) -> User:
    """A new account. WrongAccount: the name is taken or can't be one, or the password may not be chosen."""
    check_name(name)
    check_choice(password, name, policy)
    kept = hash_password(password)
    with store.writing() as connection:
        return _insert(connection, name, role, kept, now)


def list_users(store: Store) -> list[User]:
    """All accounts, disabled ones too, by name."""
    with store.reading() as connection:
        return [user_of(row) for row in connection.execute(sa.select(users).order_by(users.c.key)).mappings()]


def has_users(store: Store) -> bool:
    """Whether anybody can log in at all."""
    with store.reading() as connection:
        return connection.execute(sa.select(users.c.id).limit(1)).first() is not None


def user_named(store: Store, name: str) -> User:
    """The account of that name. WrongAccount: there is none."""
    with store.reading() as connection:
        return user_of(_row(connection, name))


def set_password(
    store: Store, name: str, password: str, *, policy: Policy, now: datetime, keep: Collection[str] = ()
) -> User:
    """A new password; every session but those named by digest in `keep` ends. WrongAccount: it may not be chosen."""
    check_choice(password, name, policy)
    kept = hash_password(password)
    with store.writing() as connection:
        row = _row(connection, name)
        _check_new(connection, row, password, policy)
        connection.execute(sa.insert(old_passwords).values(user_id=row["id"], password=row["password"]))
        _change(connection, row, password=kept, password_set=now)
        _end_sessions(connection, row["id"], keep)
        forget(connection, name)
        return user_of(_row(connection, name))


def set_role(store: Store, name: str, role: UserRole) -> tuple[User, User]:
    """The account before and after. WrongAccount: it is the last administrator's."""
    with store.writing() as connection:
        row = _row(connection, name)
        _change(connection, row, role=role)
        _check_administrated(connection, row)
        return user_of(row), user_of(_row(connection, name))


def disable(store: Store, name: str, *, now: datetime) -> User:
    """Takes an account out of use and ends its sessions. WrongAccount: it is the last administrator's."""
    with store.writing() as connection:
        row = _row(connection, name)
        if row["disabled"] is None:
            _change(connection, row, disabled=now)
        _check_administrated(connection, row)
        _end_sessions(connection, row["id"], ())
        return user_of(_row(connection, name))


def enable(store: Store, name: str) -> User:
    """Puts an account into use again."""
    with store.writing() as connection:
        _change(connection, _row(connection, name), disabled=None)
        forget(connection, name)
        return user_of(_row(connection, name))


def is_password_old(user: User, policy: Policy, now: datetime) -> bool:
    """Whether the rules ask for a new password."""
    lasts = RULES[policy].lasts
    return lasts is not None and now - user.password_set > lasts


def new_setup_token(store: Store, *, now: datetime) -> str:
    """The token that makes the first account: good once, for 30 minutes; an earlier one is good no more."""
    token = secrets.token_urlsafe(24)
    with store.writing() as connection:
        connection.execute(sa.delete(setup))
        connection.execute(sa.insert(setup).values(digest=digest_of(token.encode()), expires=now + _FIRST_RUN))
    return token


def first_user(store: Store, token: str, name: str, password: str, *, policy: Policy, now: datetime) -> User:
    """The first administrator. WrongAccount: the token is wrong, used or too old, or there are accounts already."""
    check_name(name)
    check_choice(password, name, policy)
    kept = hash_password(password)
    with store.writing() as connection:
        used = sa.delete(setup).where(setup.c.digest == digest_of(token.strip().encode()), setup.c.expires > now)
        if connection.execute(used).rowcount != 1 or connection.execute(sa.select(users.c.id).limit(1)).first():
            raise WrongAccount("首次使用的口令不对、用过了，或者过了 30 分钟。重新运行 duban serve 会给出新的")
        return _insert(connection, name, UserRole.ADMIN, kept, now)


def check_name(name: str) -> None:
    """WrongAccount: it can't be a login name."""
    if not _NAME.fullmatch(name):
        raise WrongAccount("用户名要 2 到 32 个字，可以是汉字、字母、数字和 . - _ @ ·")


def user_of(row: RowMapping) -> User:
    """The account in a row."""
    return User(UserId(row["id"]), row["name"], row["role"], row["password_set"], row["created"], row["disabled"])


def _insert(connection: Connection, name: str, role: UserRole, kept: str, now: datetime) -> User:
    values = {"key": name_key(name), "name": name, "role": role, "password": kept, "password_set": now, "created": now}
    try:
        connection.execute(sa.insert(users).values(values))
    except IntegrityError:
        raise WrongAccount(f"已经有用户 {name} 了") from None
    return user_of(_row(connection, name))


def _row(connection: Connection, name: str) -> RowMapping:
    row = connection.execute(sa.select(users).where(users.c.key == name_key(name))).mappings().first()
    if row is None:
        raise WrongAccount(f"没有用户 {name}")
    return row


def _change(connection: Connection, row: RowMapping, **values: object) -> None:
    connection.execute(sa.update(users).where(users.c.id == row["id"]).values(**values))


def _check_new(connection: Connection, row: RowMapping, password: str, policy: Policy) -> None:
    remembered = RULES[policy].remembered
    if not remembered:
        return
    of_user = sa.select(old_passwords.c.password).where(old_passwords.c.user_id == row["id"])
    latest = of_user.order_by(old_passwords.c.id.desc()).limit(remembered - 1)
    before = [row["password"], *connection.execute(latest).scalars()]
    if any(is_right(one, password) for one in before):
        raise WrongAccount(f"不能用最近 {remembered} 次用过的密码")


def _check_administrated(connection: Connection, before: RowMapping) -> None:
    if before["role"] is not UserRole.ADMIN:
        return
    active = sa.select(users.c.id).where(users.c.role == UserRole.ADMIN, users.c.disabled.is_(None))
    if connection.execute(active.limit(1)).first() is None:
        raise WrongAccount("至少要留一个可用的管理员")


def _end_sessions(connection: Connection, user: int, keep: Collection[str]) -> None:
    connection.execute(sa.delete(sessions).where(sessions.c.user_id == user, sessions.c.digest.not_in(list(keep))))
