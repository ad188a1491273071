"""Every page in a real browser: within its width, no complaint, nothing from outside, axe's rules, the keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from axe_playwright_python.sync_playwright import Axe

from outputs.web.access import matrix

DESKTOP, PHONE = (1440, 900), (390, 844)

# Each page that is looked at, and the role that looks; {commitment} and the like stand for one of the office's own.
PAGES = {
    "login": ("none", "/login"),
    "overview": ("reviewer", "/"),
    "ledger": ("reviewer", "/ledger"),
    "ledger-narrow": ("reviewer", "/ledger?status=overdue"),
    "ledger-all-columns": ("reviewer", "/ledger?size=20&col=case&col=text&col=numbers&col=why&col=place&col=alarms"),
    "ledger-empty": ("reviewer", "/ledger?unit=没有这个单位"),
    "ledger-past": ("reviewer", "/ledger?asof=2025-06-30"),
    "batch": ("reviewer", "/ledger/batch?of=all"),
    "import": ("reviewer", "/ledger/import"),
    "intake": ("reviewer", "/intake"),
    "commitment": ("reviewer", "/commitments/{commitment}"),
    "merge": ("reviewer", "/commitments/{commitment}/merge"),
    "documents": ("reviewer", "/documents"),
    "document": ("reviewer", "/documents/{document}"),
    "item": ("reviewer", "/items/{item}"),
    "review": ("reviewer", "/review"),
    "search": ("reviewer", "/search"),
    "search-hits": ("reviewer", "/search?q=停车位"),
    "search-names": ("reviewer", "/search?q=交通&complete=yes"),
    "searches": ("reviewer", "/searches"),
    "targets": ("reviewer", "/targets"),
    "units": ("reviewer", "/units"),
    "runs": ("reviewer", "/runs"),
    "mornings": ("reviewer", "/mornings"),
    "check": ("reviewer", "/check"),
    "run": ("reviewer", "/runs/{run}"),
    "failures": ("admin", "/failures"),
    "password": ("reviewer", "/password"),
    "users": ("admin", "/users"),
    "audit": ("auditor", "/audit"),
}

# What is no page (charts, files, completions), and pages that only work makes (test_a_day_in_the_office.py; the first
# start, before anybody has an account: tests/flows/test_serve.py).
NO_PAGES = {"/overview/chart.svg", "/ledger/export", "/commitments/{}/progress.svg", "/documents/{}/original"}
NO_PAGES |= {"/search/complete", "/ledger/letters", "/ledger/mine", "/mornings/{}/file"}
MADE_BY_WORK = {"/first-run", "/mornings/{}", "/ledger/batches/{}", "/ledger/import/{}", "/ledger/imports/{}"}
NO_PAGES |= {"/ledger/exports/{}/file"}
MADE_BY_WORK |= {"/ledger/exports/{}", "/ledger/importing/{}"}  # test_what_comes_from_elsewhere.py
MADE_BY_WORK |= {"/ledger/import/{}/lines/{}"}  # test_foreign.py
MADE_BY_WORK |= {"/ledger/import/{}/columns", "/intake/{}"}  # test_what_comes_from_elsewhere.py


def test_every_page_that_there_is_is_looked_at() -> None:
    routes = {re.sub(r"{\w+}", "{}", route.removeprefix("GET ")) for route in matrix() if route.startswith("GET ")}
    looked_at = {re.sub(r"{\w+}", "{}", path.partition("?")[0]) for _, path in PAGES.values()}
    assert {one for one in routes if not one.startswith("/api")} == looked_at | NO_PAGES | MADE_BY_WORK


@pytest.fixture(scope="session")
def places(served: tuple[str, Any]) -> dict[str, str]:
    """Ids of the office's own things to put into addresses."""
    _, office = served
    browser = office.as_("reviewer")
    found = {
        kind: re.findall(rf'href="/{kind}/([0-9a-f]+)', browser.get(page).text)[0]
        for kind, page in (
            ("commitments", "/ledger?evidence=yes"),
            ("documents", "/documents"),
            ("items", "/documents"),
        )
    }
    return {"commitment": found["commitments"], "document": found["documents"], "item": found["items"], "run": "1"}


