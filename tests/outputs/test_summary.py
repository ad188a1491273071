"""The figures of the report add up, and each list holds what its name says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from models.evidence import Certainty, Schedule, ScheduleCode, Status
from outputs.ledger import Ledger, Standing
from outputs.summary import NO_UNIT, by_class, by_unit, changed, due_soon, latest, overdue, tally, unit_of, with_place


def test_units_and_classes_add_up_to_the_whole(full_ledger: Ledger) -> None:
    whole = tally(full_ledger.standings)
    assert whole.tracked + whole.registered == len(full_ledger.standings)
    for groups in (by_unit(full_ledger.standings), by_class(full_ledger.standings)):
        for status in Status:
            assert sum(counted.of(status) for _, counted in groups) == whole.of(status)


def test_shares_are_of_the_promises_that_can_be_kept_or_missed(full_ledger: Ledger) -> None:
    whole = tally(full_ledger.standings)
    assert (whole.tracked, whole.registered) == (5, 1)
    assert whole.share(Status.NO_EVIDENCE) == 0.4
    assert tally([]).share(Status.FULFILLED) is None


def test_a_promise_whose_number_was_lowered_is_among_the_changed_whatever_its_status(full_ledger: Ledger) -> None:
    assert [one.status for one in changed(full_ledger.standings)] == [Status.OVERDUE, Status.DROPPED]


def test_an_unsure_alarm_changes_nothing(full_ledger: Ledger) -> None:
    first = full_ledger.standings[0]
    unsure = replace(first, alarms=tuple(replace(alarm, certainty=Certainty.PROPOSED) for alarm in first.alarms))
    assert changed([unsure]) == []


def test_what_falls_due_is_soonest_first_and_leaves_out_what_is_kept(make_standing: Callable[..., Standing]) -> None:
    def due(days: int, status: Status, code: ScheduleCode = ScheduleCode.AHEAD) -> Standing:
        return replace(make_standing(), status=status, schedule=Schedule(code, days))

    kept, far = due(3, Status.FULFILLED), due(31, Status.NO_EVIDENCE)
    later, today = due(30, Status.IN_PROGRESS), due(0, Status.NO_EVIDENCE, ScheduleCode.DUE_TODAY)
    assert due_soon([kept, far, later, today], 30) == [today, later]


def test_what_is_overdue_is_longest_first(make_standing: Callable[..., Standing]) -> None:
    days = [5, 400, 61]
    found = overdue([replace(make_standing(), schedule=Schedule(ScheduleCode.PAST, one)) for one in days])
    assert [one.days_overdue for one in found] == [400, 61, 5]


def test_the_newest_sure_number_of_a_target_is_shown(full_ledger: Ledger) -> None:
    newest = full_ledger.progress[0]
    older = replace(newest, day=date(2025, 8, 1))
    unsure = replace(newest, day=date(2025, 12, 1), certainty=Certainty.PROPOSED)
    undated = replace(newest, day=None)
    assert latest([older, newest, unsure, undated]) == [newest]


def test_a_promise_without_a_unit_is_counted_all_the_same(make_standing: Callable[..., Standing]) -> None:
    one = make_standing(unit="")
    document = replace(one.row.document, identity=replace(one.row.document.identity, lead_unit=None))
    assert unit_of(replace(one, row=replace(one.row, document=document))) == NO_UNIT


def test_a_unit_is_one_whether_it_is_printed_with_its_place_or_not() -> None:
    assert with_place("县教育局", "河东省青石市柳湾县") == "柳湾县教育局"
    assert with_place("市中区教育局", "市中区") == "市中区教育局"
    assert with_place("区教育局", "柳湾县") == "区教育局"


@given(st.text(min_size=1), st.none() | st.text())
def test_naming_a_unit_never_fails(unit: str, region: str | None) -> None:
    assert with_place(unit, region)
