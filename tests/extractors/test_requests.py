"""Requests: what suggestions and proposals ask, and which asks a reply names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from extractors.identity import identify
from extractors.requests import find_requests
from extractors.sections import divide
from models.commitments import Request
from models.documents import Document
from models.text import fold

CASES = yaml.safe_load((Path(__file__).parent.parent / "cases" / "requests.yaml").read_text(encoding="utf-8"))


def asks_of(text: str) -> tuple[Request, ...]:
    """The requests of a whole document."""
    folded = fold(text)
    units = divide(text, folded)
    return find_requests(text, folded, units, identify(Document("paper.txt", "txt", text), folded, units))


@pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in CASES])
def test_each_ask_is_quoted_once(case: dict[str, Any]) -> None:
    assert [ask.span.text for ask in asks_of(case["text"])] == case["asks"], case["reason"]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in CASES])
def test_an_ask_stands_in_the_text_where_it_says(case: dict[str, Any]) -> None:
    for ask in asks_of(case["text"]):
        assert case["text"][ask.span.start : ask.span.end] == ask.span.text
