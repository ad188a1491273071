"""Figures and places in long lists that are known beforehand are those that counting and skipping would give."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from flows.listing import Listing
from flows.preparing import mark, prepare, prepared
from flows.settings import load
from models.commitments import Strength
from models.decided import DecisionKind
from models.decisions import decide
from models.evidence import Status
from models.filters import CURRENT, Filter, Sort
from models.queries import ledger
from models.standing_tables import figures
from models.standings import stand_again
from models.stands import Stands, conditions
from models.store import Store
from outputs.web.overview import read_figures
from tests.outputs.web.test_stands import decide_at_random

DAY = date(2026, 3, 2)
LISTS = {
    "all": (CURRENT, Stands(DAY)),
    "overdue": (CURRENT, Stands(DAY, statuses=(Status.OVERDUE, Status.NO_EVIDENCE))),
    "a unit's": (Filter(units=("局",)), Stands(DAY)),
    "of a session": (CURRENT, Stands(DAY, termless=False, strengths=(Strength.FIRM,))),
    "with a word": (Filter(contains="建"), Stands(DAY)),
}


def listing(store: Store, folder: Path) -> Listing:
    """Lists that use marks behind their first lines."""
    return Listing(store, folder, far=3, apart=2)


def assert_pages_are_whole(lists: Listing, size: int = 23) -> None:
    """Every page of every list in every order, from the last to the first, as skipping lines gives it."""
    for within, stands in LISTS.values():
        for sort in Sort:
            also = conditions(stands)
            whole = [row.id for row in ledger(lists.store, within, sort=sort, also=also)]
            assert lists.count(within, stands) == len(whole)
            for offset in range((len(whole) // size) * size, -1, -size):
                page = lists.page(within, stands, sort, limit=size, offset=offset)
                assert [one.row.id for one in page] == whole[offset : offset + size], (within, stands, sort, offset)


@pytest.mark.parametrize("surveyed", [True, False], ids=["marked all along", "marked by looking"])
def test_a_page_is_the_same_from_a_mark_whatever_is_decided_meanwhile(
    surveyed: bool, office: Any, tmp_path: Path
) -> None:
    lists = listing(office.store, tmp_path)
    if surveyed:
        for within, stands in LISTS.values():
            for sort in Sort:
                lists.survey(within, stands, sort)
    assert_pages_are_whole(lists)
    for _ in range(2):
        decide_at_random(office.store, office.clock.now, 30)
        assert_pages_are_whole(lists)


def test_the_marks_of_the_night_are_those_that_a_page_asks_for(office: Any, tmp_path: Path) -> None:
    lists = listing(office.store, tmp_path)
    mark(lists, DAY)
    marked = set(lists.kept._values)
    page = Stands(DAY, ages_after=lists.ages_after)  # as an address of the ledger asks
    lists.page(CURRENT, page, Sort.DOCUMENT, limit=5, offset=20)
    lists.count(CURRENT, page)
    assert set(lists.kept._values) == marked


def test_a_page_is_the_same_from_a_mark_when_documents_came_in(
    office: Any, tmp_path: Path, take_in_reply: Callable[..., None]
) -> None:
    lists = listing(office.store, tmp_path)
    mark(lists, DAY)
    take_in_reply(office.store)
    assert_pages_are_whole(lists)


def rows(store: Store) -> int:
    with store.reading() as connection:
        return connection.execute(sa.select(sa.func.count()).select_from(figures)).scalar_one()


def test_the_figures_of_the_night_are_there_when_a_server_starts(office: Any, tmp_path: Path) -> None:
    day = office.clock.now.date()
    night = Listing(office.store, tmp_path)
    prepare(night, day)
    assert rows(office.store) > 5
    morning = Listing(office.store, tmp_path)
    assert read_figures(morning, day) == read_figures(night, day)
    with office.store.writing() as connection:  # so that it is seen where the figures come from
        connection.execute(sa.update(figures).values(numbers="[]"))
    assert read_figures(Listing(office.store, tmp_path), day).groups != read_figures(night, day).groups


def test_a_change_shows_at_once_in_figures_that_were_prepared(
    office: Any, tmp_path: Path, take_in_reply: Callable[..., None]
) -> None:
    day, store = office.clock.now.date(), office.store
    prepare(Listing(store, tmp_path), day)
    promise = ledger(store, also=conditions(Stands(day, statuses=(Status.NO_EVIDENCE,))))[0].id

    def shown() -> dict[str, int]:
        lines = read_figures(Listing(store, tmp_path), day).lines
        return {line.key: line.number for line in lines}

    before = shown()
    given = {"values": (("status", "fulfilled"),), "why": "实地看过"}
    decide(store, DecisionKind.SET_STATUS, who="舒望", now=office.clock.now, commitment=promise, **given)
    after = shown()
    assert (after["fulfilled"], after["no_evidence"]) == (before["fulfilled"] + 1, before["no_evidence"] - 1)
    assert rows(store) > 0, "what was decided since is counted besides"
    take_in_reply(store)
    assert sum(shown().values()) > sum(after.values())
    assert rows(store) == 0, "figures of a register that is no more"


def test_figures_are_put_away_when_all_is_reckoned_again(office: Any, tmp_path: Path) -> None:
    prepare(Listing(office.store, tmp_path), DAY)
    with office.store.writing() as connection:
        stand_again(connection)
    assert rows(office.store) == 0


def test_figures_of_days_before_are_not_kept(office: Any, tmp_path: Path) -> None:
    prepare(Listing(office.store, tmp_path), DAY)
    kept = rows(office.store)
    prepare(Listing(office.store, tmp_path), date(2026, 3, 3))
    assert rows(office.store) == kept


def test_while_a_run_is_at_it_nothing_is_kept(office: Any, tmp_path: Path) -> None:
    from models.owners import this_process

    run = office.store.begin_run("ingest", now=office.clock.now, owner=this_process())
    prepare(Listing(office.store, tmp_path), DAY)
    assert rows(office.store) == 0
    office.store.finish_run(run, now=office.clock.now)


def test_a_server_prepares_beside_its_pages(sqlite_office: Any, tmp_path: Path) -> None:
    lists = Listing(sqlite_office.store, tmp_path)
    with prepared(lists, load()):
        until = time.monotonic() + 20
        while not rows(sqlite_office.store) and time.monotonic() < until:
            time.sleep(0.05)
    assert rows(sqlite_office.store) > 5
