"""Which promises a list has, and how many: from what is kept of how they stand, and what else a filter asks.

Whatever a list is narrowed to by how promises stand, an index has it all (`list_written`), so that counting reads no
rows; what asks for documents begins with these.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.sql.elements import ClauseElement

from models.evidence import Status
from models.facts import of_units
from models.filters import Filter, Sort, of_listed
from models.finding import answering, literally
from models.ids import in_parts
from models.standing_tables import INDEXED, standings
from models.stands import AS_DECIDED, as_decided, of_standing, present, standing_order, status_on
from models.tables import commitments, documents

Conditions = Sequence[sa.ColumnElement[bool]]


def choose(
    connection: Connection,
    wanted: Filter,
    also: Conditions,
    sort: Sort,
    limit: int | None,
    offset: int,
    named: bool,
    decided: int | None = None,
) -> Sequence[str]:
    """The commitments that the conditions ask for, in order: now, or when the decision of this number was the last.

    `named`: the conditions name a few.
    """
    by_name = sort is Sort.NAME  # the index that has documents by name begins with whether they are current
    indexed = not (by_name or named or wanted.documents)
    then = _then(wanted, decided, indexed=indexed)
    conditions = [*then, *narrowed(connection, wanted, named), *also]
    ordering = standing_order(sort)
    if by_name and wanted.current:
        conditions.append(documents.c.current)
    places = (standings.c.document_id, standings.c.position)  # what the indexes have, so that skipping reads no rows
    chosen = sa.select(*places).select_from(source_of([*conditions, *ordering])).where(*conditions)
    found = connection.execute(chosen.order_by(*ordering).limit(limit).offset(offset), _last(decided)).all()
    names = _promises_at(connection, list(dict.fromkeys(row.document_id for row in found)))
    return [names[row.document_id, row.position] for row in found]


def statuses(
    connection: Connection, wanted: Filter, also: Conditions, as_of: date, *, decided: int | None = None
) -> dict[str, Status | None]:
    """How the few commitments that the conditions name stand on a day, of those that a filter leaves in.

    `decided` as in `choose`.
    """
    status = status_on(as_of)
    conditions = [*_then(wanted, decided, indexed=False), *narrowed(connection, wanted, named=True), *also]
    chosen = (
        sa.select(standings.c.commitment_id, status).select_from(source_of([*conditions, status])).where(*conditions)
    )
    return {row[0]: row[1] for row in connection.execute(chosen, _last(decided))}


def count(connection: Connection, wanted: Filter, also: Conditions, *, decided: int | None, named: bool) -> int:
    """How many commitments the conditions ask for: now, or when the decision of this number was the last."""
    asked = [*narrowed(connection, wanted, named), *also]
    then = [as_decided(), *of_standing(wanted.current)]
    if decided is None and wanted.current and _is_indexed(asked):
        then = [present()]
    if wanted.units and wanted.current and not named:
        then += of_units(connection, wanted.units, standings.c.document_id)
    conditions = [*then, *asked]
    counted = sa.select(sa.func.count()).select_from(source_of(conditions)).where(*conditions)
    return connection.execute(counted, _last(decided)).scalar_one()


def _then(wanted: Filter, decided: int | None, *, indexed: bool) -> list[sa.ColumnElement[bool]]:
    """What is on lists now, or was when the decision of this number was the last."""
    if decided is None:
        return [present(wanted.current, indexed=indexed)]
    return [as_decided(), *of_standing(wanted.current)]


def _last(decided: int | None) -> dict[str, int]:
    return {} if decided is None else {AS_DECIDED: decided}


def _is_indexed(asked: Conditions) -> bool:
    """Whether an index of lists has everything that is asked."""
    columns = list(_columns(asked))
    return all(column.table is standings and column.name in INDEXED for column in columns)


def _promises_at(connection: Connection, holders: Sequence[str]) -> dict[tuple[str, int], str]:
    """The promises of some documents by their place."""
    c = commitments.c
    return {
        (row.document_id, row.position): row.id
        for part in in_parts(holders)
        for row in connection.execute(sa.select(c.document_id, c.position, c.id).where(c.document_id.in_(part)))
    }


def narrowed(connection: Connection, wanted: Filter, named: bool) -> list[sa.ColumnElement[bool]]:
    """What a filter asks of a list; the words it must hold are looked up in the full-text index first, but where a few
    commitments are named."""
    found = of_listed(wanted)
    question = literally(wanted.contains) if wanted.contains and wanted.current and not named else None
    if question is not None:
        found.append(standings.c.commitment_id.in_(answering(connection, question, "commitment")))
    return found


def source_of(asked: Sequence[sa.ColumnElement[Any]]) -> sa.FromClause:
    """What is kept of promises, with their documents and their own rows where something asks for these."""
    named = set(_tables(asked))
    source: sa.FromClause = standings
    if documents in named:
        source = source.join(documents, documents.c.id == standings.c.document_id)
    return source.join(commitments, commitments.c.id == standings.c.commitment_id) if commitments in named else source


def _tables(asked: Iterable[ClauseElement]) -> Iterable[sa.FromClause]:
    """The tables whose columns are named, but for what is chosen by itself inside."""
    return (column.table for column in _columns(asked))


def _columns(asked: Iterable[ClauseElement]) -> Iterable[sa.Column[Any]]:
    for one in asked:
        if isinstance(one, sa.Column):
            yield one
        elif not isinstance(one, sa.SelectBase):
            yield from _columns(one.get_children())
