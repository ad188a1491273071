"""Promises whose parts are told over several papers."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from extractors.tracking.links import links_between
from extractors.tracking.progress import progress_between
from extractors.tracking.together import together
from models.evidence import COMPLETES, Between, Paper, Relation
from tests.extractors.tracking.papers import later, paper, reply

FAIR_AND_MARK = "注册“沭水花木”集体商标，年内在南京举办花木展销会1场。"
TWO_YEARS = "两年内改造乡镇卫生院发热门诊40处。"


def found(promise: str, papers: Sequence[tuple[str, str]]) -> list[Between]:
    """What some papers (their day and their sentence) show of one promise."""
    letter = reply(promise)
    return [_between(letter, news(day, sentence)) for day, sentence in papers]


def news(day: str, sentence: str) -> Paper:
    text = later("news", sentence).extraction.document.text.replace("2026年1月8日", day)
    return paper(f"{day}.txt", text)


def _between(letter: Paper, other: Paper) -> Between:
    links = links_between(letter, other)
    return Between(letter, other, links, progress_between(letter, other, links=links))


def relations(between: Sequence[Between]) -> list[Relation]:
    return [link.relation for each in between for link in each.links if link.commitment == 0]


@pytest.mark.parametrize(
    ("promise", "papers", "expected"),
    [
        pytest.param(
            FAIR_AND_MARK,
            [("2024年11月20日", "沭阳县在南京举办花木展销会1场。"), ("2025年3月2日", "“沭水花木”集体商标完成注册。")],
            [Relation.ADVANCES, Relation.FULFILS],
            id="one thing, then the other",
        ),
        pytest.param(
            FAIR_AND_MARK,
            [
                ("2024年11月20日", "沭阳县在南京举办花木展销会1场。"),
                ("2025年3月2日", "“沭水花木”集体商标正在申请注册。"),
            ],
            [Relation.ADVANCES, Relation.ADVANCES],
            id="one thing, the other under way",
        ),
        pytest.param(
            TWO_YEARS,
            [
                ("2024年12月28日", "2024年，改造乡镇卫生院发热门诊19处。"),
                ("2025年12月26日", "2025年，改造乡镇卫生院发热门诊22处。"),
            ],
            [Relation.ADVANCES, Relation.FULFILS],
            id="two years that add up",
        ),
        pytest.param(
            TWO_YEARS,
            [
                ("2024年12月28日", "2024年，改造乡镇卫生院发热门诊19处。"),
                ("2025年12月26日", "2025年，改造乡镇卫生院发热门诊11处。"),
            ],
            [Relation.ADVANCES, Relation.ADVANCES],
            id="two years that don't",
        ),
    ],
)
def test_the_last_part_completes_a_promise(
    promise: str, papers: Sequence[tuple[str, str]], expected: list[Relation]
) -> None:
    assert relations(together(found(promise, papers))) == expected


def test_a_link_completes_nothing_any_more_when_the_other_part_is_gone() -> None:
    told = [("2024年11月20日", "沭阳县在南京举办花木展销会1场。"), ("2025年3月2日", "“沭水花木”集体商标完成注册。")]
    both = together(found(FAIR_AND_MARK, told))
    assert COMPLETES in both[1].links[0].flags
    alone = together(both[1:])
    assert relations(alone) == [Relation.ADVANCES]
    assert COMPLETES not in alone[0].links[0].flags
    assert together(both) == both
