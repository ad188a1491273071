"""Ids computed from content, so that running twice equals running once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import NewType, TypeVar

DocumentId = NewType("DocumentId", str)
RecordId = NewType("RecordId", str)
_Id = TypeVar("_Id", bound=str | int)
_MOST_IDS = 500  # parameters of one IN (…); SQLite takes 32,766 at most


def digest_of(data: bytes) -> str:
    """SHA-256 of some bytes, as 64 hex digits."""
    return hashlib.sha256(data).hexdigest()


def content_id(*parts: object) -> str:
    """16 hex digits that stand for these parts, in this order.

    >>> content_id("reply", 3) == content_id("reply", 3)
    True
    >>> content_id("a", "b") == content_id("ab")
    False
    """
    joined = "\x1f".join(str(part) for part in parts)
    return hashlib.sha256(joined.encode("utf-8")).hexdigest()[:16]


def in_parts(ids: Sequence[_Id]) -> Iterable[Sequence[_Id]]:
    """The ids in lots that fit into one statement."""
    return (ids[start : start + _MOST_IDS] for start in range(0, len(ids), _MOST_IDS))
