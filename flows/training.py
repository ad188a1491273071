"""Learns the second reader's weights from the annotated documents: `python -m flows.training` (or `make train`).

What to look at, and how, was chosen by learning from the train split and measuring on dev. The weights themselves are
learnt from both: twice as many documents teach more than any setting did. `--heldout` measures the held-out documents
too, as totals; it is for the last look before a release.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import extractors.learned
from corpus.gold.floors import digest_of
from corpus.gold.records import GOLD, GoldDocument, Label, Split, read_gold
from corpus.scoring import pair_up, same_quantity, same_words
from models.documents import Document, Kind, UnitRole
from models.text import fold

if TYPE_CHECKING:
    from extractors.learned.train import Example, Scores
    from extractors.learned.weights import Reader
    from models.extraction import Extraction

WEIGHTS = Path(extractors.learned.__file__).parent
LEARNT = (Split.TRAIN, Split.DEV)
JUDGED = {"units": frozenset({"C", "D"}), "roles": frozenset({"target", "actual", "standard"})}
_PROMISING = frozenset({UnitRole.TEXT, UnitRole.TABLE_ROW})

Examples = dict[str, list["Example"]]


def train(folder: Path = GOLD, into: Path = WEIGHTS, heldout: bool = False) -> dict[str, Any]:
    """Learns from the annotated documents of a folder, writes weights and manifest `into` another; the manifest.

    The same documents and rules give the same weights.
    """
    from extractors.learned.train import learn, measure
    from extractors.learned.weights import MANIFEST, WEIGHTS, written
    from extractors.learned.weights import digest_of as digest

    taught = examples_of(read_gold(folder, Split.TRAIN))
    dev = examples_of(read_gold(folder, Split.DEV))
    held = examples_of(read_gold(folder, Split.HELDOUT)) if heldout else {}
    readers: dict[str, Reader] = {}
    scores: dict[str, dict[str, Scores]] = {}
    for name, judged in JUDGED.items():
        first, by_fifths = learn(taught[name], name, judged)
        readers[name], both = learn([*taught[name], *dev[name]], name, judged)
        scores[name] = {
            "train, by fifths": by_fifths,
            "dev, learnt from train": measure(first, dev[name], judged),
            "train and dev, by fifths": both,
        }
        if heldout:
            scores[name]["heldout"] = measure(readers[name], held[name], judged)
    content = written(readers)
    (into / WEIGHTS).write_bytes(content)
    manifest = _manifest(digest(content), folder, readers, scores)
    (into / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return manifest


def examples_of(documents: Sequence[GoldDocument]) -> Examples:
    """What can be learnt from annotated documents: their units (replies) and quantities, as the rules read them."""
    from extractors.pipeline import extract_by_rules

    found: Examples = {"units": [], "roles": []}
    for gold in documents:
        folded = fold(gold.text)
        extraction = extract_by_rules(Document(name=gold.name, form="txt", text=gold.text), folded)
        if extraction.identity.kind is Kind.REPLY:
            found["units"] += _units(gold, extraction, folded)
        found["roles"] += _roles(gold, extraction, folded)
    return found


def _units(gold: GoldDocument, found: Extraction, folded: str) -> Iterator[Example]:
    """The units that can promise something, each with its label and what the rules answered."""
    from extractors.learned.features import (
        standing_features,
        standing_of,
        title_features,
        unit_words,
        word_features,
    )
    from extractors.learned.train import Example
    from extractors.learned.weights import witness

    told = {one.span.start: ("C", one.rule) for one in found.commitments}
    told |= {one.span.start: ("D", one.rule) for one in found.declined}
    pairs, _, _ = pair_up(
        gold.units, list(enumerate(found.units)), lambda unit, at: same_words(unit.text, at[1].span.text)
    )
    for unit, (at, read) in pairs:
        if unit.label is Label.UNSCORED or read.role not in _PROMISING:
            continue
        words = unit_words(folded, read)
        standing = standing_features(standing_of(read, words, at / len(found.units)))
        features = _kept((*standing, *word_features(words), *title_features(read.section)))
        answer, rule = told.get(read.span.start, ("N", ""))
        yield Example(gold.name, features, (unit.label.value,), answer, witness(rule, answer, read.zone.value))


def _roles(gold: GoldDocument, found: Extraction, folded: str) -> Iterator[Example]:
    from extractors.learned.features import (
        measure_features,
        number_features,
        part_features,
        setting_features,
        title_features,
    )
    from extractors.learned.train import Example
    from extractors.learned.weights import witness

    holders = {unit.span.start: unit for unit in found.units}
    sure = [quantity for quantity in gold.quantities if not quantity.optional]
    for quantity, read in pair_up(sure, found.quantities, same_quantity)[0]:
        unit = holders[read.unit_span.start]
        part = (*part_features(found.identity.kind, unit.zone, unit.role), *title_features(unit.section))
        own = (
            *measure_features(read.unit, read.comparator),
            *number_features(folded, unit, read.span.start, read.span.end),
        )
        features = _kept((*part, *setting_features(folded, unit), *own))
        role = read.role.value
        yield Example(gold.name, features, quantity.role, role, witness(read.rule, role, unit.zone.value))


def _kept(features: Iterable[tuple[str, Iterable[str]]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((name, tuple(sorted(set(values)))) for name, values in features)


def corpus_digest(folder: Path = GOLD) -> str:
    """A name for the documents that weights are learnt from: it changes with any of them."""
    learnt = {gold.name: split for split in LEARNT for gold in read_gold(folder, split)}
    files = ((path, path.name.removesuffix(".gold.json")) for path in sorted(folder.rglob("*.gold.json")))
    return digest_of([(path, learnt[name].value) for path, name in files if name in learnt], folder)


def _manifest(
    weights: str, folder: Path, readers: dict[str, Reader], scores: dict[str, dict[str, Scores]]
) -> dict[str, Any]:
    return {
        "weights": weights,
        "corpus": corpus_digest(folder),
        "documents": {split.value: len(read_gold(folder, split)) for split in LEARNT},
        "made_with": {name: version(name) for name in ("scikit-learn", "scipy", "numpy")},
        "features": {name: sum(map(len, one.features.values())) for name, one in readers.items()},
        "scores": {name: {part: asdict(one) for part, one in parts.items()} for name, parts in scores.items()},
    }


def main() -> None:
    """`python -m flows.training [--heldout]`: trains, and prints the scores."""
    import sys

    parser = argparse.ArgumentParser(prog="python -m flows.training", description="由标注语料训练第二读者的权重。")
    parser.add_argument("--heldout", action="store_true", help="连留出的文件一起量（只报总数）。")
    manifest = train(heldout=parser.parse_args().heldout)
    json.dump(manifest, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
