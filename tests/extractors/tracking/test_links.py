"""Which later sentences say something about a promise, and what they do for it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from extractors.tracking.clocks import clocks_of
from extractors.tracking.links import links_between
from models.evidence import Certainty, Link, Paper, Relation
from tests.extractors.tracking.papers import later, paper, reply

TABLES = Path(__file__).parents[2] / "cases"
CASES = [
    row
    for name in ("links.yaml", "links_parts.yaml", "links_told.yaml", "links_otherwise.yaml")
    for row in yaml.safe_load((TABLES / name).read_text(encoding="utf-8"))["cases"]
]
ROWS = [
    pytest.param(row, id=row["id"], marks=[pytest.mark.xfail(reason=row["gap"], strict=True)] if "gap" in row else [])
    for row in CASES
]


def links_to(promise: str, holder: Paper, other: Paper) -> list[Link]:
    positions = [at for at, each in enumerate(holder.extraction.commitments) if promise in each.span.text]
    assert positions, f"no promise was read from {promise!r}"
    return [link for link in links_between(holder, other) if link.commitment == positions[0]]


@pytest.mark.parametrize("row", ROWS)
def test_a_sentence_does_for_a_promise_what_its_wording_says(row: dict[str, Any]) -> None:
    found = links_to(row["promise"], reply(row["promise"]), later(row["paper"], row["evidence"]))
    certainty = Certainty.SURE if row.get("sure", True) else Certainty.PROPOSED
    relations = [link.relation for link in found if link.certainty is certainty]
    wanted = row["relation"] if isinstance(row["relation"], list) else [row["relation"]]
    assert (relations[0].value if relations else None) in wanted


PROMISE = "在城南建设公交枢纽站一座。"
OPENED = "城南公交枢纽站建成投用，五条线路在此换乘。"


def test_the_neighbours_station_proves_nothing() -> None:
    assert not links_between(reply(PROMISE), later("news", OPENED, place="泗阳县"))


def test_a_towns_paper_is_no_evidence_for_its_county() -> None:
    town = paper(
        "town.txt",
        "颜集镇：公交开到家门口\n沭阳县颜集镇融媒工作站 2026年1月8日\n今年以来，全镇新建城南公交枢纽站一座。",
    )
    assert not links_between(reply(PROMISE), town)


def test_what_was_said_before_the_reply_is_no_evidence() -> None:
    early = paper("early.txt", f"沭阳县：公交有新站\n沭阳县融媒体中心 2024年3月1日\n{OPENED}")
    assert not links_between(reply(PROMISE), early)


def test_an_undated_paper_is_placed_by_its_years_and_flagged() -> None:
    undated = paper("undated.txt", f"沭阳县：公交有新站\n沭阳县融媒体中心\n2025年11月，{OPENED}")
    found = links_to(PROMISE, reply(PROMISE), undated)
    assert [link.relation for link in found] == [Relation.FULFILS]
    assert found[0].day is None
    assert "undated" in found[0].flags


def test_an_undated_paper_of_earlier_years_is_no_evidence() -> None:
    old = paper("old.txt", f"沭阳县：公交有新站\n沭阳县融媒体中心\n2022年11月，{OPENED}")
    assert not links_between(reply(PROMISE), old)


def test_a_suggestion_that_asks_for_it_is_no_evidence() -> None:
    asks = paper(
        "asks.txt",
        "关于建设城南公交枢纽站的建议\n沭阳县十八届人大四次会议代表建议 第71号\n建议人：田一禾\n2025年2月3日\n"
        "建议：一、在城南建设公交枢纽站一座。二、增加公交班次。",
    )
    assert not links_between(reply(PROMISE), asks)


def test_the_same_letter_in_another_form_is_no_evidence() -> None:
    again = reply(PROMISE)
    copy = paper("copy.txt", again.extraction.document.text.replace("感谢您的关心支持！", "感谢您的支持！"))
    assert not links_between(again, copy)


def test_one_sentence_may_be_evidence_for_two_promises() -> None:
    holder = reply("新购新能源公交车26辆。招聘乡村医生45名。")
    other = later("report", "新购新能源公交车27辆，乡村医生招聘到岗45名。")
    assert {link.commitment for link in links_between(holder, other)} == {0, 1}
    assert all(link.relation is Relation.FULFILS for link in links_between(holder, other))


def test_a_link_says_why_and_from_which_day_it_is_known() -> None:
    (link,) = links_to(PROMISE, reply(PROMISE), later("news", OPENED))
    assert link.day == date(2026, 1, 8)
    assert link.span.text == OPENED
    assert link.why[0].code == "says_done"
    assert any("公交枢纽站" in value for reason in link.why for value in reason.values)
    assert dict(link.scores)["wording"] > 0
    assert 0 < link.score < 1


def test_only_wanted_promises_are_looked_at_and_nothing_else_changes() -> None:
    holder, other = reply(PROMISE), later("news", OPENED)
    everything = links_between(holder, other)
    assert links_between(holder, other, [link.commitment for link in everything]) == everything
    assert links_between(holder, other, []) == ()


def test_an_office_above_is_only_proposed_and_only_where_the_promise_names_it() -> None:
    above = paper(
        "above.txt",
        "江苏省水利厅\n关于下达2025年中小河流治理资金的通知\n各设区市、县（市）水利局：\n"
        "现下达沭阳县新沂河支流治理资金3200万元。\n江苏省水利厅\n2025年4月2日\n",
    )
    named = "向省水利厅争取新沂河支流治理资金3000万元。"
    assert [link.certainty for link in links_to(named, reply(named), above)] == [Certainty.PROPOSED]
    assert not links_between(reply("争取新沂河支流治理资金3000万元。"), above)


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        ("延长至晚上9点半", {1290}),
        ("21:30闭馆", {1290}),
        ("早8时至傍晚六点", {480, 1080}),
        ("设立服务点3个", set()),
        ("第3点建议", set()),
        ("按6:4分担", set()),
        ("1:2000地形图", set()),
    ],
)
def test_times_of_day_are_read_however_they_are_written(words: str, minutes: set[int]) -> None:
    assert clocks_of(words) == minutes


def test_a_quarter_of_the_town_is_no_other_place_though_a_district_is_called_so() -> None:
    promise = "新增老年助餐点4家。"
    quarters = later("news", "城北4家老年助餐点都开了门。")
    assert [link.relation for link in links_to(promise, reply(promise), quarters)] == [Relation.FULFILS]
    elsewhere = later("news", "泗阳4家老年助餐点都开了门。")
    assert not links_to(promise, reply(promise), elsewhere)


def test_a_notice_of_what_was_achieved_reports_and_sets_no_rule() -> None:
    promise = "补植行道树3200株。"
    notice = paper(
        "notice.txt",
        "沭阳县城市更新2025年度实施情况公告\n现将2025年城市更新实施情况公告如下：\n"
        "补植国槐、栾树等行道树3450株。\n沭阳县人民政府\n2026年1月15日\n",
    )
    assert [link.relation for link in links_to(promise, reply(promise), notice)] == [Relation.FULFILS]


def test_a_rule_that_is_about_the_promise_is_trusted_more_than_one_of_a_whole_field() -> None:
    promise = "建立居家老人定期探访制度，每月探访不少于2次。"
    article = "第五条 对独居、空巢、留守老年人，探访人员每月上门或者电话探访不少于2次。"
    end = "第十二条 本办法自2025年6月1日起施行。\n沭阳县民政局\n2025年5月12日\n"
    about = paper("rules.txt", f"沭阳县居家老年人探访关爱服务实施办法\n{article}\n{end}")
    field = paper("rules.txt", f"沭阳县民政事业管理办法\n{article}\n{end}")
    assert links_to(promise, reply(promise), about)
    assert not links_to(promise, reply(promise), field)


def test_an_undated_rule_is_no_older_for_the_year_of_what_it_does_away_with() -> None:
    rule = paper(
        "rule.txt",
        "沭阳县渔船安全管理细则\n（沭阳县农业农村局修订发布）\n"
        "第一条 根据《渔业船舶条例》，结合工作实际，修订本细则。\n"
        "第二条 本县行政区域内的渔船，适用本细则。\n第九条 2017年公布的渔船安全管理细则同时废止。",
    )
    promise = "修订印发《沭阳县渔船安全管理细则》。"
    assert [link.relation for link in links_to(promise, reply(promise), rule)] == [Relation.FULFILS]


def test_a_notice_of_the_very_house_that_a_promise_names_is_about_it() -> None:
    notice = paper(
        "notice.txt",
        "沭阳县文博馆\n关于调整开放时间的公告\n原定5月1日起延时开放至21时的安排因人员不足暂缓执行。\n"
        "我馆开放时间仍为9:00至17:00。\n沭阳县文博馆\n2025年4月26日",
    )
    promise = "自2025年5月1日起，沭阳县文博馆延时开放至21时。"
    found = links_to(promise, reply(promise), notice)
    assert [(link.relation, link.certainty) for link in found] == [(Relation.CONTRADICTS, Certainty.SURE)]


@pytest.mark.parametrize(("heading", "relation"), [("绩效目标", "restates"), ("补助标准", "fulfils")])
def test_what_stands_under_goals_is_to_be_reached(heading: str, relation: str) -> None:
    text = (
        "沭阳县农业农村局\n关于拨付秸秆离田补助资金的通知\n沭农规〔2025〕6号\n各乡镇：\n现拨付秸秆离田补助资金。\n"
        f"一、{heading}。对秸秆离田经纪人按每吨40元给予补助。\n沭阳县农业农村局\n2025年6月9日"
    )
    promise = "对秸秆离田经纪人按每吨40元给予补助。"
    found = links_to(promise, reply(promise), paper("notice.txt", text))
    assert [link.relation.value for link in found] == [relation]


_STORY = "沭阳县：公交有新站\n沭阳县融媒体中心 {day}\n记者从县里了解到最新进展。{told}\n街坊们说，日子越过越方便。"


@pytest.mark.parametrize(
    ("day", "told", "relation"),
    [
        ("2025年10月8日", "城南公交枢纽站今年建成投用，换乘更方便。", Relation.FULFILS),
        ("2025年2月8日", "城南公交枢纽站今年建成投用，换乘更方便。", Relation.RESTATES),
        ("2025年2月8日", "在城南，今年第5座公交枢纽站建成投用。", Relation.FULFILS),
        ("2025年10月8日", "城南公交枢纽站年内建成投用，换乘更方便。", Relation.RESTATES),
    ],
)
def test_what_is_ended_this_year_is_done_but_in_its_first_months(day: str, told: str, relation: Relation) -> None:
    promise = "在城南建设公交枢纽站。"
    found = links_to(promise, reply(promise), paper("news.txt", _STORY.format(day=day, told=told)))
    assert [link.relation for link in found] == [relation]


@pytest.mark.parametrize(
    ("promise", "told"),
    [
        ("建成沭水公园智慧停车平台。", "沭水公园智慧停车平台建成上线。\n沭水公园智慧停车平台一期完成。"),
        (
            "在每个乡镇设立家庭医生工作室。",
            "乡镇家庭医生工作室挂牌成立，就诊方便了。\n其中6个乡镇的家庭医生工作室开诊。",
        ),
    ],
)
def test_where_one_passage_tells_what_is_missing_another_of_the_same_paper_keeps_nothing(
    promise: str, told: str
) -> None:
    found = links_to(promise, reply(promise), later("report", told))
    assert [link.relation for link in found] == [Relation.ADVANCES] * 2
    whole, _ = told.split("\n")
    assert [link.relation for link in links_to(promise, reply(promise), later("report", whole))] == [Relation.FULFILS]


def test_what_a_later_reply_promises_it_only_promises_again() -> None:
    again = paper(
        "again.txt",
        "沭阳县城市管理局\n关于县十八届人大四次会议第12号建议的答复\n李知秋代表：\n"
        "您提出的《关于治理油烟的建议》收悉，现答复如下：\n我局对餐饮油烟问题高度重视。"
        "要开展餐饮油烟集中整治，加密巡查。\n沭阳县城市管理局\n2025年6月20日",
    )
    promise = "开展餐饮油烟集中整治。"
    assert [link.relation for link in links_to(promise, reply(promise), again)] == [Relation.RESTATES]


@pytest.mark.parametrize(
    ("name", "promise"),
    [
        ("企业年度报告公示工作方案", "对餐饮企业开展年报信息抽查"),
        ("突发事件信息报告工作方案", "开展突发事件信息员轮训"),
    ],
)
def test_a_plan_about_reports_is_a_plan(name: str, promise: str) -> None:
    plan = paper("plan.txt", f"沭阳县{name}\n沭阳县人民政府办公室\n2025年1月20日\n一、职责分工\n{promise}，落实专人。")
    assert [link.relation for link in links_to(promise, reply(promise + "。"), plan)] == [Relation.RESTATES]


def test_a_province_speaks_of_the_whole_province_and_a_county_does_not() -> None:
    text = (
        "{place}林业局\n林提字〔2024〕31号\n关于政协第0318号提案的答复\n敖映泉委员：\n下一步，我们将着力做好以下工作："
        "到2025年底，建成古树公园100个。\n{place}林业局\n2024年6月26日"
    )
    told = "{place}：古树有了新家\n{place}林业局宣传中心 2026年1月8日\n全省古树公园已有81个，比去年增加23个。"
    found = {
        place: [
            link.relation
            for link in links_between(
                paper("a.txt", text.format(place=place)), paper("b.txt", told.format(place=place))
            )
        ]
        for place in ("江西省", "沭阳县")
    }
    assert found == {"江西省": [Relation.ADVANCES], "沭阳县": []}
