"""The database's history: one revision for each change of the tables, applied by themselves when a store is opened."""

from __future__ import annotations

from alembic.config import Config
from sqlalchemy.engine import Connection


def configuration(connection: Connection) -> Config:
    """Alembic's configuration for this connection, whose transaction the migration becomes a part of."""
    config = Config()
    config.set_main_option("script_location", "models:migrations")
    config.attributes["connection"] = connection
    return config
