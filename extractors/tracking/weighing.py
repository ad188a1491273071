"""What a pair of characters is worth between two papers: less the more of either they have in common anyway."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import log

from extractors.tracking.prepared import Prepared
from extractors.tracking.wording import telling

SUBJECT_SHARE = 0.5  # the letter's own subject is in all its promises


@dataclass(frozen=True, slots=True)
class Weights:
    """What a pair is worth between two papers."""

    here: Mapping[str, int]
    there: Mapping[str, int]
    subject: frozenset[str]

    def of(self, pair: str) -> float:
        """Less the more passages of either paper have it."""
        spread = (1 + log(max(1, self.here.get(pair, 1)))) * (1 + log(max(1, self.there.get(pair, 1))) / 2)
        return telling(pair) * (SUBJECT_SHARE if pair in self.subject else 1.0) / spread

    def worth(self, pairs: frozenset[str]) -> float:
        """The points of some shared pairs."""
        return sum(self.of(pair) for pair in pairs)


def weights_between(reply: Prepared, later: Prepared) -> Weights:
    """What pairs are worth between a reply and a later paper."""
    return Weights(reply.spread, later.spread, reply.subject)
