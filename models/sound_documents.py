"""Every document against itself: its id, its quotations, the digest of its records; and what was found across them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from models.documents import Span
from models.extraction import Extraction
from models.harm import Damage, Harm
from models.ids import DocumentId
from models.indexing import index_rows
from models.keeping import digest_of_records
from models.loading import load
from models.rows import document_id, record_ids
from models.tables import commitments, document_texts, documents, quantities, search_entries, search_records
from models.tracking_tables import alarms, coverage, followed, links, progress


def find_damage(connection: Connection, done: Callable[[], None]) -> Iterator[Damage]:
    """What is wrong with documents, their records, and the links between them."""
    kept = sa.select(documents.c.id, documents.c.current, documents.c.records_digest).order_by(documents.c.id)
    for row in connection.execute(kept).all():
        yield from _in_document(connection, row.id, row.current, row.records_digest)
        done()
    yield from _in_links(connection)
    yield from _in_found_things(connection)
    yield from _in_endpoints(connection)


def _in_document(connection: Connection, name: DocumentId, current: bool, digest: str) -> Iterator[Damage]:
    try:
        extraction = load(connection, name)
        ids = record_ids(name, extraction)
    except KeyError:
        yield Damage(Harm.DANGLING, name, "文件的正文不见了")
        return
    except (ValueError, LookupError, TypeError, AssertionError) as error:
        yield Damage(Harm.UNREADABLE, name, str(error)[:200])
        return
    text = extraction.document.text
    if document_id(text) != name:
        yield Damage(Harm.MISNAMED, name, "正文和编号对不上：正文被改过")
    for span in _spans(extraction):
        if text[span.start : span.end] != span.text:
            yield Damage(Harm.MISQUOTED, name, f"{span.start}–{span.end} 处不是引文“{span.text[:30]}”")
    if digest and digest_of_records(name, extraction) != digest:  # none yet of a document that waits to be read anew
        yield Damage(Harm.ALTERED, name, "记录和存入时的摘要不符：有行被改、被删或被添")
    entries, records = index_rows(name, extraction, ids, 0) if current else ([], [])
    if digest and _index_of(entries, records) != _indexed(connection, name):
        yield Damage(Harm.INDEX, name, "全文检索里的内容和记录不一致")


def _spans(extraction: Extraction) -> Iterator[Span]:
    quoted = (extraction.commitments, extraction.declined, extraction.requests)
    yield from (record.span for records in quoted for record in records)
    yield from (span for number in extraction.quantities for span in (number.span, number.unit_span))
    for unit in extraction.units:
        if not 0 <= unit.span.start <= unit.span.end <= len(extraction.document.text):
            yield Span(unit.span.start, unit.span.end, f"第 {unit.index} 段")


_Indexed = tuple[list[tuple[str, str]], list[tuple[str, str, int, str, str]]]


def _index_of(entries: list[dict[str, object]], records: list[dict[str, object]]) -> _Indexed:
    """Entries by what they say, and records with what their entry says: the numbers of entries are arbitrary."""
    said = {entry["id"]: (str(entry["tokens"]), str(entry["context"])) for entry in entries}
    found = [
        (str(one["kind"]), str(one["record_id"]), int(str(one["position"])), *said.get(one["entry_id"], ("", "")))
        for one in records
    ]
    return sorted(said.values()), sorted(found)


def _indexed(connection: Connection, name: DocumentId) -> _Indexed:
    of_entries = sa.select(search_entries).where(search_entries.c.document_id == name)
    entries = [dict(row) for row in connection.execute(of_entries).mappings()]
    ids = sa.select(search_entries.c.id).where(search_entries.c.document_id == name)
    of_records = sa.select(search_records).where(search_records.c.entry_id.in_(ids))
    records = [dict(row) for row in connection.execute(of_records).mappings()]
    if any(row["document_id"] != name for row in records):
        return [], []
    return _index_of(entries, records)


def _in_links(connection: Connection) -> Iterator[Damage]:
    c = links.c
    chosen = sa.select(c.id, c.start, c.end, c.text, document_texts.c.text.label("whole"))
    joined = chosen.join_from(links, document_texts, c.document_id == document_texts.c.document_id)
    for row in connection.execution_options(yield_per=500).execute(joined.order_by(c.document_id)):
        if row.whole[row.start : row.end] != row.text:
            yield Damage(Harm.MISQUOTED, f"佐证 {row.id}", f"{row.start}–{row.end} 处不是引文“{row.text[:30]}”")


def _in_found_things(connection: Connection) -> Iterator[Damage]:
    """Quotations of coverage and alarms: they stand in the reply, or in the other document that they name."""
    for row in connection.execute(sa.select(coverage)).mappings().all():
        where = f"诉求覆盖 {row['request_id']}"
        yield from _quoted(connection, where, row["units"], (row["reply_id"], row["item_id"]))
    for row in connection.execute(sa.select(alarms)).mappings().all():
        yield from _quoted(connection, f"提醒 {row['id']}", row["spans"], (row["reply_id"], row["other_id"]))


def _quoted(
    connection: Connection, where: str, spans: Iterable[Span], holders: Iterable[str | None]
) -> Iterator[Damage]:
    named = [name for name in holders if name]
    texts: list[str] = []
    for span in spans:
        if not texts:
            chosen = sa.select(document_texts.c.text).where(document_texts.c.document_id.in_(named))
            texts = list(connection.execute(chosen).scalars())
        if all(text[span.start : span.end] != span.text for text in texts):
            yield Damage(Harm.MISQUOTED, where, f"{span.start}–{span.end} 处不是引文“{span.text[:30]}”")


def _in_endpoints(connection: Connection) -> Iterator[Damage]:
    """Links and progress name records; where the documents were followed up since they were read, those are there."""
    for table, column, holder, target in (
        (links, links.c.commitment_id, links.c.reply_id, commitments.c.id),
        (progress, progress.c.target_id, progress.c.holder_id, quantities.c.id),
        (progress, progress.c.actual_id, progress.c.document_id, quantities.c.id),
    ):
        followed_up = sa.exists().where(
            followed.c.document_id == holder,
            documents.c.id == holder,
            followed.c.records_digest == documents.c.records_digest,
        )
        chosen = sa.select(column).select_from(table).where(~sa.exists().where(target == column), followed_up)
        for name in connection.execute(chosen).scalars():
            yield Damage(Harm.DANGLING, f"{table.name}.{column.name}", f"没有编号是 {name} 的记录")
