"""Which records a list is to show, and in which order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from models.commitments import Strength
from models.documents import Body, Kind
from models.ids import DocumentId
from models.quantities import Role
from models.runs import Outcome, RunId
from models.standing_tables import standings
from models.tables import commitments, documents, quantities, run_items

Conditions = list[sa.ColumnElement[bool]]


class Sort(StrEnum):
    """The order of a list: newest document first (then as in the text), nearest deadline, firmest, file name."""

    DOCUMENT = "document"
    DEADLINE = "deadline"
    STRENGTH = "strength"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list is narrowed to; what is left out doesn't narrow. Several values of one field: any of them.

    Of the document: `kinds`, `addressed_to`, `units` (part of the lead unit's or a responsible unit's name), `region`
    (part of its name), `led_by` (exactly the replying unit and its place, as printed), `classes` (None: it bears none)
    and `numbers` as printed, `year` of its date, `documents` by id, `taken_in` by a run as new or as a
    new version, `co_reply`, `current` (None: superseded documents too).
    Of the record: `strengths`, `roles`, `has_deadline`, `due_from` and `due_to` (both included), `conditional`,
    `flagged`, `confident` (at least), `contains` (part of the quotation), `rules` that read it.
    """

    kinds: tuple[Kind, ...] = ()
    addressed_to: Body | None = None
    units: tuple[str, ...] = ()
    region: str | None = None
    led_by: tuple[tuple[str | None, str | None], ...] | None = None
    classes: tuple[str | None, ...] = ()
    numbers: tuple[str, ...] = ()
    year: int | None = None
    documents: tuple[DocumentId, ...] = ()
    taken_in: RunId | None = None
    co_reply: bool | None = None
    current: bool | None = True
    strengths: tuple[Strength, ...] = ()
    roles: tuple[Role, ...] = ()
    has_deadline: bool | None = None
    due_from: date | None = None
    due_to: date | None = None
    conditional: bool | None = None
    flagged: bool | None = None
    confident: float | None = None
    contains: str | None = None
    rules: tuple[str, ...] = ()


CURRENT = Filter()
_ACTORS = sa.cast(commitments.c.responsible, sa.Text)


def of_documents(wanted: Filter, *, units_too: bool = True) -> Conditions:
    """The conditions on documents."""
    table = documents.c
    found: Conditions = []
    if wanted.current is not None:
        found.append(table.current.is_(wanted.current))
    if wanted.co_reply is not None:
        found.append(table.co_reply.is_(wanted.co_reply))
    if wanted.addressed_to is not None:
        found.append(table.addressed_to == wanted.addressed_to)
    if wanted.region:
        found.append(table.region.contains(wanted.region, autoescape=True))
    if wanted.year is not None:
        found.append(table.date.between(date(wanted.year, 1, 1), date(wanted.year, 12, 31)))
    if wanted.units and units_too:
        found.append(sa.or_(*(_holds(table.lead_unit, unit) for unit in wanted.units)))
    if wanted.led_by is not None:
        found.append(sa.or_(sa.false(), *(_led(unit, place) for unit, place in wanted.led_by)))
    if wanted.taken_in is not None:
        found.append(table.id.in_(taken_in(wanted.taken_in)))
    if wanted.classes:
        named = table.result_class.in_([one for one in wanted.classes if one is not None])
        found.append(sa.or_(named, table.result_class.is_(None)) if None in wanted.classes else named)
    for column, values in (
        (table.kind, wanted.kinds),
        (table.number, wanted.numbers),
        (table.id, wanted.documents),
    ):
        if values:
            found.append(column.in_(values))
    return found


def taken_in(run: RunId) -> sa.Select[tuple[str]]:
    """The ids of the documents that a run took in, as new or as a new version."""
    fresh = run_items.c.outcome.in_((Outcome.NEW, Outcome.NEW_VERSION))
    return sa.select(run_items.c.document_id).where(
        run_items.c.run_id == run, fresh, run_items.c.document_id.is_not(None)
    )


def of_commitments(wanted: Filter) -> Conditions:
    """The conditions on commitments and their documents."""
    found = of_documents(wanted, units_too=False) + of_promises(wanted)
    if wanted.units:
        found.append(sa.or_(*(_holds(c, unit) for unit in wanted.units for c in (documents.c.lead_unit, _ACTORS))))
    return found


