"""A look at the edge of a pattern spares searches, and never hides what the pattern would find."""

from __future__ import annotations

import re

import pytest

from corpus.gold.records import Split, read_gold
from extractors import lexicon
from extractors.figures import conditions, indicators
from extractors.lexicon.leading import alternatives_of
from extractors.lexicon.openings import dispatched, endings, openings_of, skipping
from extractors.numbers.time_grammar import forms_at, grammar
from models.text import fold

# What the lexicon itself gives as examples, both ways, and all that begins as they do: thousands of different ends.
EXAMPLES = sorted(
    {
        example
        for name in lexicon.names()
        for entry in lexicon.load(name)
        for example in entry.examples + entry.not_examples
    }
)
LETTERS = [fold(one.text) for split in (Split.TRAIN, Split.DEV) for one in read_gold(split=split)]
TEXTS = sorted({example[:end] for example in EXAMPLES for end in range(1, len(example) + 1)})


@pytest.mark.parametrize(
    ("pattern", "ends"),
    [
        pytest.param(indicators._BACK, indicators._BACK_ENDS, id="verbs that lead to a number"),
        pytest.param(conditions._LIMITS, conditions._LIMIT_ENDS, id="bounds"),
    ],
)
def test_a_text_with_another_ending_is_never_found(pattern: re.Pattern[str], ends: frozenset[str]) -> None:
    found = [text for text in TEXTS if pattern.search(text)]
    assert found
    assert [text for text in found if text[-1:] not in ends] == []


@pytest.mark.parametrize("pattern", ["为$|累计", "共?$", r"\d$", "[^,]$", "计$|(?:共|总)"])
def test_a_pattern_that_any_text_may_end_as_has_no_endings(pattern: str) -> None:
    with pytest.raises(ValueError, match="any text"):
        endings(pattern)


def test_a_line_feed_behind_the_last_character_hides_nothing() -> None:
    assert re.search("为$", "增加为\n")
    assert "\n" in endings("为$")


@pytest.mark.parametrize("pattern", ["(?:还|尚)未|暂缓", r"(?<=已)[\d一二]{1,3}年|\s?内", "(?:不|未)?能|难以"])
def test_looking_at_the_first_character_changes_no_match(pattern: str) -> None:
    plain, quick = re.compile(pattern), re.compile(skipping(pattern))
    for text in EXAMPLES:
        assert [found.span() for found in plain.finditer(text)] == [found.span() for found in quick.finditer(text)]


def _meanings() -> list[tuple[str, str, list[str]]]:
    """All that a lexicon file has of one meaning: file, meaning, patterns."""
    found: dict[tuple[str, str], list[str]] = {}
    for name in lexicon.names():
        for entry in lexicon.load(name):
            found.setdefault((name, entry.meaning), []).append(entry.regex)
    return [(name, meaning, patterns) for (name, meaning), patterns in found.items()]


def test_many_alternatives_in_groups_find_what_they_find_one_after_the_other() -> None:
    """In all annotated letters, and in all examples of the lexicon, with every list of patterns that it has."""
    grouped = 0
    for name, meaning, patterns in _meanings():
        plain = "|".join(patterns)
        if len(alternatives_of(plain)) < 31 or "(?P<" in plain or "(?m)" in plain:
            continue
        grouped += 1
        slow, quick = re.compile(plain), re.compile(skipping(plain))
        for text in (*LETTERS, *EXAMPLES):
            found = [one.span() for one in quick.finditer(text)]
            assert found == [one.span() for one in slow.finditer(text)], f"{name} {meaning}: {text[:40]}"
    assert grouped > 10


@pytest.mark.parametrize(
    ("alternatives", "text"),
    [
        pytest.param(["一起", "一", r"\d+", "[一二]成"], "一起二成一成12", id="the first of two that begin alike"),
        pytest.param([r"\d日", "3月", "[^,]年"], "3月3日3年", id="a digit is any digit"),
        pytest.param([r"\s?内", "年内", "(?:今)?年"], "今年 内年内", id="what may begin with nothing else"),
    ],
)
def test_alternatives_apart_by_their_first_character_find_the_same(alternatives: list[str], text: str) -> None:
    slow, quick = re.compile("|".join(alternatives)), re.compile(dispatched(alternatives, r"\d", "一二"))
    assert [one.span() for one in quick.finditer(text)] == [one.span() for one in slow.finditer(text)] != []


def test_the_order_of_alternatives_that_begin_alike_is_kept_in_groups() -> None:
    many = [f"{chr(0x4E00 + at)}甲" for at in range(40)]
    pattern = "|".join(["丁乙丙", *many, "丁乙", "[丁戊]乙丙丁", r"\d个", "1个月"])
    slow, quick = re.compile(pattern), re.compile(skipping(pattern))
    text = "丁乙丙丁,戊乙丙丁,1个月,丁乙"
    assert quick.pattern != pattern
    assert [one[0] for one in quick.finditer(text)] == [one[0] for one in slow.finditer(text)] != []


def test_no_form_of_a_time_is_passed_over_where_it_may_begin() -> None:
    trigger, forms = grammar().trigger, grammar().forms
    matched = 0
    for text in (*LETTERS, *EXAMPLES):
        for hit in trigger.finditer(text):
            asked = forms_at(text[hit.start()])
            found = [form for form in forms if form[1].match(text, hit.start())]
            assert set(found) <= set(asked)
            matched += len(found)
    assert matched > 1000


def test_a_pattern_that_may_begin_with_anything_has_no_openings() -> None:
    assert openings_of("[^,]缓|暂缓") is None
    assert openings_of("(?:还)?") is None
