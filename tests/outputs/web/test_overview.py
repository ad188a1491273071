"""概览: every figure leads to the ledger, and the ledger counts the same."""

from __future__ import annotations

import html
import re
from datetime import date, timedelta
from typing import Any
from urllib.parse import quote

import pytest
import sqlalchemy as sa

from flows.ledger import standings
from flows.statuses import statuses
from models.documents import Kind
from models.evidence import Status
from models.filters import Filter
from models.owners import this_process
from models.queries import list_documents
from models.standing_log import log_statuses
from models.store import open_store
from models.tables import documents
from outputs.summary import NO_UNIT, by_class, by_unit, due_soon, tally

FIGURE = re.compile(r'<a(?: class="\w*")? href="(/ledger\?[^"]+)">(?:<b>)?([\d ]+)(?:</b>[^<]*)?</a>')
DAY = date(2026, 3, 2)


def figures(page: str) -> list[tuple[str, int]]:
    """The addresses that numbers lead to, with the numbers."""
    return [(html.unescape(to), int(number.replace(" ", ""))) for to, number in FIGURE.findall(page)]


def agree(browser: Any, found: list[tuple[str, int]]) -> None:
    """Every number is what the ledger counts at its address."""
    for to, number in found:
        path, _, query = to.partition("?")
        answer = browser.get(f"{path}.json?{query}&size=20")
        assert answer.status_code == 200, f"{to}: {answer.text}"
        assert answer.json()["total"] == number, to
        assert answer.json()["filter"], to


def test_every_number_of_the_front_page_is_what_the_ledger_counts(office: Any) -> None:
    browser = office.as_("viewer")
    found = figures(browser.get("/").text)
    assert len(found) > 20
    agree(browser, found)


@pytest.mark.parametrize("day", ["2024-01-01", "2030-01-01"])
def test_on_another_day_they_are_that_days(day: str, sqlite_office: Any) -> None:
    browser = sqlite_office.as_("viewer")
    found = figures(browser.get(f"/?asof={day}").text)
    assert all(f"asof={day}" in to for to, _ in found)
    agree(browser, found[::3])


def test_the_figures_are_those_of_the_report(office: Any) -> None:
    page = office.as_("viewer").get("/index.json").json()
    judged = standings(office.store, DAY)
    counted = tally(judged)
    assert (page["as_of"], page["targets"] > 0) == ("2026-03-02", True)
    assert page["statuses"] == {status.value: counted.of(status) for status in Status}
    assert page["registered"] == counted.registered
    assert page["commitments"] == len(judged)
    assert page["due_soon"] == len(due_soon(judged, 30))
    for one, other in ((page["by_class"], by_class(judged)), (page["by_unit"], by_unit(judged))):
        named = dict(other)
        known = {group["name"]: group for group in one if group["name"] in named}
        for name, group in known.items():
            if not name.startswith("（"):
                assert [group[status.value] for status in Status] == [n for _, n in named[name].by_status], name
        assert sum(group["total"] for group in one) == len(judged)
    assert sum(group["total"] for group in page["by_session"]) == len(judged)


def test_letters_that_lack_something_or_write_it_otherwise_are_counted_where_they_belong(office: Any) -> None:
    browser = office.as_("viewer")
    units = {one["name"]: one["total"] for one in browser.get("/index.json").json()["by_unit"]}
    one, *others = (row for row in list_documents(office.store, Filter(kinds=(Kind.REPLY,))) if row.counts.commitments)
    same = next(row for row in others if row.document.identity.lead_unit != one.document.identity.lead_unit)
    name, place = "锦川市水务局", "江北省锦川市"
    _rewrite(office, one.document.id, lead_unit=None, result_class=None, session=None)
    _rewrite(office, same.document.id, lead_unit="市水务局", region=place)
    _rewrite(office, next(row for row in others if row is not same).document.id, lead_unit=name, region=None)
    page = browser.get("/index.json").json()
    found = {one["name"]: one["total"] for one in page["by_unit"]}
    assert found[NO_UNIT] == one.counts.commitments
    assert found[name] > same.counts.commitments, "both writings of its name are one"
    assert sum(found.values()) == sum(units.values())
    assert "（未标明）" in {group["name"] for group in page["by_class"]}
    assert "（届次不全）" in {group["name"] for group in page["by_session"]}
    told = [one for one in figures(browser.get("/").text) if "=-" in one[0] or quote(NO_UNIT) in one[0]]
    assert len(told) > 5
    agree(browser, told)


