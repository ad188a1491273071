"""What is found across documents, and what people decide."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:  # a flat list, one statement a table
    """Makes the tables of follow-through and of decisions."""
    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("commitment_id", sa.String(16)),
        sa.Column("object_id", sa.String(16)),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("undoes", sa.Integer()),
        sa.ForeignKeyConstraint(["undoes"], ["decisions.id"], name=op.f("fk_decisions_undoes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_decisions_commitment_id"), "decisions", ["commitment_id"])
    op.create_table(
        "alarms",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("code", sa.String(32), nullable=False),
        sa.Column("reply_id", sa.String(16), nullable=False),
        sa.Column("commitment_id", sa.String(16)),
        sa.Column("other_id", sa.String(16)),
        sa.Column("spans", sa.JSON(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("day", sa.Date()),
        sa.Column("certainty", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(["other_id"], ["documents.id"], name=op.f("fk_alarms_other_id")),
        sa.ForeignKeyConstraint(["reply_id"], ["documents.id"], name=op.f("fk_alarms_reply_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alarms")),
    )
    op.create_index(op.f("ix_alarms_other_id"), "alarms", ["other_id"])
    op.create_index(op.f("ix_alarms_reply_id"), "alarms", ["reply_id"])
    op.create_table(
        "coverage",
        sa.Column("request_id", sa.String(16), nullable=False),
        sa.Column("reply_id", sa.String(16), nullable=False),
        sa.Column("item_id", sa.String(16)),
        sa.Column("answer", sa.String(32), nullable=False),
        sa.Column("units", sa.JSON(), nullable=False),
        sa.Column("certainty", sa.String(32), nullable=False),
        sa.Column("why", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["documents.id"], name=op.f("fk_coverage_item_id")),
        sa.ForeignKeyConstraint(["reply_id"], ["documents.id"], name=op.f("fk_coverage_reply_id")),
        sa.PrimaryKeyConstraint("request_id", "reply_id", name=op.f("pk_coverage")),
    )
    op.create_index(op.f("ix_coverage_item_id"), "coverage", ["item_id"])
    op.create_index("ix_coverage_reply_id", "coverage", ["reply_id"])
    op.create_table(
        "followed",
        sa.Column("document_id", sa.String(16), nullable=False),
        sa.Column("records_digest", sa.String(64), nullable=False),
        sa.Column("tracker", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_followed_document_id")),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_followed")),
    )
    op.create_table(
        "links",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("commitment_id", sa.String(16), nullable=False),
        sa.Column("reply_id", sa.String(16), nullable=False),
        sa.Column("document_id", sa.String(16), nullable=False),
        sa.Column("unit", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("relation", sa.String(32), nullable=False),
        sa.Column("certainty", sa.String(32), nullable=False),
        sa.Column("day", sa.Date()),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("scores", sa.JSON(), nullable=False),
        sa.Column("why", sa.JSON(), nullable=False),
        sa.Column("flags", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_links_document_id")),
        sa.ForeignKeyConstraint(["reply_id"], ["documents.id"], name=op.f("fk_links_reply_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_links")),
    )
    op.create_index(op.f("ix_links_commitment_id"), "links", ["commitment_id"])
    op.create_index(op.f("ix_links_document_id"), "links", ["document_id"])
    op.create_index(op.f("ix_links_reply_id"), "links", ["reply_id"])
    op.create_table(
        "pair_keys",
        sa.Column("document_id", sa.String(16), nullable=False),
        sa.Column("key", sa.String(96), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_pair_keys_document_id")),
        sa.PrimaryKeyConstraint("document_id", "key", name=op.f("pk_pair_keys")),
    )
    op.create_index(op.f("ix_pair_keys_key"), "pair_keys", ["key"])
    op.create_table(
        "pairs",
        sa.Column("later_id", sa.String(16), nullable=False),
        sa.Column("earlier_id", sa.String(16), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("certainty", sa.String(32), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("why", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["earlier_id"], ["documents.id"], name=op.f("fk_pairs_earlier_id")),
        sa.ForeignKeyConstraint(["later_id"], ["documents.id"], name=op.f("fk_pairs_later_id")),
        sa.PrimaryKeyConstraint("later_id", "earlier_id", "kind", name=op.f("pk_pairs")),
    )
    op.create_index(op.f("ix_pairs_earlier_id"), "pairs", ["earlier_id"])
    op.create_table(
        "progress",
        sa.Column("target_id", sa.String(16), nullable=False),
        sa.Column("actual_id", sa.String(16), nullable=False),
        sa.Column("holder_id", sa.String(16), nullable=False),
        sa.Column("document_id", sa.String(16), nullable=False),
        sa.Column("day", sa.Date()),
        sa.Column("ratio", sa.String(64)),
        sa.Column("certainty", sa.String(32), nullable=False),
        sa.Column("why", sa.JSON(), nullable=False),
        sa.Column("flags", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_progress_document_id")),
        sa.ForeignKeyConstraint(["holder_id"], ["documents.id"], name=op.f("fk_progress_holder_id")),
        sa.PrimaryKeyConstraint("target_id", "actual_id", name=op.f("pk_progress")),
    )
    op.create_index(op.f("ix_progress_document_id"), "progress", ["document_id"])
    op.create_index(op.f("ix_progress_holder_id"), "progress", ["holder_id"])
    op.create_table(
        "unjudged",
        sa.Column("document_id", sa.String(16), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_unjudged_document_id")),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_unjudged")),
    )
