"""The weights of the second reader: plain numbers in a JSON file, and a manifest that vouches for them.

weights.json    {"units": {"labels": ["C", "D", "N"], "bias": [120, -1731, 1611],
                           "answers": {"C": [0.87, 0.01, 0.12], ...}, "unsure": 0.93,
                           "sure": {"answer.will C answer": 0.99, ...},
                           "features": {"zone": {"planned": [812, -203, -609], ...}, ...}}, "roles": {...}}
manifest.json   digest of weights.json and of the documents they were learnt from, versions, scores
"""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from math import exp
from operator import mul
from typing import Any

from extractors.learned.features import Pairs
from models.errors import DubanError

SURE = 0.6
"""How likely another answer must be before it may replace the rules' own. At first sight of 19 documents it was right
in 22 of 25 answers that it gave so."""

SCALE = 1000
WEIGHTS, MANIFEST = "weights.json", "manifest.json"


class WeightsDiffer(DubanError):
    """The weights aren't those that the manifest beside them vouches for."""


Weights = tuple[int, ...]
"""One weight a label, in thousandths: whole numbers add up to the same sum in any order."""

Score = int
"""The weights of all labels in one whole number, so that one addition adds them all."""

_BITS = 32  # of one label's sum: weights are thousandths of a few units, and a unit has some hundreds of features
_HALF = 1 << (_BITS - 1)


