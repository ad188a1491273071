"""The same count everywhere: page, its JSON, the interface, tables, workbooks and reports, for two hundred filters."""

from __future__ import annotations

import csv
import io
import random
import re
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from models.commitments import Strength
from models.evidence import ScheduleCode, Status

CHOICES: dict[str, list[str]] = {
    "status": [*(one.value for one in Status), "registered"],
    "schedule": [one.value for one in ScheduleCode],
    "strength": [one.value for one in Strength],
    "unit": ["水利局", "交通", "教育", "锦川市民政局"],
    "place": ["锦川", "袁溪"],
    "body": ["npc", "cppcc"],
    "class": ["A", "B", "-"],
    "term": ["9-3", "10", "-"],
    "year": ["2024", "2025"],
    "text": ["公交", "改造", "2025年"],
    "quantified": ["yes", "no"],
    "evidence": ["yes", "no"],
    "proposals": ["yes", "no"],
    "waiting": ["yes", "no"],
    "checkable": ["yes", "no"],
    "assigned": ["-", "*"],
    "due_from": ["2024-07-01", "2025-06-30"],
    "due_to": ["2025-06-30", "2026-12-31"],
    "rule": ["answer.will", "planned.verb"],
    "asof": ["2024-12-31", "2025-07-31", "2026-03-02"],
    "sort": ["deadline", "strength", "name"],
}
COUNT = re.compile(r"<h1>台账 <small[^>]*>([\d ]+) 条承诺")


def states(count: int) -> list[dict[str, str]]:
    """So many filters of one to four parameters, the same in every run."""
    chosen = random.Random(2026)
    return [
        {name: chosen.choice(CHOICES[name]) for name in chosen.sample(sorted(CHOICES), chosen.randint(1, 4))}
        for _ in range(count)
    ]


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_two_hundred_filters_count_the_same_on_every_page_and_in_every_table(reading: Any) -> None:
    browser, key, found = reading.as_("viewer"), reading.key("viewer"), set()
    program = reading.browser()
    for number, state in enumerate(states(200)):
        record = browser.get("/ledger.json", params={**state, "size": "200"}).json()
        counted = COUNT.search(browser.get("/ledger", params=state).text)
        assert counted, state
        assert int(counted[1].replace(" ", "")) == record["total"] == len(record["commitments"]), state
        table = csv.DictReader(io.StringIO(browser.get("/ledger.csv", params=state).content.decode("utf-8-sig")))
        assert [line["编号"] for line in table] == [one["id"] for one in record["commitments"]], state
        if number % 40 == 39:
            reading.clock.pass_(minutes=1)  # a program asks six hundred times a minute at most
        told = program.get("/api/ledger", params={**state, "size": "200"}, headers=key).json()
        assert (told["total"], told["filter"]) == (record["total"], record["filter"]), state
        found.add(record["total"])
    assert len(found) > 20, "the filters find different lists"


@pytest.mark.parametrize("state", [one for one in states(60) if "sort" in one][:8], ids=str)
def test_workbook_and_report_hold_as_many_and_their_address_finds_them_again(
    state: dict[str, str], reading: Any
) -> None:
    browser = reading.as_("viewer")
    total = browser.get("/ledger.json", params=state).json()["total"]
    book = load_workbook(io.BytesIO(browser.get("/ledger.xlsx", params=state).content))
    assert book["承诺事项台账"].max_row - 1 == total
    told = str(book["说明"].cell(1, 1).value)
    address = re.search(r"http://127\.0\.0\.1:8765(/ledger\S*)", told)
    assert address, told
    assert browser.get(address[1], headers={"Accept": "application/json"}).json()["total"] == total
    report = Document(io.BytesIO(browser.get("/ledger/export", params={**state, "as": "docx"}).content))
    words = "".join(one.text for one in report.paragraphs)
    assert f"共读出承诺事项{total}项" in words.replace(" ", ""), words[:300]
