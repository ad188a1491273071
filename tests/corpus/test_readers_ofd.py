"""OFD files: paragraphs out of characters at their places."""

from __future__ import annotations

from pathlib import Path

import print_letter as printing
import pytest
import specimens
from print_ofd import OfdCanvas, document, text

from corpus.readers import read
from corpus.samples.ofd import path_object
from models.errors import Unreadable, UnreadableDocument


def written(path: Path, *pages: str, **more: str) -> Path:
    path.write_bytes(specimens.package(document(list(pages), **more)))
    return path


def reason_of(path: Path) -> Unreadable:
    with pytest.raises(UnreadableDocument) as caught:
        read(path)
    return caught.value.reason


@pytest.mark.parametrize("name", printing.STYLES)
def test_a_letter_s_paragraphs_come_back_from_its_lines(name: str, tmp_path: Path) -> None:
    path = tmp_path / "letter.ofd"
    printer = printing.Printer(path, printing.STYLES[name], OfdCanvas(path))
    for words, place in printing.LETTER:
        printer.put(words, place)
    printer.save()
    found = read(path)
    assert found.text.split("\n") == [words for words, _ in printing.LETTER]
    assert (found.form, found.title) == ("ofd", "关于整修灯塔的答复")
    assert "joined_lines" in found.notes


@pytest.mark.parametrize(
    "deltas",
    ["g 6 5.6", "5.6 g 5 5.6", "", "g 6", "5.6 5.6 none 3"],
    ids=["repeated", "mixed", "unsaid", "cut", "broken"],
)  # fmt: skip
def test_distances_are_read_however_they_are_told(deltas: str, tmp_path: Path) -> None:
    path = written(tmp_path / "a.ofd", text("整修灯塔四十座", 28, 60, deltas=deltas))
    assert read(path).text == "整修灯塔四十座"


def test_a_wide_distance_is_a_blank_and_numbers_stay_whole(tmp_path: Path) -> None:
    body = text("东礁3", 28, 60, deltas="5.6 20") + text("共1500个", 28, 80, deltas="5.6 2.8 2.8 2.8 2.8")
    assert read(written(tmp_path / "a.ofd", body)).text == "东礁 3\n共1500个"


def test_a_scaled_object_stands_where_its_matrix_puts_it(tmp_path: Path) -> None:
    half = text("后半句。", 28 + 5.6 * 4, 60, size=11.2, more='CTM="0.5 0 0 0.5 0 5.6"')
    path = written(tmp_path / "a.ofd", text("前半句，", 28, 60) + half)
    assert read(path).text == "前半句，后半句。"


def test_what_lies_under_a_page_is_read_and_what_is_unseen_is_not(tmp_path: Path) -> None:
    unseen = text("不显示", 28, 90, more='Visible="false"')
    path = written(tmp_path / "a.ofd", text("正文一句。", 28, 120) + unseen, templates=text("县海事局文件", 70, 60))
    assert read(path).text == "县海事局文件\n正文一句。"


def test_makers_that_spell_the_namespace_otherwise_are_read(tmp_path: Path) -> None:
    parts = document([text("整修灯塔。", 28, 60)])
    plain = {name: str(data).replace("ofd:", "").replace(":ofd", "") for name, data in parts.items()}
    (tmp_path / "a.ofd").write_bytes(specimens.package(plain))
    assert read(tmp_path / "a.ofd").text == "整修灯塔。"


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    parts = document([text("整修灯塔。", 28, 60)])
    for name, changes, reason in (
        ("gone", {"Doc_0/Pages/Page_0/Content.xml": None}, Unreadable.DAMAGED),
        ("locked", {"Encryptions.xml": "<x/>"}, Unreadable.ENCRYPTED),
        ("entity", {"Doc_0/Document.xml": "<!DOCTYPE x><x/>"}, Unreadable.DOCTYPE),
        ("picture", {"Doc_0/Pages/Page_0/Content.xml": "<Page><ImageObject/></Page>"}, Unreadable.SCANNED),
        ("blank", {"Doc_0/Pages/Page_0/Content.xml": "<Page/>"}, Unreadable.NO_TEXT),
    ):
        kept = {part: data for part, data in {**parts, **changes}.items() if data is not None}
        (tmp_path / f"{name}.ofd").write_bytes(specimens.package(kept))
        assert reason_of(tmp_path / f"{name}.ofd") is reason, name


