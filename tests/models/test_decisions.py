"""What people decide: records of their own, that hold, can be taken back, and survive a new reading."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from models.decided import Decision, DecisionKind, corrected_deadline, fold_decisions
from models.decisions import decide, decided, history, undo
from models.errors import ConflictingReview, WrongDecision
from models.evidence import Between, Certainty, Link, Paper, Relation, Status
from models.extraction import Extraction
from models.following import keep_between
from models.ids import RecordId
from models.queries import ledger
from models.rows import document_id
from models.store import Store
from models.tracking_tables import decisions, links

Letter = Callable[..., Extraction]
Save = Callable[..., object]


@pytest.fixture
def promise(store: Store, save: Save, letter: Letter) -> RecordId:
    """The promise of a letter."""
    save(letter(1))
    return ledger(store)[0].id


def link_id(store: Store, letter: Letter, save: Save) -> str:
    """A link between the letter's promise and another letter."""
    reply, later = letter(1), letter(2, thing="路灯")
    save(later)
    span = later.units[2].span
    found = Link(0, 2, span, Relation.ADVANCES, Certainty.PROPOSED, date(2026, 5, 1), 0.5, (), ())
    with store.writing() as connection:
        mine, other = (Paper(document_id(one.document.text), one) for one in (reply, later))
        keep_between(connection, [Between(mine, other, (found,))])
        return str(connection.execute(sa.select(links.c.id)).scalar_one())


def test_the_last_status_holds_and_all_of_them_stay(store: Store, promise: RecordId, now: datetime) -> None:
    for status in (Status.FULFILLED, Status.DROPPED):
        values = (("status", status.value), ("source", "电话"))
        decide(store, DecisionKind.SET_STATUS, who="李", now=now, commitment=promise, values=values, why="核实")
    assert decided(store)[promise].decided_status is Status.DROPPED
    assert [dict(one.values)["status"] for one in history(store, promise)] == ["fulfilled", "dropped"]


def test_what_is_taken_back_no_longer_holds_and_what_held_before_does_again(
    store: Store, promise: RecordId, now: datetime
) -> None:
    for status in (Status.FULFILLED, Status.DROPPED):
        values = (("status", status.value),)
        last = decide(store, DecisionKind.SET_STATUS, who="李", now=now, commitment=promise, values=values, why="核实")
    back = undo(store, last.id, who="王", now=now + timedelta(days=1), why="看错了")
    assert decided(store)[promise].decided_status is Status.FULFILLED
    assert history(store, promise)[-1] == back
    for number in (last.id, back.id, 99):
        with pytest.raises(WrongDecision):
            undo(store, number, who="王", now=now)


def test_a_verdict_on_a_link_is_remembered_when_the_link_is_found_again(
    store: Store, promise: RecordId, letter: Letter, save: Save, now: datetime
) -> None:
    link = link_id(store, letter, save)
    made = decide(store, DecisionKind.REJECT_LINK, who="李", now=now, object=link)
    assert made.commitment == promise
    with store.writing() as connection:
        connection.execute(sa.delete(links))
    assert link_id(store, letter, save) == link
    assert decided(store)[promise].verdict(link) is False
    decide(store, DecisionKind.CONFIRM_LINK, who="李", now=now, object=link)
    assert decided(store)[promise].verdict(link) is True


def test_decisions_survive_another_reading_of_the_letter(
    store: Store, promise: RecordId, letter: Letter, save: Save, now: datetime
) -> None:
    decide(store, DecisionKind.NOTE, who="李", now=now, commitment=promise, why="已与承办科室联系")
    first = letter(1).commitments[0]
    save(replace(letter(1), commitments=(replace(first, rule="another_rule", confidence=0.5),)), extractor="2")
    assert ledger(store)[0].id == promise
    assert [one.why for one in decided(store)[promise].notes] == ["已与承办科室联系"]


