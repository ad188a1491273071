"""Who works with the office's pages, and what each may do at most."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

UserId = NewType("UserId", int)


class UserRole(StrEnum):
    """What somebody is. NONE: nobody known, or an account without rights.

    Administration, following up and inspection are apart: an auditor reads everything, the audit log too, and changes
    nothing; which page is open to whom is in outputs/web/access.yaml.
    """

    NONE = "none"
    VIEWER = "viewer"
    REVIEWER = "reviewer"
    ADMIN = "admin"
    AUDITOR = "auditor"


class Scope(StrEnum):
    """How far a token for programs reaches: READ as a viewer, WRITE as its owner."""

    READ = "read"
    WRITE = "write"


@dataclass(frozen=True, slots=True)
class User:
    """An account; `password_set` is when its password was last chosen."""

    id: UserId
    name: str
    role: UserRole
    password_set: datetime
    created: datetime
    disabled: datetime | None


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody logged in: `digest` names the session without giving it away."""

    digest: str
    user: User
    began: datetime
    seen: datetime


@dataclass(frozen=True, slots=True)
class ApiToken:
    """A program's key, without the key."""

    id: int
    user: User
    name: str
    scope: Scope
    created: datetime
    expires: datetime
    revoked: datetime | None

    @property
    def role(self) -> UserRole:
        """What its holder may do."""
        reads = self.scope is Scope.READ and self.user.role is not UserRole.NONE
        return UserRole.VIEWER if reads else self.user.role


def name_key(name: str) -> str:
    """A login name in one case and one width.

    >>> name_key(" Ｚhang.San ") == name_key("zhang.san")
    True
    """
    return unicodedata.normalize("NFKC", name).strip().casefold()
