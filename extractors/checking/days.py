"""Days that can't be: 9月31日, and promises whose last day lies before their letter."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from extractors.numbers.dates import Anchor, TimeExpression, TimeKind, find_times
from extractors.numbers.letter_dates import parse_letter_date
from extractors.numbers.numerals import read_numeral
from models.commitments import Strength
from models.documents import Span, UnitRole
from models.extraction import Extraction
from models.findings import Finding, FindingCode

_HAN = "一二三四五六七八九十"
_DAY = re.compile(
    rf"(?=[\d〇零○{_HAN}]{{1,4}}\s?[年月])(?:(?P<year>(?<!\d)(?:19|20)\d\d|[一二][〇零○九][〇零○{_HAN}]{{2}})\s?年\s?)?"
    rf"(?P<month>(?<!\d)\d{{1,2}}|(?<![{_HAN}])[{_HAN}]{{1,2}})\s?月\s?(?P<day>\d{{1,2}}|[{_HAN}廿卅]{{1,3}})\s?[日号](?![线楼])"
)
_BROKEN = re.compile(r"(?:1(?<!\d1)9|2(?<!\d2)0)\d\d月\d{1,2}月\d{1,2}日")
_PROMISED = re.compile(r"(?:将|确保|力争|争取)[^,。;]{0,8}\d")
_ATTRIBUTE = re.compile(r"[^,。;]{0,10}[的出过了]")
_LEAP_YEAR = 2024
_DATED = (UnitRole.SIGN_OFF, UnitRole.TITLE, UnitRole.CONTACT)


def impossible_days(text: str, folded: str) -> Iterator[Finding]:
    """Days that no calendar has, and dates written as no date is: 2024年9月31日, 2019月6月11日."""
    for found in _DAY.finditer(folded):
        if not _exists(found):
            yield _of(text, found)
    for found in _BROKEN.finditer(folded):
        yield _of(text, found)


def _of(text: str, found: re.Match[str]) -> Finding:
    quoted = text[found.start() : found.end()]
    return Finding(FindingCode.IMPOSSIBLE_DATE, (Span(found.start(), found.end(), quoted),), quoted, "")


def _exists(found: re.Match[str]) -> bool:
    month, day = _number(found["month"]), _number(found["day"])
    year = _number(found["year"]) if found["year"] else _LEAP_YEAR
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def _number(text: str) -> int:
    if text.isdecimal():
        return int(text)
    numeral = read_numeral(text)
    return int(numeral.value) if numeral else 0


def past_deadlines(extraction: Extraction, folded: str) -> Iterator[Finding]:
    """Promises, firm or aimed at, whose only day is over when the letter is signed: 将于2024年3月底前 in May 2024."""
    signed = extraction.identity.date
    if signed is None:
        return
    for commitment in extraction.commitments:
        if commitment.deadline is None and commitment.strength in (Strength.FIRM, Strength.AIM):
            start, end = commitment.span.start, commitment.span.end
            for due in _days_gone(folded[start:end], signed):
                quoted = commitment.span.text[due.start : due.end]
                claim = Span(start + due.start, start + due.end, quoted)
                spans = (claim, *_letter_date(extraction))
                yield Finding(FindingCode.DEADLINE_BEFORE_LETTER, spans, quoted, signed.isoformat(), soft=True)


def _days_gone(words: str, signed: date) -> Iterator[TimeExpression]:
    """The last day that a clause with 将 or 确保 names, where that day is over; 前排查出的 tells of what is known."""
    if not _PROMISED.search(words):
        return
    times = [time for time in find_times(words, Anchor(signed, signed.year)) if time.last]
    if times and all(time.last and time.last < signed for time in times):
        due = times[-1]
        if due.kind in (TimeKind.BEFORE, TimeKind.UNTIL) and not _ATTRIBUTE.match(words, due.end):
            yield due


def _letter_date(extraction: Extraction) -> tuple[Span, ...]:
    """Where the letter's date is printed."""
    for unit in reversed(extraction.units):
        if unit.role in _DATED and parse_letter_date(unit.span.text) == extraction.identity.date:
            return (unit.span,)
    return ()
