"""What comes from elsewhere, by mouse and form alone: another office's ledger, and files that are taken in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from openpyxl import Workbook
from playwright.sync_api import Browser, Page

from models.queries import ledger
from outputs.web.exporting import AT_ONCE

LETTER = """关于市十七届人大五次会议第41号建议的答复
周维代表：
您提出的关于改善河湾公园照明的建议收悉，现答复如下：
下一步，我局将于2026年9月底前更换河湾公园路灯30盏。
云岭市住房和城乡建设局
2026年2月11日
"""


def foreign(office: Any, path: Path) -> Path:
    """A ledger of other columns that tells of one of the office's promises, and of one that it doesn't have."""
    rows = [row for row in ledger(office.store) if (row.document.identity.number or "").isdecimal()]
    book = Workbook()
    sheet: Any = book.active
    sheet.append(["交办台账"])
    sheet.append(["承办单位", "建议编号", "承诺事项", "联络员", "进展情况"])
    sheet.append([None, rows[0].document.identity.number, rows[0].commitment.span.text, "尤敏", "已选好地址"])
    sheet.append(["某局", "987", "年内补植行道树四百株", None, "还没有开工"])
    sheet.merge_cells("A1:E1")
    book.save(path)
    return path


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no_scripts"])
def test_another_offices_ledger_is_read_by_its_columns(
    chromium: Browser, own: tuple[str, Any], desk_of: Callable[..., Any], tmp_path: Path, scripts: bool
) -> None:
    path = foreign(own[1], tmp_path / "交办.xlsx")
    with desk_of(chromium, own, scripts=scripts) as desk:
        page = desk.page
        desk.log_in("reviewer")
        page.goto(f"{desk.address}/ledger/import")
        page.set_input_files("#file", path)
        page.click("button:has-text('看看改了什么')")
        assert "表头就叫“建议编号”" in page.locator("main").inner_text()
        _is_sound(page, scripts)
        page.select_option("select[aria-label='联络员当作']", "skip")
        page.click("button:has-text('照这样看看会改什么')")
        assert "改动（1 格）" in page.locator("main").inner_text()
        assert "台账里没有第 987 号的承诺" in page.locator("#untaken + .wide").inner_text()
        _is_sound(page, scripts)
        page.click("a:has-text('是哪一条')")
        assert "年内补植行道树四百株" in page.locator("main").inner_text()
        _is_sound(page, scripts)
        page.click("a:has-text('先放着')")
        page.click("a:has-text('改列的对应')")
        page.select_option("select[aria-label='联络员当作']", "assigned")
        page.click("button:has-text('照这样看看会改什么')")
        page.click("button:has-text('记下这 2 格')")
        assert "记下了 2 个决定" in page.locator("h1").inner_text()
        page.click("button:has-text('撤销这 2 个')")
        assert "撤销了 2 个决定" in page.locator(".said").inner_text()


def test_a_long_list_is_followed_until_it_can_be_taken_home(
    chromium: Browser, own: tuple[str, Any], desk_of: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(AT_ONCE, "csv", 5)
    with desk_of(chromium, own, size=(390, 844)) as desk:
        page = desk.page
        desk.log_in("reviewer")
        page.goto(f"{desk.address}/ledger?status=overdue")
        page.locator("a:text-is('CSV')").first.click()
        _is_sound(page, scripts=True)
        page.click("button:has-text('开始导出')")
        page.wait_for_selector("a:has-text('下载')", timeout=60_000)  # the page looks by itself
        _is_sound(page, scripts=True)
        with page.expect_download() as taken:
            page.click("a:has-text('下载')")
        assert taken.value.suggested_filename.endswith("（部分）.csv")
        page.click("a:has-text('回到台账')")
        assert "status=overdue" in page.url, "the filter is kept"


def test_files_are_taken_in_and_their_run_is_followed(
    chromium: Browser, own: tuple[str, Any], desk_of: Callable[..., Any], tmp_path: Path
) -> None:
    letter = tmp_path / "答复第41号.txt"
    letter.write_text(LETTER, encoding="utf-8")
    with desk_of(chromium, own, scripts=False) as desk:
        page = desk.page
        desk.log_in("reviewer")
        page.goto(f"{desk.address}/documents")
        page.click("a:has-text('收文件…')")
        page.set_input_files("#file", letter)
        page.click("button:has-text('收进来')")
        page.wait_for_url("**/runs/*", timeout=60_000)  # the page leads there by itself
        page.wait_for_selector("h1:has-text('已完成')", timeout=60_000)
        page.click("a:has-text('答复第41号.txt')")
        assert "更换河湾公园路灯30盏" in page.locator("main").inner_text()


def _is_sound(page: Page, scripts: bool) -> None:
    """Nothing wider than a phone, and none of axe's rules broken."""
    size = page.viewport_size
    assert size is not None
    page.set_viewport_size({"width": 390, "height": 844})
    if scripts:
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        found = Axe().run(page).response["violations"]
        assert [(one["id"], [node["html"][:120] for node in one["nodes"][:3]]) for one in found] == []
    page.set_viewport_size(size)
