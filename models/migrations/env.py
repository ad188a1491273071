"""What Alembic runs: the migrations, on the connection that the store hands in."""

from __future__ import annotations

from alembic import context

from models.migrations.scope import is_ours
from models.tracking_tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    include_object=is_ours,
    transactional_ddl=True,
)
context.run_migrations()
