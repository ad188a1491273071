"""Promises counted by the database: by how they stand, and by the unit, class or session of their letters.

Each figure is counted with the conditions of the list that it leads to, so that both say the same.

    found = tallies(store, Filter(), {"overdue": Stands(day, statuses=(Status.OVERDUE,))})
    grouped(found, By.CLASS)                    {("A",): {"overdue": 3}, …}
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql.util import ClauseAdapter
from sqlalchemy.sql.visitors import iterate

from models.evidence import Status
from models.filters import Filter, of_listed
from models.nightly_tables import status_log
from models.runs import Outcome, RunId, RunState
from models.standing_tables import PRESENT, standings
from models.stands import AS_DECIDED, Condition, Stands, as_decided, conditions, of_standing, status_on
from models.store import Store
from models.tables import documents, run_items, runs

Group = tuple[Any, ...]
Tallies = dict[Group, dict[str, int]]


class By(StrEnum):
    """What promises are counted by: the unit that replied and its place, its class, congress and session."""

    UNIT = "unit"
    CLASS = "class"
    SESSION = "session"


_COLUMNS = tuple(documents.c[name] for name in ("lead_unit", "region", "result_class", "congress", "session"))
_OF = {By.UNIT: slice(0, 2), By.CLASS: slice(2, 3), By.SESSION: slice(3, 5)}


@dataclass(frozen=True, slots=True)
class News:
    """What the latest runs brought: `read` the latest that took files in, `moved` the latest that logged statuses."""

    read: RunId | None
    moved: RunId | None
    documents: int


def tallies(
    store: Store,
    within: Filter,
    lists: Mapping[str, Stands],
    *,
    decided: int,
    also: Sequence[Condition] = (),
) -> Tallies:
    """How many promises are on each list, by all that `grouped` can group them by: one walk through the promises.

    All lists are of one day, and of documents alone (`within`). `decided`: when the decision of this number was the
    last; `also`: more conditions on all of them.
    """
    (day,) = {wanted.as_of for wanted in lists.values()}
    status = status_on(day).label("status")
    asked = {one for wanted in lists.values() for part in conditions(wanted, status) for one in iterate(part)}
    needed = [column for column in standings.c if column in asked and column.name != "document_id"]
    stood = sa.select(standings.c.document_id, status, *needed)
    stood = stood.where(*of_standing(within.current), as_decided(), *of_listed(within), *also)
    each = stood.offset(0).limit(PRESENT).subquery()  # reckoned once for all lists: a database doesn't look into it
    counted = [
        sa.func.sum(sa.case((_adapted(conditions(wanted, each.c.status), each), 1), else_=0)).label(f"n{place}")
        for place, wanted in enumerate(lists.values())
    ]
    by_letter = sa.select(each.c.document_id, *counted).group_by(each.c.document_id).subquery()
    sums = [sa.func.sum(by_letter.c[f"n{place}"]) for place in range(len(lists))]
    chosen = sa.select(*_COLUMNS, *sums).join_from(by_letter, documents, documents.c.id == by_letter.c.document_id)
    with store.reading() as connection:
        found = connection.execute(chosen.group_by(*_COLUMNS), {AS_DECIDED: decided}).all()
    width = len(_COLUMNS)
    return {tuple(row[:width]): dict(zip(lists, map(int, row[width:]), strict=True)) for row in found}


def by_status(
    store: Store, wanted: Stands, *, decided: int, also: Sequence[Condition] = ()
) -> dict[Status | None, int]:
    """How many of the promises on a list stand how. `decided` and `also` as in `tallies`."""
    status = status_on(wanted.as_of)
    narrowed = [as_decided(), *of_standing(current=True), *conditions(wanted, few=bool(also)), *also]
    chosen = sa.select(status, sa.func.count()).select_from(standings).where(*narrowed).group_by(status)
    with store.reading() as connection:
        found = connection.execute(chosen, {AS_DECIDED: decided}).all()
    return {row[0]: row[1] for row in found}


def _adapted(conditions: Sequence[Condition], to: sa.FromClause) -> Condition:
    return ClauseAdapter(to).traverse(sa.and_(sa.true(), *conditions))


def grouped(found: Tallies, by: By) -> Tallies:
    """The figures by one thing alone: ("水利局", "云岭市"), ("A",), (17, 5); a group of none is left out."""
    made: Tallies = {}
    for group, numbers in found.items():
        held = made.setdefault(group[_OF[by]], dict.fromkeys(numbers, 0))
        for name, number in numbers.items():
            held[name] += number
    return {group: numbers for group, numbers in made.items() if any(numbers.values())}


def leads(store: Store) -> list[tuple[str | None, str | None]]:
    """The units whose letters hold promises, as printed, each with its place."""
    chosen = sa.select(documents.c.lead_unit, documents.c.region).where(documents.c.current).distinct()
    with store.reading() as connection:
        return [(row.lead_unit, row.region) for row in connection.execute(chosen)]


def news(store: Store) -> News:
    """The latest runs that brought anything, and how many documents came in."""
    fresh = run_items.c.outcome.in_(FRESH)
    last = sa.select(sa.func.max(runs.c.id)).where(runs.c.kind.in_(_INTAKES), runs.c.state != RunState.RUNNING)
    with store.reading() as connection:
        read = connection.execute(last).scalar()
        held = sa.select(run_items.c.document_id).where(run_items.c.run_id == read, fresh)
        counted = sa.select(sa.func.count()).where(documents.c.id.in_(held), documents.c.current)
        number = connection.execute(counted).scalar_one() if read is not None else 0
        moved = connection.execute(sa.select(sa.func.max(status_log.c.run_id))).scalar()
    return News(
        RunId(read) if read is not None else None,
        RunId(moved) if moved is not None else None,
        number,
    )


FRESH = (Outcome.NEW, Outcome.NEW_VERSION)
_INTAKES = ("ingest", "nightly")
