"""What was found across documents, as pages, sheets and the command line read it.

A day (`as_of`) leaves out what became known later; what has no day is always there.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from models import rows
from models.candidates import EVIDENCE
from models.commitments import Request
from models.documents import Span
from models.evidence import AlarmCode, Answer, Certainty, Link, Pair, Reason
from models.filters import CURRENT, Filter, of_documents
from models.ids import DocumentId, RecordId, in_parts
from models.judging import link_of
from models.quantities import Quantity
from models.queries import DocumentRow, documents_by_id
from models.store import Store
from models.tables import commitments, documents, quantities, requests
from models.tracking_tables import alarms, coverage, followed, links, pairs, progress


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One link with the document that holds the evidence; `id` is what decisions name."""

    id: RecordId
    commitment: RecordId
    link: Link
    document: DocumentRow


@dataclass(frozen=True, slots=True)
class ProgressRow:
    """A later number against a target, each with the document that holds it."""

    target_id: RecordId
    target: Quantity
    holder: DocumentRow
    actual_id: RecordId
    actual: Quantity
    document: DocumentRow
    day: date | None
    ratio: float | None
    certainty: Certainty
    why: tuple[Reason, ...]
    flags: tuple[str, ...]

    @property
    def indicator(self) -> str | None:
        """What both count: the name that tracking found in both papers, else the target's own."""
        named = (reason.values for reason in self.why if reason.code == "same_indicator")
        return next((values[0] for values in named if values), self.target.indicator)


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One ask, and what became of it in one reply; `item` None where only the reply names the ask."""

    request_id: RecordId
    request: Request
    item: DocumentRow | None
    reply: DocumentRow
    answer: Answer
    units: tuple[Span, ...]
    certainty: Certainty
    why: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class AlarmRow:
    """One thing that an officer must hear of."""

    id: RecordId
    code: AlarmCode
    reply: DocumentRow
    commitment: RecordId | None
    other: DocumentRow | None
    spans: tuple[Span, ...]
    values: tuple[str, ...]
    day: date | None
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class Looked:
    """What has been searched for evidence of one reply's promises: how many documents, and when last."""

    documents: int
    at: datetime


def evidence(store: Store, as_of: date, replies: Sequence[DocumentId]) -> dict[RecordId, list[EvidenceRow]]:
    """The links of the promises of these replies, oldest evidence first, those without a day last."""
    found: dict[RecordId, list[EvidenceRow]] = defaultdict(list)
    with store.reading() as connection:
        holders = _Holders(connection)
        ordered = (links.c.day.nulls_last(), links.c.document_id, links.c.unit)
        known = sa.or_(links.c.day.is_(None), links.c.day <= as_of)
        chosen = sa.select(links, commitments.c.position).join(commitments, commitments.c.id == links.c.commitment_id)
        for part in in_parts(replies):
            held = (
                connection.execute(chosen.where(links.c.reply_id.in_(part), known).order_by(*ordered)).mappings().all()
            )
            holders.read(row["document_id"] for row in held)
            for row in held:
                holder = holders[row["document_id"]]
                if holder.current:  # asked here: joined, a database may begin with all current documents
                    name = RecordId(row["commitment_id"])
                    link = link_of(row, row["position"])
                    found[name].append(EvidenceRow(RecordId(row["id"]), name, link, holder))
    return found


def evidence_in(store: Store, document: DocumentId, as_of: date) -> list[EvidenceRow]:
    """What a document says about promises of others, in the order of its text."""
    known = sa.or_(links.c.day.is_(None), links.c.day <= as_of)
    chosen = sa.select(links, commitments.c.position).join(commitments, commitments.c.id == links.c.commitment_id)
    wanted = chosen.where(links.c.document_id == document, known).order_by(links.c.start, links.c.id)
    with store.reading() as connection:
        holder = documents_by_id(connection, [document])
        return [
            EvidenceRow(
                RecordId(row["id"]),
                RecordId(row["commitment_id"]),
                link_of(row, row["position"]),
                holder[document],
            )
            for row in connection.execute(wanted).mappings()
        ]


