"""The first tables: documents and their files, records, runs, and the full-text index."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

# SQLite keeps its index over the entries' tokens in step by triggers. "%" and "." are letters to it: 12.5, %.
_SQLITE_INDEX = (
    """CREATE VIRTUAL TABLE search_index USING fts5(
        tokens, content='search_entries', content_rowid='id',
        tokenize="unicode61 remove_diacritics 0 tokenchars '.%'")""",
    """CREATE TRIGGER search_index_insert AFTER INSERT ON search_entries BEGIN
        INSERT INTO search_index(rowid, tokens) VALUES (new.id, new.tokens); END""",
    """CREATE TRIGGER search_index_delete AFTER DELETE ON search_entries BEGIN
        INSERT INTO search_index(search_index, rowid, tokens) VALUES ('delete', old.id, old.tokens); END""",
)
_POSTGRESQL_INDEX = ("CREATE INDEX search_index ON search_entries USING gin (string_to_array(tokens, ' '))",)


def upgrade() -> None:
    """Makes the tables, and the index of this kind of database."""
    _tables()
    for statement in _SQLITE_INDEX if op.get_bind().dialect.name == "sqlite" else _POSTGRESQL_INDEX:
        op.execute(statement)


def _tables() -> None:  # a flat list, one statement a table
    op.create_table(
        "documents",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("form", sa.String(16), nullable=False),
        sa.Column("title", sa.Text()),
        sa.Column("published", sa.Date()),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.Column("extractor", sa.Text(), nullable=False),
        sa.Column("records_digest", sa.String(64), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("addressed_to", sa.String(32)),
        sa.Column("number", sa.Text()),
        sa.Column("congress", sa.Integer()),
        sa.Column("session", sa.Integer()),
        sa.Column("subject", sa.Text()),
        sa.Column("proposers", sa.JSON(), nullable=False),
        sa.Column("lead_unit", sa.Text()),
        sa.Column("co_units", sa.JSON(), nullable=False),
        sa.Column("region", sa.Text()),
        sa.Column("region_code", sa.String(16)),
        sa.Column("date", sa.Date()),
        sa.Column("year_hint", sa.Integer()),
        sa.Column("result_class", sa.Text()),
        sa.Column("doc_number", sa.Text()),
        sa.Column("own_title", sa.Text()),
        sa.Column("co_reply", sa.Boolean(), nullable=False),
        sa.Column("openness", sa.Text()),
        sa.Column("contacts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
    )
    op.create_index("ix_documents_current_kind_date", "documents", ["current", "kind", "date"])
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("pid", sa.Integer(), nullable=False),
        sa.Column("boot", sa.Text(), nullable=False),
        sa.Column("process_started", sa.Text(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("started", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended", sa.DateTime(timezone=True)),
        sa.Column("error", sa.Text()),
        sa.Column("skipped", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runs")),
    )
    op.create_table(
        "commitments",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("document_id", sa.String(16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("section", sa.JSON(), nullable=False),
        sa.Column("strength", sa.String(32), nullable=False),
        sa.Column("deadline_text", sa.Text()),
        sa.Column("deadline_end", sa.Date()),
        sa.Column("responsible", sa.JSON(), nullable=False),
        sa.Column("instruments", sa.JSON(), nullable=False),
        sa.Column("condition", sa.Text()),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("flags", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_commitments_document_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitments")),
    )
    op.create_index(op.f("ix_commitments_deadline_end"), "commitments", ["deadline_end"])
    op.create_index("ix_commitments_document_id_position", "commitments", ["document_id", "position"])
    op.create_table(
        "declined",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("document_id", sa.String(16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("section", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_declined_document_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_declined")),
    )
    op.create_index("ix_declined_document_id_position", "declined", ["document_id", "position"])
    op.create_table(
        "document_texts",
        sa.Column("document_id", sa.String(16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_document_texts_document_id")),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_document_texts")),
    )
    op.create_table(
        "leases",
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_leases_run_id")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_leases")),
    )
    op.create_table(
        "quantities",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("document_id", sa.String(16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("value", sa.String(64), nullable=False),
        sa.Column("upper", sa.String(64)),
        sa.Column("unit", sa.Text()),
        sa.Column("comparator", sa.String(32), nullable=False),
        sa.Column("basis", sa.String(32), nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("indicator", sa.Text()),
        sa.Column("deadline", sa.Date()),
        sa.Column("unit_start", sa.Integer(), nullable=False),
        sa.Column("unit_end", sa.Integer(), nullable=False),
        sa.Column("unit_text", sa.Text(), nullable=False),
        sa.Column("part_of", sa.String(16)),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("flags", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_quantities_document_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quantities")),
    )
    op.create_index("ix_quantities_document_id_position", "quantities", ["document_id", "position"])
    op.create_index(op.f("ix_quantities_role"), "quantities", ["role"])
    op.create_table(
        "requests",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("document_id", sa.String(16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_requests_document_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requests")),
    )
    op.create_index("ix_requests_document_id_position", "requests", ["document_id", "position"])
    op.create_table(
        "run_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(32), nullable=False),
        sa.Column("document_id", sa.String(16)),
        sa.Column("reason", sa.String(32)),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("commitments", sa.Integer(), nullable=False),
        sa.Column("declined", sa.Integer(), nullable=False),
        sa.Column("requests", sa.Integer(), nullable=False),
        sa.Column("quantities", sa.Integer(), nullable=False),
        sa.Column("started", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_run_items_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run_items")),
    )
    op.create_index(op.f("ix_run_items_run_id"), "run_items", ["run_id"])
    op.create_table(
        "search_entries",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("document_id", sa.String(16), nullable=False),
        sa.Column("tokens", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_search_entries_document_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_entries")),
    )
    op.create_index("ix_search_entries_document_id", "search_entries", ["document_id"])
    op.create_table(
        "sightings",
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("seen", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_sightings_run_id")),
        sa.PrimaryKeyConstraint("path", name=op.f("pk_sightings")),
    )
    op.create_table(
        "sources",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("form", sa.String(16), nullable=False),
        sa.Column("digest", sa.String(64)),
        sa.Column("size", sa.BigInteger()),
        sa.Column("mtime_ns", sa.BigInteger()),
        sa.Column("first_seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("document_id", sa.String(16)),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("extractor", sa.Text()),
        sa.Column("failure", sa.String(32)),
        sa.Column("failure_detail", sa.Text()),
        sa.Column("failed", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_sources_document_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sources")),
        sa.UniqueConstraint("path", name=op.f("uq_sources_path")),
    )
    op.create_index(op.f("ix_sources_document_id"), "sources", ["document_id"])
    op.create_index(op.f("ix_sources_failure"), "sources", ["failure"])
    op.create_table(
        "units",
        sa.Column("document_id", sa.String(16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("zone", sa.String(32), nullable=False),
        sa.Column("section", sa.JSON(), nullable=False),
        sa.Column("head", sa.Text()),
        sa.Column("lead_in", sa.Text()),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_units_document_id")),
        sa.PrimaryKeyConstraint("document_id", "position", name=op.f("pk_units")),
    )
    op.create_table(
        "search_records",
        sa.Column("entry_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("record_id", sa.String(32), nullable=False),
        sa.Column("document_id", sa.String(16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["search_entries.id"], name=op.f("fk_search_records_entry_id")),
        sa.PrimaryKeyConstraint("entry_id", "kind", "record_id", name=op.f("pk_search_records")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "versions",
        sa.Column("source_id", sa.String(16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.String(16), nullable=False),
        sa.Column("digest", sa.String(64)),
        sa.Column("size", sa.BigInteger()),
        sa.Column("mtime_ns", sa.BigInteger()),
        sa.Column("seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_versions_document_id")),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_versions_source_id")),
        sa.PrimaryKeyConstraint("source_id", "number", name=op.f("pk_versions")),
    )
    op.create_index(op.f("ix_versions_document_id"), "versions", ["document_id"])
