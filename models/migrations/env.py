"""What Alembic runs: the migrations, on the connection that the store hands in."""

from __future__ import annotations

from alembic import context

from models import (  # noqa: F401  all tables must be described before they are compared
    nightly_tables,
    progress,
    saved_tables,
    standing_tables,
    tracking_tables,
)
from models.account_tables import metadata
from models.migrations.scope import is_ours

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    include_object=is_ours,
    transactional_ddl=True,
)
context.run_migrations()
