"""A ledger's workbook read back: which cells somebody changed, which of these can be taken, and why not the others.

Two sheets are read: the promises', and the passages' that speak of them, where one column may be changed. Only the file
is looked at. The lines are known by their ids, so sorting, filtering, hiding, deleting lines and adding
columns change nothing; a line whose quotation isn't the id's own was torn apart by sorting some columns alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from models.errors import NothingCarried, NotOurLedger
from models.ids import RecordId
from models.returned import Edit, EditedRow, Field, Origin, Returned, Untaken
from outputs.phrases import phrase
from outputs.sheets import carried
from outputs.sheets.carried import Exported
from outputs.sheets.editable import (
    CONFIRMED,
    ID,
    LONG,
    NUMBER,
    PASSAGE,
    PASSAGE_ID,
    QUOTE,
    REASON,
    REJECTED,
    SOURCE,
    TAKEN,
    TITLES,
    Unfit,
    canonical,
    read,
    shown,
    words,
    words_of,
)
from outputs.sheets.ledger import PASSAGES_SHEET, PROMISES_SHEET
from outputs.sheets.reading import MOST_LINES, MOST_PASSAGES, Cell, Heads, Line, Watched, hidden_lines, lines_of

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.workbook import Workbook

_LONGEST_SHOWN = 200
_MOVED = 3  # changed cells of a column from which a mere change of places is remarked upon
_CANNOT_BE_EMPTY = {Field.STRENGTH, Field.RESPONSIBLE, Field.STATUS, Field.PROMISE}


def take_back(path: Path, told: Callable[[int], None] | None = None) -> Returned:
    """What was changed in a workbook; `told` hears how many of its bytes were read.

    NotOurLedger: it lost what the way back needs; NothingCarried: never had it.
    """
    from openpyxl import load_workbook

    with Watched(path, told) as stream:  # whatever its name ends in
        try:
            book = load_workbook(stream, read_only=True, keep_links=False)
        except Exception as error:  # openpyxl raises whatever a broken part makes it stumble over
            raise NotOurLedger(f"打不开，不是完好的 xlsx 工作簿（{type(error).__name__}）") from error
        if carried.SHEET not in book.sheetnames:
            raise NothingCarried("里面没有往回导要用的记录")
        origin, promises, passages = carried.read_carried(hidden_lines(book, carried.SHEET))
        titles, lines = _ledger(book)
        beside = _named_or_like(book, PASSAGES_SHEET, _is_passages, MOST_PASSAGES) if passages else []
    judged = _passages(passages, beside[0] if len(beside) == 1 else None)
    return _compared(origin, promises, titles, lines, judged)


@dataclass(frozen=True, slots=True)
class _Judged:
    """What the sheet of passages says."""

    lines: int
    rows: tuple[EditedRow, ...]
    untaken: tuple[Untaken, ...]
    remarks: tuple[str, ...] = ()


def _passages(exported: Mapping[RecordId, Exported], read: tuple[Heads, list[Line]] | None) -> _Judged:
    """The passages that somebody judged in the sheet."""
    if read is None:
        gone = f"表里没有“{PASSAGES_SHEET}”这张表（或没有“{PASSAGE_ID}”“{TAKEN}”列），佐证当作没有改"
        return _Judged(0, (), (), (gone,) if exported else ())
    titles, lines = read
    own, untaken = _known(lines, exported, _PASSAGE_SHEET)
    rows = []
    for line in own:
        was = exported[line.id(PASSAGE_ID)]
        edited, refused = _read_line(line, was, titles, _PASSAGE_SHEET)
        untaken += refused
        if edited and was.promise:
            rows.append(replace(edited, id=was.promise, link=edited.id))
    promise_of = {id: was.promise for id, was in exported.items()}
    untaken = [replace(one, sheet=PASSAGES_SHEET, id=promise_of.get(one.id) if one.id else None) for one in untaken]
    return _Judged(len(own), tuple(rows), tuple(untaken))


def _ledger(book: Workbook) -> tuple[Heads, list[Line]]:
    """The heads and the lines of the sheet that holds the ledger: the one of its name, else the only one like it."""
    found = _named_or_like(book, PROMISES_SHEET, _is_ledger)
    if len(found) != 1:
        how_many = "没有" if not found else "不止一张"
        raise NotOurLedger(f"{how_many}带“{ID}”列的台账表。“{ID}”列删掉或改了名，就认不出哪一行是哪一条承诺")
    return found[0]


def _is_ledger(heads: Heads) -> bool:
    return ID in heads and (REASON in heads or QUOTE in heads)


def _is_passages(heads: Heads) -> bool:
    return PASSAGE_ID in heads and TAKEN in heads


def _named_or_like(
    book: Workbook, name: str, is_head: Callable[[Heads], bool], most: int = MOST_LINES
) -> list[tuple[Heads, list[Line]]]:
    named = [one for one in book.worksheets if one.title == name]
    others = [one for one in book.worksheets if one.title not in (name, carried.SHEET)]
    found = [read for sheet in named if (read := lines_of(sheet, is_head, most))]
    return found or [read for one in others if (read := lines_of(one, is_head, most))]


def _compared(
    origin: Origin,
    exported: Mapping[RecordId, Exported],
    titles: Heads,
    lines: Sequence[Line],
    judged: _Judged,
) -> Returned:
    own, untaken = _known(lines, exported, _PROMISE_SHEET)
    rows = []
    for line in own:
        edited, refused = _read_line(line, exported[line.id(ID)], titles, _PROMISE_SHEET)
        untaken += refused
        if edited:
            rows.append(edited)
    touched = {row.line for row in rows} | {one.line for one in untaken}
    unchanged = sum(1 for line in own if line.number not in touched)
    absent = len(exported.keys() - {line.id(ID) for line in lines})
    untaken.sort(key=lambda one: one.line or 0)
    return Returned(
        origin,
        len(own),
        unchanged,
        absent,
        (*rows, *judged.rows),
        (*untaken, *judged.untaken),
        (*_missing_columns(titles, absent), *judged.remarks),
        tuple(_moved((*rows, *judged.rows))),
        judged.lines,
    )


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What is read in a sheet: the heads of ids and of quotations, and the columns that may be changed."""

    id: str
    quotes: tuple[str, ...]
    fields: Mapping[Field, str]
    about: str


