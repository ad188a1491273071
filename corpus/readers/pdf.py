"""PDF files -> paragraphs: pypdfium2 for the text and its places, pdfplumber for the cells of ruled tables."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus.readers import glyphs, printed
from corpus.readers.encodings import readable_share
from corpus.readers.limits import Limits
from corpus.readers.printed import Page
from corpus.readers.ruled import RuledTables, has_rules, with_tables
from models.documents import Document
from models.errors import Unreadable, UnreadableDocument

_PASSWORD, _SECURITY = 4, 5  # FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY
_FEW = 25  # characters a page: a scanner's own stamp, a page number
_COVERS = 0.5  # of the page: a picture that is the page
_READABLE = 0.5  # of the characters


def read_pdf(path: Path, limits: Limits, progress: Callable[[], None]) -> Document:
    """The document of a PDF file: paragraphs, table rows with bars; page furniture is dropped.

    Raises ENCRYPTED, DAMAGED, SCANNED (pictures of pages), NO_TEXT (also where the fonts don't say what they show).
    """
    del limits  # a PDF is bounded by its process
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code in (_PASSWORD, _SECURITY)
        reason = Unreadable.ENCRYPTED if locked else Unreadable.DAMAGED
        raise UnreadableDocument(path.name, reason, str(error)) from error
    with closing(pdf), closing(RuledTables(path)) as tables:
        return _Reading(path.name, tables).document(pdf, progress)


@dataclass(slots=True)
class _Reading:
    """One file's pages as they are read, and what was met on the way."""

    file: str
    tables: RuledTables
    pages: list[Page] = field(default_factory=list)
    pictures: int = 0  # pages that a picture covers, with next to no text
    unread: int = 0  # pages that don't open

    def document(self, pdf: Any, progress: Callable[[], None]) -> Document:
        """The text of all pages without their furniture, paragraphs joined; `progress` is called after each page."""
        for index in range(len(pdf)):
            self._read_page(pdf, index)
            progress()
        body = printed.without_furniture(self.pages)
        text = "\n".join(printed.paragraphs(printed.notes_last(body)))
        self._check(len(pdf), text)
        return Document(self.file, "pdf", text, notes=self._notes(body, text))

    def _read_page(self, pdf: Any, index: int) -> None:
        import pypdfium2

        try:
            page = pdf[index]
        except pypdfium2.PdfiumError:
            self.unread += 1
            return
        width, height = page.get_size()
        textpage = page.get_textpage()
        found = glyphs.printed_lines(textpage, height, index)
        if sum(len(line.text) for line in found) < _FEW and _is_picture(page, width * height):
            self.pictures += 1
        if found and has_rules(page):
            found = with_tables(found, self.tables.on_page(index), index)
        self.pages.append(Page(width, height, tuple(found)))
        textpage.close()
        page.close()

    def _check(self, count: int, text: str) -> None:
        if self.unread and self.unread == count:
            raise UnreadableDocument(self.file, Unreadable.DAMAGED, "no page can be opened")
        if self.pictures and (not text.strip() or len(text) < _FEW * count):
            raise UnreadableDocument(self.file, Unreadable.SCANNED, f"{self.pictures} of {count} pages are pictures")
        if text.strip() and readable_share(text) < _READABLE:
            raise UnreadableDocument(self.file, Unreadable.NO_TEXT, "the fonts don't say which characters they show")

    def _notes(self, body: list[Page], text: str) -> tuple[str, ...]:
        before, after = (sum(len(page.lines) for page in pages) for pages in (self.pages, body))
        met = {
            "joined_lines": text.count("\n") + 1 < after,
            "dropped_headers": after < before,
            "scanned_pages": self.pictures > 0,
            "unread_pages": self.unread > 0,
            "unread_tables": self.tables.unread > 0,
        }
        return tuple(code for code, holds in met.items() if holds)


def _is_picture(page: Any, area: float) -> bool:
    import pypdfium2.raw as pdfium

    for image in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = image.get_bounds()
        if (right - left) * (top - bottom) > _COVERS * area:
            return True
    return False
