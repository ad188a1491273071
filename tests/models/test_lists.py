"""Lists are counted from an index of what is kept of promises, and count what they show."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from models import decisions
from models.commitments import Strength
from models.decided import DecisionKind
from models.evidence import ScheduleCode, Status
from models.extraction import Extraction
from models.facets import last_decision
from models.filters import Filter
from models.queries import count_commitments, ledger
from models.standing_tables import INDEXED, standings
from models.stands import Stands, conditions
from models.store import Store, open_store
from tests.models.test_facts import FILTERS, LETTERS, described, keep

DAY = date(2027, 6, 30)
FROM_AN_INDEX = {
    "all": (Filter(), Stands(DAY)),
    "a year and a strength": (Filter(year=2025), Stands(DAY, strengths=(Strength.FIRM,))),
    "overdue": (Filter(), Stands(DAY, statuses=(Status.OVERDUE,))),
    "any status": (Filter(), Stands(DAY, statuses=(*Status, None))),
    "registered": (Filter(), Stands(DAY, statuses=(None,))),
    "past its day": (Filter(), Stands(DAY, schedules=(ScheduleCode.PAST, ScheduleCode.DONE))),
    "due in a while": (Filter(), Stands(DAY, due_from=date(2026, 1, 1), due_to=date(2026, 12, 31))),
    "due as read": (Filter(due_from=date(2026, 1, 1)), Stands(DAY)),
    "with number and evidence": (Filter(), Stands(DAY, has_number=True, has_evidence=False)),
    "assigned to somebody": (Filter(), Stands(DAY, assigned_to="王五")),
    "assigned to nobody": (Filter(), Stands(DAY, assigned=False)),
    "waiting": (Filter(), Stands(DAY, waiting=True)),
    "waiting, with alarms": (Filter(), Stands(DAY, waiting=True, has_alarms=True)),
    "not waiting": (Filter(), Stands(DAY, waiting=False)),
    "to be checked": (Filter(), Stands(DAY, checkable=True)),
}


@pytest.fixture
def register(store: Store, letter: Callable[..., Extraction], now: datetime) -> Store:
    """Letters of other places, units, years and classes, and what people decided about some of their promises."""
    for number, facts in enumerate(LETTERS):
        keep(store, described(letter(number), *facts), now)
    kinds = (
        (DecisionKind.ASSIGN, (("to", "王五"),)),
        (DecisionKind.SET_STATUS, (("status", "overdue"),)),
        (DecisionKind.CORRECT, (("strength", "study"),)),
        (DecisionKind.CORRECT, (("deadline", "2028-01-01"),)),
    )
    for (kind, values), row in zip(kinds, ledger(store), strict=False):
        decisions.decide(store, kind, values=values, commitment=row.id, who="王五", why="电话核实", now=now)
    return store


def test_a_narrowed_list_counts_what_it_shows(register: Store) -> None:
    last = last_decision(register)
    for reason, within in FILTERS.items():
        shown = len(ledger(register, within, also=[]))
        assert count_commitments(register, within, also=[]) == shown, reason
        assert count_commitments(register, within, also=[], decided=last) == shown, reason


def test_a_count_of_now_is_the_count_of_the_last_decision(register: Store) -> None:
    last = last_decision(register)
    for reason, (within, stands) in FROM_AN_INDEX.items():
        also = conditions(stands)
        now = count_commitments(register, within, also=also)
        assert now == count_commitments(register, within, also=also, decided=last), reason
        assert now == len(ledger(register, within, also=also)), reason


def test_all_letters_are_counted_where_the_filter_says_so(register: Store) -> None:
    for current in (True, False, None):
        shown = len(ledger(register, Filter(current=current), also=[]))
        assert count_commitments(register, Filter(current=current), also=[]) == shown


@pytest.mark.parametrize("reason", FROM_AN_INDEX)
def test_sqlite_counts_without_reading_rows(embedded: Store, reason: str) -> None:
    within, stands = FROM_AN_INDEX[reason]
    with watched(embedded) as asked:
        count_commitments(embedded, within, also=conditions(stands))
    (statement, parameters) = next(one for one in asked if one[0].startswith("SELECT count"))
    with embedded.reading() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
    assert any("standings USING COVERING INDEX list_" in row.detail for row in plan), plan


def test_the_index_of_lists_has_what_is_said_of_it(embedded: Store) -> None:
    with embedded.reading() as connection:
        held = {row.name for row in connection.exec_driver_sql("PRAGMA index_info(list_written)")}
    assert held >= INDEXED
    assert set(standings.c.keys()) >= INDEXED


@pytest.fixture
def embedded(tmp_path: Any) -> Iterator[Store]:
    """An empty embedded store."""
    with open_store(f"sqlite:///{tmp_path}/duban.db") as store:
        yield store


@contextmanager
def watched(store: Store) -> Iterator[list[tuple[str, Any]]]:
    """The statements that are carried out meanwhile."""
    found: list[tuple[str, Any]] = []
    with store.reading() as connection:
        engine = connection.engine

    def note(_connection: object, _cursor: object, statement: str, parameters: object, *_more: object) -> None:
        found.append((statement, parameters))

    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)
