"""A ledger's workbook read back: which cells somebody changed, which of these can be taken, and why not the others.

Only the file is looked at. The lines are known by their ids, so sorting, filtering, hiding, deleting lines and adding
columns change nothing; a line whose quotation isn't the id's own was torn apart by sorting some columns alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from models.errors import NotOurLedger
from models.ids import RecordId
from models.returned import Edit, EditedRow, Field, Origin, Returned, Untaken
from outputs.sheets import carried
from outputs.sheets.carried import Exported
from outputs.sheets.editable import (
    ID,
    LONG,
    NUMBER,
    QUOTE,
    REASON,
    SOURCE,
    TITLES,
    Given,
    Unfit,
    canonical,
    read,
    shown,
    words,
    words_of,
)
from outputs.sheets.ledger import PROMISES_SHEET

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.workbook import Workbook

MOST_LINES = 50_000
_HEAD_WITHIN = 30  # lines in which the heads are looked for: somebody may have put a title above them
_LONGEST_SHOWN = 200
_MOVED = 3  # changed cells of a column from which a mere change of places is remarked upon
_CANNOT_BE_EMPTY = {Field.STRENGTH, Field.RESPONSIBLE, Field.STATUS, Field.PROMISE}


@dataclass(frozen=True, slots=True)
class _Cell:
    value: Given
    formula: bool = False
    error: bool = False


_EMPTY = _Cell(None)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that isn't empty: its number in the sheet, and its cells by title."""

    number: int
    cells: Mapping[str, _Cell]

    def at(self, title: str) -> _Cell:
        return self.cells.get(title, _EMPTY)

    @property
    def id(self) -> RecordId:
        return RecordId("".join(shown(self.at(ID).value).split()))


def take_back(path: Path) -> Returned:
    """What was changed in a workbook. NotOurLedger: it isn't one of ours, or lost what the way back needs."""
    from openpyxl import load_workbook

    with path.open("rb") as stream:  # whatever its name ends in
        try:
            book = load_workbook(stream, read_only=True, keep_links=False)
        except Exception as error:  # openpyxl raises whatever a broken part makes it stumble over
            raise NotOurLedger(f"打不开，不是完好的 xlsx 工作簿（{type(error).__name__}）") from error
        origin, exported = carried.read_carried(_hidden(book))
        titles, lines = _ledger(book)
    return _compared(origin, exported, titles, lines)


def _hidden(book: Workbook) -> list[tuple[str, str]]:
    """The lines of the hidden sheet; empty where there is none."""
    sheets: list[Any] = [one for one in book.worksheets if one.title == carried.SHEET]
    if not sheets:
        return []
    sheets[0].reset_dimensions()
    rows = (row for row in sheets[0].iter_rows(max_col=2, values_only=True) if row and row[0] is not None)
    return [(shown(row[0]), shown(row[1] if len(row) > 1 else None)) for row in _bounded(rows)]


def _bounded(rows: Iterable[Any]) -> Iterator[Any]:
    for number, row in enumerate(rows):
        if number > MOST_LINES:
            raise NotOurLedger(f"行数太多：最多 {MOST_LINES} 行")
        yield row


def _ledger(book: Workbook) -> tuple[tuple[str, ...], list[_Line]]:
    """The heads and the lines of the sheet that holds the ledger: the one of its name, else the only one like it."""
    named = [one for one in book.worksheets if one.title == PROMISES_SHEET]
    others = [one for one in book.worksheets if one.title not in (PROMISES_SHEET, carried.SHEET)]
    found = [read for sheet in named if (read := _lines(sheet))] or [read for one in others if (read := _lines(one))]
    if len(found) != 1:
        how_many = "没有" if not found else "不止一张"
        raise NotOurLedger(f"{how_many}带“{ID}”列的台账表。“{ID}”列删掉或改了名，就认不出哪一行是哪一条承诺")
    return found[0]


def _lines(sheet: Any) -> tuple[tuple[str, ...], list[_Line]] | None:
    """None: the sheet has no such heads."""
    sheet.reset_dimensions()  # what a program wrote of the sheet's size may be wrong
    titles: tuple[str, ...] = ()
    lines: list[_Line] = []
    for number, row in enumerate(sheet.iter_rows(), start=1):
        if not titles:
            heads = tuple("".join(shown(cell.value).split()) for cell in row)
            titles = heads if ID in heads and (REASON in heads or QUOTE in heads) else ()
            if not titles and number > _HEAD_WITHIN:
                return None
        elif any(cell.value is not None for cell in row):
            lines.append(_Line(number, _by_title(titles, row)))
            if len(lines) > MOST_LINES:
                raise NotOurLedger(f"行数太多：最多 {MOST_LINES} 行")
    return (titles, lines) if titles else None


def _by_title(titles: Sequence[str], row: Sequence[Any]) -> dict[str, _Cell]:
    """The cells by the heads above them; of two columns of one head the first."""
    cells: dict[str, _Cell] = {}
    for title, cell in zip(titles, row, strict=False):
        if title and title not in cells and cell.value is not None:
            cells[title] = _Cell(cell.value, cell.data_type == "f", cell.data_type == "e")
    return cells


def _compared(
    origin: Origin, exported: Mapping[RecordId, Exported], titles: Sequence[str], lines: Sequence[_Line]
) -> Returned:
    own, untaken = _known(lines, exported)
    rows = []
    for line in own:
        edited, refused = _read_line(line, exported[line.id], titles)
        untaken += refused
        if edited:
            rows.append(edited)
    touched = {row.line for row in rows} | {one.line for one in untaken}
    unchanged = sum(1 for line in own if line.number not in touched)
    absent = len(exported.keys() - {line.id for line in lines})
    remarks = tuple(_missing_columns(titles, absent))
    untaken.sort(key=lambda one: one.line or 0)
    return Returned(origin, len(own), unchanged, absent, tuple(rows), tuple(untaken), remarks, tuple(_moved(rows)))


