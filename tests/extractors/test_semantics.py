"""What is learned from sentences about nearness in meaning."""

from __future__ import annotations

import numpy as np
import pytest

from extractors.meaning.semantics import FEWEST, Space, learn

WATER = ["滴灌管道铺到果园", "果园滴灌节水", "果园里用上水肥机", "水肥机配到合作社的果园"]
BUS = ["公交线路延长到医院", "医院门前公交站增加班次", "公交班次加密", "夜间公交开到医院"]
TEXTS = [f"{text}{count}处" for count in range(1, 11) for text in (*WATER, *BUS)]


@pytest.fixture(scope="module")
def learned() -> Space:
    """What the texts teach."""
    space = learn(TEXTS, dimensions=2)
    assert space is not None
    return space


def test_words_that_stand_in_the_same_sentences_come_near_each_other(learned: Space) -> None:
    asked = learned.nearness()("滴灌")
    assert asked is not None
    same, near, far = asked(["滴灌", "水肥机", "公交班次"])
    assert same == pytest.approx(1.0)
    assert 1 > near > 0.2 > far >= 0


def test_nothing_is_near_a_query_of_which_nothing_is_known(learned: Space) -> None:
    assert learned.nearness()("龘靐 2026") is None


def test_a_text_of_which_nothing_is_known_is_near_nothing(learned: Space) -> None:
    asked = learned.nearness()("滴灌")
    assert asked is not None
    assert asked(["", "1500", "龘"]) == [0, 0, 0]


def test_the_same_texts_teach_the_same(learned: Space) -> None:
    again = learn(TEXTS, dimensions=2)
    assert again is not None
    assert again.grams == learned.grams
    assert np.array_equal(again.places, learned.places)


@pytest.mark.parametrize("texts", [[], TEXTS[: FEWEST - 1], [""] * FEWEST, ["123。"] * FEWEST])
def test_too_few_words_teach_nothing(texts: list[str]) -> None:
    assert learn(texts) is None
