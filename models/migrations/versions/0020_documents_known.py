"""PostgreSQL knows each document's place, units, year and class, too, and looks up by them which documents fit."""

from __future__ import annotations

from alembic import op

revision = "0020"
down_revision = "0019"

_POSTGRESQL = (
    "CREATE TABLE search_index_names (number SERIAL PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
    "CREATE TABLE search_index_facts (document_id VARCHAR(16) PRIMARY KEY, facts TEXT NOT NULL)",
    "CREATE INDEX search_index_of_facts ON search_index_facts USING gin (string_to_array(facts, ' '))",
)


def upgrade() -> None:
    """Makes the tables; they are filled when all migrations are done (`models/engine.py`)."""
    if op.get_bind().dialect.name == "postgresql":
        for statement in _POSTGRESQL:
            op.execute(statement)


def downgrade() -> None:
    """There is no way back: a newer database is refused by older programs."""
    raise NotImplementedError
