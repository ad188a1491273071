"""Time expressions with their first and last day, resolved against the day of the letter."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import lru_cache

from extractors import lexicon
from extractors.numbers import calendar, stretches
from extractors.numbers.calendar import NOWHERE, Span
from extractors.numbers.festivals import festival_day, next_festival
from extractors.numbers.letter_dates import parse_letter_date
from extractors.numbers.numerals import DIGITS
from extractors.numbers.placing import Place, bound, edged, make, number_in
from extractors.numbers.slips import mend
from extractors.numbers.time_grammar import forms_at, grammar
from extractors.numbers.times import Anchor, TimeExpression, TimeKind

__all__ = ["Anchor", "TimeExpression", "TimeKind", "find_times", "parse_letter_date"]

_RELATIVE_YEARS = {"今": 0, "本": 0, "明": 1, "来": 1, "后": 2, "去": -1, "上": -1, "前": -2}
_TITLE = re.compile(r"《[^《》\n]{1,80}》")
_SENTENCE_END = re.compile(r"[。!?\n]")


def find_times(text: str, anchor: Anchor) -> list[TimeExpression]:
    """The time expressions of a folded text, in order; titles in 《》 are passed over.

    >>> [(t.text, str(t.last)) for t in find_times("明年三季度完工。国庆节前拆除", Anchor(date(2024, 5, 20), 2024))]
    [('明年三季度', '2025-09-30'), ('国庆节前', '2024-09-30')]
    """
    return list(_times(text, anchor))


@lru_cache(maxsize=256)  # a unit is asked for its deadline as a promise, and again as a target
def _times(text: str, anchor: Anchor) -> tuple[TimeExpression, ...]:
    folded = mend(text)
    found = _found(folded, anchor)
    return tuple(found if folded == text else (replace(time, text=text[time.start : time.end]) for time in found))


def _found(folded: str, anchor: Anchor) -> list[TimeExpression]:
    known = Anchor(anchor.day, anchor.year if anchor.year is not None or anchor.day is None else anchor.day.year)
    titles = [found.span() for found in _TITLE.finditer(folded)]
    begins = [begin for begin, _ in titles]
    found: list[TimeExpression] = []
    trigger, position, year, year_from = grammar().trigger, 0, None, 0
    while hit := trigger.search(folded, position):
        start = hit.start()
        title = bisect_right(begins, start) - 1
        if title >= 0 and start < titles[title][1]:
            position = titles[title][1]
            continue
        if year is not None and _SENTENCE_END.search(folded, year_from, start):
            year = None
        if folded.startswith("次年", max(0, start - 2)):
            expression = _in_next_year(folded, start, year)
        else:
            expression = _read(folded, start, known, year)
        if expression is None:
            position = start + 1
            continue
        if expression.kind is TimeKind.WITHIN and (begun := _begun(folded, found, start)):
            expression = stretches.counted_since(expression, begun)
        found.append(expression)
        position = max(expression.end, start + 1)
        if _names_year(folded, expression, known):
            year, year_from = (expression.last or date.max).year, position
    return found


def _in_next_year(folded: str, start: int, year: int | None) -> TimeExpression | None:
    """2025年新建,次年6月底前投用: the year behind the one named; 次年 alone is nobody's year."""
    found = _read(folded, start, Anchor(None, None), None if year is None else year + 1)
    return found and replace(found, start=start - 2, text="次年" + found.text)


def _begun(folded: str, found: list[TimeExpression], start: int) -> TimeExpression | None:
    """The day from which a term counts: 从2025年4月起,一年内供地,三年内建成; every such year is no term."""
    for before in reversed(found):
        if before.kind is TimeKind.FROM:
            near = start - before.end <= _NEAR and not _SENTENCE_END.search(folded, before.end, start)
            return before if near and before.first else None
        if before.kind is not TimeKind.WITHIN:
            return None
    return None


_NEAR = 24  # characters between the day and the terms that count from it


def _names_year(folded: str, expression: TimeExpression, anchor: Anchor) -> bool:
    """明年6月开工,10月底前完工: both next year. A past year, or one before a noun, isn't handed on."""
    if not expression.own_year or expression.last is None or expression.kind in (TimeKind.PAST, TimeKind.FROM):
        return False
    if anchor.year is not None and expression.last.year < anchor.year:
        return False
    if expression.precision != "year":
        return expression.precision in ("day", "month", "quarter", "half", "festival", "term")
    if expression.text.startswith(("明", "后", "来")):
        return True
    return expression.kind is TimeKind.BEFORE or folded[expression.start - 1 : expression.start] in (
        "",
        ",",
        ";",
        "。",
        "\n",
        ":",
        "、",
        "将",
        "拟",
        "划",
    )


