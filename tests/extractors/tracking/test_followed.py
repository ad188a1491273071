"""Small stories of one county: what becomes of every promise of a letter, by all its later papers together."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from extractors.tracking.links import links_between
from extractors.tracking.status import settled, status_of
from models.evidence import Certainty, Link, Paper
from tests.extractors.tracking.papers import later, reply

STORIES = yaml.safe_load((Path(__file__).parents[2] / "cases" / "followed.yaml").read_text(encoding="utf-8"))["stories"]
KINDS = ("plan", "notice", "rules", "report", "news")
AS_OF = date(2026, 3, 1)
ROWS = [
    pytest.param(
        story["id"],
        promise,
        id=f"{story['id']} {place}",
        marks=[pytest.mark.xfail(reason=promise["gap"], strict=True)] if "gap" in promise else [],
    )
    for story in STORIES
    for place, promise in enumerate(story["promises"], 1)
]


@lru_cache(maxsize=1)
def _story(name: str) -> tuple[Paper, dict[str, tuple[Link, ...]]]:
    """The letter of a story, and the sure links of each of its later papers to it."""
    story = next(each for each in STORIES if each["id"] == name)
    holder = reply("".join(promise["text"] for promise in story["promises"]), siblings="")
    found = {kind: links_between(holder, later(kind, story[kind].strip())) for kind in KINDS if kind in story}
    return holder, {
        kind: tuple(link for link in links if link.certainty is Certainty.SURE) for kind, links in found.items()
    }


@pytest.mark.parametrize(("name", "promise"), ROWS)
def test_a_promise_stands_as_its_later_papers_show(name: str, promise: dict[str, Any]) -> None:
    holder, papers = _story(name)
    one = next(each for each in holder.extraction.commitments if promise["text"].rstrip("。") in each.span.text)
    at = holder.extraction.commitments.index(one)
    links = {kind: [link for link in found if link.commitment == at] for kind, found in papers.items()}
    for kind, found in links.items():
        if kind in promise:
            assert {str(link.relation) for link in found} & set(_several(promise[kind])), kind
    told = [(link.relation, link.day) for found in links.values() for link in found]
    status = status_of(one.strength, one.deadline, settled(told, AS_OF), AS_OF)
    assert (str(status) if status else None) in _several(promise.get("status"))


def _several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
