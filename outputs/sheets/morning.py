"""The morning report as a workbook: one sheet, a line for each piece of news."""

from __future__ import annotations

import io
from datetime import date

from models.nightly import News
from outputs.morning import Entry, Morning, headline, since_words, whole_words
from outputs.phrases import phrase
from outputs.sheets.cells import Column

_Line = tuple[News, Entry]

_COLUMNS: list[Column[_Line]] = [
    Column("类别", 18, lambda line: phrase(line[0])),
    Column("事项", 30, lambda line: line[1].about),
    Column("单位", 18, lambda line: line[1].unit),
    Column("承诺原文", 46, lambda line: line[1].quote),
    Column("新情况", 46, lambda line: line[1].told),
    Column("日期", 12, lambda line: date.fromisoformat(line[1].day) if line[1].day else None),
    Column("出处", 30, lambda line: line[1].source),
    Column("承诺编号", 18, lambda line: line[1].commitment),
]


def write_morning(morning: Morning, path: str | io.BytesIO) -> None:
    """Writes the workbook: the news, then what it is compared with and what isn't listed."""
    from outputs.sheets.workbook import Book

    book = Book()
    lines = [(section.news, entry) for section in morning.sections for entry in section.entries]
    book.add("早报", _COLUMNS, lines, printed=7)
    rest = [f"{one.title}，本表列出 {len(one.entries)} 条。" for one in morning.sections if one.total]
    book.add_text("说明", [headline(morning), since_words(morning), whole_words(morning), *morning.notes, *rest])
    book.save(path)
