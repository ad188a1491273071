"""What saved searches find that nobody knew when they were saved. Knows no Prefect."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from flows.searching import search_in
from models import saved
from models.errors import WrongSearch
from models.filters import CURRENT, Filter
from models.ids import RecordId
from models.reporting import key_of_find
from models.saved import SavedSearch
from models.saved_tables import SavedPage
from models.search import SearchHit, SearchKind, SearchResult
from models.store import Store


@dataclass(frozen=True, slots=True)
class Finds:
    """Hits by the key under which they are told, each with its search; searches and lists that can't be asked any more;
    and likewise the promises that kept lists have which they didn't have when they were kept."""

    by_key: Mapping[str, tuple[SavedSearch, SearchHit]] = field(default_factory=dict)
    broken: tuple[SavedSearch, ...] = ()
    listed: Mapping[str, tuple[SavedSearch, RecordId]] = field(default_factory=dict)

    @property
    def notes(self) -> list[str]:
        """What the report says of those that can't be asked."""
        return [
            f"存下的{called}{names}条件已经不能用，没有查，请重新存。"
            for page, called in saved.CALLED.items()
            if (names := "、".join(f"“{one.name}”" for one in self.broken if one.page is page))
        ]


def finds(store: Store, day: date, data_dir: Path) -> Finds:
    """What every saved search finds on a day beyond what was there when it was saved."""
    known, lists = saved.list_saved(store), saved.list_saved(store, page=SavedPage.LEDGER)
    if not known and not lists:
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
    listed: dict[str, tuple[SavedSearch, RecordId]] = {}
    for one in lists:
        promises = promises_of(store, one, day, data_dir)
        if promises is None:
            broken.append(one)
            continue
        listed |= {key_of_find(one.id, id): (one, id) for id in _come(store, one, promises)}
    return Finds(found, tuple(broken), listed)


def promises_of(store: Store, one: SavedSearch, day: date, data_dir: Path) -> list[RecordId] | None:
    """The promises that a kept list has, newest first, one more than is watched at most; None: its filters can't be
    asked any more."""
    from starlette.exceptions import HTTPException

    from flows.listing import Listing
    from outputs.web.asked import asked
    from outputs.web.given import Kept

    lists = Listing(store, data_dir)
    try:
        wanted = asked(Kept(one.parameters, day, lists))
    except HTTPException:
        return None
    return lists.ids(wanted.within, wanted.stands, limit=saved.MOST_WATCHED + 1)


def _come(store: Store, one: SavedSearch, promises: list[RecordId]) -> list[RecordId]:
    """Those that have come since the list is watched; a list that isn't yet is from now on, a long one never."""
    if len(promises) > saved.MOST_WATCHED:
        return []
    before = saved.seen(store, one.id, saved.EVERYBODY)
    if saved.mark_of(one.parameters) in before:
        return [id for id in promises if id not in before]
    saved.watch(store, one, promises, datetime.now(UTC))
    return []


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


# -- the office's own searches, from the terminal --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Watched:
    """A search that everybody may see: its hits (None: its filters can't be asked any more), and the new ones."""

    saved: SavedSearch
    hits: tuple[SearchHit, ...] | None
    new: tuple[SearchHit, ...]

    @property
    def record(self) -> dict[str, object]:
        """The same as JSON."""
        one = self.saved
        return {
            "id": one.id,
            "name": one.name,
            "owner": one.owner or None,
            "query": one.query,
            "parameters": [list(pair) for pair in one.parameters],
            "created": one.created.isoformat(),
            "hits": None if self.hits is None else len(self.hits),
            "new": [{"id": hit.id, "document": hit.document.name, "text": hit.text} for hit in self.new],
        }


def office_searches(store: Store, day: date, data_dir: Path) -> list[Watched]:
    """The searches that everybody may see, by name."""
    return [_watched(store, one, day, data_dir) for one in saved.list_saved(store, saved.OFFICE)]


def save_for_office(store: Store, name: str, parameters: saved.Parameters, day: date, data_dir: Path) -> SavedSearch:
    """Keeps a search for everybody. WrongSearch: it has no words, or its name is taken."""
    now = datetime.now(UTC)
    asked = SavedSearch(saved.SearchId(0), name, saved.OFFICE, True, parameters, now, None)
    hits = [hit.id for hit in hits_now(store, asked, day, data_dir) or ()]
    return saved.save(store, name, parameters, hits, owner=saved.OFFICE, shared=True, now=now)


def change(store: Store, number: int, does: str, day: date, data_dir: Path, now: datetime) -> str:
    """Marks a search of the office's as seen, deletes or restores it; what was done. WrongSearch: there is none."""
    one = saved.saved_search(store, number)
    if one is None or not one.shared or (one.deleted is None) == (does == "restore"):
        raise WrongSearch(f"没有第 {number} 号{'删掉的' if does == 'restore' else ''}检索")
    if does == "seen":
        new = _watched(store, one, day, data_dir).new
        saved.note_seen(store, one.id, saved.TERMINAL, [hit.id for hit in new])
        return f"“{one.name}”的 {len(new)} 条新结果都算看过了。"
    if does == "delete":
        saved.delete(store, one.id, now)
        return f"删了检索“{one.name}”；duban searches --restore {one.id} 恢复。"
    saved.restore(store, one.id)
    return f"恢复了检索“{one.name}”。"


def _watched(store: Store, one: SavedSearch, day: date, data_dir: Path) -> Watched:
    hits = hits_now(store, one, day, data_dir)
    before = saved.seen(store, one.id, saved.TERMINAL)
    return Watched(one, None if hits is None else tuple(hits), tuple(hit for hit in hits or () if hit.id not in before))
