"""The tables of people and of what they did.

    users 1 - n old_passwords, sessions, api_tokens
    attempts     failed logins by account and by address      setup      the token of the first start
    audit        append only, each entry chained to the one before      audit_head   where the chain ends

Nobody is ever deleted: an account is disabled. Secrets are kept as digests only.
"""

from __future__ import annotations

import sqlalchemy as sa

from models.columns import Code, Moment, Named
from models.people import Scope, UserRole
from models.tables import metadata

__all__ = ["api_tokens", "attempts", "audit", "audit_head", "metadata", "old_passwords", "sessions", "setup", "users"]


def _of_user() -> sa.Column[int]:
    return sa.Column("user_id", sa.Integer, sa.ForeignKey("users.id"), nullable=False, index=True)


def _digest(name: str = "digest", *, primary: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(64), primary_key=primary, nullable=False)


users = sa.Table(
    "users",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("key", sa.String(64), nullable=False, unique=True),  # the name in one case and width
    sa.Column("name", sa.String(64), nullable=False),
    sa.Column("role", Code(UserRole), nullable=False),
    sa.Column("password", sa.Text, nullable=False),  # argon2id, with its parameters and salt
    sa.Column("password_set", Moment, nullable=False),
    sa.Column("created", Moment, nullable=False),
    sa.Column("disabled", Moment),
    sqlite_autoincrement=True,
)

old_passwords = sa.Table(
    "old_passwords",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    _of_user(),
    sa.Column("password", sa.Text, nullable=False),
    sqlite_autoincrement=True,
)

sessions = sa.Table(
    "sessions",
    metadata,
    _digest(primary=True),  # SHA-256 of what the browser holds
    _of_user(),
    sa.Column("began", Moment, nullable=False),
    sa.Column("seen", Moment, nullable=False),
    sa.Column("address", sa.String(64), nullable=False),
)

api_tokens = sa.Table(
    "api_tokens",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    _of_user(),
    sa.Column("name", sa.String(64), nullable=False),
    sa.Column("digest", sa.String(64), nullable=False, unique=True),
    sa.Column("scope", Code(Scope), nullable=False),
    sa.Column("created", Moment, nullable=False),
    sa.Column("expires", Moment, nullable=False),
    sa.Column("revoked", Moment),
    sqlite_autoincrement=True,
)

attempts = sa.Table(
    "attempts",
    metadata,
    sa.Column("subject", sa.String(80), primary_key=True),  # "name:…" as typed, whoever it is; "from:…"
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("last", Moment, nullable=False),
    sa.Column("locked_until", Moment),
)

setup = sa.Table(
    "setup",
    metadata,
    _digest(primary=True),
    sa.Column("expires", Moment, nullable=False),
)

audit = sa.Table(
    "audit",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("at", sa.String(40), nullable=False),  # as it is chained: ISO 8601 with its offset
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("role", sa.String(32), nullable=False),
    sa.Column("address", sa.String(64), nullable=False),
    sa.Column("action", sa.String(64), nullable=False, index=True),
    sa.Column("object", sa.Text, nullable=False),
    sa.Column("result", sa.String(64), nullable=False),
    sa.Column("before", Named, nullable=False),
    sa.Column("after", Named, nullable=False),
    _digest("previous"),
    _digest(),
)

audit_head = sa.Table(
    "audit_head",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),  # always 1
    sa.Column("entries", sa.Integer, nullable=False),
    _digest(),
)
