"""Which units of a reply speak to which ask: by their headings, by the ask that they name, and by their own words.

Words are pairs of characters with what they tell (`wording`); those of the letter's own subject tell little, since
every ask of it has them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import fsum, log

from extractors.tense import any_verb
from extractors.tracking.in_step import Asked, background, best_in_order, units_in_step
from extractors.tracking.likes import likes_between
from extractors.tracking.prepared import Passage, prepare
from extractors.tracking.topics import Topic, Walk, named_in, topic_line
from extractors.tracking.wording import pairs_of, telling
from models.commitments import Request
from models.documents import Unit
from models.evidence import Paper
from models.quantities import Quantity
from models.text import fold

WHOM_SHARE = 0.4  # of a pair that only tells for whom or where
GROUND_SHARE = 0.15  # of a pair that stands in the ask's grounds only, behind its first sentence
SUBJECT_SHARE = 0.3  # of a pair that stands in the letter's own subject
ENOUGH = 4.0  # points: an ask may be long, but this many of its words are as good as all
NUMBER_POINTS = 0.8  # the ask's own number
LIKE_POINTS = 1.2  # another word for a word of the ask, which would have more than one pair of it
LIKE_SHARE = 0.8  # or so much of all its pairs
TOPIC_SHARE = 0.6  # a heading that names the ask, against the unit's own words
OUTER = 0.8  # of each heading further out
LEAST = 0.3  # of the ask's words, by which a unit that stands under no topic of it speaks to it
LIKES_ALONE = 0.37  # the same, by other words for the same thing alone: 停业 for 取缔
LIKES_HINT = 0.25  # the same, where other words for it alone hint
HINTED = 0.15  # the same, where the unit stands in the ask's place: one telling word
NEARBY = 0.15  # what it is worth that a unit stands as far into the letter as the ask into the asks
_FAR = 1 << 30
_FILLED = 0.6
_HARDLY = 0.15
_ALIKE = 0.3  # what a heading must share with an ask to name it


@dataclass(frozen=True, slots=True)
class Ask:
    """An ask made ready: its position, its pairs with their weights, and its numbers."""

    position: int
    words: str
    weights: Mapping[str, float]
    whole: float
    numbers: tuple[Quantity, ...]

    def points(self, pairs: frozenset[str], numbers: Sequence[Quantity] = ()) -> float:
        """What some words have of the ask."""
        shared = fsum(self.weights.get(pair, 0.0) for pair in pairs)
        return shared + NUMBER_POINTS * any(_same_amount(mine, other) for mine in self.numbers for other in numbers)

    def points_of_likes(self, words: str) -> float:
        """What other words for the same thing have of the ask: 泊位 of 增加停车位."""
        own = [
            [self.weights.get(pair, 0.0) for pair in pairs_of(like.own)] for like in likes_between(self.words, words)
        ]
        return sum(max(LIKE_POINTS * max(weights, default=0.0), LIKE_SHARE * fsum(weights)) for weights in own)


@dataclass(frozen=True, slots=True)
class Bearing:
    """That a unit speaks to an ask, in shares between 0 and 1: its `own` words (enough of them), the `whole` ask in
    them, and the `topic` that it stands under; `placed`: it stands in the ask's very place; `worded`: it has words of
    the ask itself, not only others for the same thing."""

    unit: Unit
    own: float
    whole: float
    topic: float
    placed: bool = False
    worded: bool = True

    @property
    def value(self) -> float:
        return self.own + TOPIC_SHARE * self.topic


def _same_amount(one: Quantity, other: Quantity) -> bool:
    return one.value == other.value and one.unit == other.unit and one.value != 1


def ready_asks(asker: Paper, subject: frozenset[str]) -> tuple[Ask, ...]:
    """The asks of a paper made ready."""
    extraction = asker.extraction
    pairs = [pairs_of(fold(request.span.text)) for request in extraction.requests]
    spread = Counter(pair for each in pairs for pair in each)
    return tuple(
        _ready(position, request, pairs[position], spread, subject, extraction.quantities)
        for position, request in enumerate(extraction.requests)
    )


def _ready(
    position: int,
    request: Request,
    pairs: frozenset[str],
    spread: Mapping[str, int],
    subject: frozenset[str],
    quantities: tuple[Quantity, ...],
) -> Ask:
    span = request.span
    words = fold(span.text)
    first = words.split("。")[0]
    named = pairs_of(_without_whom(first))
    asked = pairs_of(first)
    weights = {
        pair: telling(pair)
        * (SUBJECT_SHARE if pair in subject else 1.0)
        * (1.0 if pair in named else WHOM_SHARE if pair in asked else GROUND_SHARE)
        / (1 + log(spread[pair]))
        for pair in pairs
    }
    numbers = tuple(each for each in quantities if span.start <= each.span.start < span.end)
    return Ask(position, words, weights, max(fsum(weights.values()), 0.5), numbers)


_WHOM = re.compile("(?:^|,)(?:要|应|应当|尽快|积极|全面)?[为对给向在](?=[^,]{2})")


def _without_whom(words: str) -> str:
    """An ask without the people or the place that it is for: 为专职调解员购买保险 -> 购买保险. They may be spoken of
    for many reasons; what is asked for them is the ask."""
    kept, at = [], 0
    for found in _WHOM.finditer(words):
        verb = any_verb().search(words, found.end() + 1)
        if verb and "," not in words[found.end() : verb.start()]:
            kept.append(words[at : found.end()])
            at = verb.start()
    return "".join((*kept, words[at:]))


def bearings(reply: Paper, asks: Sequence[Ask]) -> dict[int, list[Bearing]]:
    """The units that speak to each ask (by its position), in the order of the text."""
    walk = Walk(reply, named_in(reply))
    for unit in reply.extraction.units:
        walk.step(unit)
    alike = _alike_topics(walk, asks)
    found: dict[int, list[Bearing]] = {ask.position: [] for ask in asks}
    free: list[dict[int, Bearing]] = []
    read: list[dict[int, Bearing]] = []
    idle = background(reply.extraction)
    for passage in (each for each in prepare(reply).passages if not topic_line(each.unit)):
        if passage.index in idle:
            continue
        topics = walk.found[passage.index]
        each = {ask.position: _bearing(passage, ask, _topic_share(topics, ask, alike)) for ask in asks}
        read.append(each)
        best = max((bearing.value for bearing in each.values()), default=0.0)
        named = any(bearing.own >= LEAST and bearing.worded for bearing in each.values())
        spoken_to = [
            at
            for at, bearing in each.items()
            if bearing.value >= best - 0.05 and _bears(bearing) and (bearing.own or not named)
        ]
        for at in spoken_to:
            found[at].append(each[at])
        if not spoken_to:
            free.append(each)
    for at, bearing in _in_their_place(found, free):
        found[at].append(bearing)
    for at, bearing in _in_step(reply, asks, found, read):
        found[at] = [*(each for each in found[at] if each.unit is not bearing.unit), bearing]
    return found


def _in_step(
    reply: Paper, asks: Sequence[Ask], found: Mapping[int, list[Bearing]], read: Sequence[Mapping[int, Bearing]]
) -> list[tuple[int, Bearing]]:
    """What answers an ask by its place, among the answers to its neighbours."""
    asked = [Asked(ask.position, ask.words, _best_first(found[ask.position])) for ask in asks]
    identity = reply.extraction.identity
    placed = units_in_step(reply.extraction, asked, fold(f"{identity.subject or ''}{identity.region or ''}"))
    return [
        (at, replace(each[at], topic=max(each[at].topic, _FILLED), placed=True))
        for at, units in placed.items()
        for each in read
        if each[at].unit.index in units
    ]


def _best_first(bearings: Sequence[Bearing]) -> tuple[int, ...]:
    return tuple(each.unit.index for each in sorted(bearings, key=lambda each: -each.value))


def _bears(bearing: Bearing) -> bool:
    return bearing.topic >= _ALIKE or bearing.own >= (LEAST if bearing.worded else LIKES_ALONE)


def _in_their_place(
    found: Mapping[int, list[Bearing]], free: Sequence[Mapping[int, Bearing]]
) -> list[tuple[int, Bearing]]:
    """Units that share one telling word with an ask that none speaks to, where the order of the letter has it answered:
    behind those that speak to the asks before it, ahead of those that speak to the asks behind it, and where several
    asks are open, in the order of both."""
    missing = [at for at, each in found.items() if not each]
    hints = {
        (place, unit): each[at].own + NEARBY * (1 - abs(at / len(found) - unit / len(free)))
        for place, at in enumerate(missing)
        for unit, each in enumerate(free)
        if each[at].own >= (HINTED if each[at].worded else LIKES_HINT) and _is_between(each[at].unit.index, at, found)
    }
    first = dict(best_in_order(hints, len(missing), len(free), HINTED))
    taken = {unit: place for place, unit in first.items()}
    return [
        (missing[place], replace(free[unit][missing[place]], topic=_FILLED))
        for place, unit in sorted(hints)
        if taken.get(unit, place) == place and unit >= first.get(place, 0)
    ]


def _is_between(index: int, at: int, found: Mapping[int, list[Bearing]]) -> bool:
    """Whether a unit stands between those that speak to the asks before and behind one."""
    before = max((each.unit.index for other in found if other < at for each in found[other]), default=-1)
    behind = min((each.unit.index for other in found if other > at for each in found[other]), default=_FAR)
    return before < index < behind


def _bearing(passage: Passage, ask: Ask, topic: float) -> Bearing:
    own, likes = ask.points(passage.pairs, passage.numbers), ask.points_of_likes(passage.words)
    points = own + likes
    return Bearing(
        passage.unit,
        min(1.0, points / min(ask.whole, ENOUGH)),
        min(1.0, points / ask.whole),
        topic,
        worded=bool(own),
    )


def _topic_share(topics: tuple[Topic, ...], ask: Ask, alike: Mapping[tuple[str, int], float]) -> float:
    return max((alike[topic.words, ask.position] * OUTER**depth for depth, topic in enumerate(topics)), default=0.0)


def _alike_topics(walk: Walk, asks: Sequence[Ask]) -> dict[tuple[str, int], float]:
    """How much each topic names each ask; a heading between two that name an ask each names the one between them."""
    topics = list({topic.words: topic for each in walk.found.values() for topic in each}.values())
    alike = {(topic.words, ask.position): _names(topic, ask) for topic in topics for ask in asks}
    inner = list(dict.fromkeys(each[0].words for each in walk.found.values() if each))
    for words, position in (*_mutual(inner, asks, alike), *_between(inner, asks, alike)):
        alike[words, position] = max(alike[words, position], _FILLED)
    return alike


def _mutual(
    inner: Sequence[str], asks: Sequence[Ask], alike: Mapping[tuple[str, int], float]
) -> Iterator[tuple[str, int]]:
    """Topics and asks that are each the other's best, though they share little: 严禁上楼, 禁止电动车上楼."""
    for words in inner:
        best = max(asks, key=lambda ask: (alike[words, ask.position], -ask.position), default=None)
        like = alike[words, best.position] if best else 0.0
        if best and like >= _HARDLY and all(alike[other, best.position] < like for other in inner if other != words):
            yield words, best.position


def _names(topic: Topic, ask: Ask) -> float:
    if topic.counted == ask.position + 1:
        return 1.0
    weight = max(1.0, min(fsum(map(telling, topic.pairs)), fsum(map(telling, ask.weights))))
    shared = fsum(telling(pair) for pair in topic.pairs if pair in ask.weights)
    return min(1.0, shared / weight)


def _between(
    inner: Sequence[str], asks: Sequence[Ask], alike: Mapping[tuple[str, int], float]
) -> Iterator[tuple[str, int]]:
    """Topics that name no ask, and asks that no topic names, one for one between neighbours that are matched."""
    if not asks:
        return
    best = [max(asks, key=lambda ask: alike[words, ask.position]).position for words in inner]
    sure = [alike[words, at] >= _ALIKE for words, at in zip(inner, best, strict=True)]
    taken = {at for at, known in zip(best, sure, strict=True) if known}
    for index in range(1, len(inner) - 1):
        gap = best[index - 1] + 1
        if not sure[index] and sure[index - 1] and sure[index + 1] and best[index + 1] == gap + 1 and gap not in taken:
            yield inner[index], gap
