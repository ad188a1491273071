"""Any list of the pages as a file: one sheet of a workbook, or a plain table; both say what the list is narrowed to."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from outputs.sheets.cells import Column, Row, plain_text

SCOPE = "筛选条件、时间"


def as_workbook(title: str, columns: Sequence[Column[Row]], rows: Sequence[Row], told: str, site: str = "") -> bytes:
    """The list as xlsx; `told` stands at the head of printed pages and in a sheet of its own."""
    from outputs.sheets.workbook import Book

    book = Book(told, site, whole=True)
    book.add(title, columns, rows, printed=len(columns))
    book.add_text("说明", [f"{title}，{told}，共 {len(rows)} 条。"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_table(columns: Sequence[Column[Row]], rows: Sequence[Row], told: str) -> bytes:
    """The list as comma-separated values; each line ends in what the list is narrowed to."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(["序号", *(column.title for column in columns), SCOPE])
    for number, row in enumerate(rows, start=1):
        values = [column.value(row) for column in columns]
        plain = [plain_text(value) if isinstance(value, str) else value for value in values]
        writer.writerow([number, *plain, plain_text(told)])
    return out.getvalue().encode("utf-8-sig", "replace")
