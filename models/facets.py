"""What the ledger can be narrowed to: the names that the current documents hold, and how the register last changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from models.runs import RunState
from models.store import Store
from models.tables import documents, runs
from models.tracking_tables import decisions

_MOST = 500  # names of one kind that a page offers

Stamp = tuple[int | None, datetime | None]


@dataclass(frozen=True, slots=True)
class Facets:
    """Units, places and result classes by how many documents name them, most first; (congress, session), newest."""

    units: tuple[str, ...]
    places: tuple[str, ...]
    classes: tuple[str, ...]
    sessions: tuple[tuple[int, int | None], ...]


def facets(store: Store) -> Facets:
    """The names to choose from."""
    c = documents.c
    with store.reading() as connection:
        terms = sa.select(c.congress, c.session).where(c.current, c.congress.is_not(None)).distinct()
        found = [(row.congress, row.session) for row in connection.execute(terms)]
        return Facets(
            units=_names(connection, c.lead_unit),
            places=_names(connection, c.region),
            classes=tuple(sorted(_names(connection, c.result_class))),
            sessions=tuple(sorted(found, key=lambda one: (-one[0], -(one[1] or 0)))),
        )


def stamp(store: Store) -> Stamp | None:
    """What changes whenever documents come in or are followed up; None while a run is at it. Decisions don't count."""
    last = sa.select(runs.c.id, runs.c.ended, runs.c.state).order_by(runs.c.id.desc()).limit(1)
    with store.reading() as connection:
        run = connection.execute(last).first()
    if run is None:
        return (None, None)
    return (run.id, run.ended) if run.state is not RunState.RUNNING else None


def last_decision(store: Store) -> int:
    """The number of the last decision; 0 before the first."""
    with store.reading() as connection:
        return connection.execute(sa.select(sa.func.max(decisions.c.id))).scalar() or 0


def decided_by(store: Store, day: date, zone: tzinfo) -> int | None:
    """The number of the last decision that was made by the end of a day (0: none was); None: all were."""
    end = datetime.combine(min(day, date.max - timedelta(days=1)) + timedelta(days=1), time(), zone).astimezone(UTC)
    made = sa.select(decisions.c.id, decisions.c.at).order_by(decisions.c.id.desc()).limit(1)
    with store.reading() as connection:
        newest = connection.execute(made).first()
        if newest is None or newest.at < end:
            return None
        return connection.execute(made.where(decisions.c.at < end)).scalar() or 0


def _names(connection: Connection, column: sa.Column[str | None]) -> tuple[str, ...]:
    counted = sa.select(column).where(documents.c.current, column.is_not(None)).group_by(column)
    ordered = counted.order_by(sa.func.count().desc(), column).limit(_MOST)
    return tuple(str(one) for one in connection.execute(ordered).scalars())
