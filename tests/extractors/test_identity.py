"""Identity: what heads and feet in the shapes of many offices say."""

from __future__ import annotations

from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from extractors.identity import identify
from models.documents import Document, Identity
from models.text import fold

CASES = [
    case
    for name in ("identity_letters.yaml", "identity_shapes.yaml")
    for case in yaml.safe_load((Path(__file__).parent.parent / "cases" / name).read_text(encoding="utf-8"))
]


def read(text: str, published: date | None = None) -> Identity:
    """The identity of a text."""
    return identify(Document(name="letter.txt", form="txt", text=text, published=published), fold(text))


def plain(value: Any) -> Any:
    """A field's value as a case file writes it."""
    if isinstance(value, Enum):
        return value.value
    return list(value) if isinstance(value, tuple) else value


@pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in CASES])
def test_a_letter_says_who_writes_what_to_whom(case: dict[str, Any]) -> None:
    found = read(case["text"])
    answers = {field: plain(getattr(found, field)) for field in case["expected"]}
    assert answers == case["expected"], case["reason"]


PIECES = [
    "关于",
    "对",
    "市",
    "县人大",
    "政协",
    "第12号",
    "建议",
    "提案",
    "的答复",
    "张三代表：",
    "（A）",
    "〔2024〕5号",
    "2024年5月6日",
    "某县水利局",
    "《",
    "》",
    "“",
    "\n",
    " ",
    "：",
    "、",
    "第一条",
    "，",
    "。",
    "Ｂ类",
]


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_any_scramble_of_head_words_is_read_and_quoted_from_the_text(text: str) -> None:
    found = read(text)
    bare = "".join(text.split())
    for quoted in (found.lead_unit, found.doc_number, *found.proposers, *found.co_units):
        assert quoted is None or "".join(quoted.split()) in bare


def test_the_year_of_the_page_is_a_hint_when_the_letter_has_none() -> None:
    assert read("关于县人大第1号建议的答复\n", published=date(2023, 4, 5)).year_hint == 2023
    title = "2023年石泉县九届人大二次会议《关于修桥的建议》(8号)的答复"
    put_online = f"{title}\n发布时间:2024年1月5日\n高松代表:\n建议收悉,今年修桥。\n"
    assert read(put_online).year_hint == 2023
    assert read(put_online.replace("2023年石泉", "2021年石泉")).year_hint == 2024


def test_a_news_page_without_a_dateline_is_dated_by_the_page() -> None:
    found = read("石桥修好了\n记者从某县交通局获悉，石桥已修好。", published=date(2024, 7, 8))
    assert (found.kind.value, found.date) == ("news", date(2024, 7, 8))
