"""Every list as JSON, as a plain table and as a workbook: the same rows in the same order, logged, bounded."""

from __future__ import annotations

import csv
import io
import zipfile
from typing import Any

import pytest
from formulas import FORMULAS
from openpyxl import load_workbook

from models.audit import entries
from outputs.sheets.cells import Column
from outputs.sheets.listed import as_table, as_workbook

# Each list, the key of its rows in JSON, the key of a row's name there, the column of the same in the files.
LISTS = {
    "/ledger": ("commitments", "id", "编号"),
    "/ledger?status=overdue&sort=deadline": ("commitments", "id", "编号"),
    "/units": ("units", "name", "单位"),
    "/units?sort=share": ("units", "name", "单位"),
    "/targets": ("targets", "id", "编号"),
    "/targets?followed=yes": ("targets", "id", "编号"),
    "/documents": ("documents", "id", "编号"),
    "/documents?kind=reply": ("documents", "id", "编号"),
    "/search?q=公交": ("hits", "id", "编号"),
    "/search?q=公交&kind=unit&kind=commitment": ("hits", "id", "编号"),
    "/runs": ("runs", "id", "编号"),
    "/runs/1": ("files", "path", "文件"),
    "/failures": ("failures", "path", "路径"),
    "/failures?reason=scanned": ("failures", "path", "路径"),
    "/audit": ("entries", "number", "号"),
}


def in_form(path: str, form: str) -> str:
    page, mark, query = path.partition("?")
    return f"{page}.{form}{mark}{query}"


@pytest.mark.parametrize("path", LISTS)
def test_a_list_has_the_same_rows_in_every_form(path: str, sqlite_office: Any) -> None:
    rows, name, column = LISTS[path]
    browser = sqlite_office.as_("auditor" if path == "/audit" else "viewer")
    told = browser.get(in_form(path, "json") + ("&" if "?" in path else "?") + "size=200").json()
    wanted = [str(one[name]) for one in told[rows]]
    assert wanted
    table = browser.get(in_form(path, "csv"))
    assert table.headers["content-type"].startswith("text/csv")
    found = [line[column] for line in csv.DictReader(io.StringIO(table.content.decode("utf-8-sig"), newline=""))]
    book = load_workbook(io.BytesIO(browser.get(in_form(path, "xlsx")).content))
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    kept = [str(row[heads.index(column)]) for row in sheet.iter_rows(min_row=2, values_only=True)]
    if path == "/audit":  # each look at the log is a line of it
        found, kept = found[-len(wanted) :], kept[-len(wanted) :]
    assert found == wanted
    assert kept == wanted
    log = [(one.entry.action, one.entry.who) for one in entries(sqlite_office.store, limit=2)]
    assert log == [("export", browser_name(path))] * 2, "what is taken home is in the log"


def browser_name(path: str) -> str:
    return "auditor" if path == "/audit" else "viewer"


def test_the_page_leads_to_its_files_and_they_say_what_they_hold(reading: Any) -> None:
    browser = reading.as_("viewer")
    assert 'href="/units?sort=made&amp;format=xlsx"' in browser.get("/units?sort=made").text
    lines = list(csv.reader(io.StringIO(browser.get("/units.csv?place=锦川").content.decode("utf-8-sig"), newline="")))
    assert {line[-1] for line in lines[1:]} == {lines[1][-1]}
    assert lines[1][-1].startswith("条件：place=锦川，2026-03-02 ")
    book = load_workbook(io.BytesIO(browser.get("/units.xlsx?place=锦川").content))
    assert "条件：place=锦川" in str(book["说明"].cell(1, 1).value)
    assert "条件：place=锦川" in str(book.worksheets[0].oddHeader.right.text)  # type: ignore[union-attr]


@pytest.mark.parametrize("path", ["/review.csv", "/password.xlsx", "/?format=csv", "/items/0.csv"])
def test_what_is_no_list_has_no_table(path: str, reading: Any) -> None:
    assert reading.as_("reviewer").get(path).status_code in (400, 404)


def test_a_file_is_for_whoever_may_see_the_page(reading: Any) -> None:
    assert reading.as_("viewer").get("/audit.csv").status_code == 403
    assert reading.as_("none").get("/units.xlsx").status_code == 303


def test_no_word_of_a_list_becomes_a_formula() -> None:
    columns: list[Column[str]] = [Column("一", 20, lambda word: word), Column("二", 20, lambda word: word * 2)]
    assert len(FORMULAS) >= 30
    content = as_workbook("单位", columns, FORMULAS, FORMULAS[0], "http://127.0.0.1:8765")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/")]
    assert not any(b"<f>" in one or b"<f " in one for one in sheets)
    marks = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
    table = as_table(columns, FORMULAS, FORMULAS[0]).decode("utf-8-sig")
    for row in csv.reader(io.StringIO(table, newline="")):
        assert not any(cell.lstrip().startswith(marks) for cell in row)
