"""The last day by which a unit's promise is due, in a letter of 20 May 2024."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from extractors.deadlines import deadline_of
from extractors.numbers.dates import Anchor
from models.commitments import Deadline
from models.text import fold

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "deadlines.yaml").read_text(encoding="utf-8"))
LETTER = Anchor(date(2024, 5, 20), 2024)


def due(text: str, anchor: Anchor = LETTER, inherited: Deadline | None = None) -> Deadline | None:
    return deadline_of(fold(text), 0, len(text), anchor, inherited)


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            case,
            id=case["text"][:24],
            marks=[pytest.mark.xfail(reason=case["gap"], strict=True)] if "gap" in case else [],
        )
        for case in CASES
    ],
)
def test_a_unit_is_due_by_its_last_day(case: dict[str, Any]) -> None:
    expected = case["expected"]
    assert due(case["text"]) == (Deadline(expected["text"], expected["end"]) if expected else None), case.get(
        "reason", ""
    )


def test_a_unit_without_a_day_takes_that_of_its_head() -> None:
    head = Deadline("年内", date(2024, 12, 31))
    assert due("改造公厕44座;", inherited=head) == head
    assert due("6月底前改造公厕44座;", inherited=head) == Deadline("6月底前", date(2024, 6, 30))


def test_only_the_unit_itself_is_read() -> None:
    text = "明年6月底前建成。下一步加强管理。"
    assert deadline_of(text, 10, len(text), LETTER) is None


def test_in_a_letter_of_december_a_bare_march_is_next_year() -> None:
    december = Anchor(date(2024, 12, 20), 2024)
    assert due("3月底前完成摸排。", december) == Deadline("3月底前", date(2025, 3, 31))
    assert due("12月10日召开会议,抓好落实。", december) is None


def test_an_undated_letter_keeps_the_words_alone() -> None:
    assert due("年底前开馆。", Anchor()) == Deadline("年底前", None)
    assert due("年底前开馆。", Anchor(None, 2022)) == Deadline("年底前", date(2022, 12, 31))
    assert due("2026年底前开馆。", Anchor()) == Deadline("2026年底前", date(2026, 12, 31))


def test_a_day_before_the_turn_to_the_next_step_is_told_in_an_undated_letter() -> None:
    assert due("4月28日,到渡口与代表面商,下步,将增设候船亭。", Anchor()) is None
    assert due("设计6月底前完成,下步,将增设候船亭。", Anchor()) == Deadline("6月底前", None)


def test_a_day_cut_off_by_a_comma_dates_the_told_clause_behind_it() -> None:
    assert due("二、2021年12月底,县政府出台了扶持意见,对茶园给予补助。", Anchor()) is None
