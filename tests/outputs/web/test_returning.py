"""The ledger that comes back from Excel: the changed cells are shown, recorded when confirmed, taken back at once."""

from __future__ import annotations

import csv
import html
import io
import re
from typing import Any
from urllib.parse import unquote

import pytest
from openpyxl import load_workbook

from models.decided import DecisionKind
from models.decisions import decide, history
from models.ids import RecordId

SHEET = "承诺事项台账"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Cells = dict[tuple[int, str], object]


def exported(office: Any, query: str = "") -> bytes:
    """The ledger as a reviewer takes it home."""
    answer = office.as_("reviewer").get(f"/ledger/export?as=xlsx&{query}")
    assert answer.status_code == 200
    return bytes(answer.content)


def edited(book: bytes, cells: Cells) -> bytes:
    """The workbook with some cells other: line and head name them."""
    found = load_workbook(io.BytesIO(book))
    sheet = found[SHEET]
    heads = {cell.value: cell.column for cell in sheet[1]}
    for (line, head), value in cells.items():
        sheet.cell(line, heads[head]).value = value
    out = io.BytesIO()
    found.save(out)
    return out.getvalue()


def id_at(book: bytes, line: int) -> RecordId:
    sheet = load_workbook(io.BytesIO(book))[SHEET]
    heads = {cell.value: cell.column for cell in sheet[1]}
    return RecordId(str(sheet.cell(line, heads["编号"]).value))


def upload(office: Any, content: bytes, role: str = "reviewer", name: str = "台账（改）.xlsx") -> Any:
    browser = office.as_(role)
    form = {"csrf": browser.token()}
    return browser.post("/ledger/import", data=form, files={"file": (name, content, XLSX)})


def previewed(office: Any, content: bytes) -> tuple[str, dict[str, Any]]:
    """The address of the preview, and what it says."""
    answer = upload(office, content)
    assert answer.status_code == 303, answer.text
    address = answer.headers["location"]
    return address, office.as_("reviewer").get(f"{address}?format=json").json()


def confirm(office: Any, address: str, seen: dict[str, Any], role: str = "reviewer", **form: object) -> Any:
    return office.as_(role).submit(address, expected=seen["fingerprint"], **form)


EDITS: Cells = {
    (2, "落实状态"): "已落实",
    (2, "改动理由"): "现场看过",
    (2, "改动依据"): "验收单3号",
    (3, "完成时限"): "2026年9月30日",
    (3, "责任单位"): "市水利局，市财政局",
    (4, "交给"): "舒望",
    (4, "暂缓提醒到"): "2026/4/1",
    (5, "备注"): "下周去看",
    (5, "标题（案由）"): "改了标题",
    (6, "强度"): "尽快",
    (7, "是否承诺"): "否",
}


