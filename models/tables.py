"""The tables, portable between SQLite and PostgreSQL.

    sources 1 - n versions n - 1 documents 1 - n units, commitments, declined, requests, quantities
    runs 1 - n run_items; sightings; leases
    search_entries 1 - n search_records: each distinct text of a document as tokens, and the records found in it;
each database keeps its own index over the tokens

A document is a letter, whatever files hold it; a source is a file under a path; a version is what a source held at a
time. A document is current while some source holds it now. Records of documents that aren't current stay.
"""

from __future__ import annotations

import sqlalchemy as sa

from models.columns import Code, Exact, Moment, Words
from models.commitments import Strength
from models.documents import Body, Kind, UnitRole, Zone
from models.errors import Unreadable
from models.quantities import Basis, Comparator, Role
from models.runs import Outcome, RunState

SCHEMA = "0020"  # the newest migration: what this code reads and writes

_NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = sa.MetaData(naming_convention=_NAMES)


def _id(name: str = "id", **options: object) -> sa.Column[str]:
    return sa.Column(name, sa.String(16), **options)  # type: ignore[arg-type]


def _of_document() -> sa.Column[str]:
    return sa.Column("document_id", sa.String(16), sa.ForeignKey("documents.id"), nullable=False)


def _span() -> list[sa.Column[int]]:
    return [sa.Column("start", sa.Integer, nullable=False), sa.Column("end", sa.Integer, nullable=False)]


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def _words(name: str) -> sa.Column[tuple[str, ...]]:
    return sa.Column(name, Words, nullable=False)


documents = sa.Table(
    "documents",
    metadata,
    _id(primary_key=True),
    sa.Column("current", sa.Boolean, nullable=False),
    _text("path"),  # the file whose reading is kept: of several that hold the letter, the best form
    _text("name"),
    sa.Column("form", sa.String(16), nullable=False),
    sa.Column("title", sa.Text),
    sa.Column("published", sa.Date),
    _words("notes"),
    _text("extractor"),
    sa.Column("records_digest", sa.String(64), nullable=False),
    sa.Column("created", Moment, nullable=False),
    sa.Column("kind", Code(Kind), nullable=False),
    sa.Column("addressed_to", Code(Body)),
    sa.Column("number", sa.Text),
    sa.Column("congress", sa.Integer),
    sa.Column("session", sa.Integer),
    sa.Column("subject", sa.Text),
    _words("proposers"),
    sa.Column("lead_unit", sa.Text),
    _words("co_units"),
    sa.Column("region", sa.Text),
    sa.Column("region_code", sa.String(16)),
    sa.Column("date", sa.Date),
    sa.Column("year_hint", sa.Integer),
    sa.Column("result_class", sa.Text),
    sa.Column("doc_number", sa.Text),
    sa.Column("own_title", sa.Text),
    sa.Column("co_reply", sa.Boolean, nullable=False),
    sa.Column("openness", sa.Text),
    _words("contacts"),
    sa.Index("ix_documents_current_kind_date", "current", "kind", "date"),
    sa.Index("ix_documents_current_region_code_kind", "current", "region_code", "kind", "date"),
)

document_texts = sa.Table(  # apart, so that lists of documents don't have to read past the texts
    "document_texts",
    metadata,
    sa.Column("document_id", sa.String(16), sa.ForeignKey("documents.id"), primary_key=True),
    _text("text"),
)

