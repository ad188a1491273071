"""Lists of the ledger that are kept, the one that it opens with, and the columns that somebody chose."""

from __future__ import annotations

import csv
import io
import re
from html import unescape
from typing import Any

import pytest
from openpyxl import load_workbook

from models.audit import entries
from models.decided import DecisionKind
from models.decisions import decide
from models.queries import ledger

OFFER = "<summary>存下这个台账</summary>"
HEADS = re.compile(r'<th scope="col"[^>]* class="c-(\w+)"')
LATE = "/ledger?status=overdue&unit=交通&sort=deadline&col=text&col=status&page=2&asof=2025-01-01"


def keep(browser: Any, name: str = "交通逾期", of: str = LATE, **more: str) -> str:
    """Keeps a list; where its page is."""
    answer = browser.submit("/ledger/lists", name=name, of=of, **more)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def lists(browser: Any) -> dict[str, dict[str, Any]]:
    return {one["name"]: one for one in browser.get("/searches.json").json()["lists"]}


def heads(page: str) -> list[str]:
    return HEADS.findall(page)


def test_a_kept_list_is_its_filters_order_and_columns_and_not_its_day(office: Any) -> None:
    viewer = office.as_("viewer")
    to = keep(viewer)
    assert "asof" not in to
    assert "page=" not in to
    page = viewer.get(to).text
    assert heads(page) == ["text", "status"]
    one = lists(viewer)["交通逾期"]
    assert one["filter"] == ["“交通”", "已逾期"]
    assert one["count"] == viewer.get("/ledger.json?status=overdue&unit=交通").json()["total"] > 0
    assert f'交通逾期 <span class="quiet">{one["count"]}</span>' in page
    assert office.as_("viewer").get(one["address"]).json()["total"] == one["count"]
    assert [it["name"] for it in viewer.get("/index.json").json()["lists"]] == ["交通逾期"]


def test_a_changed_filter_is_told_and_leads_back(sqlite_office: Any) -> None:
    viewer = sqlite_office.as_("viewer")
    to = keep(viewer)
    assert "条件改过" not in viewer.get(to).text
    assert OFFER not in viewer.get(to).text
    changed = viewer.get(to.replace("status=overdue", "status=fulfilled")).text
    assert "“交通逾期”的条件改过，没有存" in changed
    assert OFFER in changed
    assert to in unescape(changed)


def test_a_kept_list_is_changed_and_what_it_was_comes_back(sqlite_office: Any) -> None:
    viewer, reviewer = sqlite_office.as_("viewer"), sqlite_office.as_("reviewer")
    to = keep(viewer, shared="yes", first="yes")
    number = lists(viewer)["交通逾期"]["id"]
    now = to.replace("status=overdue", "status=fulfilled")
    assert f'action="/ledger/lists/{number}"' in viewer.get(now).text
    assert "照现在这样改" not in reviewer.get(now).text, "it is somebody else's"
    assert reviewer.submit(f"/ledger/lists/{number}", of=now).status_code == 404
    assert viewer.submit(f"/ledger/lists/{number}", of="/ledger").status_code == 422
    assert viewer.submit(f"/ledger/lists/{number}", of=now).headers["location"] == now
    assert (lists(viewer)["交通逾期"]["filter"], lists(viewer)["交通逾期"]["first"]) == (["“交通”", "已落实"], True)
    (old,) = viewer.get("/searches.json").json()["deleted"]
    assert old["name"] == "交通逾期（改前）"
    viewer.submit(f"/searches/{old['id']}/restore")
    assert lists(viewer)["交通逾期（改前）"]["filter"] == ["“交通”", "已逾期"]


