"""What the nightly run fetched, reported and sent, and how promises have stood."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Makes the tables."""
    _fetched()
    _runs()
    _reports()


def _fetched() -> None:
    op.create_table(
        "fetched",
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("found_on", sa.Text(), nullable=False),
        sa.Column("base", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text()),
        sa.Column("last_modified", sa.Text()),
        sa.Column("digest", sa.String(64)),
        sa.Column("suffix", sa.String(16), nullable=False),
        sa.Column("size", sa.BigInteger()),
        sa.Column("first_seen", _MOMENT, nullable=False),
        sa.Column("checked", _MOMENT, nullable=False),
        sa.Column("changed", _MOMENT, nullable=False),
        sa.Column("gone", _MOMENT),
        sa.PrimaryKeyConstraint("address", name=op.f("pk_fetched")),
    )
    op.create_index(op.f("ix_fetched_source"), "fetched", ["source"])


def _runs() -> None:
    op.create_table(
        "run_phases",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("phase", sa.String(32), nullable=False),
        sa.Column("started", _MOMENT, nullable=False),
        sa.Column("ended", _MOMENT),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_run_phases_run_id")),
        sa.PrimaryKeyConstraint("run_id", "phase", name=op.f("pk_run_phases")),
    )
    op.create_table(
        "status_log",
        sa.Column("commitment_id", sa.String(16), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("status", sa.String(32)),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_status_log_run_id")),
        sa.PrimaryKeyConstraint("commitment_id", "run_id", name=op.f("pk_status_log")),
    )


def _reports() -> None:
    op.create_table(
        "reports",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("made", _MOMENT, nullable=False),
        sa.Column("news", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_reports_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_reports_day"), "reports", ["day"])
    op.create_table(
        "told",
        sa.Column("news", sa.String(32), nullable=False),
        sa.Column("object_id", sa.String(16), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_told_report_id")),
        sa.PrimaryKeyConstraint("news", "object_id", name=op.f("pk_told")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "deliveries",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(64), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_deliveries_report_id")),
        sa.PrimaryKeyConstraint("report_id", "channel", name=op.f("pk_deliveries")),
    )


def downgrade() -> None:
    """There is no way back: a newer database is refused by older programs."""
    raise NotImplementedError
