"""The cells of the ledger's sheet that somebody may change: what each of them says, and how what was typed is read.

A cell is read into a code (an enum's value, a day as 2026-06-30, plain words) or refused with the reason. Spreadsheets
rewrite what they save: days come back as days, as numbers or as texts, so all of these are read alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from models.commitments import Strength
from models.evidence import Certainty, Status
from models.returned import Field
from outputs.phrases import phrase
from outputs.sheets.cells import visible, workbook_text

if TYPE_CHECKING:
    from outputs.ledger import Standing

Given = str | int | float | Decimal | date | datetime | bool | None
"""What a cell holds as a spreadsheet's file has it."""

TITLES: Mapping[Field, str] = {field: phrase(field) for field in Field if field is not Field.TAKEN}
"""The head of each field's column in the promises' sheet."""
TAKEN = phrase(Field.TAKEN)
"""The head of the one column that may be changed in the sheet of passages."""
REASON, SOURCE, ID, QUOTE, NUMBER = "改动理由", "改动依据", "编号", "承诺事项（原文）", "序号"
PASSAGE, PASSAGE_ID = "佐证（原文）", "佐证编号"
YES, NO = "是", "否"
CONFIRMED, REJECTED = "yes", "no"
"""Codes of a passage that a person judged; that nobody did: a Certainty's value."""
_JUDGED = {
    Certainty.SURE.value: phrase(Certainty.SURE),
    Certainty.PROPOSED.value: phrase(Certainty.PROPOSED),
    CONFIRMED: "人工确认",
    REJECTED: "不采信",
}
_SAID = {word: code for code, word in _JUDGED.items()} | dict.fromkeys(("采信", "是"), CONFIRMED)
_SAID |= dict.fromkeys(("不是", "否", "否定", "人工否定"), REJECTED)
CHOICES: Mapping[Field, tuple[str, ...]] = {
    Field.STRENGTH: tuple(map(phrase, Strength)),
    Field.STATUS: tuple(map(phrase, Status)),
    Field.PROMISE: (YES, NO),
    Field.TAKEN: (_JUDGED[CONFIRMED], _JUDGED[REJECTED]),
}
_SHORT, LONG = 500, 4_000  # characters of a name, of a note or a reason
_EPOCH = date(1899, 12, 30)  # day 0 of a spreadsheet's calendar
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:\s+0{1,2}:00(?::00)?)?", re.ASCII)
_NUMERAL = re.compile(r"[+-]?\d+(?:\.\d+)?", re.ASCII)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_BETWEEN = re.compile(r"[、,，;；\n]+")
_Member = TypeVar("_Member", bound=StrEnum)


class Unfit(ValueError):
    """A cell whose content can't be taken: why not, in Chinese."""


def read(field: Field, given: Given) -> str:
    """The code that a cell stands for; empty: it is empty. Unfit says what is wrong."""
    return _READ[field](given)


def code_of(field: Field, standing: Standing) -> str:
    """The code of what the promise is now."""
    return _NOW[field](standing)


def code_of_link(standing: Standing, link: str) -> str:
    """The code of what a passage counts for now; empty: the promise has it no longer."""
    judged = standing.decided.verdict(link)
    if judged is not None:
        return CONFIRMED if judged else REJECTED
    found = [one.link.certainty.value for one in (*standing.evidence, *standing.proposals) if one.id == link]
    return found[0] if found else ""


def words_of(field: Field, code: str) -> str:
    """A code as the sheet shows it.

    >>> words_of(Field.STATUS, "fulfilled"), words_of(Field.DEADLINE, "2026-06-30"), words_of(Field.NOTE, "")
    ('已落实', '2026-06-30', '')
    """
    if not code:
        return ""
    match field:
        case Field.STATUS:
            return phrase(Status(code))
        case Field.STRENGTH:
            return phrase(Strength(code))
        case Field.PROMISE:
            return YES if code == "yes" else NO
        case Field.TAKEN:
            return _JUDGED[code]
        case _:
            return code


def words(given: Given, most: int = _SHORT) -> str:
    """What a cell says, in plain words with single spaces. Unfit: it is longer than anybody reads.

    >>> words("  张三　李四 "), words(3.0)
    ('张三 李四', '3')
    """
    text = " ".join(shown(given).split())
    if len(text) > most:
        raise Unfit(f"太长：最多 {most} 字")
    return text


