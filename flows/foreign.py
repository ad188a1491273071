"""Another office's ledger against ours: which promises its lines may be about, and what its words for days mean."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from flows.ledger import standings_of
from models import queries
from models.documents import Body, Kind
from models.filters import Filter
from models.foreign import ForeignBook, ForeignSheet, Meaning, ReadAs
from models.ids import RecordId
from models.numbered import case_numbers, written_numbers
from models.remembering import remembered_columns
from models.returned import Origin, Returned
from outputs.sheets.matching import Sought, foreign_returned, sought
from outputs.sheets.proposing import propose, read_as_proposed, status_of

if TYPE_CHECKING:
    from models.store import Store
    from outputs.ledger import Standing

_AT_ONCE = 100  # case numbers that are looked up at once
_CLAUSE = 16  # characters of a wording that are looked for where no number is given
_SHORTEST = 6
_MARKS = "，。；、：,;:（）() \n“”《》"
_BODIES = {"建议": Body.NPC, "提案": Body.CPPCC}
_TERM = re.compile(r"([一二三四五六七八九十\d]{1,4})届\D{0,14}?([一二三四五六七八九十\d]{1,3})次")
_MOST_SOUGHT = 2_000  # lines that are looked for by their words


def proposed(store: Store, book: ForeignBook, name: str | None = None) -> tuple[ReadAs, bool]:
    """What a sheet is read as: what a person said of it, or of one with the same heads (True), else by its heads."""
    sheet = book.sheet(name)
    if book.read_as and book.read_as.sheet == sheet.name:
        return book.read_as, True
    before = remembered_columns(store, sheet)
    fresh = read_as_proposed(sheet, before.columns if before else None)
    if before is None:
        return fresh, False
    statuses = {word: before.statuses.get(word, code) for word, code in fresh.statuses.items()}
    return replace(fresh, statuses=statuses), True


def read_by(store: Store, name: str, book: ForeignBook, read_as: ReadAs, as_of: date) -> Returned:
    """What another office's ledger would change, when it is read so."""
    sheet = book.sheet(read_as.sheet)
    known = _Known(store, as_of, sheet, read_as)
    origin = Origin(as_of, (), "", None, len(sheet.lines))
    return foreign_returned(name, sheet, read_as, known.seek, day_of, origin)


def with_words(sheet: ForeignSheet, columns: Mapping[str, Meaning], given: Mapping[str, str | None]) -> ReadAs:
    """A reading with these columns; words for a status that nobody spoke of are taken as they are known."""
    fresh = read_as_proposed(sheet, columns)
    return replace(fresh, statuses={word: given.get(word, status_of(word)) for word in fresh.statuses})


def day_of(given: str) -> str:
    """A last day as 2026-06-30, from whatever says it whole. Unfit: it names no day, or none of a known year.

    >>> day_of("2026年底"), day_of("2026年6月"), day_of("2026/6/30"), day_of("2026年上半年")
    ('2026-12-31', '2026-06-30', '2026-06-30', '2026-06-30')
    """
    from extractors.numbers.dates import Anchor, find_times
    from models.text import fold
    from outputs.sheets.editable import Unfit, read_day

    try:
        return read_day(given)
    except Unfit:
        found = find_times(fold(given), Anchor(None, None))
    days = {one.last for one in found if one.last}
    if len(days) != 1 or any(one.last is None for one in found):
        raise Unfit("读不出是哪一天：要写明年份，如 2026年底、2026-06-30")
    return read_day(days.pop())


def _may_be(one: Sought, standing: Standing) -> bool:
    """Whether body and session are the same, as far as the line and the letter both say them."""
    identity = standing.row.document.identity
    bodies = {body for word, body in _BODIES.items() if word in one.number}
    if len(bodies) == 1 and identity.addressed_to not in (None, *bodies):
        return False
    said, ours = _term(one.term), (identity.congress, identity.session)
    return all(here in (None, there) for there, here in zip(said, ours, strict=True) if there)


def _term(said: str) -> tuple[int | None, int | None]:
    """Congress and session, of what names both.

    >>> _term("十七届五次"), _term("18届人大4次会议"), _term("2026年")
    ((17, 5), (18, 4), (None, None))
    """
    from extractors.identity.numbers import read_count

    found = _TERM.search(said)
    return (read_count(found[1]), read_count(found[2])) if found else (None, None)


@dataclass(slots=True)
class _Known:
    """The promises that a sheet's lines may be about, looked up for all of them at once."""

    store: Store
    as_of: date
    by_number: dict[str, list[Standing]]
    by_id: dict[RecordId, Standing]
    said: Mapping[int, RecordId | None]
    sought: int = 0

    def __init__(self, store: Store, as_of: date, sheet: ForeignSheet, read_as: ReadAs) -> None:
        self.store, self.as_of, self.said, self.sought = store, as_of, read_as.lines, 0
        lines = sought(sheet, read_as)
        self.by_number = self._numbered({number for one in lines for number in case_numbers(one.number)})
        rows = queries.commitments_named(
            store, [*(one.id for one in lines if len(one.id) == 16), *filter(None, read_as.lines.values())]
        )
        self.by_id = {one.row.id: one for one in self._standing(rows)}

    def seek(self, one: Sought) -> Sequence[Standing]:
        """The promises that a line may be about."""
        if named := self.by_id.get(self.said.get(one.line.number) or one.id):
            return [named]
        if numbers := case_numbers(one.number):
            there = {it.row.id: it for number in numbers for it in self.by_number.get(number, []) if _may_be(one, it)}
            return list(there.values())
        return [] if one.number else self._worded(one.text)

    def _numbered(self, wanted: Collection[str]) -> dict[str, list[Standing]]:
        found: dict[str, list[Standing]] = {}
        written = written_numbers(self.store, wanted)
        printed = sorted(written)
        for start in range(0, len(printed), _AT_ONCE):
            part = tuple(printed[start : start + _AT_ONCE])
            for standing in self._standing(queries.ledger(self.store, Filter(kinds=(Kind.REPLY,), numbers=part))):
                for number in written.get(standing.row.document.identity.number or "", ()):
                    found.setdefault(number, []).append(standing)
        return found

    def _worded(self, text: str) -> list[Standing]:
        """The promises that hold the longest clause of a wording."""
        clauses = "".join(" " if char in _MARKS else char for char in text).split()
        clause = max(clauses, key=len, default="")[:_CLAUSE]
        if len(clause) < _SHORTEST or self.sought >= _MOST_SOUGHT:
            return []
        self.sought += 1
        return self._standing(queries.ledger(self.store, Filter(contains=clause), limit=20))

    def _standing(self, rows: Sequence[queries.CommitmentRow]) -> list[Standing]:
        """How they stand; what a person said is no promise, or is another one, is left out."""
        found = standings_of(self.store, self.as_of, rows, looked=False)
        return [one for one in found if one.decided.is_promise and not one.decided.merged_into]


__all__ = ["day_of", "propose", "proposed", "read_by", "with_words"]
