"""Indexes that hold all that choosing a page of a long list takes, so that skipping lines reads no lines."""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"

_STATEMENTS = (
    "DROP INDEX ix_commitments_document_id_position",
    "CREATE INDEX ix_commitments_document_id_position ON commitments (document_id, position, id, strength)",
    "DROP INDEX list_due",
    "CREATE INDEX list_due ON commitments ((deadline_end IS NULL), deadline_end, document_id, position, id)",
    "CREATE INDEX list_named ON documents (current, name, id)",
    "CREATE INDEX list_moved ON status_log (run_id, commitment_id)",
)


def upgrade() -> None:
    """Makes the indexes."""
    for statement in _STATEMENTS:
        op.execute(statement)
