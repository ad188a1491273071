"""Which passages of a later paper can concern a promise: by the letter, the ministry, the town, the condition."""

from __future__ import annotations

import pytest

from extractors.tracking.links import links_between
from extractors.tracking.spots import other_spot, spots_in
from models.evidence import Certainty, Relation
from models.text import fold
from tests.extractors.tracking.papers import later, paper, reply

REPORT = """沭阳县发展和改革局
关于2024年县人大代表建议承诺事项办理情况的报告
县人大常委会：
现将承诺事项办理情况报告如下：
一、第{number}号建议（民生实事）
城南公交枢纽站建成投用，五条线路在此换乘。
沭阳县发展和改革局
2026年1月8日
"""
PROMISE = "在城南建设公交枢纽站一座。"


@pytest.mark.parametrize(("number", "links"), [("056", 1), ("56", 1), ("012、056", 1), ("077", 0)])
def test_what_stands_under_another_letters_number_is_no_evidence(number: str, links: int) -> None:
    found = links_between(reply(PROMISE, siblings=""), paper("report.txt", REPORT.format(number=number)))
    assert len(found) == links


def test_news_of_the_condition_alone_does_not_keep_the_promise() -> None:
    holder = reply("待省级渔港专项资金下达后，改造渔民码头的照明设施。", siblings="")
    assert not links_between(holder, later("report", "省级渔港专项资金已经下达我县。"))
    (link,) = links_between(holder, later("report", "渔民码头照明设施改造完成，装灯86盏。"))
    assert link.relation is Relation.FULFILS


MINISTRY = """国家林业和草原局
对十四届全国人大二次会议第5120号建议的答复
您提出的《关于加强古树名木保护的建议》收悉，现答复如下：
下一步，我局将于2025年底前完成全国古树名木补充普查，并公布普查结果。
国家林业和草原局
2024年7月3日
"""
OFFICE = """国家林业和草原局办公室
关于古树名木工作进展的通报
全国古树名木补充普查全面完成，普查结果12月20日公布。
国家林业和草原局办公室
2026年1月6日
"""
PROVINCE = """江西省林业局
关于古树名木保护工作情况的报告
国家林业和草原局：
全省古树名木补充普查全面完成，普查结果12月20日公布。
江西省林业局
2026年1月6日
"""


def test_a_ministrys_promise_is_kept_by_its_own_papers_and_by_no_provinces() -> None:
    holder = paper("reply.txt", MINISTRY)
    assert [link.relation for link in links_between(holder, paper("office.txt", OFFICE))][:1] == [Relation.FULFILS]
    assert not links_between(holder, paper("province.txt", PROVINCE))


@pytest.mark.parametrize(
    ("promise", "shown", "other"),
    [
        ("在低庄、北斗溪两镇试行送餐到户", "龙潭镇的志愿者给失能老人送饭", "龙潭"),
        ("在低庄、北斗溪两镇试行送餐到户", "北斗溪的老人吃上了热饭", None),
        ("对桑墟镇敬老院实施消防改造", "龙庙镇敬老院消防改造通过验收", "龙庙"),
        ("对桑墟镇敬老院实施消防改造", "敬老院消防改造通过验收", None),
        ("为全县各镇配备洒水车", "龙庙镇配备洒水车两辆", None),
        ("改造农村户厕600户", "塘沟镇改厕80户", None),
    ],
)
def test_a_passage_on_another_town_is_told_apart(promise: str, shown: str, other: str | None) -> None:
    assert other_spot(promise, shown, None) == other


def test_kinds_and_words_are_no_names() -> None:
    assert not spots_in(fold("建设农贸市场、湿地公园，覆盖农村和中心小学，部分乡镇"))


def test_rows_of_a_table_without_numbers_tell_something_too() -> None:
    table = later("report", "事项｜进展｜状态\n公交枢纽站｜城南公交枢纽站建成投用，五条线路换乘｜已完成")
    found = links_between(reply(PROMISE), table)
    assert [(link.relation, link.certainty) for link in found] == [(Relation.FULFILS, Certainty.SURE)]
