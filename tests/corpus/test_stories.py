"""The stories hold together: what a case quotes stands in its documents, and its words agree with each other."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
import yaml

from corpus.gold.records import GOLD, Split, units_of
from models.evidence import Answer, Relation, Status

STORIES = GOLD / "stories"
ENTRIES: dict[str, dict[str, str]] = yaml.safe_load((STORIES / "stories.yaml").read_text(encoding="utf-8"))["stories"]
NUMERALS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
DAY = re.compile(r"([12]\d{3})\s*[年.\-/]\s*(\d{1,2})\s*[月.\-/]\s*(\d{1,2})")


@dataclass(frozen=True, slots=True)
class Story:
    """One case with its texts: {document: text}."""

    name: str
    case: dict[str, Any]
    texts: dict[str, str]

    def units(self, document: str) -> Counter[str]:
        return Counter(units_of(self.texts.get(document, "")))


def read_story(name: str) -> Story:
    folder = STORIES / name
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))}
    return Story(name, json.loads((folder / f"{name}.case.json").read_text(encoding="utf-8")), texts)


def values(field: str | list[str]) -> set[str]:
    return {field} if isinstance(field, str) else set(field)


def chinese_day(line: str) -> str:
    """The line with a day written out in numerals (二〇二四年五月十二日) in digits.

    >>> chinese_day("二〇二四年十一月二十日")
    '2024年11月20日'
    """
    line = (
        re.sub(r"([二三])十(?=[一二三四五六七八九])", r"\1", line).replace("二十日", "20日").replace("三十日", "30日")
    )
    line = re.sub(r"十(?=[一二三四五六七八九])", "1", line).replace("十月", "10月").replace("十日", "10日")
    return line.translate(NUMERALS)


def day_of(text: str) -> date | None:
    """The day that a document bears on a short line of its own (sign-off, by-line, head); None where it bears none."""
    lines = [chinese_day(line) for line in text.splitlines() if len(line.strip()) < 45 and "。" not in line]
    for line in reversed(lines):
        if (found := DAY.search(line)) and not re.search(r"[起前后至]", line[found.end() :]):
            year, month, day = map(int, found.groups())
            return date(year, month, day)
    return None


def quotations(case: dict[str, Any]) -> list[tuple[str, str]]:
    """(document, unit) of everything that a case quotes as a whole unit of a known document."""
    linked = [(link["from"], link["commitment"]) for link in case["links"]]
    linked += [(link["in"], link["evidence"]) for link in case["links"]]
    return linked + [(row["from"], row["commitment"]) for row in case["status"]]


def problems_of_quotations(story: Story) -> list[str]:
    problems = [
        f"{document}: stands there {story.units(document)[unit]} times as a unit: {unit}"
        for document, unit in dict.fromkeys(quotations(story.case))
        if story.units(document)[unit] != 1
    ]
    known: Counter[str] = Counter()
    for document in story.texts:
        known += story.units(document)
    whole = [by for row in story.case["coverage"] for by in row["by"]]
    whole += [unit for query in story.case["queries"] for unit in query["relevant"]]
    problems += [f"no unit of the story: {unit}" for unit in whole if not known[unit]]
    asks = [row["request"] for row in story.case["coverage"]]
    return problems + [
        f"no request of the story: {ask}" for ask in asks if not any(ask in t for t in story.texts.values())
    ]


def problems_of_words(case: dict[str, Any]) -> list[str]:
    fields = [("links", "relation", Relation), ("status", "status", Status), ("coverage", "status", Answer)]
    return [
        f"unknown word {word} in {part}"
        for part, field, known in fields
        for row in case[part]
        for word in values(row[field]) - set(known)
    ]


def problems_of_documents(story: Story) -> list[str]:
    case = story.case
    named = {d for d, _ in quotations(case)} | {d for pair in case["answers"] for d in pair}
    problems = [f"not among the documents: {d}" for d in named if d not in case["documents"]]
    if sorted(case["documents"]) != sorted(story.texts):
        problems.append(f"documents and texts differ: {set(case['documents']) ^ set(story.texts)}")
    return problems + [f"{d} is not named after the story" for d in story.texts if not d.startswith(f"{story.name}_")]


def problems_of_time(story: Story) -> list[str]:
    """Links to a document older than the promise, or dated after the day of judgment; undated ones may be evidence."""
    problems = []
    until = date.fromisoformat(story.case["as_of"])
    for link in story.case["links"]:
        promised, shown = day_of(story.texts[link["from"]]), day_of(story.texts[link["in"]])
        if promised and shown and not promised <= shown <= until:
            problems.append(
                f"{link['in']} ({shown}) is no evidence for {link['from']} ({promised}): {link['commitment']}"
            )
    return problems


def problems_of_status(case: dict[str, Any]) -> list[str]:
    """Statuses that the links don't bear out (fulfilled without a fulfils, ...), promises linked or judged twice."""
    possible: dict[tuple[str, str], set[str]] = {}
    for link in case["links"]:
        possible.setdefault((link["from"], link["commitment"]), set()).update(values(link["relation"]))
    needs = {
        Status.FULFILLED: {"fulfils"},
        Status.DROPPED: {"contradicts"},
        Status.IN_PROGRESS: {"advances", "fulfils"},
    }
    problems = [
        f"{word} without {sorted(needs[Status(word)])}: {row['commitment']}"
        for row in case["status"]
        for word in values(row["status"]) & set(needs)
        if not needs[Status(word)] & possible.get((row["from"], row["commitment"]), set())
    ]
    once = Counter((row["from"], row["commitment"]) for row in case["status"])
    pairs = Counter((link["from"], link["commitment"], link["in"], link["evidence"]) for link in case["links"])
    return problems + [f"twice: {key}" for key, n in (once + pairs).items() if n > 1]


