"""A look at the edge of a pattern spares searches, and never hides what the pattern would find."""

from __future__ import annotations

import re

import pytest

from extractors import lexicon
from extractors.figures import conditions, indicators
from extractors.lexicon.openings import endings, skipping

# What the lexicon itself gives as examples, both ways, and all that begins as they do: thousands of different ends.
EXAMPLES = sorted(
    {
        example
        for name in lexicon.names()
        for entry in lexicon.load(name)
        for example in entry.examples + entry.not_examples
    }
)
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
