"""Where people found the machine wrong or right: readings that were corrected, passages that were judged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from models.decided import Decision
from models.decisions import decided
from models.documents import Zone
from models.followed import EvidenceRow, evidence
from models.queries import CommitmentRow, commitments_named
from models.store import Store
from models.tables import units


@dataclass(frozen=True, slots=True)
class Corrected:
    """A promise whose reading somebody corrected: what is right by field, who said so last; where its unit stands."""

    row: CommitmentRow
    right: dict[str, str]
    decision: Decision
    zone: Zone | None


@dataclass(frozen=True, slots=True)
class Judged:
    """A passage that somebody confirmed or rejected as speaking of a promise."""

    row: CommitmentRow
    evidence: EvidenceRow
    decision: Decision


def corrected(store: Store) -> list[Corrected]:
    """The promises whose reading was corrected and not taken back, in the order of the decisions."""
    known = {id: one for id, one in decided(store).items() if one.corrected}
    found = []
    for row in commitments_named(store, list(known)):
        fields = known[row.id].corrected
        latest = max((decision for _, decision in fields.values()), key=lambda one: one.id)
        found.append(Corrected(row, {name: value for name, (value, _) in fields.items()}, latest, _zone(store, row)))
    return sorted(found, key=lambda one: one.decision.id)


def judged(store: Store) -> list[Judged]:
    """The passages that people judged and that are still found, in the order of the decisions."""
    known = {id: one.links for id, one in decided(store).items() if one.links}
    rows = {row.id: row for row in commitments_named(store, list(known))}
    passages = evidence(store, date.max, list({row.document.id for row in rows.values()}))
    found = [
        Judged(rows[id], passage, decision)
        for id, links in known.items()
        for passage in passages.get(id, [])
        if id in rows and (decision := links.get(passage.id))
    ]
    return sorted(found, key=lambda one: one.decision.id)


def _zone(store: Store, row: CommitmentRow) -> Zone | None:
    """The part of the letter in which the promise stands."""
    start = row.commitment.span.start
    here = sa.select(units.c.zone).where(units.c.document_id == row.document.id, units.c.start <= start)
    with store.reading() as connection:
        return connection.execute(here.order_by(units.c.start.desc()).limit(1)).scalar()
