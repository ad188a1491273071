"""Word 97 to 2003 and WPS Writer files (.doc, .wps) -> their lines: paragraphs with their list numbers, tables, notes.

Tracked deletions, hidden text, comments, headers and footers are left out, as in a .docx.
"""

from __future__ import annotations

import re
import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus.readers import grids
from corpus.readers.word97 import Formatting, Word97
from corpus.readers.word97_lists import Lists, read_lists
from models.documents import Document
from models.errors import Unreadable, UnreadableDocument

_WORD_97 = 0xC1  # nFib: what is older is laid out otherwise
_ENCRYPTED, _SECOND_TABLE = 0x0100, 0x0200
_IN_TABLE, _ROW_END, _INNER_ROW, _ROW = 0x2416, 0x2417, 0x244C, 0xD608
_MARKS = re.compile("[\r\x07\x0c]")
_PICTURES = re.compile("[\x01\x08]")
_FIELD, _RESULT, _FIELD_END = "\x13\x14\x15"  # between the first two stands what a field does, not what it shows
_SIGNS = str.maketrans({"\x0b": "\n", "\x1e": "-", "\xa0": " "} | {chr(code): None for code in (*range(9), 0x1F)})
_PRIVATE = re.compile("[\ue000-\uf8ff]")  # symbol fonts: bullets and ticks without a character of their own
_SAME_EDGE = 20  # twentieths of a point: edges of cells that are one line on the page
_GOES_ON, _FIRST_OF = 0x20, 0x40  # fVertMerge, fVertRestart


def read_doc(path: Path) -> Document:
    """The document of a .doc or .wps file; `title` from its properties.

    Raises ENCRYPTED, DAMAGED, UNSUPPORTED (Word 6 and 95), and SCANNED where it holds pictures alone.
    """
    import olefile

    try:
        with olefile.OleFileIO(path) as container:
            file, title = _opened(container, path.name), _title(container)
        lines = list(_lines(file))
    except (struct.error, IndexError, ValueError, OSError, TypeError) as error:
        raise UnreadableDocument(path.name, Unreadable.DAMAGED, f"broken Word file: {error}") from error
    text = "\n".join(lines)
    if not text.strip() and _PICTURES.search(file.text):
        raise UnreadableDocument(path.name, Unreadable.SCANNED, "pictures alone")
    return Document(path.name, "doc", text, title=title)


def _opened(container: Any, name: str) -> Word97:
    main = _stream(container, "WordDocument")
    version, flags = struct.unpack_from("<H6xH", main, 2)
    if flags & _ENCRYPTED:
        raise UnreadableDocument(name, Unreadable.ENCRYPTED, "a Word file with a password")
    if version < _WORD_97:
        raise UnreadableDocument(name, Unreadable.UNSUPPORTED, "doc (Word 6, 95)")
    return Word97(main, _stream(container, "1Table" if flags & _SECOND_TABLE else "0Table"), _stream(container, "Data"))


def _stream(container: Any, name: str) -> bytes:
    return bytes(container.openstream(name).read()) if container.exists(name) else b""


def _title(container: Any) -> str | None:
    """The title among the file's properties, in the code page that they name."""
    properties = container.get_metadata()
    raw, page = properties.title, properties.codepage or 936
    if not isinstance(raw, bytes):
        return None
    try:
        return raw.decode("utf-8" if page == 65001 else f"cp{page & 0xFFFF}", "replace").strip("\0 ") or None
    except LookupError:
        return None


def _lines(file: Word97) -> Iterator[str]:
    """The lines of the text, of its boxes, and of its notes."""
    lists = read_lists(file)
    for name in ("main", "boxes", "footnotes", "endnotes"):
        yield from _Story(file, lists).lines(name)


@dataclass(frozen=True, slots=True)
class _Row:
    """A table's row: its cells' texts, their right edges, and which go on from above."""

    cells: list[str]
    edges: tuple[int, ...]
    above: tuple[bool, ...]