def test_the_ledger_opens_with_the_list_that_was_chosen_and_its_address_shows_all(sqlite_office: Any) -> None:
    viewer, reviewer = sqlite_office.as_("viewer"), sqlite_office.as_("reviewer")
    assert viewer.get("/ledger/mine").headers["location"] == "/ledger"
    to = keep(viewer, first="yes", shared="yes")
    assert viewer.get("/ledger/mine").headers["location"] == to
    assert viewer.get("/ledger/mine?asof=2025-06-30").headers["location"].endswith("&asof=2025-06-30")
    assert reviewer.get("/ledger/mine").headers["location"] == "/ledger", "what one opens with is nobody else's affair"
    whole = viewer.get("/ledger.json").json()
    assert whole["filter"] == []
    assert 'href="/ledger/mine"' in viewer.get("/").text
    assert viewer.submit("/ledger/first", view="").status_code == 303
    assert viewer.get("/ledger/mine").headers["location"] == "/ledger"
    assert viewer.submit("/ledger/first", view="99").status_code == 422


def test_of_many_lists_some_stand_above_the_ledger_and_all_on_their_page(sqlite_office: Any) -> None:
    viewer = sqlite_office.as_("viewer")
    for number in range(14):
        keep(viewer, name=f"第{number:02}个", of=f"/ledger?text={number}")
    last = lists(viewer)["第13个"]["id"]
    viewer.submit("/ledger/first", view=str(last))
    shown = re.findall(r"第(\d\d)个 <span", viewer.get("/ledger").text)
    assert (len(shown), shown[-1]) == (12, "13"), "the one that opens first is among them"
    assert viewer.get("/ledger/mine").headers["location"] == f"/ledger?text=13&view={last}"
    assert len(lists(viewer)) == 14


def test_a_deleted_list_is_not_opened_and_comes_back(sqlite_office: Any) -> None:
    viewer = sqlite_office.as_("viewer")
    to = keep(viewer, first="yes")
    number = lists(viewer)["交通逾期"]["id"]
    assert "删了台账“交通逾期”" in _said(viewer, viewer.submit(f"/searches/{number}/delete"))
    assert lists(viewer) == {}
    assert viewer.get("/ledger/mine").headers["location"] == "/ledger"
    assert viewer.get(to).status_code == 200
    viewer.submit(f"/searches/{number}/restore")
    assert lists(viewer)["交通逾期"]["first"]


def test_a_list_is_its_owners_unless_everybody_may_see_it(sqlite_office: Any) -> None:
    viewer, reviewer = sqlite_office.as_("viewer"), sqlite_office.as_("reviewer")
    keep(viewer)
    keep(viewer, name="公用", shared="yes")
    assert set(lists(reviewer)) == {"公用"}
    own, shared = lists(viewer)["交通逾期"]["id"], lists(viewer)["公用"]["id"]
    assert reviewer.submit(f"/searches/{own}/delete").status_code == 404
    assert reviewer.submit(f"/searches/{shared}/delete").status_code == 403
    assert reviewer.submit("/ledger/first", view=str(own)).status_code == 422
    assert viewer.submit(f"/searches/{own}/seen").status_code == 404, "a list is no search"


def test_what_is_assigned_to_oneself_is_a_list_by_itself(sqlite_office: Any) -> None:
    reviewer = sqlite_office.as_("reviewer")
    assert lists(reviewer) == {}
    row, now = ledger(sqlite_office.store, limit=1)[0], sqlite_office.clock.now
    made = {"who": "admin", "now": now, "values": [("to", "reviewer")]}
    decide(sqlite_office.store, DecisionKind.ASSIGN, commitment=row.id, **made)
    assert lists(reviewer)["交给我的"]["count"] == 1
    page = reviewer.get("/ledger?assigned=reviewer&view=mine").text
    assert '<a href="/ledger?assigned=reviewer&amp;view=mine" aria-current="page">交给我的' in page
    reviewer.submit("/ledger/first", view="mine")
    assert reviewer.get("/ledger/mine").headers["location"] == "/ledger?assigned=reviewer&view=mine"


@pytest.mark.parametrize(
    ("name", "of", "said"),
    [("", LATE, "起个名字"), ("全部", "/ledger?page=2", "整个台账"), ("坏", "/ledger?status=late", "可以是")],
)
def test_a_list_that_cannot_be_kept_is_refused_in_words(name: str, of: str, said: str, sqlite_office: Any) -> None:
    viewer = sqlite_office.as_("viewer")
    answer = viewer.submit("/ledger/lists", name=name, of=of)
    assert answer.status_code in (400, 422)
    assert said in answer.text
    assert lists(viewer) == {}


