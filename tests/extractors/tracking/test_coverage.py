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
    wanted = [one if isinstance(one, list) else [one] for one in case["covered"]]
    told = [one.answer.value for one in found]
    assert all(one in either for one, either in zip(told, wanted, strict=True)), (told, case["reason"])
    quoted = [answer.extraction.units[place].span.text for one in found for place in one.units]
    for words in case.get("by", ()):
        assert any(words in text for text in quoted), words


NAMED = [
    (
        "一、关于增设垂钓平台的建议。今年在南湖建成垂钓平台4处。\n二、关于降低停泊费的建议。停泊费由船东协会议定，"
        "我局无权调整。\n三、关于开办船员夜校的建议。您的建议很有意义。",
        {"增设垂钓平台": "answered", "降低停泊费": "declined", "开办船员夜校": "unanswered"},
    ),
    (
        "（一）关于培育本土演艺团队的建议。近年来，组织本土演艺团队参加汇演，扶持团队21支。\n（二）关于开放排练场地的建议。"
        "自9月起，群艺馆排练厅每周开放三天。",
        {"培育本土演艺团队": "answered", "开放排练场地": "answered"},
    ),
    (
        "今年新建风雨连廊3处。您提出的加装防滑地砖一事，已列入明年维修计划。关于取消门禁押金的建议，押金涉及物业合同，"
        "暂不能取消。",
        {"加装防滑地砖": "answered", "取消门禁押金": "declined"},
    ),
]


@pytest.mark.parametrize(("body", "wanted"), NAMED)
def test_without_the_suggestion_the_asks_that_the_reply_names_are_judged(body: str, wanted: dict[str, str]) -> None:
    answer = reply("改善公共设施", body)
    told = {answer.extraction.requests[one.request].span.text: one.answer.value for one in cover(answer, None)}
    assert told == wanted


def test_each_ask_of_a_joint_reply_is_judged_with_its_own_suggestion() -> None:
    benches = suggestion("增设河滨座椅", ["沿河增设座椅60张", "更换破损路灯"])
    fishing = suggestion("规范河道垂钓", ["设置垂钓区", "发放垂钓证"])
    body = "一、关于座椅。年内沿河增设座椅40张。\n二、关于垂钓区。在三号桥下游设置垂钓区两处。"
    answer = reply("增设河滨座椅", body)
    assert [one.answer for one in cover(answer, benches)] == [Answer.ANSWERED, Answer.UNANSWERED]
    assert [one.answer for one in cover(answer, fishing)] == [Answer.ANSWERED, Answer.UNANSWERED]


def test_a_co_handlers_opinion_answers_nobody() -> None:
    asked = suggestion("增设河滨座椅", ["沿河增设座椅60张"])
    head = "关于市九届人大三次会议第066号建议的会办意见\n市住房和城乡建设局：\n"
    opinion = paper(
        "opinion", f"{head}现提出如下会办意见：\n一、关于座椅。年内沿河增设座椅40张。\n锦川市财政局\n2025年5月6日\n"
    )
    assert opinion.extraction.identity.co_reply
    assert cover(opinion, asked) == ()


def test_a_second_reply_leaves_no_ask_unanswered() -> None:
    asked = suggestion("增设河滨座椅", ["沿河增设座椅60张", "更换破损路灯"])
    head = "关于市九届人大三次会议第066号建议的续复函\n米如意代表：\n去年6月我局对你们的建议作了答复，现续复如下：\n"
    second = paper("second", f"{head}沿河座椅已增设40张，年底前再增设20张。\n锦川市城市管理局\n2026年5月6日\n")
    assert [one.answer for one in cover(second, asked)] == [Answer.ANSWERED]


def test_a_paper_that_asks_nothing_has_nothing_covered() -> None:
    assert cover(reply("改善公共设施", "我局将继续努力。"), None) == ()


@pytest.mark.parametrize("case", [param(case) for case in CASES if "xfail" not in case])
def test_only_what_is_not_passed_over_has_units(case: dict[str, Any]) -> None:
    asked, answer = suggestion(case["subject"], case["asks"]), reply(case["subject"], case["reply"])
    for one in cover(answer, asked):
        assert bool(one.units) is (one.answer is not Answer.UNANSWERED)
        assert one.why
