"""The report and the reminder letters: they hold what they must, as text and nothing else, the same each time."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from models.evidence import Schedule, ScheduleCode, Status
from outputs.ledger import Ledger, Standing
from outputs.letters.lists import LISTED
from outputs.letters.reminders import Reminder, _file_name, reminders
from outputs.letters.report import METHOD, report
from outputs.letters.word import clean

BY = date(2026, 3, 20)


def read(content: bytes) -> Any:
    """A Word file."""
    return docx.Document(io.BytesIO(content))


def words(content: bytes) -> str:
    """All text of a Word file, tables too, a line a paragraph."""
    document = read(content)
    return "\n".join(
        "".join(node.text or "" for node in paragraph.iter(qn("w:t")))
        for paragraph in document.element.body.iter(qn("w:p"))
    )


def one_letter(ledger: Ledger, **given: Any) -> Reminder:
    """The only letter of a ledger."""
    (found,) = reminders(ledger, **({"report_by": BY, "within": 30} | given))
    return found


def test_the_report_says_how_the_promises_stand_and_as_of_when(full_ledger: Ledger) -> None:
    said = words(report(full_ledger))
    assert "（状态截至2026年3月2日）" in said
    assert "明确承诺和力争5项：已落实1项（20%），未见佐证2项（40%），已逾期1项（20%），已取消或变更1项（20%）" in said
    assert "有1处疑似佐证待人工确认，没有计入上述数字" in said


@pytest.mark.parametrize(
    "expected",
    [
        "逾期61天",
        "我局将会同区财政局，于2025年底前开通夜间公交线路6条",
        "出处：夜间公交答复.docx，二、下一步打算，第101—159字",
        "佐证（推进）：2025年11月20日，云岭区夜间公交首批线路开行",
        "截至11月18日，全区已开通夜间公交线路4条，日均客流1200人次。",
        "目标数调低：40座改为25座",
        "候车亭建设数量由40座调整为25座。",
        "已核查12份文件（最近一次2026年3月2日），未见佐证",
        "佐证：未核查",
        "人工认定（卢晓峰）：认定状态：已落实（验收单〔2026〕2号）",
        "降低夜间票价。",
        "夜间公交候车环境持续改善。",
    ],
)
def test_the_report_shows(expected: str, full_ledger: Ledger) -> None:
    assert expected in words(report(full_ledger))


def test_the_report_says_what_each_status_means(full_ledger: Ledger) -> None:
    said = words(report(full_ledger))
    assert all(line in said for line in METHOD)


def test_an_empty_ledger_gives_a_report_too(make_ledger: Callable[..., Ledger]) -> None:
    bare = replace(make_ledger(), standings=(), documents=(), failures=(), targets=(), declined=())
    said = words(report(bare))
    assert "共读出承诺事项0项" in said
    assert "无。" in said


def test_the_heads_of_tables_stand_on_every_page_and_rows_stay_whole(full_ledger: Ledger) -> None:
    tables = [table for table in read(report(full_ledger)).tables if table.style.name == "Table Grid"]
    assert tables
    for table in tables:
        first = table.rows[0]._tr
        assert first.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_a_row_that_is_longer_than_a_page_may_be_divided(make_ledger: Callable[..., Ledger]) -> None:
    long = make_ledger("在全区各街道社区新建便民服务点，" * 300)
    tables = read(report(long)).tables
    rows = [row for table in tables for row in table.rows if any("便民服务点" in cell.text for cell in row.cells)]
    assert rows
    assert all(row._tr.trPr is None or row._tr.trPr.find(qn("w:cantSplit")) is None for row in rows)


def test_the_page_is_that_of_an_official_paper(full_ledger: Ledger) -> None:
    document = read(report(full_ledger))
    section = document.sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(margin.mm) for margin in margins] == [37, 35, 28, 26]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    fonts = {name: document.styles[name].element.rPr.rFonts.get(qn("w:eastAsia")) for name in ("Title", "公文正文")}
    assert fonts == {"Title": "方正小标宋简体", "公文正文": "仿宋_GB2312"}
    assert "PAGE" in section.footer._element.xml


def test_every_font_that_a_machine_may_lack_has_stand_ins(full_ledger: Ledger) -> None:
    with zipfile.ZipFile(io.BytesIO(report(full_ledger))) as archive:
        table = archive.read("word/fontTable.xml").decode()
    for font in ("方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体"):
        assert f'w:name="{font}"><w:altName' in table


def test_the_same_ledger_gives_the_same_bytes(full_ledger: Ledger) -> None:
    assert report(full_ledger) == report(full_ledger)
    assert one_letter(full_ledger).content == one_letter(full_ledger).content


def test_the_figures_are_said_in_words_to_those_who_cannot_see_them(full_ledger: Ledger) -> None:
    told = [node.get("descr") for node in read(report(full_ledger)).element.body.iter(qn("wp:docPr"))]
    assert "云岭区交通运输局：已落实1项，未见佐证2项，已逾期1项，已取消或变更1项" in told
    assert all(told)


def test_a_list_that_nobody_would_turn_over_ends_with_the_number_of_the_rest(
    make_ledger: Callable[..., Ledger],
) -> None:
    said = words(report(make_ledger(*["年底前建成候车亭。"] * (LISTED + 3))))
    assert "其余3项见台账" in said


@pytest.mark.parametrize(
    "text", ["=1+1", "<w:t>x</w:t>&amp;", "a\x00b\x0bc", "左\u202e右", "\ud800断", "{MERGEFIELD x}", "😀" * 3000]
)
def test_text_of_a_document_stays_text(text: str, make_ledger: Callable[..., Ledger]) -> None:
    for content in (report(make_ledger(text)), one_letter(make_ledger(text)).content):
        assert clean(text) in words(content)


@given(st.text(st.characters()))
def test_cleaned_text_can_be_written_and_keeps_what_can_be_printed(text: str) -> None:
    kept = clean(text)
    assert not any(ord(char) < 32 and char not in "\n\t" for char in kept)
    kept.encode("utf-8")
    assert [char for char in text if char.isalnum()] == [char for char in kept if char.isalnum()]


class TestReminderLetters:
    """催办函: drafts, one a unit."""

    def test_a_letter_asks_its_unit_for_a_report_by_a_day(self, full_ledger: Ledger) -> None:
        letter = one_letter(full_ledger)
        said = words(letter.content)
        assert (letter.unit, letter.overdue, letter.soon) == ("云岭区交通运输局", 1, 1)
        assert "云岭区交通运输局：" in said
        assert "截至2026年3月2日，所承诺的事项中有1项已过完成时限、尚未见办成的佐证，1项将在30天内到期" in said
        assert "于2026年3月20日前书面报告" in said
        assert "代表建议第017号" in said
        assert "截至11月18日，全区已开通夜间公交线路4条" in said

    def test_every_page_says_that_it_is_a_draft(self, full_ledger: Ledger) -> None:
        section = read(one_letter(full_ledger).content).sections[0]
        assert section.header.paragraphs[0].text == "草稿"
        assert section.even_page_header.paragraphs[0].text == "草稿"

    def test_what_is_kept_given_up_or_far_off_is_not_asked_for(self, full_ledger: Ledger) -> None:
        said = words(one_letter(full_ledger).content)
        for text in ("6月底前完成枢纽站无障碍改造。", "取消原定的定制巴士试点。", "继续优化公交线网"):
            assert text not in said

    def test_what_somebody_snoozed_is_not_asked_for_until_its_day(self, full_ledger: Ledger) -> None:
        first = full_ledger.standings[0]
        asleep = replace(first, decided=replace(first.decided, snoozed_until=date(2026, 4, 1)))
        sleeping = replace(full_ledger, standings=(asleep,))
        assert list(reminders(sleeping, report_by=BY, within=30)) == []
        awake = replace(sleeping, as_of=date(2026, 4, 1))
        assert one_letter(awake).overdue == 1

    def test_only_the_units_that_are_named_get_one(self, full_ledger: Ledger) -> None:
        assert list(reminders(full_ledger, report_by=BY, within=30, unit="教育局")) == []
        assert one_letter(full_ledger, unit="交通").unit == "云岭区交通运输局"

    def test_every_unit_has_a_letter_of_its_own(
        self, make_ledger: Callable[..., Ledger], make_standing: Callable[..., Standing]
    ) -> None:
        named = ["青石区水利局", "青石区 水利局", "青石区/水利局", "CON", "../../etc/passwd", ""]
        ledger = replace(make_ledger(), standings=tuple(_of_unit(make_standing(), name) for name in named))
        found = list(reminders(ledger, report_by=BY, within=30))
        names = [one.name for one in found]
        assert len({name.casefold() for name in names}) == len(named)
        assert all("/" not in name and "\\" not in name and not name.startswith(".") for name in names)


def _of_unit(standing: Standing, unit: str) -> Standing:
    identity = replace(standing.row.document.identity, lead_unit=unit or None)
    commitment = replace(standing.row.commitment, responsible=())
    document = replace(standing.row.document, identity=identity)
    return replace(
        standing,
        row=replace(standing.row, document=document, commitment=commitment),
        status=Status.OVERDUE,
        schedule=Schedule(ScheduleCode.PAST, 3),
    )


@given(st.lists(st.text(min_size=1, max_size=120), max_size=8))
def test_names_of_letters_are_safe_and_differ(units: list[str]) -> None:
    taken: set[str] = set()
    names = [_file_name(unit, taken) for unit in units]
    assert len({name.casefold() for name in names}) == len(units)
    for name in names:
        assert not set(name) & set('/\\:*?"<>|\x00\n\t ')
        assert len(name.encode("utf-8", "surrogatepass")) <= 255
        assert name.endswith(".docx")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice isn't installed")
@pytest.mark.slow
def test_the_report_opens_and_its_chinese_can_be_seen(full_ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "报告.docx").write_bytes(report(full_ledger))
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    subprocess.run(
        ["soffice", home, "--headless", "--convert-to", "txt:Text", "--outdir", tmp_path, tmp_path / "报告.docx"],
        check=True,
        capture_output=True,
        timeout=120,
    )
    shown = (tmp_path / "报告.txt").read_text(encoding="utf-8-sig")
    assert "一、总体情况" in shown
    assert "逾期61天" in shown
