"""Triage: one item at a time, decided by one key, until nothing waits."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from models.decisions import history
from models.ids import RecordId

FORM = re.compile(r'<form class="panel decide ask" method="post" action="([^"]+)">(.*?)</form>', re.DOTALL)
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')


def asked(page: str) -> tuple[str, dict[str, str], list[str]]:
    """Where the item's form goes, its hidden fields, and the decisions that its keys make."""
    found = FORM.search(page)
    assert found, page
    fields = {name: unescape(value) for name, value in HIDDEN.findall(found[2])}
    return unescape(found[1]), fields, re.findall(r'name="action" value="(\w+)" accesskey="\w"', found[2])


def press(office: Any, page: str, action: str, **more: str) -> str:
    """Decides by a key, and gives the page that opens then."""
    browser = office.as_("reviewer")
    to, fields, keys = asked(page)
    assert action in keys
    why = re.search(r'id="why" name="why" value="([^"]*)"', page)
    given = {"why": why[1]} if why else {}
    answer = browser.post(to, data={**given, **fields, "action": action, **more})
    assert answer.status_code == 303, answer.text
    opened: str = browser.get(answer.headers["location"]).text
    return opened


def test_everything_that_waits_is_done_with_one_key_each(office: Any) -> None:
    browser = office.as_("reviewer")
    left = browser.get("/review.json").json()["total"]
    page, strokes = browser.get("/review").text, 0
    assert left > 10
    while 'class="panel decide ask"' in page and strokes < 150:
        page = press(office, page, asked(page)[2][0])
        strokes += 1
    assert browser.get("/review.json").json()["total"] == 0
    assert "都看过了" in page
    assert browser.get("/review.json").json()["decisions_per_minute"] == strokes / 10


def test_the_most_urgent_come_first_and_can_be_skipped(sqlite_office: Any) -> None:
    browser = sqlite_office.as_("reviewer")
    about = [browser.get(f"/review.json?at={at}").json() for at in range(browser.get("/review.json").json()["total"])]
    order = [{"evidence": 0, "alarm": 1, "reading": 2}[one["about"]] for one in about]
    assert order[0] == 0
    assert [one == 0 for one in order] == sorted((one == 0 for one in order), reverse=True)
    assert len({one["item"]["id"] for one in about}) == len(about)
    page = browser.get("/review").text
    skip = re.search(r'href="([^"]+)" accesskey="s"', page)
    assert skip
    next_page = browser.get(unescape(skip[1])).text
    assert asked(next_page)[0] != asked(page)[0]


def test_a_filter_stays_from_item_to_item(sqlite_office: Any) -> None:
    browser = sqlite_office.as_("reviewer")
    total = browser.get("/review.json?unit=交通").json()["total"]
    page = browser.get("/review?unit=交通").text
    page = press(sqlite_office, page, asked(page)[2][-1])
    assert "“交通”" in page
    assert f"共 {total - 1} 条" in page or f"共 {total} 条" in page


def test_the_last_decision_is_taken_back_and_asked_again(office: Any) -> None:
    browser = office.as_("reviewer")
    first = browser.get("/review").text
    id = asked(first)[0].split("/")[2]
    page = press(office, first, asked(first)[2][0])
    found = re.search(r'action="(/review/\w+/undo)">(.*?)accesskey="u"', page, re.DOTALL)
    assert found
    fields = {name: unescape(value) for name, value in HIDDEN.findall(found[2])}
    answer = browser.post(found[1], data=fields)
    assert answer.status_code == 303
    again = browser.get(answer.headers["location"]).text
    assert asked(again)[0].split("/")[2].partition("?")[0] == id.partition("?")[0]
    assert [one.kind for one in history(office.store, RecordId(id.partition("?")[0]))][-1] == "undo"


def test_somebody_quicker_is_seen_before_anything_is_recorded(sqlite_office: Any) -> None:
    browser = sqlite_office.as_("reviewer")
    to, fields, keys = asked(browser.get("/review").text)
    id = to.split("/")[2].partition("?")[0]
    sqlite_office.as_("admin").submit(f"/commitments/{id}/decide", action="note", why="我在看", seen="0")
    answer = browser.post(to, data={**fields, "action": keys[0]})
    assert answer.status_code == 409
    assert "我在看" in answer.text
    assert len(history(sqlite_office.store, RecordId(id))) == 1


def test_a_past_day_is_looked_through_and_nothing_is_decided_on_it(sqlite_office: Any) -> None:
    browser = sqlite_office.as_("reviewer")
    assert browser.get("/review.json?asof=2025-06-30").json()["total"] > 1
    page = browser.get("/review?asof=2025-06-30").text
    assert "不能作决定" in page
    assert all(there not in page for there in ("/decide", "/ledger/batch", "别的决定"))
    onward = re.search(r'href="([^"]+)" accesskey="s"', page)
    assert onward
    assert "第 2 条" in browser.get(unescape(onward[1])).text
    today = re.search(r'不能作决定。<a href="([^"]+)"', page)
    assert today
    assert asked(browser.get(unescape(today[1])).text)[2]


def test_the_way_on_never_leads_out(sqlite_office: Any) -> None:
    browser = sqlite_office.as_("reviewer")
    to, fields, keys = asked(browser.get("/review").text)
    answer = browser.post(to, data={**fields, "action": keys[0], "next": "//evil.example/review"})
    assert answer.headers["location"].startswith("/review?")
