"""Coverage: what a reply says to each ask, in small letters of every shape."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from extractors.pipeline import extract
from extractors.tracking.coverage import cover
from models.documents import Document
from models.evidence import Answer, Paper
from models.ids import DocumentId

CASES = yaml.safe_load((Path(__file__).parents[2] / "cases" / "coverage.yaml").read_text(encoding="utf-8"))


def paper(name: str, text: str) -> Paper:
    """A document as tracking reads it."""
    return Paper(DocumentId(name), extract(Document(f"{name}.txt", "txt", text)))


def suggestion(subject: str, asks: list[str]) -> Paper:
    """A suggestion that asks so."""
    listed = "\n".join(f"{number}.{ask}。" for number, ask in enumerate(asks, 1))
    head = f"锦川市第九届人民代表大会第三次会议代表建议\n第066号\n关于{subject}的建议\n领衔代表：米如意\n"
    return paper("asked", f"{head}这件事群众反映多年。\n为此建议：\n{listed}\n")


def reply(subject: str, body: str) -> Paper:
    """A reply that says so behind its opening."""
    head = "关于市九届人大三次会议第066号建议的答复\n米如意代表：\n"
    opening = f"您提出的《关于{subject}的建议》收悉。经研究，现答复如下：\n"
    return paper("answer", f"{head}{opening}{body.strip()}\n锦川市人民政府办公室\n2025年6月12日\n")


def param(case: dict[str, Any]) -> Any:
    """A case of the table; known gaps are marked with their reason."""
    marks = [pytest.mark.xfail(reason=case["xfail"], strict=True)] if "xfail" in case else []
    return pytest.param(case, id=case["id"], marks=marks)


@pytest.mark.parametrize("case", [param(case) for case in CASES])
def test_each_ask_is_answered_declined_or_passed_over(case: dict[str, Any]) -> None:
    asked, answer = suggestion(case["subject"], case["asks"]), reply(case["subject"], case["reply"])
    assert [ask.span.text for ask in asked.extraction.requests] == case["asks"], "the asks themselves"
    found = cover(answer, asked)
    assert [one.answer.value for one in found] == case["covered"], case["reason"]
    quoted = [answer.extraction.units[place].span.text for one in found for place in one.units]
    for words in case.get("by", ()):
        assert any(words in text for text in quoted), words


@pytest.mark.parametrize("case", [param(case) for case in CASES if "xfail" not in case])
def test_only_what_is_not_passed_over_has_units(case: dict[str, Any]) -> None:
    asked, answer = suggestion(case["subject"], case["asks"]), reply(case["subject"], case["reply"])
    for one in cover(answer, asked):
        assert bool(one.units) is (one.answer is not Answer.UNANSWERED)
        assert one.why
