"""Numbers, time and money of texts of any kind: every numeral, everyday days and periods, amounts."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from extractors.numbers.amounts import find_dimensions, find_money
from extractors.numbers.days import find_days
from extractors.numbers.every_number import find_numbers, find_shares
from extractors.numbers.lengths_of_time import find_lengths
from extractors.numbers.numerals import render_numeral
from extractors.numbers.periods import find_periods
from extractors.numbers.ranges import Interval, find_intervals
from models.text import fold

CASES = Path(__file__).parents[2] / "cases"
TODAY = date(2024, 5, 20)
LETTERS = "零一二三十百千万亿两半几余多点分之又负-./%折成年月日号周星期上下前后到从元角米k 0123456789第,大于以"


def rows(name: str, part: str) -> list[Any]:
    cases = yaml.safe_load((CASES / name).read_text(encoding="utf-8"))[part]
    return [
        pytest.param(case, id=case["text"][:24], marks=[pytest.mark.xfail(reason=case["gap"])] if "gap" in case else [])
        for case in cases
    ]


def read(finder: Any, text: str, *arguments: Any) -> list[Any]:
    return [(text[found.start : found.end], found) for found in finder(fold(text), *arguments)]


@pytest.mark.parametrize("case", rows("every_number.yaml", "numbers"))
def test_every_numeral_is_found_and_no_word_is_one(case: dict[str, Any]) -> None:
    found = [[quoted, number.value] for quoted, number in read(find_numbers, case["text"])]
    assert found == [[quoted, Decimal(str(value))] for quoted, value in case["expected"]], case["reason"]


@pytest.mark.parametrize("case", rows("every_number.yaml", "shares"))
def test_a_share_is_found_in_percent(case: dict[str, Any]) -> None:
    found = [[quoted, share.value] for quoted, share in read(find_shares, case["text"])]
    assert found == [[quoted, Decimal(str(value))] for quoted, value in case["expected"]], case["reason"]


@pytest.mark.parametrize("case", rows("every_number.yaml", "intervals"))
def test_bounds_admit_what_their_words_say(case: dict[str, Any]) -> None:
    assert [[quoted, written(found)] for quoted, found in read(find_intervals, case["text"])] == case["expected"]


def written(found: Interval) -> str:
    low, high = ("" if end is None else f"{end.normalize():f}" for end in (found.low, found.high))
    left = "[" if found.low is not None and found.low_closed else "("
    return f"{left}{low},{high}{']' if found.high is not None and found.high_closed else ')'}"


@pytest.mark.parametrize("case", rows("everyday_time.yaml", "days"))
def test_a_named_day_is_the_next_or_the_last(case: dict[str, Any]) -> None:
    found = [[quoted, day.next, day.last] for quoted, day in read(find_days, case["text"], TODAY)]
    assert found == case["expected"], case["reason"]


@pytest.mark.parametrize("case", rows("everyday_time.yaml", "periods"))
def test_a_named_period_has_a_first_and_a_last_day(case: dict[str, Any]) -> None:
    found = [[quoted, *period.next] for quoted, period in read(find_periods, case["text"], TODAY)]
    assert found == case["expected"], case["reason"]


@pytest.mark.parametrize("case", rows("everyday_time.yaml", "lengths"))
def test_a_length_of_time_is_the_sum_of_its_parts(case: dict[str, Any]) -> None:
    found = [[quoted, length.seconds / 86400] for quoted, length in read(find_lengths, case["text"])]
    assert found == [[quoted, Decimal(str(days))] for quoted, days in case["expected"]], case["reason"]


@pytest.mark.parametrize(
    ("finder", "case"),
    [
        pytest.param(finder, row.values[0], id=row.id, marks=row.marks)
        for finder, part in ((find_money, "money"), (find_dimensions, "dimensions"))
        for row in rows("amounts.yaml", part)
    ],
)
def test_an_amount_has_its_value_and_unit(finder: Any, case: dict[str, Any]) -> None:
    found = [[quoted, amount.value, amount.unit] for quoted, amount in read(finder, case["text"])]
    wanted = [
        [quoted, None if value is None else Decimal(str(value)), unit] for quoted, value, unit in case["expected"]
    ]
    assert found == wanted, case["reason"]


@given(st.integers(min_value=11, max_value=10**15))
def test_a_written_number_is_found_whole(value: int) -> None:
    for text in (render_numeral(value), str(value), f"{value:,}"):
        (found,) = find_numbers(f"共{text},")
        assert (found.start, found.end, found.value) == (1, 1 + len(text), value)


@given(st.dates(min_value=date(1912, 1, 1), max_value=date(2099, 12, 31)))
def test_a_day_reads_alike_in_every_order(day: date) -> None:
    for text in (f"{day.year}年{day.month}月{day.day}日", f"{day.year}/{day.month}/{day.day}", f"{day:%Y-%m-%d}"):
        (found,) = find_days(text, TODAY)
        assert found.next == found.last == day


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 12, 31)))
def test_a_weekday_lies_within_a_week_on_either_side(today: date) -> None:
    (found,) = find_days("星期四", today)
    assert found.next is not None
    assert found.last is not None
    assert timedelta(0) <= found.next - today < timedelta(7)
    assert timedelta(0) < today - found.last <= timedelta(7)


@given(st.text(alphabet=LETTERS, max_size=40))
def test_any_text_gives_ordered_quotations_inside_it(text: str) -> None:
    folded = fold(text)
    for found in (
        find_numbers(folded), find_shares(folded), find_days(folded, TODAY), find_periods(folded, TODAY),
        find_lengths(folded), find_dimensions(folded), find_intervals(folded),
    ):  # fmt: skip
        ends = 0
        for item in found:
            assert ends <= item.start < item.end <= len(text)
            ends = item.end
