"""Learns the weights of a second reader from examples, and measures what it is good for.

    examples (features, right labels, the rules' answer) -> Reader, Scores

The same examples always give the same weights. Logistic regression, because its weights are plain numbers that add up.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib import resources
from math import log
from statistics import fmean
from typing import Any, NamedTuple

from extractors.learned.weights import SCALE, Reader, Weights, best_of, overruling

STRENGTH = 0.3  # of the weights against the pull to zero; chosen on dev, from 0.1, 0.3, 1 and 3
SEEN = 2  # examples that a feature must stand in
WORTH = 40  # thousandths that a feature must weigh for some label, or it is left out
FOLDS = 5
ENOUGH = 10  # answers that a rule seems to have given before its own ones count: one doubtful among them
DOUBTED = 0.04  # share of doubtful answers that a sure rule may have; chosen on dev, from 0.04, 0.055, 0.07 and 0.1


@dataclass(frozen=True, slots=True)
class Example:
    """One unit or number: its document, its features, the labels that are right, what the rules answered.

    `witness` is the rule that did (weights.witness).
    """

    document: str
    features: tuple[tuple[str, tuple[str, ...]], ...]
    right: tuple[str, ...]
    answer: str
    witness: str = ""


@dataclass(frozen=True, slots=True)
class Scores:
    """Shares of right answers, and how well a confidence tells the right ones among those that the rules gave.

    `overruled`: how often another answer would replace that of the rules for better, and for worse. Of the answers that
    become records: `confidence` is the mean one, `right` what it ought to be, `log_loss` 0 for who always knows,
    `ranking` the chance that a right answer is surer than a wrong one (0.5: guessed; None: all are right).
    """

    examples: int
    rules: float
    alone: float
    combined: float
    overruled: tuple[int, int]
    confidence: float
    right: float
    log_loss: float
    ranking: float | None
    errors_in_least_sure_tenth: tuple[int, int]


def learn(examples: Sequence[Example], name: str, judged: frozenset[str]) -> tuple[Reader, Scores]:
    """The reader that these examples teach, and how such readers do on documents that they haven't learnt from.

    `name` is "units" or "roles", `judged` the answers that become records. The scores are those of five readers, each
    taught by the other four fifths of the documents; so is the bound of the least sure tenth.
    """
    counted = first_sight()[name]
    labels = tuple(sorted(counted))
    answers = {label: _shares(counted[label], labels) for label in labels}
    seen = [_weigh(fold, one) for fold, one in _out_of_fold(examples, labels, answers)]
    sure = _sure_rules([one for one in seen if one.example.answer in judged])
    seen = [_as_told(one, sure) for one in seen]
    unsure = _least_sure([one.told for one in seen if one.example.answer in judged])
    return replace(_fit(examples, labels, answers), unsure=unsure, sure=sure), _scores(seen, judged)


def measure(reader: Reader, examples: Sequence[Example], judged: frozenset[str]) -> Scores:
    """How a reader does on examples that it hasn't learnt from."""
    return _scores([_as_told(_weigh(reader, example), reader.sure) for example in examples], judged)


def first_sight() -> dict[str, dict[str, dict[str, int]]]:
    """What the rules answered about documents that were new to them, by reader, right label and answer."""
    import yaml

    text = resources.files("extractors.learned").joinpath("first_sight.yaml").read_text(encoding="utf-8")
    counted: dict[str, dict[str, dict[str, int]]] = yaml.safe_load(text)
    return counted


class _Seen(NamedTuple):
    """An example with what a reader thinks of it alone, and together with the rules' answer."""

    example: Example
    alone: dict[str, float]
    both: dict[str, float]

    @property
    def told(self) -> float:
        """How sure the rules' answer is."""
        return self.both[self.example.answer]


def _sure_rules(seen: Sequence[_Seen]) -> dict[str, float]:
    """The rules whose answers are hardly ever doubtful, with the mean confidence of those answers.

    Doubtful is an answer that is wrong, or among the least sure tenth of all. One of ten is doubtful by itself, so a
    rule that has answered a few times isn't a sure one yet.
    """
    bound = _least_sure([one.told for one in seen])
    answers: dict[str, list[_Seen]] = {}
    for one in seen:
        answers.setdefault(one.example.witness, []).append(one)
    return {
        witness: round(fmean(one.told for one in given), 2)
        for witness, given in sorted(answers.items())
        if 1 + sum(one.told < bound or not _is_right(one.example) for one in given) <= DOUBTED * (ENOUGH + len(given))
    }


def _as_told(seen: _Seen, sure: dict[str, float]) -> _Seen:
    """What becomes of an answer: that of a sure rule has the rule's confidence."""
    told = sure.get(seen.example.witness)
    return seen if told is None else seen._replace(both={seen.example.answer: told})


