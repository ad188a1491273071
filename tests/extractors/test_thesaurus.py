"""The office thesaurus: what it makes findable, what it must not, and that it is well kept."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.meaning.thesaurus import NEAR, SAME, Group, fields, fields_of, office_thesaurus, thesaurus_of
from models.errors import LexiconError
from models.text import fold

FIELDS = fields()
FOUND = [pytest.param(*pair, id="-".join(pair)) for field in FIELDS for pair in field.examples]
MISSED = [pytest.param(*pair, id="-".join(pair)) for field in FIELDS for pair in field.not_examples]
GROUPS = [group for field in FIELDS for group in field.groups]


@pytest.mark.parametrize(("typed", "text"), FOUND)
def test_a_word_finds_what_says_the_same_in_other_words(typed: str, text: str) -> None:
    assert fold(typed) not in fold(text), "the example says it in the same words"
    assert office_thesaurus().answers(typed, text)


@pytest.mark.parametrize(("typed", "text"), MISSED)
def test_a_word_does_not_find_what_only_looks_alike(typed: str, text: str) -> None:
    assert not office_thesaurus().answers(typed, text)


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: f"{group.field}:{group.words[0]}")
def test_every_word_of_a_group_stands_for_the_others_and_leads_to_its_neighbours(group: Group) -> None:
    for word in group.words:
        (piece,) = office_thesaurus().cut(word)
        weights = {like.word: like.weight for like in piece.likes}
        assert all(weights[other] >= SAME for other in group.words if other != word and len(other) > 1)
        assert all(weights[other] >= NEAR for other in group.near)


def test_every_field_has_examples_both_ways_and_there_are_some_hundred_groups() -> None:
    assert all(field.examples and field.not_examples for field in FIELDS)
    assert len(GROUPS) >= 400


def test_no_group_says_a_word_twice() -> None:
    for group in GROUPS:
        twice = [word for word, times in Counter((*group.words, *group.near)).items() if times > 1]
        assert not twice, f"{group.field}: {group.words[0]}: {twice}"


@pytest.mark.parametrize(
    ("typed", "pieces"),
    [
        ("停车位", ["停车位"]),
        ("利息补助", ["利息补助"]),
        ("养殖许可证", ["养殖", "许可证"]),
        ("柿子坪停车难", ["柿子坪", "停车难"]),
        ("APP", ["app"]),
        ("", []),
    ],
)
def test_a_typed_word_is_cut_into_the_longest_known_pieces(typed: str, pieces: list[str]) -> None:
    assert [piece.text for piece in office_thesaurus().cut(typed)] == pieces


@given(st.text(max_size=30))
def test_the_pieces_are_the_word_again(typed: str) -> None:
    assert "".join(piece.text for piece in office_thesaurus().cut(typed)) == fold(typed).lower()


def test_a_neighbour_counts_less_than_a_word_of_the_same_group() -> None:
    small = thesaurus_of([Group("traffic", ("车位", "泊位"), ("停车场",), None, 1.0)])
    assert {like.word: like.weight for like in small.cut("车位")[0].likes} == {"泊位": SAME, "停车场": NEAR}
    assert {like.word: like.weight for like in small.cut("停车场")[0].likes} == {"车位": NEAR, "泊位": NEAR}


def test_a_single_character_leads_to_words_and_nothing_leads_to_it() -> None:
    small = thesaurus_of([Group("traffic", ("桥", "桥梁", "大桥"), (), None, 1.0)])
    assert [like.word for like in small.cut("桥")[0].likes] == ["桥梁", "大桥"]
    assert [like.word for like in small.cut("桥梁")[0].likes] == ["大桥"]


def test_a_group_that_cannot_be_read_is_named() -> None:
    broken = {"groups": {"traffic": {"examples": [], "not_examples": [], "groups": [{"words": ["x"], "pattern": "("}]}}}
    with pytest.raises(LexiconError, match=r"traffic: .*'x'"):
        fields_of(broken)
