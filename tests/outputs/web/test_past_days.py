"""Any day as it was: what people decided afterwards doesn't count, on no page and in no table, whatever ran since."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

from openpyxl import load_workbook

from models.decided import DecisionKind
from models.decisions import decide, undo
from models.queries import ledger
from models.standings import find_differences, stand_again
from tests.outputs.web.test_stands import decide_at_random

LISTS = ["", "status=overdue", "status=no_evidence", "assigned=*", "waiting=yes", "evidence=yes", "sort=deadline"]
MORE = ["strength=firm&due_from=2025-01-01", "proposals=yes&sort=strength", "quantified=yes&sort=name"]


def told(browser: Any, day: str) -> dict[str, Any]:
    """What pages and tables say of a day."""
    asked = [f"/ledger.json?size=200&{one}&asof={day}" for one in (*LISTS, *MORE)]
    asked += [f"/{one}.json?asof={day}" for one in ("index", "units", "review", "targets")]
    found = {one: browser.get(one).json() for one in asked}
    found["csv"] = list(csv.reader(io.StringIO(browser.get(f"/ledger.csv?asof={day}").content.decode("utf-8-sig"))))
    book = load_workbook(io.BytesIO(browser.get(f"/ledger.xlsx?asof={day}").content))
    found["xlsx"] = [[cell.value for cell in line] for line in book["承诺事项台账"]]
    return found


def test_a_day_is_shown_as_it_was_whatever_was_decided_and_read_since(office: Any) -> None:
    decide_at_random(office.store, office.clock.now, 80)
    day, today = office.clock.now.date().isoformat(), office.as_("viewer")
    then = told(today, day)
    office.clock.pass_(days=2)
    decide_at_random(office.store, office.clock.now, 160, seed=5)
    later = office.browser().log_in("viewer")
    now = told(later, office.clock.now.date().isoformat())
    assert told(later, day) == then
    assert (
        sum(then[one] != now[one.replace(day, office.clock.now.date().isoformat())] for one in then if "/" in one) > 8
    )
    with office.store.writing() as connection:  # as when every letter is read anew
        assert list(find_differences(connection)) == []
        stand_again(connection)
        assert list(find_differences(connection)) == []
    assert told(office.browser().log_in("viewer"), day) == then


def test_a_promise_is_shown_with_what_had_been_decided_by_that_day(office: Any) -> None:
    """The office's day ends at midnight of its own zone: half an hour before it, and half an hour behind."""
    promise, day = ledger(office.store)[0].id, office.clock.now.date()
    office.clock.now = office.clock.now.replace(hour=15, minute=30)
    given = {"commitment": promise, "who": "舒望", "why": "电话核实"}
    first = decide(office.store, DecisionKind.ASSIGN, now=office.clock.now, values=(("to", "舒望"),), **given)
    office.clock.pass_(hours=1)
    status = (("status", "fulfilled"),)
    decide(office.store, DecisionKind.SET_STATUS, now=office.clock.now, values=status, **given)
    undo(office.store, first.id, who="舒望", now=office.clock.now)
    for shown, decisions, assigned in ((day, 1, "舒望"), (day + timedelta(days=1), 3, None)):
        page = office.browser().log_in("viewer").get(f"/commitments/{promise}.json?asof={shown}").json()
        assert (len(page["decisions"]), page["assigned_to"]) == (decisions, assigned)
        assert (page["status"] == "fulfilled") == (assigned is None)
    key = office.key("viewer")
    told = office.browser().get(f"/api/commitments/{promise}?asof={day}", headers=key).json()
    assert [one["kind"] for one in told["decisions"]] == ["assign"]
