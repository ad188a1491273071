"""Figures that every morning asks for, counted before anybody does: at the end of the night, and beside the pages.

Over a large register the front page's figures take seconds. `prepare` asks for them as the pages do, so that they are
known by the time somebody looks, and lets the database keep them for a server that starts later. Nothing is shown that
doesn't hold any more: what is known belongs to the register after a certain run (`flows/reckoned.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from threading import Event, Thread
from zoneinfo import ZoneInfo

from sqlalchemy.exc import SQLAlchemyError

from flows.listing import Listing
from flows.settings import Settings
from models.errors import DubanError
from models.facets import Stamp, stamp
from models.filters import CURRENT, Sort
from models.stands import Stands

_LOOKS_EVERY = 20.0  # seconds


def prepare(lists: Listing, day: date) -> None:
    """Counts what the pages show of the whole register on a day, and keeps it."""
    from outputs.web.overview import read_figures
    from outputs.web.units import read_units

    read_figures(lists, day)
    read_units(lists, day)
    lists.count(CURRENT, Stands(day))
    lists.kept.write(lists.store, day)


def mark(lists: Listing, day: date) -> None:
    """Marks the whole ledger in each of its orders, so that its last page is there as soon as its first."""
    lists.facets()
    for sort in Sort:
        lists.survey(CURRENT, Stands(day), sort)


@contextmanager
def prepared(lists: Listing, settings: Settings) -> Iterator[None]:
    """While pages are served: whenever the register was changed by a run, and when a day begins."""
    over = Event()
    beside = Thread(target=_keep_prepared, args=(lists, settings, over), name="prepare", daemon=True)
    beside.start()
    try:
        yield
    finally:
        over.set()
        beside.join(timeout=5)


def _keep_prepared(lists: Listing, settings: Settings, over: Event) -> None:
    known: tuple[date, Stamp] | None = None
    while not over.is_set():
        try:
            known = _prepared_since(lists, settings, known)
        except (DubanError, SQLAlchemyError):  # the pages say so, too; it may be back in a moment
            known = None
        over.wait(_LOOKS_EVERY)


def _prepared_since(lists: Listing, settings: Settings, known: tuple[date, Stamp] | None) -> tuple[date, Stamp] | None:
    day, at = datetime.now(ZoneInfo(settings.timezone)).date(), stamp(lists.store)
    if at is None:  # a run is at it: what is counted now holds for nothing
        return known
    if (day, at) != known:
        prepare(lists, day)
        mark(lists, day)
    return day, at