def _least_sure(confidences: Sequence[float]) -> float:
    """The bound of the least sure tenth."""
    return round(sorted(confidences)[len(confidences) // 10], 3) if confidences else 0.0


def _weigh(reader: Reader, example: Example) -> _Seen:
    score = reader.score(example.features)
    return _Seen(example, reader.probabilities(score), reader.probabilities(score, example.answer))


def _out_of_fold(
    examples: Sequence[Example], labels: tuple[str, ...], answers: dict[str, tuple[float, ...]]
) -> Iterator[tuple[Reader, Example]]:
    """Each example with a reader that has learnt from other documents."""
    for fold in range(FOLDS):
        here = [example for example in examples if _fold(example) == fold]
        others = [example for example in examples if _fold(example) != fold]
        if here and len({example.right for example in _single(others)}) > 1:
            reader = _fit(others, labels, answers)
            yield from ((reader, example) for example in here)


def _fold(example: Example) -> int:
    """The fold of a document, by its name: it stays there when others come in."""
    return int(hashlib.sha256(example.document.encode()).hexdigest(), 16) % FOLDS


def _single(examples: Iterable[Example]) -> list[Example]:
    """The examples with one right answer; where it may be read either way there is nothing to learn."""
    return [example for example in examples if len(example.right) == 1]


def _fit(examples: Sequence[Example], labels: tuple[str, ...], answers: dict[str, tuple[float, ...]]) -> Reader:
    """A reader taught by the examples, its weights in thousandths."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    clear = _single(examples)
    named = [{(name, value): 1 for name, values in one.features for value in values} for one in clear]
    counts = Counter(feature for features in named for feature in features)
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(
        [{feature: 1 for feature in features if counts[feature] >= SEEN} for features in named]
    )
    model: Any = LogisticRegression(C=STRENGTH, max_iter=5000)
    model.fit(matrix, [one.right[0] for one in clear])
    rows = _by_label(model, labels)
    weights = zip(*(row.tolist() for row, _ in rows), strict=True)
    kept: dict[str, dict[str, Weights]] = {}
    for (name, value), weight in zip(vectorizer.feature_names_, map(_whole, weights), strict=True):
        if max(map(abs, weight)) >= WORTH:
            kept.setdefault(name, {})[value] = weight
    return Reader(labels, _whole(bias for _, bias in rows), kept, answers, 0.0)


def _by_label(model: Any, labels: tuple[str, ...]) -> list[tuple[Any, float]]:
    """Weights and bias of each label; a label without an example is ruled out by its bias."""
    known = list(model.classes_)
    rows = {label: (model.coef_[at], model.intercept_[at]) for at, label in enumerate(known) if len(known) > 2}
    if len(known) == 2:  # scikit-learn keeps one row then, that of the second against the first
        half, bias = model.coef_[0] / 2, model.intercept_[0] / 2
        rows = {known[0]: (-half, -bias), known[1]: (half, bias)}
    return [rows.get(label, (model.coef_[0] * 0, -9.0)) for label in labels]


def _whole(values: Iterable[float]) -> Weights:
    return tuple(round(SCALE * float(value)) for value in values)


def _shares(counts: dict[str, int], labels: tuple[str, ...]) -> tuple[float, ...]:
    """Counts as shares, one more each, so that nothing is impossible only because it wasn't seen."""
    whole = sum(counts.values()) + len(labels)
    return tuple(round((counts.get(label, 0) + 1) / whole, 4) for label in labels)


def _scores(seen: Sequence[_Seen], judged: frozenset[str]) -> Scores:
    found = [(one.told, _is_right(one.example)) for one in seen if one.example.answer in judged]
    told = [(one.example, overruling(one.both) or one.example.answer) for one in seen]
    tenth = sorted(found)[: len(found) // 10]
    better = sum(not _is_right(example) and answer in example.right for example, answer in told)
    worse = sum(_is_right(example) and answer not in example.right for example, answer in told)
    return Scores(
        examples=len(seen),
        rules=_mean(_is_right(one.example) for one in seen),
        alone=_mean(best_of(one.alone) in one.example.right for one in seen),
        combined=_mean(answer in example.right for example, answer in told),
        overruled=(better, worse),
        confidence=_mean(sure for sure, _ in found),
        right=_mean(right for _, right in found),
        log_loss=_mean(-log(max(sure if right else 1 - sure, 0.001)) for sure, right in found),
        ranking=_ranking(found),
        errors_in_least_sure_tenth=(sum(not right for _, right in tenth), sum(not right for _, right in found)),
    )


def _is_right(example: Example) -> bool:
    return example.answer in example.right


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return round(sum(listed) / (len(listed) or 1), 3)


def _ranking(found: Sequence[tuple[float, bool]]) -> float | None:
    right = [sure for sure, ok in found if ok]
    wrong = [sure for sure, ok in found if not ok]
    if not right or not wrong:
        return None
    wins = sum((a > b) + (a == b) / 2 for a in right for b in wrong)
    return round(wins / (len(right) * len(wrong)), 3)
