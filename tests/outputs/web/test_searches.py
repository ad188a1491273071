"""Searches that are kept: what is new to whom, on the page, in the list of hits and for programs."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest

from flows.watching import finds


def keep(browser: Any, name: str = "公交", of: str = "/search?q=公交", **more: str) -> Any:
    answer = browser.submit("/searches", name=name, of=of, **more)
    assert answer.status_code == 303, answer.text
    return answer


def listed(browser: Any) -> dict[str, Any]:
    return {one["name"]: one for one in browser.get("/searches.json").json()["searches"]}


def test_what_comes_in_later_is_new_until_it_was_looked_at(office: Any, take_in_reply: Any) -> None:
    viewer = office.as_("viewer")
    keep(viewer)
    before = listed(viewer)["公交"]
    assert (before["new"], before["hits"] > 0) == (0, True)
    take_in_reply(office.store)
    after = listed(viewer)["公交"]
    assert (after["new"], after["hits"]) == (1, before["hits"] + 1)
    page = viewer.get("/searches").text
    assert "1 条新的" in page
    to = unescape(re.findall(r'href="(/search\?[^"]+)"', page)[0])
    hits = viewer.get(to).text
    assert hits.count('<span class="tag in_progress">新</span>') == 1
    assert "新建公交候车亭12处" in re.sub("<[^>]+>", "", hits)
    shown = re.findall(r'name="hits" value="(\w*)"', page)[0]
    assert viewer.submit(f"/searches/{after['id']}/seen", hits="0" * 16).status_code == 303
    assert listed(viewer)["公交"]["new"] == 1, "what the page had not shown is still new"
    assert viewer.submit(f"/searches/{after['id']}/seen", hits=shown).status_code == 303
    assert listed(viewer)["公交"]["new"] == 0
    assert '<span class="tag in_progress">新</span>' not in viewer.get(to).text


def test_the_front_page_tells_how_many_hits_are_new(office: Any, take_in_reply: Any) -> None:
    viewer = office.as_("viewer")
    keep(viewer)
    assert viewer.get("/index.json").json()["searches"] == []
    take_in_reply(office.store)
    (told,) = viewer.get("/index.json").json()["searches"]
    assert (told["name"], told["new"]) == ("公交", 1)
    page = viewer.get("/").text
    to = re.search(r'<a href="(/search[^"]+)"><b>1</b> 公交</a>', page)
    assert to is not None
    assert viewer.get(unescape(to[1])).status_code == 200
    viewer.submit(f"/searches/{told['id']}/seen", hits=" ".join(_new_ids(viewer, told["id"])))
    assert viewer.get("/index.json").json()["searches"] == []


def _new_ids(browser: Any, number: int) -> list[str]:
    found: list[str] = re.findall(r'name="hits" value="([\w ]*)"', browser.get("/searches").text)
    return found[0].split()


def test_the_filters_are_kept_with_the_words(office: Any) -> None:
    viewer = office.as_("viewer")
    keep(viewer, of="/search?q=公交&status=no_evidence&quantified=yes&page=3&asof=2025-01-01&back=/&x=1")
    one = listed(viewer)["公交"]
    assert one["address"] == "/api/search?q=%E5%85%AC%E4%BA%A4&status=no_evidence&quantified=yes"
    found = viewer.get(f"/search.json?q=公交&status=no_evidence&quantified=yes&saved={one['id']}").json()
    assert found["shown"] >= one["hits"]
    page = viewer.get(f"/search?q=公交&saved={one['id']}").text
    assert "条件改过，没有存" in page
    assert "条件改过" not in viewer.get(f"/search?q=公交&quantified=yes&status=no_evidence&saved={one['id']}").text


def test_a_search_is_its_owners_unless_everybody_may_see_it(sqlite_office: Any) -> None:
    viewer, reviewer, admin = (sqlite_office.as_(role) for role in ("viewer", "reviewer", "admin"))
    keep(viewer)
    keep(viewer, name="公用", shared="yes")
    assert set(listed(viewer)) == {"公交", "公用"}
    assert set(listed(reviewer)) == {"公用"}
    own, shared = listed(viewer)["公交"]["id"], listed(viewer)["公用"]["id"]
    assert reviewer.submit(f"/searches/{own}/seen").status_code == 404
    assert "存下的检索</a>“" not in reviewer.get(f"/search?q=公交&saved={own}").text
    assert reviewer.submit(f"/searches/{shared}/delete").status_code == 403
    assert admin.submit(f"/searches/{own}/delete").status_code == 404
    assert admin.submit(f"/searches/{shared}/delete").status_code == 303


def test_a_deleted_search_can_be_taken_back(sqlite_office: Any) -> None:
    viewer = sqlite_office.as_("viewer")
    keep(viewer)
    number = listed(viewer)["公交"]["id"]
    viewer.submit(f"/searches/{number}/delete")
    page = viewer.get("/searches").text
    assert "最近删的" in page
    assert listed(viewer) == {}
    assert viewer.submit(f"/searches/{number}/restore").status_code == 303
    assert set(listed(viewer)) == {"公交"}
    assert sqlite_office.as_("reviewer").submit(f"/searches/{number}/restore").status_code == 404


def test_a_search_without_words_or_of_a_known_name_is_refused_in_words(sqlite_office: Any) -> None:
    viewer = sqlite_office.as_("viewer")
    assert "没有要找的词" in viewer.submit("/searches", name="空", of="/search?unit=交通").text
    keep(viewer)
    answer = viewer.submit("/searches", name="公交", of="/search?q=公交")
    assert (answer.status_code, "已经有一个叫“公交”的检索" in answer.text) == (422, True)


def test_an_auditor_looks_and_keeps_nothing(sqlite_office: Any) -> None:
    auditor = sqlite_office.as_("auditor")
    assert "存下这个检索" not in auditor.get("/search?q=公交").text
    assert auditor.submit("/searches", name="公交", of="/search?q=公交").status_code == 403
    assert auditor.get("/searches").status_code == 200


def test_what_is_only_near_in_meaning_is_no_news(sqlite_office: Any, take_in_reply: Any) -> None:
    viewer = sqlite_office.as_("viewer")
    keep(viewer, of="/search?q=公交候车亭")
    take_in_reply(sqlite_office.store, thing="社区菜市场", about="买菜")
    assert listed(viewer)["公交"]["new"] == 0


def test_programs_keep_searches_and_read_what_is_new(office: Any, take_in_reply: Any) -> None:
    program, key = office.browser(), office.key("viewer")
    made = program.post("/api/searches?q=公交&unit=商务", json={"name": "公交", "shared": False}, headers=key)
    assert (made.status_code, made.json()["filter"]) == (201, ["“商务”"])
    again = program.post("/api/searches?q=公交", json={"name": "公交"}, headers=key)
    assert again.status_code == 409
    take_in_reply(office.store)
    one = program.get(f"/api/searches/{made.json()['id']}", headers=key).json()
    assert [hit["text"] for hit in one["found"]] == ["下一步，我局将于2026年12月底前新建公交候车亭12处。"]
    assert program.post(f"/api/searches/{one['id']}/seen", headers=key, content=b"").json()["new"] == 0
    assert program.delete(f"/api/searches/{one['id']}", headers=key).status_code == 200
    assert program.get("/api/searches", headers=key).json() == {"searches": []}
    assert program.post(f"/api/searches/{one['id']}/restore", headers=key, content=b"").status_code == 200


def test_the_morning_hears_of_what_is_new_to_everybody(office: Any, take_in_reply: Any) -> None:
    viewer = office.as_("viewer")
    keep(viewer)
    day = (office.clock.now + timedelta(days=1)).date()
    assert finds(office.store, day, office.folder).by_key == {}
    take_in_reply(office.store)
    number = listed(viewer)["公交"]["id"]
    office.browser().post(f"/api/searches/{number}/seen", headers=office.key("viewer"), content=b"")
    assert listed(viewer)["公交"]["new"] == 0
    ((search, hit),) = finds(office.store, day, office.folder).by_key.values()
    assert (search.name, "公交候车亭" in hit.text) == ("公交", True)


@pytest.mark.parametrize("number", ["0", "99999", "99999999999", "-1", "x"])
def test_a_number_that_is_no_search_is_no_fault(number: str, reading: Any) -> None:
    assert reading.as_("viewer").get(f"/search?q=公交&saved={number}").status_code == 200
