"""What the tables' description covers, when it is compared with a database."""

from __future__ import annotations


def is_ours(item: object, name: str | None, kind: str, reflected: bool, compare_to: object) -> bool:
    """Whether a table or index is described in models/tables.py; the full-text index and the orders of lists are each
    database's own affair."""
    return not (name or "").startswith(("search_index", "list_"))
