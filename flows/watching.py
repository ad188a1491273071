"""What saved searches find that nobody knew when they were saved. Knows no Prefect."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from flows.searching import search_in
from models import saved
from models.filters import CURRENT, Filter
from models.reporting import key_of_find
from models.saved import SavedSearch
from models.search import SearchHit, SearchKind, SearchResult
from models.store import Store


@dataclass(frozen=True, slots=True)
class Finds:
    """Hits by the key under which they are told, each with its search; and searches that can't be asked any more."""

    by_key: Mapping[str, tuple[SavedSearch, SearchHit]] = field(default_factory=dict)
    broken: tuple[SavedSearch, ...] = ()

    @property
    def notes(self) -> list[str]:
        """What the report says of those that can't be asked."""
        names = "、".join(f"“{one.name}”" for one in self.broken)
        return [f"存下的检索{names}条件已经不能用，没有查，请重新存。"] if names else []


def finds(store: Store, day: date, data_dir: Path) -> Finds:
    """What every saved search finds on a day beyond what was there when it was saved."""
    known = saved.list_saved(store)
    if not known:
        return Finds()  # without loading the pages
    found: dict[str, tuple[SavedSearch, SearchHit]] = {}
    broken = []
    for one in known:
        hits = hits_now(store, one, day, data_dir)
        if hits is None:
            broken.append(one)
            continue
        before = saved.seen(store, one.id)
        found |= {key_of_find(one.id, hit.id): (one, hit) for hit in hits if hit.id not in before}
    return Finds(found, tuple(broken))


def hits_now(store: Store, search: SavedSearch, day: date, data_dir: Path) -> list[SearchHit] | None:
    """What a saved search finds; None: its filters name what isn't known any more."""
    from starlette.exceptions import HTTPException

    from flows.listing import Listing
    from outputs.web.saved import hits_of

    try:
        return hits_of(search, _Search(store, data_dir), Listing(store, data_dir), day)
    except HTTPException:
        return None


@dataclass(frozen=True, slots=True)
class _Search:
    """The office's search, for whoever asks without a page."""

    store: Store
    data_dir: Path

    def search(
        self, query: str, kinds: Sequence[SearchKind], *, limit: int = 50, within: Filter = CURRENT
    ) -> SearchResult:
        """The records that a query finds."""
        return search_in(self.store, query, kinds=kinds, limit=limit, within=within, data_dir=self.data_dir)
