"""What the database narrows and counts is what is judged line by line, whatever people decided."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from flows.ledger import standings
from flows.reviewing import waiting
from flows.settings import load
from models import decisions
from models.commitments import Strength
from models.decided import DecisionKind
from models.errors import WrongDecision
from models.evidence import ScheduleCode, Status
from models.facets import decided_by
from models.queries import CURRENT, count_commitments, ledger
from models.stands import Stands, conditions
from models.store import Store
from models.tracking_tables import links
from outputs.ledger import Standing

DAYS = [date(2024, 9, 1), date(2025, 7, 1), date(2026, 3, 2)]
Asked = tuple[str, dict[str, Any], Callable[[Standing, date], object]]

ASKED: list[Asked] = [
    ("all", {}, lambda one, day: True),
    *((f"{it}", {"statuses": (it,)}, lambda one, day, it=it: one.status is it) for it in (*Status, None)),
    *((f"{it}", {"schedules": (it,)}, lambda one, day, it=it: one.schedule.code is it) for it in ScheduleCode),
    *((f"{it}", {"strengths": (it,)}, lambda one, day, it=it: one.strength is it) for it in Strength),
    ("evidence", {"has_evidence": True}, lambda one, day: one.evidence),
    ("no evidence", {"has_evidence": False}, lambda one, day: not one.evidence),
    ("proposals", {"has_proposals": True}, lambda one, day: one.proposals),
    ("numbers", {"has_number": True}, lambda one, day: one.quantities),
    ("no numbers", {"has_number": False}, lambda one, day: not one.quantities),
    ("no deadline", {"has_deadline": False}, lambda one, day: one.deadline is None),
    ("assigned", {"assigned": True}, lambda one, day: one.decided.assigned_to),
    ("nobody's", {"assigned": False}, lambda one, day: not one.decided.assigned_to),
    ("somebody's", {"assigned_to": "舒望"}, lambda one, day: one.decided.assigned_to == "舒望"),
]


def decide_at_random(store: Store, now: Any, count: int = 200, seed: int = 11) -> None:
    """So many decisions of every kind; those that can't be aren't made."""
    chosen = random.Random(seed)
    promises = [row.id for row in ledger(store)]
    with store.reading() as connection:
        passages = list(connection.execute(sa.select(links.c.id).order_by(links.c.id)).scalars())
    for _ in range(count):
        kind, promise, about, values = chosen.choice(list(DecisionKind)), chosen.choice(promises), None, ()
        match kind:
            case DecisionKind.CONFIRM_LINK | DecisionKind.REJECT_LINK:
                about = chosen.choice(passages)
            case DecisionKind.SET_STATUS:
                values = (("status", chosen.choice(list(Status)).value),)
            case DecisionKind.CORRECT:
                day = chosen.choice(["none", "2025-06-30", "2025-07-01", "2026-12-31"])
                values = chosen.choice(
                    [
                        (("deadline", day),),
                        (("strength", chosen.choice(list(Strength)).value), ("deadline", day)),
                        (("promise", chosen.choice(["yes", "no"])),),
                    ]
                )
            case DecisionKind.MERGE:
                about = chosen.choice(promises)
            case DecisionKind.ASSIGN:
                values = (("to", chosen.choice(["舒望", '“"\\%_舒', ""])),)
            case DecisionKind.SNOOZE:
                values = (("until", chosen.choice(["2026-03-02", "2027-01-01", "2025-01-01"])),)
            case _:
                pass
        try:
            if kind is DecisionKind.UNDO:
                decisions.undo(store, chosen.randint(1, 100), who="舒望", now=now)
            else:
                given = {"commitment": promise, "object": about, "values": values, "why": "抽查"}
                decisions.decide(store, kind, who="舒望", now=now, **given)
        except WrongDecision:
            continue


def decide_as_days_pass(store: Store, count: int = 60) -> None:
    """Decisions on the evening before each of the days, and in its small hours."""
    for place, day in enumerate(DAYS):
        for part, hour in enumerate((-2, 2)):
            at = datetime.combine(day, time(), ZoneInfo(load().timezone)) + timedelta(hours=hour)
            decide_at_random(store, at, count, seed=10 * place + part)


def listed(store: Store, day: date, **asked: Any) -> set[str]:
    """What a list has on a day, as the database narrows it; counted, it is as many."""
    decided = decided_by(store, day, ZoneInfo(load().timezone))
    also = conditions(Stands(day, ages_after=load().ages_after_days, **asked))
    found = {row.id for row in ledger(store, also=also, decided=decided)}
    assert count_commitments(store, CURRENT, also=also, decided=decided) == len(found)
    return {str(one) for one in found}


@pytest.mark.parametrize("decided", [False, True], ids=["as found", "as decided"])
def test_the_database_narrows_as_each_line_is_judged(decided: bool, office: Any) -> None:
    if decided:
        decide_as_days_pass(office.store)
    for day in DAYS:
        judged = standings(office.store, day)
        for name, asked, fits in ASKED:
            assert listed(office.store, day, **asked) == {one.row.id for one in judged if fits(one, day)}, (name, day)


def test_a_window_of_days_counts_corrected_days(office: Any) -> None:
    decide_as_days_pass(office.store)
    for first in DAYS:
        last = first + timedelta(days=120)
        ends = {one.row.id: one.deadline.end for one in standings(office.store, first) if one.deadline}
        wanted = {id for id, end in ends.items() if end and first <= end <= last}
        assert listed(office.store, first, due_from=first, due_to=last) == wanted


def test_what_waits_for_a_person_is_what_the_command_lists(office: Any) -> None:
    decide_as_days_pass(office.store)
    for day in DAYS:
        assert listed(office.store, day, waiting=True) == {one.row.id for one in waiting(office.store, day)}


def test_counts_follow_decisions_without_counting_all_again(office: Any) -> None:
    browser, day = office.as_("viewer"), office.clock.now.date()
    asked = ["", "?status=overdue", "?assigned=*", "?waiting=yes", "?evidence=no", "?strength=firm&due_from=2025-01-01"]
    before = [browser.get(f"/ledger.json{one}").json()["total"] for one in asked]
    decide_at_random(office.store, office.clock.now, 60)
    after = [browser.get(f"/ledger.json{one}").json()["total"] for one in asked]
    assert before != after
    judged = standings(office.store, day)
    assert after[0] == len(judged)
    assert after[1] == sum(one.status is Status.OVERDUE for one in judged)
    assert after[2] == sum(bool(one.decided.assigned_to) for one in judged)
    assert after[3] == len(waiting(office.store, day))
    assert after[4] == sum(not one.evidence for one in judged)
    statuses = browser.get("/index.json").json()["statuses"]
    assert statuses["overdue"] == after[1]


def test_what_runs_brought_is_the_same_asked_at_once_and_of_each(office: Any) -> None:
    day = office.clock.now.date()
    with office.store.reading() as connection:
        last = connection.execute(sa.text("SELECT max(id) FROM runs")).scalar_one()
    found = {}
    for run in range(1, last + 1):
        for name in ("read_in", "shown_in", "moved_in"):
            wanted = Stands(day, **{name: run})
            once, each = (
                {row.id for row in ledger(office.store, also=conditions(wanted, few=f))} for f in (False, True)
            )
            assert once == each, (name, run)
            found[name] = found.get(name, 0) + len(once)
    assert found["read_in"] > 0
