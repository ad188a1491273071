"""Annotated documents read by today's rules, and how the result stands to the pinned one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.gold.floors import changes_since, digest_of, floors_of, lowered_by, read_floors, write_floors
from corpus.gold.records import GOLD, GoldDocument, read_gold
from corpus.scoring import compare, reliability
from flows.version import extractor_version
from models.errors import DubanError
from models.scores import Change, Evaluation, Floors, Part, Score

if TYPE_CHECKING:
    from models.extraction import Extraction

    Pair = tuple[GoldDocument, Extraction]

_OPEN = (Part.TRAIN, Part.DEV, Part.ALL)  # their errors may be looked at, rule by rule
_UNTRAINED = (Part.HELDOUT, Part.ALL)  # confidence is judged where nothing was learnt


class GoldUnreadable(DubanError):
    """A folder without annotated documents, or with one that isn't annotated as it should be."""


class FloorsLowered(DubanError):
    """A result that would lower pinned figures without a reason; `changes` are the figures."""

    def __init__(self, changes: list[Change]) -> None:
        super().__init__("、".join(f"{change.part}.{change.name}" for change in changes))
        self.changes = changes


def evaluate(folder: Path = GOLD, only: Part | None = None) -> Evaluation:
    """How today's rules do on the annotated documents of a folder, or on one part of them.

    Held-out documents give totals alone: no mistakes, no rules. Raises GoldUnreadable.
    """
    documents = _annotated(folder)
    corpus = digest_of([(file, gold.split or "") for file, gold in documents], folder)
    left_out = tuple(gold.name for file, gold in documents if _unassigned(file, gold))
    groups: dict[Part, list[Pair]] = {}
    for file, gold in documents:
        part = Part(gold.split.value) if gold.split else Part.ALL
        if gold.name not in left_out and only in (None, part):
            groups.setdefault(part, []).append((gold, _extraction(file)))
    reports = {part: compare(groups[part]) for part in Part if part in groups}
    rules = _together(rule for part in _OPEN if part in reports for rule in reports[part].rules)
    judged = [one for part in _UNTRAINED if part in reports for one in reports[part].judged]
    found = Evaluation(corpus, extractor_version(), reports, rules, reliability(judged), _pinned(folder), (), left_out)
    return replace(found, changes=_changes(found, whole=only is None))


def pin(evaluation: Evaluation, folder: Path = GOLD, reason: str = "") -> Floors:
    """Pins a result of the whole folder, in its floors.yaml; what is pinned.

    Raises FloorsLowered where it lowers a figure without a reason, GoldUnreadable where some document was left out.
    """
    if evaluation.left_out:
        raise GoldUnreadable(f"不能钉住：{'、'.join(evaluation.left_out)} 还没列进 manifest.yaml")
    fallen = lowered_by(evaluation)
    if fallen and not reason.strip():
        raise FloorsLowered(fallen)
    floors = floors_of(evaluation, reason.strip())
    write_floors(floors, folder)
    return floors


def _annotated(folder: Path) -> list[tuple[Path, GoldDocument]]:
    try:
        documents = list(zip(sorted(folder.rglob("*.gold.json")), read_gold(folder), strict=True))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise GoldUnreadable(f"{folder}：标注读不了（{type(error).__name__}: {error}）") from error
    if not documents:
        raise GoldUnreadable(f"{folder}：没有标注文件（NAME.txt 加 NAME.gold.json）")
    return documents


def _unassigned(file: Path, gold: GoldDocument) -> bool:
    """Not listed in the manifest beside it: it may turn out to be held out, so its errors are nobody's to read."""
    return gold.split is None and (file.parent / "manifest.yaml").exists()


def _extraction(file: Path) -> Extraction:
    """The records of the text beside an annotation, read as `duban extract` reads it."""
    from corpus.readers import read
    from extractors.pipeline import extract

    return extract(read(file.with_name(file.name.replace(".gold.json", ".txt"))))


def _pinned(folder: Path) -> Floors | None:
    try:
        return read_floors(folder)
    except ValueError as error:
        raise GoldUnreadable(f"钉住的结果读不了：{error}") from error


def _changes(found: Evaluation, whole: bool) -> tuple[Change, ...]:
    """Gains and losses; of the whole folder also what is no longer there, and by rule."""
    if found.pinned is None:
        return ()
    figures = {part: report.scores for part, report in found.reports.items()}
    if whole:
        figures |= {part: () for part in found.pinned.figures if part not in figures}
    changes = changes_since(found.pinned, figures, found.rules)
    return tuple(change for change in changes if whole or change.part is not None)


def _together(scores: Iterable[Score]) -> tuple[Score, ...]:
    """Counts of the same name added up."""
    sums: dict[str, Score] = {}
    for one in scores:
        before = sums.get(one.name, Score(one.name, 0, 0, 0))
        sums[one.name] = Score(one.name, before.hit + one.hit, before.extra + one.extra, before.missed + one.missed)
    return tuple(sums[name] for name in sorted(sums))
