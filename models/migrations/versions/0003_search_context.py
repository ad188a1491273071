"""Sentences are also found by what stands above them: headings, item heads, the letter's subject, the units."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from models.tokens import paired

revision = "0003"
down_revision = "0002"

# SQLite's index has the characters in pairs, keeps no text of its own, and is written by models/indexing.py.
_SQLITE_INDEX = (
    "DROP TRIGGER search_index_insert",
    "DROP TRIGGER search_index_delete",
    "DROP TABLE search_index",
    """CREATE VIRTUAL TABLE search_index USING fts5(
        tokens, context, content='', tokenize="unicode61 remove_diacritics 0 tokenchars '.%'")""",
)
_POSTGRESQL_INDEX = (
    "DROP INDEX search_index",
    "CREATE INDEX search_index ON search_entries USING gin (string_to_array(tokens || ' ' || context, ' '))",
)


def upgrade() -> None:
    """Adds the column and makes the index anew; letters kept before get their context when they are next read."""
    op.add_column("search_entries", sa.Column("context", sa.Text(), nullable=False, server_default=""))
    embedded = op.get_bind().dialect.name == "sqlite"
    for statement in _SQLITE_INDEX if embedded else _POSTGRESQL_INDEX:
        op.execute(statement)
    if embedded:
        _fill()
    op.execute("UPDATE documents SET records_digest = ''")


def _fill() -> None:
    """Indexes what is there."""
    connection = op.get_bind()
    held = connection.execute(sa.text("SELECT id, tokens FROM search_entries"))
    for batch in held.partitions(1_000):
        rows = [{"id": row.id, "tokens": " ".join(paired(row.tokens.split(" ")))} for row in batch]
        connection.execute(sa.text("INSERT INTO search_index(rowid, tokens, context) VALUES (:id, :tokens, '')"), rows)


def downgrade() -> None:
    """There is no way back: a newer database is refused by older programs."""
    raise NotImplementedError