def test_the_ledger_goes_out_is_edited_comes_back_and_is_taken_back(office: Any) -> None:
    book = exported(office)
    address, seen = previewed(office, edited(book, EDITS))
    cells = {(one["line"], one["field"]): (one["now"], one["after"]) for one in seen["changes"]}
    assert set(cells) == {
        (2, "status"),
        (3, "deadline"),
        (3, "responsible"),
        (4, "assigned"),
        (4, "snoozed"),
        (5, "note"),
        (7, "promise"),
    }
    assert cells[3, "deadline"][1] == "2026-09-30"
    assert cells[3, "responsible"][1] == "市水利局、市财政局"
    assert [(one["line"], one["column"]) for one in seen["untaken"]] == [(5, "标题（案由）"), (6, "强度")]
    assert seen["conflicts"] == []
    page = office.as_("reviewer").get(address).text
    assert "记下这 7 格" in page
    assert "只能是明确承诺、力争、研究探索、鼓励引导" in page
    assert history(office.store, id_at(book, 2)) == [], "nothing is written before somebody confirms"

    answer = confirm(office, address, seen)
    assert answer.status_code == 303
    (made,) = history(office.store, id_at(book, 2))
    assert (made.kind, made.who, made.why) == (DecisionKind.SET_STATUS, "reviewer", "现场看过")
    assert dict(made.values) == {"status": "fulfilled", "source": "验收单3号"}
    (corrected,) = history(office.store, id_at(book, 3))
    assert dict(corrected.values) == {"deadline": "2026-09-30", "responsible": "市水利局、市财政局"}
    assert [one.kind for one in history(office.store, id_at(book, 4))] == ["assign", "snooze"]
    assert office.as_("viewer").get("/ledger.json?assigned=舒望").json()["total"] == 1

    again, same = previewed(office, edited(book, EDITS))
    assert (same["changes"], same["conflicts"], same["settled"]) == ([], [], 7), "the same file changes nothing more"
    assert "没有要记下的改动" in office.as_("reviewer").get(again).text

    result = answer.headers["location"]
    assert "记下了 6 个决定" in office.as_("reviewer").get(result).text
    office.clock.pass_(minutes=10)
    assert office.as_("reviewer").submit(f"{result}/undo").status_code == 303
    assert [one.kind for one in history(office.store, id_at(book, 2))] == ["set_status", "undo"]
    assert office.as_("viewer").get("/ledger.json?assigned=舒望").json()["total"] == 0


def test_a_passage_is_confirmed_and_another_refused_in_the_sheet_and_both_are_taken_back(office: Any) -> None:
    book = load_workbook(io.BytesIO(exported(office, "proposals=yes")))
    sheet = book["佐证明细"]
    heads = {str(cell.value): cell.column for cell in sheet[1]}
    waiting = [
        line for line in range(2, sheet.max_row + 1) if sheet.cell(line, heads["是否采信"]).value == "待人工确认"
    ]
    first, second = waiting[0], waiting[-1]
    links = [str(sheet.cell(line, heads["佐证编号"]).value) for line in (first, second)]
    promises = [RecordId(str(sheet.cell(line, heads["承诺编号"]).value)) for line in (first, second)]
    sheet.cell(first, heads["是否采信"]).value = "人工确认"
    sheet.cell(first, heads["改动理由"]).value = "看过原件"
    sheet.cell(second, heads["是否采信"]).value = "不采信"
    saved = io.BytesIO()
    book.save(saved)
    address, seen = previewed(office, saved.getvalue())
    assert [(one["sheet"], one["link"], one["after"]) for one in seen["changes"]] == [
        ("佐证明细", links[0], "yes"),
        ("佐证明细", links[1], "no"),
    ]
    page = office.as_("reviewer").get(address).text
    assert "佐证明细" in page
    assert html.escape(seen["changes"][0]["passage"][:20]) in page
    result = confirm(office, address, seen).headers["location"]
    made = history(office.store, promises[0])[-2:] if promises[0] == promises[1] else history(office.store, promises[0])
    assert (made[0].kind, made[0].object, made[0].why) == (DecisionKind.CONFIRM_LINK, links[0], "看过原件")
    told = office.as_("viewer").get(f"/commitments/{promises[0]}.json").json()
    assert links[0] in [one["id"] for one in told["evidence"]]
    told = office.as_("viewer").get(f"/commitments/{promises[1]}.json").json()
    assert links[1] not in [one["id"] for one in (*told["evidence"], *told["proposals"])]
    _, again = previewed(office, saved.getvalue())
    assert (again["changes"], again["conflicts"], again["settled"]) == ([], [], 2)
    assert office.as_("reviewer").submit(f"{result.partition('?')[0]}/undo").status_code == 303
    told = office.as_("viewer").get(f"/commitments/{promises[1]}.json").json()
    assert links[1] in [one["id"] for one in told["proposals"]]


