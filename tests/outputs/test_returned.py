"""The workbook's way back: what was changed by hand is found, whatever a spreadsheet did to the rest."""

from __future__ import annotations

import csv
import io
import random
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from formulas import FORMULAS
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from models.commitments import Strength
from models.decided import Decided, DecisionKind, fold_decisions
from models.errors import NotOurLedger
from models.evidence import Status
from models.ids import RecordId
from models.returned import Edit, Field, Returned
from outputs.ledger import Ledger, Scope
from outputs.sheets.comparing import Compared, compare, decisions_of
from outputs.sheets.editable import Unfit, canonical, read, read_day, words_of
from outputs.sheets.ledger import PROMISES, write_table, write_workbook
from outputs.sheets.taken_back import take_back

SHEET = "承诺事项台账"


def change(
    path: Path, cells: Mapping[tuple[int, str], object], into: Path | None = None, sheet_name: str = SHEET
) -> Path:
    """The workbook with some cells other: line and head name them."""
    book = load_workbook(path)
    sheet = book[sheet_name]
    heads = {cell.value: cell.column for cell in sheet[1]}
    for (line, head), value in cells.items():
        sheet.cell(line, heads[head]).value = value
    book.save(into or path)
    return into or path


def edits(returned: Returned) -> dict[tuple[int, Field], tuple[str, str]]:
    return {(row.line, edit.field): (edit.before, edit.after) for row in returned.rows for edit in row.edits}


def whys(returned: Returned) -> list[tuple[int | None, str, str]]:
    return [(one.line, one.column, one.why) for one in returned.untaken]


@pytest.fixture
def saved(full_ledger: Ledger, tmp_path: Path) -> Path:
    """A ledger of six promises as it was exported: one decided, one of which nothing is judged."""
    path = tmp_path / "台账.xlsx"
    scope = Scope(("已逾期", "地区“云岭区”"), "/ledger?status=overdue", datetime(2026, 3, 2, 9, 30, tzinfo=UTC))
    write_workbook(replace(full_ledger, scope=scope), str(path))
    return path


def test_an_unchanged_workbook_comes_back_unchanged(saved: Path) -> None:
    found = take_back(saved)
    assert (found.rows, found.untaken, found.remarks, found.warnings) == ((), (), (), ())
    assert (found.lines, found.unchanged, found.absent, found.origin.count) == (6, 6, 0, 6)
    assert found.passages == 3
    assert found.origin.words == ("已逾期", "地区“云岭区”")
    assert found.origin.as_of == date(2026, 3, 2)


@pytest.mark.parametrize(
    ("head", "value", "field", "after"),
    [
        ("完成时限", "2026-09-30", Field.DEADLINE, "2026-09-30"),
        ("完成时限", datetime(2026, 9, 30), Field.DEADLINE, "2026-09-30"),  # noqa: DTZ001
        ("完成时限", 46295, Field.DEADLINE, "2026-09-30"),
        ("完成时限", None, Field.DEADLINE, ""),
        ("强度", "力争", Field.STRENGTH, "aim"),
        ("责任单位", "区财政局; 区交通运输局", Field.RESPONSIBLE, "区财政局、区交通运输局"),
        ("备注", " 下周\n去看 ", Field.NOTE, "下周 去看"),
        ("备注", 20260930, Field.NOTE, "20260930"),
        ("交给", "舒望", Field.ASSIGNED, "舒望"),
        ("暂缓提醒到", "2026/4/1", Field.SNOOZED, "2026-04-01"),
        ("是否承诺", "否", Field.PROMISE, "no"),
    ],
)
def test_a_changed_cell_is_the_only_change(head: str, value: object, field: Field, after: str, saved: Path) -> None:
    found = take_back(change(saved, {(2, head): value}))
    assert [(line, name, new) for (line, name), (_, new) in edits(found).items()] == [(2, field, after)]
    assert (found.untaken, found.unchanged) == ((), 5)


