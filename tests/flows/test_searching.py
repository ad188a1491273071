"""The search as the office has it, measured on queries that were written before it was tuned.

Half of the words typed there aren't in the texts. Held-out queries give totals alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.bench_quality import figures, fill, queries
from flows.searching import search_in
from models.search import search
from models.store import Store, open_store

FLOORS = {"dev": (0.97, 0.93), "heldout": (0.97, 0.90)}  # recall and mean reciprocal rank among ten


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Path]]:
    """All letters that the queries are about in one register, and what was learned from them."""
    folder = tmp_path_factory.mktemp("office")
    with open_store(f"sqlite:///{folder}/duban.db") as store:
        fill(store, folder)
        yield store, folder


@pytest.mark.parametrize("part", FLOORS)
def test_queries_in_an_officers_words_find_what_answers_them(office: tuple[Store, Path], part: str) -> None:
    store, folder = office
    asked = queries(part)
    found = [[hit.text for hit in search_in(store, query, limit=10, data_dir=folder).hits] for query, _ in asked]
    recall, rank = figures(asked, found)
    assert (recall, rank) >= FLOORS[part], f"{part}: recall {recall:.3f}, mean reciprocal rank {rank:.3f}"
    assert rank >= FLOORS[part][1], f"{part}: mean reciprocal rank {rank:.3f}"


def test_the_thesaurus_finds_what_the_characters_alone_do_not(office: tuple[Store, Path]) -> None:
    store, _ = office
    asked = queries("heldout")
    with_it = figures(asked, [[hit.text for hit in search_in(store, q, limit=10).hits] for q, _ in asked])
    without = figures(asked, [[hit.text for hit in search(store, q, limit=10).hits] for q, _ in asked])
    assert with_it[1] >= without[1] + 0.1


def test_there_are_at_least_a_hundred_held_out_queries_and_half_of_them_use_words_that_the_texts_lack() -> None:
    asked = queries("heldout")
    lacking = [q for q, wanted in asked if any(word not in one for one in wanted for word in q.split())]
    assert len(asked) >= 100
    assert len(lacking) >= len(asked) / 2


@pytest.mark.parametrize(
    "query", ["", "“", "-停车", "的", "停" * 5_000, "多久 " * 300, "\0", "情况 情况", "-", "1" * 200]
)
def test_nothing_that_can_be_typed_is_an_error(office: tuple[Store, Path], query: str) -> None:
    store, folder = office
    assert len(search_in(store, query, limit=5, data_dir=folder).hits) <= 5
