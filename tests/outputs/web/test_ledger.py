"""The ledger's page: what is shown, counted, exported and linked agrees, whatever it is narrowed to."""

from __future__ import annotations

import csv
import io
import json
import random
import re
from html import unescape
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from openpyxl import load_workbook

from flows.ledger import standings
from models.evidence import Status
from outputs.web.columns import COLUMNS

ROW = re.compile(r'<tr id="r(\w+)">')
STATES: list[dict[str, str | list[str]]] = [
    {},
    {"status": "overdue"},
    {"status": ["fulfilled", "registered"]},
    {"schedule": "no_deadline"},
    {"unit": "水利局"},
    {"strength": "firm", "sort": "deadline", "quantified": "yes"},
    {"evidence": "no", "body": "cppcc"},
    {"due_from": "2024-01-01", "due_to": "2024-12-31"},
    {"text": "公交"},
    {"asof": "2024-12-31", "status": "no_evidence"},
    {"proposals": "yes"},
    {"waiting": "yes"},
    {"assigned": "-"},
    {"term": "10-3"},
    {"text": "没有这样的字"},
]


def rows(page: str) -> list[str]:
    return ROW.findall(page)


@pytest.mark.parametrize("state", STATES, ids=str)
def test_page_json_and_files_hold_the_same_promises(state: dict[str, str], reading: Any) -> None:
    browser = reading.as_("viewer")
    page = browser.get("/ledger", params={**state, "size": "200"})
    record = browser.get("/ledger.json", params={**state, "size": "200"}).json()
    assert page.status_code == 200
    assert rows(page.text) == [one["id"] for one in record["commitments"]]
    assert record["total"] == len(record["commitments"])
    whole = browser.get("/ledger/export", params={**state, "as": "json"}).json()
    assert [one["id"] for one in whole["commitments"]] == rows(page.text)
    table = list(csv.DictReader(io.StringIO(browser.get("/ledger/export", params={**state, "as": "csv"}).text)))
    assert [one["编号"] for one in table] == rows(page.text)


def test_the_workbook_and_the_report_are_of_what_is_shown(reading: Any) -> None:
    browser = reading.as_("viewer")
    total = browser.get("/ledger.json?status=overdue").json()["total"]
    answer = browser.get("/ledger/export?as=xlsx&status=overdue")
    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert sheet.max_row == total + 1 > 2
    assert "attachment" in answer.headers["content-disposition"]
    assert browser.get("/ledger/export?as=docx&status=overdue").content[:2] == b"PK"
    assert browser.get("/ledger/export?as=exe").status_code == 400


def test_statuses_add_up_to_the_whole_on_any_day(office: Any) -> None:
    browser = office.as_("viewer")
    for day in ("2024-09-30", "2025-06-30", "2026-03-02"):
        parts = [
            browser.get("/ledger.json", params={"asof": day, "status": status}).json()["total"]
            for status in [*Status, "registered"]
        ]
        assert sum(parts) == browser.get(f"/ledger.json?asof={day}").json()["total"] > 50


def test_pages_follow_one_another_without_gap_or_repetition(office: Any) -> None:
    browser = office.as_("viewer")
    found = []
    for number in (1, 2, 3, 4, 5):
        found += rows(browser.get(f"/ledger?size=20&page={number}&sort=deadline").text)
    whole = rows(browser.get("/ledger?size=200&sort=deadline").text)
    assert found == whole
    assert browser.get("/ledger?page=99").status_code == 303


def test_no_link_of_a_list_loses_its_filter(reading: Any) -> None:
    browser = reading.as_("reviewer")
    chosen = random.Random(3)
    more = {"strength": ["firm", "aim"], "sort": ["name", "deadline"], "size": ["20"], "col": ["text", "status"]}
    for _ in range(10):
        state = {"unit": "局"} | {name: chosen.choice(it) for name, it in more.items() if chosen.random() < 0.7}
        page = browser.get("/ledger", params=state).text
        links = [unescape(one) for one in re.findall(r'href="(/(?:ledger\?|ledger/export)[^"]*)"', page)]
        kept = {name: [state[name]] for name in ("unit", "strength") if name in state}
        losing = [one for one in links if not kept.items() <= parse_qs(urlsplit(one).query).items()]
        assert len(links) > 5
        assert len(losing) <= 1, losing  # the one that clears the filter


