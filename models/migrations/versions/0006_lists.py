"""Indexes in the order of the ledger's lists, so that a page of a large register is read without sorting it."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"

# Databases differ in where an index has its empty values; the lists have them last.
_SQLITE = ("CREATE INDEX list_newest ON documents (current, date DESC, id)",)
_POSTGRESQL = ("CREATE INDEX list_newest ON documents (current, date DESC NULLS LAST, id)",)
_BOTH = (
    "CREATE INDEX list_due ON commitments ((deadline_end IS NULL), deadline_end)",
    "CREATE INDEX list_proposed ON links (certainty, commitment_id)",
)


def upgrade() -> None:
    """Makes the indexes."""
    embedded = op.get_bind().dialect.name == "sqlite"
    for statement in (*(_SQLITE if embedded else _POSTGRESQL), *_BOTH):
        op.execute(statement)
