"""The weights in the tree: vouched for by their manifest, plain, small, and read without scikit-learn."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import extractors.learned
from extractors.learned.features import Pairs
from extractors.learned.weights import MANIFEST, WEIGHTS, Reader, WeightsDiffer, load, pack, reader, unpack, written

HERE = Path(extractors.learned.__file__).parent


def test_the_manifest_vouches_for_the_weights_in_the_tree() -> None:
    assert set(load(HERE)) == {"units", "roles"}


def test_weights_that_were_changed_by_hand_are_refused(tmp_path: Path) -> None:
    for name in (WEIGHTS, MANIFEST):
        shutil.copy(HERE / name, tmp_path / name)
    changed = (tmp_path / WEIGHTS).read_text(encoding="utf-8").replace("1", "2", 1)
    (tmp_path / WEIGHTS).write_text(changed, encoding="utf-8")
    with pytest.raises(WeightsDiffer, match=WEIGHTS):
        load(tmp_path)


def test_what_is_written_is_what_was_read() -> None:
    assert written({"units": reader("units"), "roles": reader("roles")}) == (HERE / WEIGHTS).read_bytes()


def test_the_weights_are_small_and_the_manifest_names_what_made_them() -> None:
    manifest = json.loads((HERE / MANIFEST).read_text(encoding="utf-8"))
    assert (HERE / WEIGHTS).stat().st_size < 1_000_000
    assert {"weights", "corpus", "documents", "made_with", "scores"} <= set(manifest)
    assert manifest["made_with"]["scikit-learn"]


@given(st.lists(st.integers(-9000, 9000), min_size=3, max_size=3), st.sampled_from([None, "C", "D", "N"]))
def test_likelihoods_add_up_to_one(scores: list[int], answer: str | None) -> None:
    likely = reader("units").probabilities(pack(tuple(scores)), answer)
    assert sum(likely.values()) == pytest.approx(1.0)
    assert all(0 <= one <= 1 for one in likely.values())


def test_unknown_words_say_nothing() -> None:
    one = Reader(("a", "b"), (0, 0), {"pair": {"将建": (500, -500)}}, {"a": (0.9, 0.1), "b": (0.1, 0.9)}, 0.5)
    assert one.score([("pair", {"丁戊"}), ("nothing", {"将建"})]) == 0
    assert unpack(one.score([("pair", ["将建", "丁戊", "将建"])]), 2) == (500, -500)
    assert one.probabilities(0, "a")["a"] == pytest.approx(0.9)


@given(st.text(max_size=30))
def test_pairs_looked_up_as_numbers_count_as_those_looked_up_as_words(words: str) -> None:
    known = {"将建": (500, -500), "建将": (7, 3), "\uffff的": (1, 1)}
    one = Reader(("a", "b"), (0, 0), {"pair": known}, {"a": (0.9, 0.1), "b": (0.1, 0.9)}, 0.5)
    for text in (words, f"{words}将建将\uffff的{words}"):
        assert one.score([("pair", Pairs(text))]) == one.score([("pair", list(Pairs(text)))])


def test_reading_a_letter_loads_neither_scikit_learn_nor_numpy() -> None:
    script = (
        "import sys\n"
        "from extractors.pipeline import extract\n"
        "from models.documents import Document\n"
        "extract(Document('a', 'txt', '关于第12号建议的答复\\n下一步，我局将于年底前新建公厕12座。\\n'))\n"
        "print(sorted({'sklearn', 'numpy', 'scipy'} & set(sys.modules)))\n"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
