"""What the ledger's workbook carries for its way back, in a hidden sheet: what each line was when it was exported.

One line a promise: its id, and as JSON its last decision, the codes of the cells that may be changed, and marks of the
others. The first line tells which list it is, and a digest of all others, so that a torn sheet is known for one. The
JSON is plain ASCII without anything that a spreadsheet would rewrite.
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
from outputs.sheets.cells import CELL_LIMIT, Column, Value, units_of, workbook_text
from outputs.sheets.editable import TITLES, canonical, code_of

if TYPE_CHECKING:
    from outputs.ledger import Ledger, Standing

SHEET = "duban"
VERSION = "1"
_UNMARKED = "-"  # the mark of a cell that holds only the beginning of its text
_LOST = "里面没有往回导要用的记录（隐藏的“duban”表），或者记录不全。请从台账重新导出，再在新文件里改"


@dataclass(frozen=True, slots=True)
class Exported:
    """One line as it was exported: the promise's last decision, codes, and marks of the other cells by title."""

    seen: int
    codes: Mapping[Field, str]
    marks: Mapping[str, str]


def carried(ledger: Ledger, columns: Sequence[Column[Standing]]) -> list[tuple[str, str]]:
    """The lines of the hidden sheet."""
    others = [column for column in columns if not column.entered]
    lines = [(str(one.row.id), _line(one, others)) for one in ledger.standings]
    head = {
        "version": VERSION,
        "as_of": ledger.as_of.isoformat(),
        "words": list(ledger.scope.words),
        "address": ledger.scope.address,
        "at": ledger.scope.at.isoformat() if ledger.scope.at else None,
        "titles": [column.title for column in others],
        "sum": _sum(lines),
    }
    return [(SHEET, _json(head)), *lines]


def _line(standing: Standing, others: Sequence[Column[Standing]]) -> str:
    seen = max((one.id for one in standing.decided.decisions), default=0)
    codes = {field.value: code for field in TITLES if (code := code_of(field, standing))}
    return _json([seen, codes, " ".join(_mark_of(column.value(standing)) for column in others)])


def read_carried(lines: Sequence[tuple[str, str]]) -> tuple[Origin, dict[RecordId, Exported]]:
    """The list that was exported, and its lines. NotOurLedger: the sheet isn't whole, or of another version."""
    try:
        (name, told), *rest = lines
        head = json.loads(told)
        if name != SHEET or head["sum"] != _sum(rest):
            raise NotOurLedger(_LOST)
        if head["version"] != VERSION:
            raise NotOurLedger("是别的版本的 duban 导出的。请重新导出，再在新文件里改")
        return _origin(head, len(rest)), {RecordId(id): _exported(line, head["titles"]) for id, line in rest}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise NotOurLedger(_LOST) from None


def _origin(head: Mapping[str, Any], count: int) -> Origin:
    at = datetime.fromisoformat(head["at"]) if head["at"] else None
    return Origin(date.fromisoformat(head["as_of"]), tuple(map(str, head["words"])), str(head["address"]), at, count)


def _exported(line: str, titles: Sequence[str]) -> Exported:
    seen, codes, marks = json.loads(line)
    by_title = dict(zip(titles, marks.split(" "), strict=True))
    return Exported(int(seen), {Field(name): str(code) for name, code in codes.items()}, by_title)


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
