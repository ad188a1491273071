"""Marks in long lists: from the nearest one a page is read on, instead of from the list's beginning.

A mark is a place in a list's order, and how many promises come before it. What people decide moves it by as many as
joined and left the list before it.

    marks = survey(connection, wanted, also, Sort.DEADLINE)           one for every few hundred promises
    choose(connection, wanted, [*also, from_here(sort, mark.place)], sort, limit, offset - mark.before, named=False)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from models.filters import Filter, Sort
from models.lists import narrowed, source_of
from models.standing_tables import standings
from models.stands import present
from models.store import Store
from models.tables import documents

EVERY = 250
"""Documents (of lists by deadline: documents of a day) from one mark to the next."""

Place = tuple[Any, ...]
"""What a promise is put in order by, in the order's own columns, down to its place in the document."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a list, and how many promises came before it when the decision `decided` was the last one."""

    before: int
    decided: int
    place: Place


def survey(
    store: Store, wanted: Filter, also: Sequence[sa.ColumnElement[bool]], sort: Sort, decided: int, apart: int = EVERY
) -> list[Mark]:
    """Marks all along a list of current documents as it is now: one walk through it."""
    with store.reading() as connection:
        return _survey(connection, wanted, also, sort, decided, apart)


def _survey(
    connection: Connection, wanted: Filter, also: Sequence[sa.ColumnElement[bool]], sort: Sort, decided: int, apart: int
) -> list[Mark]:
    *above, _ = places_of(sort)
    conditions = [present(), *narrowed(connection, wanted, named=False), *also]
    if sort is Sort.NAME:
        return _by_name(connection, conditions, decided, apart)
    grouped = sa.select(*above, sa.func.count().label("number")).select_from(source_of(conditions)).where(*conditions)
    each = grouped.group_by(*above).subquery()
    return _marked(connection, each, [each.c[one.name] for one in above], sort is Sort.DOCUMENT, decided, apart)


def _by_name(
    connection: Connection, conditions: Sequence[sa.ColumnElement[bool]], decided: int, apart: int
) -> list[Mark]:
    """The same by file name: how many promises each document has on the list is counted before names are looked up."""
    holder = standings.c.document_id
    grouped = sa.select(holder, sa.func.count().label("number")).select_from(source_of(conditions)).where(*conditions)
    numbers = grouped.group_by(holder).subquery()
    each = (
        sa.select(documents.c.name, documents.c.id, numbers.c.number)
        .join_from(documents, numbers, numbers.c.document_id == documents.c.id)
        .where(documents.c.current)
        .subquery()
    )
    return _marked(connection, each, [each.c.name, each.c.id], False, decided, apart)


def _marked(
    connection: Connection,
    each: sa.FromClause,
    above: Sequence[sa.ColumnElement[Any]],
    falling: bool,
    decided: int,
    apart: int,
) -> list[Mark]:
    order = [above[0].desc() if falling else above[0], above[1]]
    whole = sa.func.sum(each.c.number).over(order_by=order, rows=(None, 0))
    place = sa.func.row_number().over(order_by=order)
    counted = sa.select(*above, (whole - each.c.number).label("before"), place.label("place")).subquery()
    chosen = sa.select(counted).where(counted.c.place % apart == 1 % apart).order_by(counted.c.place)
    return [Mark(int(row[2]), decided, (row[0], row[1], 0)) for row in connection.execute(chosen)]


def places_of(sort: Sort) -> tuple[sa.ColumnElement[Any], ...]:
    """The columns of a list's order."""
    c = standings.c
    match sort:
        case Sort.DEADLINE:
            return (c.ends, c.document_id, c.position)
        case Sort.NAME:
            return (documents.c.name, documents.c.id, c.position)
        case _:
            return (c.written, c.document_id, c.position)


def from_here(sort: Sort, place: Place) -> sa.ColumnElement[bool]:
    """That a promise stands at this place or behind it: put so that an index of the order leads there."""
    first, holder, position = places_of(sort)
    match sort:
        case Sort.DEADLINE:
            return sa.tuple_(first, holder, position) >= sa.tuple_(*place)
        case Sort.NAME:
            names = sa.tuple_(first, holder)
            return sa.and_(names >= sa.tuple_(*place[:2]), sa.or_(names > sa.tuple_(*place[:2]), position >= place[2]))
        case _:
            return sa.and_(
                first <= place[0],
                sa.or_(first < place[0], sa.tuple_(holder, position) >= sa.tuple_(*place[1:])),
            )


def place_of(store: Store, sort: Sort, promise: str) -> Place | None:
    """Where a promise stands in the order now; None: it is on no list."""
    source = standings.join(documents, documents.c.id == standings.c.document_id)
    chosen = (
        sa.select(*places_of(sort)).select_from(source).where(standings.c.commitment_id == promise, standings.c.listed)
    )
    with store.reading() as connection:
        row = connection.execute(chosen).first()
    return tuple(row) if row else None
