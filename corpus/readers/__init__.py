"""Files -> Documents: one module a form, chosen by what the file holds; `pool` reads each in a worker process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from corpus import lines
from corpus.readers import sniff
from corpus.readers.limits import DEFAULT, Limits
from models.documents import Document
from models.errors import Unreadable, UnreadableDocument

__all__ = ["DEFAULT", "Limits", "read"]

Progress = Callable[[], None]


def read(path: Path, limits: Limits = DEFAULT, progress: Progress = lambda: None) -> Document:
    """The document of one file: its text with line feeds, traces of conversion taken out, never empty.

    `progress` is called as reading goes on (after each page of a pdf). Raises UnreadableDocument with the reason.
    """
    _check_size(path, limits)
    try:
        document = _read_form(sniff.form_of(path, limits), path, limits, progress)
    except MemoryError as error:
        raise UnreadableDocument(path.name, Unreadable.MEMORY) from error
    except OSError as error:
        raise UnreadableDocument(path.name, Unreadable.MISSING, str(error.strerror)) from error
    text, traces = lines.mend_traces(document.text)
    if not text.strip():
        raise UnreadableDocument(path.name, Unreadable.NO_TEXT)
    return replace(document, text=text, notes=(*document.notes, *traces))


def _check_size(path: Path, limits: Limits) -> None:
    if not path.is_file():
        raise UnreadableDocument(path.name, Unreadable.MISSING, "" if not path.exists() else "not a file")
    size = path.stat().st_size
    if size == 0:
        raise UnreadableDocument(path.name, Unreadable.EMPTY)
    if size > limits.size:
        raise UnreadableDocument(path.name, Unreadable.TOO_LARGE, f"{size:,} 字节，上限 {limits.size:,}")


def _read_form(form: str, path: Path, limits: Limits, progress: Progress) -> Document:
    """Each form's reader is imported when the first file of its form comes: a text needs no PDF library."""
    if form == "txt":
        from corpus.readers.txt import read_txt

        return read_txt(path)
    if form == "html":
        from corpus.readers.html import read_html

        return read_html(path)
    if form == "docx":
        from corpus.readers.docx import read_docx

        return read_docx(path, limits)
    if form == "doc":
        from corpus.readers.doc import read_doc

        return read_doc(path)
    if form == "ofd":
        from corpus.readers.ofd import read_ofd

        return read_ofd(path, limits, progress)
    if form == "pdf":
        from corpus.readers.pdf import read_pdf

        return read_pdf(path, limits, progress)
    raise UnreadableDocument(path.name, Unreadable.UNSUPPORTED, form)