def _read(folded: str, start: int, anchor: Anchor, year: int | None) -> TimeExpression | None:
    for form, pattern in forms_at(folded[start]):
        found = pattern.match(folded, start)
        if found:
            expression = _READERS[form](Place(folded, found, found.groupdict(), anchor, year))
            if expression is None:
                continue
            if expression.precision == "festival" and _come_again(folded, expression):
                return replace(expression, kind=TimeKind.RECURRING)
            return expression
    return None


def _come_again(folded: str, feast: TimeExpression) -> bool:
    """在五一、国庆等节假日高峰期间增派警力; 传统节日(春节、元宵、中秋)里办灯会: days that come again every year."""
    if _HOLIDAYS.match(folded, feast.end):
        return True
    if feast.kind is not TimeKind.POINT or feast.own_year:
        return False
    ahead, behind = _feasts_beside()
    others = (ahead.search(folded, max(0, feast.start - 24), feast.start), behind.match(folded, feast.end))
    return sum(found[0].count("、") for found in others if found) >= 2


@lru_cache(maxsize=1)
def _feasts_beside() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The feasts that a list names in front of one, and those behind it up to the day by which something is due."""
    one = f"[“]?{lexicon.alternation(list(_festival_ids()))}[”]?节?"
    return re.compile(f"(?:{one}、)+$"), re.compile(f"(?:、{one}(?!之?前|以前))+")


_HOLIDAYS = re.compile(
    r"(?:、[^,。;、\n]{1,6}){0,3}等?(?:法定|重大|重要)?(?:节假日|长假|假期|黄金周|节日)(?!之?前|以前)"
)


def _dated(place: Place) -> TimeExpression | None:
    """A year, a part of one, or both."""
    own = _own_year(place)
    if place.group("season"):
        return _season(place, own)
    span, precision, edged = _part(place, own)
    if precision == "none":
        return None
    kind, last, lead = bound(place, span, precision, edged)
    if place.group("relative") in ("去", "前", "上"):
        kind = TimeKind.PAST
    if place.group("year_edge") == "年前":
        return make(place, NOWHERE, TimeKind.VAGUE, "none", False)
    return make(place, (span[0], last), kind, precision, own is not None, lead=lead)


def _season(place: Place, own: int | None) -> TimeExpression:
    """2025年汛期前: the year is known, the day differs from place to place."""
    kind = TimeKind.FROM if (place.group("suffix") or "") in ("起", "开始") else TimeKind.VAGUE
    begin = date(own, 1, 1) if own is not None and kind is TimeKind.VAGUE else None
    return make(place, (begin, None), kind, "none", own is not None)


def _own_year(place: Place) -> int | None:
    printed, relative = place.group("year"), place.group("relative")
    if printed:
        digits = "".join(str(DIGITS.get(char, 0 if char == "Ｏ" else char)) for char in printed)
        return int(digits) + (2000 if len(digits) == 2 else 0)
    if relative and place.anchor.year is not None:
        return place.anchor.year + _RELATIVE_YEARS[relative]
    return None


def _part(place: Place, own: int | None) -> tuple[Span, str, bool]:
    """The days of a part of the year, its precision, and whether it names an end (底, 末, a day)."""
    unknown = place.group("relative") is not None and own is None
    year = None if unknown else own if own is not None else place.told_year
    if place.group("month"):
        return _month_part(place, year)
    for name, reader in _PARTS:
        if place.group(name):
            return reader(place, year, own)
    if place.group("year") or place.group("relative"):
        return (calendar.years(year, year) if year is not None else NOWHERE), "year", False
    return NOWHERE, "none", False


def _month_part(place: Place, year: int | None) -> tuple[Span, str, bool]:
    first = number_in(place.group("month"))
    last = number_in(place.group("month2")) or first
    day, edge = place.group("day"), place.group("month_edge")
    precision = "day" if day else "month"
    if year is None or not 1 <= first <= 12:
        return NOWHERE, precision if 1 <= first <= 12 else "none", bool(day or edge)
    if day:
        begin = calendar.day_of(year, last, number_in(day))
        end_month = number_in(place.group("month3")) or last
        end = calendar.day_of(year, end_month, number_in(place.group("day2"))) if place.group("day2") else begin
        return (begin, end), precision, True
    span = calendar.months(year, first, last)
    return (edged(span, edge), precision, True) if edge else (span, precision, False)


def _quarter(place: Place, year: int | None, own: int | None) -> tuple[Span, str, bool]:
    first = number_in(place.group("quarter"))
    last = number_in(place.group("quarter2")) or first
    span = NOWHERE if year is None else calendar.months(year, 3 * first - 2, 3 * last)
    return span, "quarter", place.group("quarter_edge") in ("末", "底")


def _quarters(place: Place, year: int | None, own: int | None) -> tuple[Span, str, bool]:
    return (
        (NOWHERE if year is None else calendar.months(year, 1, 3 * number_in(place.group("quarters")))),
        "quarter",
        True,
    )


def _half(place: Place, year: int | None, own: int | None) -> tuple[Span, str, bool]:
    first, last = (1, 6) if place.group("half") == "上" else (7, 12)
    return (NOWHERE if year is None else calendar.months(year, first, last)), "half", bool(place.group("half_edge"))


def _term(place: Place, year: int | None, own: int | None) -> tuple[Span, str, bool]:
    """The school year starts on 1 September; spring terms are counted from 1 March, and end with January and July."""
    if year is None:
        return NOWHERE, "month", False
    autumn = "秋" in (place.group("term") or "")
    if place.group("term_edge") in ("末", "结束"):
        day = date(year + 1, 1, 31) if autumn else date(year, 7, 31)
        return (day, day), "term", True
    day = date(year, 9 if autumn else 3, 1)
    if own is None and place.year is None and place.anchor.day and day < place.anchor.day and place.group("suffix"):
        day = day.replace(year=year + 1)  # in December, 春季学期起 is next spring
    return (day, day), "term", False


def _vacation(place: Place, year: int | None, own: int | None) -> tuple[Span, str, bool]:
    """Summer holidays end with the school year, on 31 August."""
    return (NOWHERE if year is None else calendar.months(year, 7, 8)), "month", True


def _festival(place: Place, year: int | None, own: int | None) -> tuple[Span, str, bool]:
    """Without a year of its own, the next one after the letter's day; 春节 and 元旦 need that day."""
    word = place.group("festival")
    name = "national" if word is None else _festival_ids()[word]
    if own is not None or place.year is not None:
        day = festival_day(name, own if own is not None else place.year or 0)
        if own is None and day and place.anchor.day and place.year == place.anchor.day.year and day < place.anchor.day:
            day = next_festival(name, place.anchor.day)  # 今年任务620户,…,春节前全部入住, in a letter of June
    elif place.anchor.day is not None:
        day = next_festival(name, place.anchor.day)
    elif place.anchor.year is not None and name not in ("spring_festival", "new_year", "lantern", "new_year_eve"):
        day = festival_day(name, place.anchor.year)
    else:
        day = None
    return (day, day), "festival", False


