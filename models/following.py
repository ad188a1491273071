"""Keeping what is found across documents: everything about one document is written anew, in one transaction.

What is found about two documents depends on those two alone, so the order in which documents come in, or a run that
was cut off and taken up again, never shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from models import rows
from models.bulk import write_rows
from models.documents import Kind
from models.evidence import Alarm, Coverage, Link, Pair, PairKind, Paper, Progress
from models.ids import DocumentId, RecordId, content_id
from models.tables import documents
from models.tracking_tables import alarms, coverage, followed, links, pair_keys, pairs, progress

_ITEMS = (Kind.SUGGESTION, Kind.PROPOSAL)


@dataclass(frozen=True, slots=True)
class Between:
    """What was found between an earlier paper (that promises, or sets targets) and a later one."""

    earlier: Paper
    later: Paper
    links: tuple[Link, ...] = ()
    progress: tuple[Progress, ...] = ()


def waiting(connection: Connection, tracker: str) -> list[DocumentId]:
    """The current documents that were never followed up as they are now, by these rules; the oldest first."""
    same = (followed.c.records_digest == documents.c.records_digest) & (followed.c.tracker == tracker)
    done = sa.exists().where(followed.c.document_id == documents.c.id, same)
    found = sa.select(documents.c.id).where(documents.c.current, ~done)
    return list(connection.execute(found.order_by(documents.c.date.nulls_last(), documents.c.id)).scalars())


def left_behind(connection: Connection) -> list[DocumentId]:
    """Documents that were followed up and that no file holds any more."""
    found = sa.select(followed.c.document_id).join(documents).where(~documents.c.current)
    return list(connection.execute(found).scalars())


def forget(connection: Connection, document: DocumentId) -> None:
    """Erases what was found about a document. What people decided stays."""
    for table, names in (
        (pairs, ("later_id", "earlier_id")),
        (links, ("reply_id", "document_id")),
        (progress, ("holder_id", "document_id")),
        (coverage, ("reply_id", "item_id")),
        (alarms, ("reply_id", "other_id")),
        (pair_keys, ("document_id",)),
        (followed, ("document_id",)),
    ):
        for name in names:
            connection.execute(sa.delete(table).where(table.c[name] == document))


def note_followed(connection: Connection, document: DocumentId, tracker: str, now: datetime) -> None:
    """The document has been followed up as it is now."""
    digest = sa.select(documents.c.records_digest).where(documents.c.id == document)
    connection.execute(sa.delete(followed).where(followed.c.document_id == document))
    row = {"document_id": document, "records_digest": connection.execute(digest).scalar_one()}
    write_rows(connection, followed, [row | {"tracker": tracker, "at": now}])


def keep_pair_keys(connection: Connection, document: DocumentId, keys: Iterable[str]) -> None:
    """Keeps what the document may be paired by."""
    connection.execute(sa.delete(pair_keys).where(pair_keys.c.document_id == document))
    write_rows(connection, pair_keys, [{"document_id": document, "key": key[:96]} for key in sorted(set(keys))])


def sharing_a_key(connection: Connection, document: DocumentId) -> list[DocumentId]:
    """The other current documents that may belong together with this one."""
    own = sa.select(pair_keys.c.key).where(pair_keys.c.document_id == document)
    found = (
        sa.select(pair_keys.c.document_id)
        .join(documents)
        .where(pair_keys.c.key.in_(own), pair_keys.c.document_id != document, documents.c.current)
    )
    return list(connection.execute(found.distinct().order_by(pair_keys.c.document_id)).scalars())


def keep_pairs(connection: Connection, found: Iterable[Pair]) -> None:
    """Keeps which documents belong together."""
    write_rows(
        connection,
        pairs,
        [
            {"later_id": pair.later, "earlier_id": pair.earlier, "kind": pair.kind, "certainty": pair.certainty}
            | {"score": pair.score, "why": pair.why}
            for pair in found
        ],
    )


def keep_between(connection: Connection, found: Iterable[Between]) -> None:
    """Keeps links and progress."""
    for between in found:
        earlier = rows.record_ids(between.earlier.id, between.earlier.extraction)
        later = rows.record_ids(between.later.id, between.later.extraction)
        write_rows(connection, links, [_link_row(between, earlier.commitments, link) for link in between.links])
        write_rows(
            connection,
            progress,
            [
                {"target_id": earlier.quantities[one.target], "actual_id": later.quantities[one.actual]}
                | {"holder_id": between.earlier.id, "document_id": between.later.id, "day": one.day}
                | {"ratio": one.ratio, "certainty": one.certainty, "why": one.why, "flags": one.flags}
                for one in between.progress
            ],
        )


def _link_row(between: Between, commitments: Sequence[RecordId], link: Link) -> rows.Row:
    commitment = commitments[link.commitment]
    place = rows.letters_before(between.later.extraction.document.text, link.span.start)
    return {
        "id": content_id("link", commitment, between.later.id, place),
        "commitment_id": commitment,
        "reply_id": between.earlier.id,
        "document_id": between.later.id,
        "unit": link.unit,
        "start": link.span.start,
        "end": link.span.end,
        "text": link.span.text,
        "relation": link.relation,
        "certainty": link.certainty,
        "day": link.day,
        "score": link.score,
        "scores": link.scores,
        "why": link.why,
        "flags": link.flags,
    }


def keep_coverage(connection: Connection, reply: Paper, item: Paper | None, found: Iterable[Coverage]) -> None:
    """Keeps what became of the asks of `item` (None: of those that the reply itself names) in this reply."""
    asker = item or reply
    asks = rows.record_ids(asker.id, asker.extraction).requests
    units = reply.extraction.units
    write_rows(
        connection,
        coverage,
        [
            {"request_id": asks[one.request], "reply_id": reply.id, "item_id": item.id if item else None}
            | {"answer": one.answer, "units": tuple(units[place].span for place in one.units)}
            | {"certainty": one.certainty, "why": one.why}
            for one in found
        ],
    )


def forget_judgements(connection: Connection, reply: DocumentId) -> None:
    """Erases coverage and alarms of a reply, before they are judged anew."""
    connection.execute(sa.delete(coverage).where(coverage.c.reply_id == reply))
    connection.execute(sa.delete(alarms).where(alarms.c.reply_id == reply))


def keep_alarms(connection: Connection, reply: Paper, found: Iterable[Alarm]) -> None:
    """Keeps what an officer must hear of."""
    commitments = rows.record_ids(reply.id, reply.extraction).commitments
    kept = {}
    for alarm in found:
        about = commitments[alarm.commitment] if alarm.commitment is not None else None
        quoted = "|".join(span.text for span in alarm.spans)
        id = content_id("alarm", alarm.code, reply.id, about, alarm.other, quoted, *alarm.values)
        kept[id] = {
            "id": id,
            "code": alarm.code,
            "reply_id": reply.id,
            "commitment_id": about,
            "other_id": alarm.other,
            "spans": alarm.spans,
            "values": alarm.values,
            "day": alarm.day,
            "certainty": alarm.certainty,
        }
    write_rows(connection, alarms, list(kept.values()))


def items_of(connection: Connection, reply: DocumentId) -> list[DocumentId]:
    """The suggestions and proposals that a reply answers, as they were kept; surest first."""
    kinds = (PairKind.ANSWERS, PairKind.SECOND, PairKind.CO_REPLY)
    found = sa.select(pairs.c.earlier_id).join(documents, documents.c.id == pairs.c.earlier_id)
    asked = found.where(pairs.c.later_id == reply, pairs.c.kind.in_(kinds), documents.c.kind.in_(_ITEMS))
    return list(connection.execute(asked.order_by(pairs.c.score.desc(), pairs.c.earlier_id)).scalars().unique())


def replies_to(connection: Connection, item: DocumentId) -> list[DocumentId]:
    """The replies that answer a suggestion or proposal."""
    found = sa.select(pairs.c.later_id).where(pairs.c.earlier_id == item).distinct()
    return list(connection.execute(found.order_by(pairs.c.later_id)).scalars())
