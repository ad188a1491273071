"""Promises counted by the database: by how they stand, and by the unit, class or session of their letters.

Each figure is counted with the conditions of the list that it leads to, so that both say the same.

    found = tallies(store, Filter(), {"overdue": Stands(day, statuses=(Status.OVERDUE,))})
    grouped(found, By.CLASS)                    {("A",): {"overdue": 3}, …}
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa

from models.evidence import Status
from models.filters import Filter, of_commitments
from models.held import Condition
from models.nightly_tables import status_log
from models.runs import Outcome, RunId, RunState
from models.stands import Stands, conditions
from models.store import Store
from models.tables import commitments, documents, run_items, runs

Group = tuple[Any, ...]
Tallies = dict[Group, dict[str, int]]


class By(StrEnum):
    """What promises are counted by: the unit that replied and its place, its class, congress and session."""

    UNIT = "unit"
    CLASS = "class"
    SESSION = "session"


_COLUMNS = tuple(documents.c[name] for name in ("lead_unit", "region", "result_class", "congress", "session"))
_OF = {By.UNIT: slice(0, 2), By.CLASS: slice(2, 3), By.SESSION: slice(3, 5)}
STOOD: tuple[Status | None, ...] = (*Status, None)
"""Every promise stands in exactly one of these ways; None: only registered."""


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
    also: Sequence[Condition] = (),
    parameters: Mapping[str, object] = MappingProxyType({}),
) -> Tallies:
    """How many promises are on each list, by all that `grouped` can group them by: one walk through the promises.

    `also`: more conditions on all of them; `parameters` of the conditions: see `models/held.py`.
    """
    counted = [
        sa.func.sum(sa.case((sa.and_(*conditions(wanted)), 1), else_=0)).label(f"n{place}")
        for place, wanted in enumerate(lists.values())
    ]
    chosen = sa.select(*_COLUMNS, *counted).select_from(commitments.join(documents))
    narrowed = chosen.where(*of_commitments(within), *also).group_by(*_COLUMNS)
    with store.reading() as connection:
        found = connection.execute(narrowed, dict(parameters)).all()
    width = len(_COLUMNS)
    return {tuple(row[:width]): dict(zip(lists, row[width:], strict=True)) for row in found}


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
