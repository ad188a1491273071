"""Many rows into one table, straight to the driver.

A letter has some two hundred rows, and what SQLAlchemy does for each of them would be a quarter of the time that saving
takes. The columns' types convert the values here as they do there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Dialect

_Converters = tuple[tuple[str, Callable[[Any], Any]], ...]


def write_rows(connection: Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Inserts the rows, each with a value for every column of the table; none is fine."""
    if not rows:
        return
    sql, places, converters = _statement(table, connection.dialect)
    converted = [{**row, **{name: convert(row[name]) for name, convert in converters}} for row in rows]
    connection.exec_driver_sql(sql, list(map(itemgetter(*places), converted)) if places else converted)


@lru_cache(maxsize=64)
def _statement(table: sa.Table, dialect: Dialect) -> tuple[str, tuple[str, ...], _Converters]:
    """The statement as the driver takes it: SQLite's wants values by place, PostgreSQL's by name (no places)."""
    compiled = sa.insert(table).compile(dialect=dialect)
    found = ((column.name, column.type.dialect_impl(dialect).bind_processor(dialect)) for column in table.columns)
    converters = tuple((name, convert) for name, convert in found if convert is not None)
    return str(compiled), tuple(getattr(compiled, "positiontup", None) or ()), converters
