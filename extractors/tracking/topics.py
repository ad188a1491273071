"""What each stretch of a reply is about: its headings, labels (停车问题:…), the asks that it counts or names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from extractors.headings import read_enumerator, union, zone_named
from extractors.numbers.numerals import parse_numeral
from extractors.tracking.items import bare_subject
from extractors.tracking.wording import pairs_of
from models.documents import Unit, UnitRole, Zone
from models.evidence import Paper
from models.text import fold


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
        if line := topic_line(unit):
            self.line, self.spoken = topic_of(line), None
        elif _counts(unit):
            self.spoken = topic_of(fold(unit.span.text[:_COUNTS]))
        elif run_in := _run_in(unit):
            self.line, self.spoken = topic_of(run_in), None
        elif unit.index in self.named:
            self.spoken = topic_of(self.named[unit.index])
        above = [topic_of(fold(words)) for words in (unit.head, *reversed(unit.section)) if words]
        inner = [topic for topic in (self.spoken, self.line) if topic]
        self.found[unit.index] = (*inner, *(topic for topic in above if topic.pairs or topic.counted))
        self.before = unit


_COUNTS = 18  # letters, within which a sentence says which ask it answers: 对您的第二条建议,…
_ABOUT_LINE = re.compile("^(?:关于|针对|对于?|至于|就|有关)[^,。;:]{2,26}[。:]?$|^[^,。;:]{2,16}方面[。:]?$")


_RUN_IN = re.compile(
    r"(?P<topic>(?:关于|针对|对于|至于|就)(?!您|你|代表|委员|以上|上述|此)[^,。;:]{2,24}|[^,。;:]{2,12}方面)[,:]"
    r"|(?P<label>[^,。;:\d《》“”]{2,12}):"
)


def _run_in(unit: Unit) -> str | None:
    """The topic that a sentence names at its head: 关于村级站点,今年将建成…"""
    if unit.role not in (UnitRole.TEXT, UnitRole.LEAD_IN) or unit.zone in (Zone.OPENING, Zone.CLOSING):
        return None
    found = _RUN_IN.match(_bare(fold(unit.span.text)))
    return found["topic"] or found["label"] if found else None


def _counts(unit: Unit) -> bool:
    """Whether a sentence says by number which ask it answers."""
    said = unit.role is UnitRole.TEXT and unit.zone is not Zone.OPENING
    return said and _counted(fold(unit.span.text[:_COUNTS])) is not None


def topic_line(unit: Unit) -> str | None:
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
    own = _ASIDE.sub("", bare.rstrip("。:,;"))
    if _OTHERS.match(own) or (zone_named(own) is not None and not bare.startswith(("关于", "针对"))):
        return Topic(bare, frozenset(), counted)
    return Topic(bare, pairs_of(bare_subject(own)), counted)


_OTHERS = re.compile("(?:关于)?(?:其[他它余]|另外|此外)")
_ASIDE = re.compile(
    "方面$|(?<=.{4})(?:建设|工作|推进|开展|落实)*情况$|(?:的)?(?:建议|意见|问题|诉求|请求|事宜|事项)(?:的(?:答复|回复|办理情况|说明))?$"
)


def _counted(words: str) -> int | None:
    found = union("answering", "order").search(words)
    if not found:
        return None
    said = found["han"] or found["after"]
    value = parse_numeral(said)
    return int(value) if value else None


def named_in(paper: Paper) -> dict[int, str]:
    """The asks that units of running text name, by the unit."""
    extraction = paper.extraction
    found: dict[int, str] = {}
    for unit in extraction.units:
        if unit.role is not UnitRole.TEXT or unit.zone is Zone.OPENING:
            continue
        inside = [ask for ask in extraction.requests if unit.span.start <= ask.span.start < unit.span.end]
        if len(inside) == 1:  # one that names several only sums them up
            found[unit.index] = fold(inside[0].span.text)
    return found
