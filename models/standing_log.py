"""How promises have stood: a row whenever a run found a status that the run before hadn't.

Unchanged promises cost nothing, so a quiet night writes nothing, and a promise's history is a handful of rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from models.bulk import write_rows
from models.commitments import Deadline, Strength
from models.evidence import COMPLETES, Certainty, Relation, Status
from models.ids import RecordId
from models.nightly_tables import status_log
from models.runs import RunId
from models.store import Store
from models.tables import commitments, documents
from models.tracking_tables import decisions, links

PROVING = (Relation.FULFILS, Relation.ADVANCES, Relation.CONTRADICTS)
"""What only repeats a promise decides no status."""


@dataclass(frozen=True, slots=True)
class Bare:
    """As much of a promise as its status needs; `said`: link, relation, day, whether it counts by itself, whether it
    completes the promise (what merely repeats it, and proposals that nobody judged, are left out)."""

    id: RecordId
    strength: Strength
    deadline: Deadline | None
    said: tuple[tuple[RecordId, Relation, date | None, bool, bool], ...]


@dataclass(frozen=True, slots=True)
class Stood:
    """From `day` on a promise stood so, as `run` found it; None: it has no status."""

    run: RunId
    day: date
    status: Status | None


def bare_promises(connection: Connection) -> Iterator[Bare]:
    """Every promise of the current documents, without its words."""
    said: dict[str, list[tuple[RecordId, Relation, date | None, bool, bool]]] = {}
    judged = links.c.id.in_(sa.select(decisions.c.object_id).where(decisions.c.object_id.is_not(None)))
    counting = links.c.relation.in_(PROVING) & sa.or_(links.c.certainty == Certainty.SURE, judged)
    columns = (links.c.commitment_id, links.c.id, links.c.relation, links.c.day, links.c.certainty, links.c.flags)
    held = sa.select(*columns).join(documents, documents.c.id == links.c.document_id)
    for commitment, id, relation, day, certainty, flags in connection.execute(
        held.where(documents.c.current, counting)
    ):
        told = (RecordId(id), relation, day, certainty is Certainty.SURE, COMPLETES in flags)
        said.setdefault(commitment, []).append(told)
    promised = (commitments.c.id, commitments.c.strength, commitments.c.deadline_text, commitments.c.deadline_end)
    for id, strength, text, end in connection.execute(sa.select(*promised).join(documents).where(documents.c.current)):
        deadline = Deadline(text, end) if text is not None else None
        yield Bare(RecordId(id), strength, deadline, tuple(said.get(id, ())))


def latest_statuses(connection: Connection) -> dict[str, Status | None]:
    """How each promise stood when that was last written down."""
    newest = sa.select(status_log.c.commitment_id, sa.func.max(status_log.c.run_id).label("run_id"))
    last = newest.group_by(status_log.c.commitment_id).subquery()
    same = (last.c.commitment_id == status_log.c.commitment_id) & (last.c.run_id == status_log.c.run_id)
    chosen = sa.select(status_log.c.commitment_id, status_log.c.status).join(last, same)
    return {row.commitment_id: row.status for row in connection.execute(chosen)}


def log_statuses(connection: Connection, run: RunId, day: date, statuses: Mapping[RecordId, Status | None]) -> int:
    """Writes down what changed since it was last written down; how many did.

    A promise that is there no more, or that a person said is none, stands as None from then on.
    """
    known = latest_statuses(connection)
    absent = {RecordId(id): None for id, status in known.items() if status is not None and id not in statuses}
    changed = {id: status for id, status in statuses.items() if id not in known or known[id] != status} | absent
    here = status_log.c.run_id == run
    for id in list(connection.execute(sa.select(status_log.c.commitment_id).where(here)).scalars()):
        if id in changed:  # the run was tried again
            connection.execute(sa.delete(status_log).where(here, status_log.c.commitment_id == id))
    rows = [{"commitment_id": id, "run_id": run, "day": day, "status": status} for id, status in changed.items()]
    write_rows(connection, status_log, rows)
    return len(changed)


def statuses_over_time(store: Store, commitment: RecordId) -> list[Stood]:
    """How a promise has stood, oldest first."""
    chosen = sa.select(status_log.c.run_id, status_log.c.day, status_log.c.status)
    with store.reading() as connection:
        found = connection.execute(chosen.where(status_log.c.commitment_id == commitment).order_by(status_log.c.run_id))
        return [Stood(RunId(row.run_id), row.day, row.status) for row in found]
