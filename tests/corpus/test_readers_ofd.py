"""OFD files: paragraphs out of characters at their places."""

from __future__ import annotations

from pathlib import Path

import print_letter as printing
import pytest
import specimens
from print_ofd import OfdCanvas, document, text

from corpus.readers import read
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
