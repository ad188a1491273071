"""What comes from elsewhere, by mouse and form alone: another office's ledger, and files that are taken in."""

from __future__ import annotations

import fcntl
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from openpyxl import Workbook
from playwright.sync_api import Browser, Page, expect

from models.queries import ledger
from outputs.web import importing
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
        main = page.locator("main")
        expect(main).to_contain_text("表头就叫“建议编号”", timeout=60_000)
        _is_sound(page, scripts)
        page.select_option("select[aria-label='联络员当作']", "skip")
        page.click("button:has-text('照这样看看会改什么')")
        expect(main).to_contain_text("改动（1 格）")
        expect(page.locator("#untaken + .wide")).to_contain_text("台账里没有第 987 号的承诺")
        _is_sound(page, scripts)
        page.click("a:has-text('是哪一条')")
        page.wait_for_url("**/lines/*")
        expect(main).to_contain_text("年内补植行道树四百株")
        _is_sound(page, scripts)
        page.click("a:has-text('先放着')")
        page.click("a:has-text('改列的对应')")
        page.select_option("select[aria-label='联络员当作']", "assigned")
        page.click("button:has-text('照这样看看会改什么')")
        page.click("button:has-text('记下这 2 格')")
        expect(page.locator("h1")).to_contain_text("记下了 2 个决定")
        page.click("button:has-text('撤销这 2 个')")
        expect(page.locator(".said")).to_contain_text("撤销了 2 个决定")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no_scripts"])
def test_a_large_ledger_is_followed_until_it_is_read(
    chromium: Browser,
    own: tuple[str, Any],
    desk_of: Callable[..., Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    scripts: bool,
) -> None:
    monkeypatch.setattr(importing, "MOST_AT_ONCE", 1_000)
    monkeypatch.setattr(importing, "LINES_AT_ONCE", 1)
    path = foreign(own[1], tmp_path / "交办.xlsx")
    with desk_of(chromium, own, scripts=scripts) as desk:
        page = desk.page
        desk.log_in("reviewer")
        page.goto(f"{desk.address}/ledger/import")
        page.set_input_files("#file", path)
        page.click("button:has-text('看看改了什么')")
        page.wait_for_url("**/columns*", timeout=90_000)  # the pages lead on by themselves
        page.click("button:has-text('照这样看看会改什么')")
        expect(page.locator("main")).to_contain_text("改动（2 格）", timeout=90_000)
        _is_sound(page, scripts)
        assert desk.complaints == []


def test_a_ledger_that_waits_is_given_up(
    chromium: Browser,
    own: tuple[str, Any],
    desk_of: Callable[..., Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(importing, "MOST_AT_ONCE", 1_000)
    (own[1].folder / "importing").mkdir()
    with (own[1].folder / "importing" / ".lock").open("w") as lock, desk_of(chromium, own) as desk:
        fcntl.flock(lock, fcntl.LOCK_EX)
        page = desk.page
        desk.log_in("reviewer")
        page.goto(f"{desk.address}/ledger/import")
        page.set_input_files("#file", foreign(own[1], tmp_path / "交办.xlsx"))
        page.click("button:has-text('看看改了什么')")
        page.click("button:has-text('不导了')")
        expect(page.locator("main")).to_contain_text("台账什么也没有改")
        _is_sound(page, scripts=True)
        page.click("a:has-text('再上传一次')")
        page.wait_for_url("**/ledger/import")


def test_a_long_list_is_followed_until_it_can_be_taken_home(
    chromium: Browser, own: tuple[str, Any], desk_of: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(AT_ONCE, "csv", 5)
    with desk_of(chromium, own, size=(390, 844)) as desk:
        page = desk.page
        desk.log_in("reviewer")
        page.goto(f"{desk.address}/ledger?status=overdue")
        page.locator("a:text-is('CSV')").first.click()
        expect(page.locator("button:has-text('开始导出')")).to_be_visible()
        _is_sound(page, scripts=True)
        page.click("button:has-text('开始导出')")
        page.wait_for_selector("a:has-text('下载')", timeout=60_000)  # the page looks by itself
        _is_sound(page, scripts=True)
        with page.expect_download() as taken:
            page.click("a:has-text('下载')")
        assert taken.value.suggested_filename.endswith("（部分）.csv")
        page.click("a:has-text('回到台账')")
        page.wait_for_url("**/ledger?status=overdue")  # the filter is kept


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
        page.wait_for_url("**/documents/*")
        expect(page.locator("main")).to_contain_text("更换河湾公园路灯30盏")


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