@pytest.mark.parametrize(
    ("cells", "column", "said"),
    [
        ({"落实状态": "已落实"}, "落实状态", "写明理由"),
        ({"落实状态": "办好了", "改动理由": "看过"}, "落实状态", "只能是"),
        ({"落实状态": None, "改动理由": "看过"}, "落实状态", "不能清空"),
        ({"强度": None}, "强度", "不能清空"),
        ({"责任单位": "、"}, "责任单位", "不能清空"),
        ({"完成时限": "年底前"}, "完成时限", "不是日期"),
        ({"完成时限": "2026-02-30"}, "完成时限", "不是日期"),
        ({"完成时限": "0202-06-30"}, "完成时限", "不是日期"),
        ({"暂缓提醒到": "=TODAY()"}, "暂缓提醒到", "公式"),
        ({"交给": "#N/A"}, "交给", "错误值"),
        ({"备注": "长" * 4001}, "备注", "太长"),
        ({"改动理由": "想改又没改"}, "改动理由", "没有改动"),
        ({"标题（案由）": "另一个题目"}, "标题（案由）", "不能在表里改"),
        ({"规则": "=1+1"}, "规则", "不能在表里改"),
        ({"承诺事项（原文）": "另一句话。", "备注": "x"}, "承诺事项（原文）", "整行都没有收"),
        ({"编号": "f" * 16, "备注": "x"}, "", "不在这份表"),
        ({"编号": None, "备注": "x"}, "", "没有编号"),
    ],
)
def test_what_cannot_be_taken_is_a_row_with_its_reason(
    cells: dict[str, object], column: str, said: str, saved: Path
) -> None:
    found = take_back(change(saved, {(2, head): value for head, value in cells.items()}))
    assert found.rows == ()
    ((line, named, why),) = whys(found)
    assert (line, named) == (2, column)
    assert said in why


def test_a_line_is_known_by_its_id_wherever_it_stands(saved: Path) -> None:
    book = load_workbook(change(saved, {(3, "交给"): "舒望", (6, "备注"): "看"}))
    sheet = book[SHEET]
    lines = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    random.Random(7).shuffle(lines)
    for number, line in enumerate(lines, start=2):
        for column, value in enumerate(line, start=1):
            sheet.cell(number, column).value = value
    sheet.insert_cols(3, 2)
    sheet.cell(1, 3).value = "我的列"
    sheet.cell(3, 3).value = "随便写的"
    sheet.insert_rows(1, 2)
    sheet.cell(1, 1).value = "云岭区督办台账"
    sheet.delete_rows(8)
    sheet.row_dimensions[5].hidden = True
    sheet.title = "张三的表"
    book.save(saved)
    found = take_back(saved)
    assert {after for _, after in edits(found).values()} <= {"舒望", "看"}
    assert found.untaken == ()
    assert (found.lines, found.absent) == (5, 1)
    assert found.remarks == ("导出时有、表里没有的 1 条，当作没有改",)


def test_a_column_sorted_by_itself_is_refused_or_remarked_upon(saved: Path) -> None:
    book = load_workbook(saved)
    sheet = book[SHEET]
    heads = {cell.value: cell.column for cell in sheet[1]}
    for head in ("承诺事项（原文）", "落实状态"):
        values = [sheet.cell(line, heads[head]).value for line in range(2, 8)]
        for line, value in enumerate([*values[1:], values[0]], start=2):
            sheet.cell(line, heads[head]).value = value
    book.save(saved)
    found = take_back(saved)
    assert found.rows == ()
    assert len(found.untaken) == 6, "the ids no longer fit the sentences"


def test_values_that_only_changed_places_are_remarked_upon(saved: Path) -> None:
    book = load_workbook(saved)
    sheet = book[SHEET]
    heads = {cell.value: cell.column for cell in sheet[1]}
    statuses = [sheet.cell(line, heads["落实状态"]).value for line in range(2, 7)]
    for line, value in enumerate([*statuses[1:], statuses[0]], start=2):
        sheet.cell(line, heads["改动理由"]).value = "排序" if value != statuses[line - 2] else None
        sheet.cell(line, heads["落实状态"]).value = value
    book.save(saved)
    found = take_back(saved)
    assert len(edits(found)) == 4
    assert any("只给这一列排了序" in one for one in found.warnings)


