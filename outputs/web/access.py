"""Who may open which page, from access.yaml: read once, enforced by `guard.py`, walked through by the tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from models.errors import ConfigurationError
from models.people import UserRole

_FILE = Path(__file__).with_name("access.yaml")
_FILES = 2  # of a page that takes some
_KEYS = {"who", "audit", "upload", "files"}


@dataclass(frozen=True, slots=True)
class Line:
    """One page: who may open it, what the audit log calls it (None: it isn't logged), how many bytes of files it
    takes (0: none), and how many files."""

    route: str
    roles: frozenset[UserRole]
    audit: str | None
    upload: int
    files: int = 0

    @property
    def for_programs(self) -> bool:
        """Whether it belongs to the interface for programs."""
        return self.route.partition(" ")[2].startswith("/api/")

    @property
    def public(self) -> bool:
        """Whether it is open without an account."""
        return UserRole.NONE in self.roles


def line_of(method: str, path: str) -> Line:
    """The line of a page. ConfigurationError: there is none."""
    route = f"{method} {path}"
    try:
        return matrix()[route]
    except KeyError:
        raise ConfigurationError(f"outputs/web/access.yaml says nothing of {route}: who may open it?") from None


@lru_cache(maxsize=1)
def matrix() -> Mapping[str, Line]:
    """All lines by route. ConfigurationError names a wrong one."""
    read = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    groups = {name: frozenset(map(UserRole, roles)) for name, roles in read["groups"].items()}
    return {route: _line(route, said, groups) for route, said in read["routes"].items()}


def _line(route: str, said: dict[str, Any], groups: Mapping[str, frozenset[UserRole]]) -> Line:
    if set(said) - _KEYS or said.get("who") not in groups:
        raise ConfigurationError(f"access.yaml, {route}: {said}")
    audit = said.get("audit")
    if not route.startswith("GET ") and not audit:
        raise ConfigurationError(f"access.yaml, {route}: what changes something has a name in the audit log")
    upload = int(said.get("upload", 0)) * 1_000_000
    return Line(route, groups[said["who"]], audit, upload, int(said.get("files", _FILES if upload else 0)))
