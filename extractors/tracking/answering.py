"""Which units of a reply speak to which ask: by their headings, by the ask that they name, and by their own words.

Words are pairs of characters with what they tell (`wording`); those of the letter's own subject tell little, since
every ask of it has them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import log

from extractors.headings import read_enumerator, union, zone_named
from extractors.numbers.numerals import parse_numeral
from extractors.tracking.items import bare_subject
from extractors.tracking.prepared import prepare
from extractors.tracking.wording import pairs_of, telling
from models.commitments import Request
from models.documents import Unit, UnitRole, Zone
from models.evidence import Paper
from models.quantities import Quantity
from models.text import fold

SUBJECT_SHARE = 0.3  # of a pair that stands in the letter's own subject
ENOUGH = 4.0  # points: an ask may be long, but this many of its words are as good as all
NUMBER_POINTS = 0.8  # the ask's own number
TOPIC_SHARE = 0.6  # a heading that names the ask, against the unit's own words
OUTER = 0.8  # of each heading further out
LEAST = 0.22
"""The least value by which a unit speaks to an ask at all."""
_FILLED = 0.5
_ALIKE = 0.3  # what a heading must share with an ask to name it


@dataclass(frozen=True, slots=True)
class Ask:
    """An ask made ready: its position, its pairs with their weights, its numbers."""

    position: int
    words: str
    weights: Mapping[str, float]
    whole: float
    numbers: tuple[Quantity, ...]

    def share(self, pairs: frozenset[str], numbers: Sequence[Quantity] = ()) -> float:
        """How much of the ask some words have, in [0, 1]."""
        points = sum(self.weights.get(pair, 0.0) for pair in pairs)
        points += NUMBER_POINTS * any(_same_amount(mine, other) for mine in self.numbers for other in numbers)
        return min(1.0, points / min(self.whole, ENOUGH))


@dataclass(frozen=True, slots=True)
class Bearing:
    """That a unit speaks to an ask: `own` words' share, `topic` the share of what it stands under, both in [0, 1]."""

    unit: Unit
    own: float
    topic: float

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
    weights = {
        pair: telling(pair) * (SUBJECT_SHARE if pair in subject else 1.0) / (1 + log(spread[pair])) for pair in pairs
    }
    numbers = tuple(each for each in quantities if span.start <= each.span.start < span.end)
    return Ask(position, fold(span.text), weights, max(sum(weights.values()), 0.5), numbers)


@dataclass(frozen=True, slots=True)
class Topic:
    """What a stretch of units is about: its words, and the ask that it counts (第二条建议), if it does."""

    words: str
    pairs: frozenset[str]
    counted: int | None = None


@dataclass(slots=True)
class Walk:
    """The topics of each unit of a reply, innermost first, as they come and go through the text."""

    paper: Paper
    named: Mapping[int, str]
    line: Topic | None = None
    spoken: Topic | None = None
    before: Unit | None = None
    found: dict[int, tuple[Topic, ...]] = field(default_factory=dict)

    def step(self, unit: Unit) -> None:
        before = self.before
        if before is None or (before.section, before.head) != (unit.section, unit.head) or before.zone is not unit.zone:
            self.line = self.spoken = None
        elif self.paper.extraction.document.text[before.span.end : unit.span.start].count("\n"):
            self.spoken = None
        if line := _topic_line(unit):
            self.line, self.spoken = topic_of(line), None
        elif unit.index in self.named:
            self.spoken = topic_of(self.named[unit.index])
        above = [topic_of(fold(words)) for words in (unit.head, *reversed(unit.section)) if words]
        inner = [topic for topic in (self.spoken, self.line) if topic]
        self.found[unit.index] = (*inner, *(topic for topic in above if topic.pairs or topic.counted))
        self.before = unit


_ABOUT_LINE = re.compile("^(?:关于|针对|对于?|至于|就|有关)[^,。;:]{2,26}[。:]?$|^[^,。;:]{2,16}方面[。:]?$")


