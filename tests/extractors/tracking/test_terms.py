"""What the index is asked for."""

from __future__ import annotations

from extractors.tracking.terms import passage_terms, promise_terms
from tests.extractors.tracking.papers import later, reply

PROMISE = "年底前印发《绿春湖湿地巡护办法》，在绿春湖设立鸟类观测站3处。"


def test_a_promise_is_looked_for_by_its_titles_first_then_by_telling_words() -> None:
    terms = promise_terms(reply(PROMISE), 0)
    assert terms[0] == "绿春湖湿地巡护办法"
    assert "鸟类" in terms
    assert not {"沭阳县", "年底", "3"} & set(terms)


def test_a_passage_is_looked_for_by_the_words_that_it_shares_with_its_promise() -> None:
    other = later("news", "鸟类观测站落户湖畔，志愿者轮流值守。")
    units = [unit.index for unit in other.extraction.units if "鸟类" in unit.span.text]
    assert "鸟类" in passage_terms(other, units[0])


def test_nobody_asks_for_more_words_than_wanted() -> None:
    assert len(promise_terms(reply(PROMISE), 0, most=2)) == 2
    assert promise_terms(reply(PROMISE), 99) == ()
