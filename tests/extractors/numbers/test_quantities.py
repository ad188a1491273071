"""Measures in prose: each number with a meaning, and no other."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from extractors.numbers.numerals import render_numeral
from extractors.numbers.quantities import find_measures, printed_unit
from models.quantities import Comparator, Measure
from models.text import fold

CASES = Path(__file__).parents[2] / "cases"
LETTERS = "一两三十百千万亿第年月日个名元%约近余多至—、，。；（）“”《》〔〕0123456789.:全部翻番半成分之|\n"


def rows(name: str) -> list[Any]:
    cases = yaml.safe_load((CASES / name).read_text(encoding="utf-8"))
    return [
        pytest.param(
            case,
            id=case["text"][:24],
            marks=[pytest.mark.xfail(reason=case["gap"], strict=True)] if "gap" in case else [],
        )
        for case in cases
    ]


def told(text: str, measure: Measure) -> tuple[str, Decimal, Decimal | None, str | None, str]:
    quoted = text[measure.start : measure.end]
    return quoted, measure.value, measure.upper, measure.unit, measure.comparator.value


def wanted(row: list[Any]) -> tuple[str, Decimal, Decimal | None, str | None, str]:
    quoted, value, unit, comparator = row
    low, high = value if isinstance(value, list) else (value, None)
    return quoted, Decimal(str(low)), None if high is None else Decimal(str(high)), unit, comparator


@pytest.mark.parametrize("case", [*rows("measures.yaml"), *rows("measures_prose.yaml")])
def test_a_sentence_holds_these_measures_and_no_others(case: dict[str, Any]) -> None:
    text = case["text"]
    found = [told(text, measure) for measure in find_measures(fold(text))]
    assert found == [wanted(row) for row in case["expected"]], case.get("reason", "")


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (
            "片区|客房（间）|投资（万元）\n东片|612|80\n西片|98|7.5",
            [("612", "间"), ("80", "元"), ("98", "间"), ("7.5", "元")],
        ),
        ("序号|村|户数（户）\n1|上湾|73\n2|下湾|98", [("73", "户"), ("98", "户")]),
        ("指标|单位|2024年|2026年\n步道总长|公里|41.5|60", [("41.5", "公里"), ("60", "公里")]),
        ("单位：万元\n项目|2023年|2024年\n道路|120|150", [("120", "元"), ("150", "元")]),
    ],
)
def test_a_cell_takes_its_unit_from_the_head_of_its_column(head: str, expected: list[tuple[str, str]]) -> None:
    folded = fold(head)
    assert [(head[m.start : m.end], m.unit) for m in find_measures(folded)] == expected


def test_the_scale_of_a_column_multiplies_its_cells() -> None:
    folded = fold("项目|投资（万元）\n道路|80")
    assert [measure.value for measure in find_measures(folded)] == [Decimal(800_000)]


@given(st.integers(min_value=3, max_value=99_999), st.sampled_from(["户", "公里", "平方米", "个百分点", "人次", "元"]))
def test_a_number_and_its_unit_are_found_wherever_they_stand(number: int, unit: str) -> None:
    for written in (str(number), render_numeral(number)):
        (found,) = find_measures(f"共计{written}{unit},")
        assert (found.value, found.unit, found.comparator) == (number, unit, Comparator.EQUAL)


@given(st.text(alphabet=LETTERS, max_size=60))
def test_any_text_gives_ordered_quotations_inside_it(text: str) -> None:
    ends = 0
    for measure in find_measures(fold(text)):
        assert ends <= measure.start < measure.end <= len(text)
        ends = measure.end


@given(st.integers(min_value=1, max_value=900), st.integers(min_value=1, max_value=900), st.sampled_from("-–—~～至"))
def test_the_scale_of_a_range_applies_to_both_ends(low: int, more: int, dash: str) -> None:
    (found,) = find_measures(f"投入{low}{dash}{low + more}万元,")
    assert (found.value, found.upper) == (low * 10_000, (low + more) * 10_000)


def test_a_unit_is_printed_in_the_text_s_own_script() -> None:
    text = "擴建校舍十五間，新增學位３００個"
    folded = fold(text)
    assert [printed_unit(text, folded, measure) for measure in find_measures(folded)] == ["間", "個"]
