"""Papers in which people are asked and answer, and who they speak for."""

from __future__ import annotations

import pytest

from extractors.tracking.jurisdiction import may_follow
from extractors.tracking.links import links_between
from extractors.tracking.prepared import prepare
from models.evidence import Certainty, Paper, Relation
from tests.extractors.tracking.papers import paper, reply

INTERVIEW = """【局长在线】乡亲们问，部门答
沭阳县融媒体中心　2025年9月16日
嘉宾：县民政局副局长陆遥
主持人：{asked}
陆遥：{answered}
主持人：评估费能报吗？
陆遥：这得看市里的统一规定。
"""
AIRPORTS = """民航规划发展局
民航函〔2024〕7号
关于政协第十四届全国委员会第二次会议第0417号提案答复的函
陶一苇委员：
您提出的《关于改善机场服务的提案》收悉，现答复如下：
{promise}
中国民用航空局
2024年8月8日
"""


def interview(asked: str, answered: str) -> Paper:
    return paper("interview.txt", INTERVIEW.format(asked=asked, answered=answered))


def sure(promise: str, later: Paper) -> list[tuple[Relation, str]]:
    holder = reply(promise)
    at = next(place for place, one in enumerate(holder.extraction.commitments) if promise in one.span.text)
    return [
        (link.relation, link.span.text)
        for link in links_between(holder, later)
        if link.commitment == at and link.certainty is Certainty.SURE
    ]


@pytest.mark.parametrize(
    ("promise", "asked", "answered"),
    [
        ("在福利院建设失智照护单元。", "福利院的失智照护单元能住进去吗？", "眼下住了37位，还空着3张床。"),
        ("在汽车站建设爱心寄存驿站。", "汽车站的爱心寄存驿站开了没有？", "开了半年，存过2100件行李。"),
    ],
)
def test_an_answer_speaks_of_what_was_asked_and_the_question_shows_nothing(
    promise: str, asked: str, answered: str
) -> None:
    found = sure(promise, interview(asked, answered))
    assert [text for _, text in found] == [f"陆遥：{answered}"]


def test_a_question_alone_is_no_evidence() -> None:
    asked = "福利院的失智照护单元能住进去吗？"
    assert not sure("在福利院建设失智照护单元。", interview(asked, "今天先谈谈别的。"))


def test_a_county_says_of_its_towns_what_a_town_says_of_itself() -> None:
    told = "镇上，四所敬老院都添了护理床，县里补了钱。"
    county, town = interview("养老院呢？", told), paper("town.txt", f"刘集镇：老人有了好去处\n2025年9月16日\n{told}\n")
    holder = prepare(reply("为敬老院添置护理床。"))
    assert may_follow(holder, prepare(county))
    assert not may_follow(holder, prepare(town))


@pytest.mark.parametrize(
    ("head", "follows"), [("民航局9月例行新闻发布会实录", True), ("民政局9月例行新闻发布会实录", False)]
)
def test_a_ministry_is_known_by_its_short_name(head: str, follows: bool) -> None:
    holder = paper("reply.txt", AIRPORTS.format(promise="年底前在大型机场设置爱心柜台。"))
    later = paper("press.txt", f"{head}\n2025年9月29日\n记者：柜台设了吗？\n答：71座机场的爱心柜台已经挂牌。\n")
    assert bool(may_follow(prepare(holder), prepare(later))) is follows