def _rewrite(office: Any, document: str, **values: object) -> None:
    """Has a letter say otherwise; a run ends afterwards, as one does whenever letters change."""
    run = office.store.begin_run("ingest", now=office.clock.now, owner=this_process())
    with office.store.writing() as connection:
        connection.execute(sa.update(documents).where(documents.c.id == document).values(values))
    office.store.finish_run(run, now=office.clock.now)


def test_what_the_last_runs_brought_is_counted(office: Any) -> None:
    browser = office.as_("viewer")
    since = browser.get("/index.json").json()["since_last_run"]
    assert since["promises"] == browser.get("/index.json").json()["commitments"]
    assert since["documents"] > 0
    run = office.store.begin_run("nightly", now=office.clock.now, owner=this_process())
    before = statuses(office.store, DAY - timedelta(days=900))
    with office.store.writing() as connection:
        log_statuses(connection, run, DAY, before)
    office.store.finish_run(run, now=office.clock.now)
    run = office.store.begin_run("nightly", now=office.clock.now, owner=this_process())
    now = statuses(office.store, DAY)
    with office.store.writing() as connection:
        log_statuses(connection, run, DAY, now)
    office.store.finish_run(run, now=office.clock.now)
    moved = [id for id, status in now.items() if status is Status.OVERDUE and before[id] is not Status.OVERDUE]
    page = browser.get("/")
    since = browser.get("/index.json").json()["since_last_run"]
    assert since["newly_overdue"] == len(moved) > 0
    assert (since["documents"], since["promises"]) == (0, 0), "the latest night brought no file"
    agree(browser, [one for one in figures(page.text) if "_in=" in one[0]])
    listed = browser.get(f"/ledger.json?moved_in={run}&status=overdue&size=200").json()["commitments"]
    assert {one["id"] for one in listed} == set(moved)


def test_the_charts_are_drawn_at_addresses_of_their_own(sqlite_office: Any) -> None:
    browser = sqlite_office.as_("viewer")
    for drawing in re.findall(r'src="(/overview/[^"]+)"', browser.get("/").text):
        answer = browser.get(html.unescape(drawing))
        assert (answer.status_code, answer.headers["content-type"]) == (200, "image/svg+xml")
        assert "<rect" in answer.text
    assert browser.get("/overview/chart.svg?by=colour").status_code == 400


@pytest.mark.parametrize("query", ["read_in=x", "moved_in=-1", "shown_in=9999999999", "term=-5-", "term=a"])
def test_an_address_with_a_wrong_run_or_session_is_said(query: str, sqlite_office: Any) -> None:
    assert sqlite_office.as_("viewer").get(f"/ledger?{query}").status_code == 400


@pytest.mark.parametrize("query", ["lead=没有这个单位", "read_in=99", "shown_in=99", "moved_in=99"])
def test_a_filter_that_nothing_meets_finds_nothing(query: str, sqlite_office: Any) -> None:
    assert sqlite_office.as_("viewer").get(f"/ledger.json?{query}").json()["total"] == 0


def test_an_empty_register_says_what_to_do(tmp_path: Any, make_office: Any) -> None:
    from models.accounts import add_user
    from models.passwords import Policy
    from models.people import UserRole

    with open_store(f"sqlite:///{tmp_path}/empty.db") as store:
        office = make_office(store)
        add_user(store, "viewer", UserRole.VIEWER, "Lanshi-7-dengta", policy=Policy.DENGBAO2, now=office.clock.now)
        browser = office.as_("viewer")
        assert "duban ingest" in browser.get("/").text
        assert browser.get("/overview/chart.svg").status_code == 404
