"""A case of Recognizers-Text's specification files, and what an adapter answers to it.

A file is a JSON array (UTF-8 with a byte order mark) of `Input`, an optional `Context.ReferenceDateTime`, and
`Results` with `Text`, `Start`, `End` (inclusive) or `Length`, and `Resolution` or `Value`. Texts and offsets are
those of the folded input.

Counted is every case that isn't marked `NotSupportedByDesign` for python: cases that Recognizers itself doesn't
pass in Python (`NotSupported`) count like all others. A case passes when all its results are found, in order, and
no other.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from models.text import fold

_SCRIPT = "們"  # a character of traditional script alone: makes `fold` simplify a text too short to give itself away


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found: [start, end) of the folded input, and what it says, in the words of the case files."""

    start: int
    end: int
    said: Any = None


@dataclass(frozen=True, slots=True)
class Case:
    """One input, folded, with its day of reference and the results that it should give."""

    text: str
    day: date
    results: Sequence[dict[str, Any]]


Adapter = Callable[[Case], list[Answer]]
Agrees = Callable[[dict[str, Any], Any], bool]


def read_cases(path: Path) -> list[Case]:
    """The cases of a file that count, in the file's order."""
    raw = json.loads(path.read_text(encoding="utf-8-sig"))
    return [_case(item) for item in raw if "python" not in item.get("NotSupportedByDesign", "")]


def _case(item: dict[str, Any]) -> Case:
    told = (item.get("Context") or {}).get("ReferenceDateTime")
    day = datetime.fromisoformat(told).date() if told else date(2017, 3, 22)
    return Case(folded(item["Input"]), day, item["Results"])


def folded(text: str) -> str:
    """The input as our grammar reads it: half width, simplified."""
    return fold(_SCRIPT + text)[1:]


def passes(case: Case, answers: list[Answer], agrees: Agrees) -> bool:
    """Whether the answers are the case's results: as many, the same texts at the same places, and the same meaning."""
    if len(answers) != len(case.results):
        return False
    pairs = zip(answers, case.results, strict=True)
    return all(_same_place(case, answer, wanted) and agrees(wanted, answer.said) for answer, wanted in pairs)


def _same_place(case: Case, answer: Answer, wanted: dict[str, Any]) -> bool:
    start = wanted["Start"] if "Start" in wanted else case.text.lower().find(folded(wanted["Text"]).lower())
    text = folded(wanted["Text"])
    return answer.start == start and case.text[answer.start : answer.end].lower() == text.lower()
