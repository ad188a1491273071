"""What a pair of characters is worth between two papers: less the more of either they have in common anyway."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from math import fsum, log

from extractors.tracking.items import item_of, same_number
from extractors.tracking.likes import Like, likes_between, pairs_in, tells
from extractors.tracking.prepared import Kept, Prepared, prepare
from extractors.tracking.wording import telling, telling_letter
from models.documents import Kind

TOPIC = 16  # pairs: what a letter is about
KIN = 0.2  # of the topic's weight: a paper that has so much of it speaks of the same matter
LIKE_SHARE = 0.6  # of a telling pair: another word for the same thing
MOST_BY_LIKES = 1.2  # points
LETTER_SHARE = 0.5  # of a telling pair: a telling character that both have, each in another word
MOST_BY_LETTERS = 1.0  # points
SAME_SUBJECT = 0.1  # of a subject's telling pairs: a letter that has less of them in its own answers another matter
SUBJECT_SHARE = 0.5  # the letter's own subject is in all its promises


@dataclass(frozen=True, slots=True)
class Weights:
    """What a pair is worth between two papers; only pairs of both are listed, and no others are ever shared.

    `here` and `there`: in how many passages of either each pair stands.
    """

    values: Mapping[str, float]
    here: Mapping[str, int] = field(default_factory=dict)
    there: Mapping[str, int] = field(default_factory=dict)
    letters: Mapping[str, float] = field(default_factory=dict)
    _likes: dict[Like, float] = field(default_factory=dict, compare=False)

    def worth(self, pairs: Collection[str]) -> float:
        """The points of some shared pairs."""
        return fsum(map(self.values.__getitem__, pairs)) if pairs else 0.0

    def worth_of_letters(self, letters: Collection[str]) -> float:
        """The points of characters that both have, each in a word of its own: 新秤 for 电子秤."""
        return min(MOST_BY_LETTERS, fsum(self.letters.get(letter, 0.0) for letter in letters)) if letters else 0.0

    def worth_of_likes(self, own: str, other: str) -> float:
        """The points of other words for the same thing: less the more passages of either paper have them."""
        likes = likes_between(own, other)
        return min(MOST_BY_LIKES, fsum(map(self._worth_of, likes))) if likes else 0.0

    def _worth_of(self, like: Like) -> float:
        worth = self._likes.get(like)
        if worth is None:
            worth = self._likes[like] = self._weighed(like)
        return worth

    def _weighed(self, like: Like) -> float:
        here = max((self.here.get(pair, 1) for pair in pairs_in(like.own)), default=1)
        there = max((self.there.get(pair, 1) for pair in pairs_in(like.other)), default=1)
        return LIKE_SHARE * min(tells(like.own), tells(like.other)) / ((1 + log(here)) * (1 + log(there) / 2))


def weights_between(reply: Prepared, later: Prepared) -> Weights:
    """What pairs are worth between a reply and a later paper: less the more passages of either have them."""
    shared = reply.vocabulary & later.vocabulary
    letters = {letter: _worth_alone(letter, reply, later) for letter in reply.letters.keys() & later.letters.keys()}
    return Weights({pair: _worth(pair, reply, later) for pair in shared}, reply.spread, later.spread, letters)


def _worth_alone(letter: str, reply: Prepared, later: Prepared) -> float:
    here, there = reply.letters[letter], later.letters[letter]
    known = any(letter in pair for pair in reply.subject)
    return (
        LETTER_SHARE
        * telling_letter(letter)
        * (SUBJECT_SHARE if known else 1.0)
        / ((1 + log(here)) * (1 + log(there) / 2))
    )


def _worth(pair: str, reply: Prepared, later: Prepared) -> float:
    here, there = max(1, reply.spread.get(pair, 1)), max(1, later.spread.get(pair, 1))
    spread = (1 + log(here)) * (1 + log(there) / 2)
    return telling(pair) * (SUBJECT_SHARE if pair in reply.subject else 1.0) / spread


def kinship(reply: Prepared, later: Prepared) -> float:
    """Whether a later paper speaks of a reply's matter at all, from 0 to 1: how much of its topic's pairs it has.

    A report on the county's waterworks has nothing of a letter about canteens; news of the year has some of it.
    """
    topic = _topic(Kept(reply.paper))
    whole = fsum(topic.values())
    if not whole:
        return 1.0
    said = fsum(weight for pair, weight in topic.items() if pair in later.spread or pair in later.subject)
    return min(1.0, said / whole / KIN)


def answers_another(reply: Prepared, later: Prepared) -> bool:
    """Whether a later paper is the reply to another case, on another matter: letters of one office share its phrases
    (积极争取项目资金, 早日开工建设) without speaking of the same thing."""
    if later.paper.extraction.identity.kind is not Kind.REPLY or not later.subject:
        return False
    own, shared = fsum(map(telling, reply.subject)), fsum(map(telling, reply.subject & later.subject))
    if shared >= SAME_SUBJECT * own:
        return False
    mine, theirs = item_of(reply.paper).numbers, item_of(later.paper).numbers
    return not any(same_number(one, other) for one in mine for other in theirs)


@lru_cache(maxsize=64)
def _topic(kept: Kept) -> Mapping[str, float]:
    """What a letter is about: its subject's telling pairs, and those that it says again and again."""
    reply = prepare(kept.paper)
    weighed = {pair: telling(pair) * min(times, 6) / 3 for pair, times in reply.spread.items() if times > 1}
    for pair in reply.subject:
        weighed[pair] = weighed.get(pair, 0.0) + 2 * telling(pair)
    return dict(sorted(weighed.items(), key=lambda each: (-each[1], each[0]))[:TOPIC])
