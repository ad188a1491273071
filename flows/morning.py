"""Putting the morning report together: what is so and was never told, with its words. Knows no Prefect."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from flows.ledger import standings, standings_of
from flows.settings import load
from flows.watching import Finds
from models import fetched, queries, reporting
from models.errors import UnreadableDocument
from models.evidence import Status
from models.ids import DocumentId, RecordId
from models.nightly import News, ReportRow
from models.queries import Filter, in_parts
from models.reporting import Untold
from models.store import Store
from models.tables import commitments, documents, sources
from models.tracking_tables import alarms, links
from outputs import morning as shown
from outputs.ledger import Standing
from outputs.morning import LISTED, Entry, Morning, Section, Standings

Statuses = dict[RecordId, Status | None]


def overdue_of(statuses: Statuses) -> set[str]:
    """The ids of the promises that are overdue."""
    return {id for id, status in statuses.items() if status is Status.OVERDUE}


def put_together(
    store: Store,
    day: date,
    statuses: Statuses,
    new: Untold,
    before: ReportRow | None,
    notes: Sequence[str],
    finds: Finds = Finds(),  # noqa: B008  a value that never changes
) -> Morning:
    """The report of a day, from the ids of what is new; `finds` is what saved searches find now."""
    with store.reading() as connection:
        chosen = _Chosen.of(connection, new)
    known = _Known.of(store, day, chosen)
    entries = {news: tuple(_entries(store, news, new[news], chosen, known, finds)) for news in News}
    counted = sa.select(sa.func.count()).select_from(documents).where(documents.c.current)
    with store.reading() as connection:
        whole = Standings(connection.execute(counted).scalar_one(), len(statuses), len(overdue_of(statuses)))
    sections = tuple(Section(news, len(new[news]), entries[news]) for news in News)
    return Morning(day, before.day if before else None, sections, whole, tuple(notes))


@dataclass(frozen=True, slots=True)
class _Chosen:
    """Of each kind of news about promises, those that are told with their words: (its id, promise, reply)."""

    places: dict[News, list[tuple[str, str, str]]]

    @classmethod
    def of(cls, connection: Connection, new: Untold) -> _Chosen:
        promise = (commitments.c.id, commitments.c.id, commitments.c.document_id)
        link = (links.c.id, links.c.commitment_id, links.c.reply_id)
        alarm = (alarms.c.id, alarms.c.commitment_id, alarms.c.reply_id)
        late, latest = commitments.c.deadline_end, True
        return cls(
            {
                News.OVERDUE: _first(connection, new[News.OVERDUE], promise, late, latest),
                News.PROMISE: _first(connection, new[News.PROMISE], promise, commitments.c.position),
                News.EVIDENCE: _first(connection, new[News.EVIDENCE], link, links.c.score, latest),
                News.PROPOSAL: _first(connection, new[News.PROPOSAL], link, links.c.score, latest),
                News.CHANGE: _first(connection, new[News.CHANGE], alarm, alarms.c.code),
            }
        )

    @property
    def replies(self) -> tuple[DocumentId, ...]:
        return tuple({DocumentId(reply) for places in self.places.values() for _, _, reply in places})


def _first(
    connection: Connection, ids: Sequence[str], columns: Iterable[Any], order: Any, latest: bool = False
) -> list[tuple[str, str, str]]:
    """The first LISTED of these records in an order, each with its promise and its reply."""
    id, promise, reply = columns
    found: list[tuple[Any, ...]] = []
    for part in in_parts(ids):
        found += map(tuple, connection.execute(sa.select(order, id, promise, reply).where(id.in_(part))))
        if len(found) > 10 * LISTED:
            found = _ordered(found, latest)[:LISTED]
    return [(id, promise, reply) for _, id, promise, reply in _ordered(found, latest)[:LISTED]]


def _ordered(found: list[tuple[Any, ...]], latest: bool) -> list[tuple[Any, ...]]:
    by_name = sorted((row for row in found if row[2] is not None), key=lambda row: (row[3], row[1]))
    return sorted(by_name, key=lambda row: row[0], reverse=latest)


@dataclass(frozen=True, slots=True)
class _Known:
    """The promises that are told of, as they stand."""

    by_id: dict[str, Standing]
    day: date

    @classmethod
    def of(cls, store: Store, day: date, chosen: _Chosen) -> _Known:
        wanted = {promise for places in chosen.places.values() for _, promise, _ in places}
        found = standings(store, day, Filter(documents=chosen.replies)) if chosen.replies else ()
        return cls({one.row.id: one for one in found if one.row.id in wanted}, day)


def _listed(store: Store, day: date, ids: Sequence[str], finds: Finds) -> list[Entry]:
    """What has come onto kept lists, list by list."""
    told = sorted((finds.listed[key] for key in ids), key=lambda it: (it[0].name, it[0].id))[:LISTED]
    rows = queries.commitments_named(store, [id for _, id in told])
    standing = {one.row.id: one for one in standings_of(store, day, rows, looked=False)}
    return [shown.listed_entry(one.name, one.owner, standing[id]) for one, id in told if id in standing]


def _entries(
    store: Store, news: News, ids: Sequence[str], chosen: _Chosen, known: _Known, finds: Finds
) -> Iterable[Entry]:
    if news is News.LISTED:
        return _listed(store, known.day, ids, finds)
    if news is News.FOUND:
        told = [finds.by_key[key] for key in ids[:LISTED]]
        return [shown.found_entry(search.name, search.owner, hit) for search, hit in told]
    if news is News.REPLY:
        return _replies(store, ids)
    if news is News.FAILURE:
        return _failures(store, ids)
    if news is News.GONE:
        return _gone(store, ids)
    places = chosen.places[news]
    return (
        entry
        for id, promise, _ in places
        if (one := known.by_id.get(promise)) is not None and (entry := _SAID[news](one, id)) is not None
    )


def _evidence(standing: Standing, id: str) -> Entry | None:
    found = [one for one in (*standing.evidence, *standing.proposals) if one.id == id]
    return shown.evidence_entry(standing, found[0]) if found else None


def _change(standing: Standing, id: str) -> Entry | None:
    found = [one for one in standing.alarms if one.id == id]
    return shown.change_entry(standing, found[0]) if found else None


_SAID: dict[News, Callable[[Standing, str], Entry | None]] = {
    News.OVERDUE: lambda standing, _: shown.overdue_entry(standing),
    News.PROMISE: lambda standing, _: shown.promise_entry(standing),
    News.EVIDENCE: _evidence,
    News.PROPOSAL: _evidence,
    News.CHANGE: _change,
}


def _replies(store: Store, ids: Sequence[str]) -> Iterable[Entry]:
    chosen = tuple(map(DocumentId, ids[:LISTED]))
    if not chosen:
        return ()
    found = queries.list_documents(store, Filter(documents=chosen))
    return [shown.reply_entry(one.document, one.counts.commitments) for one in found]


def _failures(store: Store, ids: Sequence[str]) -> Iterable[Entry]:
    with store.reading() as connection:
        paths = reporting.failures(connection)
        wanted = [paths[key] for key in ids[:LISTED]]
        rows = {
            row.path: row
            for part in in_parts(wanted)
            for row in connection.execute(
                sa.select(sources.c.path, sources.c.failure, sources.c.failure_detail).where(sources.c.path.in_(part))
            )
        }
    return [
        shown.failure_entry(UnreadableDocument(path, rows[path].failure, rows[path].failure_detail or ""))
        for path in wanted
    ]


def _gone(store: Store, ids: Sequence[str]) -> Iterable[Entry]:
    wanted, zone = set(ids[:LISTED]), ZoneInfo(load().timezone)
    with store.reading() as connection:
        keys = {address: key for key, address in reporting.vanished(connection).items()}
        found = fetched.gone_since(connection)
    return [
        shown.gone_entry(one.address, one.name, one.gone.astimezone(zone).date())
        for one in found
        if one.gone and keys.get(one.address) in wanted
    ]
