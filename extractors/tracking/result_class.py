"""Alarms about a reply's result class: it says more than the text does, or less than has been delivered since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from extractors import lexicon
from extractors.headings import union
from models.commitments import Strength
from models.documents import Unit, UnitRole, Zone
from models.evidence import Alarm, AlarmCode, Between, Certainty, Link, Paper, Relation
from models.quantities import Role
from models.text import fold

_TRACKED = frozenset({Strength.FIRM, Strength.AIM})
_FRAMES = frozenset({Zone.OPENING, Zone.CLOSING})
_SAYING = frozenset({UnitRole.TEXT, UnitRole.TABLE_ROW})
_SEVERAL = 2


def meaning_of(result_class: str | None, meanings: Mapping[str, str] | None = None) -> str | None:
    """What a class means: "solved", "partly", "planned" or "reference"; None where it isn't known.

    >>> meaning_of("A"), meaning_of("B"), meaning_of("B", {"B": "partly"})
    ('solved', 'planned', 'partly')
    """
    said = fold(result_class or "").strip()
    if not said:
        return None
    if meanings is not None and said in meanings:
        return meanings[said]
    return next((entry.meaning for entry in lexicon.load("result_meanings") if entry.pattern.search(said)), None)


def over_promises(reply: Paper, meanings: Mapping[str, str] | None) -> Iterator[Alarm]:
    """Class A over a text that only promises: nothing in it was done."""
    extraction = reply.extraction
    said = extraction.identity.result_class
    if said is None or meaning_of(said, meanings) != "solved" or extraction.identity.co_reply:
        return
    if len(extraction.commitments) < _SEVERAL or any(_tells_done(unit, reply) for unit in extraction.units):
        return
    first = extraction.commitments[0]
    yield Alarm(
        code=AlarmCode.CLASS_OVER_PROMISES,
        commitment=None,
        other=None,
        spans=(first.span,),
        values=(said,),
        day=extraction.identity.date,
        certainty=Certainty.PROPOSED if _has_facts(reply) else Certainty.SURE,
    )


def _tells_done(unit: Unit, reply: Paper) -> bool:
    """Whether a unit outside greeting and farewell tells something that was done."""
    if unit.role not in _SAYING or unit.zone in _FRAMES:
        return False
    if any(one.span.start == unit.span.start for one in reply.extraction.commitments):
        return False
    return bool(union("alarms", "achieved").search(fold(unit.span.text)))


def _has_facts(reply: Paper) -> bool:
    return any(one.role is Role.ACTUAL for one in reply.extraction.quantities)


def under_delivery(reply: Paper, between: Sequence[Between], meanings: Mapping[str, str] | None) -> Iterator[Alarm]:
    """Class B, but later papers show all of its promises kept: it may become an A."""
    extraction = reply.extraction
    said = extraction.identity.result_class
    if said is None or meaning_of(said, meanings) not in ("planned", "partly") or extraction.identity.co_reply:
        return
    tracked = [place for place, one in enumerate(extraction.commitments) if one.strength in _TRACKED]
    kept = _kept(between)
    if not tracked or any(place not in kept for place in tracked):
        return
    other, link = max((kept[place] for place in tracked), key=lambda each: (each[1].day is not None, each[1].day))
    yield Alarm(
        code=AlarmCode.CLASS_UNDER_DELIVERY,
        commitment=None,
        other=other.later.id,
        spans=(extraction.commitments[link.commitment].span, link.span),
        values=(said,),
        day=link.day,
        certainty=Certainty.PROPOSED,
    )


def _kept(between: Sequence[Between]) -> dict[int, tuple[Between, Link]]:
    """The promises that sure links fulfil and none contradicts."""
    kept: dict[int, tuple[Between, Link]] = {}
    broken: set[int] = set()
    for each in between:
        for link in each.links:
            if link.relation is Relation.CONTRADICTS:
                broken.add(link.commitment)
            elif link.relation is Relation.FULFILS and link.certainty is Certainty.SURE:
                kept.setdefault(link.commitment, (each, link))
    return {place: found for place, found in kept.items() if place not in broken}
