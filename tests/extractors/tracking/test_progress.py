"""Progress: which later numbers report on which targets, how far they are, and what is never equated silently."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from extractors.pipeline import extract
from extractors.tracking.counted import places_in
from extractors.tracking.progress import progress_between
from extractors.tracking.units import loosely_same, same_unit
from models.documents import Document
from models.evidence import Certainty, Link, Paper, Progress, Relation
from models.ids import DocumentId

CASES = yaml.safe_load((Path(__file__).parents[2] / "cases" / "progress.yaml").read_text(encoding="utf-8"))
PLACE = "清水县"


def paper(name: str, text: str) -> Paper:
    """A document as tracking reads it."""
    return Paper(DocumentId(name), extract(Document(f"{name}.txt", "txt", text)))


def letter(body: str) -> Paper:
    """A reply of a county bureau that promises `body` from now on."""
    return paper(
        "reply",
        f"{PLACE}发展和改革局\n关于{PLACE}十八届人大三次会议第17号建议的答复\n苗玉琴代表：\n"
        f"您提出的《关于补齐民生短板的建议》收悉，现答复如下：\n一、下一步工作打算\n{body}\n"
        f"{PLACE}发展和改革局\n2024年5月16日\n",
    )


def later(kind: str, date: str, body: str, place: str = PLACE) -> Paper:
    """A later paper of one kind."""
    bureau = f"{place}发展和改革局"
    if kind == "plan":
        title = f"{place}人民政府办公室\n关于印发{place}民生补短板实施方案的通知\n各乡镇人民政府，县政府有关部门：\n"
        return paper("later", f"{title}{body}\n{place}人民政府办公室\n{date}\n")
    if kind == "progress_report":
        title = f"{bureau}\n关于2024年县人大代表建议承诺事项办理情况的报告\n县人大常委会：\n"
        return paper("later", f"{title}{body}\n{bureau}\n{date}\n")
    return paper("later", f"{place}民生实事见成效\n{place}融媒体中心 {date}\n{body}\n")


def told(one: Progress, holder: Paper, other: Paper) -> tuple[str, str, Decimal | None, str]:
    """A progress in the words of a case."""
    target, actual = holder.extraction.quantities[one.target], other.extraction.quantities[one.actual]
    return target.span.text, actual.span.text, one.ratio, str(one.day)


@pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in CASES])
def test_a_later_number_reports_on_the_target_that_it_is_about(case: dict[str, Any]) -> None:
    holder, other = letter(case["reply"]), later(**case["later"])
    found = progress_between(holder, other, links=() if case.get("links_known") else None)
    wanted = [
        (target, actual, None if ratio is None else Decimal(str(ratio)), str(day))
        for target, actual, ratio, day, _ in case["expected"]
    ]
    assert [told(one, holder, other) for one in found] == wanted
    for one, (*_, mark) in zip(found, case["expected"], strict=True):
        assert mark == str(one.certainty) or mark in one.flags
    names = [reason.values[0] for one in found for reason in one.why if reason.code == "same_indicator"]
    assert names == case.get("names", names)


def test_only_the_wanted_targets_are_told() -> None:
    holder = letter("2024年底前，新建公共厕所28座，改造农村危房400户。")
    other = later("news", "2025年1月9日", "2024年新建公共厕所28座，改造农村危房390户。")
    everything = progress_between(holder, other)
    assert [one.target for one in everything] == [0, 1]
    assert progress_between(holder, other, wanted=[1]) == everything[1:]


def test_a_paper_of_before_reports_nothing() -> None:
    holder = letter("2024年底前，新建公共厕所28座。")
    assert progress_between(holder, later("news", "2024年1月9日", "目前，全县新建公共厕所12座。")) == ()


def test_news_holds_no_targets() -> None:
    news = later("news", "2024年1月9日", "到2025年底，全县公共充电桩将达到420个。")
    assert progress_between(news, letter("目前，全县公共充电桩达到300个。")) == ()


@pytest.mark.parametrize(
    ("own", "other", "factor"),
    [("个", "家", "1"), ("名", "人", "1"), ("公里", "千米", "1"), ("亩", "公顷", "15"), ("公里", "米", "0.001"),
     ("个工作日", "天", None), ("%", "个百分点", None), ("座", "元", None), ("个（家）", "个", "1")],
)  # fmt: skip
def test_units_count_alike_or_not_at_all(own: str, other: str, factor: str | None) -> None:
    same = same_unit(own, other)
    assert (None if same is None else round(same.factor, 4)) == (None if factor is None else Decimal(factor))


@pytest.mark.parametrize(
    ("own", "other", "told"),
    [("名", "对", "differs"), ("个", "人", "differs"), ("户", "亩", None), ("米", "公里", "converted")],
)  # fmt: skip
def test_pieces_of_another_kind_may_be_counted_and_no_measures(own: str, other: str, told: str | None) -> None:
    same = loosely_same(own, other)
    assert (same and same.told) == told


@pytest.mark.parametrize(
    ("promised", "reported", "name"),
    [
        ("到2025年底，全县病虫率降到3%以下。", "2025年6月，稻瘟病平均病虫率为2.6%。", "稻瘟病平均病虫率"),
        ("今年新增床位900张，其中护理床位600张。", "2024年新增床位910张，其中护理床位610张。", "2024年新增护理床位"),
        (
            "2025年底前，5万户城区用户全部用上智能电表。",
            "目前，4.1万户城区用户用上智能电表。",
            "用上智能电表的城区用户",
        ),
        ("年内布设地质灾害监测点90个。", "2024年布设地质灾害监测点88个。", "地质灾害监测点"),
    ],
)
def test_both_share_the_name_that_a_reader_would_give(promised: str, reported: str, name: str) -> None:
    found = progress_between(letter(promised), later("progress_report", "2025年7月20日", reported))
    assert name in {one.why[0].values[0] for one in found}


def test_evidence_in_other_words_brings_its_number() -> None:
    holder = letter("2025年底前，选派26名青年匠人拜师学艺。")
    other = later("news", "2025年7月11日", "拜帖一递，26对师徒当场结对。")
    assert progress_between(holder, other) == ()
    unit = next(one for one in other.extraction.units if "26对" in one.span.text)
    link = Link(0, unit.index, unit.span, Relation.FULFILS, Certainty.SURE, None, 1.0, (), ())
    (found,) = progress_between(holder, other, links=[link])
    assert (found.ratio, found.certainty) == (1, Certainty.PROPOSED)
    assert "unit_differs" in found.flags


@pytest.mark.parametrize(
    ("name", "places"),
    [("白驼镇新建公厕", {"白驼镇"}), ("全县新建公厕", set()), ("鲜花市场抽检", set()), ("返乡青年占比", set()),
     ("社区老年食堂", set()), ("秦亭镇、红堡镇幸福院", {"秦亭镇", "红堡镇"}), ("清水县充电桩", set())],
)  # fmt: skip
def test_a_name_is_limited_to_the_places_that_it_says(name: str, places: set[str]) -> None:
    assert places_in(name, PLACE) == frozenset(places)
