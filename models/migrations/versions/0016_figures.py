"""Figures over all promises are kept with what they were counted from, so that nobody waits for them in the morning."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Makes the table, empty: figures are counted when they are asked for the first time."""
    op.create_table(
        "figures",
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("ended", sa.DateTime(timezone=True)),
        sa.Column("decided", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("numbers", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_figures")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """There is no way back: a newer database is refused by older programs."""
    raise NotImplementedError
