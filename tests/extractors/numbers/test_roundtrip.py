"""Numbers written into a sentence are read out of it again: value, unit, comparator, exact quotation."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.numbers.numerals import render_numeral
from extractors.numbers.quantities import find_measures
from models.quantities import Comparator, Measure
from models.text import fold

UNITS = st.sampled_from(["座", "名", "公里", "户", "台", "元", "亩"])
BOUNDS = {
    "{}": Comparator.EQUAL,
    "{}以上": Comparator.AT_LEAST,
    "不少于{}": Comparator.AT_LEAST,
    "不超过{}": Comparator.AT_MOST,
    "约{}": Comparator.ABOUT,
    "{}左右": Comparator.ABOUT,
}


def measure(number: str, bound: str = "{}") -> tuple[str, list[Measure]]:
    """A sentence with the number, and what is read from it."""
    text = "下一步，全县计划改造" + bound.format(number) + "。"
    return text, find_measures(fold(text))


@settings(max_examples=200, deadline=None)
@given(st.integers(2, 99_999), UNITS, st.sampled_from(sorted(BOUNDS)))
def test_digits_are_read_with_their_unit_and_bound(value: int, unit: str, bound: str) -> None:
    number = f"{value}{unit}"
    text, found = measure(number, bound)
    assert [(one.value, one.unit, one.comparator) for one in found] == [(Decimal(value), unit, BOUNDS[bound])]
    assert text[found[0].start : found[0].end] == number


@settings(max_examples=200, deadline=None)
@given(st.integers(3, 10**9), UNITS)
def test_words_say_what_digits_say(value: int, unit: str) -> None:
    _, found = measure(render_numeral(value) + unit)
    assert [(one.value, one.unit) for one in found] == [(Decimal(value), unit)]


@settings(max_examples=200, deadline=None)
@given(st.decimals(Decimal("0.01"), Decimal("9999.99"), places=2), st.sampled_from(["万", "亿", ""]))
def test_a_scale_multiplies_decimals_exactly(value: Decimal, scale: str) -> None:
    _, found = measure(f"{value}{scale}元")
    assert [one.value for one in found] == [value * {"万": 10**4, "亿": 10**8, "": 1}[scale]]


@settings(max_examples=100, deadline=None)
@given(st.decimals(Decimal(0), Decimal(100), places=1))
def test_percent_signs_of_both_widths_and_words_agree(value: Decimal) -> None:
    read = [measure(number)[1] for number in (f"{value}%", f"{value}％")]
    assert [[(one.value, one.unit) for one in found] for found in read] == [[(value, "%")]] * 2


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 500), st.integers(1, 500), st.sampled_from(["—", "～", "-", "至"]))
def test_a_range_has_both_ends(low: int, more: int, sign: str) -> None:
    _, found = measure(f"{low}{sign}{low + more}座")
    assert [(one.value, one.upper, one.comparator) for one in found] == [
        (Decimal(low), Decimal(low + more), Comparator.RANGE)
    ]


@pytest.mark.parametrize("value", [2, 15, 105, 1_000, 10_500, 100_000_000])
def test_full_width_digits_say_the_same(value: int) -> None:
    wide = str(value).translate({code: code + 0xFEE0 for code in range(48, 58)})
    assert [one.value for one in measure(f"{wide}座")[1]] == [value]