def _festival_ids() -> dict[str, str]:
    return {
        word: entry.id for entry in lexicon.load("time_words") if entry.meaning == "festival" for word in entry.words
    }


def _year_edge(place: Place, year: int | None, own: int | None) -> tuple[Span, str, bool]:
    edge = (place.group("year_edge") or "").replace("年", "")
    if year is None:
        return NOWHERE, "year", True
    if edge == "初":
        return calendar.months(year, 1, 1), "month", True
    if edge == "中":
        return calendar.months(year, 1, 6), "half", True
    return calendar.years(year, year), "year", True


_PARTS: tuple[tuple[str, Callable[[Place, int | None, int | None], tuple[Span, str, bool]]], ...] = (
    ("quarter", _quarter), ("quarters", _quarters), ("half", _half), ("term", _term), ("vacation", _vacation),
    ("festival", _festival), ("double_ten", _festival), ("year_edge", _year_edge),
)  # fmt: skip


def _without_day(kind: TimeKind) -> Callable[[Place], TimeExpression | None]:
    return lambda place: make(place, NOWHERE, kind, "none", False)


_READERS: dict[str, Callable[[Place], TimeExpression | None]] = {
    "years": stretches.read_years,
    "school": stretches.read_school,
    "day": stretches.read_iso_day,
    "plan": stretches.read_plan,
    "dated": _dated,
    "counted": stretches.read_counted,
    "this_month": stretches.read_this_month,
    "tenure": _without_day(TimeKind.VAGUE),
    "every": _without_day(TimeKind.RECURRING),
    "vague": _without_day(TimeKind.VAGUE),
    "recurring": _without_day(TimeKind.RECURRING),
    "past": _without_day(TimeKind.PAST),
}