def test_columns_are_shown_once_or_from_now_on_and_are_nobody_elses(office: Any) -> None:
    viewer, usual = office.as_("viewer"), heads(office.as_("viewer").get("/ledger").text)
    wanted = {"col": ["status", "text", "place"], "of": "/ledger?unit=交通&col=case&page=2"}
    once = viewer.submit("/ledger/columns", keep="once", **wanted).headers["location"]
    assert heads(viewer.get(once).text) == ["status", "text", "place"], "in the order of the address"
    assert heads(viewer.get("/ledger").text) == usual
    always = viewer.submit("/ledger/columns", keep="always", **wanted).headers["location"]
    assert always.startswith("/ledger?unit=")
    assert "col=" not in always
    assert heads(viewer.get("/ledger").text) == ["status", "text", "place"]
    assert heads(viewer.get("/ledger?col=case").text) == ["case"], "the address comes first"
    assert heads(office.as_("reviewer").get("/ledger").text) == usual
    noted = entries(office.store, action="columns", limit=1)[0].entry
    assert (noted.action, dict(noted.before), dict(noted.after)) == (
        "columns",
        {"列": "平常的"},
        {"列": "状态、承诺事项（原文）、地区"},
    )
    viewer.submit("/ledger/columns", keep="usual", of="/ledger")
    assert heads(viewer.get("/ledger").text) == usual


def test_columns_stand_in_the_order_of_the_numbers_beside_them(sqlite_office: Any) -> None:
    viewer = sqlite_office.as_("viewer")
    page = viewer.get("/ledger").text
    keys = re.findall(r'name="key" value="(\w+)"', page)
    places = re.findall(r'name="place" size="2" value="(\d*)"', page)
    assert len(keys) == len(places) > 10
    asked = {"col": ["case", "text", "deadline"], "key": keys, "of": "/ledger"}
    written = dict(zip(keys, places, strict=True)) | {"deadline": "1", "case": "2", "text": "x"}
    viewer.submit("/ledger/columns", keep="always", place=list(written.values()), **asked)
    assert heads(viewer.get("/ledger").text) == ["deadline", "case", "text"]
    book = viewer.get("/ledger/export?as=csv&col=text&col=case").content.decode("utf-8-sig").splitlines()[0]
    assert book.index("承诺事项") < book.index("案号"), "files have the same order"


def test_the_shown_columns_go_into_files_with_the_same_rows(reading: Any) -> None:
    browser, asked = reading.as_("viewer"), "status=overdue&sort=deadline"
    page = browser.get(f"/ledger?{asked}&col=numbers&col=text&size=200").text
    links = [unescape(one) for one in re.findall(r'href="(/ledger/export[^"]*col=[^"]*)"', page)]
    assert len(links) == 2
    rows = re.findall(r'<tr id="r(\w+)">', page)
    (book,) = [load_workbook(io.BytesIO(browser.get(one).content)) for one in links if "as=xlsx" in one]
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[1]] == ["序号", "目标值（原文）", "承诺事项（原文）", "编号"]
    assert [line[-1] for line in sheet.iter_rows(min_row=2, values_only=True)] == rows
    assert "span=" in sheet["A2"].hyperlink.target, "the number of a line leads to its sentence"
    assert "条件：已逾期" in str(book["说明"].cell(1, 1).value)
    (table,) = [browser.get(one).content.decode("utf-8-sig") for one in links if "as=csv" in one]
    assert [one["编号"] for one in csv.DictReader(io.StringIO(table))] == rows
    assert browser.get(f"/ledger.csv?{asked}&col=text").text.splitlines()[0].count(",") == 3


def test_every_status_keeps_its_colour_where_columns_were_chosen(reading: Any) -> None:
    content = reading.as_("viewer").get("/ledger/export?as=xlsx&col=status").content
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    assert {line[1] for line in sheet.iter_rows(min_row=2, values_only=True)} >= {"已落实", "已逾期", "推进中"}
    assert len(sheet.conditional_formatting) > 0