def _known(lines: Sequence[_Line], exported: Mapping[RecordId, Exported]) -> tuple[list[_Line], list[Untaken]]:
    """One line for each promise of the export, and the lines that are none."""
    by_id: dict[RecordId, list[_Line]] = defaultdict(list)
    untaken = []
    for line in lines:
        if line.id in exported:
            by_id[line.id].append(line)
        else:
            why = "编号不在这份表导出的范围里" if line.id else "没有编号，不是导出时就有的行"
            untaken.append(Untaken(line.number, None, "", "", _short(line.id or _first_words(line)), why))
    own = []
    for id, same in by_id.items():
        if all(_entered(one) == _entered(same[0]) for one in same):
            own.append(same[0])
        else:
            places = "、".join(str(one.number) for one in same)
            untaken.append(
                Untaken(same[0].number, id, "", "", "", f"同一条承诺有几行（第 {places} 行），填的不一样，都没有收")
            )
    return own, untaken


def _entered(line: _Line) -> list[str]:
    return [shown(line.at(title).value).strip() for title in (*TITLES.values(), REASON, SOURCE)]


def _first_words(line: _Line) -> str:
    return " ".join(shown(next(iter(line.cells.values())).value).split())


def _read_line(line: _Line, was: Exported, titles: Sequence[str]) -> tuple[EditedRow | None, list[Untaken]]:
    """The cells of a line that were changed, and what of it isn't taken."""
    if QUOTE in line.cells and not _as_exported(line, was, QUOTE):
        why = "这一行的原文和编号对不上：原文被改过，或者只给一部分列排了序。整行都没有收"
        return None, [Untaken(line.number, line.id, QUOTE, "", _short(shown(line.at(QUOTE).value)), why)]
    untaken = [
        Untaken(line.number, line.id, title, "", _short(shown(line.at(title).value)), "这一列不能在表里改")
        for title in was.marks
        if title in titles and title not in (NUMBER, ID) and not _as_exported(line, was, title)
    ]
    reason, source = "", ""
    edits = []
    for title, field in [(REASON, None), (SOURCE, None), *((TITLES[one], one) for one in Field)]:
        if title not in titles:
            continue
        before = was.codes.get(field, "") if field else ""
        try:
            after = _code(field, line.at(title))
            if field is None:
                reason, source = (after, source) if title == REASON else (reason, after)
            elif after != before:
                edits.append(_fit(Edit(field, before, after), reason))
        except Unfit as error:
            old = words_of(field, before) if field else ""
            untaken.append(Untaken(line.number, line.id, title, old, _short(shown(line.at(title).value)), str(error)))
    if not edits:
        if (reason or source) and not untaken:
            untaken.append(
                Untaken(line.number, line.id, REASON, "", _short(reason or source), "写了理由、依据，但没有改动")
            )
        return None, untaken
    return EditedRow(line.number, line.id, was.seen, tuple(edits), reason, source), untaken


def _as_exported(line: _Line, was: Exported, title: str) -> bool:
    cell = line.at(title)
    return not cell.formula and carried.is_as_exported(was.marks.get(title), canonical(cell.value))


def _code(field: Field | None, cell: _Cell) -> str:
    """What a cell stands for; of no field: a reason or a source. Unfit: it can't be taken."""
    if cell.formula:
        raise Unfit("单元格里是公式，请改成值")
    if cell.error:
        raise Unfit("单元格里是错误值")
    return words(cell.value, LONG) if field is None else read(field, cell.value)


def _fit(edit: Edit, reason: str) -> Edit:
    """The change itself. Unfit: it lacks something."""
    if not edit.after and edit.field in _CANNOT_BE_EMPTY:
        undone = "；要取消人工认定，请在承诺页撤销那个决定" if edit.field is Field.STATUS else ""
        raise Unfit(f"不能清空{undone}")
    if edit.field is Field.STATUS and not reason:
        raise Unfit(f"改落实状态要在“{REASON}”写明理由")
    return edit


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "…"


def _missing_columns(titles: Sequence[str], absent: int) -> Iterator[str]:
    gone = [title for title in TITLES.values() if title not in titles]
    if gone:
        yield f"表里没有这几列，当作没有改：{'、'.join(gone)}"
    if QUOTE not in titles:
        yield f"表里没有“{QUOTE}”列，各行只按编号认，请特别留心"
    twice = [title for title, count in Counter(titles).items() if count > 1 and title in TITLES.values()]
    if twice:
        yield f"有两列同名，只看左边的一列：{'、'.join(twice)}"
    if absent:
        yield f"导出时有、表里没有的 {absent} 条，当作没有改"


def _moved(rows: Iterable[EditedRow]) -> Iterator[str]:
    """Columns whose changed cells only changed places."""
    edits: dict[Field, list[Edit]] = defaultdict(list)
    for row in rows:
        for edit in row.edits:
            edits[edit.field].append(edit)
    for field, made in edits.items():
        if len(made) >= _MOVED and Counter(one.before for one in made) == Counter(one.after for one in made):
            changed = f"“{TITLES[field]}”改了 {len(made)} 格，都只是互换了位置"
            yield f"{changed}：是不是只给这一列排了序？是的话请不要记下，重新导出再改"
