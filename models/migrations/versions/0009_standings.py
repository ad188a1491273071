"""How promises stand is kept beside them: by it lists are narrowed, put in order and counted."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

_FLAGS = ("listed", "current", "hidden", "dated", "numbered", "acted", "conditional", "tangled")
_DAYS = ("written", "ends", "due", "shown", "advanced", "fulfilled", "gone", "back", "proposed", "alarmed", "waits")

_SQLITE = (
    "CREATE INDEX list_waiting ON standings (listed, ends, document_id, position, waits, proposed, alarmed)"
    " WHERE listed = 1 AND waits < 4000000",
)
_POSTGRESQL = (
    "CREATE INDEX list_waiting ON standings (listed, ends, document_id, position, waits, proposed, alarmed)"
    " WHERE listed AND waits < 4000000",
)
_BOTH = (
    "CREATE INDEX list_written ON standings (listed, written DESC, document_id, position, wording)",
    "CREATE INDEX list_ends ON standings (listed, ends, document_id, position)",
    "CREATE INDEX list_facts ON documents"
    " (current, region, lead_unit, date, result_class, congress, session, addressed_to, number, id)",
    "CREATE INDEX list_outcomes ON run_items (run_id, outcome, document_id)",
    # what the kept rows do now
    "DROP INDEX list_due",
    "DROP INDEX list_proposed",
    "DROP INDEX ix_commitments_document_id_position",
    "CREATE INDEX ix_commitments_document_id_position ON commitments (document_id, position)",
)


def _place() -> list[sa.Column[Any]]:
    return [
        sa.Column("document_id", sa.String(16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("since", sa.Integer(), nullable=False, autoincrement=False),
    ]


def upgrade() -> None:
    """Makes the tables; they are filled when all migrations are done (`models/engine.py`)."""
    op.create_table(
        "standings",
        *_place(),
        sa.Column("until", sa.Integer(), nullable=False),
        sa.Column("commitment_id", sa.String(16), nullable=False),
        *(sa.Column(name, sa.Boolean(), nullable=False) for name in _FLAGS),
        sa.Column("wording", sa.String(32), nullable=False),
        sa.Column("strength", sa.String(32), nullable=False),
        sa.Column("said", sa.String(32)),
        sa.Column("assigned_to", sa.Text()),
        sa.Column("actors", sa.JSON(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in _DAYS),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_standings_document_id")),
        sa.PrimaryKeyConstraint("document_id", "position", "since", name=op.f("pk_standings")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_standings_commitment_id_until", "standings", ["commitment_id", "until"])
    op.create_table(
        "lapses",
        *_place(),
        sa.Column("gone", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("back", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("document_id", "position", "since", "gone", name=op.f("pk_lapses")),
        sqlite_with_rowid=False,
    )
    for statement in (*(_SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRESQL), *_BOTH):
        op.execute(statement)


def downgrade() -> None:
    """There is no way back: a newer database is refused by older programs."""
    raise NotImplementedError
