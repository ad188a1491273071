"""Identity: what heads and feet in the shapes of many offices say."""

from __future__ import annotations

from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
import yaml

from extractors.identity import identify
from models.documents import Document, Identity
from models.text import fold

CASES = yaml.safe_load((Path(__file__).parent.parent / "cases" / "identity_letters.yaml").read_text(encoding="utf-8"))


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
