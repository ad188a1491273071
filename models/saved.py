"""Saved searches: a query with its filters under a name, and which of its hits somebody has seen; saved lists of the
ledger: filters, order and columns under a name.

    made = save(store, "停车位", (("q", "停车位"), ("unit", "交通")), hits, owner="王五", shared=False, now=now)
    hits_now - seen(store, made.id, "王五")        what is new to 王五
    save(store, "局里逾期", (("unit", "交通"), ("status", "overdue")), (), page=SavedPage.LEDGER, …)

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
from models.ids import content_id
from models.saved_tables import SavedPage, search_seen, searches
from models.store import Store

SearchId = NewType("SearchId", int)
Parameters = tuple[tuple[str, str], ...]

OFFICE = ""  # owner of what is saved in the terminal
TERMINAL = "-"  # who reads there: no user may have this name
MOST = 100  # searches of one owner
MOST_WATCHED = 5_000  # promises of a list that is watched for new ones
KEPT_DELETED = timedelta(days=30)  # so long a deleted search is offered to be taken back
_LONGEST_NAME = 60
EVERYBODY = ""
_AS_IT_WAS = "（改前）"
CALLED = {SavedPage.SEARCH: "检索", SavedPage.LEDGER: "台账"}


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """检索 or 台账: its name, whose it is, whether everybody sees it, the parameters of its address."""

    id: SearchId
    name: str
    owner: str
    shared: bool
    parameters: Parameters
    created: datetime
    deleted: datetime | None
    page: SavedPage = SavedPage.SEARCH

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
    page: SavedPage = SavedPage.SEARCH,
) -> SavedSearch:
    """Keeps a search; `hits` are there already and will never be new. WrongSearch: no name, no words, one too many."""
    name = " ".join(name.split())
    made = SavedSearch(SearchId(0), name, owner, shared, parameters, now, None, page)
    _check(made)
    with store.writing() as connection:
        _check_among(connection, made)
        row = {"name": name, "owner": owner, "shared": shared, "parameters": parameters, "created": now, "page": page}
        number = connection.execute(sa.insert(searches).values(row).returning(searches.c.id)).scalar_one()
        _note(connection, SearchId(number), EVERYBODY, hits)
    return replace(made, id=SearchId(number))


def marked(parameters: Parameters, promises: Iterable[str]) -> list[str]:
    """What is noted as seen by everybody when a list of the ledger begins to be watched: its promises, and a mark that
    it is watched with these parameters. A list without the mark is watched from the next night on."""
    return [mark_of(parameters), *promises]


def mark_of(parameters: Parameters) -> str:
    """The mark that a list is watched with these parameters."""
    return content_id("list", *(part for pair in parameters for part in pair))


def watch(store: Store, one: SavedSearch, promises: Iterable[str], now: datetime) -> None:
    """A list is watched from now on: what it has is no news to anybody."""
    with store.writing() as connection:
        _note(connection, one.id, EVERYBODY, marked(one.parameters, promises), now)


def list_saved(store: Store, reader: str | None = None, page: SavedPage = SavedPage.SEARCH) -> list[SavedSearch]:
    """The searches (or lists) that somebody may look at, by name; of everybody where `reader` is None."""
    c = searches.c
    chosen = sa.select(searches).where(c.deleted.is_(None), c.page == page).order_by(c.name, c.id)
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
    readers = [EVERYBODY] if reader is None else [EVERYBODY, reader]
    c = search_seen.c
    with store.reading() as connection:
        chosen = sa.select(c.record_id).where(c.search_id == search, c.reader.in_(readers))
        return set(connection.execute(chosen).scalars())


def note_seen(store: Store, search: SearchId, reader: str, hits: Iterable[str], at: datetime | None = None) -> int:
    """Notes that somebody has seen these hits; how many were new."""
    with store.writing() as connection:
        return _note(connection, search, reader, hits, at)


def last_looks(store: Store, reader: str, since: datetime) -> dict[SearchId, tuple[datetime, int]]:
    """Of each search that somebody looked at since then: when last, and how many hits were noted then."""
    c = search_seen.c
    looks = (
        sa.select(c.search_id, c.at, sa.func.count())
        .where(c.reader == reader, c.at >= since)
        .group_by(c.search_id, c.at)
        .order_by(c.at)
    )
    with store.reading() as connection:
        return {search: (at, number) for search, at, number in connection.execute(looks)}


def forget_look(store: Store, search: SearchId, reader: str, at: datetime) -> int:
    """Takes one look back: its hits are new again; how many."""
    c = search_seen.c
    gone = sa.delete(search_seen).where(c.search_id == search, c.reader == reader, c.at == at)
    with store.writing() as connection:
        return connection.execute(gone).rowcount


def change(store: Store, before: SavedSearch, parameters: Parameters, now: datetime) -> SavedSearch:
    """The same list with other parameters; as it was it lies among the deleted ones, as “…（改前）”, to be taken back.
    WrongSearch: there are no parameters."""
    made = replace(before, parameters=parameters)
    _check(made)
    old = {
        "name": f"{before.name[: _LONGEST_NAME - len(_AS_IT_WAS)]}{_AS_IT_WAS}",
        "owner": before.owner,
        "shared": before.shared,
        "parameters": before.parameters,
        "created": before.created,
        "deleted": now,
        "page": before.page,
    }
    with store.writing() as connection:
        connection.execute(sa.insert(searches).values(old))
        connection.execute(sa.update(searches).where(searches.c.id == before.id).values(parameters=parameters))
    return made


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
        raise WrongSearch(f"给{CALLED[made.page]}起个名字，最多 {_LONGEST_NAME} 个字")
    if made.page is SavedPage.LEDGER:
        if not made.parameters:
            raise WrongSearch("没有筛选条件，也没有选列、排序，存下来就是整个台账")
    elif not any(character.isalnum() for character in made.query):
        raise WrongSearch("没有要找的词，存下来也找不到东西")


def _check_among(connection: Connection, made: SavedSearch) -> None:
    """WrongSearch: its owner has one of that name, or too many."""
    c, what = searches.c, CALLED[made.page]
    own = sa.select(c.name).where(c.owner == made.owner, c.deleted.is_(None), c.page == made.page)
    names = list(connection.execute(own).scalars())
    if made.name in names:
        raise WrongSearch(f"已经有一个叫“{made.name}”的{what}，换个名字")
    if len(names) >= MOST:
        raise WrongSearch(f"已经存了 {len(names)} 个{what}，先删掉不用的")


def _note(
    connection: Connection, search: SearchId, reader: str, hits: Iterable[str], at: datetime | None = None
) -> int:
    c = search_seen.c
    known = set(connection.execute(sa.select(c.record_id).where(c.search_id == search, c.reader == reader)).scalars())
    new = sorted(set(hits) - known)
    told = {"search_id": search, "reader": reader, "at": at}
    write_rows(connection, search_seen, [told | {"record_id": one} for one in new])
    return len(new)


def _set_deleted(connection: Connection, search: SearchId, at: datetime | None) -> None:
    connection.execute(sa.update(searches).where(searches.c.id == search).values(deleted=at))


def _read(store: Store, chosen: sa.Select[Any]) -> list[SavedSearch]:
    with store.reading() as connection:
        return [_saved(row) for row in connection.execute(chosen).mappings()]


def _saved(row: RowMapping) -> SavedSearch:
    return SavedSearch(
        row["id"],
        row["name"],
        row["owner"],
        row["shared"],
        row["parameters"],
        row["created"],
        row["deleted"],
        row["page"],
    )
