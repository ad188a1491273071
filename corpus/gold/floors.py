"""The pinned result of a corpus (floors.yaml): what later readings may not fall below.

corpus: 3f2a9c51d0aa                    digest of texts, annotations and splits
extractor: 0.1.0+abcd1234
documents: {train: 15, dev: 7, heldout: 7}
figures:                                right, found wrongly, missed
  dev:
    commitments: [93, 4, 6]
rules:                                  right, wrong; of train and dev alone
  plain_verb: [50, 3]
lowered:
- {reason: ..., corpus: ..., figures: {dev.commitments: [0.9512, 0.9401]}}
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from models.scores import Change, Evaluation, Floors, Lowering, Part, Score

TOLERANCE = 0.002
"""How far a figure may fall unnoticed between two pinnings: one number in five hundred, never a whole promise."""

_FILE = "floors.yaml"
_HEAD = "# Written by `duban evaluate --pin`, which never lowers a figure without a reason.\n"


def digest_of(files: Iterable[tuple[Path, str]], folder: Path) -> str:
    """A name for these annotated documents (each NAME.gold.json with its split): it changes with any of them."""
    digest = hashlib.sha256()
    for path, split in files:
        text = path.with_name(path.name.replace(".gold.json", ".txt"))
        digest.update(f"{path.relative_to(folder).as_posix()}\n{split}\n".encode())
        for content in (path.read_bytes(), text.read_bytes()):
            digest.update(hashlib.sha256(content).digest())
    return digest.hexdigest()[:12]


def read_floors(folder: Path) -> Floors | None:
    """What is pinned for the documents of a folder; None where nothing is. ValueError: not such a file."""
    path = folder / _FILE
    if not path.exists():
        return None
    try:
        return _floors(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (yaml.YAMLError, AttributeError, KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{path}: {error}") from error


def write_floors(floors: Floors, folder: Path) -> None:
    """Pins a result."""
    record = yaml.safe_dump(_record(floors), allow_unicode=True, sort_keys=False, default_flow_style=None, width=118)
    (folder / _FILE).write_text(_HEAD + record, encoding="utf-8")


def changes_since(floors: Floors, figures: Mapping[Part, tuple[Score, ...]], rules: tuple[Score, ...]) -> list[Change]:
    """What differs from the pinned result: figures of the parts at hand, then rules."""
    found = []
    for part, scores in figures.items():
        found += list(_differences(part, floors.figures.get(part, ()), scores))
    return found + list(_differences(None, floors.rules, rules))


def lowered_by(evaluation: Evaluation, tolerance: float = 0.0) -> list[Change]:
    """The figures that fell below their floor by more than `tolerance`."""
    fallen = (change for change in evaluation.changes if change.part is not None and change.before is not None)
    return [change for change in fallen if change.by < -tolerance]


def floors_of(evaluation: Evaluation, reason: str = "") -> Floors:
    """A result as floors, with the earlier reasons for lowering and, where it lowers any, this one."""
    fallen = {f"{c.part}.{c.name}": (_before(c), c.after.f1 if c.after else None) for c in lowered_by(evaluation)}
    floors = Floors(
        corpus=evaluation.corpus,
        extractor=evaluation.extractor,
        documents={part: report.documents for part, report in evaluation.reports.items()},
        figures={part: report.scores for part, report in evaluation.reports.items()},
        rules=evaluation.rules,
        lowered=evaluation.pinned.lowered if evaluation.pinned else (),
    )
    if not fallen:
        return floors
    return replace(floors, lowered=(*floors.lowered, Lowering(reason, evaluation.corpus, fallen)))


def _before(change: Change) -> float:
    return change.before.f1 if change.before else 0.0


def _differences(part: Part | None, before: tuple[Score, ...], after: tuple[Score, ...]) -> Iterator[Change]:
    was, now = ({score.name: score for score in scores} for scores in (before, after))
    for name in sorted({*was, *now}):
        old, new = was.get(name), now.get(name)
        if old != new:
            yield Change(part, old, new)


def _record(floors: Floors) -> dict[str, Any]:
    return {
        "corpus": floors.corpus,
        "extractor": floors.extractor,
        "documents": {part.value: number for part, number in floors.documents.items()},
        "figures": {
            part.value: {score.name: [score.hit, score.extra, score.missed] for score in scores}
            for part, scores in floors.figures.items()
        },
        "rules": {rule.name: [rule.hit, rule.extra] for rule in floors.rules},
        "lowered": [_lowering_record(lowering) for lowering in floors.lowered],
    }


def _lowering_record(lowering: Lowering) -> dict[str, Any]:
    figures = {
        name: [round(old, 4), None if new is None else round(new, 4)] for name, (old, new) in lowering.figures.items()
    }
    return {"reason": lowering.reason, "corpus": lowering.corpus, "figures": figures}


def _floors(record: dict[str, Any]) -> Floors:
    return Floors(
        corpus=record["corpus"],
        extractor=record["extractor"],
        documents={Part(part): number for part, number in record["documents"].items()},
        figures={
            Part(part): tuple(Score(name, *counts) for name, counts in scores.items())
            for part, scores in record["figures"].items()
        },
        rules=tuple(Score(name, hit, extra, 0) for name, (hit, extra) in record["rules"].items()),
        lowered=tuple(
            Lowering(entry["reason"], entry["corpus"], {k: (old, new) for k, (old, new) in entry["figures"].items()})
            for entry in record["lowered"]
        ),
    )