@dataclass(frozen=True, slots=True)
class Reader:
    """A linear classifier in plain numbers, and what an answer of the rules is worth.

    `features` maps a name and a value to its weights. `answers[label]` tells how often the rules give each label
    where that one is right, in documents that are new to them. An answer less sure than `unsure` is one of the least
    sure tenth. `sure` has the confidence of the rules whose answers it hardly ever doubts, by `witness`: it needn't
    look at those.
    """

    labels: tuple[str, ...]
    bias: Weights
    features: dict[str, dict[str, Weights]]
    answers: dict[str, tuple[float, ...]]
    unsure: float
    sure: dict[str, float] = field(default_factory=dict)
    _packed: dict[str, tuple[frozenset[str], dict[str, Score]]] = field(init=False, repr=False, compare=False)
    _coded: dict[str, tuple[frozenset[int], dict[int, Score]]] = field(init=False, repr=False, compare=False)
    _start: Score = field(init=False, repr=False, compare=False)
    _worth: dict[str, tuple[float, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        packed = {name: {value: pack(one) for value, one in known.items()} for name, known in self.features.items()}
        coded = {name: _coded(known) for name, known in packed.items() if all(map(_is_pair, known))}
        object.__setattr__(self, "_packed", {name: (frozenset(known), known) for name, known in packed.items()})
        object.__setattr__(self, "_coded", {name: (frozenset(known), known) for name, known in coded.items()})
        object.__setattr__(self, "_start", pack(self.bias) + _halves(len(self.labels)))
        worth = {said: tuple(self.answers[one][at] for one in self.labels) for at, said in enumerate(self.labels)}
        object.__setattr__(self, "_worth", worth)

    def score(self, features: Iterable[tuple[str, Iterable[str]]]) -> Score:
        """The sum of the features' weights; unknown ones count nothing, a value that comes twice counts once."""
        total, packed = 0, self._packed
        for name, values in features:
            if type(values) is Pairs and name in self._coded:
                codes, coded = self._coded[name]
                total += sum(map(coded.__getitem__, codes.intersection(values.codes())))
            elif name in packed:
                known, weights = packed[name]
                total += sum(map(weights.__getitem__, known.intersection(values)))
        return total

    def probabilities(self, score: Score, answer: str | None = None) -> dict[str, float]:
        """How likely each label is by a score and, where the rules have said something, by their answer.

        Words and rules count as independent witnesses (Bayes): the rules' word is worth what `answers` says.
        """
        sums = _lanes(len(self.labels))(_coded_score(self._start + score, len(self.labels)))
        highest = max(sums)  # all are greater by the same half, which the differences don't tell
        likely = [exp((one - highest) / SCALE) for one in sums]
        if answer is not None:
            likely = list(map(mul, likely, self._worth[answer]))
        whole = sum(likely)
        return dict(zip(self.labels, [one / whole for one in likely], strict=True))


def pack(weights: Weights) -> Score:
    """Weights as a score.

    >>> unpack(pack((812, -203)) + pack((-900, 3)), 2)
    (-88, -200)
    """
    return sum(weight << (_BITS * at) for at, weight in enumerate(weights))


def unpack(total: Score, labels: int) -> Weights:
    """The sums of the weights that were added up in a score, a label each."""
    return tuple([one - _HALF for one in _lanes(labels)(_coded_score(total + _halves(labels), labels))])


def _coded_score(score: Score, labels: int) -> bytes:
    return score.to_bytes(labels * _BITS // 8, "little")


@cache
def _lanes(labels: int) -> Callable[[bytes], tuple[int, ...]]:
    """What reads the sums of so many labels, all of them above zero."""
    return struct.Struct(f"<{labels}I").unpack


@cache
def _halves(labels: int) -> Score:
    """What keeps the sum of every label above zero."""
    return pack((_HALF,) * labels)


def _is_pair(value: str) -> bool:
    return len(value) == 2 and max(value) <= "\uffff"


def _coded(known: dict[str, Score]) -> dict[int, Score]:
    """Pairs as the numbers that `Pairs.codes` makes of them."""
    return {code: score for value, score in known.items() for code in Pairs(value).codes()}


@cache
def witness(rule: str, answer: str, zone: str) -> str:
    """Who says what about a unit or number, and in which part of its document: what a rule's word is worth goes by it.

    How a number was named (own/, part/) has nothing to do with its role:
    >>> witness("answer.will", "C", "answer"), witness("part/past", "actual", "done")
    ('answer.will C answer', 'past actual done')
    """
    return f"{rule.rpartition('/')[2]} {answer} {zone}"


def best_of(likely: dict[str, float]) -> str:
    """The likeliest label; the first in the alphabet of equal ones."""
    return max(sorted(likely), key=lambda label: likely[label])


def overruling(likely: dict[str, float]) -> str | None:
    """The label that is likely enough to stand against the rules; None where none is.

    >>> overruling({"target": 0.2, "actual": 0.75, "standard": 0.05}), overruling({"C": 0.55, "N": 0.45})
    ('actual', None)
    """
    return next((label for label, sure in likely.items() if sure >= SURE), None)  # no two are likelier than one half


@cache
def reader(name: str) -> Reader:
    """The reader "units" (C commitment, D declined, N neither) or "roles" (target, actual, standard)."""
    return load()[name]


@cache
def load(folder: Traversable | None = None) -> dict[str, Reader]:
    """The readers of a folder (our own, where none is named).

    Raises WeightsDiffer where the weights aren't those of the manifest.
    """
    place = folder or resources.files(__package__ or "extractors.learned")
    content = place.joinpath(WEIGHTS).read_bytes()
    manifest = json.loads(place.joinpath(MANIFEST).read_text(encoding="utf-8"))
    if digest_of(content) != manifest["weights"]:
        raise WeightsDiffer(
            f"{place.joinpath(WEIGHTS)}: {digest_of(content)}, but the manifest names {manifest['weights']}"
        )
    return {name: _reader(record) for name, record in json.loads(content).items()}


def written(readers: dict[str, Reader]) -> bytes:
    """The readers as they are kept, a feature a line: the same ones give the same bytes."""
    return ("{" + ",\n".join(f"{_json(name)}:{_told(one)}" for name, one in sorted(readers.items())) + "}\n").encode()


def digest_of(content: bytes) -> str:
    """The SHA-256 of some weights."""
    return hashlib.sha256(content).hexdigest()


def _reader(record: dict[str, Any]) -> Reader:
    return Reader(
        labels=tuple(record["labels"]),
        bias=tuple(record["bias"]),
        features={name: {v: tuple(w) for v, w in weights.items()} for name, weights in record["features"].items()},
        answers={label: tuple(shares) for label, shares in record["answers"].items()},
        unsure=record["unsure"],
        sure=record["sure"],
    )


def _told(one: Reader) -> str:
    head = {"labels": one.labels, "bias": one.bias, "answers": one.answers, "unsure": one.unsure, "sure": one.sure}
    features = ",\n".join(f"{_json(name)}:{{\n{_listed(values)}}}" for name, values in sorted(one.features.items()))
    return f'{_json(head)[:-1]},"features":{{\n{features}}}}}'


def _listed(weights: dict[str, Weights]) -> str:
    return ",\n".join(f"{_json(value)}:{_json(numbers)}" for value, numbers in sorted(weights.items()))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