def test_an_auditor_chooses_for_the_moment_and_keeps_nothing(sqlite_office: Any) -> None:
    auditor = sqlite_office.as_("auditor")
    page = auditor.get("/ledger?status=overdue&col=text").text
    assert heads(page) == ["text"]
    assert OFFER not in page
    assert 'action="/ledger/columns"' not in page
    assert 'name="col" value="place"' in page
    assert auditor.submit("/ledger/columns", keep="always", col=["text"]).status_code == 403


def test_what_was_marked_as_seen_is_new_again(sqlite_office: Any, take_in_reply: Any) -> None:
    viewer = sqlite_office.as_("viewer")
    assert viewer.submit("/searches", name="公交", of="/search?q=公交").status_code == 303
    (one,) = viewer.get("/searches.json").json()["searches"]
    assert viewer.submit(f"/searches/{one['id']}/unseen").status_code == 422
    take_in_reply(sqlite_office.store)
    hits = re.findall(r'name="hits" value="([\w ]*)"', viewer.get("/searches").text)[0]
    viewer.submit(f"/searches/{one['id']}/seen", hits=hits)
    assert viewer.get("/searches.json").json()["searches"][0]["new"] == 0
    assert "撤销看过的 1 条" in viewer.get("/searches").text
    assert "又算没看过" in _said(viewer, viewer.submit(f"/searches/{one['id']}/unseen"))
    assert viewer.get("/searches.json").json()["searches"][0]["new"] == 1
    program, key = sqlite_office.browser(), sqlite_office.key("viewer")
    assert program.post(f"/api/searches/{one['id']}/unseen", headers=key, content=b"").status_code == 409
    program.post(f"/api/searches/{one['id']}/seen", headers=key, content=b"")
    sqlite_office.clock.pass_(minutes=31)
    assert program.post(f"/api/searches/{one['id']}/unseen", headers=key, content=b"").status_code == 409


@pytest.mark.parametrize("of", ["//[x?text=a%00b", "http://[::1?text=公", "?text=%ED%A0%80", "/ledger#?text=a"])
def test_whatever_address_a_form_names_is_no_fault(of: str, office: Any) -> None:
    viewer = office.as_("viewer")
    for path in ("/ledger/lists", "/ledger/columns", "/searches"):
        assert viewer.submit(path, name="怪", of=of, keep="once").status_code in (303, 422)
    assert viewer.get("/searches").status_code == viewer.get("/ledger").status_code == 200


def test_a_name_is_words_wherever_it_stands(sqlite_office: Any) -> None:
    viewer, name = sqlite_office.as_("viewer"), "<img src=x onerror=alert(1)>{{7*7}}'\""
    to = keep(viewer, name=name, shared="yes")
    for path in ("/", "/ledger", to, to + "&text=a", "/searches"):
        page = sqlite_office.as_("reviewer").get(path).text
        assert "<img src=x" not in page
        assert "&lt;img src=x onerror=alert(1)&gt;{{7*7}}" in page


def test_colleagues_are_offered_where_something_is_assigned(sqlite_office: Any) -> None:
    page = sqlite_office.as_("reviewer").get("/ledger/batch?of=all&text=公交").text
    names = re.findall(r'<option value="(\w+)">', page[page.index('id="people"') :])
    assert names[:3] == ["admin", "reviewer", "viewer"]


def test_programs_read_the_kept_lists(sqlite_office: Any) -> None:
    keep(sqlite_office.as_("viewer"), first="yes")
    program, key = sqlite_office.browser(), sqlite_office.key("viewer")
    (one,) = program.get("/api/lists", headers=key).json()["lists"]
    assert (one["name"], one["first"]) == ("交通逾期", True)
    assert program.get(one["address"], headers=key).json()["total"] == one["count"]


def _said(browser: Any, answer: Any) -> str:
    assert answer.status_code == 303, answer.text
    return str(browser.get(answer.headers["location"]).text)
