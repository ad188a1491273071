"""What a saved search finds on a day: the same hits for its page, for programs, and for the morning report."""

from __future__ import annotations

from datetime import date

from models.saved import Parameters, SavedSearch
from models.search import SearchHit
from models.terms import Match
from outputs.web.actions import Lists
from outputs.web.asked import FIELDS, asked
from outputs.web.finding import Searching, find
from outputs.web.given import Kept

KEPT = ("q", "kind", *FIELDS, "sort")
"""The parameters of a search page that are saved: not its day, not its page."""
LOOKED_AT = 500
"""Hits that are held against those seen: of a search that finds more, only what lies in newer documents is new."""
_TELLING = (Match.ALL, Match.ALIKE, Match.CONTEXT)  # what is only near in meaning is no news


def kept_of(parameters: list[tuple[str, str]]) -> Parameters:
    """The parameters of an address that are saved."""
    return tuple((name, value.strip()) for name, value in parameters if name in KEPT and value.strip())


def hits_of(saved: SavedSearch, searching: Searching, lists: Lists, day: date) -> list[SearchHit]:
    """What a saved search finds, best first. HTTPException (400): its filters say nothing that is known any more."""
    address = Kept(saved.parameters, day, lists)
    found = find(address, searching, saved.query, LOOKED_AT).hits
    settled = len(found) >= LOOKED_AT
    return [
        one
        for one in found
        if one.match in _TELLING and not (settled and saved.id and one.document.created <= saved.created)
    ]


def words_of(saved: SavedSearch, lists: Lists, day: date) -> tuple[str, ...]:
    """What a saved search is narrowed to, in Chinese."""
    return asked(Kept(saved.parameters, day, lists)).words
