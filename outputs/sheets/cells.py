"""What may stand in a cell of a sheet, and how a document's own words get there unharmed.

A string stays a string: in a workbook nothing that a document says becomes a formula, in a plain table it is prefixed.
A text that is too long for a cell goes on in a sheet of its own, with a mark; nothing is cut.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Generic, TypeVar

from models.documents import Span

Row = TypeVar("Row")
Value = str | int | float | Decimal | date | None

CELL_LIMIT = 32_767
"""Characters (UTF-16 units) that a cell of Excel holds; writers of xlsx cut what is longer without a word."""

FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A plain table whose cell starts so is run as a formula by some program (OWASP, CSV injection)."""

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column: its title, its width in half-width characters, and what a row says there.

    `colours` are grounds for some of its words; the word says it all without them. `entered`: somebody may write there
    what comes back (`editable.py`); `choices` are then offered. `leads` gives the page where the words stand.
    """

    title: str
    width: float
    value: Callable[[Row], Value]
    format: str | None = None
    colours: Mapping[str, str] = field(default_factory=dict)
    entered: bool = False
    choices: tuple[str, ...] = ()
    leads: Callable[[Row], str | None] | None = None


def visible(text: str) -> str:
    """The text with characters that XML forbids shown as signs: a control character as its picture, others as �.

    >>> visible("a\\x00b")
    'a␀b'
    """
    return _ILLEGAL.sub(_sign, text.replace("\r\n", "\n").replace("\r", "\n"))


def _sign(match: re.Match[str]) -> str:
    code = ord(match[0])
    return chr(0x2400 + code) if code < 0x20 else "\ufffd"


def workbook_text(text: str) -> str:
    """The text as a workbook stores it: what looks like one of its escapes (_x0041_) is escaped itself.

    >>> workbook_text("_x0041_")
    '_x005F_x0041_'
    """
    return _ESCAPE_LIKE.sub("_x005F_", visible(text))


def plain_text(text: str) -> str:
    """The text for a plain table: an apostrophe before what a spreadsheet would run.

    >>> plain_text("=1+1"), plain_text(" ＝1"), plain_text("增长 5%")
    ("'=1+1", "' ＝1", '增长 5%')
    """
    if text.startswith(FORMULA_MARKS) or text.lstrip().startswith(FORMULA_MARKS):
        return "'" + visible(text)
    return visible(text)


def units_of(text: str) -> int:
    """Length as Excel counts it, in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def pieces(text: str, limit: int) -> list[str]:
    """The text in pieces of at most `limit` UTF-16 units, none of them cut within a character.

    >>> pieces("一二三四五", 2)
    ['一二', '三四', '五']
    """
    found, start, size = [], 0, 0
    for index, char in enumerate(text):
        width = 2 if char > "\uffff" else 1
        if size + width > limit:
            found.append(text[start:index])
            start, size = index, 0
        size += width
    return [*found, text[start:]]


def columns_wide(text: str) -> int:
    """How wide a line of text is, in half-width characters: Han characters and full-width marks count two.

    >>> columns_wide("建成3座")
    7
    """
    return sum(2 if char >= "\u1100" else 1 for char in text)


def lines_high(text: str, width: float) -> int:
    """How many lines a text takes in a column of that width."""
    per_line = max(2, int(width) - 1)
    return sum(max(1, -(-columns_wide(line) // per_line)) for line in text.split("\n"))


def positions(spans: Iterable[Span]) -> str:
    """Where several quotations stand, one a line."""
    return "\n".join(position((), span) for span in spans)


def position(section: tuple[str, ...], span: Span) -> str:
    """Where a quotation stands: the headings above it, and its characters in the text as read, counted from 1."""
    path = "\n".join(section)
    return f"{path}\n第{span.start + 1}—{span.end}字".lstrip()


def numeral(value: Decimal | None) -> Value:
    """A number as a spreadsheet has it: whole ones without decimals."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else value
