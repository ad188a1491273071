"""Letters of one bureau share its phrases: the reply to another case, on another matter, is no evidence by them."""

from __future__ import annotations

import pytest

from extractors.tracking.links import links_between
from extractors.tracking.prepared import prepare
from extractors.tracking.weighing import answers_another
from extractors.tracking.wording import telling
from models.evidence import Certainty, Link, Paper
from tests.extractors.tracking.papers import paper

LETTER = """沭阳县交通运输局
关于县十八届人大{session}次会议第{number}号建议的答复
{who}代表：
您提出的《关于{subject}的建议》收悉，现答复如下：
{body}
感谢您对交通运输工作的关心支持。
沭阳县交通运输局
{day}
"""
FERRY = "下一步，我局将积极向上争取渡口重建资金，加快办理前期工作，力争早日开工建设。"


def letter(subject: str, body: str, session: str = "四", number: int = 88, day: str = "2025年6月3日") -> Paper:
    name = f"{session}-{number}.txt"
    text = LETTER.format(session=session, number=number, who="卞如舟", subject=subject, body=body, day=day)
    return paper(name, text)


PROMISED = letter("重建周集渡口", FERRY, "三", 17, "2024年6月12日")


def sure(later: Paper) -> list[Link]:
    assert PROMISED.extraction.commitments
    return [link for link in links_between(PROMISED, later) if link.certainty is Certainty.SURE]


@pytest.mark.parametrize(
    "body",
    [
        "省道绕城段已列入计划，项目资金已经到位，前期工作办理完毕，今年三月开工建设。",
        "目前正在办理前期工作，我局将继续积极争取，力争早日开工建设。",
        "因前期工作滞后，项目资金没有落实，未能开工建设。",
    ],
    ids=["done", "promised", "missed"],
)
def test_phrases_of_the_house_tell_nothing_in_a_letter_on_another_matter(body: str) -> None:
    assert sure(letter("改造省道绕城段", body)) == []


@pytest.mark.parametrize(
    "body",
    ["周集渡口重建项目资金已经到位，今年三月开工建设。", "渡口重建的前期工作已经办完，三月开工建设。"],
    ids=["named", "by its head"],
)
def test_a_letter_on_the_same_matter_a_year_later_is_evidence(body: str) -> None:
    assert sure(letter("加快重建周集渡口", body))


def test_the_same_case_under_another_title_is_the_same_matter() -> None:
    told = letter("农村水运安全", "项目资金已经到位，前期工作办理完毕，今年三月开工建设。", "三", 17)
    assert not answers_another(prepare(PROMISED), prepare(told))
    assert answers_another(prepare(PROMISED), prepare(letter("农村水运安全", "已经办结。")))


def test_words_of_every_office_tell_little_and_those_of_a_matter_much() -> None:
    stock = [telling(pair) for pair in ("前期", "基础", "振兴", "固定", "宣传")]
    matter = [telling(pair) for pair in ("渡口", "灯塔", "民宿", "校车", "浮球")]
    assert max(stock) < 0.6 < min(matter)
