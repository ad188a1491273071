"""What a careful clerk would mark, and what he lets pass."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.checks import check
from extractors.pipeline import extract
from models.documents import Document
from models.findings import Finding
from outputs.phrases import finding_phrase

FILE = Path(__file__).parent.parent / "cases" / "checks.yaml"
CASES = yaml.safe_load(FILE.read_text(encoding="utf-8"))
HEAD = "云岭县文化局\n关于县政协第31号提案的答复\n贺兰委员：\n您提出的建议收悉。现答复如下：\n"
LETTER = HEAD + "{}\n云岭县文化局\n2024年5月20日"


def findings(text: str) -> tuple[Finding, ...]:
    """What is found in a text."""
    return check(extract(Document("a.txt", "txt", text)))


def written(case: dict[str, Any]) -> str:
    """The document of a case."""
    text: str = case["text"]
    return LETTER.format(text) if case.get("kind") == "letter" else text


@pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in CASES])
def test_a_clerk_marks_what_does_not_agree_and_nothing_else(case: dict[str, Any]) -> None:
    text = written(case)
    found = findings(text)
    assert [[one.code.value, one.said, one.reckoned] for one in found] == case["want"], case["reason"]
    assert [one.code.value for one in found if one.soft] == case.get("soft", [])


@pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in CASES if case["want"]])
def test_every_finding_quotes_its_numbers_and_says_them_in_chinese(case: dict[str, Any]) -> None:
    text = written(case)
    for one in findings(text):
        assert one.spans[0].text == text[one.spans[0].start : one.spans[0].end] == one.said
        assert all(text[span.start : span.end] == span.text for span in one.spans)
        assert one.said in finding_phrase(one)
        assert one.reckoned in finding_phrase(one)


def test_full_width_and_traditional_characters_change_no_finding() -> None:
    plain = "共办理建议120件,其中A类80件、B类30件、C类15件。"
    other = "共辦理建議１２０件，其中Ａ類８０件、Ｂ類３０件、Ｃ類１５件。"
    assert [one.code for one in findings(plain)] == [one.code for one in findings(other)]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 400), min_size=3, max_size=3), st.integers(-3, 3))
def test_parts_that_add_up_are_no_finding_and_others_are(parts: list[int], off: int) -> None:
    total = sum(parts) + off
    text = f"全年共办理提案{total}件，其中A类{parts[0]}件、B类{parts[1]}件、C类{parts[2]}件。"
    assert bool(findings(text)) is (off != 0)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 500), st.integers(1, 500), st.integers(0, 2))
def test_a_share_rounded_to_any_digit_is_no_finding(part: int, more: int, digits: int) -> None:
    whole = part + more
    text = f"全市{whole}个村中，已有{part}个村通了公交，占{part / whole * 100:.{digits}f}%。"
    assert [one.code.value for one in findings(text) if one.code != "share_truncated"] == []