MANY: dict[str, list[str]] = {
    "text": ["公交", "2025年 & <b>"],
    "unit": ["水利局", "交通 运输"],
    "status": ["overdue", "registered"],
    "schedule": ["past", "no_deadline"],
    "term": ["9-3", "-"],
    "assigned": ["*", "王五"],
    "quantified": ["yes", "no"],
    "due_from": ["2024-07-01"],
    "sort": ["deadline", "strength", "name"],
    "size": ["20", "200"],
    "col": ["case", "text", "why", "place"],
    "asof": ["2025-06-30"],
}


def test_a_hundred_addresses_are_found_again_on_their_pages(reading: Any) -> None:
    """Filters, order, columns, size and day: what the page's own links say is what was asked."""
    browser, chosen = reading.as_("viewer"), random.Random(100)
    for _ in range(100):
        names = chosen.sample(sorted(MANY), chosen.randint(1, 5))
        state = [
            (name, value) for name in names for value in chosen.sample(MANY[name], chosen.randint(1, len(MANY[name])))
        ]
        singles = {"text", "term", "assigned", "quantified", "sort", "size"}
        state = [pair for at, pair in enumerate(state) if pair[0] not in singles or pair[0] not in dict(state[:at])]
        page = browser.get("/ledger", params=state)
        assert page.status_code == 200, state
        link = re.search(r'<a href="([^"]+)">本页的 JSON', page.text)
        assert link, state
        assert parse_qsl(urlsplit(unescape(link[1])).query) == [*state, ("format", "json")]
        columns = [value for name, value in state if name == "col"]
        if columns and 'class="c-' in page.text:
            assert re.findall(r'<th scope="col"[^>]* class="c-(\w+)"', page.text) == columns


def test_a_promise_leads_back_to_its_line_of_the_list(reading: Any) -> None:
    browser = reading.as_("viewer")
    page = browser.get("/ledger?status=overdue&size=20").text
    link = unescape(re.search(r'class="promise" href="([^"]+)"', page)[1])  # type: ignore[index]
    there = unescape(browser.get(link).text)
    assert "/ledger?status=overdue&size=20&page=1#r" in there


@pytest.mark.parametrize("column", [one.key for one in COLUMNS])
def test_every_column_can_be_shown_alone(column: str, reading: Any) -> None:
    page = reading.as_("viewer").get(f"/ledger?col={column}&size=200")
    assert page.status_code == 200
    assert f'class="c-{column}"' in page.text


@pytest.mark.parametrize(
    "query", ["status=late", "schedule=x", "strength=9", "sort=best", "term=a-b", "year=5", "due_from=2026-02-30"]
)
def test_what_cannot_be_asked_is_said_in_chinese(query: str, reading: Any) -> None:
    answer = reading.as_("viewer").get(f"/ledger?{query}")
    assert answer.status_code == 400
    assert "可以是" in answer.text or "日期" in answer.text


def test_a_narrow_filter_offers_to_be_cleared(reading: Any) -> None:
    page = reading.as_("viewer").get("/ledger?text=独角兽&col=text").text
    assert "没有符合这些条件的" in page
    assert 'href="/ledger?col=text"' in page


def test_numbers_lead_to_their_places_in_the_letter(reading: Any) -> None:
    browser = reading.as_("viewer")
    page = unescape(browser.get("/ledger?quantified=yes&size=20").text)
    links = re.findall(r'class="figure" href="(/documents/(\w+)\?span=(\d+)-(\d+)[^"]*)"', page)
    assert len(links) > 20
    for link, document, start, end in links[:5]:
        text = browser.get(f"/documents/{document}.json").json()["text"]
        shown = browser.get(link.partition("#")[0]).text
        assert 'id="span"' in shown
        assert text[int(start) : int(end)] in unescape(re.sub(r"<[^>]+>", "", shown))


def test_the_json_of_a_page_is_what_commands_give(reading: Any) -> None:
    record = reading.as_("viewer").get("/ledger.json?size=200").json()
    judged = {one.row.id: one.status for one in standings(reading.store, reading.clock.now.date())}
    shown = {one["id"]: Status(one["status"]) if one["status"] else None for one in record["commitments"]}
    assert shown == judged
    assert json.dumps(record, ensure_ascii=False)
