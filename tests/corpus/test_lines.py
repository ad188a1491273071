"""Lines: what belongs together, and what is a mere trace of conversion."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from corpus import lines

CASES = yaml.safe_load(
    (Path(__file__).resolve().parents[1] / "cases" / "readers_lines.yaml").read_text(encoding="utf-8")
)


def cases(table: str) -> list[object]:
    return [pytest.param(case, id=case["reason"]) for case in CASES[table]]


@pytest.mark.parametrize("case", cases("wrapped"))
def test_wrapped_lines_become_paragraphs(case: dict[str, str]) -> None:
    assert lines.join_wrapped(case["text"]) == case["expected"]


@pytest.mark.parametrize("case", cases("kept"))
def test_lines_that_are_paragraphs_stay(case: dict[str, str]) -> None:
    assert lines.join_wrapped(case["text"]) == case["text"]


@pytest.mark.parametrize("case", cases("traces"))
def test_traces_of_conversion_are_taken_out(case: dict[str, str]) -> None:
    mended, notes = lines.mend_traces(case["text"])
    assert mended == case["expected"]
    assert notes == (("dropped_traces",) if mended != case["text"] else ())


@given(st.text(alphabet="，。；一二（三）：年12 \u3000%|\n某局将于", max_size=300))
def test_joining_loses_no_character_but_blanks(text: str) -> None:
    def bare(words: str) -> str:
        return "".join(words.split())

    assert bare(lines.join_wrapped(text)) == bare(text)


@given(st.text(max_size=200))
def test_mending_twice_is_mending_once(text: str) -> None:
    once, _ = lines.mend_traces(text)
    assert lines.mend_traces(once)[0] == once


@pytest.mark.parametrize(
    ("before", "after", "one"),
    [
        pytest.param("建设", "码头", "建设码头", id="nothing between Han"),
        pytest.param("the", "river", "the river", id="a blank between words"),
        pytest.param("5", "G基站", "5G基站", id="nothing after a digit"),
        pytest.param("新增 ", "　　座椅", "新增座椅", id="blanks at the joint are dropped"),
    ],
)
def test_two_lines_are_glued(before: str, after: str, one: str) -> None:
    assert lines.glue(before, after) == one


def test_every_kind_of_line_break_becomes_a_line_feed() -> None:
    assert lines.plain_breaks("甲\r\n乙\r丙\x0b丁\x0c戊\x85己\u2028庚") == "甲\n乙\n丙\n丁\n戊\n己\n庚"
