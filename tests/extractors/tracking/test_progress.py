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
from extractors.tracking.units import same_unit
from models.documents import Document
from models.evidence import Paper, Progress
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
    found = progress_between(holder, other)
    wanted = [
        (target, actual, None if ratio is None else Decimal(str(ratio)), str(day))
        for target, actual, ratio, day, _ in case["expected"]
    ]
    assert [told(one, holder, other) for one in found] == wanted
    for one, (*_, mark) in zip(found, case["expected"], strict=True):
        assert mark == str(one.certainty) or mark in one.flags


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
    ("name", "places"),
    [("白驼镇新建公厕", {"白驼镇"}), ("全县新建公厕", set()), ("鲜花市场抽检", set()), ("返乡青年占比", set()),
     ("社区老年食堂", set()), ("秦亭镇、红堡镇幸福院", {"秦亭镇", "红堡镇"}), ("清水县充电桩", set())],
)  # fmt: skip
def test_a_name_is_limited_to_the_places_that_it_says(name: str, places: set[str]) -> None:
    assert places_in(name, PLACE) == frozenset(places)
