"""What Alembic runs: the migrations, on the connection that the store hands in."""

from __future__ import annotations

from typing import Any

from alembic import context

from models.tables import metadata


def is_ours(item: Any, name: str | None, kind: str, reflected: bool, compare_to: object) -> bool:
    """Whether the tables' description covers it; the full-text index is each database's own affair."""
    return not (name or "").startswith("search_index")


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    include_object=is_ours,
    transactional_ddl=True,
)
context.run_migrations()