def test_an_unchanged_ledger_changes_nothing_whatever_was_exported(sqlite_office: Any) -> None:
    for query in ("", "status=overdue&sort=deadline", "asof=2024-12-31", "text=没有这样的字"):
        _, seen = previewed(sqlite_office, exported(sqlite_office, query))
        assert (seen["changes"], seen["conflicts"], seen["untaken"], seen["settled"]) == ([], [], [], 0)
        assert seen["lines"] == seen["unchanged"] == seen["origin"]["count"]


def test_what_others_changed_since_is_a_conflict_and_taken_only_where_ticked(sqlite_office: Any) -> None:
    book = exported(sqlite_office)
    first, second = id_at(book, 2), id_at(book, 3)
    for one, name in ((first, "甲"), (second, "乙")):
        decide(
            sqlite_office.store,
            DecisionKind.ASSIGN,
            who="admin",
            now=sqlite_office.clock(),
            commitment=one,
            values=(("to", name),),
        )
    address, seen = previewed(
        sqlite_office,
        edited(book, {(2, "交给"): "舒望", (3, "交给"): "舒望", (3, "备注"): "看", (4, "交给"): "舒望"}),
    )
    assert [(one["line"], one["field"]) for one in seen["changes"]] == [(3, "note"), (4, "assigned")]
    assert [(one["line"], one["before"], one["now"]) for one in seen["conflicts"]] == [(2, "", "甲"), (3, "", "乙")]
    page = sqlite_office.as_("reviewer").get(address).text
    assert f'value="{first}:assigned"' in page
    assert confirm(sqlite_office, address, seen, also=f"{first}:assigned").status_code == 303
    listed = sqlite_office.as_("viewer").get("/ledger.json?assigned=舒望").json()
    assert {one["id"] for one in listed["commitments"]} == {first, id_at(book, 4)}
    assert history(sqlite_office.store, second)[-1].kind is DecisionKind.NOTE


def test_nothing_is_recorded_when_the_ledger_changed_after_the_preview(sqlite_office: Any) -> None:
    book = exported(sqlite_office)
    address, seen = previewed(sqlite_office, edited(book, {(2, "交给"): "舒望", (3, "交给"): "舒望"}))
    decide(
        sqlite_office.store,
        DecisionKind.ASSIGN,
        who="admin",
        now=sqlite_office.clock(),
        commitment=id_at(book, 2),
        values=(("to", "甲"),),
    )
    answer = confirm(sqlite_office, address, seen)
    assert answer.status_code == 303
    assert "请再看一遍" in sqlite_office.as_("reviewer").get(answer.headers["location"]).text
    assert history(sqlite_office.store, id_at(book, 3)) == []


def test_an_import_is_taken_back_by_its_own_person_or_the_administrator(sqlite_office: Any) -> None:
    book = exported(sqlite_office)
    address, seen = previewed(sqlite_office, edited(book, {(2, "交给"): "舒望"}))
    result = confirm(sqlite_office, address, seen, role="admin").headers["location"].partition("?")[0]
    assert sqlite_office.as_("reviewer").submit(f"{result}/undo").status_code == 422
    assert sqlite_office.as_("admin").submit(f"{result}/undo").status_code == 303
    assert sqlite_office.as_("reviewer").get("/ledger/imports/999999").status_code == 404


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "文件是空的"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 99, "旧格式"),
        (b"PK\x03\x04broken", "没有收"),
        ("案号,备注".encode(), "不是 xlsx"),
    ],
    ids=["empty", "xls", "torn", "csv"],
)
def test_what_is_no_ledger_of_ours_is_refused_in_chinese(content: bytes, said: str, sqlite_office: Any) -> None:
    answer = upload(sqlite_office, content)
    assert answer.status_code == 422
    assert said in answer.text


def test_without_a_file_nothing_is_taken(sqlite_office: Any) -> None:
    assert sqlite_office.as_("reviewer").submit("/ledger/import").status_code == 422
    assert "还没有选文件" in upload(sqlite_office, b"", name="").text
    assert sqlite_office.as_("reviewer").get("/ledger/import/0123456789abcdef").status_code == 404
    assert sqlite_office.as_("reviewer").get("/ledger/import/..%2f..%2fduban.db").status_code == 404


