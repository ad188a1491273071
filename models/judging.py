"""What is judged about replies: what is known of each of some replies, asked for at once, and what is kept of each.

A new document may call for twenty replies to be judged; a question for each of them would cost more than the judgement.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from models import rows
from models.bulk import write_rows
from models.documents import Kind, Span
from models.evidence import Alarm, AlarmCode, Between, Coverage, Link, PairKind, Paper, Progress
from models.ids import DocumentId, content_id
from models.standings import stand
from models.tables import documents
from models.tracking_tables import alarms, coverage, links, pairs, progress, unjudged

_ITEMS = (Kind.SUGGESTION, Kind.PROPOSAL)
_ANSWERED = (PairKind.ANSWERS, PairKind.SECOND, PairKind.CO_REPLY)

Load = Callable[[Sequence[DocumentId]], Sequence[Paper]]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What became of the asks of each item (None: of those that the reply itself names), and what is to be told.

    `links`: those (by their later paper) that are worth something else, together with the others, than was kept.
    """

    reply: Paper
    answers: tuple[tuple[Paper | None, tuple[Coverage, ...]], ...]
    alarms: tuple[Alarm, ...]
    links: tuple[tuple[DocumentId, Link], ...] = ()


def items_of(connection: Connection, replies: Sequence[DocumentId]) -> dict[DocumentId, list[DocumentId]]:
    """The suggestions and proposals that each reply answers, as they were kept; surest first."""
    items = documents.c.kind.in_(_ITEMS)
    found = sa.select(pairs.c.later_id, pairs.c.earlier_id).join(documents, documents.c.id == pairs.c.earlier_id)
    asked = found.where(pairs.c.later_id.in_(replies), pairs.c.kind.in_(_ANSWERED), items)
    named: dict[DocumentId, list[DocumentId]] = {reply: [] for reply in replies}
    for reply, item in connection.execute(asked.order_by(pairs.c.score.desc(), pairs.c.earlier_id)):
        if item not in named[reply]:
            named[reply].append(DocumentId(item))
    return named


def letters_named(connection: Connection, replies: Sequence[DocumentId]) -> dict[DocumentId, list[DocumentId] | None]:
    """The earlier letters that each reply's alarms tell to have promised the same; None when one of them is gone."""
    c = alarms.c
    told = sa.select(c.reply_id, c.other_id, documents.c.current).join(documents, documents.c.id == c.other_id)
    before = told.where(c.reply_id.in_(replies), c.code == AlarmCode.PROMISED_BEFORE)
    named: dict[DocumentId, set[DocumentId]] = {reply: set() for reply in replies}
    gone: set[DocumentId] = set()
    for reply, other, current in connection.execute(before):
        named[reply].add(DocumentId(other))
        gone |= set() if current else {DocumentId(reply)}
    return {reply: None if reply in gone else sorted(others) for reply, others in named.items()}


def found_about(connection: Connection, replies: Sequence[Paper], load: Load) -> dict[DocumentId, list[Between]]:
    """What was found between each of these papers and each later one, as it was kept."""
    names = [paper.id for paper in replies]
    of_links, of_progress = (
        _by_pair(connection, links, "reply_id", names),
        _by_pair(connection, progress, "holder_id", names),
    )
    keys = sorted({*of_links, *of_progress})
    later = {paper.id: paper for paper in load(list(dict.fromkeys(other for _, other in keys)))}
    earlier = {paper.id: paper for paper in replies}
    found: dict[DocumentId, list[Between]] = {name: [] for name in names}
    for one, other in keys:
        kept = (of_links.get((one, other), ()), of_progress.get((one, other), ()))
        found[one].append(_between(earlier[one], later[other], *kept))
    return found


def _by_pair(
    connection: Connection, table: sa.Table, holder: str, names: Sequence[DocumentId]
) -> Mapping[tuple[DocumentId, DocumentId], Sequence[rows.Found]]:
    """The rows of some earlier papers, by paper and later paper."""
    found: dict[tuple[DocumentId, DocumentId], list[rows.Found]] = defaultdict(list)
    for row in connection.execute(sa.select(table).where(table.c[holder].in_(names))).mappings():
        found[row[holder], row["document_id"]].append(row)
    return found


