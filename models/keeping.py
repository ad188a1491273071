"""Writing one document with its records, in the caller's transaction.

Several files may hold one letter. Which file's reading is kept doesn't depend on the order in which they come: of those
read by the newest extractor, the best form, then the first path. So a run that was killed and resumed, or worked in
parallel, leaves what an undisturbed one would have left.
"""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from models import rows
from models.bulk import write_rows
from models.extraction import Extraction
from models.ids import DocumentId
from models.indexing import deindex, index
from models.loading import load
from models.runs import Outcome, SourceFile
from models.sourcing import note_reading, source_at
from models.standings import spoken_of, stand
from models.tables import (
    commitments,
    declined,
    document_texts,
    documents,
    quantities,
    requests,
    sources,
    units,
)

# A docx still knows its headings and lists; a pdf is a picture of the page with its lines cut.
_FORMS = ("docx", "doc", "html", "txt", "ofd", "pdf")
_RECORDS = (quantities, requests, declined, commitments, units)
# Built once: saving must be quick.
_DOCUMENT = sa.select(documents).where(documents.c.id == sa.bindparam("id"))


def keep(
    connection: Connection, source: SourceFile, extraction: Extraction, extractor: str, now: datetime
) -> tuple[Outcome, DocumentId]:
    """Keeps the file's reading; says what came of it, and which document the file holds."""
    document = rows.document_id(extraction.document.text)
    known = source_at(connection, source.path)
    held = connection.execute(_DOCUMENT, {"id": document}).mappings().first()
    rewritten = _keep_document(connection, document, held, source, extraction, extractor, now)
    note_reading(connection, known, source, document, extractor, now)
    if known is not None and known["document_id"] not in (None, document):
        _refresh(connection, known["document_id"])
    if rewritten:
        _stand(connection, document, new=held is None)
    else:
        _refresh(connection, document)
    return _outcome(known, held, document, source, rewritten), document


def digest_of_records(document: DocumentId, extraction: Extraction) -> str:
    """The digest under which these records are kept; another one than the kept one tells that a row was changed."""
    return _digest(_described(extraction), _record_rows(document, extraction, rows.record_ids(document, extraction)))


def _described(extraction: Extraction) -> rows.Row:
    return rows.document_row(extraction.document) | rows.identity_row(extraction.identity)


def _digest(described: rows.Row, records: dict[sa.Table, list[rows.Row]]) -> str:
    return rows.rows_digest([described, *(row for batch in records.values() for row in batch)])


def _outcome(
    known: RowMapping | None, held: RowMapping | None, document: DocumentId, source: SourceFile, rewritten: bool
) -> Outcome:
    if known is None or known["document_id"] is None:
        return Outcome.NEW if held is None else Outcome.DUPLICATE
    if known["document_id"] != document:  # the bytes decide whose doing it is: the office's, or a newer reader's
        changed = known["digest"] != source.digest or known["failure"] is not None
        return Outcome.NEW_VERSION if changed else Outcome.REEXTRACTED
    return Outcome.REEXTRACTED if rewritten else Outcome.UNCHANGED


def _keep_document(
    connection: Connection,
    document: DocumentId,
    held: RowMapping | None,
    source: SourceFile,
    extraction: Extraction,
    extractor: str,
    now: datetime,
) -> bool:
    """Writes the document unless the kept reading is as good; whether records were written."""
    if held and held["extractor"] == extractor and _rank(source.form, source.path) > _rank(held["form"], held["path"]):
        return False
    ids = rows.record_ids(document, extraction)
    records = _record_rows(document, extraction, ids)
    described = _described(extraction)
    digest = _digest(described, records)
    read = {"path": source.path, "form": extraction.document.form, "extractor": extractor, "records_digest": digest}
    _keep_row(connection, document, held, described | read, now)
    if held and held["records_digest"] == digest:
        return False
    if held:
        _erase_records(connection, document)
    for table, batch in records.items():
        write_rows(connection, table, batch)
    index(connection, document, extraction, ids)
    if held and not held["current"]:
        connection.execute(sa.update(documents).where(documents.c.id == document).values(current=True))
    return True


def _keep_row(
    connection: Connection, document: DocumentId, held: RowMapping | None, state: rows.Row, now: datetime
) -> None:
    """The document's own row: new, or with what changed."""
    if held is None:
        write_rows(connection, documents, [{"id": document, "current": True, "created": now} | state])
    elif changed := {name: value for name, value in state.items() if held[name] != value}:
        connection.execute(sa.update(documents).where(documents.c.id == document).values(changed))


def _rank(form: str, path: str) -> tuple[int, str]:
    return (_FORMS.index(form) if form in _FORMS else len(_FORMS), path)


def _record_rows(document: DocumentId, extraction: Extraction, ids: rows.RecordIds) -> dict[sa.Table, list[rows.Row]]:
    return {
        document_texts: [{"document_id": document, "text": extraction.document.text}],
        units: rows.unit_rows(document, extraction.units),
        commitments: rows.commitment_rows(document, ids.commitments, extraction.commitments),
        declined: rows.declined_rows(document, ids.declined, extraction.declined),
        requests: rows.request_rows(document, ids.requests, extraction.requests),
        quantities: rows.quantity_rows(document, ids.quantities, extraction.quantities),
    }


def _erase_records(connection: Connection, document: DocumentId) -> None:
    deindex(connection, document)
    for table in (*_RECORDS, document_texts):
        connection.execute(sa.delete(table).where(table.c.document_id == document))


def _refresh(connection: Connection, document: DocumentId) -> None:
    """A document is current, and can be found, while some file holds it."""
    held = sa.exists().where(sources.c.document_id == document)
    wanted = sa.select(documents.c.current, held.label("held")).where(documents.c.id == document)
    row = connection.execute(wanted).one()
    if row.current == row.held:
        return
    connection.execute(sa.update(documents).where(documents.c.id == document).values(current=row.held))
    if row.held:
        extraction = load(connection, document)
        index(connection, document, extraction, rows.record_ids(document, extraction))
    else:
        deindex(connection, document)
    _stand(connection, document)


def _stand(connection: Connection, document: DocumentId, *, new: bool = False) -> None:
    """How its promises stand, and those that it was found to speak of: evidence counts while its document is there."""
    stand(connection, documents=[document], promises=spoken_of(connection, document), alone=new)