def test_every_exported_file_says_its_day_and_its_conditions(reading: Any) -> None:
    browser, query = reading.as_("viewer"), {"status": "overdue", "unit": "水利局", "asof": "2025-12-31"}
    answers = {form: browser.get("/ledger/export", params={**query, "as": form}) for form in ("xlsx", "csv", "docx")}
    book = load_workbook(io.BytesIO(answers["xlsx"].content))
    told = str(book["说明"].cell(1, 1).value)
    assert "状态截至 2025-12-31，条件：“水利局”，已逾期，共" in told
    address = re.search(r"/ledger\?\S+", told)
    assert address
    assert browser.get(f"{address[0]}&format=json").json()["total"] == book[SHEET].max_row - 1
    assert "已逾期" in str(book[SHEET].oddHeader.right.text)
    assert browser.get("/ledger/export", params={**query, "as": "json"}).json()["filter"] == ["“水利局”", "已逾期"]
    lines = list(csv.DictReader(io.StringIO(answers["csv"].text, newline="")))
    assert {(line["状态截至"], line["筛选条件"]) for line in lines} == {("2025-12-31", "“水利局”，已逾期")}
    from docx import Document

    report = Document(io.BytesIO(answers["docx"].content))
    assert any("只含：“水利局”，已逾期" in one.text for one in report.paragraphs)
    assert "部分" in unquote(answers["xlsx"].headers["content-disposition"])


def test_what_was_put_off_waits_again_once_its_cell_is_emptied(office: Any) -> None:
    waiting = office.as_("viewer").get("/ledger.json?waiting=yes&size=200").json()
    one = RecordId(waiting["commitments"][0]["id"])
    values = (("until", "2026-09-01"),)
    decide(
        office.store, DecisionKind.SNOOZE, who="admin", now=office.clock(), commitment=one, values=values, why="等批复"
    )
    assert office.as_("viewer").get("/ledger.json?waiting=yes").json()["total"] == waiting["total"] - 1
    book = exported(office)
    line = next(number for number in range(2, 200) if id_at(book, number) == one)
    address, seen = previewed(office, edited(book, {(line, "暂缓提醒到"): None}))
    assert [(it["field"], it["now"], it["after"]) for it in seen["changes"]] == [("snoozed", "2026-09-01", "")]
    assert confirm(office, address, seen).status_code == 303
    assert office.as_("viewer").get("/ledger.json?waiting=yes").json()["total"] == waiting["total"]
    assert "不再暂缓" in office.as_("viewer").get(f"/commitments/{one}").text


def test_markup_in_cells_and_file_names_is_text(sqlite_office: Any) -> None:
    payload = "<img src=x onerror=alert(1)>\"'{{7*7}}</textarea><script>alert(1)</script>"
    cells: Cells = {(2, head): payload for head in ("备注", "交给", "改动理由", "标题（案由）", "完成时限", "责任单位")}
    book = edited(exported(sqlite_office), cells | {(3, "编号"): payload, (4, "承诺事项（原文）"): payload})
    answer = upload(sqlite_office, book, name=f"{payload[:40]}.xlsx")
    page = sqlite_office.as_("reviewer").get(answer.headers["location"])
    seen = sqlite_office.as_("reviewer").get(answer.headers["location"] + "?format=json").json()
    result = confirm(sqlite_office, answer.headers["location"], seen).headers["location"]
    pages = [page.text, sqlite_office.as_("reviewer").get(result).text]
    pages += [sqlite_office.as_("reviewer").get(path).text for path in ("/ledger", f"/commitments/{id_at(book, 2)}")]
    pages.append(sqlite_office.as_("auditor").get("/audit").text)
    for text in pages:
        assert "<img" not in text
        assert "<script>" not in text
    assert "&lt;img src=x" in pages[0]
    assert "{{7*7}}" in pages[3]