def _topic_line(unit: Unit) -> str | None:
    """The words of a unit that only names what the next ones answer: 关于专项资金。"""
    if unit.role not in (UnitRole.TEXT, UnitRole.LEAD_IN) or unit.zone is Zone.CLOSING:
        return None
    words = _bare(fold(unit.span.text))
    return words if _ABOUT_LINE.match(words) else None


def _bare(folded: str) -> str:
    listed = read_enumerator(folded, 0, len(folded))
    return folded[listed.end :].strip() if listed else folded.strip()


@lru_cache(maxsize=4096)
def topic_of(folded: str) -> Topic:
    """A heading as a topic; one that only names a part of the letter (下一步打算) is about nothing."""
    bare = _bare(folded)
    counted = _counted(bare)
    if zone_named(bare.rstrip("。:")) is not None and not bare.startswith(("关于", "针对")):
        return Topic(bare, frozenset(), counted)
    return Topic(bare, pairs_of(bare_subject(_ASIDE.sub("", bare.rstrip("。:,;")))), counted)


_ASIDE = re.compile("方面$|(?:的)?(?:建议|意见|问题|诉求|请求|事宜|事项)(?:的(?:答复|回复|办理情况|说明))?$")


def _counted(words: str) -> int | None:
    found = union("answering", "order").search(words)
    if not found:
        return None
    said = found["han"] or found["after"]
    value = parse_numeral(said)
    return int(value) if value else None


def _named(paper: Paper) -> dict[int, str]:
    """The asks that units of running text name, by the unit."""
    extraction = paper.extraction
    found: dict[int, str] = {}
    for unit in extraction.units:
        if unit.role is not UnitRole.TEXT or unit.zone is Zone.OPENING:
            continue
        inside = [ask for ask in extraction.requests if unit.span.start <= ask.span.start < unit.span.end]
        if inside:
            found[unit.index] = fold(" ".join(ask.span.text for ask in inside))
    return found


def bearings(reply: Paper, asks: Sequence[Ask]) -> dict[int, list[Bearing]]:
    """The units that speak to each ask (by its position), in the order of the text."""
    walk = Walk(reply, _named(reply))
    for unit in reply.extraction.units:
        walk.step(unit)
    alike = _alike_topics(walk, asks)
    found: dict[int, list[Bearing]] = {ask.position: [] for ask in asks}
    for passage in prepare(reply).passages:
        topics = walk.found[passage.index]
        each = [
            (ask, Bearing(passage.unit, ask.share(passage.pairs, passage.numbers), _topic_share(topics, ask, alike)))
            for ask in asks
        ]
        best = max((bearing.value for _, bearing in each), default=0.0)
        for ask, bearing in each:
            if bearing.value >= LEAST and bearing.value >= best - 0.05:
                found[ask.position].append(bearing)
    return found


def _topic_share(topics: tuple[Topic, ...], ask: Ask, alike: Mapping[tuple[str, int], float]) -> float:
    return max((alike[topic.words, ask.position] * OUTER**depth for depth, topic in enumerate(topics)), default=0.0)


def _alike_topics(walk: Walk, asks: Sequence[Ask]) -> dict[tuple[str, int], float]:
    """How much each topic names each ask; a heading between two that name an ask each names the one between them."""
    topics = list({topic.words: topic for each in walk.found.values() for topic in each}.values())
    alike = {(topic.words, ask.position): _names(topic, ask) for topic in topics for ask in asks}
    inner = list(dict.fromkeys(each[0].words for each in walk.found.values() if each))
    for words, position in _between(inner, asks, alike):
        alike[words, position] = max(alike[words, position], _FILLED)
    return alike


def _names(topic: Topic, ask: Ask) -> float:
    if topic.counted == ask.position + 1:
        return 1.0
    weight = min(sum(map(telling, topic.pairs)), sum(map(telling, ask.weights)))
    shared = sum(telling(pair) for pair in topic.pairs if pair in ask.weights)
    return min(1.0, shared / weight) if weight else 0.0


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
