"""Who acts, what a promise waits for, and which papers it will bring."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from extractors.instruments import condition_in, promised_titles
from extractors.responsible import actors_of, level_of
from models.text import fold

CASES = Path(__file__).resolve().parent.parent / "cases"


def rows(name: str) -> list[Any]:
    table = yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8"))
    return [pytest.param(row, id=row["text"][:24]) for row in table]


@pytest.mark.parametrize("row", rows("responsible"))
def test_the_units_that_act_are_named(row: dict[str, Any]) -> None:
    assert list(actors_of(fold(row["text"]), "云岭县交通运输局")) == row["units"], row["reason"]


@pytest.mark.parametrize("row", rows("conditions"))
def test_a_condition_is_quoted_as_printed(row: dict[str, Any]) -> None:
    found = condition_in(fold(row["text"]))
    assert (row["text"][slice(*found)] if found else None) == row["condition"], row["reason"]


@pytest.mark.parametrize("row", rows("instruments"))
def test_only_papers_that_are_promised_are_named(row: dict[str, Any]) -> None:
    assert [row["text"][start:end] for start, end in promised_titles(fold(row["text"]))] == row["titles"], row["reason"]


@pytest.mark.parametrize(
    ("unit", "level"),
    [("国家林业和草原局", "nation"), ("江北省体育局", "province"), ("云岭县水利局", "local"), (None, "local")],
)
def test_the_level_of_a_unit_says_whose_plans_are_its_own(unit: str | None, level: str) -> None:
    assert level_of(unit) == level
