"""What a morning report has to tell: whatever is so now and was never told, by whichever run it came about.

What was told is kept by id, and ids come from content: no clock and no order of runs decides what is new, and a report
that was cut off before it was kept is made again by the next run.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from models.bulk import write_rows
from models.documents import Kind
from models.evidence import AlarmCode, Certainty
from models.ids import content_id
from models.nightly import Delivery, DeliveryRow, News, Phase, PhaseRow, ReportId, ReportRow
from models.nightly_tables import deliveries, fetched, reports, run_phases, told
from models.runs import RunId
from models.standing_log import PROVING
from models.store import Store
from models.tables import commitments, documents, sources
from models.tracking_tables import alarms, decisions, links

_CHANGES = (AlarmCode.NUMBER_LOWERED, AlarmCode.DAY_MOVED, AlarmCode.CANCELLED, AlarmCode.SILENTLY_DROPPED)
_SENDABLE = (Delivery.WAITING, Delivery.FAILED)

Untold = dict[News, list[str]]
"""Ids of what is new, by kind: documents, promises, links, alarms; for FAILURE and GONE see `key_of_failure`."""


def untold(
    connection: Connection,
    overdue: Collection[str],
    found_now: Collection[str] = (),
    listed_now: Collection[str] = (),
) -> Untold:
    """What is so and was never told; `overdue` are the ids of the promises that are overdue now, `found_now` the keys
    of what saved searches find now (`key_of_find`), `listed_now` those of what has come onto kept lists."""
    found = {news: _ids(connection, news, query) for news, query in _NEWS.items()}
    said = set(_told(connection, News.OVERDUE))
    found[News.OVERDUE] = sorted(set(overdue) - said)
    for news, now in ((News.FOUND, found_now), (News.LISTED, listed_now)):
        known = set(_told(connection, news)) if now else set()
        found[news] = [key for key in now if key not in known]
    for news, present in ((News.FAILURE, failures(connection)), (News.GONE, vanished(connection))):
        known = set(_told(connection, news))
        found[news] = [key for key in present if key not in known]
    return found


def forget_what_passed(connection: Connection, overdue: Collection[str]) -> None:
    """What isn't overdue any more, fails no more, or is there again may be told another time."""
    for news, present in (
        (News.OVERDUE, set(overdue)),
        (News.FAILURE, set(failures(connection))),
        (News.GONE, set(vanished(connection))),
    ):
        for key in set(_told(connection, news)) - present:
            connection.execute(sa.delete(told).where(told.c.news == news, told.c.object_id == key))


def key_of_find(search: int, record: str) -> str:
    """The key of a hit of a saved search, of a promise of a kept list."""
    return content_id("found", search, record)


def failures(connection: Connection) -> dict[str, str]:
    """The files that can't be read now: the path by a key that changes with the reason."""
    found = sa.select(sources.c.path, sources.c.failure).where(sources.c.failure.is_not(None)).order_by(sources.c.path)
    return {content_id("failure", row.path, row.failure): row.path for row in connection.execute(found)}


def vanished(connection: Connection) -> dict[str, str]:
    """The addresses that are no longer there, by a key."""
    found = sa.select(fetched.c.address).where(fetched.c.gone.is_not(None)).order_by(fetched.c.address)
    return {content_id("gone", address): address for address in connection.execute(found).scalars()}


def keep_report(
    connection: Connection,
    run: RunId,
    day: date,
    content: str,
    news: Mapping[News, Iterable[str]],
    channels: Iterable[str],
    now: datetime,
) -> ReportId:
    """Keeps a report, what it tells, and that it is to go out over these channels: in one transaction, the caller's."""
    rows = [(kind, key) for kind, keys in news.items() for key in keys]
    row = {"run_id": run, "day": day, "made": now, "news": len(rows), "content": content}
    report = ReportId(connection.execute(sa.insert(reports).values(row).returning(reports.c.id)).scalar_one())
    write_rows(connection, told, [{"news": kind, "object_id": key, "report_id": report} for kind, key in rows])
    waiting = {"report_id": report, "state": Delivery.WAITING, "at": now, "tries": 0, "error": ""}
    write_rows(connection, deliveries, [waiting | {"channel": channel} for channel in channels])
    return report


def list_reports(
    store: Store, *, limit: int | None = 30, offset: int = 0, before: date | None = None
) -> list[ReportRow]:
    """The morning reports, latest first."""
    chosen = sa.select(reports).order_by(reports.c.id.desc()).limit(limit).offset(offset)
    if before is not None:
        chosen = chosen.where(reports.c.day < before)
    with store.reading() as connection:
        return [ReportRow(*row) for row in connection.execute(chosen)]


