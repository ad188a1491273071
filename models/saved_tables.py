"""The tables of what people keep for themselves: searches and lists of the ledger, seen hits, how they like the pages.

searches 1 - n search_seen      a reader "" stands for everybody: what was there already when the search was saved
preferences                     one value of one person under a name: the ledger's columns, the list it opens with
"""

from __future__ import annotations

from enum import StrEnum

import sqlalchemy as sa

from models.columns import Code, Moment, Named
from models.tables import metadata

__all__ = ["SavedPage", "metadata", "preferences", "search_seen", "searches"]


class SavedPage(StrEnum):
    """Which page's address is kept: what was searched for, or a list of the ledger."""

    SEARCH = "search"
    LEDGER = "ledger"


searches = sa.Table(
    "searches",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("name", sa.String(64), nullable=False),
    sa.Column("owner", sa.String(64), nullable=False, index=True),  # a user's name; "" the office
    sa.Column("shared", sa.Boolean, nullable=False),
    sa.Column("parameters", Named, nullable=False),  # of the page's address
    sa.Column("created", Moment, nullable=False),
    sa.Column("deleted", Moment),
    sa.Column("page", Code(SavedPage), nullable=False, server_default=SavedPage.SEARCH.value),
    sqlite_autoincrement=True,
)

search_seen = sa.Table(
    "search_seen",
    metadata,
    sa.Column("search_id", sa.Integer, sa.ForeignKey("searches.id"), primary_key=True, nullable=False),
    sa.Column("reader", sa.String(64), primary_key=True, nullable=False),
    sa.Column("record_id", sa.String(16), primary_key=True, nullable=False),
    sa.Column("at", Moment),  # None: before times were noted, or when the search was saved
    sqlite_with_rowid=False,
)

preferences = sa.Table(
    "preferences",
    metadata,
    sa.Column("owner", sa.String(64), primary_key=True, nullable=False),
    sa.Column("name", sa.String(32), primary_key=True, nullable=False),
    sa.Column("value", Named, nullable=False),  # parameters of an address
    sqlite_with_rowid=False,
)
