"""SQLite's full-text index against the entries that it was made from: every term, how often, in how many of them."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from models.facts import FACTS
from models.harm import Damage, Harm
from models.indexing import paired_rows, records_of
from models.tables import search_entries

_TOGETHER = 1_000  # entries of one step
_MADE = "SELECT sql FROM sqlite_master WHERE name = 'search_index'"
_DIFFERENCES = """
    SELECT term FROM (SELECT term, doc, cnt FROM temp.{one} EXCEPT SELECT term, doc, cnt FROM temp.{other}) LIMIT 3
"""


def find_damage(connection: Connection) -> Iterator[Damage]:
    """An index that says something else than its entries; PostgreSQL's own is a part of the table and needs no look."""
    if connection.dialect.name != "sqlite":
        return
    made = connection.exec_driver_sql(_MADE).scalar()
    if made is None:
        return  # told as a missing table
    _make_anew(connection, str(made))
    try:
        for one, other, what in (("held", "expected", "多出来的词"), ("expected", "held", "缺的词")):
            terms = connection.exec_driver_sql(_DIFFERENCES.format(one=one, other=other)).scalars().all()
            if terms:
                yield Damage(Harm.INDEX, "search_index", f"{what}，例如 {'、'.join(terms)}")
    finally:
        for name in ("held", "expected", "new_index"):
            connection.exec_driver_sql(f"DROP TABLE IF EXISTS temp.{name}")


def _make_anew(connection: Connection, made: str) -> None:
    """The index as it should be, among the temporary tables: the database itself stays as it is."""
    connection.exec_driver_sql(made.replace("search_index", "temp.new_index", 1))
    c, last = search_entries.c, 0
    known = search_entries.outerjoin(FACTS, FACTS.c.document_id == c.document_id)
    chosen = sa.select(c.id, c.document_id, c.tokens, c.context, FACTS.c.facts).select_from(known)
    chosen = chosen.order_by(c.id).limit(_TOGETHER)
    keep = "INSERT INTO temp.new_index(rowid, tokens, context, facts) VALUES (?, ?, ?, ?)"
    while batch := connection.execute(chosen.where(c.id > last)).mappings().all():
        told = {row["document_id"]: row["facts"] for row in batch}
        connection.exec_driver_sql(keep, list(paired_rows(batch, records_of(connection, batch), told)))
        last = batch[-1]["id"]
    connection.exec_driver_sql("CREATE VIRTUAL TABLE temp.held USING fts5vocab('main', 'search_index', 'row')")
    connection.exec_driver_sql("CREATE VIRTUAL TABLE temp.expected USING fts5vocab('temp', 'new_index', 'row')")
