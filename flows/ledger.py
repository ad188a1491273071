"""The ledger as it stands on a day: what the store holds, what people decided, and what that means on that day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from extractors.tracking.status import is_waiting, schedule_of, settled, status_of
from flows.settings import load
from models import decisions, followed, queries
from models.decided import Decided
from models.evidence import COMPLETES, Certainty, Status
from models.facets import decided_by
from models.followed import AlarmRow, EvidenceRow, Looked, ProgressRow
from models.ids import DocumentId, RecordId
from models.quantities import Quantity, Role
from models.queries import CURRENT, CommitmentRow, Filter, Sort
from models.search import SearchHit, SearchKind
from models.stands import Stands, conditions
from models.store import Store
from outputs.ledger import Ledger, Standing

_FEW = 500  # promises about which decisions are asked for by their ids
QuantitiesByDocument = dict[DocumentId, list[Quantity]]


def gather(store: Store, as_of: date) -> Ledger:
    """Everything that is current, as it stands on `as_of`."""
    found = standings(store, as_of)
    return Ledger(
        as_of=as_of,
        standings=found,
        targets=tuple(queries.list_quantities(store, Filter(roles=(Role.TARGET,)))),
        declined=tuple(queries.declined_points(store)),
        documents=tuple(queries.list_documents(store)),
        failures=tuple(queries.failures(store)),
        coverage=tuple(followed.coverage_of(store)),
        progress=tuple(followed.progress_of(store, as_of)),
        alarms=tuple(followed.alarms_of(store, as_of)),
    )


def page_of_standings(
    store: Store, wanted: Filter, stands: Stands, *, sort: Sort = Sort.DOCUMENT, limit: int | None, offset: int = 0
) -> tuple[Standing, ...]:
    """Some of the promises that a list shows: chosen and counted by the database, and only these are judged.

    How far evidence was looked for is left out: it takes reading all documents' days.
    """
    also, named, until = conditions(stands), bool(stands.ids), stands.decided
    rows = queries.ledger(store, wanted, sort=sort, limit=limit, offset=offset, also=also, named=named, decided=until)
    return standings_of(store, stands.as_of, rows, looked=False)


def standings_of(
    store: Store, as_of: date, rows: Sequence[CommitmentRow], *, looked: bool = True
) -> tuple[Standing, ...]:
    """How these promises stand, in their order."""
    known = _Known.of(store, as_of, rows, looked=looked)
    return tuple(map(known.standing_of, rows))


def standings(store: Store, as_of: date, wanted: Filter = CURRENT, sort: Sort = Sort.DOCUMENT) -> tuple[Standing, ...]:
    """The promises that the filter finds, each with its numbers, its evidence, and how it stands.

    What a person said is no promise, or is the same as another, is left out.
    """
    rows = queries.ledger(store, wanted, sort=sort)
    known = _Known.of(store, as_of, rows)
    return tuple(
        known.standing_of(row)
        for row in rows
        if (one := known.decided.get(row.id)) is None or (one.is_promise and not one.merged_into)
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of some promises on a day."""

    as_of: date
    numbers: QuantitiesByDocument
    evidence: Mapping[RecordId, Sequence[EvidenceRow]]
    progress: Mapping[DocumentId, Sequence[ProgressRow]]
    alarms: Mapping[RecordId, Sequence[AlarmRow]]
    decided: Mapping[RecordId, Decided]
    looked: Mapping[DocumentId, Looked]

    @classmethod
    def of(cls, store: Store, as_of: date, rows: Sequence[CommitmentRow], *, looked: bool = True) -> _Known:
        letters = {row.document.id: row.document for row in rows}
        holders, zone = tuple(letters), ZoneInfo(load().timezone)
        progress: dict[DocumentId, list[ProgressRow]] = defaultdict(list)
        alarms: dict[RecordId, list[AlarmRow]] = defaultdict(list)
        for part in queries.in_parts(holders):
            of_part = Filter(current=None, documents=tuple(part))
            for number in followed.progress_of(store, as_of, of_part):
                progress[number.holder.id].append(number)
            for alarm in followed.alarms_of(store, as_of, of_part):
                if alarm.commitment is not None:
                    alarms[alarm.commitment].append(alarm)
        return cls(
            as_of,
            _numbers(store, holders),
            followed.evidence(store, as_of, holders),
            progress,
            alarms,
            decisions.decided(
                store, [row.id for row in rows] if len(rows) <= _FEW else None, zone, decided_by(store, as_of, zone)
            ),
            {
                letter: replace(one, at=one.at.astimezone(zone))
                for letter, one in (followed.looked(store, list(letters.values())) if looked else {}).items()
            },
        )

    def standing_of(self, row: CommitmentRow) -> Standing:
        """One promise as it stands: its evidence decides, unless a person has."""
        span = row.commitment.span
        decided = self.decided.get(row.id) or Decided()
        evidence, proposals = _weighed(self.evidence.get(row.id, ()), decided)
        bare = Standing(
            row=row,
            quantities=tuple(n for n in self.numbers[row.document.id] if span.start <= n.span.start < span.end),
            status=None,
            schedule=schedule_of(None, self.as_of),
            evidence=evidence,
            proposals=proposals,
            progress=tuple(
                one for one in self.progress.get(row.document.id, ()) if span.start <= one.target.span.start < span.end
            ),
            alarms=tuple(self.alarms.get(row.id, ())),
            decided=decided,
            looked=self.looked.get(row.document.id),
        )
        return self._judged(bare)

    def _judged(self, bare: Standing) -> Standing:
        said = [(one.link.relation, one.link.day) for one in bare.evidence]
        relations = settled(said, self.as_of)
        status = bare.decided.decided_status or status_of(bare.strength, bare.deadline, relations, self.as_of)
        schedule = schedule_of(
            bare.deadline,
            self.as_of,
            status=status,
            waiting=is_waiting(bare.row.commitment.condition, relations),
            since=bare.row.document.identity.date,
            ages_after=load().ages_after_days,
        )
        return replace(bare, status=status, schedule=schedule)


def _weighed(found: Iterable[EvidenceRow], decided: Decided) -> tuple[tuple[EvidenceRow, ...], tuple[EvidenceRow, ...]]:
    """The links that count, and those that wait for a person; rejected ones are neither."""
    evidence, proposals = [], []
    rows = list(found)
    parts = [(one.id, one.link.relation, one.link.certainty is Certainty.SURE) for one in rows]
    for one in rows:
        verdict = decided.verdict(one.id)
        if verdict or (verdict is None and one.link.certainty is Certainty.SURE):
            worth = decided.worth(one.id, one.link.relation, completes=COMPLETES in one.link.flags, parts=parts)
            evidence.append(
                replace(one, link=replace(one.link, relation=worth)) if worth is not one.link.relation else one
            )
        elif verdict is None:
            proposals.append(one)
    return tuple(evidence), tuple(proposals)


def statuses_of(store: Store, hits: Sequence[SearchHit], as_of: date) -> dict[RecordId, Status | None]:
    """The status of each commitment among some hits."""
    holders = tuple({hit.document.id for hit in hits if hit.kind is SearchKind.COMMITMENT})
    found = standings(store, as_of, Filter(current=None, documents=holders)) if holders else ()
    return {one.row.id: one.status for one in found}


def _numbers(store: Store, documents: Sequence[DocumentId]) -> QuantitiesByDocument:
    found: QuantitiesByDocument = defaultdict(list)
    for part in queries.in_parts(documents):
        for row in queries.list_quantities(store, Filter(current=None, documents=tuple(part))):
            found[row.document.id].append(row.quantity)
    return found
