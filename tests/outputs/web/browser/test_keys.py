"""Single keys: they decide, move and find; ? lists those of the page; they can be turned off."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, expect


def test_the_review_needs_no_mouse(chromium: Browser, own: tuple[str, Any], desk_of: Callable[..., Any]) -> None:
    with desk_of(chromium, own) as desk:
        desk.log_in("reviewer")
        page = desk.open("/review")
        asked = page.locator(".promised")  # the promise, and what may be evidence of it
        first = asked.all_text_contents()
        with page.expect_navigation():
            page.keyboard.press("a")
        expect(asked).not_to_have_text(first)
        with page.expect_navigation():
            page.keyboard.press("u")
        expect(asked).to_have_text(first)
        assert desk.complaints == []


def test_a_question_mark_lists_the_keys_of_the_page(looking: Callable[..., Any]) -> None:
    page = looking("reviewer").open("/ledger")
    page.keyboard.press("?")
    said = page.locator("dialog.keys")
    for words in ("下一行", "检索", "一条承诺一行", "后来的文件里说到这条承诺的话"):  # keys, what it is for, its words
        expect(said).to_contain_text(words)
    expect(said).not_to_contain_text("采信 ")
    page.keyboard.press("Escape")
    page.locator("dialog.keys").wait_for(state="detached")


def test_names_are_offered_while_somebody_types(looking: Callable[..., Any]) -> None:
    desk = looking("reviewer")
    page = desk.open("/search")
    page.locator("#q").press_sequentially("交通")
    offered = page.locator("#completions option")
    offered.first.wait_for(state="attached")
    expect(page.locator("#completions option:not([value*='交通'])")).to_have_count(0)  # what “交” alone brought is gone
    expect(offered).not_to_have_count(0)
    page.locator("#q").fill("")
    page.locator("#completions option").first.wait_for(state="detached")
    assert desk.complaints == []


def test_g_and_another_key_go_to_a_page_of_the_menu(looking: Callable[..., Any]) -> None:
    page = looking("reviewer").open("/units")
    for key, path in (("l", "/ledger"), ("q", "/review"), ("t", "/targets")):
        page.keyboard.press("g")
        page.keyboard.press(key)
        page.wait_for_url(f"**{path}")


def test_e_opens_the_corrections_and_stands_in_their_first_field(looking: Callable[..., Any]) -> None:
    page = looking("reviewer").open("/review")
    page.keyboard.press("e")
    expect(page.locator("#d-strength")).to_be_focused()


@pytest.mark.parametrize("opens", ["Enter", "o"])
def test_j_and_k_go_along_the_lines_and_o_or_enter_opens_one(looking: Callable[..., Any], opens: str) -> None:
    page = looking("reviewer").open("/ledger")
    promises = page.locator("tbody tr a.promise")
    for key in "jjk":
        page.keyboard.press(key)
    expect(promises.nth(0)).to_be_focused()
    page.keyboard.press(opens)
    page.wait_for_url("**/commitments/*")


def test_keys_that_are_turned_off_do_nothing(
    chromium: Browser, own: tuple[str, Any], desk_of: Callable[..., Any]
) -> None:
    with desk_of(chromium, own) as desk:
        desk.log_in("viewer")
        page = desk.open("/ledger")
        page.click("text=单键快捷键：开")
        expect(page.get_by_text("单键快捷键：关")).to_be_visible()
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press("?")
        page.keyboard.press("/")
        assert page.locator("dialog").count() == 0
        assert "/ledger" in page.url