def progress_of(store: Store, as_of: date, wanted: Filter = CURRENT) -> list[ProgressRow]:
    """Later numbers against the targets of the documents that the filter finds; in order of target and day."""
    target, actual = quantities.alias("target"), quantities.alias("actual")
    chosen = (
        sa.select(progress, *_labelled(target, "t"), *_labelled(actual, "a"))
        .join(target, target.c.id == progress.c.target_id)
        .join(actual, actual.c.id == progress.c.actual_id)
        .join(documents, documents.c.id == progress.c.holder_id)
        .where(*of_documents(wanted), sa.or_(progress.c.day.is_(None), progress.c.day <= as_of))
        .order_by(progress.c.holder_id, target.c.position, progress.c.day.nulls_last(), progress.c.actual_id)
    )
    if wanted.documents:
        chosen = chosen.where(progress.c.holder_id.in_(wanted.documents))
    with store.reading() as connection:
        holders = _Holders(connection)
        found = connection.execute(chosen).mappings().all()
        holders.read(name for row in found for name in (row["holder_id"], row["document_id"]))
        return [_progress_row(row, holders) for row in found if holders[row["document_id"]].current]


def coverage_of(store: Store, wanted: Filter = CURRENT) -> list[CoverageRow]:
    """What became of the asks in the replies that the filter finds, in the order of the asks.

    Where several bureaus answer one item each for its part, what one leaves to the other isn't unanswered.
    """
    chosen = (
        sa.select(coverage, *_labelled(requests, "r"))
        .join(requests, requests.c.id == coverage.c.request_id)
        .join(documents, documents.c.id == coverage.c.reply_id)
        .where(*of_documents(wanted), ~_answered_by_another())
        .order_by(documents.c.name, coverage.c.reply_id, coverage.c.item_id.nulls_last(), requests.c.position)
    )
    with store.reading() as connection:
        holders = _Holders(connection)
        return [
            CoverageRow(
                RecordId(row["request_id"]),
                rows.request_of(_unlabelled(row, "r")),
                holders[row["item_id"]] if row["item_id"] else None,
                holders[row["reply_id"]],
                row["answer"],
                row["units"],
                row["certainty"],
                row["why"],
            )
            for row in connection.execute(chosen).mappings().all()
        ]


def _answered_by_another() -> sa.ColumnElement[bool]:
    """Whether an ask that a reply passes over is answered, or declined, by another reply to the same item; what only
    advises the lead bureau is no answer."""
    other, reply = coverage.alias("elsewhere"), documents.alias("elsewhere_reply")
    told = (
        sa.select(sa.literal(1))
        .join_from(other, reply, reply.c.id == other.c.reply_id)
        .where(
            other.c.request_id == coverage.c.request_id,
            other.c.item_id == coverage.c.item_id,
            other.c.reply_id != coverage.c.reply_id,
            other.c.answer != Answer.UNANSWERED,
            reply.c.current,
            ~reply.c.co_reply,
        )
    )
    return sa.and_(coverage.c.answer == Answer.UNANSWERED, told.exists())


def count_alarms(store: Store, as_of: date, wanted: Filter = CURRENT, codes: Sequence[AlarmCode] = ()) -> int:
    """How many alarms there are about the replies that the filter finds."""
    chosen = _alarms(sa.select(sa.func.count()).select_from(alarms), as_of, wanted, codes)
    with store.reading() as connection:
        return int(connection.execute(chosen).scalar_one())


def _alarms(chosen: sa.Select[Any], as_of: date, wanted: Filter, codes: Sequence[AlarmCode]) -> sa.Select[Any]:
    known = sa.or_(alarms.c.day.is_(None), alarms.c.day <= as_of)
    kinds = [alarms.c.code.in_(codes)] if codes else []
    return chosen.join(documents, documents.c.id == alarms.c.reply_id).where(*of_documents(wanted), known, *kinds)


def alarms_of(
    store: Store,
    as_of: date,
    wanted: Filter = CURRENT,
    *,
    codes: Sequence[AlarmCode] = (),
    limit: int | None = None,
    offset: int = 0,
) -> list[AlarmRow]:
    """The alarms about the replies that the filter finds, newest first; `codes` names their kinds."""
    newest = (alarms.c.day.desc().nulls_last(), alarms.c.id)
    chosen = _alarms(sa.select(alarms), as_of, wanted, codes).order_by(*newest).limit(limit).offset(offset)
    with store.reading() as connection:
        holders = _Holders(connection)
        return [
            AlarmRow(
                RecordId(row["id"]),
                row["code"],
                holders[row["reply_id"]],
                RecordId(row["commitment_id"]) if row["commitment_id"] else None,
                holders[row["other_id"]] if row["other_id"] else None,
                row["spans"],
                row["values"],
                row["day"],
                row["certainty"],
            )
            for row in connection.execute(chosen).mappings().all()
        ]


