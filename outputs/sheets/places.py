"""Where the words of a cell stand: addresses of the pages that show them, if the office's pages have an address."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from models.documents import Span
    from models.ids import RecordId
    from models.queries import DocumentRow


def spot(document: DocumentRow, span: Span) -> str:
    """The page of a document, opened at a quotation: /documents/3f2a…?span=9-14#span."""
    return f"/documents/{document.id}?span={span.start}-{span.end}#span"


def promise_page(id: RecordId, part: str = "") -> str:
    """The page of a promise, opened at a part of it: evidence, numbers."""
    return f"/commitments/{id}" + (f"#{part}" if part else "")