def test_the_same_promise_twice_is_taken_only_where_both_say_the_same(saved: Path) -> None:
    book = load_workbook(saved)
    sheet = book[SHEET]
    for column in range(1, sheet.max_column + 1):
        for line in (8, 9):
            sheet.cell(line, column).value = sheet.cell(line - 6, column).value
    heads = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(8, heads["备注"]).value = "只写在抄来的一行"
    for line in (3, 9):
        sheet.cell(line, heads["交给"]).value = "舒望"
    book.save(saved)
    found = take_back(saved)
    assert edits(found) == {(3, Field.ASSIGNED): ("", "舒望")}
    ((_, _, why),) = whys(found)
    assert "第 2、8 行" in why


def test_without_what_the_workbook_carries_nothing_is_taken(saved: Path, tmp_path: Path) -> None:
    def torn(name: str, work: Callable[[Any], None]) -> Path:
        book = load_workbook(saved)
        work(book)
        book.save(tmp_path / name)
        return tmp_path / name

    def tampered(book: Any) -> None:
        book["duban"].cell(2, 2).value = str(book["duban"].cell(2, 2).value).replace("overdue", "dropped")

    for name, work in {
        "none.xlsx": lambda book: book.remove(book["duban"]),
        "short.xlsx": lambda book: book["duban"].delete_rows(3),
        "other.xlsx": tampered,
        "empty.xlsx": lambda book: book["duban"].delete_rows(1, 9),
        "no ids.xlsx": lambda book: book[SHEET].delete_cols(book[SHEET].max_column),
        "no sheet.xlsx": lambda book: book.remove(book[SHEET]),
    }.items():
        with pytest.raises(NotOurLedger, match=r"编号|记录"):
            take_back(torn(name, work))
    other = Workbook()
    other.save(tmp_path / "other book.xlsx")
    with pytest.raises(NotOurLedger):
        take_back(tmp_path / "other book.xlsx")


# -- the passages' own sheet -----------------------------------------------------------------------------------------

PASSAGES = "佐证明细"


def judge(path: Path, cells: Mapping[tuple[int, str], object], into: Path | None = None) -> Path:
    return change(path, cells, into, PASSAGES)


@pytest.mark.parametrize(("word", "after"), [("人工确认", "yes"), ("采信", "yes"), ("不采信", "no"), (" 不是 ", "no")])
def test_a_passage_is_judged_in_its_own_sheet(word: str, after: str, saved: Path) -> None:
    found = take_back(judge(saved, {(3, "是否采信"): word, (3, "改动理由"): "看过原件"}))
    (row,) = found.rows
    assert [(one.field, one.before, one.after) for one in row.edits] == [(Field.TAKEN, "proposed", after)]
    assert (row.line, row.id, row.link, row.reason) == (3, f"{2:016x}", f"{2:015x}e", "看过原件")
    assert (found.untaken, found.unchanged, found.passages) == ((), 6, 3)


@pytest.mark.parametrize(
    ("cells", "column", "said"),
    [
        ({"是否采信": "也许"}, "是否采信", "只能是人工确认、不采信"),
        ({"是否采信": None}, "是否采信", "撤销那个决定"),
        ({"是否采信": "明确"}, "是否采信", "撤销那个决定"),
        ({"是否采信": "=TRUE()"}, "是否采信", "公式"),
        ({"改动理由": "看过"}, "改动理由", "没有改动"),
        ({"关系": "落实"}, "关系", "不能在表里改"),
        ({"佐证（原文）": "另一句。", "是否采信": "不采信"}, "佐证（原文）", "整行都没有收"),
        ({"承诺事项（原文）": "另一句。", "是否采信": "不采信"}, "承诺事项（原文）", "整行都没有收"),
        ({"佐证编号": "f" * 16, "是否采信": "不采信"}, "", "不在这份表"),
    ],
)
def test_what_cannot_be_taken_of_a_passage_has_its_reason(
    cells: dict[str, object], column: str, said: str, saved: Path
) -> None:
    found = take_back(judge(saved, {(3, head): value for head, value in cells.items()}))
    assert found.rows == ()
    (one,) = found.untaken
    assert (one.line, one.column, one.sheet) == (3, column, PASSAGES)
    assert said in one.why


