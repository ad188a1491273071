"""Ids computed from content, so that running twice equals running once."""

from __future__ import annotations

import hashlib
from typing import NewType

DocumentId = NewType("DocumentId", str)
RecordId = NewType("RecordId", str)


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
