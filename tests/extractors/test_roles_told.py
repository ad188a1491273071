"""What numbers are for, and until when, in bulletins, news and letters: role and day of each number of a short text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from models.documents import Kind
from tests.extractors.test_targets import read, written

CASES = yaml.safe_load((Path(__file__).parent.parent / "cases" / "roles_told.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in CASES])
def test_the_numbers_of_a_text_are_told_apart_by_what_they_are_for_and_when_they_are_due(case: dict[str, Any]) -> None:
    text = (case["title"] + "\n\n" if "title" in case else "") + written(case)
    free = list(read(text, Kind(case["kind"]), case["date"]))
    for words, role, *day in case["want"]:
        found = next((one for one in free if one.span.text == words), None)
        assert found is not None, f"{words} wasn't read"
        free.remove(found)
        assert found.role.value in role.split("/"), f"{words}: {found.role} by {found.rule}"
        if day and found.role.value == "target":
            assert str(found.deadline) in [str(one) for one in day], words
