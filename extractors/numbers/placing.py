"""Where a time expression stands in its text, and how the words around it bound its days."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from extractors.lexicon.openings import sought
from extractors.numbers.calendar import NOWHERE, Span
from extractors.numbers.numerals import read_numeral
from extractors.numbers.times import Anchor, TimeExpression, TimeKind
from models.records import quick

_COMPARED = re.compile(r"(?:比|较|与|同比|相比|截至|截止到?|距离?)$")
UNTIL = sought(r"(?:(?<![达得感收遇受看提想找])到|(?<!甚|以)至|推迟到?|顺延到?|延期至|展期至|延长至)$")
SINCE = re.compile(r"(?:自|从|于)$")
_EDGES: dict[str, tuple[int, int | None]] = {
    "底": (21, None), "末": (21, None), "初": (1, 10), "中": (11, 20), "中旬": (11, 20), "上旬": (1, 10),
    "下旬": (21, None), "上半月": (1, 15), "下半月": (16, None),
}  # fmt: skip


@quick
@dataclass(frozen=True, slots=True)
class Place:
    """Where an expression stands: text, match and groups, the letter's day, and the year named before it."""

    folded: str
    found: re.Match[str]
    groups: dict[str, str | None]
    anchor: Anchor
    year: int | None
    """The year that the sentence named before, if it did."""

    def group(self, name: str) -> str | None:
        return self.groups.get(name)

    @property
    def before(self) -> str:
        return self.folded[max(0, self.found.start() - 8) : self.found.start()]

    @property
    def told_year(self) -> int | None:
        return self.year if self.year is not None else self.anchor.year


def make(place: Place, span: Span, kind: TimeKind, precision: str, own_year: bool, *, lead: int = 0) -> TimeExpression:
    start, end = place.found.start() - lead, place.found.end()
    if "”" in place.found[0] and "“" not in place.found[0] and place.folded[start - 1 : start] == "“":
        start -= 1
    return TimeExpression(start, end, place.folded[start:end], span[0], span[1], kind, precision, own_year)


def edged(span: Span, edge: str) -> Span:
    last = span[1]
    if last is None:
        return NOWHERE
    begin, end = _EDGES[edge]
    return last.replace(day=begin), last if end is None else last.replace(day=end)


def bound(place: Place, span: Span, precision: str, edged: bool) -> tuple[TimeKind, date | None, int]:
    """Kind and last day by prefix and suffix, and how many characters of prefix belong to the expression."""
    suffix, before = (place.group("suffix") or "").strip(), place.before
    if suffix == "以来" or _COMPARED.search(before):
        return TimeKind.PAST, span[1], 0
    since = SINCE.search(before)
    if suffix in ("起", "开始") or (since and since[0] in ("自", "从") and suffix not in ("前", "之前", "以前")):
        return TimeKind.FROM, span[0], len(since[0]) if since and since[0] != "于" else 0
    if suffix.endswith("前"):
        return TimeKind.BEFORE, _day_before(span, precision, edged, suffix), 0
    if suffix in ("后", "以后", "之后"):
        return TimeKind.VAGUE, None, 0
    if suffix == "期间" and precision == "festival":  # how long a holiday lasts is decided year by year
        return TimeKind.PERIOD, None, 0
    until = UNTIL.search(before)
    if until:
        return TimeKind.UNTIL, span[1], len(until[0])
    if precision in ("year", "half", "quarter") and not edged:
        return TimeKind.PERIOD, span[1], 0
    return (TimeKind.BEFORE if edged and precision in ("year", "month") else TimeKind.POINT), span[1], 0


def _day_before(span: Span, precision: str, edged: bool, suffix: str) -> date | None:
    """2028年前 ends on 2027-12-31, 春节前 the day before; 6月30日前 and 6月底前 include their day."""
    if edged or precision in ("day", "half") or suffix.startswith("结束"):
        return span[1]  # 明年上半年前 is loose for 上半年
    return span[0] - timedelta(days=1) if span[0] else None


def number_in(text: str | None) -> int:
    numeral = read_numeral(text) if text else None
    return int(numeral.value) if numeral else 0