def of_listed(wanted: Filter) -> Conditions:
    """The same conditions for lists, put upon what is kept of the promises wherever that says it (`standings`)."""
    table = standings.c
    found = _holders(replace(wanted, current=None, year=None, units=(), documents=()))
    if wanted.year is not None:
        first, last = date(wanted.year, 1, 1), date(wanted.year, 12, 31)
        found.append(table.written.between(first.toordinal(), last.toordinal()))
    if wanted.units:
        led = _holders(Filter(current=None, units=wanted.units))
        found.append(sa.or_(*led, by_actors(wanted)))
    if wanted.strengths:
        found.append(table.wording.in_(wanted.strengths))
    if wanted.due_from or wanted.due_to:
        since, until = wanted.due_from or date.min, wanted.due_to or date.max
        found.append(table.ends.between(since.toordinal(), until.toordinal()))
    if wanted.documents:
        found.append(table.document_id.in_(wanted.documents))
    return found + of_promises(replace(wanted, strengths=(), due_from=None, due_to=None))


def _holders(wanted: Filter) -> Conditions:
    """That the document is one of those; found once, however many promises are asked."""
    asked = of_documents(wanted)
    return [standings.c.document_id.in_(sa.select(documents.c.id).where(*asked).correlate(None))] if asked else []


def of_promises(wanted: Filter) -> Conditions:
    """The conditions on commitments by themselves; `units` is left to the caller."""
    table = commitments.c
    found = _of_record(wanted, commitments)
    if wanted.strengths:
        found.append(table.strength.in_(wanted.strengths))
    if wanted.has_deadline is not None:
        found.append(table.deadline_text.is_not(None) if wanted.has_deadline else table.deadline_text.is_(None))
    if wanted.conditional is not None:
        found.append(table.condition.is_not(None) if wanted.conditional else table.condition.is_(None))
    return found + _due(wanted, table.deadline_end)


def by_actors(wanted: Filter) -> sa.ColumnElement[bool]:
    """That a promise names one of the filter's units as responsible."""
    return sa.or_(sa.false(), *(_holds(sa.cast(standings.c.actors, sa.Text), unit) for unit in wanted.units))


def of_quantities(wanted: Filter) -> Conditions:
    """The conditions on quantities and their documents."""
    return of_documents(wanted) + of_numbers(wanted)


def of_numbers(wanted: Filter) -> Conditions:
    """The conditions on quantities by themselves."""
    table = quantities.c
    found = _of_record(wanted, quantities)
    if wanted.roles:
        found.append(table.role.in_(wanted.roles))
    if wanted.has_deadline is not None:
        found.append(table.deadline.is_not(None) if wanted.has_deadline else table.deadline.is_(None))
    return found + _due(wanted, table.deadline)


def of_quoted(wanted: Filter, table: sa.Table) -> Conditions:
    """The conditions on records that are a quotation and little more: declined points, requests."""
    return of_documents(wanted) + of_quotation(wanted, table)


def of_quotation(wanted: Filter, table: sa.Table) -> Conditions:
    """The conditions on such records by themselves."""
    return _of_record(wanted, table)


def order(sort: Sort, table: sa.Table) -> list[Any]:
    """The order of records, the last keys making it the same on every database."""
    newest = [documents.c.date.desc().nulls_last(), documents.c.id, table.c.position]
    deadline = table.c.get("deadline_end", table.c.get("deadline"))
    if sort is Sort.DEADLINE and deadline is not None:
        return [deadline.is_(None), deadline, table.c.document_id, table.c.position]  # as the index list_due has them
    if sort is Sort.STRENGTH and "strength" in table.c:
        rank = {strength: place for place, strength in enumerate(Strength)}
        return [sa.case(*((table.c.strength == s, r) for s, r in rank.items())), *newest]
    return [documents.c.name, documents.c.id, table.c.position] if sort is Sort.NAME else newest


def _of_record(wanted: Filter, table: sa.Table) -> Conditions:
    found: Conditions = []
    if wanted.contains:
        found.append(table.c.text.contains(wanted.contains, autoescape=True))
    if wanted.confident is not None and "confidence" in table.c:
        found.append(table.c.confidence >= wanted.confident)
    if wanted.rules and "rule" in table.c:
        found.append(table.c.rule.in_(wanted.rules))
    if wanted.flagged is not None and "flags" in table.c:
        empty = sa.cast(table.c.flags, sa.Text) == "[]"
        found.append(sa.not_(empty) if wanted.flagged else empty)
    return found


def _due(wanted: Filter, deadline: sa.ColumnElement[date]) -> Conditions:
    found: Conditions = []
    if wanted.due_from:
        found.append(deadline >= wanted.due_from)
    if wanted.due_to:
        found.append(deadline <= wanted.due_to)
    return found


def _led(unit: str | None, place: str | None) -> sa.ColumnElement[bool]:
    return sa.and_(documents.c.lead_unit.is_not_distinct_from(unit), documents.c.region.is_not_distinct_from(place))


def _holds(column: sa.ColumnElement[Any], part: str) -> sa.ColumnElement[bool]:
    return column.contains(part, autoescape=True)
