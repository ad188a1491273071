"""Sheets of an xlsx workbook: heads that stay, filters, widths, heights, print set-up, strings that stay strings."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from datetime import date
from typing import TYPE_CHECKING, Literal

from openpyxl import Workbook
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties

from outputs.sheets.cells import (
    CELL_LIMIT,
    FORMULA_MARKS,
    Column,
    Row,
    Value,
    lines_high,
    pieces,
    units_of,
    visible,
    workbook_text,
)

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.header_footer import HeaderFooterItem
    from openpyxl.worksheet.worksheet import Worksheet

LONG_TEXTS = "长文"
Horizontal = Literal["left", "center", "right"]
_LINE = Side(style="thin", color="BFBFBF")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_HEAD_FONT, _HEAD_FILL = Font(name="宋体", size=11, bold=True), PatternFill("solid", fgColor="DDE6F0")
_ENTERED_FILL = PatternFill("solid", fgColor="FFF0B8")
_BODY_FONT = Font(name="宋体", size=10)
_LINK_FONT = Font(name="宋体", size=10, color="1F4E79", underline="single")
_MOST_LINKS = 60_000  # in one sheet; Excel takes 65 530
_TEXT_WIDTH = 76.0  # half-width characters of running text: what an A4 page holds, one column isn't made smaller
_LONGEST_HEAD = 200  # characters; Excel takes 255 with the codes
_LINE_POINTS, _HIGHEST = 14.0, 409.0
_MARK = "〔未完，全文见“{sheet}”表：{place}〕"


class Book:
    """A workbook in the making: add sheets, then save. `scope` is printed at the head of each page; cells lead to pages
    of `site`, where that is given.

    `whole`: texts of several lines lead nowhere themselves, the line's number does for them. LibreOffice shows a text
    that leads somewhere on one line, so that of a list to look at and to print the rest would be cut off.
    """

    def __init__(self, scope: str = "", site: str = "", *, whole: bool = False) -> None:
        self._scope, self._site, self._whole = scope, site, whole
        self._book = Workbook()
        self._book.remove(self._book.worksheets[0])
        self._book.properties.creator = "duban"
        self._long: list[tuple[str, str]] = []
        self._styles: dict[str, StyleArray] = {}

    def add(self, title: str, columns: Sequence[Column[Row]], rows: Sequence[Row], *, printed: int) -> None:
        """A sheet with one line of heads and a numbered line for each row; number and first column stay in sight.

        Only the first `printed` columns go on paper, as wide as the page: more would be too small to read.
        """
        sheet = self._book.create_sheet(title)
        for index, (name, width) in enumerate([("序号", 6.0), *((c.title, c.width) for c in columns)], start=1):
            _write_head(sheet.cell(1, index), name, entered=index > 1 and columns[index - 2].entered)
            sheet.column_dimensions[get_column_letter(index)].width = width
        most = _MOST_LINKS // max(1, self._whole + sum(1 for column in columns if column.leads))
        for line, row in enumerate(rows, start=2):
            values = [column.value(row) for column in columns]
            pages = self._pages(columns, row, values) if self._site and line <= most else [None] * len(columns)
            self._write(sheet.cell(line, 1), line - 1, "0", "center", page=self._first(pages))
            for index, (column, value, page) in enumerate(zip(columns, values, pages, strict=True), start=2):
                leads = page if not self._whole or _on_one_line(column, value) else None
                self._write(sheet.cell(line, index), value, column.format, page=leads)
            sheet.row_dimensions[line].height = _height(columns, values)
        for index, column in enumerate(columns, start=2):
            _colour(sheet, index, len(rows), column.colours)
            _offer(sheet, index, len(rows), column.choices)
        sheet.row_dimensions[1].height = _head_height(columns)
        _arrange(sheet, len(columns) + 1, printed + 1, len(rows), self._scope)

    def _pages(self, columns: Sequence[Column[Row]], row: Row, values: Sequence[Value]) -> list[str | None]:
        """Where each cell of a line leads."""
        pairs = zip(columns, values, strict=True)
        return [column.leads(row) if column.leads and value is not None else None for column, value in pairs]

    def _first(self, pages: Sequence[str | None]) -> str | None:
        """Where the line's number leads: to what its first text does."""
        return next(filter(None, pages), None) if self._whole else None

    def add_text(self, title: str, lines: Sequence[str]) -> None:
        """A sheet of running text: what the reader should know about the others."""
        sheet = self._book.create_sheet(title)
        sheet.column_dimensions["A"].width = _TEXT_WIDTH
        for number, line in enumerate(lines, start=1):
            cell = sheet.cell(number, 1)
            _set_string(cell, line)
            cell.font, cell.alignment = _BODY_FONT, Alignment(wrap_text=True, vertical="top")
            sheet.row_dimensions[number].height = max(18.0, lines_high(line, _TEXT_WIDTH) * _LINE_POINTS + 4)
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
        sheet.page_margins.left = sheet.page_margins.right = 0.6
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)

    def add_hidden(self, title: str, lines: Iterable[Sequence[str]]) -> None:
        """A sheet that nobody sees: for programs."""
        sheet = self._book.create_sheet(title)
        sheet.sheet_state = "hidden"
        for number, line in enumerate(lines, start=1):
            for index, text in enumerate(line, start=1):
                _set_string(sheet.cell(number, index), text)

    def save(self, path: str | io.BytesIO) -> None:
        """Writes the file; texts too long for a cell stand whole in a sheet of their own."""
        if self._long:
            self._add_long_texts()
        self._book.save(path)

    def _write(
        self, cell: Cell, value: Value, format: str | None, side: Horizontal | None = None, page: str | None = None
    ) -> None:
        style = self._style(cell, format or _format_of(value), side or _side_of(value), linked=page is not None)
        cell._style = style  # type: ignore[attr-defined]
        if page:
            cell.hyperlink = Hyperlink(ref=cell.coordinate, target=f"{self._site}{page}", tooltip="看原文")
        if isinstance(value, str):
            _set_string(cell, self._fitting(cell, value))
        elif value is not None:
            cell.value = value

    def _style(self, cell: Cell, format: str, side: Horizontal, *, linked: bool) -> StyleArray:
        """The style for such a value, shared by all of its cells: styling each by itself, or by its style's name, takes
        far longer than writing it."""
        name = f"督办 {side} {format}{' 原文' if linked else ''}"
        if name not in self._styles:
            style = NamedStyle(name, font=_LINK_FONT if linked else _BODY_FONT, border=_BORDER, number_format=format)
            style.alignment = Alignment(wrap_text=True, vertical="top", horizontal=side)
            self._book.add_named_style(style)
            cell.style = name
            self._styles[name] = cell._style  # type: ignore[attr-defined]
        return self._styles[name]

    def _fitting(self, cell: Cell, text: str) -> str:
        """The text if it fits, else its beginning with a mark that names where the whole stands."""
        if units_of(workbook_text(text)) <= CELL_LIMIT:
            return text
        place = f"{cell.parent.title}!{cell.coordinate}"
        self._long.append((place, text))
        mark = _MARK.format(sheet=LONG_TEXTS, place=place)
        return pieces(text, CELL_LIMIT // 7 - len(mark))[0] + mark  # an escaped character takes up to seven units

    def _add_long_texts(self) -> None:
        parts = [
            (place, number, piece)
            for place, text in self._long
            for number, piece in enumerate(pieces(text, CELL_LIMIT // 7), start=1)
        ]
        self._long = []
        columns: list[Column[tuple[str, int, str]]] = [
            Column("单元格", 24, lambda part: part[0]),
            Column("段", 6, lambda part: part[1]),
            Column("文字", 110, lambda part: part[2]),
        ]
        self.add(LONG_TEXTS, columns, parts, printed=3)


def _on_one_line(column: Column[Row], value: Value) -> bool:
    return not isinstance(value, str) or lines_high(value, column.width) == 1


def _format_of(value: Value) -> str:
    """How a value is shown: days as 2026-05-20, great whole numbers in groups of three, the rest as it is."""
    if isinstance(value, date):
        return "yyyy-mm-dd"
    return "#,##0" if isinstance(value, int) and abs(value) >= 10_000 else "General"


def _side_of(value: Value) -> Horizontal:
    if isinstance(value, str):
        return "left"
    return "center" if isinstance(value, date) else "right"


def _set_string(cell: Cell, text: str) -> None:
    """The text as a string cell, whatever it looks like: openpyxl itself would make `=…` a formula, `#N/A` an error."""
    cell.value = workbook_text(text)
    cell.data_type = "s"
    if text.lstrip().startswith(FORMULA_MARKS):
        cell._style = copy(cell._style)  # type: ignore[attr-defined]  # others share it
        cell.quotePrefix = True  # so it stays a string when somebody edits the cell


def _colour(sheet: Worksheet, column: int, rows: int, colours: Mapping[str, str]) -> None:
    """Grounds that go with words, by rule: they follow when somebody changes the word."""
    place = f"{get_column_letter(column)}2:{get_column_letter(column)}{rows + 1}"
    for word, colour in colours.items() if rows else ():
        style = DifferentialStyle(fill=PatternFill("solid", bgColor=colour))
        rule = Rule("cellIs", operator="equal", formula=[f'"{word}"'], dxf=style)
        sheet.conditional_formatting.add(place, rule)


def _offer(sheet: Worksheet, column: int, rows: int, choices: Sequence[str]) -> None:
    """A list to choose from; what isn't on it is refused by the spreadsheet itself."""
    if not choices or not rows:
        return
    offered = DataValidation("list", formula1='"' + ",".join(choices) + '"', allow_blank=True, showErrorMessage=True)
    offered.errorTitle, offered.error = "不能这样填", "只能是：" + "、".join(choices)
    offered.add(f"{get_column_letter(column)}2:{get_column_letter(column)}{rows + 1}")
    sheet.add_data_validation(offered)


def _write_head(cell: Cell, title: str, *, entered: bool) -> None:
    _set_string(cell, title)
    cell.font, cell.fill, cell.border = _HEAD_FONT, _ENTERED_FILL if entered else _HEAD_FILL, _BORDER
    cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")


def _height(columns: Sequence[Column[Row]], values: Sequence[Value]) -> float:
    """The height that shows every line, as far as a spreadsheet's rows may grow."""
    texts = [(value, column.width) for column, value in zip(columns, values, strict=True) if isinstance(value, str)]
    lines = max((lines_high(text, width) for text, width in texts), default=1)
    return min(_HIGHEST, max(18.0, lines * _LINE_POINTS + 4))


def _head_height(columns: Sequence[Column[Row]]) -> float:
    return max(lines_high(column.title, column.width) for column in columns) * 15.0 + 6


def _arrange(sheet: Worksheet, width: int, printed: int, height: int, scope: str) -> None:
    """Heads that stay in sight and on every printed page, filters, and a page as wide as the table."""
    last = f"{get_column_letter(width)}{height + 1}"
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = f"A1:{last}"
    sheet.print_title_rows = "1:1"
    sheet.print_area = f"A1:{get_column_letter(printed)}{height + 1}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A3
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom = 0.7, 0.7
    sheet.page_margins.header = sheet.page_margins.footer = 0.3
    _centre(sheet.oddHeader, "&A")
    if scope and sheet.oddHeader is not None:
        sheet.oddHeader.right.text, sheet.oddHeader.right.size = _printable(scope), 8
    _centre(sheet.oddFooter, "第 &P 页，共 &N 页")


def _printable(words: str) -> str:
    """Words for the head of a page: no codes of its own, and no longer than it may be."""
    told = visible(words).replace("\n", " ").replace("&", "&&")
    return told if len(told) <= _LONGEST_HEAD else f"{told[:_LONGEST_HEAD].rstrip('&')}…"


def _centre(item: HeaderFooterItem | None, text: str) -> None:
    if item is not None:  # openpyxl makes both by default; its types can't say so
        item.center.text = text
