"""In which tense a number is told: the words of time in front of it, and what kind of document speaks.

去年,我局计划加装30部,实际完成38部,今年再装40部      30 meant then · 38 past · 40 future
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from extractors.figures.cells import Cell, Clause
from extractors.lexicon import load
from models.documents import Kind, Zone

PAST, FUTURE, UNSAID = "past", "future", "unsaid"
THEN, MEANT_THEN = "then", "meant_then"  # at a named past time; planned at a past time
_YEAR = r"(?<![比较同与])(?P<year>20\d\d)(?=[年\-—])"


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a clause stands: kind of document, zone, the year of speaking, whether an ask is being made."""

    kind: Kind
    zone: Zone
    year: int | None
    asking: bool


def default_tense(setting: Setting) -> str:
    """What a clause without any time word is about: a plan wants, news tell what was, an answer leaves it unsaid."""
    if setting.kind in (Kind.PLAN, Kind.REGULATION) or setting.asking:
        return FUTURE
    if setting.zone is Zone.PLANNED and setting.kind is not Kind.NEWS:
        return FUTURE
    if setting.kind is Kind.REPLY and setting.zone is Zone.CLOSING:
        return FUTURE
    return UNSAID if setting.kind is Kind.REPLY and setting.zone is Zone.ANSWER else PAST


def tense_after(folded: str, start: int, end: int, tense: str, setting: Setting) -> str:
    """The tense at the end of [start, end): the last marker wins; 将 and 计划 behind 去年 stay in that year."""
    for found in _markers().finditer(folded, start, end):
        tense = _next(found, tense, setting)
    return THEN if tense == MEANT_THEN else tense


def tenses_of(folded: str, clauses: Sequence[Clause], cells: Sequence[Cell], tense: str, setting: Setting) -> list[str]:
    """The tense in which each number is told, `tense` being that of the words in front.

    A clause without a word of time goes on in the tense before it. A number before which nothing is said takes the
    tense of the rest of its clause, then of its unit. What was planned at a past time ends with its clause.
    """
    marks = list(_markers().finditer(folded, clauses[0].start, clauses[-1].end))
    told: list[str] = []
    at = 0
    for number, clause in enumerate(clauses):
        tense = THEN if tense == MEANT_THEN else tense
        for cell in (cell for cell in cells if cell.clause == number):
            while at < len(marks) and marks[at].start() < cell.measure.start:
                tense = _next(marks[at], tense, setting)
                at += 1
            told.append(tense if tense != UNSAID else _told_later(marks[at:], clause.end, setting))
        while at < len(marks) and marks[at].start() < clause.end:
            tense = _next(marks[at], tense, setting)
            at += 1
    return [tense if one == UNSAID else one for one in told]


def _told_later(marks: Sequence[re.Match[str]], end: int, setting: Setting) -> str:
    tense = UNSAID
    for found in marks:
        if found.start() >= end:
            break
        tense = _next(found, tense, setting)
    return tense


def _next(found: re.Match[str], tense: str, setting: Setting) -> str:
    kind, then = found.lastgroup, tense in (THEN, MEANT_THEN)
    if kind == "year":
        year = int(found["year"])
        if setting.year is None or year == setting.year:
            return tense
        return THEN if year < setting.year else FUTURE
    if kind in (THEN, PAST):
        return str(kind)
    if kind == "meant":
        return MEANT_THEN if then else FUTURE
    if kind == FUTURE:
        return tense if then and found[0] == "将" else FUTURE
    if then and found[0].startswith("今年"):
        tense = default_tense(setting)
    return FUTURE if tense == UNSAID else tense


@cache
def _markers() -> re.Pattern[str]:
    """All words of time in one pattern. No alternative begins with a character that no pattern names: the look at one
    character in front skips most of a text (four times faster).
    """
    groups = []
    for meaning in (THEN, PAST, "meant", FUTURE, "wanted"):
        patterns = (entry.pattern.pattern for entry in load("purposes") if entry.meaning == meaning)
        groups.append(f"(?P<{meaning}>{'|'.join(patterns)})")
    joined = "|".join((*groups, _YEAR))
    first = "".join(sorted({char for char in joined if char >= "\u2010"}))
    return re.compile(f'(?=[0-9"{first}])(?:{joined})')
