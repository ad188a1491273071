"""Records to rows of the tables, and back; the ids of records.

A record's id is its kind, its document, and how many letters of the document stand before it. Neither the rule that
found it, nor spaces and punctuation (docx and pdf of one letter differ in them), nor where its sentence ends is part of
the id: a person's decision about it survives newer rules.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

from sqlalchemy.engine import RowMapping

from models.commitments import Commitment, Deadline, Declined, Request
from models.documents import Document, Identity, Span, Unit
from models.extraction import Extraction
from models.ids import DocumentId, RecordId, content_id, digest_of
from models.quantities import Quantity
from models.text import fold

Row = dict[str, Any]
Found = RowMapping | Mapping[str, Any]

_NOT_A_LETTER = re.compile(r"[\W_]+")
_IDENTITY = tuple(field.name for field in fields(Identity) if field.name != "title")


def document_id(text: str) -> DocumentId:
    """The id of a letter: its letters, digits and Han characters in one width and script, whatever stands between them.

    >>> document_id("关于停车难的答复\\n您好！") == document_id("关于停车难 的答复您好!")
    True
    """
    return DocumentId(content_id("document", _NOT_A_LETTER.sub("", fold(text)).lower()))


@dataclass(frozen=True, slots=True)
class RecordIds:
    """The ids of one document's records, each list in the order of its records."""

    commitments: tuple[RecordId, ...]
    declined: tuple[RecordId, ...]
    requests: tuple[RecordId, ...]
    quantities: tuple[RecordId, ...]


def record_ids(document: DocumentId, extraction: Extraction) -> RecordIds:
    """The ids of all records of a document; those of the last hundred are at hand."""
    return _record_ids(_Same(document, extraction))


class _Same:
    """A document as a key of the cache: its records are the very same, which is cheaper to tell than equal ones."""

    __slots__ = ("document", "extraction")

    def __init__(self, document: DocumentId, extraction: Extraction) -> None:
        self.document, self.extraction = document, extraction

    def __hash__(self) -> int:
        return id(self.extraction)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.extraction is other.extraction and self.document == other.document


@lru_cache(maxsize=100)
def _record_ids(same: _Same) -> RecordIds:
    document, extraction = same.document, same.extraction
    records: tuple[Commitment | Declined | Request | Quantity, ...] = (
        *extraction.commitments,
        *extraction.declined,
        *extraction.requests,
        *extraction.quantities,
    )
    letters = _letters_before(extraction.document.text, (record.span.start for record in records))

    def of(kind: str, records: Sequence[Commitment | Declined | Request | Quantity]) -> tuple[RecordId, ...]:
        before = [letters[record.span.start] for record in records]
        return tuple(_record_id(document, kind, place, before[:nth].count(place)) for nth, place in enumerate(before))

    return RecordIds(
        commitments=of("commitment", extraction.commitments),
        declined=of("declined", extraction.declined),
        requests=of("request", extraction.requests),
        quantities=of("quantity", extraction.quantities),
    )


def letters_before(text: str, place: int) -> int:
    """How many letters, digits and Han characters stand before a place: what stays the same in every form of a letter.

    >>> letters_before("一、修路。二、架桥。", 5)
    3
    """
    return len(_NOT_A_LETTER.sub("", text[:place]))


def _letters_before(text: str, places: Iterable[int]) -> dict[int, int]:
    """How many letters, digits and Han characters stand before each place."""
    counts, past, letters = {}, 0, 0
    for place in sorted(set(places)):
        letters += len(_NOT_A_LETTER.sub("", text[past:place]))
        counts[place], past = letters, place
    return counts


def _record_id(document: DocumentId, kind: str, before: int, twins: int) -> RecordId:
    """`before` letters stand before it; `twins` records of its kind begin at the same letter and come first."""
    return RecordId(content_id(kind, before, document, *([twins] if twins else [])))


def rows_digest(rows: Iterable[Row]) -> str:
    """A digest of what was read and found: equal digests, nothing to write."""
    return digest_of(json.dumps(list(rows), ensure_ascii=False, default=str).encode("utf-8", "surrogatepass"))


def identity_row(identity: Identity) -> Row:
    """The columns of an identity."""
    return {name: getattr(identity, name) for name in _IDENTITY} | {"own_title": identity.title}


def identity_of(row: Found) -> Identity:
    """The identity in a row of documents."""
    return Identity(**{name: row[name] for name in _IDENTITY}, title=row["own_title"])


def document_row(document: Document) -> Row:
    """The columns of a document as read."""
    return {"name": document.name, "title": document.title, "published": document.published, "notes": document.notes}


