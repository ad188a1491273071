"""Saved searches: a query with its filters under a name, and which of its hits somebody has seen.

    made = save(store, "停车位", (("q", "停车位"), ("unit", "交通")), hits, owner="王五", shared=False, now=now)
    hits_now - seen(store, made.id, "王五")        what is new to 王五

Hits are known by their ids, which come from content: no clock and no order of runs decides what is new.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, NewType

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from models.bulk import write_rows
from models.errors import WrongSearch
from models.saved_tables import search_seen, searches
from models.store import Store

SearchId = NewType("SearchId", int)
Parameters = tuple[tuple[str, str], ...]

OFFICE = ""  # owner of what is saved in the terminal
TERMINAL = "-"  # who reads there: no user may have this name
MOST = 100  # searches of one owner
KEPT_DELETED = timedelta(days=30)  # so long a deleted search is offered to be taken back
_LONGEST_NAME = 60
_EVERYBODY = ""


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """检索: its name, whose it is, whether everybody sees it, the parameters of its address."""

    id: SearchId
    name: str
    owner: str
    shared: bool
    parameters: Parameters
    created: datetime
    deleted: datetime | None

    @property
    def query(self) -> str:
        """The words that it looks for."""
        return next((value for name, value in self.parameters if name == "q"), "")

    def is_open_to(self, reader: str) -> bool:
        """Whether somebody may look at it."""
        return self.shared or self.owner == reader


def save(
    store: Store,
    name: str,
    parameters: Parameters,
    hits: Iterable[str],
    *,
    owner: str,
    shared: bool,
    now: datetime,
) -> SavedSearch:
    """Keeps a search; `hits` are there already and will never be new. WrongSearch: no name, no words, one too many."""
    name = " ".join(name.split())
    made = SavedSearch(SearchId(0), name, owner, shared, parameters, now, None)
    _check(made)
    with store.writing() as connection:
        _check_among(connection, made)
        row = {"name": name, "owner": owner, "shared": shared, "parameters": parameters, "created": now}
        number = connection.execute(sa.insert(searches).values(row).returning(searches.c.id)).scalar_one()
        _note(connection, SearchId(number), _EVERYBODY, hits)
    return replace(made, id=SearchId(number))


def list_saved(store: Store, reader: str | None = None) -> list[SavedSearch]:
    """The searches that somebody may look at, by name; of everybody where `reader` is None."""
    chosen = sa.select(searches).where(searches.c.deleted.is_(None)).order_by(searches.c.name, searches.c.id)
    if reader is not None:
        chosen = chosen.where(sa.or_(searches.c.owner == reader, searches.c.shared))
    return _read(store, chosen)


def deleted_lately(store: Store, owner: str, now: datetime) -> list[SavedSearch]:
    """What somebody deleted not long ago, the latest first."""
    c = searches.c
    chosen = sa.select(searches).where(c.owner == owner, c.deleted >= now - KEPT_DELETED).order_by(c.deleted.desc())
    return _read(store, chosen)


def saved_search(store: Store, number: int) -> SavedSearch | None:
    """One search, deleted or not; None: there is none."""
    return next(iter(_read(store, sa.select(searches).where(searches.c.id == number))), None)


def seen(store: Store, search: SearchId, reader: str | None = None) -> set[str]:
    """The hits that are not new to somebody; to everybody where `reader` is None."""
    readers = [_EVERYBODY] if reader is None else [_EVERYBODY, reader]
    c = search_seen.c
    with store.reading() as connection:
        chosen = sa.select(c.record_id).where(c.search_id == search, c.reader.in_(readers))
        return set(connection.execute(chosen).scalars())


def note_seen(store: Store, search: SearchId, reader: str, hits: Iterable[str]) -> int:
    """Notes that somebody has seen these hits; how many were new."""
    with store.writing() as connection:
        return _note(connection, search, reader, hits)


def delete(store: Store, search: SearchId, now: datetime) -> None:
    """Puts a search away; `restore` brings it back with all that was seen of it."""
    with store.writing() as connection:
        _set_deleted(connection, search, now)


def restore(store: Store, search: SearchId) -> None:
    """Takes a deleted search back. WrongSearch: there is another of that name by now."""
    found = saved_search(store, search)
    with store.writing() as connection:
        if found is not None and found.deleted is not None:
            _check_among(connection, found)
        _set_deleted(connection, search, None)


def _check(made: SavedSearch) -> None:
    if not made.name or len(made.name) > _LONGEST_NAME:
        raise WrongSearch(f"给检索起个名字，最多 {_LONGEST_NAME} 个字")
    if not any(character.isalnum() for character in made.query):
        raise WrongSearch("没有要找的词，存下来也找不到东西")


def _check_among(connection: Connection, made: SavedSearch) -> None:
    """WrongSearch: its owner has one of that name, or too many."""
    own = sa.select(searches.c.name).where(searches.c.owner == made.owner, searches.c.deleted.is_(None))
    names = list(connection.execute(own).scalars())
    if made.name in names:
        raise WrongSearch(f"已经有一个叫“{made.name}”的检索，换个名字")
    if len(names) >= MOST:
        raise WrongSearch(f"已经存了 {len(names)} 个检索，先删掉不用的")


def _note(connection: Connection, search: SearchId, reader: str, hits: Iterable[str]) -> int:
    c = search_seen.c
    known = set(connection.execute(sa.select(c.record_id).where(c.search_id == search, c.reader == reader)).scalars())
    new = sorted(set(hits) - known)
    write_rows(connection, search_seen, [{"search_id": search, "reader": reader, "record_id": one} for one in new])
    return len(new)


def _set_deleted(connection: Connection, search: SearchId, at: datetime | None) -> None:
    connection.execute(sa.update(searches).where(searches.c.id == search).values(deleted=at))


def _read(store: Store, chosen: sa.Select[Any]) -> list[SavedSearch]:
    with store.reading() as connection:
        return [_saved(row) for row in connection.execute(chosen).mappings()]


def _saved(row: RowMapping) -> SavedSearch:
    return SavedSearch(
        row["id"], row["name"], row["owner"], row["shared"], row["parameters"], row["created"], row["deleted"]
    )
