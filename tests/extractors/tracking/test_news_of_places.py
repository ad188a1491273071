"""Whose news it is, where a paper's head names another division than the reply's."""

from __future__ import annotations

import pytest

from extractors.tracking.jurisdiction import may_follow
from extractors.tracking.prepared import prepare
from tests.extractors.tracking.papers import paper, reply

PROMISE = "年底前改造山塘36口。"
OPENED = "今年以来改造山塘38口，灌溉条件明显改善。"


@pytest.mark.parametrize(
    ("place", "news", "follows"),
    [
        ("沭阳县", "莒南县：山塘蓄满了水\n2026年1月8日\n莒南与江苏沭阳相距不远。莒南县" + OPENED, False),
        ("沭阳县", "宿迁：山塘蓄满了水\n2026年1月8日\n放眼宿迁，沭阳、泗阳等地走在前面，宿迁市" + OPENED, False),
        ("沭阳县", "沭阳的山塘\n宿迁日报 2026年1月8日\n入冬后的沭阳，水利人没有闲着。" + OPENED, True),
        ("宿迁市", "山塘蓄满了水\n宿迁日报 2026年1月8日\n在泗洪县魏营镇，塘坝焕然一新。" + OPENED, True),
        ("宿迁市", "宿迁市泗洪县：山塘蓄满了水\n2026年1月8日\n宿迁市泗洪县水利人没有闲着。" + OPENED, False),
        ("宿迁市", "泗洪：山塘蓄满了水\n2026年1月8日\n全市" + OPENED, True),
    ],
    ids=["next door", "all of the city", "the city's daily on us", "on a county of ours", "that county's own", "全市"],
)
def test_news_is_of_the_division_that_it_names_again_and_again(place: str, news: str, follows: bool) -> None:
    holder, later = reply(PROMISE, place=place), paper("news.txt", news)
    assert bool(may_follow(prepare(holder), prepare(later))) is follows