def document_of(row: Found, text: str) -> Document:
    """The document as read."""
    return Document(row["name"], row["form"], text, row["title"], row["published"], row["notes"])


def unit_rows(document: DocumentId, units: Iterable[Unit]) -> list[Row]:
    """Units, without their texts: those are cut from the document's."""
    return [
        {
            "document_id": document,
            "position": unit.index,
            "start": unit.span.start,
            "end": unit.span.end,
            "role": unit.role,
            "zone": unit.zone,
            "section": unit.section,
            "head": unit.head,
            "lead_in": unit.lead_in,
        }
        for unit in units
    ]


def unit_of(row: Found, text: str) -> Unit:
    """A unit, its quotation cut from the document's text."""
    start, end = row["start"], row["end"]
    span = Span(start, end, text[start:end])
    return Unit(span, row["position"], row["role"], row["zone"], row["section"], row["head"], row["lead_in"])


def commitment_rows(document: DocumentId, ids: Sequence[RecordId], records: Sequence[Commitment]) -> list[Row]:
    """Commitments in the order of the text."""
    return [
        _quoted(document, ids[position], position, record.span)
        | {
            "section": record.section,
            "strength": record.strength,
            "deadline_text": record.deadline.text if record.deadline else None,
            "deadline_end": record.deadline.end if record.deadline else None,
            "responsible": record.responsible,
            "instruments": record.instruments,
            "condition": record.condition,
            "confidence": record.confidence,
            "rule": record.rule,
            "flags": record.flags,
        }
        for position, record in enumerate(records)
    ]


def commitment_of(row: Found) -> Commitment:
    """The commitment in a row."""
    deadline = Deadline(row["deadline_text"], row["deadline_end"]) if row["deadline_text"] is not None else None
    return Commitment(
        _span(row),
        row["section"],
        row["strength"],
        deadline,
        row["responsible"],
        row["instruments"],
        row["condition"],
        row["confidence"],
        row["rule"],
        row["flags"],
    )


def declined_rows(document: DocumentId, ids: Sequence[RecordId], records: Sequence[Declined]) -> list[Row]:
    """Declined points in the order of the text."""
    return [
        _quoted(document, ids[position], position, record.span)
        | {
            "section": record.section,
            "reason": record.reason,
            "confidence": record.confidence,
            "rule": record.rule,
        }
        for position, record in enumerate(records)
    ]


def declined_of(row: Found) -> Declined:
    """The declined point in a row."""
    return Declined(_span(row), row["section"], row["reason"], row["confidence"], row["rule"])


def request_rows(document: DocumentId, ids: Sequence[RecordId], records: Sequence[Request]) -> list[Row]:
    """Requests in the order of the text."""
    return [
        _quoted(document, ids[position], position, record.span) | {"rule": record.rule}
        for position, record in enumerate(records)
    ]


def request_of(row: Found) -> Request:
    """The request in a row."""
    return Request(_span(row), row["rule"])


def quantity_rows(document: DocumentId, ids: Sequence[RecordId], records: Sequence[Quantity]) -> list[Row]:
    """Quantities in the order given; a part names its total by that one's id."""
    return [
        _quoted(document, ids[position], position, record.span)
        | {
            "value": record.value,
            "upper": record.upper,
            "unit": record.unit,
            "comparator": record.comparator,
            "basis": record.basis,
            "role": record.role,
            "indicator": record.indicator,
            "deadline": record.deadline,
            "unit_start": record.unit_span.start,
            "unit_end": record.unit_span.end,
            "unit_text": record.unit_span.text,
            "part_of": ids[record.part_of] if record.part_of is not None else None,
            "confidence": record.confidence,
            "rule": record.rule,
            "flags": record.flags,
        }
        for position, record in enumerate(records)
    ]


def quantity_of(row: Found, part_of: int | None) -> Quantity:
    """The quantity in a row; `part_of` is the place of its total in the document's list."""
    return Quantity(
        span=_span(row),
        value=row["value"],
        upper=row["upper"],
        unit=row["unit"],
        comparator=row["comparator"],
        basis=row["basis"],
        role=row["role"],
        indicator=row["indicator"],
        deadline=row["deadline"],
        unit_span=Span(row["unit_start"], row["unit_end"], row["unit_text"]),
        part_of=part_of,
        confidence=row["confidence"],
        rule=row["rule"],
        flags=row["flags"],
    )


def _quoted(document: DocumentId, record: RecordId, position: int, span: Span) -> Row:
    return {
        "id": record,
        "document_id": document,
        "position": position,
        "start": span.start,
        "end": span.end,
        "text": span.text,
    }


def _span(row: Found) -> Span:
    return Span(row["start"], row["end"], row["text"])
