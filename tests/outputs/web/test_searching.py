"""The search page: hits with their words marked, that lead to their places; nothing that is typed is an error."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest

from models.search import SearchKind

HIT = re.compile(r'<a class="hit" href="([^"]+)">(.*?)</a>', re.DOTALL)


def hits(page: str) -> list[tuple[str, str]]:
    return [(unescape(to), words) for to, words in HIT.findall(page)]


@pytest.mark.parametrize("kind", list(SearchKind))
def test_page_and_json_agree_and_every_hit_leads_to_a_page(kind: SearchKind, reading: Any) -> None:
    browser = reading.as_("viewer")
    asked = {"q": "公交", "kind": kind.value, "size": "20"}
    page = browser.get("/search", params=asked).text
    record = browser.get("/search.json", params=asked).json()
    assert len(hits(page)) == len(record["hits"]) > 0
    if kind in (SearchKind.COMMITMENT, SearchKind.UNIT):
        assert "<mark>公交" in page
    for to, _ in hits(page)[:3]:
        assert browser.get(to.partition("#")[0]).status_code == 200


def test_a_word_left_out_is_in_no_hit(reading: Any) -> None:
    browser = reading.as_("viewer")
    record = browser.get("/search.json", params={"q": "公交 -夜间", "size": "200"}).json()
    assert record["hits"]
    assert not any("夜间" in one["text"] for one in record["hits"])


def test_the_search_is_narrowed_as_the_ledger_is(reading: Any) -> None:
    browser = reading.as_("viewer")
    for narrowed in ({"status": "overdue"}, {"unit": "交通"}, {"quantified": "yes"}):
        listed = browser.get("/ledger.json", params={**narrowed, "size": "200"}).json()["commitments"]
        found = browser.get("/search.json", params={**narrowed, "q": "公交", "size": "200"}).json()["hits"]
        assert found
        assert {one["id"] for one in found} <= {one["id"] for one in listed}
        assert [one["status"] for one in found] == [
            next(it["status"] for it in listed if it["id"] == one["id"]) for one in found
        ]


@pytest.mark.parametrize(
    "query",
    ['"', "-", "NEAR(a b)", "公交*", "';--", "（", "1,500个", "<b>", "%_\\", "㍿" * 900, "a" * 5000, "\u202e公交"],
)
def test_nothing_that_is_typed_is_an_error(query: str, reading: Any) -> None:
    browser = reading.as_("viewer")
    answer = browser.get("/search", params={"q": query, "kind": [one.value for one in SearchKind]})
    assert answer.status_code == 200
    assert "<b>" not in answer.text.partition("<main")[2].replace("<b>作为", "")
    assert browser.get("/search/complete", params={"q": query}).status_code == 200


def test_units_and_titles_are_completed(reading: Any) -> None:
    found = reading.as_("viewer").get("/search/complete?q=交通").json()
    assert any("交通" in one["text"] for one in found)


def test_without_a_script_a_step_of_its_own_shows_the_names_and_what_was_asked_besides_stays(reading: Any) -> None:
    browser = reading.as_("viewer")
    plain = browser.get("/search?q=交通&year=2025").text
    assert 'aria-label="名称"' not in plain
    asked = browser.get("/search?q=交通&year=2025&complete=yes").text
    panel = asked.partition('aria-label="名称"')[2].partition("</section>")[0]
    named = [one["text"] for one in browser.get("/search/complete?q=交通").json()]
    assert sorted(re.findall(r">([^<]+)</a>", panel)) == sorted(named)
    to = unescape(re.findall(r'href="([^"]+)"', panel)[0])
    assert "year=2025" in to
    assert "complete" not in to
    assert browser.get(to).status_code == 200
    form = asked.partition('<form class="filters"')[2].partition("</form>")[0]
    assert re.findall(r'<(\w+)[^>]* name="complete"', form) == ["button"], "the next search is a search"
    assert "都没有“麒麟独角”" in browser.get("/search?q=麒麟独角&complete=yes").text


def test_without_words_the_page_says_how_to_ask(reading: Any) -> None:
    page = reading.as_("viewer").get("/search").text
    assert "用空格隔开" in page
    assert "换个词" in reading.as_("viewer").get("/search?q=麒麟独角").text or hits(
        reading.as_("viewer").get("/search?q=麒麟独角").text
    )
