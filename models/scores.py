"""How well reading agrees with annotated documents: counts, mistakes, confidence against what came true."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Part(StrEnum):
    """Which documents a figure is about: 训练 train, 调试 dev, 留出 heldout; ALL where a folder has no such split."""

    TRAIN = "train"
    DEV = "dev"
    HELDOUT = "heldout"
    ALL = "all"


class Fault(StrEnum):
    """What is wrong: 多 found but not there, 漏 there but not found, 错 found with a wrong value."""

    EXTRA = "extra"
    MISSED = "missed"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Score:
    """How one thing was found: `hit` right, `extra` found but not in the gold, `missed` in the gold but not found.

    For a field of a found thing (its strength, its deadline) each wrong value is both extra and missed, so that f1 is
    the share of right ones.

    >>> Score("commitments", hit=8, extra=2, missed=0).f1
    0.8888888888888888
    """

    name: str
    hit: int
    extra: int
    missed: int

    @property
    def precision(self) -> float:
        """The share of what was found that is right."""
        return self.hit / (self.hit + self.extra or 1)

    @property
    def recall(self) -> float:
        """The share of what is there that was found."""
        return self.hit / (self.hit + self.missed or 1)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.hit / (2 * self.hit + self.extra + self.missed or 1)


@dataclass(frozen=True, slots=True)
class Mistake:
    """One error of a document that may be looked at: its sentence, what was wanted and read, and by which rule."""

    document: str
    name: str
    fault: Fault
    text: str
    want: str = ""
    got: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """A found commitment's confidence, and whether it is one."""

    confidence: float
    right: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """Commitments whose confidence is at least `low` and below `high` (1 belongs to the last bin)."""

    low: float
    high: float
    count: int
    right: int
    mean: float

    @property
    def observed(self) -> float:
        """The share of them that are right: what `mean` ought to be."""
        return self.right / (self.count or 1)


@dataclass(frozen=True, slots=True)
class Report:
    """The scores of some documents, each rule's right and wrong finds, and the errors of those that may be read."""

    documents: int
    scores: tuple[Score, ...]
    rules: tuple[Score, ...]
    mistakes: tuple[Mistake, ...]
    judged: tuple[Judged, ...] = ()

    def score(self, name: str) -> Score:
        """The score of that name; one of zeros where nothing of its kind was there."""
        return next((score for score in self.scores if score.name == name), Score(name, 0, 0, 0))


@dataclass(frozen=True, slots=True)
class Lowering:
    """A floor that was let down on purpose: why, and from which value to which (None: the figure is gone)."""

    reason: str
    corpus: str
    figures: Mapping[str, tuple[float, float | None]]


@dataclass(frozen=True, slots=True)
class Floors:
    """The pinned result: no later one of the same corpus may be worse. `rules` are of train and dev alone."""

    corpus: str
    extractor: str
    documents: Mapping[Part, int]
    figures: Mapping[Part, tuple[Score, ...]]
    rules: tuple[Score, ...]
    lowered: tuple[Lowering, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that differs from the pinned one, or a rule's count (`part` None); None: it wasn't there, or isn't."""

    part: Part | None
    before: Score | None
    after: Score | None

    @property
    def name(self) -> str:
        """The figure's or the rule's name."""
        score = self.after or self.before
        return score.name if score else ""

    @property
    def by(self) -> float:
        """How much F1 (or accuracy) rose; what wasn't there counts as nothing."""
        return (self.after.f1 if self.after else 0.0) - (self.before.f1 if self.before else 0.0)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All that one run over annotated documents gave, with the digest of corpus and rules that it is true of.

    `left_out` are documents that their corpus doesn't assign to a split yet: they are not read.
    """

    corpus: str
    extractor: str
    reports: Mapping[Part, Report]
    rules: tuple[Score, ...]
    reliability: tuple[Bin, ...]
    pinned: Floors | None
    changes: tuple[Change, ...]
    left_out: tuple[str, ...] = ()
