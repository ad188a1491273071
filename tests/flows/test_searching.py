"""The search as the office has it, measured on queries that were written before it was tuned.

Half of the words typed there aren't in the texts. Held-out queries give totals alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from corpus.gold.records import GOLD
from corpus.readers import read
from extractors.pipeline import extract
from flows.meaning import learn_meaning
from flows.searching import search_in
from models.owners import this_process
from models.runs import SourceFile
from models.search import search
from models.store import Store, open_store

NOW = datetime(2026, 3, 2, tzinfo=UTC)
Asked = list[tuple[str, tuple[str, ...]]]
FLOORS = {"dev": (0.97, 0.93), "heldout": (0.97, 0.90)}  # recall and mean reciprocal rank among ten


def queries(part: str) -> Asked:
    """The queries of a part, each with the sentences that answer it."""
    asked: Asked = []
    letters = yaml.safe_load((GOLD / "queries" / f"{part}.yaml").read_text(encoding="utf-8"))["queries"]
    for letter, entries in letters.items():
        annotated = json.loads((GOLD / f"{letter}.gold.json").read_text(encoding="utf-8"))
        sentences = [unit["text"] for unit in annotated["units"]]
        for entry in entries:
            found = [[one for one in sentences if piece in one] for piece in entry["relevant"]]
            assert all(len(one) == 1 for one in found), f"{letter}: {entry['q']}: a quotation isn't of one sentence"
            asked.append((entry["q"], tuple(one for (one,) in found)))
    return asked


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Path]]:
    """All letters that the queries are about in one register, and what was learned from them."""
    folder = tmp_path_factory.mktemp("office")
    parts = [GOLD / "queries" / f"{part}.yaml" for part in FLOORS]
    letters = sorted(name for part in parts for name in yaml.safe_load(part.read_text(encoding="utf-8"))["queries"])
    with open_store(f"sqlite:///{folder}/duban.db") as store:
        run = store.begin_run("ingest", now=NOW, owner=this_process())
        batch = []
        for name in letters:
            source = SourceFile(f"/{name}.txt", f"{name}.txt", "txt", None, None, None)
            batch.append((source, extract(read(GOLD / f"{name}.txt"))))
        store.save_all(run, batch, now=NOW, extractor="1")
        store.finish_run(run, now=NOW)
        assert learn_meaning(store, folder)
        yield store, folder


def same(one: str, other: str) -> bool:
    """Whether two quotations are of one sentence: marks apart, one may be a piece of the other."""
    short, long = sorted(("".join(filter(str.isalnum, text)) for text in (one, other)), key=len)
    return bool(short) and short in long and len(short) >= 0.6 * len(long)


def figures(asked: Asked, found: list[list[str]]) -> tuple[float, float]:
    """Mean recall and mean reciprocal rank."""
    recalls, ranks = [], []
    for (_, wanted), hits in zip(asked, found, strict=True):
        recalls.append(sum(any(same(one, hit) for hit in hits) for one in wanted) / len(wanted))
        first = next((place for place, hit in enumerate(hits, 1) if any(same(one, hit) for one in wanted)), 0)
        ranks.append(1 / first if first else 0.0)
    return sum(recalls) / len(asked), sum(ranks) / len(asked)


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
