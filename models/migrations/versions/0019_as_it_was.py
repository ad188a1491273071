"""How a promise stood before each decision about it is kept whatever was read since: a past day is shown as it was."""

from __future__ import annotations

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """It is reckoned when all migrations are done (`models/engine.py`)."""


def downgrade() -> None:
    """There is no way back: a newer database is refused by older programs."""
    raise NotImplementedError
