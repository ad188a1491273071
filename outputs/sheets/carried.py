"""What the ledger's workbook carries for its way back, in a hidden sheet: what each line was when it was exported.

One line a promise: its id, and as JSON its last decision, the codes of the cells that may be changed, and marks of the
others. One line a passage likewise: its id after a mark, and its promise's at the end. The first line tells which list
it is, and a digest of all others, so that a torn sheet is known for one. The JSON is plain ASCII without anything that
a spreadsheet would rewrite.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from models.errors import NotOurLedger
from models.ids import RecordId, digest_of
from models.returned import Field, Origin
from outputs.sheets.cells import CELL_LIMIT, Column, Row, Value, units_of, workbook_text
from outputs.sheets.editable import TITLES, canonical, code_of, code_of_link
from outputs.sheets.followed import Found, links_of

if TYPE_CHECKING:
    from outputs.ledger import Ledger, Standing

SHEET = "duban"
VERSION = "2"
_READ = ("1", VERSION)  # 1 carried no passages
_PASSAGE = "~"  # before the id of a passage
_UNMARKED = "-"  # the mark of a cell that holds only the beginning of its text
_LOST = "里面没有往回导要用的记录（隐藏的“duban”表），或者记录不全。请从台账重新导出，再在新文件里改"


@dataclass(frozen=True, slots=True)
class Exported:
    """One line as it was exported: the promise's last decision, codes, and marks of the other cells by title; of a
    passage its promise as well."""

    seen: int
    codes: Mapping[Field, str]
    marks: Mapping[str, str]
    promise: RecordId | None = None


def carried(
    ledger: Ledger, columns: Sequence[Column[Standing]], passages: Sequence[Column[Found]]
) -> list[tuple[str, str]]:
    """The lines of the hidden sheet."""
    others, beside = _unentered(columns), _unentered(passages)
    lines = [(str(one.row.id), _line(one, others)) for one in ledger.standings]
    lines += [(f"{_PASSAGE}{one.evidence.id}", _passage(one, beside)) for one in links_of(ledger)]
    head = {
        "version": VERSION,
        "as_of": ledger.as_of.isoformat(),
        "words": list(ledger.scope.words),
        "address": ledger.scope.address,
        "at": ledger.scope.at.isoformat() if ledger.scope.at else None,
        "titles": [column.title for column in others],
        "passages": [column.title for column in beside],
        "sum": _sum(lines),
    }
    return [(SHEET, _json(head)), *lines]


def _unentered(columns: Sequence[Column[Row]]) -> list[Column[Row]]:
    return [column for column in columns if not column.entered]


def _line(standing: Standing, others: Sequence[Column[Standing]]) -> str:
    codes = {field.value: code for field in TITLES if (code := code_of(field, standing))}
    return _json([_seen(standing), codes, _marks(standing, others)])


def _passage(found: Found, others: Sequence[Column[Found]]) -> str:
    promise = found.standing
    codes = {Field.TAKEN.value: code_of_link(promise, found.evidence.id)}
    return _json([_seen(promise), codes, _marks(found, others), promise.row.id])


def _seen(standing: Standing) -> int:
    return max((one.id for one in standing.decided.decisions), default=0)


def _marks(row: Row, others: Sequence[Column[Row]]) -> str:
    return " ".join(_mark_of(column.value(row)) for column in others)


Carried = tuple[Origin, dict[RecordId, Exported], dict[RecordId, Exported]]


def read_carried(lines: Sequence[tuple[str, str]]) -> Carried:
    """The list that was exported, its promises, its passages. NotOurLedger: the sheet isn't whole, or of another
    version."""
    try:
        (name, told), *rest = lines
        head = json.loads(told)
        if name != SHEET or head["sum"] != _sum(rest):
            raise NotOurLedger(_LOST)
        if head["version"] not in _READ:
            raise NotOurLedger("是别的版本的 duban 导出的。请重新导出，再在新文件里改")
        promises = {RecordId(id): _exported(line, head["titles"]) for id, line in rest if id[:1] != _PASSAGE}
        passages = {RecordId(id[1:]): _exported(line, head["passages"]) for id, line in rest if id[:1] == _PASSAGE}
        return _origin(head, len(promises)), promises, passages
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise NotOurLedger(_LOST) from None


def _origin(head: Mapping[str, Any], count: int) -> Origin:
    at = datetime.fromisoformat(head["at"]) if head["at"] else None
    return Origin(date.fromisoformat(head["as_of"]), tuple(map(str, head["words"])), str(head["address"]), at, count)


def _exported(line: str, titles: Sequence[str]) -> Exported:
    seen, codes, marks, *promise = json.loads(line)
    by_title = dict(zip(titles, marks.split(" "), strict=True))
    read = {Field(name): str(code) for name, code in codes.items()}
    return Exported(int(seen), read, by_title, RecordId(str(promise[0])) if promise else None)


def is_as_exported(mark: str | None, given: str | None) -> bool:
    """Whether a cell's canonical content is what it was; a title that isn't known has no mark and may say anything."""
    return mark is None or mark == _UNMARKED or mark == _digest(given or "")


def _mark_of(value: Value) -> str:
    if not isinstance(value, str):
        return _digest(canonical(value))
    stored = workbook_text(value)
    return _UNMARKED if units_of(stored) > CELL_LIMIT else _digest(canonical(stored))


def _digest(text: str) -> str:
    return digest_of(text.encode("utf-8", "surrogatepass"))[:6]


def _sum(lines: Sequence[tuple[str, str]]) -> str:
    """The same in whatever order: somebody may have sorted the sheet."""
    return digest_of("\n".join(sorted(f"{id} {line}" for id, line in lines)).encode())


def _json(value: object) -> str:
    """ASCII without underscores, which a spreadsheet may take for the beginning of an escape."""
    return json.dumps(value, separators=(",", ":")).replace("_", "\\u005f")
