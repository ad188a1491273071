"""Keeping what is found across documents: everything about one document is written anew, in one transaction.

What is found about two documents depends on those two alone, so the order in which documents come in, or a run that
was cut off and taken up again, never shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from models import rows
from models.bulk import write_rows
from models.documents import Kind
from models.evidence import Between, Link, Pair
from models.ids import DocumentId, RecordId, content_id
from models.standings import spoken_of, stand
from models.tables import documents
from models.tracking_tables import alarms, coverage, followed, links, pair_keys, pairs, progress, unjudged

_AT_ONCE = 500
_BY_PLACE = (documents.c.region_code.nulls_first(), documents.c.date.nulls_last(), documents.c.id)


def waiting(connection: Connection, tracker: str) -> dict[DocumentId, str | None]:
    """The current documents that were never followed up as they are now, by these rules, with where they speak; place
    by place, oldest first. What doesn't say where it speaks comes first: it may concern any place.

    What is held against each other is mostly of one place, and is read once while that is being followed up.
    """
    same = (followed.c.records_digest == documents.c.records_digest) & (followed.c.tracker == tracker)
    done = sa.exists().where(followed.c.document_id == documents.c.id, same)
    found = sa.select(documents.c.id, documents.c.region_code).where(documents.c.current, ~done)
    return {DocumentId(name): code for name, code in connection.execute(found.order_by(*_BY_PLACE))}


def left_behind(connection: Connection) -> list[DocumentId]:
    """Documents that were followed up and that no file holds any more."""
    found = sa.select(followed.c.document_id).join(documents).where(~documents.c.current)
    return list(connection.execute(found).scalars())


def forget(connection: Connection, document: DocumentId) -> None:
    """Erases everything found about a document that is no longer there. What people decided stays."""
    forget_findings(connection, document)
    forget_judgements(connection, document)
    _erase(connection, document, ((pair_keys, "document_id"), (unjudged, "document_id"), (followed, "document_id")))
    stand(connection, documents=[document])


def forget_findings(connection: Connection, document: DocumentId) -> None:
    """Erases links, progress and pairs of a document; the replies that they speak of are to be judged anew."""
    call_for_judgement(connection, document)
    spoken = spoken_of(connection, document)
    of_pairs = ((pairs, "later_id"), (pairs, "earlier_id"))
    of_links = ((links, "reply_id"), (links, "document_id"), (progress, "holder_id"), (progress, "document_id"))
    _erase(connection, document, (*of_pairs, *of_links))
    stand(connection, documents=[document], promises=spoken)


def call_for_judgement(connection: Connection, document: DocumentId) -> None:
    """The replies that this document is, answers, or speaks of are to be judged anew."""
    of_kind = sa.select(documents.c.id).where(documents.c.id == document, documents.c.kind == Kind.REPLY)
    linked = sa.select(links.c.reply_id).where(links.c.document_id == document)
    held = sa.select(progress.c.holder_id).where(progress.c.document_id == document)
    paired = sa.select(pairs.c.later_id).where(pairs.c.earlier_id == document)
    named = sa.union(of_kind, linked, held, paired).subquery()
    ask_to_judge(connection, connection.execute(sa.select(named.c[0])).scalars())


def ask_to_judge(connection: Connection, replies: Iterable[DocumentId]) -> None:
    """Notes replies that are to be judged anew."""
    asked = list(dict.fromkeys(replies))
    known = sa.select(unjudged.c.document_id)
    noted = {
        name
        for lot in _lots(asked)
        for name in connection.execute(known.where(unjudged.c.document_id.in_(lot))).scalars()
    }
    fresh = [{"document_id": one} for one in asked if one not in noted]
    if fresh:
        connection.execute(sa.insert(unjudged), fresh)


def unjudged_replies(connection: Connection) -> dict[DocumentId, str | None]:
    """The current replies that are to be judged anew, with where they speak; place by place, oldest first."""
    c = documents.c
    found = []
    for lot in _lots(sorted(connection.execute(sa.select(unjudged.c.document_id)).scalars())):
        # joined to what is to be judged, or asked for current replies, SQLite would go through all of them
        asked = sa.select(c.id, c.region_code, c.date, c.current, c.kind).where(c.id.in_(lot))
        found += [row for row in connection.execute(asked) if row.current and row.kind is Kind.REPLY]
    ranked = sorted(found, key=lambda row: (row.region_code or "", row.date is None, row.date or date.min, row.id))
    return {DocumentId(row.id): row.region_code for row in ranked}


def _lots(names: Sequence[str]) -> Iterator[Sequence[str]]:
    return (names[start : start + _AT_ONCE] for start in range(0, len(names), _AT_ONCE))


def _erase(connection: Connection, document: DocumentId, places: Iterable[tuple[sa.Table, str]]) -> None:
    for table, name in places:
        connection.execute(sa.delete(table).where(table.c[name] == document))


def is_followed(connection: Connection, document: DocumentId) -> bool:
    """Whether the document was followed up before, as it was then or by other rules."""
    return bool(connection.execute(sa.select(sa.exists().where(followed.c.document_id == document))).scalar())


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
    named = sa.select(pair_keys.c.document_id).where(pair_keys.c.key.in_(own), pair_keys.c.document_id != document)
    # asked for what is current besides, SQLite would go through all that is
    others = sorted(set(connection.execute(named).scalars()))
    found: list[DocumentId] = []
    for lot in _lots(others):
        held = connection.execute(sa.select(documents.c.id, documents.c.current).where(documents.c.id.in_(lot)))
        found += [DocumentId(name) for name, current in held if current]
    return sorted(found)


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
    spoken: list[RecordId] = []
    for between in found:
        earlier = rows.record_ids(between.earlier.id, between.earlier.extraction)
        later = rows.record_ids(between.later.id, between.later.extraction)
        spoken += [earlier.commitments[link.commitment] for link in between.links]
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
    stand(connection, promises=spoken)


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


def forget_judgements(connection: Connection, reply: DocumentId) -> None:
    """Erases coverage and alarms of a reply; it no longer waits to be judged."""
    _erase(connection, reply, ((coverage, "reply_id"), (alarms, "reply_id"), (unjudged, "document_id")))


def earlier_than(connection: Connection, document: DocumentId) -> list[DocumentId]:
    """The documents whose promises or targets this one was found to speak of."""
    linked = sa.select(links.c.reply_id).where(links.c.document_id == document)
    return _named(connection, linked.union(sa.select(progress.c.holder_id).where(progress.c.document_id == document)))


def later_than(connection: Connection, document: DocumentId) -> list[DocumentId]:
    """The documents that were found to speak of this one's promises or targets."""
    linked = sa.select(links.c.document_id).where(links.c.reply_id == document)
    return _named(connection, linked.union(sa.select(progress.c.document_id).where(progress.c.holder_id == document)))


def _named(connection: Connection, chosen: sa.CompoundSelect[tuple[str]]) -> list[DocumentId]:
    return sorted(DocumentId(name) for name in connection.execute(chosen).scalars())