def count_reports(store: Store) -> int:
    """How many morning reports there are."""
    with store.reading() as connection:
        return connection.execute(sa.select(sa.func.count()).select_from(reports)).scalar_one()


def report_of(connection: Connection, report: ReportId) -> ReportRow | None:
    """One report."""
    row = connection.execute(sa.select(reports).where(reports.c.id == report)).first()
    return ReportRow(*row) if row else None


def latest_report(connection: Connection) -> ReportRow | None:
    """The report that was made last."""
    row = connection.execute(sa.select(reports).order_by(reports.c.id.desc()).limit(1)).first()
    return ReportRow(*row) if row else None


def deliveries_of(connection: Connection, report: ReportId) -> list[DeliveryRow]:
    """What became of a report's messages."""
    chosen = sa.select(deliveries).where(deliveries.c.report_id == report).order_by(deliveries.c.channel)
    return [DeliveryRow(*row) for row in connection.execute(chosen)]


def to_send(connection: Connection, most_tries: int) -> list[DeliveryRow]:
    """The messages that still have to go out, oldest report first; given up after so many tries."""
    chosen = sa.select(deliveries).where(deliveries.c.state.in_(_SENDABLE), deliveries.c.tries < most_tries)
    return [
        DeliveryRow(*row) for row in connection.execute(chosen.order_by(deliveries.c.report_id, deliveries.c.channel))
    ]


def note_delivery(
    connection: Connection, row: DeliveryRow, state: Delivery, now: datetime, error: str = "", *, tries: int = 0
) -> None:
    """Notes how sending stands; `tries` are added."""
    here = (deliveries.c.report_id == row.report) & (deliveries.c.channel == row.channel)
    values = {"state": state, "at": now, "error": error[:500], "tries": deliveries.c.tries + tries}
    connection.execute(sa.update(deliveries).where(here).values(values))


def give_up_begun(connection: Connection, now: datetime) -> int:
    """Whatever a run that was cut off had begun to send may have arrived: it isn't sent again. How many there were."""
    values = {"state": Delivery.UNSURE, "at": now, "error": "发送时程序断掉了"}
    return connection.execute(sa.update(deliveries).where(deliveries.c.state == Delivery.BEGUN).values(values)).rowcount


def begin_phase(connection: Connection, run: RunId, phase: Phase, now: datetime) -> None:
    """The run begins a phase; again, where it is tried again."""
    connection.execute(sa.delete(run_phases).where(run_phases.c.run_id == run, run_phases.c.phase == phase))
    connection.execute(sa.insert(run_phases).values(run_id=run, phase=phase, started=now))


def end_phase(connection: Connection, run: RunId, phase: Phase, now: datetime) -> None:
    """The run has done a phase."""
    here = (run_phases.c.run_id == run) & (run_phases.c.phase == phase)
    connection.execute(sa.update(run_phases).where(here).values(ended=now))


def phases_of(store: Store, run: RunId) -> list[PhaseRow]:
    """How far a run came, in the order of the phases."""
    chosen = sa.select(run_phases).where(run_phases.c.run_id == run)
    with store.reading() as connection:
        found = [PhaseRow(*row) for row in connection.execute(chosen)]
    return sorted(found, key=lambda row: list(Phase).index(row.phase))


def _told(connection: Connection, news: News) -> Iterable[str]:
    return connection.execute(sa.select(told.c.object_id).where(told.c.news == news)).scalars()


def _ids(connection: Connection, news: News, query: sa.Select[tuple[str]]) -> list[str]:
    (column,) = query.selected_columns
    said = sa.exists().where(told.c.news == news, told.c.object_id == column)
    return list(connection.execute(query.where(~said).order_by(column)).scalars())


_judged = links.c.id.in_(sa.select(decisions.c.object_id).where(decisions.c.object_id.is_not(None)))
_held = links.join(documents, documents.c.id == links.c.document_id)
_NEWS: dict[News, sa.Select[tuple[str]]] = {
    News.REPLY: sa.select(documents.c.id).where(documents.c.current, documents.c.kind == Kind.REPLY),
    News.PROMISE: sa.select(commitments.c.id).join(documents).where(documents.c.current),
    News.EVIDENCE: sa.select(links.c.id)
    .select_from(_held)
    .where(documents.c.current, links.c.certainty == Certainty.SURE, links.c.relation.in_(PROVING)),
    News.PROPOSAL: sa.select(links.c.id)
    .select_from(_held)
    .where(documents.c.current, links.c.certainty == Certainty.PROPOSED, ~_judged),
    News.CHANGE: sa.select(alarms.c.id)
    .join(documents, documents.c.id == alarms.c.reply_id)
    .where(documents.c.current, alarms.c.code.in_(_CHANGES)),
}
