"""Single keys: they decide, move and find; ? lists those of the page; they can be turned off."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page


def heading(page: Page) -> str:
    """What the page says it shows."""
    return page.locator("h1").inner_text()


def test_the_review_needs_no_mouse(chromium: Browser, own: tuple[str, Any], desk_of: Callable[..., Any]) -> None:
    with desk_of(chromium, own) as desk:
        desk.log_in("reviewer")
        page = desk.open("/review")
        first = page.locator(".promised").all_inner_texts()  # the promise, and what may be evidence of it
        with page.expect_navigation():
            page.keyboard.press("a")
        assert page.locator(".promised").all_inner_texts() != first
        with page.expect_navigation():
            page.keyboard.press("u")
        assert page.locator(".promised").all_inner_texts() == first
        assert desk.complaints == []


def test_a_question_mark_lists_the_keys_of_the_page(looking: Callable[..., Any]) -> None:
    page = looking("reviewer").open("/ledger")
    page.keyboard.press("?")
    said = page.locator("dialog.keys").inner_text()
    assert "下一行" in said
    assert "检索" in said
    assert "采信 " not in said
    assert "一条承诺一行" in said, "what the page is for"
    assert "后来的文件里说到这条承诺的话" in said, "what its words mean"
    page.keyboard.press("Escape")
    page.locator("dialog.keys").wait_for(state="detached")


def test_names_are_offered_while_somebody_types(looking: Callable[..., Any]) -> None:
    desk = looking("reviewer")
    page = desk.open("/search")
    page.locator("#q").press_sequentially("交通")
    page.locator("#completions option").first.wait_for(state="attached")
    offered = page.evaluate("[...document.querySelectorAll('#completions option')].map((one) => one.value)")
    assert all("交通" in one for one in offered)
    page.locator("#q").fill("")
    page.locator("#completions option").first.wait_for(state="detached")
    assert desk.complaints == []


def test_g_and_another_key_go_to_a_page_of_the_menu(looking: Callable[..., Any]) -> None:
    page = looking("reviewer").open("/units")
    for key, path in (("l", "/ledger"), ("q", "/review"), ("t", "/targets")):
        with page.expect_navigation():
            page.keyboard.press("g")
            page.keyboard.press(key)
        assert page.url.endswith(path)


def test_e_opens_the_corrections_and_stands_in_their_first_field(looking: Callable[..., Any]) -> None:
    page = looking("reviewer").open("/review")
    page.keyboard.press("e")
    assert page.evaluate("document.activeElement.id") == "d-strength"


@pytest.mark.parametrize("opens", ["Enter", "o"])
def test_j_and_k_go_along_the_lines_and_o_or_enter_opens_one(looking: Callable[..., Any], opens: str) -> None:
    page = looking("reviewer").open("/ledger")
    promises = page.locator("tbody tr a.promise")
    for key in "jjk":
        page.keyboard.press(key)
    wanted = promises.nth(0).get_attribute("href")
    assert page.evaluate("document.activeElement.getAttribute('href')") == wanted
    with page.expect_navigation():
        page.keyboard.press(opens)
    assert "/commitments/" in page.url


def test_keys_that_are_turned_off_do_nothing(
    chromium: Browser, own: tuple[str, Any], desk_of: Callable[..., Any]
) -> None:
    with desk_of(chromium, own) as desk:
        desk.log_in("viewer")
        page = desk.open("/ledger")
        page.click("text=单键快捷键：开")
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press("?")
        page.keyboard.press("/")
        assert page.locator("dialog").count() == 0
        assert "/ledger" in page.url