def ruled(rules: list[str], words: list[tuple[str, float, float]]) -> str:
    paths = "".join(path_object(data, 0, 0, 210, 297) for data in rules)
    return paths + "".join(text(word, x, y) for word, x, y in words)


ACROSS = [f"M 30 {y} L 150 {y}" for y in (50, 60, 70, 80)]
DOWN = [f"M {x} 50 L {x} 80" for x in (30, 90, 150)]
CELLS = [("灯塔", 32, 57), ("泊位（个）", 92, 57), ("东礁", 32, 67), ("12", 92, 67), ("西礁", 32, 77), ("8", 92, 77)]
TABLE = "灯塔|泊位（个）\n东礁|12\n西礁|8"


@pytest.mark.parametrize(
    "rules",
    [
        [*ACROSS, *DOWN],
        [
            f"M {x} {y} L {x + 60} {y} L {x + 60} {y + 10} L {x} {y + 10} C"
            for x in (30, 90)
            for y in (50, 60, 70)
        ],
        [*(f"M 30 {y} L 150 {y} L 150 {y + 0.2} L 30 {y + 0.2} C" for y in (50, 60, 70, 80)), *DOWN],
        [" ".join([*ACROSS, *DOWN])],
        [*ACROSS, *DOWN, "M 40 40 Q 50 50 60 60 B 1 2 3 4 5 6 L", "M a b L 1 2", "X"],
    ],
    ids=["a path a rule", "a path a cell", "thin rectangles", "one path", "curves and what can't be read"],
)  # fmt: skip
def test_a_ruled_table_comes_row_by_row(rules: list[str], tmp_path: Path) -> None:
    before, after = text("表前一句。", 28, 40), text("表后一句。", 28, 95)
    path = written(tmp_path / "a.ofd", before + ruled(rules, CELLS) + after)
    assert read(path).text == f"表前一句。\n{TABLE}\n表后一句。"


def test_a_merged_cell_stands_in_every_row_that_it_covers(tmp_path: Path) -> None:
    rules = ["M 30 50 L 150 50", "M 30 80 L 150 80", "M 90 60 L 150 60", "M 90 70 L 150 70", *DOWN]
    cells = [("泊位", 32, 67), ("东礁12个", 92, 57), ("西礁8个", 92, 67), ("南礁3个", 92, 77)]
    found = read(written(tmp_path / "a.ofd", ruled(rules, cells)))
    assert found.text == "泊位|东礁12个\n泊位|西礁8个\n泊位|南礁3个"


def test_a_scaled_path_s_rules_stand_where_its_matrix_puts_them(tmp_path: Path) -> None:
    data = " ".join(f"M 0 {y} L 60 {y}" for y in (0, 5, 10, 15)) + " M 0 0 L 0 15 M 30 0 L 30 15 M 60 0 L 60 15"
    path = path_object(data, 30, 50, 120, 30).replace(" LineWidth", ' CTM="2 0 0 2 0 0" LineWidth')
    assert read(written(tmp_path / "a.ofd", path + ruled([], CELLS))).text == TABLE


def test_what_clips_a_path_and_a_letterhead_s_rule_make_no_table(tmp_path: Path) -> None:
    clips = "".join(f"<ofd:Path><ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:Path>" for data in ACROSS + DOWN)
    clipped = path_object("M 30 70 L 150 70", 0, 0, 210, 297).replace(
        "<ofd:Abb", f"<ofd:Clips><ofd:Clip><ofd:Area>{clips}</ofd:Area></ofd:Clip></ofd:Clips><ofd:Abb", 1
    )
    body = clipped + text("东礁灯塔整修四十座。", 32, 57)
    assert read(written(tmp_path / "a.ofd", body)).text == "东礁灯塔整修四十座。"


def test_a_drawing_of_many_lines_is_no_table_and_takes_no_time(tmp_path: Path) -> None:
    lines = " ".join(f"M {x} {y} L {x + 1} {y} L {x + 1} {y + 1}" for x in range(30, 110) for y in range(50, 130))
    body = path_object(lines, 0, 0, 210, 297) + text("海图一幅。", 28, 40)
    assert read(written(tmp_path / "a.ofd", body)).text == "海图一幅。"
