"""What all pages have in common: headers, addresses, JSON, days, problems told plainly."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.audit import Entry, append, verify
from models.errors import ConflictingReview, StoreUnavailable, WrongDecision
from models.store import open_store
from outputs.web.access import matrix
from outputs.web.addresses import address, changed, inside
from outputs.web.forms import form_token, is_form_token, sealed, unsealed
from outputs.web.layout import FOLDER
from outputs.web.paging import SIZES, Pages

PLAIN = sorted(route.split()[1] for route in matrix() if route.startswith("GET ") and "{" not in route)
PAGES = [path for path in PLAIN if not path.startswith("/api/")]
WORDS = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=8)


def everybody(office: Any, path: str) -> Any:
    """The page as the first person sees it who may."""
    for role in ("auditor", "admin", "none"):
        answer = office.as_(role).get(path)
        if answer.status_code == 200:
            return answer
    return answer


@pytest.mark.parametrize(
    "path", [*PLAIN, "/nothing-here", "/static/duban.css", "/static/none.css", "/?asof=x", "/a%00b"]
)
def test_every_answer_keeps_browsers_careful(path: str, sqlite_office: Any) -> None:
    headers = everybody(sqlite_office, path).headers
    policy = headers["content-security-policy"]
    assert "unsafe" not in policy
    assert {"default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"} <= set(policy.split("; "))
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["x-frame-options"] == "DENY"
    assert "server" not in headers


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_whole_in_itself(path: str, sqlite_office: Any) -> None:
    answer = everybody(sqlite_office, path)
    if not answer.headers.get("content-type", "").startswith("text/html"):
        return  # a file, a figure, or it leads elsewhere
    page = answer.text
    assert '<html lang="zh-CN">' in page
    assert "<title>" in page
    assert page.count("<h1") == 1
    assert not re.search(r"<script(?! src=\"/static/)|\son\w+=|style=|javascript:", page), "nothing inline"
    assert not re.search(r"(?:src|href|action)=\"(?:https?:)?//", page), "nothing from elsewhere"
    assert "{{" not in page
    for form in re.findall(r"<form[^>]*method=\"post\".*?</form>", page, re.DOTALL):
        assert 'name="csrf"' in form
    for field in re.findall(r"<input(?![^>]*type=\"hidden\")[^>]*>", page):
        name = re.search(r'id="([^"]+)"', field)
        if "aria-label=" in field:
            continue
        assert (name and f'for="{name[1]}"' in page) or "<label>" in page, f"{field} has no label"


@pytest.mark.parametrize("path", [path for path in PAGES if path not in ("/login", "/first-run", "/password")])
def test_every_page_is_there_as_json_too(path: str, sqlite_office: Any) -> None:
    if not everybody(sqlite_office, path).headers.get("content-type", "").startswith("text/html"):
        return  # a file or a figure
    names = [f"{path}?format=json", "/index.json" if path == "/" else f"{path}.json"]
    by_name, by_suffix = (everybody(sqlite_office, name) for name in names)
    assert by_name.headers["content-type"] == "application/json"
    assert by_name.json() == by_suffix.json()
    asked = sqlite_office.as_("auditor").get(path, headers={"Accept": "application/json"})
    assert asked.headers["content-type"] == "application/json"


def test_a_day_goes_along_and_is_said(sqlite_office: Any) -> None:
    browser = sqlite_office.as_("viewer")
    page = browser.get("/?asof=2025-06-30").text
    assert "2025-06-30 那一天" in page
    assert 'href="/runs?asof=2025-06-30"' in page
    assert browser.get("/index.json?asof=2025-06-30").json()["as_of"] == "2025-06-30"
    assert browser.get("/index.json").json()["as_of"] == "2026-03-02"
    assert "那一天" not in browser.get("/").text


@pytest.mark.parametrize("day", ["2025-13-01", "昨天", "2025-6-1", "1' OR 1=1", "9" * 500])
def test_a_wrong_day_is_said_and_nothing_shown(day: str, sqlite_office: Any) -> None:
    answer = sqlite_office.as_("viewer").get("/", params={"asof": day})
    assert (answer.status_code, "不是日期" in answer.text) == (400, True)


def test_what_is_not_there_is_said_in_chinese(sqlite_office: Any) -> None:
    answer = sqlite_office.as_("viewer").get("/nothing")
    assert (answer.status_code, "没有这一页" in answer.text) == (404, True)
    assert sqlite_office.as_("viewer").get("/nothing.json").json()["status"] == 404
    assert sqlite_office.as_("viewer").post("/runs").status_code == 405


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (WrongDecision("要写明理由"), 422, "要写明理由"),
        (ConflictingReview("王五 刚才作了第 3 号决定"), 409, "王五 刚才"),
        (StoreUnavailable("/var/secret.db: locked"), 503, "过一会儿再试"),
        (RuntimeError("a secret inside"), 500, "编号"),
        (KeyError("another"), 500, "编号"),
    ],
)
def test_what_goes_wrong_is_told_without_its_insides(
    error: Exception, status: int, said: str, sqlite_office: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = sqlite_office.as_("viewer")

    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("outputs.web.runs.list_runs", fail)
    for path in ("/runs?back=%2F%3Funit%3Da", "/runs.json"):
        answer = browser.get(path)
        assert answer.status_code == status
        assert said in answer.text
        assert "Traceback" not in answer.text
        assert "secret" not in answer.text
        assert "content-security-policy" in answer.headers
    assert 'href="/?unit=a"' in browser.get("/runs?back=%2F%3Funit%3Da").text, "the way back stays"


def test_what_went_wrong_is_in_the_programs_log_under_its_number(
    sqlite_office: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    browser = sqlite_office.as_("viewer")
    monkeypatch.setattr("outputs.web.runs.list_runs", lambda *_, **__: 1 / 0)
    number = browser.get("/runs.json").json()["number"]
    assert f"{number} GET /runs" in caplog.text
    assert "ZeroDivisionError" in caplog.text


def test_long_forms_and_forms_of_unknown_length_are_refused(sqlite_office: Any) -> None:
    browser = sqlite_office.as_("viewer")
    assert browser.submit("/password", current="x" * 1_100_000).status_code == 413
    chunked = browser.post("/password", content=iter([b"csrf=1"]))
    assert chunked.status_code == 411
    assert browser.submit("/password", current="a\0b", password="c", again="d").status_code == 400


def test_only_known_names_of_the_host_are_answered(
    tmp_path: Path, prepared: Path, make_office: Callable[..., Any]
) -> None:
    (tmp_path / "hosts.db").write_bytes(prepared.read_bytes())
    with open_store(f"sqlite:///{tmp_path}/hosts.db") as store:
        browser = make_office(store, hosts=("127.0.0.1",)).browser()
        assert browser.get("/login").status_code == 200
        assert browser.get("/login", headers={"Host": "evil.example"}).status_code == 400


def test_static_files_are_kept_by_browsers_and_pages_are_not(sqlite_office: Any) -> None:
    page = sqlite_office.browser().get("/login")
    assert page.headers["cache-control"] == "no-store"
    sheet = re.search(r'href="(/static/duban.css\?v=\w+)"', page.text)
    assert sheet
    assert "immutable" in sqlite_office.browser().get(sheet[1]).headers["cache-control"]
    assert sqlite_office.browser().get("/static/../app.py").status_code == 404
    assert sqlite_office.browser().get("/static/%2e%2e/app.py").status_code == 404


def test_the_stylesheet_and_the_templates_load_nothing_and_style_nothing_inline() -> None:
    for file in [*FOLDER.glob("static/*"), *FOLDER.glob("templates/*")]:
        text = file.read_text(encoding="utf-8").replace("http://www.w3.org/", "")
        assert not re.search(r"https?://|url\(|@import|style=\"|<style|\|safe\b", text), file.name


def test_the_auditor_sees_the_log_and_that_it_is_whole(office: Any) -> None:
    office.as_("viewer")
    auditor = office.as_("auditor")
    page = auditor.get("/audit?check=yes").text
    assert "viewer（查看）" in page
    assert "登录" in page
    assert "核对过" in page
    found = auditor.get("/audit.json?who=viewer&check=yes").json()
    assert (found["total"], found["intact"]) == (1, True)
    assert found["entries"][0]["at"].endswith("+08:00")
    assert "没有符合" in auditor.get("/audit?who=nobody").text


def test_who_is_turned_away_is_in_the_log(office: Any) -> None:
    office.as_("viewer").get("/audit")
    found = office.as_("auditor").get("/audit.json?action=denied").json()["entries"]
    assert [(one["who"], one["object"], one["result"]) for one in found] == [("viewer", "GET /audit", "refused: role")]
    assert verify(office.store) is None


def test_nothing_in_the_log_becomes_part_of_the_page(sqlite_office: Any) -> None:
    text = "<img src=x onerror=alert(1)>'\"&{{7*7}}"
    append(sqlite_office.store, Entry(sqlite_office.clock.now, text, "viewer", text[:40], "login", text, "done"))
    page = sqlite_office.as_("auditor").get("/audit").text
    assert "<img" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page
    assert "{{7*7}}" in page


def test_pages_lead_on_and_keep_what_was_asked(sqlite_office: Any) -> None:
    for number in range(60):
        append(sqlite_office.store, Entry(sqlite_office.clock.now, "王五", "viewer", "", "login", f"第{number}次"))
    auditor = sqlite_office.as_("auditor")
    page = auditor.get("/audit?who=王五&size=20&page=2").text
    assert "共 60 条，现在是第 21 到 40 条" in page
    assert "page=3" in page
    assert page.count("who=%E7%8E%8B%E4%BA%94") >= 3
    assert "（第 2 页，共 3 页）" in page
    gone = auditor.get("/audit?who=王五&size=20&page=9")
    assert (gone.status_code, gone.headers["location"]) == (303, "/audit?who=%E7%8E%8B%E4%BA%94&size=20")
    for odd in ("0", "-1", "x", "9" * 40, "１"):
        assert auditor.get("/audit", params={"page": odd, "size": odd}).status_code == 200


@given(st.integers(1, 10_000), st.sampled_from(SIZES), st.integers(0, 100_000))
def test_pages_cover_the_list_once(number: int, size: int, total: int) -> None:
    last = Pages(1, size, total).last
    pages = Pages(min(number, last), size, total)
    assert (pages.last - 1) * size <= max(total - 1, 0) < pages.last * size
    shown = [one for one in pages.near if one]
    assert {1, last, pages.number} <= set(shown)
    assert shown == sorted(set(shown))


@given(st.lists(st.tuples(WORDS, WORDS), max_size=6), st.dictionaries(WORDS, WORDS | st.none(), max_size=4))
def test_an_address_that_is_taken_apart_and_built_again_is_the_same(
    present: list[tuple[str, str]], changes: dict[str, str | None]
) -> None:
    built = address("/ledger", present)
    read = parse_qsl(urlsplit(built).query, keep_blank_values=True)
    assert read == present
    assert address("/ledger", changed(read, {})) == built
    after = changed(read, dict(changes))
    for name, value in changes.items():
        assert [one for key, one in after if key == name] == ([value] if value else [])
    assert [one for one in after if one[0] not in changes] == [one for one in read if one[0] not in changes]
    assert inside(built) == built


@given(st.text(max_size=40))
def test_an_address_that_leads_out_is_never_taken(text: str) -> None:
    taken = inside(text)
    assert taken is None or (taken == text and urlsplit(taken).netloc == "" and taken.startswith("/"))


@given(st.text(min_size=1, max_size=30), st.lists(st.text(max_size=20), max_size=3), st.text(max_size=30))
def test_what_a_page_says_to_the_next_cannot_be_made_up(secret: str, said: list[str], other: str) -> None:
    seal = sealed(secret, said)
    assert unsealed(secret, seal) == said
    assert unsealed(secret, other) == []
    if other != secret:
        assert unsealed(other, seal) == []
        assert not is_form_token(other, form_token(secret))
    dice = random.Random(len(seal))
    place = dice.randrange(len(seal))
    assert unsealed(secret, seal[:place] + ("A" if seal[place] != "A" else "B") + seal[place + 1 :]) == []
