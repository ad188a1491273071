"""Alarms: each kind where it must ring, and next to it where it must not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from extractors.pipeline import extract
from extractors.tracking.alarms import alarms_of
from extractors.tracking.links import links_between
from extractors.tracking.progress import progress_between
from extractors.tracking.result_class import meaning_of
from models.documents import Document
from models.evidence import Alarm, AlarmCode, Between, Paper
from models.ids import DocumentId

CASES = yaml.safe_load((Path(__file__).parents[2] / "cases" / "alarms.yaml").read_text(encoding="utf-8"))
PLACE = "清水县"


def paper(name: str, text: str) -> Paper:
    """A document as tracking reads it."""
    return Paper(DocumentId(name), extract(Document(f"{name}.txt", "txt", text)))


def letter(body: str, date: str, result: str = "B", place: str = PLACE, number: int = 17, title: str = "答复") -> str:
    """A reply of a county bureau to a deputy's suggestion."""
    return (
        f"{place}发展和改革局\n办理结果：{result}\n关于{place}十八届人大三次会议第{number}号建议的{title}\n"
        f"苗玉琴代表：\n您提出的《关于补齐民生短板的建议（{number}）》收悉，现答复如下：\n{body}\n"
        f"感谢您对我们工作的关心支持。\n{place}发展和改革局\n{date}\n"
    )


def later(kind: str, date: str, body: str, place: str = PLACE) -> str:
    """A later paper of one kind."""
    bureau = f"{place}发展和改革局"
    if kind == "second_reply":
        return letter(body, date, "A", place, title="续办情况的答复")
    if kind == "earlier_reply":
        return letter(body, date, place=place, number=52)
    if kind == "plan":
        title = f"{place}人民政府办公室\n关于印发{place}民生补短板实施方案的通知\n各乡镇人民政府，县政府有关部门：\n"
        return f"{title}{body}\n{place}人民政府办公室\n{date}\n"
    if kind == "notice":
        return f"{bureau}\n关于调整有关民生实事安排的通知\n各有关单位：\n{body}\n{bureau}\n{date}\n"
    if kind == "progress_report":
        title = "关于2024年县人大代表建议第17号承诺事项办理情况的报告"
        return f"{bureau}\n{title}\n县人大常委会：\n{body}\n{bureau}\n{date}\n"
    return f"{place}民生实事见成效\n{place}融媒体中心 {date}\n{body}\n"


def found(case: dict[str, Any]) -> list[Alarm]:
    """The alarms of a case's code."""
    reply = paper("reply", letter(case["reply"], case.get("date", "2024年5月16日"), case.get("class", "B")))
    papers = [paper(f"later{at}", later(**one)) for at, one in enumerate(case.get("later", []))]
    before = [paper(f"earlier{at}", later(**one)) for at, one in enumerate(case.get("earlier", []))]
    between = [Between(reply, one, links_between(reply, one), progress_between(reply, one)) for one in papers]
    alarms = alarms_of(reply, between, before, case.get("meanings"))
    for alarm in alarms:
        assert_quoted(alarm, [reply, *papers, *before])
    return [alarm for alarm in alarms if alarm.code == case["code"]]


def assert_quoted(alarm: Alarm, papers: list[Paper]) -> None:
    """Both sides stand in their documents: the promise's words first, then the other's."""
    texts = {one.id: one.extraction.document.text for one in papers}
    first, *rest = alarm.spans
    assert texts[DocumentId("reply")][first.start : first.end] == first.text
    for span in rest:
        assert alarm.other is not None
        assert texts[alarm.other][span.start : span.end] == span.text
    assert bool(rest) is (alarm.other is not None)


@pytest.mark.parametrize("case", [pytest.param(case, id=f"{case['code']}: {case['id']}") for case in CASES])
def test_an_alarm_rings_where_it_must_and_nowhere_else(case: dict[str, Any]) -> None:
    got = [(*alarm.values, str(alarm.certainty)) for alarm in found(case)]
    wanted = [tuple(map(str, one)) for one in case["expected"]]
    assert [one[:-1] for one in got] == [one[:-1] for one in wanted]
    assert all(mine[-1] in ("any", theirs[-1]) for mine, theirs in zip(wanted, got, strict=True))


def test_every_code_has_two_cases_and_two_near_misses() -> None:
    for code in AlarmCode:
        expected = [bool(case["expected"]) for case in CASES if case["code"] == code]
        assert expected.count(True) >= 2, code
        assert expected.count(False) >= 2, code


@pytest.mark.parametrize(
    ("printed", "meaning"),
    [("A", "solved"), ("Ａ类", "solved"), ("甲", "solved"), ("B1", "planned"), ("计划解决", "planned"),
     ("部分解决", "partly"), ("留作参考", "reference"), ("丁", "reference"), ("特", None), (None, None)],
)  # fmt: skip
def test_a_class_means_what_the_usual_scheme_says(printed: str | None, meaning: str | None) -> None:
    assert meaning_of(printed) == meaning


def test_nothing_known_of_later_papers_is_no_alarm() -> None:
    reply = paper("reply", letter("2024年底前，在城关片区新建公共厕所28座。", "2024年5月16日"))
    assert alarms_of(reply, [], []) == ()
