"""Numbers as reports, communiqués, rules and news word them: which they are, what for, and how they are named."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from extractors.numbers.dates import Anchor
from extractors.numbers.quantities import find_measures
from extractors.sections import divide
from extractors.targets import read_quantities
from models.documents import Identity, Kind
from models.quantities import Quantity
from models.text import fold

CASES = yaml.safe_load((Path(__file__).parent.parent / "cases" / "number_wordings.yaml").read_text(encoding="utf-8"))


def read(text: str, kind: Kind, day: date | None) -> tuple[Quantity, ...]:
    folded = fold(text)
    anchor = Anchor(day, day.year if day else None)
    units, identity = divide(text, folded), Identity(kind=kind, date=day)
    return read_quantities(text, folded, units, identity, anchor, find_measures(folded))


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_each_number_is_what_a_careful_clerk_would_write(case: dict[str, Any]) -> None:
    day = case.get("date", date(2024, 5, 20))
    found = read(case["text"], Kind(case.get("kind", "other")), day or None)
    told = [
        [one.span.text, one.role.value, one.indicator, str(one.deadline) if one.deadline else None] for one in found
    ]
    assert [row[0] for row in told] == [row[0] for row in case["want"]], case["reason"]
    for row, wanted in zip(told, case["want"], strict=True):
        for is_so, want in zip(row[1:], wanted[1:], strict=False):
            assert want is None or is_so in str(want).split("/") or is_so == want, (row, case["reason"])
