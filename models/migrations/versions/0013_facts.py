"""What is known of each document stands in SQLite's full-text index beside its words: by it searches are narrowed."""

from __future__ import annotations

from alembic import op

revision = "0013"
down_revision = "0012"

_SQLITE = (
    "DROP TABLE search_index",
    """CREATE VIRTUAL TABLE search_index USING fts5(
        tokens, context, facts, content='', tokenize="unicode61 remove_diacritics 0 tokenchars '.%'")""",
    "CREATE TABLE search_index_names (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
    "CREATE TABLE search_index_facts (document_id VARCHAR(16) PRIMARY KEY, facts TEXT NOT NULL) WITHOUT ROWID",
)


def upgrade() -> None:
    """Makes the index empty; it is filled when all migrations are done (`models/engine.py`)."""
    if op.get_bind().dialect.name == "sqlite":
        for statement in _SQLITE:
            op.execute(statement)


def downgrade() -> None:
    """There is no way back: a newer database is refused by older programs."""
    raise NotImplementedError
