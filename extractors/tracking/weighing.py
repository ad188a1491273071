"""What a pair of characters is worth between two papers: less the more of either they have in common anyway."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import log

from extractors.tracking.prepared import Prepared
from extractors.tracking.wording import telling

TOPIC = 16  # pairs: what a letter is about
KIN = 0.2  # of the topic's weight: a paper that has so much of it speaks of the same matter
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


def kinship(reply: Prepared, later: Prepared) -> float:
    """Whether a later paper speaks of a reply's matter at all, from 0 to 1: how much of its topic's pairs it has.

    A report on the county's waterworks has nothing of a letter about canteens; news of the year has some of it.
    """
    topic = _topic(reply)
    whole = sum(topic.values())
    if not whole:
        return 1.0
    said = sum(weight for pair, weight in topic.items() if pair in later.spread or pair in later.subject)
    return min(1.0, said / whole / KIN)


def _topic(reply: Prepared) -> dict[str, float]:
    """What a letter is about: its subject's telling pairs, and those that it says again and again."""
    weighed = {pair: telling(pair) * min(times, 6) / 3 for pair, times in reply.spread.items() if times > 1}
    for pair in reply.subject:
        weighed[pair] = weighed.get(pair, 0.0) + 2 * telling(pair)
    return dict(sorted(weighed.items(), key=lambda each: (-each[1], each[0]))[:TOPIC])
