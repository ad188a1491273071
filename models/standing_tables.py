"""How promises stand, kept beside them: what their lists are narrowed, put in order and counted by.

standings    a promise as evidence, alarms and decisions leave it; a row for each time that a decision changed it
lapses       from which day until which a promise is withdrawn, where that is so more than once
figures      numbers over all promises, with the run and the decision up to which they were counted

Nothing here depends on today: a row says from which day on a thing is so, and a list asks with the day that it shows.
Days are numbers (date.toordinal), so that a million of them are compared quickly: ALWAYS before all days, NEVER after.
Everything can be reckoned again from the other tables (`models/standings.py`).
"""

from __future__ import annotations

import sqlalchemy as sa

from models.columns import Code, Moment, Words
from models.commitments import Strength
from models.evidence import Status
from models.tables import metadata

__all__ = ["ALWAYS", "INDEXED", "NEVER", "PRESENT", "figures", "lapses", "metadata", "standings"]

ALWAYS, NEVER = 0, 4_000_000
PRESENT = 2**31 - 1
"""The number that no decision reaches: what holds until then holds now."""


def _day(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False)


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean, nullable=False)


standings = sa.Table(
    "standings",
    metadata,
    sa.Column("document_id", sa.String(16), sa.ForeignKey("documents.id"), primary_key=True, nullable=False),
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("since", sa.Integer, primary_key=True, autoincrement=False),  # the decision that made it so; 0: none
    sa.Column("until", sa.Integer, nullable=False),  # the decision that ended it; PRESENT: it is so now
    sa.Column("commitment_id", sa.String(16), nullable=False),
    _flag("listed"),  # it is so now, in a current document, and not hidden
    _flag("current"),  # its document is
    _flag("hidden"),  # a person said that it is no promise, or the same as another
    sa.Column("wording", Code(Strength), nullable=False),  # the strength as read
    sa.Column("strength", Code(Strength), nullable=False),  # as a person corrected it
    sa.Column("said", Code(Status)),  # the status that a person set
    sa.Column("assigned_to", sa.Text),
    sa.Column("actors", Words, nullable=False),  # who is to do it, as read
    _day("written"),  # its document's day; ALWAYS: none
    _day("ends"),  # the last day as read; NEVER: none that is known
    _day("due"),  # the same as a person corrected it
    _flag("dated"),  # it has a deadline, known to the day or not
    _flag("numbered"),  # a number stands in it
    _flag("acted"),  # it names who does it
    _flag("conditional"),
    _day("shown"),  # from this day on some evidence counts
    _day("advanced"),
    _day("fulfilled"),
    _day("gone"),  # from this day on it is withdrawn …
    _day("back"),  # … and from this day on a later fulfilment answers that
    _flag("tangled"),  # withdrawn, fulfilled and withdrawn again: lapses says when
    _day("proposed"),  # from this day on evidence waits for a person
    _day("alarmed"),
    _day("waits"),  # from this day on a person should look at it
    sa.Index("ix_standings_commitment_id_until", "commitment_id", "until"),
    sqlite_with_rowid=False,
)

_ELSEWHERE = ("document_id", "position", "since", "until", "commitment_id", "current", "hidden", "actors")
INDEXED = frozenset(column.name for column in standings.c if column.name not in _ELSEWHERE)
"""What the index list_written has of each listed promise: all that lists ask for but documents and words."""

lapses = sa.Table(
    "lapses",
    metadata,
    sa.Column("document_id", sa.String(16), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("since", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("gone", sa.Integer, primary_key=True, autoincrement=False),
    _day("back"),
    sqlite_with_rowid=False,
)

figures = sa.Table(
    "figures",
    metadata,
    sa.Column("name", sa.String(64), primary_key=True),  # a digest of what was asked
    sa.Column("run", sa.Integer, nullable=False),  # the last one; 0: there was none
    sa.Column("ended", Moment),
    sa.Column("decided", sa.Integer, nullable=False),  # the last decision that counted
    _day("day"),  # on which they were counted
    sa.Column("numbers", sa.Text, nullable=False),
    sqlite_with_rowid=False,
)
