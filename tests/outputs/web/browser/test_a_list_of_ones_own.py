"""One person's Monday: a list kept under a name, opened first, with one's own columns, on the screen and in a file."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect


def shows(page: Page, wanted: list[str]) -> None:
    """The titles of the ledger's columns are these, in this order; one may have a mark behind it."""
    heads = page.locator("table.ledger thead th:not(.pick)")
    expect(heads).to_have_text([re.compile(rf"^\s*{re.escape(one)}(\s|$)") for one in wanted])


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no_scripts"])
def test_a_list_is_kept_opened_first_and_taken_home_as_it_is_shown(
    chromium: Browser, own: tuple[str, Any], desk_of: Callable[..., Any], tmp_path: Path, scripts: bool
) -> None:
    with desk_of(chromium, own, scripts=scripts) as desk:
        page = desk.page
        desk.log_in("reviewer")
        page.click("nav.menu >> text=台账")
        page.select_option("select[name=status]", "overdue")
        page.click("button:has-text('筛选')")
        page.click("summary:has-text('存下这个台账')")
        page.fill("input[name=name]", "周一先看")
        page.check("input[name=first]")
        page.click("button:has-text('存下')")
        expect(page.locator(".said")).to_contain_text("存下了台账“周一先看”")
        count = page.locator("h1 small").inner_text()
        page.click(".look summary")
        _breaks_no_rule(page, scripts)
        for column in ("case", "assigned", "numbers"):
            page.uncheck(f"input[name=col][value={column}]")
        page.click("button:has-text('以后都这样')")
        wanted = ["承诺事项（原文）", "时限", "强度", "状态", "佐证"]
        shows(page, wanted)
        page.click("nav.menu >> text=概览")
        page.click(".figures a:has-text('周一先看')")
        expect(page.locator("h1 small")).to_have_text(count)
        page.click("nav.menu >> text=台账")
        expect(page.locator(".lists a[aria-current]")).to_contain_text("周一先看")
        shows(page, wanted)
        with page.expect_download() as coming:
            page.click("a[aria-label='只要这 5 列，Excel']")
        coming.value.save_as(tmp_path / "list.xlsx")
        sheet = load_workbook(tmp_path / "list.xlsx").worksheets[0]
        assert f"{sheet.max_row - 1} 条承诺" == count
        assert [cell.value for cell in sheet[1]][1:4] == ["承诺事项（原文）", "完成时限（原文）", "完成时限"]
        page.goto(f"{desk.address}/searches")
        _breaks_no_rule(page, scripts)
        page.click("button:has-text('删除')")
        page.click("summary:has-text('最近删的')")
        expect(page.locator("button:has-text('恢复')")).to_be_visible()
        _breaks_no_rule(page, scripts)
        page.click("button:has-text('恢复')")
        expect(page.locator(".said")).to_contain_text("恢复了台账“周一先看”")
        assert desk.outside == []
        assert desk.complaints == []


def _breaks_no_rule(page: Page, scripts: bool) -> None:
    """Axe's rules hold on a page that only work makes; axe itself is a script."""
    if scripts:
        assert [one["id"] for one in Axe().run(page).response["violations"]] == []
