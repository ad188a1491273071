"""Another office's ledger against ours: which promises its lines may be about, and what its words for days mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING

from flows.ledger import standings_of
from models import queries
from models.documents import Body, Kind
from models.filters import Filter
from models.finding import holding
from models.foreign import ForeignBook, ForeignSheet, Meaning, ReadAs
from models.ids import RecordId
from models.numbered import case_numbers, written_numbers
from models.remembering import remembered_columns
from models.returned import LineRead, Origin, Returned
from outputs.sheets.matching import Sought, put_together, read_lines, sought
from outputs.sheets.proposing import propose, read_as_proposed, status_of

if TYPE_CHECKING:
    from models.store import Store
    from outputs.ledger import Standing

_AT_ONCE = 100  # case numbers that are looked up at once
_PART = 100  # lines that are looked for between two looks at whether somebody stopped it
_CLAUSE = 16  # characters of a wording that are looked for where no number is given
_SHORTEST = 6
_BODIES = {"建议": Body.NPC, "提案": Body.CPPCC}
_PLAIN = re.compile(r"[\u3400-\u9fff]+")
_TERM = re.compile(r"([一二三四五六七八九十\d]{1,4})届\D{0,14}?([一二三四五六七八九十\d]{1,3})次")
_LIKE = 20  # promises that one line may be about


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
    return returned_of(sheet, read_as, lines_read(store, name, sheet, read_as, as_of), as_of)


def returned_of(sheet: ForeignSheet, read_as: ReadAs, lines: Sequence[LineRead], as_of: date) -> Returned:
    """The same of lines that were read."""
    return put_together(sheet, read_as, lines, Origin(as_of, (), "", None, len(sheet.lines)))


def lines_read(
    store: Store,
    name: str,
    sheet: ForeignSheet,
    read_as: ReadAs,
    as_of: date,
    done: Callable[[int], None] = lambda _: None,
) -> list[LineRead]:
    """What each line would change; `done` hears of how many there are, part by part, and may end it."""
    known = _Known.of(store, as_of, read_as, sought(sheet, read_as))
    found: list[LineRead] = []
    for start in range(0, len(sheet.lines), _PART):
        done(start)
        part = replace(sheet, lines=sheet.lines[start : start + _PART])
        known.look_up(sought(part, read_as))
        found += read_lines(name, part, read_as, known.seek, day_of)
    return found


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


def _clause(text: str) -> str:
    """The longest stretch of a wording without marks and numbers, by which it is looked for; empty: it is too short.

    >>> _clause("2026年底前，新建公交站台20个"), _clause("新建站台20个")
    ('新建公交站台', '')
    """
    longest = max(_PLAIN.findall(text), key=len, default="")[:_CLAUSE]
    return longest if len(longest) >= _SHORTEST else ""


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
    """The promises that a sheet's lines may be about, looked up for many of them at once."""

    store: Store
    as_of: date
    said: Mapping[int, RecordId | None]
    written: dict[str, tuple[str, ...]]  # how letters print the numbers that the sheet names
    by_number: dict[str, list[Standing]] = field(default_factory=dict)
    by_id: dict[RecordId, Standing] = field(default_factory=dict)
    by_clause: dict[str, list[RecordId]] = field(default_factory=dict)

    @classmethod
    def of(cls, store: Store, as_of: date, read_as: ReadAs, lines: Sequence[Sought]) -> _Known:
        """Ready to look for these lines."""
        wanted = {number for one in lines for number in case_numbers(one.number)}
        return cls(store, as_of, read_as.lines, written_numbers(store, wanted) if wanted else {})

    def look_up(self, lines: Sequence[Sought]) -> None:
        """Looks for the numbers, the ids and the words of some lines at once."""
        self.by_number = self._numbered({number for one in lines for number in case_numbers(one.number)})
        named = [self.said.get(one.line.number) or one.id for one in lines]
        clauses = [clause for one in lines if not one.number and (clause := _clause(one.text))]
        with self.store.reading() as connection:
            self.by_clause = holding(connection, clauses, "commitment", most=_LIKE)
        like = chain.from_iterable(self.by_clause.values())
        rows = queries.commitments_named(self.store, [*(one for one in named if len(one) == 16), *like])
        self.by_id = {one.row.id: one for one in self._standing(rows)}

    def seek(self, one: Sought) -> Sequence[Standing]:
        """The promises that a line may be about."""
        if named := self.by_id.get(self.said.get(one.line.number) or one.id):
            return [named]
        if numbers := case_numbers(one.number):
            there = {it.row.id: it for number in numbers for it in self.by_number.get(number, []) if _may_be(one, it)}
            return list(there.values())
        like = [] if one.number else self.by_clause.get(_clause(one.text), [])
        return [self.by_id[id] for id in like if id in self.by_id]

    def _numbered(self, wanted: set[str]) -> dict[str, list[Standing]]:
        found: dict[str, list[Standing]] = {}
        printed = sorted(said for said, names in self.written.items() if not wanted.isdisjoint(names))
        for start in range(0, len(printed), _AT_ONCE):
            part = tuple(printed[start : start + _AT_ONCE])
            for standing in self._standing(queries.ledger(self.store, Filter(kinds=(Kind.REPLY,), numbers=part))):
                for number in self.written.get(standing.row.document.identity.number or "", ()):
                    found.setdefault(number, []).append(standing)
        return found

    def _standing(self, rows: Sequence[queries.CommitmentRow]) -> list[Standing]:
        """How they stand; what a person said is no promise, or is another one, is left out."""
        found = standings_of(self.store, self.as_of, rows, looked=False)
        return [one for one in found if one.decided.is_promise and not one.decided.merged_into]


__all__ = ["day_of", "propose", "proposed", "read_by", "with_words"]
