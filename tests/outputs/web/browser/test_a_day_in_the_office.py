"""The whole work of a day as one person does it: find, read, confirm, take the ledger home and bring it back."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect

SHEET = "承诺事项台账"


@pytest.mark.slow
@pytest.mark.skipif(
    shutil.which("soffice") is None, reason="no LibreOffice is installed (Debian: libreoffice-calc-nogui)"
)
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no_scripts"])
def test_a_person_works_all_day_without_a_terminal(
    chromium: Browser, own: tuple[str, Any], desk_of: Callable[..., Any], tmp_path: Path, scripts: bool
) -> None:
    with desk_of(chromium, own, scripts=scripts) as desk:
        page = desk.page
        desk.log_in("reviewer")
        _find_and_read(page)
        _confirm(page)
        _status_by_sheet(page, tmp_path, scripts)
        assert desk.outside == []
        assert desk.complaints == []


def _find_and_read(page: Page) -> None:
    """From a word to the commitment, to its place in the letter, to the evidence's place, and back."""
    page.click("nav.menu >> text=检索")
    page.fill("#q", "停车位")
    page.click("button:has-text('检索')")
    page.locator(".hits .hit").first.click()
    promise = page.locator(".around .promised").inner_text()
    page.click("text=看全文")
    page.wait_for_url("**/documents/**")
    spot = page.locator("#" + page.url.rpartition("#")[2])
    marked = spot.locator("xpath=following-sibling::*[starts-with(@class, 'm ')][1]")
    expect(marked).to_be_in_viewport()  # the promise's place in the letter
    expect(page.locator("main")).to_contain_text(promise[:8])
    page.go_back()
    page.click("nav.menu >> text=台账")
    expect(page.locator("table.ledger tbody tr").nth(5)).to_be_visible()


def _confirm(page: Page) -> None:
    """One decision on the triage page, which then shows the next; and its undoing."""
    page.click("nav.menu >> text=审核")
    page.wait_for_url("**/review")
    shown = page.locator(".promised")
    shown.first.wait_for()
    asked = shown.all_text_contents()
    page.locator("form.ask button.main").click()
    expect(shown).not_to_have_text(asked)
    page.click("button:has-text('撤销上一个')")
    expect(shown).to_have_text(asked)


def _status_by_sheet(page: Page, folder: Path, scripts: bool) -> None:
    """The ledger out, a status and a note changed and saved by LibreOffice, in again, seen, recorded, taken back."""
    page.click("nav.menu >> text=台账")
    with page.expect_download() as coming:
        page.click("a[href*='/ledger/export'][href*='xlsx']")
    book = folder / "home.xlsx"
    coming.value.save_as(book)
    words = _change(book)
    page.click("a[href*='/ledger/import']")
    page.set_input_files("#file", _saved_by_libreoffice(book, folder / "back"))
    page.click("button.main")
    main = page.locator("main")
    expect(main).to_contain_text("改动（2 格）", timeout=60_000)
    _breaks_no_rule(page, scripts)
    page.click("button:has-text('记下这')")
    expect(page.locator("h1")).to_contain_text("记下了")
    expect(main).to_contain_text(words)
    _breaks_no_rule(page, scripts)
    page.click("button.danger:has-text('撤销')")
    expect(main).to_contain_text("后来撤销了")


def _breaks_no_rule(page: Page, scripts: bool) -> None:
    """Axe's rules hold on a page that only work makes; axe itself is a script."""
    if scripts:
        assert [one["id"] for one in Axe().run(page).response["violations"]] == []


def _change(book: Path) -> str:
    """Another status and a note for the first promise; the note's words."""
    found = load_workbook(book)
    sheet = found[SHEET]
    heads = {cell.value: cell.column for cell in sheet[1]}
    status = sheet.cell(2, heads["落实状态"])
    status.value = "推进中" if status.value != "推进中" else "已落实"
    reason = next(name for name in heads if name and "理由" in str(name))
    sheet.cell(2, heads[reason]).value = "现场看过"
    note = next(name for name in heads if name and "备注" in str(name))
    sheet.cell(2, heads[note]).value = "周会上说过"
    found.save(book)
    return "周会上说过"


def _saved_by_libreoffice(book: Path, folder: Path) -> Path:
    """The workbook as LibreOffice writes it."""
    home = f"-env:UserInstallation=file://{folder}/profile"
    words = ["soffice", home, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder)]
    subprocess.run([*words, str(book)], check=True, capture_output=True, timeout=120)
    return folder / book.name
