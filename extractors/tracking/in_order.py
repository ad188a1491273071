"""The list of a reply that answers the asks one by one: its third item speaks to the third ask, whatever its words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from extractors.headings import read_enumerator
from models.documents import Unit, UnitRole, Zone
from models.extraction import Extraction
from models.text import fold

_LEAST = 3  # asks: two in a row may be chance
_MISFIT = 6  # asks, for each of which a list may have one item out of its place


@dataclass(slots=True)
class _Run:
    """A list: the style of its numbers, the heading that it stands under, and the units of each item."""

    style: str
    section: tuple[str, ...]
    items: list[list[int]] = field(default_factory=list)


def units_in_order(
    extraction: Extraction, asked: Mapping[int, int], spoken: Mapping[int, Collection[int]]
) -> Mapping[int, int]:
    """The item of the asks that each unit of such a list answers by its place, none where the reply has no such list.

    `asked`: which item each ask stands in; `spoken`: the units that speak to each ask by their words.
    To four asks a list of four items, of which the second and the fourth name the second and the fourth ask: so the
    first and the third item answer the others.
    """
    items: dict[int, set[int]] = {item: set() for item in asked.values()}
    for at, units in spoken.items():
        items[asked[at]] |= set(units)
    return next((_placed(run) for run in _runs(extraction) if _fits(run, items)), {})


def _placed(run: _Run) -> dict[int, int]:
    return {index: place for place, item in enumerate(run.items) for index in item}


def _fits(run: _Run, spoken: Mapping[int, Collection[int]]) -> bool:
    """Whether a list has as many items as there are asks, half of them in the place of the ask that they name."""
    if len(run.items) != len(spoken) or len(spoken) < _LEAST:
        return False
    named = [{at for at, units in spoken.items() if _shares(item, units)} for item in run.items]
    right = sum(place in asks for place, asks in enumerate(named))
    wrong = sum(bool(asks) and place not in asks for place, asks in enumerate(named))
    return 2 * right >= len(spoken) and wrong <= len(spoken) // _MISFIT


def _shares(item: Collection[int], units: Collection[int]) -> bool:
    return any(index in units for index in item)


def _runs(extraction: Extraction) -> Iterator[_Run]:
    """The lists of a letter whose items are sentences; an item is the rest of its line."""
    text, run, last = extraction.document.text, None, None
    for unit in extraction.units:
        listed = _listed(unit)
        if listed and (run is None or (run.style, run.section) != (listed, unit.section)):
            if run:
                yield run
            run = _Run(listed, unit.section)
        if run and listed:
            run.items.append([unit.index])
        elif run and last is not None and "\n" not in text[last : unit.span.start]:
            run.items[-1].append(unit.index)
        elif run:
            yield run
            run = None
        last = unit.span.end
    if run:
        yield run


def _listed(unit: Unit) -> str | None:
    if unit.role is not UnitRole.TEXT or unit.zone in (Zone.OPENING, Zone.CLOSING):
        return None
    words = fold(unit.span.text)
    listed = read_enumerator(words, 0, len(words))
    return listed.style if listed else None
