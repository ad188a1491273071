"""单位: each unit's figures are what the ledger counts at the addresses that they lead to."""

from __future__ import annotations

import html
import re
from datetime import date
from typing import Any

import pytest

from flows.ledger import standings
from models.evidence import Status
from outputs.summary import by_unit

LINE = re.compile(r'<tr><th scope="row">.*?</tr>', re.DOTALL)
FIGURE = re.compile(r'<a class="\w*" href="(/ledger\?[^"]+)">([\d ]+)</a>')


def test_every_number_of_the_units_is_what_the_ledger_counts(sqlite_office: Any) -> None:
    browser = sqlite_office.as_("viewer")
    page = browser.get("/units").text
    for line in LINE.findall(page)[:4] + LINE.findall(page)[-1:]:
        found = FIGURE.findall(line)
        assert found
        for to, number in found:
            path, _, query = html.unescape(to).partition("?")
            assert browser.get(f"{path}.json?{query}&size=20").json()["total"] == int(number.replace(" ", "")), to


def test_the_units_are_those_of_the_report(office: Any) -> None:
    judged = standings(office.store, date(2026, 3, 2))
    known = dict(by_unit(judged))
    page = office.as_("viewer").get("/units.json?size=200").json()
    assert page["sum"]["made"] == sum(one["made"] for one in page["units"]) == len(judged)
    for one in page["units"]:
        if one["name"].startswith("（"):
            continue
        told = known[one["name"]]
        assert [one[status.value] for status in Status] == [number for _, number in told.by_status]
        assert one["made"] == told.tracked + told.registered
        assert one["checkable"] <= one["made"]
        assert one["checkable_share"] == pytest.approx(one["checkable"] / one["made"], abs=1e-4)


def test_what_can_be_checked_has_day_number_and_actor(sqlite_office: Any) -> None:
    found = sqlite_office.as_("viewer").get("/ledger.json?checkable=yes&size=200").json()
    assert found["total"] > 0
    ids = {one["id"] for one in found["commitments"]}
    for one in standings(sqlite_office.store, date(2026, 3, 2)):
        whole = bool(one.deadline and one.deadline.end and one.quantities and one.responsible)
        assert whole == (one.row.id in ids), one.row.commitment.span.text


def test_units_are_found_by_name_and_place_and_sorted(sqlite_office: Any) -> None:
    browser = sqlite_office.as_("viewer")
    whole = browser.get("/units.json").json()["units"]
    name = whole[0]["name"]
    found = browser.get("/units.json", params={"name": name}).json()
    assert [one["name"] for one in found["units"]] == [one["name"] for one in whole if name in one["name"]]
    for sort in ("made", "fulfilled", "checkable"):
        numbers = [one[sort] for one in browser.get(f"/units.json?sort={sort}").json()["units"]]
        assert numbers == sorted(numbers, reverse=True)
    shares = [one["checkable_share"] for one in browser.get("/units.json?sort=share").json()["units"]]
    assert shares == sorted(shares)
    assert browser.get("/units?sort=colour").status_code == 400
    assert "没有符合" in browser.get("/units?name=没有这个单位").text
