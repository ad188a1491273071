"""Another office's ledger: heads are found, columns proposed with reasons, lines matched and never guessed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from models.errors import NotOurLedger
from models.foreign import ForeignSheet, Meaning, ReadAs
from models.numbered import case_numbers
from models.returned import Field, Origin, Returned
from outputs.ledger import Ledger, Standing
from outputs.sheets.foreign import read_grid, take_foreign
from outputs.sheets.matching import alike, put_together, read_lines
from outputs.sheets.proposing import propose, read_as_proposed, status_of

HEADS = ["序号", "建议编号", "承办单位", "答复承诺", "完成时限", "办理情况", "是否办结"]
TODAY = date(2026, 3, 2)


def sheet_of(*rows: list[str], heads: list[str] | None = None) -> ForeignSheet:
    found = read_grid("一", [heads or HEADS, *rows])
    assert found
    return found


def meanings(sheet: ForeignSheet) -> dict[str, Meaning]:
    return {head: one.meaning for head, one in propose(sheet).items()}


LINE = ["1", "12", "区林业局", "年内补植行道树四百株", "2026年底", "已补植一半，余下的秋天种", "在办"]


def test_far_too_many_lines_are_refused_before_they_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = Workbook()
    sheet: Any = book.active
    for row in (HEADS, *([LINE] * 20)):
        sheet.append(row)
    book.save(tmp_path / "长.xlsx")
    assert len(take_foreign(tmp_path / "长.xlsx").sheets[0].lines) == 20
    monkeypatch.setattr("outputs.sheets.foreign._MOST_ROWS", 20)
    with pytest.raises(NotOurLedger, match="有 21 行"):
        take_foreign(tmp_path / "长.xlsx")


def test_columns_are_proposed_by_their_heads_in_whatever_order() -> None:
    wanted = {
        "序号": Meaning.SKIP,
        "建议编号": Meaning.NUMBER,
        "承办单位": Meaning.UNIT,
        "答复承诺": Meaning.PROMISE,
        "完成时限": Meaning.DEADLINE,
        "办理情况": Meaning.NOTE,
        "是否办结": Meaning.STATUS,
    }
    assert meanings(sheet_of(LINE)) == wanted
    turned = sheet_of(LINE[::-1], heads=HEADS[::-1])
    assert meanings(turned) == wanted
    assert turned.fingerprint == sheet_of(LINE).fingerprint, "the same heads, whatever their order"
    assert propose(sheet_of(LINE))["建议编号"].why == "表头就叫“建议编号”，1 格里 1 格有号"


@pytest.mark.parametrize(
    ("head", "values", "meaning", "doubtful"),
    [
        ("提案号", ["政协第0031号"], Meaning.NUMBER, False),
        ("承诺事项（原文）", ["年内把旧灯全部换成节能灯"], Meaning.PROMISE, False),
        ("承诺完成时间", ["2026-06-30", "年底"], Meaning.DEADLINE, False),
        ("完成时限", ["长期", "持续"], Meaning.DEADLINE, True),
        ("办理情况", ["已办结", "办理中", "已办结"], Meaning.STATUS, False),
        ("落实情况", ["已经和街道谈妥，下月开工建设"], Meaning.NOTE, True),
        ("编号", ["91616445cb405131"], Meaning.ID, False),
        ("经办人", ["尤敏"], Meaning.ASSIGNED, False),
        ("联系电话", ["0555-123"], Meaning.SKIP, False),
        ("满意度", ["满意"], Meaning.SKIP, False),
        ("完成时限", [], Meaning.DEADLINE, True),
    ],
)
def test_what_stands_below_a_head_is_looked_at(head: str, values: list[str], meaning: Meaning, doubtful: bool) -> None:
    rows = [[value, "乡政府", "修"] for value in values or [""]]
    found = propose(sheet_of(*rows, heads=[head, "主办单位", "案由"]))[head]
    assert (found.meaning, found.doubtful) == (meaning, doubtful)


def test_of_two_columns_for_one_thing_the_other_is_left_out_and_said_so() -> None:
    found = propose(sheet_of(["12", "34", "区林业局", "x"], heads=["建议编号", "提案编号", "承办单位", "备注"]))
    assert [one.meaning for one in found.values()][:2] == [Meaning.NUMBER, Meaning.SKIP]
    assert found["提案编号"].doubtful
    assert "“建议编号”更像案号" in found["提案编号"].why


def test_a_column_of_sentences_is_proposed_with_doubt_where_no_head_says_promise() -> None:
    rows = [["12", "区林业局", "年内补植行道树四百株以上"]]
    found = propose(sheet_of(*rows, heads=["案号", "承办单位", "要办的"]))["要办的"]
    assert (found.meaning, found.doubtful) == (Meaning.PROMISE, True)


@pytest.mark.parametrize(
    ("word", "status"), [("已办结", "fulfilled"), (" 在 办", "in_progress"), ("快了", None), ("", None)]
)
def test_words_for_a_status_are_known_or_not(word: str, status: str | None) -> None:
    assert status_of(word) == status


def workbook(folder: Path, **merged: str) -> Path:
    """A ledger with a title, heads of two lines, merged cells and lines that are no entries."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "汇总"
    for row in (
        ["梨山区代表建议答复承诺交办表"],
        ["建议编号", "主办单位", "答复情况", None, "备注"],
        [None, None, "承诺事项", "完成时限", None],
        [1, 2, 3, 4, 5],
        ["一、区林业局"],
        ["第7号", "区林业局", "年内补植行道树四百株", "2026年底", None],
        [None, None, "上半年修好两座木桥", "2026-06-30", "桥面已铺"],
        [None],
        ["合计", None, "2", None, None],
    ):
        sheet.append(row)
    for area in ("A1:E1", "A2:A3", "B2:B3", "C2:D2", "E2:E3", "A5:E5", "A6:A7", "B6:B7"):
        sheet.merge_cells(area)
    other = book.create_sheet("说明")
    other["A1"] = "填表说明"
    path = folder / "交办表.xlsx"
    book.save(path)
    return path


