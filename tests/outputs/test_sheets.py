"""The workbook and the plain table: every string of a document stays the string that it was."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from formulas import FORMULAS
from hypothesis import given
from hypothesis import strategies as st

from outputs.ledger import Ledger
from outputs.sheets.cells import CELL_LIMIT, lines_high, pieces, plain_text, units_of, visible
from outputs.sheets.ledger import PROMISES, write_table, write_workbook

# Strings that some spreadsheet would run, or that some writer would break on.
DANGEROUS = [
    *FORMULAS,
    "=SUM(A1:A9)",
    "#N/A",
    "TRUE",
    "1E5",
    "0024",
    "2025-01-01",
    "a\x00b",
    "a\x07b\x1f",
    "\ufeff=1",
    "a\ufffeb",
    "\ud800",
    "_x0041_",
    "😀=1",
]
TEXT_COLUMN = 7  # 承诺事项（原文）, behind number and five columns of the case


def saved(ledger: Ledger, folder: Path) -> Path:
    path = folder / "台账.xlsx"
    write_workbook(ledger, str(path))
    return path


@pytest.fixture
def dangerous(make_ledger: Callable[..., Ledger], tmp_path: Path) -> Path:
    return saved(make_ledger(*DANGEROUS), tmp_path)


def test_no_string_of_a_document_becomes_a_formula_in_the_workbook(dangerous: Path) -> None:
    with zipfile.ZipFile(dangerous) as archive:
        sheets = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/worksheets/")]
    assert len(sheets) == 10
    assert not any("<f>" in sheet or "<f " in sheet for sheet in sheets)


def test_every_string_of_a_document_is_a_string_cell(dangerous: Path) -> None:
    sheet = openpyxl.load_workbook(dangerous)["承诺事项台账"]
    cells = [sheet.cell(row, TEXT_COLUMN) for row in range(2, len(DANGEROUS) + 2)]
    assert {cell.data_type for cell in cells} == {"s"}
    written = [str(cell.value).replace("_x005F_", "_") for cell in cells]
    assert written == [visible(text) for text in DANGEROUS]


def test_a_string_that_looks_like_a_formula_stays_one_when_somebody_edits_the_cell(dangerous: Path) -> None:
    sheet = openpyxl.load_workbook(dangerous)["承诺事项台账"]
    assert sheet.cell(2, TEXT_COLUMN).quotePrefix


@pytest.mark.parametrize("text", DANGEROUS, ids=range(len(DANGEROUS)))
def test_the_plain_table_holds_nothing_that_a_spreadsheet_would_run(
    text: str, make_ledger: Callable[..., Ledger]
) -> None:
    out = io.StringIO(newline="")
    write_table(make_ledger(text), out)
    rows = list(csv.reader(io.StringIO(out.getvalue(), newline="")))
    field = rows[1][TEXT_COLUMN - 1]
    assert not field.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
    assert field.removeprefix("'") == visible(text).removeprefix("'")


@given(st.text())
def test_a_plain_cell_never_starts_as_a_formula(text: str) -> None:
    assert not plain_text(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@given(st.text(), st.integers(min_value=2, max_value=40))
def test_pieces_of_a_text_make_the_text(text: str, limit: int) -> None:
    parts = pieces(text, limit)
    assert "".join(parts) == text
    assert all(units_of(part) <= limit for part in parts)


@pytest.mark.parametrize("unit", ["一", "😀", "_x0041_"])
def test_a_text_too_long_for_a_cell_is_kept_whole_with_a_mark(
    unit: str, make_ledger: Callable[..., Ledger], tmp_path: Path
) -> None:
    text = "开头" + unit * (CELL_LIMIT // len(unit) + 500)
    book = openpyxl.load_workbook(saved(make_ledger(text), tmp_path))
    shown = str(book["承诺事项台账"].cell(2, TEXT_COLUMN).value)
    assert "长文" in shown
    assert units_of(shown) <= CELL_LIMIT
    parts = [str(row[3]) for row in book["长文"].iter_rows(min_row=2, values_only=True)]
    assert "".join(parts).replace("_x005F_", "_") == text


def test_days_are_days_and_numbers_numbers(make_ledger: Callable[..., Ledger], tmp_path: Path) -> None:
    book = openpyxl.load_workbook(saved(make_ledger(), tmp_path))
    promises, targets = _by_title(book["承诺事项台账"]), _by_title(book["量化目标"])
    assert promises["完成时限"] == datetime(2025, 12, 31)  # noqa: DTZ001 - a day in a workbook has no zone
    assert promises["答复日期"] == datetime(2025, 6, 9)  # noqa: DTZ001
    assert promises["逾期天数"] == 61
    assert promises["案号"] == "017"
    assert (targets["目标值"], targets["计量单位"]) == (6, "条")


def test_files_that_could_not_be_read_stand_in_the_list_with_their_reason(
    make_ledger: Callable[..., Ledger], tmp_path: Path
) -> None:
    sheet = openpyxl.load_workbook(saved(make_ledger(), tmp_path))["文件清单"]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert [row[1:4] for row in rows] == [
        ("夜间公交答复.docx", "已读", None),
        ("盖章件.pdf", "没读成", "是扫描件，没有文字层，需先做文字识别"),
    ]


@pytest.mark.parametrize(
    "name", ["承诺事项台账", "佐证明细", "目标进展", "诉求覆盖", "提醒", "量化目标", "未采纳事项", "文件清单"]
)
def test_a_sheet_can_be_filtered_scrolled_and_printed(name: str, full_ledger: Ledger, tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(saved(full_ledger, tmp_path))[name]
    assert sheet.freeze_panes == "C2"
    assert str(sheet.auto_filter.ref).startswith("A1:")
    assert sheet.print_title_rows in ("1:1", "$1:$1")
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (
        "landscape",
        1,
        0,
    )
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert all(cell.alignment.wrap_text for cell in sheet[2])


def test_a_row_is_high_enough_for_its_longest_text(make_ledger: Callable[..., Ledger], tmp_path: Path) -> None:
    text = "依托社区服务站开设老年人助餐点，" * 12
    sheet = openpyxl.load_workbook(saved(make_ledger("短句。", text), tmp_path))["承诺事项台账"]
    assert sheet.row_dimensions[3].height >= 12 * lines_high(text, 46)
    assert sheet.row_dimensions[2].height < sheet.row_dimensions[3].height <= 409


def test_the_plain_table_has_the_workbooks_columns(make_ledger: Callable[..., Ledger]) -> None:
    out = io.StringIO(newline="")
    write_table(make_ledger(), out)
    head, row = csv.reader(io.StringIO(out.getvalue(), newline=""))
    written = [column.title for column in PROMISES if column.title not in ("改动理由", "改动依据")]
    assert head == ["序号", *written, "状态截至", "筛选条件"]
    assert row[-2:] == ["2026-03-02", "全部"]
    assert date.fromisoformat(row[head.index("完成时限")]) == date(2025, 12, 31)
    assert out.getvalue().startswith('"序号"')


def _by_title(sheet: Any) -> dict[str, Any]:
    head, row = list(sheet.iter_rows(max_row=2, values_only=True))
    return dict(zip(head, row, strict=True))


def test_a_promise_stands_with_its_evidence_its_progress_its_alarms_and_what_people_decided(
    full_ledger: Ledger, tmp_path: Path
) -> None:
    rows = _rows(openpyxl.load_workbook(saved(full_ledger, tmp_path))["承诺事项台账"])
    first, fourth = rows[0], rows[3]
    assert str(first["佐证（原文）"]).startswith("〔推进〕2025-11-20　云岭区夜间公交首批线路开行：截至11月18日")
    assert first["提醒"] == "2025-09-01　目标数调低：40座改为25座"
    assert "目标6条，实际4条（截至2025-11-18），完成66.7%" in str(first["目标进展"])
    decided = ("人工认定", "认定人", "认定日期", "认定理由", "交给", "暂缓提醒到")
    assert [fourth[name] for name in decided] == [
        "认定状态：已落实（验收单〔2026〕2号）",
        "卢晓峰",
        datetime(2026, 3, 2),  # noqa: DTZ001
        "现场看过",
        "郑宁",
        datetime(2026, 4, 1),  # noqa: DTZ001
    ]


def test_nobody_looked_and_looked_but_found_nothing_are_told_apart(full_ledger: Ledger, tmp_path: Path) -> None:
    rows = _rows(openpyxl.load_workbook(saved(full_ledger, tmp_path))["承诺事项台账"])
    assert rows[1]["佐证（原文）"] == "已核查12份文件（最近一次2026-03-02），未见佐证"
    assert rows[1]["待确认"] == 1
    assert rows[2]["佐证（原文）"] == "未核查"


def test_every_passage_has_a_line_that_says_whether_it_counts(full_ledger: Ledger, tmp_path: Path) -> None:
    rows = _rows(openpyxl.load_workbook(saved(full_ledger, tmp_path))["佐证明细"])
    assert [(row["关系"], row["是否采信"]) for row in rows] == [
        ("推进", "明确"),
        ("重申", "待人工确认"),
        ("落实", "明确"),
    ]
    assert rows[0]["分项得分"] == "措辞 2.5、数字 1.5"


def test_a_target_stands_beside_the_newest_number_and_what_is_missing(full_ledger: Ledger, tmp_path: Path) -> None:
    row = _rows(openpyxl.load_workbook(saved(full_ledger, tmp_path))["目标进展"])[0]
    assert (row["目标值"], row["实际值"], row["尚差"], row["计量单位"]) == (6, 4, 2, "条")
    assert float(row["完成率"]) == pytest.approx(2 / 3)


def test_an_ask_without_an_answer_is_visible(full_ledger: Ledger, tmp_path: Path) -> None:
    rows = _rows(openpyxl.load_workbook(saved(full_ledger, tmp_path))["诉求覆盖"])
    assert [(row["诉求（原文）"], row["答复情况"]) for row in rows] == [
        ("增设夜间公交线路。", "已答复"),
        ("降低夜间票价。", "未回应"),
    ]


def test_a_status_is_a_word_and_its_colour_goes_with_the_word(full_ledger: Ledger, tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(saved(full_ledger, tmp_path))["承诺事项台账"]
    assert _rows(sheet)[0]["落实状态"] == "已逾期"
    words = {formula for rules in sheet.conditional_formatting for rule in rules.rules for formula in rule.formula}
    assert '"已逾期"' in words


def _rows(sheet: Any) -> list[dict[str, Any]]:
    head, *rows = list(sheet.iter_rows(values_only=True))
    return [dict(zip(head, row, strict=True)) for row in rows]
