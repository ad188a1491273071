"""What a Word 97 to 2003 file (.doc, .wps) holds: its stories, and how they are set ([MS-DOC])."""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

_PAGE = 512  # bytes of a formatted disk page
_STORIES = ("main", "footnotes", "headers", "macros", "comments", "endnotes", "boxes", "header_boxes")  # FibRgLw97
_SIZES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}  # bytes of an operand by the sprm's upper three bits
_LONG_TABLE, _TABS = 0xD608, 0xC615  # operands that say their length in their own way
_ELSEWHERE = 0x6646  # the paragraph's properties stand in the data stream
_DELETED, _HIDDEN, _SYMBOL = 0x0800, 0x083C, 0x6A09

Properties = Mapping[int, bytes]


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters that stand together in the file: how many, where they begin, how many bytes each takes."""

    count: int
    offset: int
    width: int


@dataclass(frozen=True, slots=True)
class Formatting:
    """A paragraph's style and what is set beside it, by the operation's code (sprm)."""

    style: int
    own: Properties


class Word97:
    """A file's streams, read as they are asked for.

    `main` is the WordDocument stream, `table` the one that it names (0Table or 1Table), `data` the Data stream.
    Raises struct.error or IndexError where a structure points outside the file.
    """

    def __init__(self, main: bytes, table: bytes, data: bytes) -> None:
        self.main, self.table, self._data = main, table, data

    def located(self, index: int) -> bytes:
        """The structure that the header's table of places names at `index` (FibRgFcLcb97)."""
        start, size = struct.unpack_from("<II", self.main, 0x9A + 8 * index)
        return self.table[start : start + size] if size else b""

    def beyond(self, index: int) -> bytes:
        """The table stream from the end of that structure on: the levels of lists stand behind their list."""
        start, size = struct.unpack_from("<II", self.main, 0x9A + 8 * index)
        return self.table[start + size :]

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many characters each story has, in their order in the text."""
        return dict(zip(_STORIES, struct.unpack_from("<8i", self.main, 0x4C), strict=True))

    def story(self, name: str) -> tuple[str, int]:
        """A story's characters, and the position of its first in the whole text."""
        start = sum(self.counts[before] for before in _STORIES[: _STORIES.index(name)])
        return self.text[start : start + self.counts[name]], start

    @cached_property
    def pieces(self) -> list[Piece]:
        """The text's pieces in order (Clx)."""
        clx, at = self.located(33), 0
        while clx[at] == 1:  # formatting of a quick save
            at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
        size = struct.unpack_from("<I", clx, at + 1)[0]
        count = (size - 4) // 12
        bounds = struct.unpack_from(f"<{count + 1}I", clx, at + 5)
        found = []
        for number, (start, end) in enumerate(pairwise(bounds)):
            place = struct.unpack_from("<I", clx, at + 5 + 4 * (count + 1) + 8 * number + 2)[0]
            narrow = bool(place & 0x40000000)
            found.append(Piece(end - start, (place & 0x3FFFFFFF) // (2 if narrow else 1), 1 if narrow else 2))
        return found

    @cached_property
    def text(self) -> str:
        """All characters of all stories, one a position."""
        return "".join(_decoded(self.main, piece) for piece in self.pieces)

    def offset(self, position: int) -> int:
        """Where in the file the character at a position stands."""
        number = bisect_right(self._firsts, position) - 1
        piece = self.pieces[number]
        return piece.offset + (position - self._firsts[number]) * piece.width

    @cached_property
    def _firsts(self) -> list[int]:
        firsts = [0]
        for piece in self.pieces:
            firsts.append(firsts[-1] + piece.count)
        return firsts[:-1]

    def formatting(self, position: int) -> Formatting:
        """The properties of the paragraph whose mark stands at a position."""
        starts, found = self._paragraphs
        number = bisect_right(starts, self.offset(position)) - 1
        return found[number] if number >= 0 else Formatting(0, {})

    @cached_property
    def _paragraphs(self) -> tuple[list[int], list[Formatting]]:
        runs = sorted(self._runs(13, 13), key=lambda run: run[0])
        return [start for start, _, _ in runs], [self._formatting(raw) for _, _, raw in runs]

    def _formatting(self, raw: bytes) -> Formatting:
        if len(raw) < 2:
            return Formatting(0, {})
        own = dict(operations(raw[2:]))
        if _ELSEWHERE in own:
            at = struct.unpack("<I", own[_ELSEWHERE])[0]
            size = struct.unpack_from("<H", self._data, at)[0]
            own |= dict(operations(self._data[at + 2 : at + 2 + size]))
        return Formatting(struct.unpack_from("<H", raw)[0], own)

    @cached_property
    def unseen(self) -> list[tuple[int, int]]:
        """The stretches of the file, in bytes, whose characters were deleted in a revision, are hidden, or are signs
        of a symbol font."""
        return sorted((start, end) for start, end, raw in self._runs(12, 1) if _is_unseen(dict(operations(raw))))

    def _runs(self, index: int, step: int) -> Iterator[tuple[int, int, bytes]]:
        """Stretches of the file and their properties: `step` is 13 for paragraphs, 1 for characters."""
        plc = self.located(index)
        count = (len(plc) - 4) // 8
        for number in struct.unpack_from(f"<{max(count, 0)}I", plc, 4 * (count + 1)) if count > 0 else ():
            page = self.main[(number & 0x3FFFFF) * _PAGE :][:_PAGE]
            yield from _page_runs(page, step)


def _page_runs(page: bytes, step: int) -> Iterator[tuple[int, int, bytes]]:
    count = page[_PAGE - 1]
    bounds = struct.unpack_from(f"<{count + 1}I", page)
    for number, (start, end) in enumerate(pairwise(bounds)):
        at = 2 * page[4 * (count + 1) + step * number]
        yield start, end, _exception(page, at, step) if at else b""


def _exception(page: bytes, at: int, step: int) -> bytes:
    """The properties at a place of a page: for characters a length in bytes, for paragraphs one in words."""
    if step == 1:
        return page[at + 1 : at + 1 + page[at]]
    if page[at]:
        return page[at + 1 : at + 2 * page[at]]
    return page[at + 2 : at + 2 + 2 * page[at + 1]]


def operations(raw: bytes) -> Iterator[tuple[int, bytes]]:
    """Each operation's code and operand (grpprl); a cut one ends them."""
    at = 0
    while at + 3 <= len(raw):
        code = struct.unpack_from("<H", raw, at)[0]
        at += 2
        start, size = at, _SIZES.get(code >> 13)
        if size is None:
            start, size = at + 1, raw[at]
            if code == _LONG_TABLE and at + 2 <= len(raw):
                start, size = at + 2, struct.unpack_from("<H", raw, at)[0] - 1
            elif code == _TABS and size == 255:
                return
        yield code, raw[start : start + size]
        at = start + size


def _is_unseen(own: Properties) -> bool:
    return _SYMBOL in own or any(own.get(code, b"\0")[:1] == b"\1" for code in (_DELETED, _HIDDEN))


def _decoded(main: bytes, piece: Piece) -> str:
    raw = main[piece.offset : piece.offset + piece.count * piece.width]
    if len(raw) < piece.count * piece.width:
        raise IndexError("a piece of the text stands outside the file")
    if piece.width == 1:
        return raw.decode("cp1252", "replace")
    # one position a code unit: a character beyond the first plane stays in its two halves until the text is cut
    return "".join(map(chr, struct.unpack(f"<{piece.count}H", raw)))