@dataclass(slots=True)
class _Story:
    """Paragraphs in order; rows are kept until their table ends."""

    file: Word97
    lists: Lists
    cell: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    rows: list[_Row] = field(default_factory=list)
    fields: list[bool] = field(default_factory=list)  # around: whether each still says what it does

    def lines(self, name: str) -> Iterator[str]:
        """The lines of one story (main text, footnotes), a table's rows as lines where the table ends."""
        text, start = self.file.story(name)
        at = 0
        for mark in _MARKS.finditer(text):
            paragraph = self.file.formatting(start + mark.start())
            own = self._seen(text[at : mark.start()], start + at)
            at = mark.end()
            if _is_set(paragraph, _IN_TABLE):
                self._take(own, mark.group(), paragraph)
                continue
            yield from self._table()
            yield from _shown(own, self.lists, paragraph)
        yield from self._table()
        yield from _shown(self._seen(text[at:], start + at), self.lists, Formatting(0, {}))

    def _take(self, own: str, mark: str, paragraph: Formatting) -> None:
        """A paragraph of a table: part of a cell, a cell's end, or a row's end."""
        if _is_set(paragraph, _ROW_END):
            self.rows.append(_row(self.cells, paragraph))
            self.cells, self.cell = [], []
            return
        if not _is_set(paragraph, _INNER_ROW):
            self.cell += _shown(own, self.lists, paragraph)
        if mark == "\x07":
            self.cells.append("\n".join(self.cell))
            self.cell = []

    def _table(self) -> list[str]:
        """The lines of the table that has ended."""
        rows, self.rows = self.rows, []
        if all(len(row.cells) <= 1 for row in rows):  # a frame around text is no table
            return [line for row in rows for cell in row.cells for line in cell.split("\n") if line]
        return grids.lines_of(_grid(rows))

    def _seen(self, text: str, position: int) -> str:
        """The characters that the page shows; a field may span paragraphs."""
        kept = []
        for number, char in enumerate(text):
            if char in (_FIELD, _RESULT, _FIELD_END):
                self._pass(char)
            elif not any(self.fields) and not self._is_unseen(position + number):
                kept.append(char)
        return _whole("".join(kept)) if kept else ""

    def _pass(self, sign: str) -> None:
        if sign == _FIELD:
            self.fields.append(True)
        elif self.fields and sign == _RESULT:
            self.fields[-1] = False
        elif self.fields:
            self.fields.pop()

    def _is_unseen(self, position: int) -> bool:
        unseen = self.file.unseen
        if not unseen:
            return False
        offset = self.file.offset(position)
        number = bisect_right(unseen, (offset, 1 << 40)) - 1
        return number >= 0 and offset < unseen[number][1]


def _whole(text: str) -> str:
    """The text with halves of characters joined, and no signs of what isn't text."""
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return _PRIVATE.sub("", text.translate(_SIGNS))


def _shown(text: str, lists: Lists, paragraph: Formatting) -> Iterator[str]:
    """The paragraph's lines; an empty one has no number."""
    if text.strip():
        first, *rest = (line.strip(" \t") for line in text.split("\n"))
        yield lists.label(paragraph) + first
        yield from (line for line in rest if line)


def _is_set(paragraph: Formatting, code: int) -> bool:
    return paragraph.own.get(code, b"\0")[:1] == b"\1"


def _row(cells: list[str], paragraph: Formatting) -> _Row:
    """A row by its cells and what its end says of them (TDefTable): edges in twentieths of a point, 20 bytes a cell."""
    raw = paragraph.own.get(_ROW, b"")
    count = min(raw[0], len(cells)) if raw else 0
    if len(raw) < 1 + 2 * (raw[0] + 1) if raw else True:
        return _Row(cells, (), ())
    edges = struct.unpack_from(f"<{raw[0] + 1}h", raw, 1)
    flags = [_merging(raw, 1 + 2 * (raw[0] + 1) + 20 * number) for number in range(count)]
    return _Row(cells, edges[: count + 1], tuple(flag & _GOES_ON > 0 and not flag & _FIRST_OF for flag in flags))


def _merging(raw: bytes, at: int) -> int:
    return int(struct.unpack_from("<H", raw, at)[0]) if at + 2 <= len(raw) else 0


def _grid(rows: list[_Row]) -> list[list[grids.Cell]]:
    """The rows with the columns that each cell spans: edges of all rows together make the columns."""
    edges: list[int] = []
    for edge in sorted({edge for row in rows for edge in row.edges}):
        if not edges or edge - edges[-1] > _SAME_EDGE:
            edges.append(edge)
    return [[_cell(row, number, edges) for number in range(len(row.cells))] for row in rows]


def _cell(row: _Row, number: int, edges: list[int]) -> grids.Cell:
    if number + 1 >= len(row.edges):
        return grids.Cell(row.cells[number])
    left, right = (bisect_right(edges, edge) for edge in row.edges[number : number + 2])
    return grids.Cell(row.cells[number], columns=max(1, right - left), above=row.above[number])
