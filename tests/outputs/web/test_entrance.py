"""Getting in and out as a person does it, in a browser without scripts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from models.accounts import disable, list_users, new_setup_token, set_password, user_named
from models.audit import entries
from models.logins import new_api_token
from models.passwords import Policy
from models.people import Scope, UserRole
from models.store import open_store

PASSWORD, OTHER = "Lanshi-7-dengta", "Haimian-9-qiaotou"


@pytest.fixture
def empty(tmp_path: Path, make_office: Callable[..., Any]) -> Any:
    """An office on its first day: nobody has an account."""
    with open_store(f"sqlite:///{tmp_path}/new.db") as store:
        yield make_office(store)


def login_page(answer: Any) -> bool:
    return answer.status_code == 303 and answer.headers["location"].startswith("/login")


def test_without_an_account_only_the_first_page_is_there(empty: Any) -> None:
    browser = empty.browser()
    for path in ("/", "/ledger", "/runs", "/audit", "/login"):
        answer = browser.get(path)
        assert (answer.status_code, answer.headers.get("location")) in [(303, "/first-run"), (404, None)], path
    assert browser.get("/api/overview").status_code == 403
    assert "口令" in browser.get("/first-run").text


def test_the_token_makes_the_first_administrator_who_then_logs_in(empty: Any) -> None:
    browser = empty.browser()
    token = new_setup_token(empty.store, now=empty.clock.now)
    page = browser.get("/first-run").text
    csrf = page.split('name="csrf" value="')[1].split('"')[0]
    form = {"csrf": csrf, "name": "甲乙", "password": PASSWORD, "again": PASSWORD}
    wrong = browser.post("/first-run", data={**form, "token": "guess"})
    assert (wrong.status_code, "口令不对" in wrong.text, "甲乙" in wrong.text) == (422, True, True)
    unlike = browser.post("/first-run", data={**form, "token": token, "again": OTHER})
    assert "不一样" in unlike.text
    weak = browser.post("/first-run", data={**form, "token": token, "password": "甲乙123", "again": "甲乙123"})
    assert "至少 10" in weak.text
    made = browser.post("/first-run", data={**form, "token": token})
    assert (made.status_code, made.headers["location"]) == (303, "/login")
    assert "管理员建好了" in browser.get("/login").text
    assert "管理员建好了" not in browser.get("/login").text, "said once"
    assert [(one.name, one.role) for one in list_users(empty.store)] == [("甲乙", UserRole.ADMIN)]
    assert empty.browser().get("/first-run").headers["location"] == "/login"
    assert empty.browser().log_in("甲乙").get("/").status_code == 200
    assert [one.entry.result for one in entries(empty.store)][1:] == ["done", *["refused: wrong"] * 3]


def test_whoever_asks_for_a_page_gets_it_after_logging_in(office: Any) -> None:
    browser = office.browser()
    asked = browser.get("/runs?size=20")
    assert asked.headers["location"] == "/login?back=%2Fruns%3Fsize%3D20"
    page = browser.get(asked.headers["location"]).text
    assert 'name="back" value="/runs?size=20"' in page
    done = browser.submit("/login", name="viewer", password=PASSWORD, back="/runs?size=20")
    assert (done.status_code, done.headers["location"]) == (303, "/runs?size=20")


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"])
def test_nobody_is_led_out(back: str, sqlite_office: Any) -> None:
    done = sqlite_office.browser().submit("/login", name="viewer", password=PASSWORD, back=back)
    assert done.headers["location"] == "/"


def test_a_wrong_login_says_the_same_for_all_and_keeps_the_name(sqlite_office: Any) -> None:
    browser = sqlite_office.browser()
    answers = [browser.submit("/login", name=name, password="x") for name in ("viewer", "nobody-at-all")]
    assert [answer.status_code for answer in answers] == [401, 401]
    assert answers[0].text.replace("viewer", "X") == answers[1].text.replace("nobody-at-all", "X")
    assert 'value="viewer"' in answers[0].text
    assert 'value="x"' not in answers[0].text


def test_the_log_names_known_accounts_and_never_what_was_typed_for_one(sqlite_office: Any) -> None:
    browser = sqlite_office.browser()
    browser.submit("/login", name="viewer", password="x")
    browser.submit("/login", name="MyPassw0rd-typed-here", password="x")
    assert [one.entry.who for one in entries(sqlite_office.store)] == ["（未知用户）", "viewer"]


def test_a_locked_account_is_told_nothing_else_and_floods_no_log(sqlite_office: Any) -> None:
    browser = sqlite_office.browser()
    answers = [browser.submit("/login", name="viewer", password="x") for _ in range(9)]
    assert len({answer.text for answer in answers}) == 1
    assert browser.submit("/login", name="viewer", password=PASSWORD).status_code == 401
    assert len(entries(sqlite_office.store)) == 5
    sqlite_office.clock.pass_(minutes=5)
    browser.log_in("viewer")


def test_logging_in_gives_a_new_secret(sqlite_office: Any) -> None:
    browser = sqlite_office.browser()
    browser.get("/login")
    before = browser.cookies["duban"]
    browser.log_in("viewer")
    assert browser.cookies["duban"] != before


def test_logging_out_ends_it_on_the_server(office: Any) -> None:
    browser = office.browser().log_in("viewer")
    held = browser.cookies["duban"]
    assert login_page(browser.submit("/logout"))
    browser.cookies.set("duban", held)
    assert login_page(browser.get("/"))


def test_fifteen_idle_minutes_and_ten_hours_end_a_session(sqlite_office: Any) -> None:
    browser = sqlite_office.browser().log_in("viewer")
    for _ in range(42):  # 42 x 14 minutes are less than ten hours
        sqlite_office.clock.pass_(minutes=14)
        assert browser.get("/").status_code == 200
    sqlite_office.clock.pass_(minutes=14)
    assert login_page(browser.get("/"))
    browser.log_in("viewer")
    sqlite_office.clock.pass_(minutes=15, seconds=1)
    assert login_page(browser.get("/"))


def test_a_new_password_needs_the_old_one_and_ends_other_sessions_at_once(office: Any) -> None:
    here, there = office.browser().log_in("viewer"), office.browser().log_in("viewer")
    form = {"password": OTHER, "again": OTHER}
    wrong = here.submit("/password", current="x", **form)
    assert (wrong.status_code, "现在的密码不对" in wrong.text) == (422, True)
    assert "不一样" in here.submit("/password", current=PASSWORD, password=OTHER, again="x").text
    done = here.submit("/password", current=PASSWORD, **form)
    assert done.status_code == 303
    assert "密码换好了" in here.get("/").text
    assert login_page(there.get("/"))
    office.browser().log_in("viewer", OTHER)


def test_whoever_is_disabled_or_given_a_new_password_is_out_at_once(office: Any) -> None:
    viewer, reviewer = office.browser().log_in("viewer"), office.browser().log_in("reviewer")
    disable(office.store, "viewer", now=office.clock.now)
    set_password(office.store, "reviewer", OTHER, policy=Policy.DENGBAO2, now=office.clock.now)
    assert login_page(viewer.get("/"))
    assert login_page(reviewer.get("/"))


def test_an_old_password_must_be_changed_first(sqlite_office: Any) -> None:
    sqlite_office.clock.pass_(days=91)
    browser = sqlite_office.browser()
    done = browser.submit("/login", name="viewer", password=PASSWORD)
    assert done.headers["location"] == "/password"
    assert browser.get("/runs").headers["location"].startswith("/password")
    assert browser.get("/runs.json").status_code == 403
    assert browser.submit("/password", current=PASSWORD, password=OTHER, again=OTHER).status_code == 303
    assert browser.get("/runs").status_code == 200


def test_an_old_password_stays_good_where_nothing_else_is_asked(
    tmp_path: Path, prepared: Path, make_office: Callable[..., Any]
) -> None:
    (tmp_path / "asvs.db").write_bytes(prepared.read_bytes())
    with open_store(f"sqlite:///{tmp_path}/asvs.db") as store:
        office = make_office(store, policy=Policy.ASVS)
        office.clock.pass_(days=400)
        assert office.browser().log_in("viewer").get("/").status_code == 200


def test_a_program_opens_pages_by_its_key(office: Any) -> None:
    now = office.clock.now
    owner = user_named(office.store, "reviewer")
    key, _ = new_api_token(office.store, owner, "大屏", Scope.READ, expires=now + timedelta(days=1), now=now)
    program = office.browser()
    right = {"Authorization": f"Bearer {key}"}
    assert program.get("/api/overview", headers=right).json()["commitments"] > 0
    assert program.get("/runs.json", headers=right).status_code == 200
    assert program.get("/api/overview").status_code == 401
    assert program.get("/api/overview", headers={"Authorization": "Bearer duban_x"}).status_code == 401
    assert program.get("/audit.json", headers=right).status_code == 403
    office.clock.pass_(days=1)
    assert program.get("/api/overview", headers=right).status_code == 401


@pytest.mark.parametrize(("https", "name"), [(False, "duban"), (True, "__Host-duban")])
def test_the_cookie_is_for_the_browser_alone(
    https: bool, name: str, tmp_path: Path, prepared: Path, make_office: Callable[..., Any]
) -> None:
    (tmp_path / "cookies.db").write_bytes(prepared.read_bytes())
    with open_store(f"sqlite:///{tmp_path}/cookies.db") as store:
        answer = make_office(store, https=https).browser().get("/login")
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"{name}=")
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(cookie.split("; "))
    assert ("Secure" in cookie) == https
    assert ("strict-transport-security" in answer.headers) == https
    assert "domain" not in cookie.lower()
