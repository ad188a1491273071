"""Learns the second reader's weights from the annotated documents: `python -m flows.training` (or `make train`).

Learns from the documents of the train split alone, measures on dev, and writes extractors/learned/weights.json with its
manifest. `--heldout` measures the held-out documents too, as totals; it is for the last look before a release.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Collection, Iterable, Iterator, Sequence
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
    from models.extraction import Extraction

WEIGHTS = Path(extractors.learned.__file__).parent
JUDGED = {"units": frozenset({"C", "D"}), "roles": frozenset({"target", "actual", "standard"})}
_PROMISING = frozenset({UnitRole.TEXT, UnitRole.TABLE_ROW})

Examples = dict[str, list["Example"]]


def train(folder: Path = GOLD, into: Path = WEIGHTS, heldout: bool = False) -> dict[str, Any]:
    """Learns from the annotated documents of a folder, writes weights and manifest `into` another; the manifest.

    The same documents and rules give the same weights.
    """
    from extractors.learned.train import first_sight, learn, measure
    from extractors.learned.weights import MANIFEST, WEIGHTS, written
    from extractors.learned.weights import digest_of as digest

    counted = first_sight()
    taught = examples_of(read_gold(folder, Split.TRAIN))
    learnt = {name: learn(taught[name], counted[name], judged) for name, judged in JUDGED.items()}
    readers = {name: one for name, (one, _) in learnt.items()}
    scores = {name: {"train, by fifths": one} for name, (_, one) in learnt.items()}
    for split in (Split.DEV, Split.HELDOUT) if heldout else (Split.DEV,):
        others = examples_of(read_gold(folder, split))
        for name, judged in JUDGED.items():
            scores[name][split.value] = measure(readers[name], others[name], judged)
    content = written(readers)
    (into / WEIGHTS).write_bytes(content)
    manifest = _manifest(
        digest(content), folder, {name: sum(map(len, one.features.values())) for name, one in readers.items()}, scores
    )
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
    from extractors.learned.features import unit_features
    from extractors.learned.train import Example

    told = {one.span.start: "C" for one in found.commitments} | {one.span.start: "D" for one in found.declined}
    pairs, _, _ = pair_up(
        gold.units, list(enumerate(found.units)), lambda unit, at: same_words(unit.text, at[1].span.text)
    )
    for unit, (at, read) in pairs:
        if unit.label is Label.UNSCORED or read.role not in _PROMISING:
            continue
        features = _kept(unit_features(folded, read, at / len(found.units)))
        yield Example(gold.name, features, (unit.label.value,), told.get(read.span.start, "N"))


def _roles(gold: GoldDocument, found: Extraction, folded: str) -> Iterator[Example]:
    from extractors.learned.features import number_features, setting_features
    from extractors.learned.train import Example

    holders = {unit.span.start: unit for unit in found.units}
    sure = [quantity for quantity in gold.quantities if not quantity.optional]
    for quantity, read in pair_up(sure, found.quantities, same_quantity)[0]:
        unit = holders[read.unit_span.start]
        setting = setting_features(folded, unit, found.identity.kind)
        features = _kept((*setting, *number_features(folded, unit, read)))
        yield Example(gold.name, features, quantity.role, read.role.value)


def _kept(features: Iterable[tuple[str, Collection[str]]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((name, tuple(sorted(values))) for name, values in features)


def corpus_digest(folder: Path = GOLD) -> str:
    """A name for the documents that weights are learnt from: it changes with any of them."""
    names = {gold.name for gold in read_gold(folder, Split.TRAIN)}
    files = sorted(folder.rglob("*.gold.json"))
    learnt = [(path, Split.TRAIN.value) for path in files if path.name.removesuffix(".gold.json") in names]
    return digest_of(learnt, folder)


def _manifest(
    weights: str, folder: Path, features: dict[str, int], scores: dict[str, dict[str, Scores]]
) -> dict[str, Any]:
    return {
        "weights": weights,
        "corpus": corpus_digest(folder),
        "documents": len(read_gold(folder, Split.TRAIN)),
        "made_with": {name: version(name) for name in ("scikit-learn", "scipy", "numpy")},
        "features": features,
        "scores": {name: {split: asdict(one) for split, one in parts.items()} for name, parts in scores.items()},
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
