"""Writing one document with its records, in the caller's transaction.

Several files may hold one letter. Which file's reading is kept doesn't depend on the order in which they come: of those
read by the newest extractor, the best form, then the first path. So a run that was killed and resumed, or worked in
parallel, leaves what an undisturbed one would have left.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from models import rows
from models.extraction import Extraction
from models.ids import DocumentId
from models.indexing import deindex, index
from models.loading import load
from models.runs import Outcome, SourceFile
from models.sourcing import note_reading, source_at
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


def keep(
    connection: Connection, source: SourceFile, extraction: Extraction, extractor: str, now: datetime
) -> tuple[Outcome, DocumentId]:
    """Keeps the file's reading; says what came of it, and which document the file holds."""
    document = rows.document_id(extraction.document.text)
    known = source_at(connection, source.path)
    held = connection.execute(sa.select(documents).where(documents.c.id == document)).mappings().first()
    rewritten = _keep_document(connection, document, held, source, extraction, extractor, now)
    note_reading(connection, known, source, document, extractor, now)
    if known is not None and known["document_id"] not in (None, document):
        _refresh(connection, known["document_id"])
    if not rewritten:
        _refresh(connection, document)
    return _outcome(known, held, document, source, rewritten), document


def _outcome(
    known: RowMapping | None, held: RowMapping | None, document: DocumentId, source: SourceFile, rewritten: bool
) -> Outcome:
    if known is None or known["document_id"] is None:
        return Outcome.NEW if held is None else Outcome.DUPLICATE
    if known["document_id"] != document:  # the bytes decide whose doing it is: the office's, or a newer reader's
        return Outcome.NEW_VERSION if known["digest"] != source.digest else Outcome.REEXTRACTED
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
    digest = rows.records_digest(extraction)
    if held is None:
        connection.execute(
            sa.insert(documents),
            {"id": document, "current": True, "created": now, **_described(source, extraction, extractor, digest)},
        )
        _write_records(connection, document, extraction)
        return True
    if held["extractor"] == extractor and _rank(source.form, source.path) > _rank(held["form"], held["path"]):
        return False
    described = _described(source, extraction, extractor, digest)
    changed = {name: value for name, value in described.items() if held[name] != value}
    if changed:
        connection.execute(sa.update(documents).where(documents.c.id == document).values(changed))
    if held["records_digest"] == digest:
        return False
    _erase_records(connection, document)
    _write_records(connection, document, extraction)
    if not held["current"]:
        connection.execute(sa.update(documents).where(documents.c.id == document).values(current=True))
    return True


def _rank(form: str, path: str) -> tuple[int, str]:
    return (_FORMS.index(form) if form in _FORMS else len(_FORMS), path)


def _described(source: SourceFile, extraction: Extraction, extractor: str, digest: str) -> dict[str, Any]:
    document = extraction.document
    return rows.identity_row(extraction.identity) | {
        "path": source.path,
        "name": document.name,
        "form": document.form,
        "title": document.title,
        "published": document.published,
        "notes": document.notes,
        "extractor": extractor,
        "records_digest": digest,
    }


def _write_records(connection: Connection, document: DocumentId, extraction: Extraction) -> None:
    text = extraction.document.text
    ids = rows.RecordIds(document, text)
    batches = {
        document_texts: [{"document_id": document, "text": text}],
        units: rows.unit_rows(document, extraction.units),
        commitments: rows.commitment_rows(document, ids, extraction.commitments),
        declined: rows.declined_rows(document, ids, extraction.declined),
        requests: rows.request_rows(document, ids, extraction.requests),
        quantities: rows.quantity_rows(document, ids, extraction.quantities),
    }
    for table, batch in batches.items():
        if batch:
            connection.execute(sa.insert(table), batch)
    index(connection, document, extraction)


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
        index(connection, document, load(connection, document))
    else:
        deindex(connection, document)