def _between(earlier: Paper, later: Paper, linked: Iterable[rows.Found], counted: Iterable[rows.Found]) -> Between:
    own = rows.record_ids(earlier.id, earlier.extraction)
    promises = {name: place for place, name in enumerate(own.commitments)}
    targets = {name: place for place, name in enumerate(own.quantities)}
    told = {name: at for at, name in enumerate(rows.record_ids(later.id, later.extraction).quantities)}
    return Between(
        earlier,
        later,
        tuple(link_of(row, promises[row["commitment_id"]]) for row in linked),
        tuple(_progress_of(row, targets[row["target_id"]], told[row["actual_id"]]) for row in counted),
    )


def keep_judgements(connection: Connection, judged: Sequence[Judgement]) -> None:
    """Keeps these judgements, and nothing of before; the replies no longer wait to be judged."""
    replies = [one.reply.id for one in judged]
    for table, name in ((coverage, "reply_id"), (unjudged, "document_id")):
        connection.execute(sa.delete(table).where(table.c[name].in_(replies)))
    write_rows(connection, coverage, [row for one in judged for row in _coverage_rows(one)])
    _keep_links(connection, judged)
    _keep_alarms(connection, judged)


def _keep_links(connection: Connection, judged: Sequence[Judgement]) -> None:
    spoken = []
    for one in judged:
        commitments = rows.record_ids(one.reply.id, one.reply.extraction).commitments if one.links else ()
        for later, link in one.links:
            promise, place = commitments[link.commitment], (link.unit, link.span.start)
            own = (links.c.commitment_id == promise, links.c.document_id == later)
            there = (links.c.unit == place[0], links.c.start == place[1])
            changed = sa.update(links).where(*own, *there).values(relation=link.relation, flags=link.flags)
            connection.execute(changed)
            spoken.append(promise)
    if spoken:
        stand(connection, promises=spoken)


def _coverage_rows(judged: Judgement) -> Iterator[rows.Row]:
    reply = judged.reply
    units = reply.extraction.units
    for item, found in judged.answers:
        asker = item or reply
        asks = rows.record_ids(asker.id, asker.extraction).requests if found else ()
        for one in found:
            yield {
                "request_id": asks[one.request],
                "reply_id": reply.id,
                "item_id": item.id if item else None,
                "answer": one.answer,
                "units": tuple(units[place].span for place in one.units),
                "certainty": one.certainty,
                "why": one.why,
            }


def _keep_alarms(connection: Connection, judged: Sequence[Judgement]) -> None:
    """What an officer must hear of, and nothing of before. Mostly it is as it was, and nothing is written."""
    kept = {one.reply.id: {row["id"]: row for row in _alarm_rows(one)} for one in judged}
    held: dict[DocumentId, dict[str, rows.Row]] = {reply: {} for reply in kept}
    for row in connection.execute(sa.select(alarms).where(alarms.c.reply_id.in_(list(kept)))).mappings():
        held[row["reply_id"]][row["id"]] = dict(row)
    changed = [reply for reply, found in kept.items() if held[reply] != found]
    if changed:
        connection.execute(sa.delete(alarms).where(alarms.c.reply_id.in_(changed)))
        write_rows(connection, alarms, [row for reply in changed for row in kept[reply].values()])
        stand(connection, documents=changed)


def _alarm_rows(judged: Judgement) -> Iterator[rows.Row]:
    reply = judged.reply
    commitments = rows.record_ids(reply.id, reply.extraction).commitments if judged.alarms else ()
    for alarm in judged.alarms:
        about = commitments[alarm.commitment] if alarm.commitment is not None else None
        quoted = "|".join(span.text for span in alarm.spans)
        yield {
            "id": content_id("alarm", alarm.code, reply.id, about, alarm.other, quoted, *alarm.values),
            "code": alarm.code,
            "reply_id": reply.id,
            "commitment_id": about,
            "other_id": alarm.other,
            "spans": alarm.spans,
            "values": alarm.values,
            "day": alarm.day,
            "certainty": alarm.certainty,
        }


def link_of(row: rows.Found, commitment: int) -> Link:
    """The link in a row; `commitment` is the promise's position."""
    span = Span(row["start"], row["end"], row["text"])
    return Link(
        commitment,
        row["unit"],
        span,
        row["relation"],
        row["certainty"],
        row["day"],
        row["score"],
        row["scores"],
        row["why"],
        row["flags"],
    )


def _progress_of(row: rows.Found, target: int, actual: int) -> Progress:
    return Progress(target, actual, row["day"], row["ratio"], row["certainty"], row["why"], row["flags"])
