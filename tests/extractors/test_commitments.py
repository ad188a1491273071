"""What counts as a promise, how firm it is, and what counts as a refusal."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.commitments import find_promises
from extractors.numbers.dates import Anchor
from extractors.sections import divide
from models.commitments import Commitment, Declined
from models.documents import Identity, Kind, Unit
from models.text import fold

_REFUSALS = ("declined", "declined_wordings", "refusals_everyday", "refusals_unmarked")
CASES = Path(__file__).resolve().parent.parent / "cases"


LETTER_DAY = date(2024, 5, 20)
BUREAU = "云岭县交通运输局"
_BEFORE = {
    "plain": "",
    "asked": "一、关于改善便民设施的建议。\n",
    "planned": "一、下一步打算\n",
    "done": "一、工作开展情况\n",
    "closing": "我局已完成普查。\n",
}


def letter(text: str, where: str = "plain") -> str:
    """A letter of 2024-05-20 with the sentence in the named part."""
    before = _BEFORE[where]
    opening = (
        f"云岭县交通运输局\n关于县人大三次会议第18号建议的答复\n罗青代表：\n您提出的建议收悉。现答复如下：\n{before}"
    )
    return f"{opening}{text}\n云岭县交通运输局\n2024年5月20日\n（联系人：何某，联系电话：0871-60000000）\n"


def promises_in(text: str, day: date | None = LETTER_DAY) -> tuple[tuple[Commitment, ...], tuple[Declined, ...]]:
    """Promises and refusals of a whole letter of that day."""
    folded = fold(text)
    anchor = Anchor(day=day, year=day.year if day else None)
    identity = Identity(kind=Kind.REPLY, lead_unit=BUREAU, date=day)
    return find_promises(text, folded, divide(text, folded), identity, anchor)


def labels_of(text: str, sentence: str) -> list[str]:
    """The label of each unit of the sentence inside its letter: C.firm, D, N, or X for heads and lead-ins."""
    start = text.index(sentence)
    end = start + len(sentence)
    promised, declined = promises_in(text)
    named = {item.span.start: f"C.{item.strength.value}" for item in promised} | {
        item.span.start: "D" for item in declined
    }
    inside = [unit for unit in divide(text, fold(text)) if start <= unit.span.start < end]
    return [named.get(unit.span.start, _silent(unit)) for unit in inside]


def _silent(unit: Unit) -> str:
    return "N" if unit.role.value in ("text", "table_row", "sign_off") else "X"


def rows(name: str) -> list[Any]:
    """The rows of one table; a row with `gap` is known not to work yet, and says why."""
    table = yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8"))
    return [
        pytest.param(
            row, id=row["id"], marks=[pytest.mark.xfail(reason=row["gap"], strict=True)] if "gap" in row else []
        )
        for row in table
    ]


@pytest.mark.parametrize(
    "row",
    [
        row
        for name in (
            "commitments",
            "commitments_wordings",
            "commitments_subjects",
            "commitments_unmarked",
            "promises_by_level",
            "commitments_spoken",
            "commitments_turns",
            "commitments_small_offices",
        )
        for row in rows(name)
    ],
)
def test_a_unit_promises_or_does_not(row: dict[str, Any]) -> None:
    text = letter(row.get("after", "") + row["text"], row["where"])
    found = labels_of(text, row["text"])
    allowed = [one.split("/") for one in row["expected"].split()]
    assert len(found) == len(allowed), f"{row['reason']}: {found}"
    assert all(map(list.__contains__, allowed, found)), f"{row['reason']}: {found}"


@pytest.mark.parametrize("row", rows("strength"))
def test_the_strongest_main_clause_gives_the_strength(row: dict[str, Any]) -> None:
    text = letter(row["text"], "planned")
    assert labels_of(text, row["text"]) == [f"C.{row['expected']}"], row["reason"]


@pytest.mark.parametrize("row", [row for name in _REFUSALS for row in rows(name)])
def test_a_unit_declines_or_does_not(row: dict[str, Any]) -> None:
    text = letter(row["text"], row.get("where", "asked"))
    assert labels_of(text, row["text"]) == row["expected"].split(), row["reason"]
    if "because" in row:
        [declined] = promises_in(text)[1]
        assert declined.reason == row["because"]


@settings(max_examples=60, deadline=None)
@given(
    st.text(alphabet="将拟已年底前建设,，。；;！？“”《》\n一二是、关于我局下步暂不无法研究力争12（）:|　", max_size=120)
)
def test_every_promise_and_refusal_quotes_the_text_at_its_place(body: str) -> None:
    text = letter(body)
    promised, declined = promises_in(text)
    for item in (*promised, *declined):
        assert text[item.span.start : item.span.end] == item.span.text
    assert all(0 <= item.confidence <= 1 and item.rule for item in (*promised, *declined))


def test_the_own_bureau_is_named_where_the_sentence_says_our_bureau_or_nothing() -> None:
    promised, _ = promises_in(letter("我局将会同县公安局整治超载。年内更换航标12座。县水利局将疏浚河道。", "planned"))
    assert [item.responsible for item in promised] == [(BUREAU, "县公安局"), (BUREAU,), ("县水利局",)]


DEGENERATE = [
    "全面并",
    "中上内",
    "1",
    "将",
    "我局将加强,",
    "“",
    "《甲》",
    "市公安局和市教育局和",
    "(",
    "建设",
    "待",
    "|1",
    "省市县区",
]


@pytest.mark.parametrize("part", DEGENERATE)
def test_a_degenerate_sentence_costs_no_more_than_a_moment(part: str) -> None:
    text = letter("我局将加强" + part * (12_000 // len(part)) + "年底前完成。", "planned")
    began = perf_counter()
    promises_in(text)
    assert perf_counter() - began < 3
