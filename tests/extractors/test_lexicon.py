"""Every rule file is right about its own examples, both ways."""

from __future__ import annotations

import pytest

from extractors import lexicon
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
