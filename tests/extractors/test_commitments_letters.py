"""Whole letters in the layouts that offices use, each unit tagged with its label and the last day of its promise.

<C.firm@2025-06-30> is due by that day, @? names a term without a known day, @- none; without @ the day isn't tested.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from extractors.commitments import find_promises
from extractors.numbers.dates import Anchor
from extractors.sections import divide
from models.commitments import Commitment
from models.documents import Identity, Kind
from models.text import fold

LETTERS = sorted((Path(__file__).resolve().parent.parent / "cases" / "letters").glob("*.txt"))
TAG = re.compile(r"<(C\.\w+(?:@[\d?-]+)?|D|N|X)>")


@pytest.mark.parametrize("path", LETTERS, ids=lambda path: path.stem)
def test_every_unit_of_a_letter_has_its_label(path: Path) -> None:
    tagged = path.read_text(encoding="utf-8")
    text = TAG.sub("", tagged)
    day = _day(text)
    folded = fold(text)
    units = divide(text, folded)
    identity = Identity(kind=Kind.REPLY, lead_unit="某局", date=day)
    promised, declined = find_promises(text, folded, units, identity, Anchor(day=day, year=day.year))
    wanted = {start: label for start, label in _labels(tagged).items() if label != "X"}
    found = {item.span.start: _said(item, "@" in wanted.get(item.span.start, "")) for item in promised}
    found |= {item.span.start: "D" for item in declined}
    spans = {unit.span.start: unit.span.text for unit in units}
    wrong = [
        f"{spans.get(start, '?')}: {label}, not {found.get(start, 'N')}"
        for start, label in wanted.items()
        if found.get(start, "N") != label
    ]
    assert not wrong, "\n" + "\n".join(wrong)
    assert set(wanted) <= set(spans), "a tagged unit doesn't begin where a unit was cut"


def _said(promise: Commitment, dated: bool) -> str:
    """The tag that a promise deserves, with its day where the letter's tag has one."""
    label = f"C.{promise.strength.value}"
    if not dated:
        return label
    return f"{label}@{(promise.deadline.end or '?') if promise.deadline else '-'}"


def _labels(tagged: str) -> dict[int, str]:
    """The label of each unit, by its place in the text without tags."""
    labels: dict[int, str] = {}
    removed = 0
    for tag in TAG.finditer(tagged):
        labels[tag.start() - removed] = tag[1]
        removed += len(tag[0])
    return labels


def _day(text: str) -> date:
    """The day under the letter; 二〇二四年六月十一日 too."""
    digits = text.translate(str.maketrans("〇一二三四五六七八九", "0123456789"))
    year, month, day = re.findall(r"(20\d\d)年(\d+|十\d?|\d十)月(\d+|十\d?)日", digits)[-1]
    return date(int(year), int(month.replace("十", "1") or 1), int(day.replace("十", "1") or 1))