def pairs_of(store: Store, document: DocumentId) -> list[Pair]:
    """The pairs that a document belongs to, surest first."""
    chosen = sa.select(pairs).where(sa.or_(pairs.c.later_id == document, pairs.c.earlier_id == document))
    with store.reading() as connection:
        return [
            Pair(row["kind"], row["later_id"], row["earlier_id"], row["certainty"], row["score"], row["why"])
            for row in connection.execute(chosen.order_by(pairs.c.score.desc(), pairs.c.later_id)).mappings()
        ]


def looked(store: Store, replies: Sequence[DocumentRow]) -> dict[DocumentId, Looked]:
    """How far each reply has been looked after; one that isn't here never was."""
    known = searched(store)
    return {reply.id: found for reply in replies if (found := known.looked(reply))}


@dataclass(frozen=True, slots=True)
class Searched:
    """What has been searched for evidence: the documents followed up, the days of those that can prove something by
    place (the undated may be of any day), and when that was last."""

    followed: frozenset[DocumentId]
    days: Mapping[str | None, Sequence[int]]
    at: datetime | None

    def looked(self, reply: DocumentRow) -> Looked | None:
        """How many documents of the reply's place, or of none, are not older than it, itself not counted; None where
        it was never followed up."""
        if self.at is None or reply.id not in self.followed:
            return None
        place, days = reply.identity.region_code, self.days
        since = (reply.identity.date or date.min).toordinal()
        wanted = [days.get(place, ()), days.get(None, ())] if place else list(days.values())
        return Looked(sum(len(of_place) - bisect_left(of_place, since) for of_place in wanted) - 1, self.at)


def searched(store: Store) -> Searched:
    """What has been searched so far."""
    wanted = sa.select(documents.c.id, documents.c.date, documents.c.region_code, documents.c.kind, followed.c.at)
    days: dict[str | None, array[int]] = defaultdict(lambda: array("l"))
    names: set[DocumentId] = set()
    at: datetime | None = None
    with store.reading() as connection:
        found = connection.execution_options(yield_per=1_000).execute(wanted.join(followed).where(documents.c.current))
        for id, day, place, kind, then in found:
            names.add(DocumentId(id))
            at = then if at is None else max(at, then)
            if kind in EVIDENCE:
                days[place].append((day or date.max).toordinal())
    return Searched(frozenset(names), {place: array("l", sorted(held)) for place, held in days.items()}, at)


class _Holders:
    """Documents by id, each read once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[str, DocumentRow] = {}

    def read(self, wanted: Iterable[str]) -> None:
        """Reads several at once."""
        missing = [DocumentId(one) for one in dict.fromkeys(wanted) if one not in self._known]
        for name, row in documents_by_id(self._connection, missing).items():
            self._known[name] = row

    def __getitem__(self, document: str) -> DocumentRow:
        if document not in self._known:
            name = DocumentId(document)
            self._known[document] = documents_by_id(self._connection, [name])[name]
        return self._known[document]


def _labelled(table: sa.FromClause, prefix: str) -> Iterable[sa.Label[object]]:
    return (column.label(f"{prefix}_{column.name}") for column in table.c)


def _unlabelled(row: RowMapping, prefix: str) -> rows.Row:
    return {name.removeprefix(f"{prefix}_"): value for name, value in row.items() if name.startswith(f"{prefix}_")}


def _progress_row(row: RowMapping, holders: _Holders) -> ProgressRow:
    return ProgressRow(
        RecordId(row["target_id"]),
        rows.quantity_of(_unlabelled(row, "t"), None),
        holders[row["holder_id"]],
        RecordId(row["actual_id"]),
        rows.quantity_of(_unlabelled(row, "a"), None),
        holders[row["document_id"]],
        row["day"],
        float(row["ratio"]) if row["ratio"] is not None else None,
        row["certainty"],
        row["why"],
        row["flags"],
    )