def test_without_the_sheet_of_passages_the_promises_are_still_taken(saved: Path) -> None:
    book = load_workbook(change(saved, {(2, "交给"): "舒望"}))
    book.remove(book[PASSAGES])
    book.save(saved)
    found = take_back(saved)
    assert list(edits(found)) == [(2, Field.ASSIGNED)]
    assert "佐证当作没有改" in found.remarks[0]


def test_a_judged_passage_becomes_a_decision_unless_somebody_was_quicker(saved: Path, full_ledger: Ledger) -> None:
    returned = take_back(
        judge(saved, {(2, "是否采信"): "不采信", (3, "是否采信"): "人工确认", (3, "改动理由"): "看过"})
    )
    found = _compared(returned, full_ledger)
    assert [one.passage.link.span.text[:4] for one in found.changes if one.passage] == ["截至11", "夜间公交"]
    made = decisions_of(found.changes, "舒望", datetime(2026, 3, 2, tzinfo=UTC))
    assert [(one.kind, one.object, one.why) for one in made] == [
        (DecisionKind.REJECT_LINK, f"{1:015x}e", ""),
        (DecisionKind.CONFIRM_LINK, f"{2:015x}e", "看过"),
    ]
    first, second, *rest = full_ledger.standings
    other = replace(made[1], id=7, kind=DecisionKind.REJECT_LINK, who="甲")
    quicker = replace(second, proposals=(), decided=Decided(links={f"{2:015x}e": other}, decisions=[other]))
    gone = replace(first, evidence=())
    later = _compared(returned, replace(full_ledger, standings=(gone, quicker, *rest)))
    ((conflict,), (untaken,)) = later.conflicts, later.untaken
    assert (conflict.before, conflict.now, conflict.after, conflict.newer) == ("proposed", "no", "yes", other)
    assert (untaken.sheet, "已经不在" in untaken.why) == (PASSAGES, True)
    settled = replace(second, decided=Decided(links={f"{2:015x}e": made[1]}))
    assert _compared(returned, replace(full_ledger, standings=(first, settled, *rest))).settled == 1


# -- what spreadsheets do to a file ----------------------------------------------------------------------------------


