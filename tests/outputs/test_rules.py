"""Every rule by which the samples' promises are read has words that an officer understands."""

from __future__ import annotations

from pathlib import Path

from corpus.readers import read
from extractors.pipeline import extract
from outputs.rules import rule_words


def test_the_rules_of_the_samples_are_told_in_words(root: Path) -> None:
    letters = sorted((root / "corpus" / "samples" / "files").glob("*答复*.txt"))
    rules = {one.rule for path in letters for one in extract(read(path)).commitments}
    assert rules
    assert {rule for rule in rules if not rule_words(rule)} == set()
