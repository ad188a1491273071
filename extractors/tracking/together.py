"""Promises whose parts are told over several papers: at which of them the last part is told.

One paper says that the fair was held, a year later another one that the trademark is registered: each advances the
promise of both, and with the second it is kept. So are 80座 in two years by 38座 of the first and 45座 of the second.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extractors.headings import union
from extractors.tracking.counted import counted_of
from extractors.tracking.held_to import WHOLE, promised_numbers
from extractors.tracking.measures import in_measures_of
from extractors.tracking.numbers import is_upper_bound, meets
from extractors.tracking.pieces import OWN, only_open, pieces_of, worth
from extractors.tracking.prepared import Promise, prepare
from models.evidence import COMPLETES, Between, Certainty, Link, Progress, Relation
from models.quantities import Quantity

_PARTS = frozenset({"part_missing", "other_year", "number_short", "some_of_all", "number_untold"})
_NOT_OF_IT = frozenset({"scope_differs", "other_year", "unit_differs"})
_OF_A_YEAR = "yearly_against_cumulative"


def together(found: Sequence[Between]) -> tuple[Between, ...]:
    """What was found between one reply and its later papers, with the links that complete a promise as fulfilling it;
    those that did so once, and don't any more, advance it again."""
    bare = [replace(each, links=tuple(map(_as_found, each.links))) for each in found]
    completing = dict(_completing(bare))
    return tuple(
        replace(each, links=tuple(_completed(link) if completing.get(link) == at else link for link in each.links))
        for at, each in enumerate(bare)
    )


def _as_found(link: Link) -> Link:
    if COMPLETES not in link.flags:
        return link
    flags = tuple(flag for flag in link.flags if flag != COMPLETES)
    return replace(link, relation=Relation.ADVANCES, flags=flags)


def _completed(link: Link) -> Link:
    return replace(link, relation=Relation.FULFILS, flags=(*link.flags, COMPLETES))


def _completing(found: Sequence[Between]) -> Iterable[tuple[Link, int]]:
    """The links that complete a promise, with the place of their Between."""
    said: dict[int, list[tuple[Link, int]]] = defaultdict(list)
    for at, each in enumerate(found):
        for link in each.links:
            if link.certainty is Certainty.SURE:
                said[link.commitment].append((link, at))
    for position, links in said.items():
        relations = {link.relation for link, _ in links}
        parts = [(link, at) for link, at in links if _tells_a_part(link)]
        if relations & {Relation.FULFILS, Relation.CONTRADICTS} or len({at for _, at in parts}) < 2:
            continue
        promise = next((one for one in prepare(found[0].earlier).promises if one.position == position), None)
        if promise is not None and (last := _last(promise, parts, found)) is not None:
            yield last


def _tells_a_part(link: Link) -> bool:
    return link.relation is Relation.ADVANCES and link.day is not None and link.why[0].code in _PARTS


def _last(promise: Promise, parts: Sequence[tuple[Link, int]], found: Sequence[Between]) -> tuple[Link, int] | None:
    """The link with which everything that was promised is told; None where something never is."""
    if union("told", "recurring").search(promise.passage.words):
        return None
    wanted = _Wanted.of(promise)
    if not wanted.numbers and len(wanted.pieces) < 2:
        return None
    left_pieces = set(range(len(wanted.pieces)))
    left_numbers = dict(enumerate(wanted.numbers))
    years: dict[int, dict[int, Decimal]] = defaultdict(dict)
    for link, at in sorted(parts, key=lambda each: (str(each[0].day), each[1])):
        before = (set(left_pieces), set(left_numbers))
        left_pieces -= wanted.pieces_told(link, found[at])
        for place in list(left_numbers):
            if _is_met(promise, left_numbers[place], link, found[at], years[place]):
                del left_numbers[place]
        if before != (left_pieces, set(left_numbers)) and not left_pieces and not left_numbers:
            return link, at
    return None


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a promise is made of: its numbers, and those of its pieces that have none."""

    promise: Promise
    numbers: tuple[Quantity, ...]
    pieces: tuple[int, ...]

    @classmethod
    def of(cls, promise: Promise) -> _Wanted:
        numbers = tuple(own for own in promised_numbers(promise) if own.value != WHOLE or own.unit != "%")
        texts = [own.span.text for own in numbers]
        pieces = tuple(
            place
            for place, piece in enumerate(pieces_of(promise))
            if worth(piece.own) >= OWN and not any(text in piece.words for text in texts)
        )
        return cls(promise, numbers, pieces)

    def pieces_told(self, link: Link, between: Between) -> set[int]:
        """The places, among the pieces without a number, of those that a link's passage tells as done."""
        shown = next((each for each in prepare(between.later).passages if each.index == link.unit), None)
        if shown is None:
            return set()
        pieces = pieces_of(self.promise)
        return {
            at
            for at, place in enumerate(self.pieces)
            if pieces[place].told_by(shown) and not only_open(pieces[place], shown, self.promise)
        }


def _is_met(promise: Promise, own: Quantity, link: Link, between: Between, years: dict[int, Decimal]) -> bool:
    """Whether a link's passage reaches a promised number, by itself or with what was told of other years (`years`)."""
    numbers = between.later.extraction.quantities
    for report in _reports(own, link, between):
        (told,) = in_measures_of((own,), (numbers[report.actual],))
        if _OF_A_YEAR not in report.flags:
            if meets(own, told, is_upper_bound(own, promise)):
                return True
            years.clear()  # a sum that is told itself counts for more than one that is reckoned
            return False
        year = _year_of(between, report)
        if year is not None and own.unit != "%" and not union("progress", "total").search(link.span.text):
            years[year] = max(told.value, years.get(year, Decimal(0)))
    return len(years) > 1 and sum(years.values()) >= own.value


def _reports(own: Quantity, link: Link, between: Between) -> Iterable[Progress]:
    """The reports of a link's passage on a promised number."""
    targets, actuals = between.earlier.extraction.quantities, between.later.extraction.quantities
    return (
        one
        for one in between.progress
        if targets[one.target].span == own.span
        and actuals[one.actual].unit_span.start == link.span.start
        and not _NOT_OF_IT & set(one.flags)
    )


def _year_of(between: Between, report: Progress) -> int | None:
    years = _years(between).get(report.actual, frozenset())
    return next(iter(years)) if len(years) == 1 else None


def _years(between: Between) -> Mapping[int, frozenset[int]]:
    return {one.position: one.years or one.period.years for one in counted_of(between.later)}
