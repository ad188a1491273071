"""Numbers to be reached, with what later documents say of them: chosen and counted by the database.

page = targets_on(store, date(2026, 6, 30), Filter(units=("水利局",)), indicator="管网", limit=20)
page[0].target.quantity.indicator, [later.actual.value for later in page[0].later]
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import sqlalchemy as sa

from models.filters import CURRENT, Filter, of_quantities
from models.followed import ProgressRow, progress_of
from models.ids import RecordId, in_parts
from models.quantities import Role
from models.queries import QuantityRow, quantities_in_order
from models.store import Store
from models.tables import commitments, documents, quantities
from models.tracking_tables import progress

Conditions = list[sa.ColumnElement[bool]]


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A number to be reached, the promise that it stands in (if any), and later numbers of it by day."""

    target: QuantityRow
    commitment: RecordId | None
    later: tuple[ProgressRow, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which targets: `within` narrows documents, `indicator` is part of what is counted or of the number's sentence;
    `followed`: later numbers were found (True) or weren't (False)."""

    as_of: date
    within: Filter = CURRENT
    indicator: str | None = None
    followed: bool | None = None


def targets_on(store: Store, wanted: Wanted, *, limit: int | None = None, offset: int = 0) -> list[TargetRow]:
    """Some of the targets, those with the newest numbers first, then the newest letters'."""
    return targets_named(store, wanted, target_ids(store, wanted, limit=limit, offset=offset))


def target_ids(store: Store, wanted: Wanted, *, limit: int | None = None, offset: int = 0) -> list[RecordId]:
    """The ids of the same targets."""
    found: list[RecordId] = []
    for followed in (True, False):
        if wanted.followed in (None, followed) and (limit is None or len(found) < limit):
            part, left = replace(wanted, followed=followed), None if limit is None else limit - len(found)
            with store.reading() as connection:
                chosen = _chosen(part).limit(left).offset(offset)
                lines = [RecordId(one) for one in connection.execute(chosen).scalars()]
            found += lines
            offset = 0 if lines or not offset else max(0, offset - count_targets(store, part))
    return found


def targets_named(store: Store, wanted: Wanted, ids: Sequence[RecordId]) -> list[TargetRow]:
    """These targets with their promises and later numbers, in their order."""
    named = [quantities_in_order(store, [quantities.c.id.in_(part)], []) for part in in_parts(ids)]
    lines = {one.id: one for part in named for one in part}
    found = [lines[id] for id in ids if id in lines]
    holders = tuple(dict.fromkeys(one.document.id for one in found))
    later: dict[RecordId, list[ProgressRow]] = defaultdict(list)
    for part in in_parts(holders):
        for row in progress_of(store, wanted.as_of, Filter(current=None, documents=tuple(part))):
            later[row.target_id].append(row)
    promises = _promises(store, found)
    return [TargetRow(one, promises.get(one.id), tuple(later[one.id])) for one in found]


def _chosen(wanted: Wanted) -> sa.Select[tuple[str]]:
    """The newest numbers first, then the newest letters; of targets without numbers only the letters' days count."""
    source: sa.FromClause = quantities.join(documents)
    ordering: list[Any] = [documents.c.date.desc().nulls_last(), documents.c.id, quantities.c.position]
    if wanted.followed:
        newest = sa.select(progress.c.target_id, sa.func.max(progress.c.day).label("day"))
        shown = newest.where(_counting(wanted.as_of)).group_by(progress.c.target_id).subquery()
        source = source.join(shown, shown.c.target_id == quantities.c.id)
        ordering = [shown.c.day.desc().nulls_last(), *ordering]
    return sa.select(quantities.c.id).select_from(source).where(*_conditions(wanted)).order_by(*ordering)


def count_targets(store: Store, wanted: Wanted) -> int:
    """How many targets there are."""
    chosen = sa.select(sa.func.count()).select_from(quantities.join(documents)).where(*_conditions(wanted))
    with store.reading() as connection:
        return connection.execute(chosen).scalar_one()


def _conditions(wanted: Wanted) -> Conditions:
    found: Conditions = of_quantities(replace(wanted.within, roles=(Role.TARGET,)))
    if wanted.indicator:
        named = (quantities.c.indicator, quantities.c.unit_text)
        found.append(sa.or_(*(column.contains(wanted.indicator, autoescape=True) for column in named)))
    if wanted.followed is not None:
        shown = quantities.c.id.in_(sa.select(progress.c.target_id).where(_counting(wanted.as_of)))
        found.append(shown if wanted.followed else sa.not_(shown))
    return found


def _counting(as_of: date) -> sa.ColumnElement[bool]:
    """That a later number was known on the day, and stands in a current document."""
    known = sa.or_(progress.c.day.is_(None), progress.c.day <= as_of)
    others = sa.select(documents.c.id).where(~documents.c.current)
    return sa.and_(known, progress.c.document_id.not_in(others.correlate(None)))


def _promises(store: Store, found: list[QuantityRow]) -> dict[RecordId, RecordId]:
    """The promises that targets stand in."""
    holders = {one.document.id for one in found}
    c = commitments.c
    with store.reading() as connection:
        rows = connection.execute(
            sa.select(c.id, c.document_id, c.start, c.end).where(c.document_id.in_(holders))
        ).all()
    return {
        one.id: RecordId(row.id)
        for one in found
        for row in rows
        if row.document_id == one.document.id and row.start <= one.quantity.span.start < row.end
    }
