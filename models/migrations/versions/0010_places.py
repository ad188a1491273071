"""An index that names the documents of a place by their kind and day, so that following up reads those alone."""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Makes the index."""
    op.create_index("ix_documents_current_region_code_kind", "documents", ["current", "region_code", "kind", "date"])


def downgrade() -> None:
    """There is no way back: a newer database is refused by older programs."""
    raise NotImplementedError