def test_corrections_assignment_snooze_and_merge_are_read_back(
    store: Store, promise: RecordId, letter: Letter, save: Save, now: datetime
) -> None:
    save(letter(5, thing="候车亭"))
    other = next(row.id for row in ledger(store) if row.id != promise)
    for kind, object, values in (
        (DecisionKind.CORRECT, None, (("deadline", "2026-06-30"), ("strength", "aim"))),
        (DecisionKind.CORRECT, None, (("promise", "no"),)),
        (DecisionKind.ASSIGN, None, (("to", "王五"),)),
        (DecisionKind.SNOOZE, None, (("until", "2026-09-01"),)),
        (DecisionKind.MERGE, other, ()),
    ):
        decide(store, kind, who="李", now=now, commitment=promise, object=object, values=values)
    known = decided(store, [promise])[promise]
    deadline = corrected_deadline(known.corrected["deadline"][0])
    assert deadline is not None
    assert deadline.end == date(2026, 6, 30)
    assert (known.is_promise, known.assigned_to, known.snoozed_until) == (False, "王五", date(2026, 9, 1))
    assert (known.merged_into, known.reviewed) == (other, True)


@pytest.mark.parametrize(
    ("kind", "values", "why"),
    [
        pytest.param(DecisionKind.SET_STATUS, (("status", "done"),), "核实", id="an unknown status"),
        pytest.param(DecisionKind.SET_STATUS, (("status", "fulfilled"),), "", id="a status without a reason"),
        pytest.param(DecisionKind.CORRECT, (("text", "改了"),), "", id="the quotation itself"),
        pytest.param(DecisionKind.CORRECT, (("deadline", "2026-02-30"),), "", id="a day that doesn't exist"),
        pytest.param(DecisionKind.SNOOZE, (("until", "明天"),), "", id="no date"),
        pytest.param(DecisionKind.MERGE, (), "", id="merged into nothing"),
        pytest.param(DecisionKind.NOTE, (), " ", id="an empty note"),
    ],
)
def test_a_decision_that_says_nothing_usable_is_refused(
    store: Store, promise: RecordId, now: datetime, kind: DecisionKind, values: tuple[tuple[str, str], ...], why: str
) -> None:
    with pytest.raises(WrongDecision):
        decide(store, kind, who="李", now=now, commitment=promise, values=values, why=why)
    assert history(store, promise) == []


def test_a_decision_needs_a_person_and_something_that_exists(store: Store, promise: RecordId, now: datetime) -> None:
    with pytest.raises(WrongDecision):
        decide(store, DecisionKind.NOTE, who=" ", now=now, commitment=promise, why="好")
    with pytest.raises(WrongDecision):
        decide(store, DecisionKind.NOTE, who="李", now=now, commitment=RecordId("0" * 16), why="好")
    with pytest.raises(WrongDecision):
        decide(store, DecisionKind.CONFIRM_LINK, who="李", now=now, object="0" * 16)


def test_whoever_has_not_seen_the_last_decision_is_told_of_it(store: Store, promise: RecordId, now: datetime) -> None:
    first = decide(store, DecisionKind.NOTE, who="李", now=now, commitment=promise, why="好", seen=0)
    with pytest.raises(ConflictingReview, match="李"):
        decide(store, DecisionKind.NOTE, who="王", now=now, commitment=promise, why="不好", seen=0)
    decide(store, DecisionKind.NOTE, who="王", now=now, commitment=promise, why="不好", seen=first.id)
    assert len(history(store, promise)) == 2


def test_a_number_is_never_given_twice(store: Store, promise: RecordId, now: datetime) -> None:
    first = decide(store, DecisionKind.NOTE, who="李", now=now, commitment=promise, why="好")
    with store.writing() as connection:
        connection.execute(sa.delete(decisions))
    assert decide(store, DecisionKind.NOTE, who="李", now=now, commitment=promise, why="好").id > first.id


def test_who_only_puts_a_promise_off_has_answered_nothing() -> None:
    now = datetime(2026, 6, 1, tzinfo=UTC)
    one = RecordId("a" * 16)

    def made(number: int, kind: DecisionKind, undoes: int | None = None, **values: str) -> Decision:
        return Decision(number, now, "田主任", kind, one, None, tuple(values.items()), "", undoes)

    put_off = made(1, DecisionKind.SNOOZE, until="2026-09-01")
    back = made(2, DecisionKind.UNDO, 1)
    noted = made(3, DecisionKind.NOTE, text="看过")
    for known, answered in (([put_off], False), ([put_off, back], False), ([put_off, back, noted], True)):
        assert fold_decisions(known)[one].answered is answered
