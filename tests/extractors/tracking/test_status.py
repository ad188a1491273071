"""How a promise stands on a given day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.tracking.status import is_waiting, schedule_of, settled, status_of
from models.commitments import Deadline, Strength
from models.evidence import Relation, Schedule, ScheduleCode, Status

YEAR_END = Deadline("年底前", date(2024, 12, 31))
OPEN = Deadline("批复后", None)
BEFORE, AFTER = date(2024, 12, 31), date(2025, 1, 1)
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@pytest.mark.parametrize(
    ("deadline", "relations", "as_of", "status"),
    [
        pytest.param(YEAR_END, [], BEFORE, Status.NO_EVIDENCE, id="the last day still counts"),
        pytest.param(YEAR_END, [], AFTER, Status.OVERDUE, id="the day after is late"),
        pytest.param(None, [], AFTER, Status.NO_EVIDENCE, id="without a day nothing is late"),
        pytest.param(OPEN, [], AFTER, Status.NO_EVIDENCE, id="an unknown day is not late"),
        pytest.param(YEAR_END, [Relation.ADVANCES], AFTER, Status.OVERDUE, id="under way does not save it"),
        pytest.param(YEAR_END, [Relation.ADVANCES], BEFORE, Status.IN_PROGRESS, id="under way in time"),
        pytest.param(YEAR_END, [Relation.FULFILS], AFTER, Status.FULFILLED, id="late but done"),
        pytest.param(YEAR_END, [Relation.RESTATES], BEFORE, Status.NO_EVIDENCE, id="repeating proves nothing"),
        pytest.param(YEAR_END, [Relation.CONTRADICTS, Relation.FULFILS], AFTER, Status.DROPPED, id="cancelled"),
    ],
)
def test_the_status_of_a_firm_promise(
    deadline: Deadline | None, relations: list[Relation], as_of: date, status: Status
) -> None:
    assert status_of(Strength.FIRM, deadline, relations, as_of) is status


@pytest.mark.parametrize("strength", [Strength.STUDY, Strength.ENCOURAGE])
def test_a_study_or_an_encouragement_never_has_a_status(strength: Strength) -> None:
    assert status_of(strength, YEAR_END, [Relation.FULFILS], AFTER) is None


@given(DAYS, DAYS)
def test_a_schedule_counts_the_days_both_ways(end: date, as_of: date) -> None:
    schedule = schedule_of(Deadline("", end), as_of)
    assert schedule.days is not None
    step = {ScheduleCode.AHEAD: 1, ScheduleCode.PAST: -1, ScheduleCode.DUE_TODAY: 0}[schedule.code]
    assert as_of + timedelta(days=step * schedule.days) == end
    overdue = status_of(Strength.AIM, Deadline("", end), (), as_of) is Status.OVERDUE
    assert overdue == (schedule.code is ScheduleCode.PAST)


@pytest.mark.parametrize(("deadline", "code"), [(None, ScheduleCode.NO_DEADLINE), (OPEN, ScheduleCode.UNKNOWN_DAY)])
def test_without_a_day_nothing_is_counted(deadline: Deadline | None, code: ScheduleCode) -> None:
    assert schedule_of(deadline, AFTER).code is code
    assert schedule_of(deadline, AFTER).days is None


def test_what_is_kept_is_done_whatever_its_day() -> None:
    assert schedule_of(YEAR_END, AFTER, status=Status.FULFILLED).code is ScheduleCode.DONE
    assert schedule_of(None, AFTER, status=Status.FULFILLED, waiting=True).code is ScheduleCode.DONE


def test_a_promise_waits_for_its_condition_only_while_it_has_no_day() -> None:
    assert schedule_of(OPEN, AFTER, waiting=True).code is ScheduleCode.WAITING
    assert schedule_of(YEAR_END, AFTER, waiting=True).code is ScheduleCode.PAST


@pytest.mark.parametrize(
    ("relations", "waits"),
    [([], True), ([Relation.RESTATES], True), ([Relation.ADVANCES], False), ([Relation.FULFILS], False)],
)
def test_a_promise_waits_until_something_is_begun(relations: list[Relation], waits: bool) -> None:
    assert is_waiting("待专项债券下达后", relations) is waits
    assert not is_waiting(None, relations)


@pytest.mark.parametrize(("days", "code"), [(365, ScheduleCode.NO_DEADLINE), (366, ScheduleCode.AGED)])
def test_a_promise_without_a_day_ages_after_a_set_time(days: int, code: ScheduleCode) -> None:
    since = date(2024, 1, 1)
    schedule = schedule_of(None, since + timedelta(days=days), since=since, ages_after=365)
    assert schedule == Schedule(code, days if code is ScheduleCode.AGED else None)
    assert schedule_of(None, since + timedelta(days=days), since=since).code is ScheduleCode.NO_DEADLINE


PUT_OFF, DONE = (Relation.CONTRADICTS, date(2024, 5, 1)), (Relation.FULFILS, date(2025, 3, 1))


@pytest.mark.parametrize(
    ("said", "as_of", "relations"),
    [
        pytest.param([PUT_OFF, DONE], date(2025, 3, 1), [Relation.FULFILS], id="done after all"),
        pytest.param([PUT_OFF, DONE], date(2025, 2, 28), [Relation.CONTRADICTS], id="not known yet"),
        pytest.param([(DONE[0], PUT_OFF[1]), (PUT_OFF[0], DONE[1])], AFTER, [Relation.FULFILS], id="not withdrawn yet"),
        pytest.param(
            [(DONE[0], PUT_OFF[1]), (PUT_OFF[0], DONE[1])], date(2025, 6, 1), [Relation.FULFILS, Relation.CONTRADICTS],
            id="withdrawn after it was done",
        ),
        pytest.param([(Relation.ADVANCES, None)], date(2000, 1, 1), [Relation.ADVANCES], id="undated is always known"),
    ],
)  # fmt: skip
def test_a_withdrawal_holds_until_a_later_paper_shows_it_done(
    said: list[tuple[Relation, date | None]], as_of: date, relations: list[Relation]
) -> None:
    assert list(settled(said, as_of)) == relations
