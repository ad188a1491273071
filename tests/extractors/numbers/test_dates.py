"""Time expressions in a letter of 20 May 2024, the lines under letters, and festivals."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from extractors.numbers.calendar import later, plan_period
from extractors.numbers.dates import Anchor, TimeKind, find_times, parse_letter_date
from extractors.numbers.festivals import festival_day
from extractors.numbers.numerals import render_numeral
from models.text import fold

CASES = Path(__file__).parents[2] / "cases"
LETTER = Anchor(date(2024, 5, 20), 2024)
DAYS = st.dates(min_value=date(2001, 1, 1), max_value=date(2039, 12, 31))
LETTERS = "今明后去年月日底前末初内起自从到至每五十“”期间季度春节国庆0123456789一二三半个工作日—-、，。《》以来近"


def rows(name: str, key: str) -> list[Any]:
    cases = yaml.safe_load((CASES / name).read_text(encoding="utf-8"))
    return [pytest.param(case, id=case[key]) for case in cases]


@pytest.mark.parametrize("case", rows("dates.yaml", "sentence"))
def test_an_expression_ends_on_its_last_day(case: dict[str, Any]) -> None:
    sentence = case["sentence"]
    found = find_times(fold(sentence), LETTER)
    told = [[sentence[time.start : time.end], time.last, time.kind.value] for time in found]
    assert told == case["expected"], case["reason"]


@pytest.mark.parametrize("case", rows("letter_dates.yaml", "text"))
def test_the_line_under_a_letter_names_its_day(case: dict[str, Any]) -> None:
    assert parse_letter_date(case["text"]) == case["day"], case["reason"]


@given(
    DAYS,
    st.sampled_from(["{y}年{m}月{d}日", "{y}-{m:02}-{d:02}", "{y}.{m}.{d}", "{y}/{m}/{d}", "{y} 年 {m} 月 {d} 日"]),
)
def test_a_day_is_read_in_every_usual_form(day: date, form: str) -> None:
    assert parse_letter_date(form.format(y=day.year, m=day.month, d=day.day)) == day


@given(DAYS)
def test_a_day_in_chinese_reads_like_one_in_digits(day: date) -> None:
    year = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(day.year))
    assert parse_letter_date(f"{year}年{render_numeral(day.month)}月{render_numeral(day.day)}日") == day


@given(DAYS)
def test_moving_the_letter_by_a_year_moves_relative_days_alone(day: date) -> None:
    moved = day + timedelta(days=366)
    text = "2027年6月底前建成,今年开工,三个月内备案"
    first, second = (find_times(text, Anchor(at, at.year)) for at in (day, moved))
    assert first[0].last == second[0].last == date(2027, 6, 30)
    assert second[1].last == date(moved.year, 12, 31)
    assert second[2].last == later(moved, months_on=3)


@pytest.mark.parametrize("text", ["今年完工", "年底前完工", "明年三季度", "春节前", "6月底前", "三年内", "下月底前"])
def test_an_undated_letter_gives_no_invented_day(text: str) -> None:
    assert [time.last for time in find_times(text, Anchor())] == [None]


def test_a_year_alone_places_months_but_no_winter_festival() -> None:
    known = Anchor(None, 2022)
    assert [time.last for time in find_times("6月底前,国庆前", known)] == [date(2022, 6, 30), date(2022, 9, 30)]
    assert [time.last for time in find_times("春节前", known)] == [None]
    assert [time.last for time in find_times("三年内", known)] == [None]


@given(st.text(alphabet=LETTERS, max_size=40))
def test_any_text_gives_ordered_quotations_inside_it(text: str) -> None:
    ends = 0
    for time in find_times(fold(text), LETTER):
        assert ends <= time.start < time.end <= len(text)
        ends = time.end


@pytest.mark.parametrize(
    ("festival", "day"),
    [
        ("spring_festival", date(2025, 1, 29)),
        ("spring_festival", date(2026, 2, 17)),
        ("dragon_boat", date(2024, 6, 10)),
        ("mid_autumn", date(2025, 10, 6)),
        ("tomb_sweeping", date(2023, 4, 5)),
        ("tomb_sweeping", date(2024, 4, 4)),
        ("lantern", date(2024, 2, 24)),
        ("new_year_eve", date(2024, 2, 9)),
        ("double_ninth", date(2024, 10, 11)),
    ],
)
def test_a_lunar_festival_has_its_day(festival: str, day: date) -> None:
    assert festival_day(festival, day.year) == day


@given(st.integers(min_value=2000, max_value=2040))
def test_lunar_festivals_keep_their_distance(year: int) -> None:
    """端午 comes four lunar months after 春节, or five with a leap month between."""
    spring, boat = festival_day("spring_festival", year), festival_day("dragon_boat", year)
    assert spring is not None
    assert boat is not None
    assert date(year, 1, 21) <= spring <= date(year, 2, 20)
    assert (boat - spring).days in (*range(121, 125), *range(150, 154))


def test_a_year_beyond_the_tables_has_no_lunar_day() -> None:
    assert festival_day("spring_festival", 2041) is None


def test_plan_periods_follow_each_other() -> None:
    assert plan_period(14) == (date(2021, 1, 1), date(2025, 12, 31))
    assert plan_period(15) == (date(2026, 1, 1), date(2030, 12, 31))


def test_recurring_time_has_no_last_day() -> None:
    (found,) = find_times("每季度通报", LETTER)
    assert (found.kind, found.last) == (TimeKind.RECURRING, None)