def shown(given: Given) -> str:
    """A cell's content as one reads it.

    >>> shown(date(2026, 6, 30)), shown(True), shown("_x0041_B"), shown(None)
    ('2026-06-30', 'TRUE', 'AB', '')
    """
    if given is None:
        return ""
    if isinstance(given, datetime):
        return given.date().isoformat()
    if isinstance(given, bool):
        return str(given).upper()
    if isinstance(given, (int, float, Decimal)):
        return f"{given:.12g}"
    if isinstance(given, date):
        return given.isoformat()
    return visible(_ESCAPED.sub(lambda code: chr(int(code[1], 16)), given))


def canonical(given: Given) -> str:
    """The same for all that a spreadsheet makes of one value: without spaces, days and numerals as numbers.

    >>> canonical(date(2026, 6, 30)), canonical("2026/6/30"), canonical(46203.0), canonical("017"), canonical(" 建成 ")
    ('46203', '46203', '46203', '17', '建成')
    """
    said = shown(shown(given))  # twice: LibreOffice undoes an escape when it reads, and writes none
    text, day = "".join(said.split()), _day(said.strip())
    if day is not None:
        return str((day - _EPOCH).days)
    return f"{float(text):.9g}" if len(text) < 20 and _NUMERAL.fullmatch(text) else text


def read_day(given: Given) -> str:
    """A day as 2026-06-30, however it was typed or saved.

    >>> read_day("2026.6.30"), read_day("2026年6月30日"), read_day(46203), read_day(datetime(2026, 6, 30))
    ('2026-06-30', '2026-06-30', '2026-06-30', '2026-06-30')
    """
    text = shown(given).strip()
    if not text:
        return ""
    if isinstance(given, (int, float, Decimal)) and not isinstance(given, bool) and 1 <= given < 100_000:
        day: date | None = _EPOCH + timedelta(days=int(given))
    else:
        day = _day(text)
    if day is None or not 1950 <= day.year <= 2100:
        raise Unfit("不是日期，写成 2026-06-30 这样")
    return day.isoformat()


def _day(text: str) -> date | None:
    found = _DAY.fullmatch(text)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def _one_of(kind: type[_Member]) -> Callable[[Given], str]:
    said = {phrase(member): member.value for member in kind} | {member.value: member.value for member in kind}

    def read_member(given: Given) -> str:
        text = "".join(shown(given).split())
        if text and text not in said:
            raise Unfit("只能是" + "、".join(map(phrase, kind)))
        return said.get(text, "")

    return read_member


def _yes_or_no(given: Given) -> str:
    text = "".join(shown(given).split())
    if text and text not in (YES, NO):
        raise Unfit(f"只能是{YES}、{NO}")
    return {YES: "yes", NO: "no"}.get(text, "")


def _judged(given: Given) -> str:
    text = "".join(shown(given).split())
    if text and text not in _SAID:
        raise Unfit("只能是" + "、".join(CHOICES[Field.TAKEN]))
    return _SAID.get(text, "")


def _units(given: Given) -> str:
    """The names of units, parted by the mark that the ledger parts them by."""
    parts = [words(part) for part in _BETWEEN.split(shown(given))]
    return words("、".join(part for part in parts if part))


_READ: Mapping[Field, Callable[[Given], str]] = {
    Field.DEADLINE: read_day,
    Field.STRENGTH: _one_of(Strength),
    Field.RESPONSIBLE: _units,
    Field.STATUS: _one_of(Status),
    Field.NOTE: lambda given: words(given, LONG),
    Field.ASSIGNED: words,
    Field.SNOOZED: read_day,
    Field.PROMISE: _yes_or_no,
    Field.TAKEN: _judged,
}


def _last_day(standing: Standing) -> str:
    end = standing.deadline.end if standing.deadline else None
    return end.isoformat() if end else ""


def _put_off(standing: Standing) -> str:
    until = standing.decided.snoozed_until
    return until.isoformat() if until else ""


_NOW: Mapping[Field, Callable[[Standing], str]] = {
    Field.DEADLINE: _last_day,
    Field.STRENGTH: lambda standing: standing.strength.value,
    Field.RESPONSIBLE: lambda standing: _units(workbook_text("、".join(standing.responsible)[:_SHORT])),
    Field.STATUS: lambda standing: standing.status.value if standing.status else "",
    Field.NOTE: lambda standing: "",
    Field.ASSIGNED: lambda standing: words(workbook_text(standing.decided.assigned_to or "")[:_SHORT]),
    Field.SNOOZED: _put_off,
    Field.PROMISE: lambda standing: "yes" if standing.decided.is_promise else "no",
}