_PROMISE_SHEET = _Sheet(ID, (QUOTE,), TITLES, "承诺")
_PASSAGE_SHEET = _Sheet(PASSAGE_ID, (PASSAGE, QUOTE), {Field.TAKEN: TAKEN}, "佐证")


def _known(
    lines: Sequence[Line], exported: Mapping[RecordId, Exported], sheet: _Sheet
) -> tuple[list[Line], list[Untaken]]:
    """One line for each promise, or passage, of the export, and the lines that are none."""
    by_id: dict[RecordId, list[Line]] = defaultdict(list)
    untaken = []
    for line in lines:
        id = line.id(sheet.id)
        if id in exported:
            by_id[id].append(line)
        else:
            why = "编号不在这份表导出的范围里" if id else "没有编号，不是导出时就有的行"
            untaken.append(Untaken(line.number, None, "", "", _short(id or _first_words(line)), why))
    own = []
    for id, same in by_id.items():
        if all(_entered(one, sheet) == _entered(same[0], sheet) for one in same):
            own.append(same[0])
        else:
            places = "、".join(str(one.number) for one in same)
            why = f"同一条{sheet.about}有几行（第 {places} 行），填的不一样，都没有收"
            untaken.append(Untaken(same[0].number, id, "", "", "", why))
    return own, untaken


def _entered(line: Line, sheet: _Sheet) -> list[str]:
    return [shown(line.at(title).value).strip() for title in (*sheet.fields.values(), REASON, SOURCE)]


def _first_words(line: Line) -> str:
    return " ".join(shown(next(iter(line.cells.values())).value).split())


def _read_line(line: Line, was: Exported, titles: Heads, sheet: _Sheet) -> tuple[EditedRow | None, list[Untaken]]:
    """The cells of a line that were changed, and what of it isn't taken."""
    id = line.id(sheet.id)
    for quote in sheet.quotes:
        if quote in line.cells and not _as_exported(line, was, quote):
            why = "这一行的原文和编号对不上：原文被改过，或者只给一部分列排了序。整行都没有收"
            return None, [Untaken(line.number, id, quote, "", _short(shown(line.at(quote).value)), why)]
    untaken = [
        Untaken(line.number, id, title, "", _short(shown(line.at(title).value)), "这一列不能在表里改")
        for title in was.marks
        if title in titles and title not in (NUMBER, sheet.id) and not _as_exported(line, was, title)
    ]
    edits, reason, source, unfit = _read_cells(line, was, titles, sheet)
    untaken += unfit
    if not edits:
        if (reason or source) and not untaken:
            untaken.append(Untaken(line.number, id, REASON, "", _short(reason or source), "写了理由、依据，但没有改动"))
        return None, untaken
    return EditedRow(line.number, id, was.seen, tuple(edits), reason, source), untaken


def _read_cells(line: Line, was: Exported, titles: Heads, sheet: _Sheet) -> tuple[list[Edit], str, str, list[Untaken]]:
    """The changed cells that may be changed, the reason and source beside them, and those that can't be understood."""
    reason, source = "", ""
    edits: list[Edit] = []
    unfit = []
    for title, field in [(REASON, None), (SOURCE, None), *((title, one) for one, title in sheet.fields.items())]:
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
            said = _short(shown(line.at(title).value))
            unfit.append(Untaken(line.number, line.id(sheet.id), title, old, said, str(error)))
    return edits, reason, source, unfit


def _as_exported(line: Line, was: Exported, title: str) -> bool:
    cell = line.at(title)
    return not cell.formula and carried.is_as_exported(was.marks.get(title), canonical(cell.value))


def _code(field: Field | None, cell: Cell) -> str:
    """What a cell stands for; of no field: a reason or a source. Unfit: it can't be taken."""
    if cell.formula:
        raise Unfit("单元格里是公式，请改成值")
    if cell.error:
        raise Unfit("单元格里是错误值")
    return words(cell.value, LONG) if field is None else read(field, cell.value)


def _fit(edit: Edit, reason: str) -> Edit:
    """The change itself. Unfit: it lacks something."""
    if edit.field is Field.TAKEN and edit.after not in (CONFIRMED, REJECTED):
        raise Unfit(f"不能改回“{words_of(edit.field, edit.after) or '空'}”；要取消人工认定，请在承诺页撤销那个决定")
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
            changed = f"“{phrase(field)}”改了 {len(made)} 格，都只是互换了位置"
            yield f"{changed}：是不是只给这一列排了序？是的话请不要记下，重新导出再改"