@pytest.fixture(params=PAGES)
def page(request: pytest.FixtureRequest, places: dict[str, str]) -> tuple[str, str]:
    """A page's role and address."""
    role, path = PAGES[request.param]
    return role, path.format(**places)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["1440", "390"])
def test_a_page_keeps_its_width_and_complains_of_nothing(
    page: tuple[str, str], size: tuple[int, int], looking: Callable[..., Any]
) -> None:
    desk = looking(page[0], size)
    shown = desk.open(page[1])
    wide = shown.evaluate("document.documentElement.scrollWidth")
    assert wide <= size[0], f"{wide} pixels in a window of {size[0]}"
    assert desk.complaints == []
    assert desk.outside == []


def test_the_head_of_a_long_list_stays_in_sight(looking: Callable[..., Any]) -> None:
    shown = looking("reviewer", DESKTOP).open("/ledger")
    shown.evaluate("window.scrollTo(0, 1500)")
    box = shown.locator("table.ledger thead th").nth(1).bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 20


def test_a_page_breaks_none_of_axes_rules(page: tuple[str, str], looking: Callable[..., Any]) -> None:
    desk = looking(page[0], DESKTOP)
    found = Axe().run(desk.open(page[1])).response["violations"]
    assert [(one["id"], [node["html"][:120] for node in one["nodes"][:3]]) for one in found] == []


def test_a_page_on_paper_is_whole(page: tuple[str, str], looking: Callable[..., Any], tmp_path: Path) -> None:
    """Nothing is cut off at the right, the first sheet isn't left empty, the last says where the page is."""
    shown = looking(page[0], DESKTOP).open(page[1])
    shown.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True, format="A4")
    with pdfplumber.open(tmp_path / "page.pdf") as paper:
        beyond = [one["text"] for sheet in paper.pages for one in sheet.chars if one["x1"] > sheet.width - 28]
        first, last = (re.sub(r"\s", "", paper.pages[at].extract_text()) for at in (0, -1))
        words = re.sub(r"\s", "", shown.locator("main").inner_text())
    assert beyond == []
    assert len(first) >= min(60, len(words) // 8), first
    if page[0] != "none":
        assert re.search(r"http://127\.0\.0\.1:\d+/\S*·2026-03-02\d\d:\d\d打印", last), last[-200:]


WALK = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect(), style = getComputedStyle(one);
  return {name: one.tagName, at: [...document.querySelectorAll('*')].indexOf(one),
          seen: box.width > 0 && box.height > 0, ring: style.outlineStyle !== 'none' && style.outlineWidth !== '0px',
          said: (one.textContent || one.getAttribute('aria-label') || one.name || '').trim().slice(0, 40)};
}"""
# Of a group of radio buttons the keyboard stops at one: the chosen one, or the first where none is chosen.
REACHABLE = """() => [...document.querySelectorAll('a[href],button,input,select,textarea,summary')].filter(one => {
  const group = one.type === 'radio' ? [...document.querySelectorAll(`input[name="${one.name}"]`)] : [one];
  const stop = group.find(each => each.checked && each.type === 'radio') || group[0];
  return !one.disabled && one.type !== 'hidden' && one.tabIndex >= 0 && one.checkVisibility() && stop === one;
}).length"""


def test_the_keyboard_reaches_all_of_a_page_and_shows_where_it_is(
    page: tuple[str, str], looking: Callable[..., Any]
) -> None:
    shown = looking(page[0], DESKTOP).open(page[1])
    shown.evaluate("document.activeElement.blur()")
    shown.mouse.click(1, 1)
    stops = list(_walk(shown, 400))
    assert [stop for stop in stops if not (stop["seen"] and stop["ring"])] == []
    assert len({stop["at"] for stop in stops}) >= min(shown.evaluate(REACHABLE), 400) - 1


def _walk(shown: Any, most: int) -> Iterator[dict[str, Any]]:
    """Every stop of the Tab key, in order, until it leaves the page; a date's parts are stops of one field."""
    seen: list[int] = []
    for _ in range(most + 40):
        shown.keyboard.press("Tab")
        stop = shown.evaluate(WALK)
        if stop["name"] == "BODY" or stop["at"] in seen[:-1]:
            return
        if stop["at"] not in seen:
            seen.append(stop["at"])
            yield stop
