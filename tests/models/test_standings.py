"""What is kept of how promises stand is what decisions and evidence come to, whoever changed it last."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa

from flows.ledger import standings as standings_of_day
from flows.statuses import statuses
from models import decisions, following
from models.decided import DecisionKind
from models.documents import Span
from models.evidence import COMPLETES, Between, Certainty, Link, Paper, Relation, Status
from models.extraction import Extraction
from models.filters import CURRENT, Filter
from models.ids import RecordId
from models.queries import count_commitments, ledger
from models.rows import document_id
from models.standing_tables import PRESENT, standings
from models.standings import find_differences, stand, stand_again
from models.stands import Stands, conditions
from models.store import Store, open_store
from models.tracking_tables import links

Letter = Callable[..., Extraction]
Save = Callable[..., object]
FIRST = date(2026, 4, 1)


def paper(extraction: Extraction) -> Paper:
    return Paper(document_id(extraction.document.text), extraction)


def tell(
    store: Store, earlier: Paper, told: list[tuple[Relation, int]], flags: dict[int, tuple[str, ...]] | None = None
) -> None:
    """Later papers say so of the first promise, each some days after the first of April; `flags` by their number."""
    for number, (relation, days) in enumerate(told):
        with store.writing() as connection:
            later = paper_of(store, number)
            span = later.extraction.units[2].span
            day = FIRST + timedelta(days=days)
            quoted = Span(span.start, span.end, span.text)
            said = (flags or {}).get(number, ())
            found = Link(0, 2, quoted, relation, Certainty.SURE, day, 0.9, (), (), said)
            following.keep_between(connection, [Between(earlier, later, (found,))])


def paper_of(store: Store, number: int) -> Paper:
    return PAPERS[number]


PAPERS: list[Paper] = []


@pytest.fixture
def register(store: Store, save: Save, letter: Letter) -> Store:
    """A promise, and six later papers that may speak of it."""
    PAPERS[:] = []
    save(letter(1))
    for number in range(2, 8):
        later = letter(number, count=number * 10)
        save(later)
        PAPERS.append(paper(later))
    return store


def differences(store: Store) -> list[str]:
    with store.reading() as connection:
        return list(find_differences(connection))


def status_on(store: Store, day: date, promise: RecordId) -> Status | None:
    """How it stands, as lists have it."""
    for status in (*Status, None):
        also = conditions(Stands(day, statuses=(status,), ids=(promise,)))
        if ledger(store, also=also):
            return status
    raise AssertionError(day)


def test_a_promise_is_withdrawn_and_kept_by_turns(register: Store, letter: Letter) -> None:
    mine = paper(letter(1))
    gone, done = Relation.CONTRADICTS, Relation.FULFILS
    tell(register, mine, [(gone, 10), (done, 20), (gone, 30), (done, 40), (gone, 50), (Relation.ADVANCES, 5)])
    (promise,) = (row.id for row in ledger(register, Filter(documents=(mine.id,))))
    days = {0: Status.NO_EVIDENCE, 5: Status.IN_PROGRESS, 10: Status.DROPPED, 19: Status.DROPPED, 20: Status.FULFILLED}
    days |= {29: Status.FULFILLED, 30: Status.DROPPED, 39: Status.DROPPED, 40: Status.FULFILLED, 50: Status.DROPPED}
    assert {n: status_on(register, FIRST + timedelta(days=n), promise) for n in days} == days
    assert differences(register) == []


def test_what_was_so_before_a_decision_can_still_be_counted(register: Store, letter: Letter, now: datetime) -> None:
    mine = paper(letter(1))
    (promise,) = (row.id for row in ledger(register, Filter(documents=(mine.id,))))
    overdue = conditions(Stands(date(2027, 1, 1), statuses=(Status.OVERDUE,)))
    kept = {"commitment": promise, "who": "王五", "now": now}
    first = decisions.decide(register, DecisionKind.CORRECT, values=(("deadline", "2028-01-01"),), **kept)  # type: ignore[arg-type]
    second = decisions.decide(register, DecisionKind.CORRECT, values=(("deadline", "2026-05-01"),), **kept)  # type: ignore[arg-type]
    counted = [
        count_commitments(register, CURRENT, also=overdue, decided=last)
        for last in (0, first.id - 1, first.id, second.id - 1, second.id, second.id + 9)
    ]
    assert counted == [7, 7, 6, 6, 7, 7]
    decisions.undo(register, second.id, who="王五", now=now)
    assert count_commitments(register, CURRENT, also=overdue) == 6
    assert differences(register) == []


def test_what_completes_a_promise_only_advances_it_once_a_part_is_rejected(
    register: Store, letter: Letter, now: datetime
) -> None:
    mine, day = paper(letter(1)), FIRST + timedelta(days=30)
    tell(register, mine, [(Relation.ADVANCES, 5), (Relation.FULFILS, 20)], {1: (COMPLETES,)})
    (promise,) = (row.id for row in ledger(register, Filter(documents=(mine.id,))))
    assert stands_everywhere(register, day, promise) == {Status.FULFILLED}
    with register.reading() as connection:
        first, last = connection.execute(sa.select(links.c.id).order_by(links.c.day)).scalars()
    kept = {"commitment": promise, "who": "王五", "now": now}
    rejected = decisions.decide(register, DecisionKind.REJECT_LINK, object=first, **kept)  # type: ignore[arg-type]
    assert stands_everywhere(register, day, promise) == {Status.IN_PROGRESS}
    decisions.decide(register, DecisionKind.CONFIRM_LINK, object=last, **kept)  # type: ignore[arg-type]
    assert stands_everywhere(register, day, promise) == {Status.FULFILLED}
    decisions.undo(register, rejected.id, who="王五", now=now)
    assert stands_everywhere(register, day, promise) == {Status.FULFILLED}
    assert differences(register) == []


def stands_everywhere(store: Store, day: date, promise: RecordId) -> set[Status | None]:
    """How it stands, as lists have it, as its page does, and as the night does."""
    (shown,) = (one.status for one in standings_of_day(store, day) if one.row.id == promise)
    return {status_on(store, day, promise), shown, statuses(store, day)[promise]}


def test_evidence_counts_while_its_paper_is_there(
    register: Store, letter: Letter, file: Callable[..., object], save: Save
) -> None:
    mine = paper(letter(1))
    tell(register, mine, [(Relation.FULFILS, 10)])
    also = conditions(Stands(date(2026, 6, 1), statuses=(Status.FULFILLED,)))
    assert len(ledger(register, also=also)) == 1
    teller = PAPERS[0].extraction
    save(letter(20, count=77), path=f"/inbox/{teller.document.name}")  # its file holds another letter now
    assert ledger(register, also=also) == []
    assert differences(register) == []
    save(teller, path="/inbox/again.txt")
    assert len(ledger(register, also=also)) == 1
    assert differences(register) == []


def test_what_was_changed_by_hand_is_found_and_reckoned_again(register: Store) -> None:
    with register.writing() as connection:
        connection.execute(sa.update(standings).where(standings.c.position == 0).values(fulfilled=1))
    assert len(differences(register)) == 7
    with register.writing() as connection:
        assert stand_again(connection) == 7
    assert differences(register) == []


def test_how_a_promise_stood_is_known_after_it_was_read_anew_and_after_an_upgrade(
    register: Store, url: str, letter: Letter, now: datetime
) -> None:
    mine = paper(letter(1))
    (promise,) = (row.id for row in ledger(register, Filter(documents=(mine.id,))))
    kept = {"commitment": promise, "who": "王五", "now": now}
    first = decisions.decide(register, DecisionKind.ASSIGN, values=(("to", "赵六"),), **kept)  # type: ignore[arg-type]
    second = decisions.decide(register, DecisionKind.ASSIGN, values=(("to", "孙七"),), **kept)  # type: ignore[arg-type]
    decisions.undo(register, first.id, who="王五", now=now)
    assigned = {to: conditions(Stands(FIRST, assigned_to=to)) for to in ("赵六", "孙七")}

    def counted(store: Store) -> list[list[int]]:
        lasts = (0, first.id, second.id, second.id + 1)
        return [[count_commitments(store, CURRENT, also=one, decided=n) for n in lasts] for one in assigned.values()]

    as_it_was = [[0, 1, 0, 0], [0, 0, 1, 1]]
    assert counted(register) == as_it_was
    with register.writing() as connection:
        stand(connection, documents=[mine.id])
    assert (counted(register), differences(register)) == (as_it_was, [])
    with register.writing() as connection:  # as programs before schema 0019 left it
        connection.execute(sa.delete(standings).where(standings.c.until < PRESENT))
        connection.execute(sa.update(standings).values(since=0))
        for name in ("search_index_names", "search_index_facts"):  # of schema 0020
            connection.execute(sa.text(f"DROP TABLE IF EXISTS {name}"))
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '0018'"))
    assert differences(register) == [promise]
    with open_store(url) as upgraded:
        assert (counted(upgraded), differences(upgraded)) == (as_it_was, [])