def convert(path: Path, form: str, folder: Path) -> Path:
    """The file as LibreOffice saves it."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [office, profile, "--headless", "--convert-to", form, "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder / f"{path.stem}.{form}"


CELLS = {
    (2, "落实状态"): "推进中",
    (2, "改动理由"): "现场看过",
    (3, "完成时限"): date(2026, 9, 30),
    (4, "暂缓提醒到"): "2026年4月1日",
    (5, "交给"): None,
    (6, "备注"): "=不是公式，是话",
}
EXPECTED = {
    (2, Field.STATUS): ("overdue", "in_progress"),
    (3, Field.DEADLINE): ("2025-12-31", "2026-09-30"),
    (4, Field.SNOOZED): ("", "2026-04-01"),
    (5, Field.ASSIGNED): ("郑宁", ""),
}


@pytest.mark.slow
def test_what_libreoffice_saved_shows_exactly_the_changed_cells(saved: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    untouched = convert(convert(saved, "ods", first), "xlsx", second)
    found = take_back(untouched)
    assert (found.rows, found.untaken, found.lines, found.unchanged) == ((), (), 6, 6)
    cells = {place: value for place, value in CELLS.items() if place != (6, "备注")}
    edited = judge(change(untouched, cells, tmp_path / "edited.xlsx"), {(3, "是否采信"): "不采信"})
    again = convert(convert(edited, "ods", first), "xlsx", second)
    found = take_back(again)
    assert edits(found) == EXPECTED | {(3, Field.TAKEN): ("proposed", "no")}
    assert found.untaken == ()
    assert found.rows[0].reason == "现场看过"


def test_a_workbook_saved_in_the_manner_of_wps_is_read_alike(saved: Path, tmp_path: Path) -> None:
    """Strings within cells, days as bare numbers or texts, no styles, lists renamed, no size, attributes of its own."""
    path = change(saved, {place: value for place, value in CELLS.items() if place != (6, "备注")})
    judge(path, {(3, "是否采信"): "人工确认"})
    plain = Workbook()
    plain.remove(plain.worksheets[0])
    for sheet in load_workbook(path).worksheets:
        copy = plain.create_sheet(sheet.title)
        for row in sheet.iter_rows():
            for cell in row:
                value = cell.value
                if isinstance(value, datetime):
                    value = (value.date() - date(1899, 12, 30)).days if cell.row % 2 else value.strftime("%Y/%-m/%-d")
                if value is not None:
                    copy.cell(cell.row, cell.column).value = value
    plain.save(tmp_path / "plain.xlsx")
    with zipfile.ZipFile(tmp_path / "plain.xlsx") as old, zipfile.ZipFile(tmp_path / "wps.xlsx", "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name.startswith("xl/worksheets/"):
                data = re.sub(rb"<dimension[^>]*/>", b'<dimension ref="A1"/>', data)
                data = data.replace(b"<row ", b'<row customHeight="1" ht="20" ')
            new.writestr(name, data)
    found = take_back(tmp_path / "wps.xlsx")
    assert edits(found) == EXPECTED | {(3, Field.TAKEN): ("proposed", "yes")}
    assert found.untaken == ()


# -- hostile cells ---------------------------------------------------------------------------------------------------


def test_hostile_cells_that_come_back_are_words_wherever_they_go(
    make_ledger: Callable[..., Ledger], tmp_path: Path
) -> None:
    """As strings they are taken for words; these, recorded and exported again, are no formula anywhere."""
    ledger, path = make_ledger(*FORMULAS), tmp_path / "hostile.xlsx"
    write_workbook(ledger, str(path))
    book = load_workbook(path)
    sheet = book[SHEET]
    heads = {cell.value: cell.column for cell in sheet[1]}
    for line, text in enumerate(FORMULAS, start=2):
        for head in ("备注", "交给", "责任单位"):
            cell = sheet.cell(line, heads[head])
            cell.value = text.replace("\x00", "")
            cell.data_type = "s"
    book.save(path)
    found = take_back(path)
    assert found.untaken == ()
    assert len(edits(found)) == 3 * len(FORMULAS)
    made = decisions_of(_compared(found, ledger).changes, "测试", datetime(2026, 3, 2, tzinfo=UTC))
    known = fold_decisions(replace(one, id=number) for number, one in enumerate(made, start=1))
    again = replace(ledger, standings=tuple(replace(one, decided=known[one.row.id]) for one in ledger.standings))
    write_workbook(again, str(tmp_path / "again.xlsx"))
    with zipfile.ZipFile(tmp_path / "again.xlsx") as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/")]
    assert not any(b"<f>" in one or b"<f " in one for one in sheets)
    out = io.StringIO(newline="")
    write_table(again, out)
    marks = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
    for row in csv.reader(io.StringIO(out.getvalue(), newline="")):
        assert not any(cell.lstrip().startswith(marks) for cell in row)
    same = take_back(tmp_path / "again.xlsx")
    assert (same.rows, same.untaken, same.lines) == ((), (), len(FORMULAS))


# -- against the ledger as it is now ---------------------------------------------------------------------------------


def _compared(returned: Returned, ledger: Ledger) -> Compared:
    return compare(returned, {one.row.id: one for one in ledger.standings})


def test_the_changes_of_a_line_become_decisions(saved: Path, full_ledger: Ledger) -> None:
    cells: dict[tuple[int, str], object] = {
        (2, "落实状态"): "已落实",
        (2, "完成时限"): None,
        (2, "强度"): "力争",
        (2, "改动理由"): "验收过",
        (2, "改动依据"): "验收单8号",
        (5, "交给"): None,
        (5, "暂缓提醒到"): None,
    }
    found = _compared(take_back(change(saved, cells)), full_ledger)
    made = decisions_of(found.changes, "舒望", datetime(2026, 3, 2, tzinfo=UTC))
    assert [(one.kind, dict(one.values), one.why) for one in made] == [
        (DecisionKind.CORRECT, {"deadline": "none", "strength": "aim"}, "验收过"),
        (DecisionKind.SET_STATUS, {"status": "fulfilled", "source": "验收单8号"}, "验收过"),
        (DecisionKind.ASSIGN, {"to": ""}, "在 Excel 台账里清空"),
        (DecisionKind.SNOOZE, {"until": ""}, "在 Excel 台账里清空"),
    ]


def test_what_changed_since_the_export_is_a_conflict_and_what_is_so_already_is_settled(
    saved: Path, full_ledger: Ledger
) -> None:
    cells = {(2, "交给"): "舒望", (3, "交给"): "舒望", (4, "交给"): "舒望", (5, "交给"): "舒望"}
    returned = take_back(change(saved, cells))
    first, second, third, _, *rest = full_ledger.standings
    now = (
        replace(first, decided=Decided(assigned_to="甲")),
        replace(second, decided=Decided(assigned_to="舒望")),
        replace(third, decided=Decided(merged_into=RecordId("f" * 16))),
    )
    found = _compared(returned, replace(full_ledger, standings=(*now, *rest)))
    assert [(one.line, one.before, one.now, one.after) for one in found.conflicts] == [(2, "", "甲", "舒望")]
    assert (found.changes, found.settled) == ((), 1)
    assert [(one.line, one.why[:8]) for one in found.untaken] == [
        (4, "这条承诺已并入另"),
        (5, "这条承诺已经不在"),
    ]


# -- cells -----------------------------------------------------------------------------------------------------------


@given(st.dates(date(1950, 1, 1), date(2100, 12, 31)))
def test_a_day_is_read_alike_however_it_is_written(day: date) -> None:
    number = (day - date(1899, 12, 30)).days
    forms = [day, str(day), f"{day.year}年{day.month}月{day.day}日", f"{day:%Y/%m/%d}", f"{day} 00:00:00", number]
    assert {read_day(form) for form in forms} == {day.isoformat()}
    assert len({canonical(form) for form in forms}) == 1


@given(st.text())
def test_whatever_a_cell_holds_it_is_read_or_refused(text: str) -> None:
    for field in Field:
        with suppress(Unfit):
            code = read(field, text)
            assert "\x00" not in code
            assert read(field, words_of(field, code)) == code


@pytest.mark.parametrize(("field", "kind"), [(Field.STATUS, Status), (Field.STRENGTH, Strength)])
def test_every_value_of_a_closed_set_is_read_as_it_is_shown(field: Field, kind: Any) -> None:
    for member in kind:
        assert read(field, f" {words_of(field, member.value)} ") == member.value


def test_every_editable_column_is_in_the_sheet_and_marked(saved: Path) -> None:
    marked = {column.title for column in PROMISES if column.entered}
    sheet = load_workbook(saved)[SHEET]
    assert marked == {cell.value for cell in sheet[1] if cell.fill.fgColor.rgb == "00FFF0B8"}
    assert Edit(Field.NOTE, "", "x").field.value in {field.value for field in Field}
    passages = load_workbook(saved)[PASSAGES]
    assert {"是否采信", "改动理由"} == {cell.value for cell in passages[1] if cell.fill.fgColor.rgb == "00FFF0B8"}
