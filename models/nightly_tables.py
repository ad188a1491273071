"""The tables of the nightly run: what was fetched from where, what was reported and sent, how promises have stood.

fetched      every address that a source led to, with what it takes to ask for it only when it has changed
run_phases   how far each nightly run came
status_log   how a promise stood at the end of a run, a row whenever that changed
reports      morning reports as they were made       told         what they told, so that nothing is told twice
deliveries   which report went out over which channel
"""

from __future__ import annotations

import sqlalchemy as sa

from models.columns import Code, Moment
from models.evidence import Status
from models.nightly import Delivery, Fetched, News, Phase
from models.tables import metadata

__all__ = ["deliveries", "fetched", "metadata", "reports", "run_phases", "status_log", "told"]


def _run(*, primary: bool = False) -> sa.Column[int]:
    return sa.Column("run_id", sa.Integer, sa.ForeignKey("runs.id"), primary_key=primary, nullable=False)


def _report(*, primary: bool = False) -> sa.Column[int]:
    return sa.Column("report_id", sa.Integer, sa.ForeignKey("reports.id"), primary_key=primary, nullable=False)


fetched = sa.Table(
    "fetched",
    metadata,
    sa.Column("address", sa.Text, primary_key=True),  # a URL, the path of an archive, or archive!member
    sa.Column("source", sa.Text, nullable=False, index=True),
    sa.Column("role", Code(Fetched), nullable=False),
    sa.Column("found_on", sa.Text, nullable=False),
    sa.Column("base", sa.Text, nullable=False),  # what the links in it count from, where it was redirected
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("etag", sa.Text),
    sa.Column("last_modified", sa.Text),
    sa.Column("digest", sa.String(64)),
    sa.Column("suffix", sa.String(16), nullable=False),
    sa.Column("size", sa.BigInteger),
    sa.Column("first_seen", Moment, nullable=False),
    sa.Column("checked", Moment, nullable=False),
    sa.Column("changed", Moment, nullable=False),
    sa.Column("gone", Moment),
)

run_phases = sa.Table(
    "run_phases",
    metadata,
    _run(primary=True),
    sa.Column("phase", Code(Phase), primary_key=True),
    sa.Column("started", Moment, nullable=False),
    sa.Column("ended", Moment),
)

status_log = sa.Table(
    "status_log",
    metadata,
    sa.Column("commitment_id", sa.String(16), primary_key=True),
    _run(primary=True),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("status", Code(Status)),  # NULL: a study or an encouragement, or no promise any more
)

reports = sa.Table(
    "reports",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    _run(),
    sa.Column("day", sa.Date, nullable=False, index=True),
    sa.Column("made", Moment, nullable=False),
    sa.Column("news", sa.Integer, nullable=False),
    sa.Column("content", sa.Text, nullable=False),
    sqlite_autoincrement=True,
)

told = sa.Table(
    "told",
    metadata,
    sa.Column("news", Code(News), primary_key=True),
    sa.Column("object_id", sa.String(16), primary_key=True),
    _report(),
    sqlite_with_rowid=False,
)

deliveries = sa.Table(
    "deliveries",
    metadata,
    _report(primary=True),
    sa.Column("channel", sa.String(64), primary_key=True),
    sa.Column("state", Code(Delivery), nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("tries", sa.Integer, nullable=False),
    sa.Column("error", sa.Text, nullable=False),
)