def problems_of(story: Story) -> list[str]:
    if problems := problems_of_documents(story):
        return problems
    return [
        *problems_of_quotations(story),
        *problems_of_words(story.case),
        *problems_of_time(story),
        *problems_of_status(story.case),
    ]


@pytest.mark.parametrize("name", ENTRIES)
def test_a_story_has_no_problems(name: str) -> None:
    assert problems_of(read_story(name)) == []


@pytest.mark.parametrize("name", ENTRIES)
def test_a_story_is_long_enough_to_follow_something(name: str) -> None:
    case = read_story(name).case
    assert 5 <= len(case["documents"]) <= 8
    assert 5 <= len(case["queries"]) <= 8
    assert all(case[part] for part in ("links", "status", "coverage"))


def test_every_story_is_listed_with_split_place_and_topic() -> None:
    assert {folder.name for folder in STORIES.iterdir() if list(folder.glob("*.case.json"))} == set(ENTRIES)
    for entry in ENTRIES.values():
        assert Split(entry["split"]) in {Split.DEV, Split.HELDOUT}
        assert all(entry[field] for field in ("place", "topic"))


def test_a_wrong_case_is_noticed() -> None:
    story = read_story("a01_linqu_greenhouse")
    link = story.case["links"][0]

    def with_link(**changes: str) -> list[str]:
        case = {**story.case, "links": [{**link, **changes}, *story.case["links"][1:]]}
        return problems_of(Story(story.name, case, story.texts))

    assert any("0 times" in problem for problem in with_link(evidence=link["evidence"][:-3]))
    assert any("unknown word" in problem for problem in with_link(relation="proves"))
    assert any("not among" in problem for problem in with_link(**{"in": "nowhere"}))
    asked = next(iter(units_of(story.texts["a01_linqu_greenhouse_suggestion"])))
    assert any("no evidence" in p for p in with_link(**{"in": "a01_linqu_greenhouse_suggestion", "evidence": asked}))
    nothing = Story(story.name, {**story.case, "links": []}, story.texts)
    assert any("fulfilled without" in problem for problem in problems_of(nothing))


def test_the_day_of_a_document_stands_on_its_short_lines() -> None:
    assert day_of("某局\n二〇二四年十一月二十三日\n") == date(2024, 11, 23)
    assert day_of("某报 2025-01-09\n1月8日，某地落成。\n") == date(2025, 1, 9)
    assert day_of("本办法自2024年1月1日起施行。\n") is None
