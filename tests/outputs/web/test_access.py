"""Who may open what: every page, every role, against access.yaml; and no page outside of it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.routing import Mount
from starlette.testclient import TestClient

from models.audit import count_entries
from models.errors import ConfigurationError
from models.people import UserRole
from models.queries import ledger
from outputs.web.access import line_of, matrix
from outputs.web.app import PAGES
from outputs.web.guard import Guarded, pages
from outputs.web.layout import ACTIONS, NAVIGATION

ROUTES = sorted(matrix())
ROLES = [role.value for role in UserRole]


def guarded() -> set[str]:
    """Every page that hangs on a router of the application."""
    return {f"{method} {route.path}" for router in PAGES for route in router.routes for method in route.methods}


def address_of(route: str, office: Any) -> tuple[str, str]:
    """The method and an address of a page; names in braces become a commitment's or its document's id."""
    method, path = route.split(" ", 1)
    row = ledger(office.store, limit=1)[0]
    for name in re.findall(r"{(\w+)(?::\w+)?}", path):
        path = re.sub(r"{" + name + r"(?::\w+)?}", row.document.id if "document" in name else row.id, path)
    return method, path


def test_every_page_has_a_line_and_every_line_a_page() -> None:
    assert guarded() == set(matrix())


def test_every_page_is_behind_the_door(sqlite_office: Any) -> None:
    app: FastAPI = sqlite_office.app
    outside = [route for route in app.routes if isinstance(route, Mount) and route.path != "/static"]
    assert outside == []
    assert all(isinstance(route, Guarded) for router in PAGES for route in router.routes)
    assert len([route for route in app.routes if not isinstance(route, Mount)]) == len(PAGES)


def test_a_page_without_a_line_cannot_be_made() -> None:
    router = pages()
    with pytest.raises(ConfigurationError, match="GET /secret"):
        router.get("/secret")(lambda: None)


def test_a_route_that_changes_something_is_logged_and_its_name_is_chinese() -> None:
    for route, line in matrix().items():
        assert route.startswith("GET ") or line.audit, route
        assert line.audit is None or line.audit in ACTIONS, f"{line.audit} has no name in layout.ACTIONS"


def test_only_the_entrance_is_open_to_nobody() -> None:
    public = {route for route, line in matrix().items() if line.public}
    assert public == {
        "GET /first-run",
        "POST /first-run",
        "GET /login",
        "POST /login",
        "POST /logout",
    }


def test_whoever_may_change_nothing_may_change_nothing() -> None:
    own = {"POST /password", "POST /logout", "POST /login", "POST /first-run"}
    # an export changes nothing
    own |= {f"POST {path}{end}" for path in ("/ledger/exports", "/api/exports") for end in ("", "/{key}/stop")}
    kept = ("/searches", "/ledger/lists", "/api/lists", "/ledger/first", "/ledger/columns")
    for route, line in matrix().items():
        if any(one in route for one in kept):  # what a viewer keeps is his own; an auditor keeps nothing
            assert UserRole.AUDITOR not in line.roles or route.startswith("GET "), route
        elif not route.startswith("GET ") and route not in own:
            assert not line.roles & {UserRole.NONE, UserRole.VIEWER, UserRole.AUDITOR}, route


def test_every_entry_of_the_menu_that_is_there_leads_to_a_page() -> None:
    assert "GET /" in matrix()
    assert len({entry.path for entry in NAVIGATION}) == len(NAVIGATION)


@pytest.mark.parametrize("role", ROLES)
def test_each_role_opens_what_is_open_to_it_and_nothing_else(role: str, office: Any) -> None:
    browser: TestClient = office.as_(role)
    for route in ROUTES:
        if route == "POST /logout":
            continue  # tried last: it ends the visit
        method, address = address_of(route, office)
        if line_of(method, route.split(" ", 1)[1]).for_programs and method != "GET":
            answer = office.browser().request(method, address, json={}, headers=office.key(role))
        else:
            data = {"csrf": browser.token()} if method != "GET" else None
            answer = browser.request(method, address, data=data)
        _check(role, route, answer, office)


def _check(role: str, route: str, answer: Any, office: Any) -> None:
    line = line_of(*route.split(" ", 1))
    status, body = answer.status_code, answer.text
    to_login = status == 303 and answer.headers["location"].startswith("/login")
    assert status < 500, f"{role} {route}: {status}"
    if UserRole(role) in line.roles:
        assert status not in (401, 403) or route == "POST /login", f"{role} {route}: {status}"
        assert not to_login or route.endswith("/first-run"), f"{role} {route} leads to the login page"
        return
    if role == "none" and route.startswith("GET ") and not route.startswith("GET /api/"):
        assert to_login, f"nobody, {route}: {status}"
    else:
        assert status == (401 if role == "none" else 403), f"{role} {route}: {status}"
    sentence = ledger(office.store, limit=1)[0].commitment.span.text
    assert sentence[:12] not in body, f"{role} {route} gives records away"


def test_an_account_without_rights_sees_as_little_as_nobody(sqlite_office: Any) -> None:
    browser = sqlite_office.browser().log_in("none")
    for route, line in matrix().items():
        if route.startswith("GET ") and not line.public:
            assert browser.get(address_of(route, sqlite_office)[1]).status_code == 403


@pytest.mark.parametrize("route", [route for route in ROUTES if not route.startswith("GET ")])
def test_a_form_without_its_token_does_nothing(route: str, sqlite_office: Any) -> None:
    for role in sorted(line_of(*route.split(" ", 1)).roles):
        browser: TestClient = sqlite_office.as_(role.value)
        method, address = address_of(route, sqlite_office)
        for data in ({}, {"csrf": "0" * 64}, {"csrf": ""}):
            answer = browser.request(method, address, data=data)
            assert answer.status_code == 403, f"{role} {route} {data}: {answer.status_code}"


@pytest.mark.parametrize("route", [route for route in ROUTES if not route.startswith("GET ")])
def test_a_form_from_another_site_does_nothing(route: str, sqlite_office: Any) -> None:
    browser = sqlite_office.as_("admin")
    method, address = address_of(route, sqlite_office)
    for site in ("cross-site", "same-site"):
        answer = browser.request(method, address, data={"csrf": browser.token()}, headers={"Sec-Fetch-Site": site})
        assert answer.status_code == 403


@pytest.mark.parametrize("route", [route for route in ROUTES if line_of(*route.split(" ", 1)).audit])
def test_whatever_is_tried_is_in_the_log(route: str, sqlite_office: Any) -> None:
    line = line_of(*route.split(" ", 1))
    role = sorted(line.roles - {UserRole.NONE} or line.roles)[0].value
    browser = sqlite_office.as_(role)
    before = count_entries(sqlite_office.store, action=line.audit)
    method, address = address_of(route, sqlite_office)
    data = {"csrf": browser.token()} if method != "GET" else None
    browser.request(method, address, data=data)
    assert count_entries(sqlite_office.store, action=line.audit) == before + 1


def test_access_is_documented(root: Path) -> None:
    page = (root / "docs" / "web.md").read_text(encoding="utf-8")
    assert all(f"`{role}`" in page for role in ROLES)