def test_titles_heads_of_two_lines_and_merged_cells_are_read(tmp_path: Path) -> None:
    (found,) = take_foreign(workbook(tmp_path)).sheets
    assert found.heads == ("建议编号", "主办单位", "答复情况/承诺事项", "答复情况/完成时限", "备注")
    assert (found.heads_from, found.heads_to, found.title) == (2, 3, "梨山区代表建议答复承诺交办表")
    assert [line.number for line in found.lines] == [6, 7]
    assert found.lines[1].values[:2] == ("第7号", "区林业局"), "a merged cell says it in every line that it covers"
    assert found.apart == (4, 5, 9), "column numbers, a line across, a total"


def test_a_workbook_without_heads_is_refused_with_the_reason(tmp_path: Path) -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet.append(["买菜", "三斤"])
    book.save(tmp_path / "x.xlsx")
    with pytest.raises(NotOurLedger, match="认不出表头"):
        take_foreign(tmp_path / "x.xlsx")


def test_two_columns_for_one_thing_or_none_to_find_a_line_by_are_told() -> None:
    sheet = sheet_of(LINE)
    twice = ReadAs(sheet.name, dict.fromkeys(HEADS, Meaning.DEADLINE))
    assert "当作了同一项" in twice.lacks
    assert "至少要有一列" in ReadAs(sheet.name, {"办理情况": Meaning.NOTE}).lacks
    assert "要记下" in ReadAs(sheet.name, {"建议编号": Meaning.NUMBER}).lacks
    assert read_as_proposed(sheet).lacks == ""


@pytest.mark.parametrize(
    ("said", "numbers"),
    [
        ("第12号", ("12",)),
        ("建议第0012号", ("12",)),
        ("A012", ("12",)),
        ("27、52", ("27", "52")),
        ("2026年第7号", ("7",)),
        ("2026-7", ()),
        ("", ()),
    ],
)
def test_case_numbers_are_read_from_what_offices_write(said: str, numbers: tuple[str, ...]) -> None:
    assert case_numbers(said) == numbers


@given(st.text(max_size=30), st.text(max_size=30))
def test_likeness_is_a_share_and_the_same_both_ways(one: str, other: str) -> None:
    assert 0 <= alike(one, other) <= 1
    assert alike(one, other) == alike(other, one)


