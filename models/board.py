"""Numbers to be reached, with what later documents say of them: chosen and counted by the database.

page = targets_on(store, date(2026, 6, 30), Filter(units=("水利局",)), indicator="管网", limit=20)
page[0].target.quantity.indicator, [later.actual.value for later in page[0].later]
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import sqlalchemy as sa

from models.filters import CURRENT, Filter, of_quantities
from models.followed import ProgressRow, progress_of
from models.ids import RecordId
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
    found: list[QuantityRow] = []
    for followed in (True, False):
        if wanted.followed in (None, followed) and (limit is None or len(found) < limit):
            part, left = replace(wanted, followed=followed), None if limit is None else limit - len(found)
            lines = quantities_in_order(store, _conditions(part), _order(part), limit=left, offset=offset)
            found += lines
            offset = 0 if lines or not offset else max(0, offset - count_targets(store, part))
    holders = tuple(dict.fromkeys(one.document.id for one in found))
    later: dict[RecordId, list[ProgressRow]] = defaultdict(list)
    if holders:
        for row in progress_of(store, wanted.as_of, Filter(current=None, documents=holders)):
            later[row.target_id].append(row)
    promises = _promises(store, found)
    return [TargetRow(one, promises.get(one.id), tuple(later[one.id])) for one in found]


def _order(wanted: Wanted) -> list[sa.ColumnElement[Any]]:
    """The newest numbers first, then the newest letters; of targets without numbers only the letters' days count."""
    letters = [documents.c.date.desc().nulls_last(), documents.c.id, quantities.c.position]
    if not wanted.followed:
        return letters
    newest = sa.select(sa.func.max(progress.c.day)).where(_later_ones(wanted.as_of)).correlate(quantities)
    return [newest.scalar_subquery().desc().nulls_last(), *letters]


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
    if wanted.followed:
        found.append(quantities.c.id.in_(sa.select(progress.c.target_id).where(_counting(wanted.as_of))))
    elif wanted.followed is not None:
        shown = sa.exists(sa.select(sa.literal(1)).where(_later_ones(wanted.as_of)).correlate(quantities))
        found.append(sa.not_(shown))
    return found


def _later_ones(as_of: date) -> sa.ColumnElement[bool]:
    return sa.and_(progress.c.target_id == quantities.c.id, _counting(as_of))


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