sources = sa.Table(
    "sources",
    metadata,
    _id(primary_key=True),
    sa.Column("path", sa.Text, nullable=False, unique=True),
    _text("name"),
    sa.Column("form", sa.String(16), nullable=False),
    sa.Column("digest", sa.String(64)),
    sa.Column("size", sa.BigInteger),
    sa.Column("mtime_ns", sa.BigInteger),
    sa.Column("first_seen", Moment, nullable=False),
    sa.Column("document_id", sa.String(16), sa.ForeignKey("documents.id"), index=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("extractor", sa.Text),
    sa.Column("failure", Code(Unreadable), index=True),
    sa.Column("failure_detail", sa.Text),
    sa.Column("failed", Moment),
)

versions = sa.Table(
    "versions",
    metadata,
    sa.Column("source_id", sa.String(16), sa.ForeignKey("sources.id"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("document_id", sa.String(16), sa.ForeignKey("documents.id"), nullable=False, index=True),
    sa.Column("digest", sa.String(64)),
    sa.Column("size", sa.BigInteger),
    sa.Column("mtime_ns", sa.BigInteger),
    sa.Column("seen", Moment, nullable=False),
    sa.Column("superseded", Moment),
)

units = sa.Table(
    "units",
    metadata,
    sa.Column("document_id", sa.String(16), sa.ForeignKey("documents.id"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    *_span(),
    sa.Column("role", Code(UnitRole), nullable=False),
    sa.Column("zone", Code(Zone), nullable=False),
    _words("section"),
    sa.Column("head", sa.Text),
    sa.Column("lead_in", sa.Text),
)

commitments = sa.Table(
    "commitments",
    metadata,
    _id(primary_key=True),
    _of_document(),
    sa.Column("position", sa.Integer, nullable=False),
    *_span(),
    _text("text"),
    _words("section"),
    sa.Column("strength", Code(Strength), nullable=False),
    sa.Column("deadline_text", sa.Text),
    sa.Column("deadline_end", sa.Date, index=True),
    _words("responsible"),
    _words("instruments"),
    sa.Column("condition", sa.Text),
    sa.Column("confidence", sa.Float, nullable=False),
    _text("rule"),
    _words("flags"),
    sa.Index("ix_commitments_document_id_position", "document_id", "position"),
)

declined = sa.Table(
    "declined",
    metadata,
    _id(primary_key=True),
    _of_document(),
    sa.Column("position", sa.Integer, nullable=False),
    *_span(),
    _text("text"),
    _words("section"),
    sa.Column("reason", sa.Text),
    sa.Column("confidence", sa.Float, nullable=False),
    _text("rule"),
    sa.Index("ix_declined_document_id_position", "document_id", "position"),
)

requests = sa.Table(
    "requests",
    metadata,
    _id(primary_key=True),
    _of_document(),
    sa.Column("position", sa.Integer, nullable=False),
    *_span(),
    _text("text"),
    _text("rule"),
    sa.Index("ix_requests_document_id_position", "document_id", "position"),
)

quantities = sa.Table(
    "quantities",
    metadata,
    _id(primary_key=True),
    _of_document(),
    sa.Column("position", sa.Integer, nullable=False),
    *_span(),
    _text("text"),
    sa.Column("value", Exact, nullable=False),
    sa.Column("upper", Exact),
    sa.Column("unit", sa.Text),
    sa.Column("comparator", Code(Comparator), nullable=False),
    sa.Column("basis", Code(Basis), nullable=False),
    sa.Column("role", Code(Role), nullable=False, index=True),
    sa.Column("indicator", sa.Text),
    sa.Column("deadline", sa.Date),
    sa.Column("unit_start", sa.Integer, nullable=False),
    sa.Column("unit_end", sa.Integer, nullable=False),
    _text("unit_text"),
    _id("part_of"),
    sa.Column("confidence", sa.Float, nullable=False),
    _text("rule"),
    _words("flags"),
    sa.Index("ix_quantities_document_id_position", "document_id", "position"),
)

runs = sa.Table(
    "runs",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    _text("kind"),
    _text("host"),
    sa.Column("pid", sa.Integer, nullable=False),
    _text("boot"),
    _text("process_started"),
    sa.Column("state", Code(RunState), nullable=False),
    sa.Column("started", Moment, nullable=False),
    sa.Column("ended", Moment),
    sa.Column("error", sa.Text),
    sa.Column("skipped", sa.Integer, nullable=False),
)

run_items = sa.Table(
    "run_items",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("run_id", sa.Integer, sa.ForeignKey("runs.id"), nullable=False, index=True),
    _text("path"),
    sa.Column("outcome", Code(Outcome), nullable=False),
    sa.Column("document_id", sa.String(16)),
    sa.Column("reason", Code(Unreadable)),
    _text("detail"),
    sa.Column("commitments", sa.Integer, nullable=False),
    sa.Column("declined", sa.Integer, nullable=False),
    sa.Column("requests", sa.Integer, nullable=False),
    sa.Column("quantities", sa.Integer, nullable=False),
    sa.Column("started", Moment, nullable=False),
    sa.Column("ended", Moment, nullable=False),
)

sightings = (
    sa.Table(  # when each file was last there; apart from sources, so that an uneventful night changes no source
        "sightings",
        metadata,
        sa.Column("path", sa.Text, primary_key=True),
        sa.Column("run_id", sa.Integer, sa.ForeignKey("runs.id"), nullable=False),
        sa.Column("seen", Moment, nullable=False),
    )
)

leases = sa.Table(
    "leases",
    metadata,
    sa.Column("name", sa.String(32), primary_key=True),
    sa.Column("run_id", sa.Integer, sa.ForeignKey("runs.id"), nullable=False),
    sa.Column("expires", Moment, nullable=False),
)

search_entries = sa.Table(
    "search_entries",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    _of_document(),
    _text("tokens"),
    sa.Column("context", sa.Text, nullable=False, server_default=""),  # what stands above: found by, at less weight
    sa.Index("ix_search_entries_document_id", "document_id"),
)

search_records = sa.Table(
    "search_records",
    metadata,
    sa.Column("entry_id", sa.Integer, sa.ForeignKey("search_entries.id"), primary_key=True, autoincrement=False),
    sa.Column("kind", sa.String(16), primary_key=True),
    sa.Column("record_id", sa.String(32), primary_key=True),
    sa.Column("document_id", sa.String(16), nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
    sqlite_with_rowid=False,
)

# SQLite's full-text index over the entries' tokens in pairs (models/indexing.py); it is no table that others describe.
SEARCH_INDEX = sa.table(
    "search_index",
    sa.column("rowid", sa.Integer),
    sa.column("tokens", sa.Text),
    sa.column("context", sa.Text),
    sa.column("facts", sa.Text),  # what is known of the entry's document (models/facts.py)
    sa.column("search_index", sa.Text),
)
