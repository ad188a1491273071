"""Plain text -> its lines, character for character; only hard-wrapped lines are joined."""

from __future__ import annotations

from pathlib import Path

from corpus import lines
from corpus.readers.encodings import decode
from models.documents import Document
from models.errors import Unreadable, UnreadableDocument


def read_txt(path: Path) -> Document:
    """The document of a text file. Raises BINARY where the bytes are no text in UTF-8, GB18030 or UTF-16."""
    text = decode(path.read_bytes())
    if text is None:
        raise UnreadableDocument(path.name, Unreadable.BINARY)
    text = lines.plain_breaks(text)
    joined = lines.join_wrapped(text)
    notes = ("joined_lines",) if joined != text else ()
    return Document(path.name, "txt", joined, notes=notes)
