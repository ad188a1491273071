"""How every promise stands on a day, without its words: quick enough for each night over a hundred thousand of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from zoneinfo import ZoneInfo

from extractors.tracking.status import settled, status_of
from flows.settings import load
from models import decisions
from models.commitments import Strength
from models.decided import Decided, corrected_deadline
from models.evidence import Status
from models.facets import decided_by
from models.ids import RecordId
from models.standing_log import Bare, bare_promises
from models.store import Store


def statuses(store: Store, as_of: date) -> dict[RecordId, Status | None]:
    """The status of each current promise, as `flows.ledger.standings` has it, without those that are none.

    What people decided after that day doesn't count.
    """
    zone = ZoneInfo(load().timezone)
    decided = decisions.decided(store, None, zone, decided_by(store, as_of, zone))
    with store.reading() as connection:
        return {
            one.id: _status(one, decided, as_of)
            for one in bare_promises(connection)
            if (said := decided.get(one.id)) is None or (said.is_promise and not said.merged_into)
        }


def _status(one: Bare, decided: Mapping[RecordId, Decided], as_of: date) -> Status | None:
    said = decided.get(one.id)
    if said is None:
        known = [(relation, day) for _, relation, day, sure, _ in one.said if sure] if one.said else []
        return status_of(one.strength, one.deadline, settled(known, as_of) if known else (), as_of)
    if said.decided_status:
        return said.decided_status
    parts = [(link, relation, sure) for link, relation, _, sure, _ in one.said]
    counted = [
        (said.worth(link, relation, completes=completes, parts=parts), day)
        for link, relation, day, sure, completes in one.said
        if said.verdict(link) or (sure and said.verdict(link) is None)
    ]
    strength, deadline = one.strength, one.deadline
    if "strength" in said.corrected:
        strength = Strength(said.corrected["strength"][0])
    if "deadline" in said.corrected:
        deadline = corrected_deadline(said.corrected["deadline"][0])
    return status_of(strength, deadline, settled(counted, as_of), as_of)
