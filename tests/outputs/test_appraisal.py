"""What is said of a reply before it is signed, in the terminal, as values and as a Word sheet."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console

from extractors.appraisal import appraise
from extractors.pipeline import extract
from models.appraisal import Appraisal, Lack
from models.documents import Document
from models.evidence import Answer
from outputs.appraisal import appraisal_record, show_appraisal, summary_lines
from outputs.letters.appraisal import appraisal_sheet

SUGGESTION = """关于改善青石巷片区消防条件的建议

提出人：闻人樵
青石巷片区房屋密集，消防车进不去。建议：
1.在片区增设微型消防站2处。
2.打通北巷消防通道。
3.给独居老人家中免费安装烟雾报警器。
"""
REPLY = """临溪县消防救援局
临消函〔2025〕8号（A类）

关于县十四届人大四次会议第21号建议的答复

闻人樵代表：
您提出的《关于改善青石巷片区消防条件的建议》收悉，现答复如下：
目前全县共有消防站12处，其中县城5处、乡镇8处。
一、关于增设微型消防站。我局将于2025年10月底前建成微型消防站2处。
二、关于打通北巷消防通道。我们将进一步加强日常巡查，积极探索解决办法。
三、下一步打算
各有关部门要加大检查频次，及时清理占用消防通道的杂物。

临溪县消防救援局
2025年6月3日
"""


@pytest.fixture(scope="module")
def appraisal() -> Appraisal:
    return appraise(extract(Document("答复.txt", "txt", REPLY)), extract(Document("建议.txt", "txt", SUGGESTION)))


def test_what_each_promise_lacks_is_told(appraisal: Appraisal) -> None:
    lacks = {promise.commitment.span.text: set(promise.lacks) for promise in appraisal.promises}
    whole = [told for text, told in lacks.items() if "微型消防站" in text]
    assert whole == [set()]
    assert appraisal.checkable == 1
    others = [told for text, told in lacks.items() if "微型消防站" not in text]
    assert others
    assert all({Lack.NO_DAY, Lack.NO_NUMBER} <= told for told in others)


def test_a_duty_of_everybody_concerned_has_no_actor(appraisal: Appraisal) -> None:
    (everybody,) = (one for one in appraisal.promises if "各有关部门" in one.commitment.span.text)
    assert Lack.NO_ACTOR in everybody.lacks


def test_an_ask_that_the_reply_passes_over_is_unanswered(appraisal: Appraisal) -> None:
    answers = {ask.request.span.text: ask.answer for ask in appraisal.asks}
    passed_over = [answer for text, answer in answers.items() if "烟雾报警器" in text]
    assert passed_over == [Answer.UNANSWERED]
    assert [answer for text, answer in answers.items() if "微型消防站" in text] == [Answer.ANSWERED]


def test_numbers_that_do_not_agree_are_named(appraisal: Appraisal) -> None:
    assert any(finding.said.startswith("12") for finding in appraisal.findings)
    assert any("对不上" in line for line in summary_lines(appraisal))


def test_the_record_counts_what_it_lists(appraisal: Appraisal) -> None:
    record = appraisal_record(appraisal)
    assert record["summary"]["promises"] == len(record["promises"])
    assert sum(record["summary"]["asks"].values()) == len(record["requests"])


def test_the_terminal_shows_all_of_it_in_80_columns(appraisal: Appraisal) -> None:
    out = io.StringIO()
    show_appraisal(Console(file=out, width=80), appraisal)
    assert "未回应" in out.getvalue()
    assert "无时限" in out.getvalue()


def test_the_sheet_is_a_word_file_with_every_promise(appraisal: Appraisal, tmp_path: Path) -> None:
    from docx import Document as Word

    path = tmp_path / "审核单.docx"
    path.write_bytes(appraisal_sheet(appraisal, "答复.txt"))
    cells = [cell.text for table in Word(str(path)).tables for row in table.rows for cell in row.cells]
    for promise in appraisal.promises:
        assert any(promise.commitment.span.text in cell for cell in cells)
    assert appraisal_sheet(appraisal, "答复.txt") == path.read_bytes()
