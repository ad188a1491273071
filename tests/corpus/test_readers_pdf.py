"""PDF files: paragraphs out of printed lines, tables, page furniture."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import print_letter as printing
import pytest

from corpus.readers import read

LETTER, OFFICE, STYLES = printing.LETTER, printing.OFFICE, printing.STYLES


def units(text: str) -> list[str]:
    """What stands between 。！？； or line breaks, white space left out."""
    parts = (re.sub(r"\s", "", part) for part in re.split(r"(?<=[。！？；!?;])|\n", text))
    return [part for part in parts if part]


def printed(path: Path, style: object, letter: list[tuple[str, str]] = LETTER) -> Path:
    printer = printing.Printer(path, style)
    for text, place in letter:
        printer.put(text, place)
    printer.save()
    return path


@pytest.mark.parametrize("name", STYLES)
def test_a_letter_s_paragraphs_come_back_from_its_lines(name: str, tmp_path: Path) -> None:
    document = read(printed(tmp_path / "letter.pdf", STYLES[name]))
    assert document.text.split("\n") == [text for text, _ in LETTER]
    assert "joined_lines" in document.notes


def test_without_indents_and_without_gaps_the_units_are_right(tmp_path: Path) -> None:
    document = read(printed(tmp_path / "letter.pdf", replace(OFFICE, indent=0)))
    assert units(document.text) == units("\n".join(text for text, _ in LETTER))


def test_a_long_title_set_on_two_centred_lines_is_one(tmp_path: Path) -> None:
    title = "关于对市第十五届人民代表大会第三次会议第一百二十六号建议的答复意见的函"
    letter = [(title, "centre"), *LETTER[3:]]
    assert read(printed(tmp_path / "letter.pdf", OFFICE, letter)).text.split("\n")[0] == title


def test_a_title_in_larger_type_stands_apart(tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    printer = printing.Printer(path, replace(OFFICE, indent=0))
    printer.put("某某市海洋与渔业局关于渔排升级改造提案的答复", "flush", size=20)
    printer.put(LETTER[6][0], "flush")
    printer.save()
    assert read(path).text.split("\n") == ["某某市海洋与渔业局关于渔排升级改造提案的答复", LETTER[6][0]]


def test_a_ruled_table_becomes_rows_in_its_place(tmp_path: Path) -> None:
    path = tmp_path / "table.pdf"
    printer = printing.Printer(path, OFFICE)
    printer.put("各片区改造任务如下：")
    printer.table([["片区", "渔排（口）", "完成时间"], ["北湾", "4800", "2024年6月底"], ["东澳", "", "2023年底"]])
    printer.put("请认真抓好落实。")
    printer.save()
    assert read(path).text.split("\n") == [
        "各片区改造任务如下：",
        "片区|渔排（口）|完成时间",
        "北湾|4800|2024年6月底",
        "东澳||2023年底",
        "请认真抓好落实。",
    ]


def test_a_red_rule_under_the_letterhead_is_no_table(tmp_path: Path) -> None:
    path = tmp_path / "rule.pdf"
    printer = printing.Printer(path, OFFICE)
    printer.put("市海洋与渔业局文件", "centre")
    printer.canvas.line(79, printer.y + 10, 520, printer.y + 10)
    printer.canvas.rect(60, 60, 480, 720)
    printer.put("特此答复。")
    printer.save()
    assert read(path).text.split("\n") == ["市海洋与渔业局文件", "特此答复。"]


def test_quotation_marks_printed_after_their_line_go_back_to_their_places(tmp_path: Path) -> None:
    path = tmp_path / "order.pdf"
    printer = printing.Printer(path, OFFICE)
    canvas = printer.canvas
    canvas.setFont(printing.FONT, 16)
    for x, piece in [
        (79, "推出"),
        (127, "渔排贷"),
        (191, "年内放款"),
        (255, "300"),
        (281, "万元。"),
        (111, "“"),
        (175, "”"),
    ]:
        canvas.drawString(x, 600, piece)
    printer.save()
    assert read(path).text == "推出“渔排贷”年内放款300万元。"


def test_a_page_turned_sideways_is_read(tmp_path: Path) -> None:
    path = tmp_path / "turned.pdf"
    printer = printing.Printer(path, replace(OFFICE, numbers=None))
    canvas = printer.canvas
    canvas.setPageRotation(90)
    canvas.translate(300, 100)
    canvas.rotate(90)
    canvas.setFont(printing.FONT, 16)
    canvas.drawString(0, 0, "第一行的文字。")
    canvas.drawString(0, -28, "第二行的文字。")
    printer.save()
    assert read(path).text.split("\n") == ["第一行的文字。", "第二行的文字。"]


def test_footnotes_stand_at_the_end_and_their_marks_nowhere(tmp_path: Path) -> None:
    path = tmp_path / "notes.pdf"
    printer = printing.Printer(path, OFFICE)
    canvas = printer.canvas
    canvas.setFont(printing.FONT, 16)
    canvas.drawString(79, 700, "截至去年底占21.3%")
    canvas.drawString(79 + 136 + 9, 700, "，其余部分将由我局在明年上半年")
    canvas.setFont(printing.FONT, 8)
    canvas.drawString(79 + 136, 707, "1")
    canvas.setFont(printing.FONT, 9)
    canvas.drawString(79, 100, "1 数据来自市统计局。")
    printer._end()
    canvas.showPage()
    printer.page += 1
    canvas.setFont(printing.FONT, 16)
    canvas.drawString(79, 700, "全部完成。")
    printer.put("特此答复。")
    printer.save()
    lines = read(path).text.split("\n")
    assert lines[-1] == "1 数据来自市统计局。"
    assert "21.3%，" in lines[0]


@pytest.mark.parametrize("numbers", ["- {} -", "{}/2", "第{}页", "— {} —", "· {} ·", "Page {} of 2", "{}"])
def test_page_numbers_of_many_forms_are_dropped(numbers: str, tmp_path: Path) -> None:
    document = read(printed(tmp_path / "letter.pdf", replace(OFFICE, numbers=numbers)))
    assert document.text.split("\n")[-1].startswith("（联系人")
    assert "dropped_headers" in document.notes


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice isn't installed here")
def test_what_libreoffice_prints_has_the_units_of_the_word_file(tmp_path: Path) -> None:
    import docx
    from docx.shared import Pt

    made = docx.Document()
    for text, place in LETTER:
        paragraph = made.add_paragraph(text)
        paragraph.alignment = {"centre": 1, "right": 2}.get(place, 3)
        paragraph.paragraph_format.first_line_indent = Pt(32 if place == "body" else 0)
        paragraph.paragraph_format.space_after = Pt(0)
        for run in paragraph.runs:
            run.font.size = Pt(16)
    made.sections[0].header.paragraphs[0].text = "市海洋与渔业局"
    made.save(str(tmp_path / "letter.docx"))
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/office", "--convert-to", "pdf", "--outdir",
         str(tmp_path), str(tmp_path / "letter.docx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    assert units(read(tmp_path / "letter.pdf").text) == units(read(tmp_path / "letter.docx").text)
