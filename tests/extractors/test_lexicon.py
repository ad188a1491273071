"""Every rule file is right about its own examples, both ways."""

from __future__ import annotations

import re

import pytest

from extractors import lexicon
from extractors.headings import union
from extractors.lexicon.openings import skipping
from models.text import fold

ENTRIES = [pytest.param(entry, id=f"{name}:{entry.id}") for name in lexicon.names() for entry in lexicon.load(name)]


@pytest.mark.parametrize("entry", ENTRIES)
def test_an_entry_matches_its_examples_and_none_of_its_near_misses(entry: lexicon.Entry) -> None:
    assert entry.examples, "an entry without an example explains nothing"
    for example in entry.examples:
        assert entry.pattern.search(fold(example)), f"{entry.id} misses its own example {example!r}"
    for near_miss in entry.not_examples:
        assert not entry.pattern.search(fold(near_miss)), f"{entry.id} takes {near_miss!r}"


@pytest.mark.parametrize("name", lexicon.names())
def test_the_ids_of_a_file_are_unique_and_every_rule_names_its_source(name: str) -> None:
    ids = [entry.id for entry in lexicon.load(name)]
    assert len(ids) == len(set(ids))
    assert all(entry.source for entry in lexicon.load(name))


JOINED = ("declined", "lead_ins", "strength", "tense", "zones")  # files whose entries are looked for together
MEANINGS = sorted({(name, entry.meaning) for name in JOINED for entry in lexicon.load(name)})


@pytest.mark.parametrize(("name", "meaning"), MEANINGS)
def test_a_look_at_the_first_character_changes_nothing_that_is_found(name: str, meaning: str) -> None:
    entries = [entry for entry in lexicon.load(name) if entry.meaning == meaning]
    plain = re.compile("|".join(entry.regex for entry in entries))
    for words in (words for entry in entries for words in (*entry.examples, *entry.not_examples)):
        text = fold(f"此前，{words}。" + words)
        assert [found.span() for found in union(name, meaning).finditer(text)] == [
            found.span() for found in plain.finditer(text)
        ]


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param("暂缓|不予", id="literals: the engine skips ahead by itself"),
        pytest.param("(?:还|尚)?", id="it may match nothing"),
        pytest.param("[^,]缓|(?:还)未", id="it may begin with nearly anything"),
        pytest.param("^(?:还|尚)未", id="it stands at the beginning"),
        pytest.param("[一-龥]{2}局", id="a range that says too little"),
    ],
)
def test_no_look_is_put_in_front_where_it_would_not_help(pattern: str) -> None:
    assert skipping(pattern) == pattern
