"""The automatic list numbers of a Word 97 to 2003 file, told as those of a .docx are ([MS-DOC] 2.4.6.3, 2.9.131)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.readers.numbering import Level, Numbering
from corpus.readers.word97 import Formatting, Properties, Word97, operations

_STYLES, _LISTS, _OVERRIDES = 1, 73, 74  # places in the header's table
_LEVEL, _LIST = 0x260A, 0x460B  # sprmPIlvl, sprmPIlfo
_NO_LIST = frozenset({0, 0xF801, 0x7FF})
_FOLLOWED_BY = ("tab", "space", "nothing")

# How a level counts (MSONFC), by the names of ST_NumberFormat.
_COUNTS = {
    0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter", 10: "ideographDigital",
    11: "japaneseCounting", 14: "decimalFullWidth", 16: "ideographLegalTraditional", 17: "japaneseDigitalTenThousand",
    18: "decimalEnclosedCircle", 19: "decimalFullWidth2", 22: "decimalZero", 23: "bullet",
    26: "decimalEnclosedFullstop", 27: "decimalEnclosedParen", 28: "decimalEnclosedCircleChinese",
    29: "ideographEnclosedCircle", 30: "ideographTraditional", 31: "ideographZodiac", 33: "taiwaneseCounting",
    34: "ideographLegalTraditional", 35: "taiwaneseCountingThousand", 36: "taiwaneseDigital", 37: "chineseCounting",
    38: "chineseLegalSimplified", 39: "chineseCountingThousand", 40: "ideographDigital", 0xFF: "none",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lists:
    """A document's lists, and what its paragraph styles are set to."""

    numbering: Numbering
    styles: dict[int, Properties]

    def label(self, paragraph: Formatting) -> str:
        """The number that the paragraph gets on the page, "" where it has none; the list counts on."""
        given = {**self.styles.get(paragraph.style, {}), **paragraph.own}
        number = struct.unpack("<H", given[_LIST])[0] if len(given.get(_LIST, b"")) == 2 else 0
        if number in _NO_LIST:
            return ""
        return self.numbering.label(str(number), given[_LEVEL][0] if given.get(_LEVEL) else 0)


def read_lists(file: Word97) -> Lists:
    """The lists and styles of a document; none where a structure is broken: the text is worth more than its numbers."""
    try:
        return Lists(_numbering(file), dict(_styles(file.located(_STYLES))))
    except (struct.error, IndexError):
        return Lists(Numbering(), {})


def _numbering(file: Word97) -> Numbering:
    lists, overrides = file.located(_LISTS), file.located(_OVERRIDES)
    if not lists or not overrides:
        return Numbering()
    abstracts = _abstracts(lists, file.beyond(_LISTS))
    found = Numbering()
    count = struct.unpack_from("<I", overrides)[0]
    at = 4 + 16 * count
    for number in range(count):
        key, levels = struct.unpack_from("<i8xB", overrides, 4 + 16 * number)
        num = str(number + 1)
        found.abstract_of[num], found.levels[num] = str(key), dict(abstracts.get(key, {}))
        at = _override(found, num, overrides, at + 4, levels)
    return found


def _abstracts(lists: bytes, behind: bytes) -> dict[int, dict[int, Level]]:
    """The lists by their keys, their levels by depth."""
    found: dict[int, dict[int, Level]] = {}
    at = 0
    for number in range(struct.unpack_from("<H", lists)[0]):
        key, flags = struct.unpack_from("<i22xB", lists, 2 + 28 * number)
        found[key] = {}
        for depth in range(1 if flags & 1 else 9):
            found[key][depth], at = _level(behind, at)
    return found


def _override(found: Numbering, num: str, raw: bytes, at: int, levels: int) -> int:
    """Take in what a list changes of its pattern; the place behind it."""
    for _ in range(levels):
        start, bits = struct.unpack_from("<iI", raw, at)
        at, depth = at + 8, bits & 0xF
        if bits & 0x20:
            found.levels[num][depth], at = _level(raw, at)
        if bits & 0x10:
            found.restarts[num, depth] = found.levels[num][depth].start if bits & 0x20 else start
    return at


def _level(raw: bytes, at: int) -> tuple[Level, int]:
    """One level (LVL), and the place behind it."""
    start, count, flags, follow = struct.unpack_from("<iBB9xB", raw, at)
    characters, paragraph, limit = struct.unpack_from("<BBB", raw, at + 24)
    at += 28 + paragraph + characters
    length = struct.unpack_from("<H", raw, at)[0]
    text = raw[at + 2 : at + 2 + 2 * length].decode("utf-16-le", "replace")
    written = "".join(f"%{ord(char) + 1}" if char < "\x09" else char for char in text)
    level = Level(
        start=start,
        count=_COUNTS.get(count, "decimal"),
        text=written,
        after=_FOLLOWED_BY[min(follow, 2)],
        restart=limit if flags & 0x8 else None,
        legal=bool(flags & 0x4),
        style=None,
    )
    return level, at + 2 + 2 * length


def _styles(sheet: bytes) -> Iterator[tuple[int, Properties]]:
    """Each paragraph style's settings with those that it is based on."""
    if not sheet:
        return
    size, count, base = struct.unpack_from("<HHH", sheet)
    at = 2 + size
    own: dict[int, tuple[int, Properties]] = {}
    for number in range(count):
        length = struct.unpack_from("<H", sheet, at)[0]
        if length:
            own[number] = _style(sheet[at + 2 : at + 2 + length], base)
        at += 2 + length
    for number in own:
        yield number, _inherited(number, own)


def _inherited(number: int, own: dict[int, tuple[int, Properties]]) -> Properties:
    chain = []
    while number in own and number not in chain:
        chain.append(number)
        number = own[number][0]
    found: dict[int, bytes] = {}
    for one in reversed(chain):
        found |= own[one][1]
    return found


def _style(raw: bytes, base: int) -> tuple[int, Properties]:
    """The style that one is based on, and what it sets of its paragraphs (nothing for styles of other things)."""
    kind = struct.unpack_from("<H", raw, 2)[0]
    at = base + 2 + 2 * struct.unpack_from("<H", raw, base)[0] + 2  # behind its name
    at += at % 2
    if kind & 0xF != 1 or at + 2 > len(raw):
        return 0xFFF, {}
    size = struct.unpack_from("<H", raw, at)[0]
    return kind >> 4, dict(operations(raw[at + 4 : at + 2 + size]))