def returned(standings: tuple[Standing, ...], *rows: list[str], heads: list[str] | None = None) -> Returned:
    """What lines change of some promises; days are written whole here."""
    sheet = sheet_of(*rows, heads=heads)
    origin = Origin(TODAY, (), "", None, len(rows))
    read_as = read_as_proposed(sheet)
    lines = list(read_lines("表.xlsx", sheet, read_as, lambda one: standings, str))
    return put_together(sheet, read_as, lines, origin)


@pytest.fixture
def standings(full_ledger: Ledger) -> tuple[Standing, ...]:
    return full_ledger.standings


def line(text: str, number: str = "7", unit: str = "", **also: str) -> list[str]:
    return [
        "1",
        number,
        unit,
        text,
        also.get("day", ""),
        also.get("note", "看过了现场，情况属实"),
        also.get("status", ""),
    ]


def test_the_same_words_are_the_promise_and_nothing_is_doubted(standings: tuple[Standing, ...]) -> None:
    promise = standings[0]
    found = returned(standings, line(promise.row.commitment.span.text))
    (row,) = found.rows
    assert (row.id, row.doubt, found.untaken) == (promise.row.id, "", ())
    assert [(edit.field, edit.after) for edit in row.edits] == [(Field.NOTE, "办理情况：看过了现场，情况属实")]
    assert "第 2 行" in row.source
    assert "答复承诺＝承诺原文" in found.foreign


def test_other_numbers_and_other_units_are_doubted(standings: tuple[Standing, ...]) -> None:
    promise = next(one for one in standings if any(char.isdigit() for char in one.row.commitment.span.text))
    text = promise.row.commitment.span.text
    changed = "".join(str((int(char) + 1) % 10) if char.isdigit() and char.isascii() else char for char in text)
    (row,) = returned((promise,), line(changed)).rows
    assert row.doubt.startswith("数字不同：表里有")
    (row,) = returned((promise,), line(text, unit="省气象局")).rows
    assert row.doubt.startswith("单位不同：表里是省气象局")


def test_what_could_be_two_promises_is_none(standings: tuple[Standing, ...]) -> None:
    same = (standings[0], standings[0])
    found = returned(same, line(standings[0].row.commitment.span.text))
    assert found.rows == ()
    assert "分不清是哪一条" in found.untaken[0].why


def test_a_cell_with_two_promises_is_doubted_for_each(standings: tuple[Standing, ...]) -> None:
    both = standings[0].row.commitment.span.text + standings[1].row.commitment.span.text
    found = returned(standings[:2], line(both))
    assert {row.id for row in found.rows} == {one.row.id for one in standings[:2]}
    assert all("一格里有 2 条承诺" in row.doubt for row in found.rows)


def test_lines_that_say_different_things_of_one_promise_are_not_taken(standings: tuple[Standing, ...]) -> None:
    text = standings[0].row.commitment.span.text
    found = returned(standings, line(text, note="已经办好的那一半"), line(text, note="还没有开始的那一半"))
    assert found.rows == ()
    assert "几行说的是同一条承诺（第 2、3 行）" in found.untaken[0].why


def test_without_its_words_a_line_is_taken_only_where_the_case_has_one_promise(standings: tuple[Standing, ...]) -> None:
    (row,) = returned(standings[:1], line("")).rows
    assert "只有这一条" in row.doubt
    found = returned(standings[:2], line(""))
    assert (found.rows, found.untaken[0].why) == ((), "第 7 号有 2 条承诺，表里没有原文，分不清是哪一条")


def test_a_line_that_is_nowhere_says_why(standings: tuple[Standing, ...]) -> None:
    found = returned((), line("年内补植行道树四百株"))
    assert found.untaken[0].why.startswith("台账里没有第 7 号的承诺")
    found = returned(standings, line("捐建一座天文馆并向学生免费开放"))
    assert found.untaken[0].why == "这一件答复里没有和它相像的承诺"


def test_a_word_that_nobody_explained_and_a_day_that_is_none_are_refused(standings: tuple[Standing, ...]) -> None:
    text = standings[0].row.commitment.span.text
    found = returned(standings, line(text, note="", status="快好了"), line(text, note="", status="已办结"))
    assert [one.column for one in found.untaken] == ["是否办结"]
    assert "没有说明这个词当作什么状态" in found.untaken[0].why
