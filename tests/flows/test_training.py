"""`python -m flows.training`: from annotated documents to weights and manifest, the same every time."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from corpus.gold.records import GOLD, Split, read_gold
from extractors.learned.weights import MANIFEST, WEIGHTS, load
from flows.training import WEIGHTS as SHIPPED
from flows.training import examples_of, train


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few of the annotated documents with the whole manifest: seven letters to learn from, two to measure on."""
    folder = tmp_path_factory.mktemp("gold")
    shutil.copy(GOLD / "manifest.yaml", folder)
    for split, wanted in ((Split.TRAIN, 7), (Split.DEV, 2)):
        letters = [gold.name for gold in read_gold(split=split) if gold.units][:wanted]
        for name in letters:
            for ending in (".txt", ".gold.json"):
                shutil.copy(GOLD / f"{name}{ending}", folder)
    return folder


def test_the_same_documents_give_the_same_weights(small: Path, tmp_path: Path) -> None:
    made = []
    for place in (tmp_path / "one", tmp_path / "other"):
        place.mkdir()
        train(small, place)
        made.append((place / WEIGHTS).read_bytes())
        assert set(load(place)) == {"units", "roles"}
    assert made[0] == made[1]
    scores = json.loads((tmp_path / "one" / MANIFEST).read_text(encoding="utf-8"))["scores"]
    assert set(scores["units"]) == {"train, by fifths", "dev, learnt from train", "train and dev, by fifths"}


def test_held_out_documents_are_never_learnt_from(small: Path) -> None:
    names = {example.document for some in examples_of(read_gold(small, Split.TRAIN)).values() for example in some}
    assert names
    assert names.isdisjoint(gold.name for gold in read_gold(split=Split.HELDOUT))


def test_the_weights_in_the_tree_were_learnt_from_the_documents_in_the_tree() -> None:
    """Otherwise: `make train`, then commit the weights with their manifest."""
    from flows.training import corpus_digest

    manifest = json.loads((SHIPPED / MANIFEST).read_text(encoding="utf-8"))
    assert manifest["corpus"] == corpus_digest(GOLD)
