"""The tables of saved searches: what somebody keeps an eye on, and which hits who has seen.

searches 1 - n search_seen      a reader "" stands for everybody: what was there already when the search was saved
"""

from __future__ import annotations

import sqlalchemy as sa

from models.columns import Moment, Named
from models.tables import metadata

__all__ = ["metadata", "search_seen", "searches"]

searches = sa.Table(
    "searches",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("name", sa.String(64), nullable=False),
    sa.Column("owner", sa.String(64), nullable=False, index=True),  # a user's name; "" the office
    sa.Column("shared", sa.Boolean, nullable=False),
    sa.Column("parameters", Named, nullable=False),  # of the search page's address
    sa.Column("created", Moment, nullable=False),
    sa.Column("deleted", Moment),
    sqlite_autoincrement=True,
)

search_seen = sa.Table(
    "search_seen",
    metadata,
    sa.Column("search_id", sa.Integer, sa.ForeignKey("searches.id"), primary_key=True, nullable=False),
    sa.Column("reader", sa.String(64), primary_key=True, nullable=False),
    sa.Column("record_id", sa.String(16), primary_key=True, nullable=False),
    sqlite_with_rowid=False,
)
