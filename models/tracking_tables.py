"""The tables of what is found across documents, and of what people decide.

    unjudged   replies whose asks and alarms are to be judged anew
    pair_keys  what documents may be paired by
    pairs      two documents that belong together        followed   which documents have been followed up, and when
    links      a unit of a later document and a promise   progress  a later number and a target
    coverage   an ask and what a reply says to it         alarms    what an officer must hear of
    decisions  append only: who decided what, when and why; undoing is a new row

Found things are written anew whenever one of their documents changes; they name records by id without a foreign key,
since records are written anew, too. Decisions name the same ids, which come from content, and stay.
"""

from __future__ import annotations

import sqlalchemy as sa

from models.columns import Code, Exact, Moment, Named, Reasons, Spans, Words
from models.decided import DecisionKind
from models.evidence import AlarmCode, Answer, Certainty, PairKind, Reason, Relation
from models.tables import metadata

__all__ = [
    "alarms",
    "coverage",
    "decisions",
    "followed",
    "links",
    "metadata",
    "pair_keys",
    "pairs",
    "progress",
    "unjudged",
]


def _id(name: str = "id", *, primary: bool = False, index: bool = False, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(16), primary_key=primary, index=index, nullable=nullable)


def _document(name: str, *, primary: bool = False, index: bool = False) -> sa.Column[str]:
    return sa.Column(
        name, sa.String(16), sa.ForeignKey("documents.id"), primary_key=primary, nullable=False, index=index
    )


def _certainty() -> sa.Column[Certainty]:
    return sa.Column("certainty", Code(Certainty), nullable=False)


def _why() -> sa.Column[tuple[Reason, ...]]:
    return sa.Column("why", Reasons, nullable=False)


followed = sa.Table(
    "followed",
    metadata,
    _document("document_id", primary=True),
    sa.Column("records_digest", sa.String(64), nullable=False),  # of the records that were followed up
    sa.Column("tracker", sa.Text, nullable=False),  # the version of the rules
    sa.Column("at", Moment, nullable=False),
)

unjudged = sa.Table(  # replies about which something changed since their asks and alarms were last judged
    "unjudged",
    metadata,
    _document("document_id", primary=True),
)

pair_keys = sa.Table(  # what a document may be paired by: number, subject
    "pair_keys",
    metadata,
    _document("document_id", primary=True),
    sa.Column("key", sa.String(96), primary_key=True, index=True),
)

pairs = sa.Table(
    "pairs",
    metadata,
    _document("later_id", primary=True),
    _document("earlier_id", primary=True, index=True),
    sa.Column("kind", Code(PairKind), primary_key=True),
    _certainty(),
    sa.Column("score", sa.Float, nullable=False),
    _why(),
)

links = sa.Table(
    "links",
    metadata,
    _id(primary=True),
    _id("commitment_id", index=True),
    _document("reply_id", index=True),
    _document("document_id", index=True),
    sa.Column("unit", sa.Integer, nullable=False),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("end", sa.Integer, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("relation", Code(Relation), nullable=False),
    _certainty(),
    sa.Column("day", sa.Date),
    sa.Column("score", sa.Float, nullable=False),
    sa.Column("scores", Named, nullable=False),
    _why(),
    sa.Column("flags", Words, nullable=False),
)

progress = sa.Table(
    "progress",
    metadata,
    _id("target_id", primary=True),
    _id("actual_id", primary=True),
    _document("holder_id", index=True),
    _document("document_id", index=True),
    sa.Column("day", sa.Date),
    sa.Column("ratio", Exact),
    _certainty(),
    _why(),
    sa.Column("flags", Words, nullable=False),
)

coverage = sa.Table(
    "coverage",
    metadata,
    _id("request_id", primary=True),
    _document("reply_id", primary=True),
    sa.Column("item_id", sa.String(16), sa.ForeignKey("documents.id"), index=True),  # NULL: the reply's own naming
    sa.Column("answer", Code(Answer), nullable=False),
    sa.Column("units", Spans, nullable=False),
    _certainty(),
    _why(),
    sa.Index("ix_coverage_reply_id", "reply_id"),
)

alarms = sa.Table(
    "alarms",
    metadata,
    _id(primary=True),
    sa.Column("code", Code(AlarmCode), nullable=False),
    _document("reply_id", index=True),
    _id("commitment_id", nullable=True),
    sa.Column("other_id", sa.String(16), sa.ForeignKey("documents.id"), index=True),
    sa.Column("spans", Spans, nullable=False),
    sa.Column("values", Words, nullable=False),
    sa.Column("day", sa.Date),
    _certainty(),
)

decisions = sa.Table(
    "decisions",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("at", Moment, nullable=False),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("kind", Code(DecisionKind), nullable=False),
    _id("commitment_id", index=True, nullable=True),
    _id("object_id", nullable=True),  # the link, the other promise, the document that it is about
    sa.Column("values", Named, nullable=False),
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("undoes", sa.Integer, sa.ForeignKey("decisions.id")),
    sqlite_autoincrement=True,  # a number is never given twice
)
