"""Lists of the ledger are kept beside searches; when hits were looked at; how somebody likes the pages."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0010"


def upgrade() -> None:
    """Makes the columns and the table."""
    op.add_column("searches", sa.Column("page", sa.String(32), nullable=False, server_default="search"))
    op.add_column("search_seen", sa.Column("at", sa.DateTime(timezone=True)))
    op.create_table(
        "preferences",
        sa.Column("owner", sa.String(64), nullable=False),
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("owner", "name", name=op.f("pk_preferences")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """There is no way back: a newer database is refused by older programs."""
    raise NotImplementedError
