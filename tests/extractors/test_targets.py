"""What each number is about, what it is for, and until when."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.commitments import find_promises
from extractors.numbers.dates import Anchor
from extractors.numbers.quantities import find_measures
from extractors.sections import divide
from extractors.targets import read_quantities
from models.documents import Identity, Kind
from models.quantities import Basis, Quantity, Role
from models.text import fold

FILES = sorted((Path(__file__).parent.parent / "cases").glob("targets*.yaml"))
CASES = [case for file in FILES for case in yaml.safe_load(file.read_text(encoding="utf-8"))]
ROLES = yaml.safe_load((FILES[0].parent / "number_roles.yaml").read_text(encoding="utf-8"))
DAYS = yaml.safe_load((FILES[0].parent / "number_deadlines.yaml").read_text(encoding="utf-8"))
NAMES = yaml.safe_load((FILES[0].parent / "number_names.yaml").read_text(encoding="utf-8"))
TITLES = {"reply": "关于第12号建议的答复\n", "plan": "某市三年行动计划\n", "regulation": "某市管理办法\n"}


def read(text: str, kind: Kind = Kind.REPLY, day: date | None = date(2024, 5, 20)) -> tuple[Quantity, ...]:
    """The quantities of a text, as the pipeline reads them."""
    folded = fold(text)
    anchor = Anchor(day, day.year if day else None)
    units, identity = divide(text, folded), Identity(kind=kind, date=day)
    promises = find_promises(text, folded, units, identity, anchor)[0] if kind is Kind.REPLY else ()
    promised = [one.span for one in promises]
    return read_quantities(text, folded, units, identity, anchor, find_measures(folded), promised)


def written(case: dict[str, Any]) -> str:
    """The little document of a case: title, the heading or lead-in that it stands under, its text."""
    under: str = case.get("under", "")
    text: str = case["text"]
    numbered = under and not under.endswith(("：", ":")) and "、" not in under[:3]
    return TITLES.get(case["kind"], "") + ("一、" if numbered else "") + (under + "\n" if under else "") + text


def likeness(one: str, other: str) -> float:
    """Agreement of two names: F1 of their pairs of characters, 1.0 for equal ones."""
    if one == other:
        return 1.0
    pairs = [Counter(name[at : at + 2] for at in range(max(1, len(name) - 1))) for name in (one, other)]
    return 2 * sum((pairs[0] & pairs[1]).values()) / sum(map(Counter.total, pairs))


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            case, id=case["id"], marks=[pytest.mark.xfail(reason=case["gap"], strict=True)] if "gap" in case else []
        )
        for case in CASES
    ],
)
def test_numbers_are_named_and_their_purpose_is_told(case: dict[str, Any]) -> None:
    free = list(read(written(case), Kind(case["kind"]), case["date"]))
    for text, role, basis, name, day in case["want"]:
        found = next((one for one in free if one.span.text == text), None)
        if text in case.get("optional", ()):
            free = [one for one in free if one is not found]
            continue
        assert found is not None, f"{text} wasn't read"
        free.remove(found)
        _check(case, found, role, basis, name, day)
    assert [one.span.text for one in free if one.span.text not in case.get("optional", ())] == []


@pytest.mark.parametrize("case", [pytest.param(case, id=case["text"][:12]) for case in ROLES])
def test_a_number_is_a_target_a_fact_or_a_standard_by_the_words_around_it(case: dict[str, Any]) -> None:
    free = list(read(written(case), Kind(case["kind"])))
    for text, roles in case["roles"]:
        found = next((one for one in free if one.span.text == text), None)
        assert found is not None, f"{text} wasn't read"
        free.remove(found)
        assert found.role.value in roles.split("/"), f"{text}: {found.role} by {found.rule}"


@pytest.mark.parametrize("case", [pytest.param(case, id=case["text"][:12]) for case in DAYS])
def test_a_number_is_due_by_the_day_that_it_stands_under(case: dict[str, Any]) -> None:
    free = list(read(written(case), Kind(case["kind"])))
    for text, days in case["days"]:
        found = next((one for one in free if one.span.text == text), None)
        assert found is not None, f"{text} wasn't read"
        free.remove(found)
        assert str(found.deadline or "none") in str(days).split("/"), f"{text}: {found.role} by {found.rule}"


@pytest.mark.parametrize("case", [pytest.param(case, id=case["text"][:12]) for case in NAMES])
def test_a_number_is_named_as_a_reader_would_name_it_out_of_context(case: dict[str, Any]) -> None:
    free = list(read(written(case), Kind(case["kind"])))
    for text, name in case["names"]:
        found = next((one for one in free if one.span.text == text), None)
        assert found is not None, f"{text} wasn't read"
        free.remove(found)
        assert likeness(name, found.indicator or "") >= 0.4, f"{text}: {found.indicator} for {name}"


def _check(case: dict[str, Any], found: Quantity, role: str, basis: str, name: str, day: date | None) -> None:
    text = found.span.text
    roles = (role, case.get("role_too", {}).get(text))
    assert text in case.get("role_free", ()) or found.role.value in roles, f"{text}: {found.role} by {found.rule}"
    assert case.get("basis_free") or (found.basis is Basis.INCREASE) == (basis == "increase"), f"{text}: {found.basis}"
    near = likeness(name, found.indicator or "")
    assert text in case.get("name_free", ()) or near >= 0.4, f"{text}: {found.indicator} for {name}"
    if found.role is Role.TARGET and not case.get("deadline_free"):
        assert found.deadline == day, text
    assert found.role is Role.TARGET or found.deadline is None
    assert list(found.flags) == case.get("flags", [])


def test_parts_point_at_their_total() -> None:
    found = read("一、下一步打算\n年内新建书屋9座（沙河镇4座、北岭镇5座）。")
    assert [one.part_of for one in found] == [None, 0, 0]


def test_a_later_total_is_no_part_and_neither_is_what_is_done_of_it_this_year() -> None:
    found = read("全市现有井盖2.4万个，其中老旧井盖1.1万个，今年改造6000个，到2027年改造总量达到2.5万个。", Kind.PLAN)
    assert [one.part_of for one in found] == [None, 0, None, None]


def test_hundreds_of_numbers_in_one_unit_are_read_in_stretches_and_quoted_in_their_unit() -> None:
    found = read(
        "今年新建：" + "，".join(f"{name}村书屋{count}座" for count, name in enumerate("甲乙丙丁" * 150, 11)) + "。",
        Kind.PLAN,
    )
    assert len(found) == 600
    assert len({one.unit_span for one in found}) == 1
    assert (found[450].indicator or "").endswith("丙村书屋")


def test_a_list_whose_names_and_numbers_differ_in_count_is_flagged_not_zipped() -> None:
    found = read("2025年，甲县、乙县、丙县分别新增床位100张和200张。", Kind.PLAN)
    assert {one.flags for one in found} == {("unequal_list",)}
    assert not any("甲" in (one.indicator or "") for one in found)


def test_a_relative_year_of_an_undated_letter_names_no_year() -> None:
    found = read("一、下一步打算\n今年新建书屋9座。", day=None)
    assert (found[0].indicator, found[0].deadline) == ("新建书屋", None)


def test_moving_the_letter_by_a_year_moves_the_relative_deadline_alone() -> None:
    text = "一、下一步打算\n年内新建书屋9座，到2027年达到60座。"
    days = [[one.deadline for one in read(text, day=date(year, 3, 1))] for year in (2024, 2025)]
    assert days == [[date(2024, 12, 31), date(2027, 12, 31)], [date(2025, 12, 31), date(2027, 12, 31)]]


def test_full_width_digits_change_nothing() -> None:
    half = read("一、下一步打算\n年内新建书屋12座,其中沙河镇4座。")
    full = read("一、下一步打算\n年内新建书屋１２座，其中沙河镇４座。")
    assert [(one.value, one.role, one.indicator) for one in half] == [
        (one.value, one.role, one.indicator) for one in full
    ]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "今年",
                "已",
                "将",
                "分别",
                "其中",
                "新增",
                "书屋",
                "12座",
                "、",
                "，",
                "（",
                "）",
                "80%",
                "由",
                "提高到",
                "全部",
                "每户",
                "3万元",
                "；",
                "的",
                "\n",
                "|",
            ]
        ),
        max_size=14,
    )
)
def test_any_row_of_words_is_read_without_harm(words: list[str]) -> None:
    text = "".join(words)
    for one in read(text):
        assert text[one.span.start : one.span.end] == one.span.text
        assert one.unit_span.start <= one.span.start < one.unit_span.end
        assert 0 < one.confidence <= 1


def test_a_name_in_a_traditional_text_has_the_characters_that_the_text_has_more_often() -> None:
    told = read("一、工作情況\n去年發放補貼企業12家，並為理髮店開具發票，按期發布。")
    assert [one.indicator for one in told] == ["2023年發放補貼企業"]
