"""Names of divisions, and which division they mean."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from extractors.places import brief_mentions, find_mentions, gazetteer, level_of, place_of, region
from models.places import contains

CASES = yaml.safe_load((Path(__file__).parent.parent / "cases" / "places.yaml").read_text(encoding="utf-8"))
CODES = sorted(gazetteer().names)


@pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in CASES])
def test_a_name_means_the_division_that_its_neighbours_point_to(case: dict[str, Any]) -> None:
    mentions = find_mentions(case["text"])
    assert [mention.name for mention in mentions] == case["names"], case["reason"]
    assert [place_of(mention, mentions) for mention in mentions] == case["codes"], case["reason"]


@given(st.sampled_from(CODES))
def test_every_division_is_found_by_its_full_name(code: str) -> None:
    mentions = find_mentions(region(code).full_name)
    assert place_of(mentions[-1], mentions) is not None
    assert mentions[-1].name == region(code).name


@given(st.sampled_from(CODES), st.sampled_from(CODES))
def test_containment_is_one_way_unless_the_two_are_the_same(outer: str, inner: str) -> None:
    if contains(outer, inner) and contains(inner, outer):
        assert outer == inner
    if contains(outer, inner):
        assert level_of(outer) <= level_of(inner)


@given(st.text(alphabet="市区县州城南安阳江海长新", max_size=60))
def test_mentions_stand_in_the_text_in_order_and_apart(text: str) -> None:
    mentions = find_mentions(text)
    assert all(text[m.start : m.end] == m.name for m in mentions)
    assert all(a.end <= b.start for a, b in pairwise(mentions))


def test_a_town_carries_the_code_of_its_county() -> None:
    town = region("330282", "观海卫镇")
    assert (town.adcode, town.full_name) == ("330282", "浙江省宁波市慈溪市观海卫镇")


def test_places_without_suffix_are_found_where_a_medium_names_itself() -> None:
    assert [(m.name, m.codes) for m in brief_mentions("浏阳融媒")] == [("浏阳", ("430181",))]
