"""A number of a paper with the words around it, ready to be held against numbers of other papers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from extractors.tracking.periods import Period, timeline, years_named
from extractors.tracking.prepared import Passage, Prepared, prepare
from extractors.tracking.wording import pairs_of
from models.documents import Unit
from models.evidence import Paper
from models.quantities import Quantity
from models.text import fold

_WIDE = re.compile(
    "[全本我](?:国|省|市|县|区|州|旗|镇|乡|街道|村)|20\\d\\d年(?:度|底|末)?|每年(?:度)?|累计|总数|比例$|占比"
)
_LISTED = re.compile("[,、;:。]")
_TAIL = 10
_LEAD = 16


@dataclass(frozen=True, slots=True)
class Counted:
    """A number (`position` among its document's quantities) with the pairs of its name, of the words right around it
    (`near`), of its clause, its sentence and what stands above it.

    `lead` is the folded text of its clause before it, `tail` what follows it; `places` the parts of the place and
    `years` the years that it is limited to by name.
    """

    position: int
    quantity: Quantity
    name: frozenset[str]
    near: frozenset[str]
    clause: frozenset[str]
    sentence: frozenset[str]
    above: frozenset[str]
    lead: str
    tail: str
    words: str
    unit: Unit
    period: Period
    places: frozenset[str]
    years: frozenset[int]

    @property
    def label(self) -> str:
        """Its indicator, folded."""
        return fold(self.quantity.indicator or "")


def counted_of(paper: Paper) -> tuple[Counted, ...]:
    """The numbers of a paper with their words, in the order of its quantities."""
    return _counted(prepare(paper))


class _ByIdentity:
    __slots__ = ("prepared",)

    def __init__(self, prepared: Prepared) -> None:
        self.prepared = prepared

    def __hash__(self) -> int:
        return id(self.prepared.paper.extraction)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ByIdentity) and self.prepared.paper.extraction is other.prepared.paper.extraction


def _counted(prepared: Prepared) -> tuple[Counted, ...]:
    return _kept(_ByIdentity(prepared))


@lru_cache(maxsize=512)
def _kept(kept: _ByIdentity) -> tuple[Counted, ...]:
    return tuple(sorted(_all(kept.prepared), key=lambda one: one.position))


def _all(prepared: Prepared) -> Iterator[Counted]:
    extraction = prepared.paper.extraction
    times = timeline(extraction, prepared.folded)
    at = {(one.span.start, one.span.end): place for place, one in enumerate(extraction.quantities)}
    passages = {passage.index: passage for passage in prepared.passages}
    passages |= {promise.passage.index: promise.passage for promise in prepared.promises}
    for passage in passages.values():
        before = passage.unit.span.start
        for quantity in passage.numbers:
            place = at[(quantity.span.start, quantity.span.end)]
            span = passage.unit.span
            period = times.at(span.start, quantity.span.start, span.end)
            yield _one(prepared.folded, passage, quantity, place, before, period)
            before = quantity.span.end


def _one(folded: str, passage: Passage, quantity: Quantity, place: int, before: int, period: Period) -> Counted:
    start, end = quantity.span.start, quantity.span.end
    unit = passage.unit
    part = next((p for p in reversed(passage.parts) if p.start <= start), None)
    opens = part.start if part else unit.span.start
    lead = folded[max(before, opens) : start]
    tail = folded[end : min(unit.span.end, end + _TAIL)]
    label = fold(quantity.indicator or "")
    segment = pairs_of(lead[-_LEAD:] + "," + _LISTED.split(tail)[0])
    return Counted(
        position=place,
        quantity=quantity,
        name=pairs_of(_WIDE.sub(" ", label)) or segment,
        near=segment,
        clause=part.pairs if part else passage.pairs,
        sentence=passage.pairs,
        above=passage.around,
        lead=folded[opens:start],
        tail=tail,
        words=passage.words,
        unit=unit,
        period=period,
        places=places_in(label),
        years=years_named(label),
    )


_PART = re.compile("[\u4e00-\u9fff]{1,5}?(?:街道|社区|片区|园区|乡|镇|村|县|区|市|旗)")
_NO_PART = re.compile(
    "社区|园区|片区|[全本我各每市]?(?:县|区|市|旗|镇|乡|村|街道)$|城区|小区|景区|校区|辖区|地区|库区|山区|城市|农村|乡村|城镇|乡镇|集群村|超市|门市|上市|都市|集市"
)


def places_in(label: str) -> frozenset[str]:
    """The parts of the place that a name is limited to.

    >>> sorted(places_in("青石镇新建公厕")), sorted(places_in("全区新建公厕"))
    (['青石镇'], [])
    """
    found = (hit[0] for hit in _PART.finditer(label[:10]))
    return frozenset(name for name in found if len(name) >= 2 and not _is_common(name))


def _is_common(name: str) -> bool:
    return (
        bool(re.match("[全本我各每]", name))
        or bool(_NO_PART.search(name[-3:]))
        and len(name) <= 3
        and not re.match("[\u4e00-\u9fff]{1,2}[县镇乡旗]$", name)
    )
