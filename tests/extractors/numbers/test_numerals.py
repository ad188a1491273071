"""Numerals: what they say, and that writing them and reading them agree."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from extractors.numbers.numerals import parse_numeral, read_numeral, render_numeral

CASES = yaml.safe_load((Path(__file__).parents[2] / "cases" / "numerals.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", [pytest.param(case, id=case["text"]) for case in CASES])
def test_a_numeral_says_its_value(case: dict[str, Any]) -> None:
    found = read_numeral(case["text"])
    assert found is not None, case["reason"]
    upper = case.get("upper")
    assert found.value == Decimal(str(case["value"])), case["reason"]
    assert found.upper == (None if upper is None else Decimal(upper)), case["reason"]
    assert found.vague is case.get("vague", False), case["reason"]


@given(st.integers(min_value=0, max_value=10**16 - 1))
def test_a_written_number_reads_as_itself(value: int) -> None:
    assert parse_numeral(render_numeral(value)) == value
    assert parse_numeral(render_numeral(value, financial=True)) == value


@given(st.integers(min_value=0, max_value=10**9))
def test_separators_and_digits_agree(value: int) -> None:
    assert parse_numeral(f"{value:,}") == parse_numeral(str(value)) == value


@given(st.integers(min_value=1, max_value=9999), st.sampled_from(["万", "亿"]))
def test_a_scale_multiplies_digits_and_words_alike(value: int, scale: str) -> None:
    assert parse_numeral(f"{value}{scale}") == parse_numeral(render_numeral(value) + scale)


@given(st.text(max_size=12))
def test_any_text_is_read_or_refused_without_an_error(text: str) -> None:
    found = read_numeral(text)
    assert found is None or found.value is not None


@pytest.mark.parametrize("text", ["", "座", "1.2.3", "三点", "abc"])
def test_what_is_no_numeral_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse_numeral(text)
