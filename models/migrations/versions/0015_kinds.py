"""SQLite's full-text index knows of each sentence which kinds of records it is, so that it is asked for one alone."""

from __future__ import annotations

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """The index is made anew when all migrations are done (`models/engine.py`)."""


def downgrade() -> None:
    """There is no way back: a newer database is refused by older programs."""
    raise NotImplementedError
