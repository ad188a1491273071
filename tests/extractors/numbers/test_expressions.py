"""Expressions of numerals that stand alone, and their agreement with plain arithmetic."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.numbers.expressions import read_expression, read_percent
from extractors.numbers.numerals import render_numeral


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("八分之五", "0.625"),
        ("2又四分之三", "2.75"),
        ("负一又二分之一", "-1.5"),
        ("3 1/4", "3.25"),
        ("7/8", "0.875"),
        ("2e5", "200000"),
        ("2^-2", "0.25"),
        ("15k", "15000"),
        ("十打", "120"),
        ("一千二百", "1200"),
    ],
)
def test_an_expression_has_its_value(text: str, value: str) -> None:
    assert read_expression(text) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("八成", "80"),
        ("两成半", "25"),
        ("六成七", "67"),
        ("八折", "80"),
        ("七五折", "75"),
        ("百分之百", "100"),
        ("百分之三点二", "3.2"),
        ("12.5%", "12.5"),
        ("三个百分点", "3"),
        ("千分之八", "0.8"),
        ("万分之五", "0.05"),
    ],
)
def test_a_share_is_read_in_percent(text: str, value: str) -> None:
    assert read_percent(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "分之", "成", "折", "又", "零分之一", "座"])
def test_what_is_no_expression_is_refused(text: str) -> None:
    assert read_expression(text) is None
    assert read_percent(text) is None


@given(st.integers(min_value=1, max_value=9999), st.integers(min_value=1, max_value=9999))
def test_a_fraction_in_words_is_its_quotient(over: int, under: int) -> None:
    assert read_expression(f"{render_numeral(under)}分之{render_numeral(over)}") == Decimal(over) / Decimal(under)
