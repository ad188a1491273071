"""Time expressions with their first and last day, resolved against the day of the letter."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from extractors import lexicon
from extractors.numbers import calendar
from extractors.numbers.calendar import NOWHERE, Span
from extractors.numbers.festivals import festival_day, next_festival
from extractors.numbers.letter_dates import parse_letter_date
from extractors.numbers.numerals import DIGITS, read_numeral
from extractors.numbers.slips import mend
from extractors.numbers.time_grammar import grammar
from extractors.numbers.times import Anchor, TimeExpression, TimeKind

__all__ = ["Anchor", "TimeExpression", "TimeKind", "find_times", "parse_letter_date"]

_RELATIVE_YEARS = {"今": 0, "本": 0, "明": 1, "来": 1, "后": 2, "去": -1, "上": -1, "前": -2}
_TITLE = re.compile(r"《[^《》\n]{1,80}》")
_SENTENCE_END = re.compile(r"[。!?\n]")
_COMPARED = re.compile(r"(?:比|较|与|同比|相比|截至|截止到?|距离?)$")
_UNTIL = re.compile(r"(?:(?<![达得感收遇受看提想找])到|(?<!甚|以)至|推迟到?|顺延到?|延期至|展期至|延长至)$")
_SINCE = re.compile(r"(?:自|从|于)$")
_AHEAD = re.compile(r"(?:未来|今后|接下来|下一个?)(?:的)?$")
_SPENT = re.compile(r"(?:用|利用|通过|经过|花|力争|争取|确保|计划|在|于)$")
_LOOKED_BACK = re.compile(r"(?:最?近|过去|前|这|上)(?:的)?$")
_EVENT = re.compile(
    r"(?:(?<!今)后|起|之日|届满|期满|变更|受理|收到)(?:的|,)?$|[在于自][^,。;]{2,14}(?:后|起|之日|变更|发生)$"
)
_EDGES: dict[str, tuple[int, int | None]] = {
    "底": (21, None), "末": (21, None), "初": (1, 10), "中": (11, 20), "中旬": (11, 20), "上旬": (1, 10),
    "下旬": (21, None), "上半月": (1, 15), "下半月": (16, None),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an expression stands: the text, the match, the letter's day, and the year that the sentence has named."""

    folded: str
    found: re.Match[str]
    anchor: Anchor
    year: int | None
    """The year that the sentence named before, if it did."""

    def group(self, name: str) -> str | None:
        return self.found[name] if name in self.found.re.groupindex else None

    @property
    def before(self) -> str:
        return self.folded[max(0, self.found.start() - 8) : self.found.start()]

    @property
    def told_year(self) -> int | None:
        return self.year if self.year is not None else self.anchor.year


def find_times(text: str, anchor: Anchor) -> list[TimeExpression]:
    """The time expressions of a folded text, in order; titles in 《》 are passed over.

    >>> [(t.text, str(t.last)) for t in find_times("明年三季度完工。国庆节前拆除", Anchor(date(2024, 5, 20), 2024))]
    [('明年三季度', '2025-09-30'), ('国庆节前', '2024-09-30')]
    """
    folded = mend(text)
    found = _found(folded, anchor)
    return found if folded == text else [replace(time, text=text[time.start : time.end]) for time in found]


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
        expression = _read(folded, start, known, year)
        if expression is None:
            position = start + 1
            continue
        found.append(expression)
        position = max(expression.end, start + 1)
        if _names_year(folded, expression, known):
            year, year_from = (expression.last or date.max).year, position
    return found


def _names_year(folded: str, expression: TimeExpression, anchor: Anchor) -> bool:
    """明年6月开工,10月底前完工: both next year. A past year, or one before a noun, isn't handed on."""
    if not expression.own_year or expression.last is None or expression.kind in (TimeKind.PAST, TimeKind.FROM):
        return False
    if anchor.year is not None and expression.last.year < anchor.year:
        return False
    if expression.precision != "year":
        return expression.precision in ("day", "month", "quarter", "half")
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
    for form, pattern in grammar().forms:
        found = pattern.match(folded, start)
        if found:
            expression = _READERS[form](_Place(folded, found, anchor, year))
            if expression is not None:
                return expression
    return None


def _make(
    place: _Place, span: Span, kind: TimeKind, precision: str, own_year: bool, *, lead: int = 0
) -> TimeExpression:
    start, end = place.found.start() - lead, place.found.end()
    if "”" in place.found[0] and "“" not in place.found[0] and place.folded[start - 1 : start] == "“":
        start -= 1
    return TimeExpression(start, end, place.folded[start:end], span[0], span[1], kind, precision, own_year)


def _dated(place: _Place) -> TimeExpression | None:
    """A year, a part of one, or both."""
    own = _own_year(place)
    if place.group("season"):
        return _season(place, own)
    span, precision, edged = _part(place, own)
    if precision == "none":
        return None
    kind, last, lead = _bound(place, span, precision, edged)
    if place.group("relative") in ("去", "前", "上"):
        kind = TimeKind.PAST
    if place.group("year_edge") == "年前":
        return _make(place, NOWHERE, TimeKind.VAGUE, "none", False)
    return _make(place, (span[0], last), kind, precision, own is not None, lead=lead)


def _season(place: _Place, own: int | None) -> TimeExpression:
    """2025年汛期前: the year is known, the day differs from place to place."""
    kind = TimeKind.FROM if (place.group("suffix") or "") in ("起", "开始") else TimeKind.VAGUE
    begin = date(own, 1, 1) if own is not None and kind is TimeKind.VAGUE else None
    return _make(place, (begin, None), kind, "none", own is not None)


def _own_year(place: _Place) -> int | None:
    printed, relative = place.group("year"), place.group("relative")
    if printed:
        digits = "".join(str(DIGITS.get(char, 0 if char == "Ｏ" else char)) for char in printed)
        return int(digits) + (2000 if len(digits) == 2 else 0)
    if relative and place.anchor.year is not None:
        return place.anchor.year + _RELATIVE_YEARS[relative]
    return None


def _part(place: _Place, own: int | None) -> tuple[Span, str, bool]:
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


def _month_part(place: _Place, year: int | None) -> tuple[Span, str, bool]:
    first = _int(place.group("month"))
    last = _int(place.group("month2")) or first
    day, edge = place.group("day"), place.group("month_edge")
    precision = "day" if day else "month"
    if year is None or not 1 <= first <= 12:
        return NOWHERE, precision if 1 <= first <= 12 else "none", bool(day or edge)
    if day:
        begin = calendar.day_of(year, last, _int(day))
        end_month = _int(place.group("month3")) or last
        end = calendar.day_of(year, end_month, _int(place.group("day2"))) if place.group("day2") else begin
        return (begin, end), precision, True
    span = calendar.months(year, first, last)
    return (_edged(span, edge), precision, True) if edge else (span, precision, False)


def _edged(span: Span, edge: str) -> Span:
    last = span[1]
    if last is None:
        return NOWHERE
    begin, end = _EDGES[edge]
    return last.replace(day=begin), last if end is None else last.replace(day=end)


def _quarter(place: _Place, year: int | None, own: int | None) -> tuple[Span, str, bool]:
    first = _int(place.group("quarter"))
    last = _int(place.group("quarter2")) or first
    span = NOWHERE if year is None else calendar.months(year, 3 * first - 2, 3 * last)
    return span, "quarter", place.group("quarter_edge") in ("末", "底")


def _quarters(place: _Place, year: int | None, own: int | None) -> tuple[Span, str, bool]:
    return (NOWHERE if year is None else calendar.months(year, 1, 3 * _int(place.group("quarters")))), "quarter", True


def _half(place: _Place, year: int | None, own: int | None) -> tuple[Span, str, bool]:
    first, last = (1, 6) if place.group("half") == "上" else (7, 12)
    return (NOWHERE if year is None else calendar.months(year, first, last)), "half", bool(place.group("half_edge"))


def _term(place: _Place, year: int | None, own: int | None) -> tuple[Span, str, bool]:
    """The school year starts on 1 September; spring terms are counted from 1 March (office practice)."""
    if year is None:
        return NOWHERE, "month", False
    day = date(year, 9 if "秋" in (place.group("term") or "") else 3, 1)
    if own is None and place.year is None and place.anchor.day and day < place.anchor.day and place.group("suffix"):
        day = day.replace(year=year + 1)  # in December, 春季学期起 is next spring
    return (day, day), "term", False


def _vacation(place: _Place, year: int | None, own: int | None) -> tuple[Span, str, bool]:
    """Summer holidays end with the school year, on 31 August."""
    return (NOWHERE if year is None else calendar.months(year, 7, 8)), "month", True


def _festival(place: _Place, year: int | None, own: int | None) -> tuple[Span, str, bool]:
    """Without a year, the next one after the letter's day; 春节 and 元旦 need that day."""
    word = place.group("festival")
    name = "national" if word is None else _festival_ids()[word]
    if own is not None or place.year is not None:
        day = festival_day(name, own if own is not None else place.year or 0)
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


def _year_edge(place: _Place, year: int | None, own: int | None) -> tuple[Span, str, bool]:
    edge = (place.group("year_edge") or "").replace("年", "")
    if year is None:
        return NOWHERE, "year", True
    if edge == "初":
        return calendar.months(year, 1, 1), "month", True
    if edge == "中":
        return calendar.months(year, 1, 6), "half", True
    return calendar.years(year, year), "year", True


_PARTS: tuple[tuple[str, Callable[[_Place, int | None, int | None], tuple[Span, str, bool]]], ...] = (
    ("quarter", _quarter), ("quarters", _quarters), ("half", _half), ("term", _term), ("vacation", _vacation),
    ("festival", _festival), ("double_ten", _festival), ("year_edge", _year_edge),
)  # fmt: skip


def _bound(place: _Place, span: Span, precision: str, edged: bool) -> tuple[TimeKind, date | None, int]:
    """Kind and last day by prefix and suffix, and how many characters of prefix belong to the expression."""
    suffix, before = (place.group("suffix") or "").strip(), place.before
    if suffix == "以来" or _COMPARED.search(before):
        return TimeKind.PAST, span[1], 0
    since = _SINCE.search(before)
    if suffix in ("起", "开始") or (since and since[0] in ("自", "从") and suffix not in ("前", "之前", "以前")):
        return TimeKind.FROM, span[0], len(since[0]) if since and since[0] != "于" else 0
    if suffix.endswith("前"):
        return TimeKind.BEFORE, _day_before(span, precision, edged, suffix), 0
    if suffix in ("后", "以后", "之后"):
        return TimeKind.VAGUE, None, 0
    if suffix == "期间" and precision == "festival":  # how long a holiday lasts is decided year by year
        return TimeKind.PERIOD, None, 0
    until = _UNTIL.search(before)
    if until:
        return TimeKind.UNTIL, span[1], len(until[0])
    if precision in ("year", "half", "quarter") and not edged:
        return TimeKind.PERIOD, span[1], 0
    return (TimeKind.BEFORE if edged and precision in ("year", "month") else TimeKind.POINT), span[1], 0


def _day_before(span: Span, precision: str, edged: bool, suffix: str) -> date | None:
    """2028年前 ends on 2027-12-31, 春节前 the day before; 6月30日前 and 6月底前 include their day."""
    if edged or precision == "day" or suffix.startswith("结束"):
        return span[1]
    return span[0] - timedelta(days=1) if span[0] else None


def _years(place: _Place) -> TimeExpression | None:
    these = re.sub("[、､]", "", place.group("these_years") or "")
    if these:
        if place.anchor.year is None:
            return _make(place, NOWHERE, TimeKind.PERIOD, "year", True)
        first, last = (0, 1) if these == "今明" else (0, 2) if these == "今明后" else (1, 2)
        return _make(
            place, calendar.years(place.anchor.year + first, place.anchor.year + last), TimeKind.PERIOD, "year", True
        )
    first, printed = int(place.group("from_year") or 0), place.group("to_year") or ""
    last = int(printed) if len(printed) == 4 else first // 100 * 100 + int(printed)
    if last <= first:
        return None
    if place.group("school_year"):
        return _school_year(place, first, last)
    span = calendar.years(first, last)
    return _make(place, span, TimeKind.PERIOD, "year", True)


def _school_year(place: _Place, first: int, last: int) -> TimeExpression:
    """2024—2025学年 lasts from September to August; what starts with it starts on 1 September."""
    begin, end, since = date(first, 9, 1), date(last, 8, 31), _SINCE.search(place.before)
    if (place.group("suffix") or "").strip() in ("起", "开始"):
        lead = len(since[0]) if since and since[0] != "于" else 0
        return _make(place, (begin, begin), TimeKind.FROM, "term", True, lead=lead)
    return _make(place, (begin, end), TimeKind.PERIOD, "year", True)


def _school(place: _Place) -> TimeExpression | None:
    """2024学年起 is 1 September 2024; what is done within that school year is done by its end."""
    first = int(place.group("school_begins") or 0)
    return _school_year(place, first, first + 1)


def _iso_day(place: _Place) -> TimeExpression | None:
    """2025.6.30, 2025-06-30: how tables print a day."""
    day = calendar.day_of(*(int(place.group(name) or 0) for name in ("iso_year", "iso_month", "iso_day")))
    if day is None:
        return None
    kind = TimeKind.BEFORE if place.group("suffix") else TimeKind.POINT
    return _make(place, (day, day), kind, "day", True)


def _plan(place: _Place) -> TimeExpression | None:
    part = place.group("plan_part") or ""
    first, last = calendar.plan_period(_int(place.group("plan")))
    if part == "以来":
        return _make(place, (first, last), TimeKind.PAST, "plan", True)
    if (years := place.group("plan_years")) and first and last:  # “十四五”前两年, 后三年
        many = _int(years) if years != "两" else 2
        first, last = (first, first.replace(year=first.year + many)) if part[0] == "前" else (first, last)
        last = last - timedelta(days=1) if part[0] == "前" else last
    if part in ("前", "之前"):
        return _make(place, (None, first - timedelta(days=1) if first else None), TimeKind.BEFORE, "plan", True)
    until = _UNTIL.search(place.before)
    return _make(
        place,
        (first, last),
        TimeKind.UNTIL if until else TimeKind.PERIOD,
        "plan",
        True,
        lead=len(until[0]) if until else 0,
    )


def _counted(place: _Place) -> TimeExpression | None:
    """三年内 counts from the letter's day; 收到后三个月内 and N个工作日内 from an event that has no day yet."""
    tail, before = place.group("span_tail") or "", place.before
    if tail.endswith("来") or _LOOKED_BACK.search(before):
        return _make(place, NOWHERE, TimeKind.PAST, "span", False)
    ahead, spent = _AHEAD.search(before), _SPENT.search(before)
    spends = "时间" in tail and (
        spent or (not before[-1:].strip(",:。;、") and _ACHIEVES.match(place.folded, place.found.end()))
    )
    if not (tail.endswith("内") or ahead or spends):
        return None
    unit = (place.group("span") or "").removeprefix("个")
    aimed = ahead or (spent and spent[0] not in ("在", "于"))
    by_days = unit in ("日", "天") and not aimed  # 15日内反馈 counts from what it answers
    if by_days or "工作日" in unit or "小时" in unit or _EVENT.search(before) or place.anchor.day is None:
        return _make(place, NOWHERE, TimeKind.WITHIN, "span", False)
    last = _counted_from(place.anchor.day, place.group("count") or "", unit)
    lead = len((ahead or spent or re.match("", ""))[0]) if ahead or (spent and spent[0] in ("用", "利用")) else 0  # type: ignore[index]
    return _make(place, (place.anchor.day, last), TimeKind.WITHIN, "span", False, lead=lead)


# 两年左右时间实现全覆盖: at the head of a clause the span needs no 用.
_ACHIEVES = re.compile("(?:基本|全面|全部)?(?:实现|完成|建成|解决|达到|消除|打通|使|让|把|办成|建好)")


def _counted_from(day: date, count: str, unit: str) -> date | None:
    numeral = read_numeral(count) if count != "半" else None
    number = int(numeral.upper or numeral.value) if numeral else 0
    if count == "半":
        return {"年": calendar.later(day, months_on=6), "月": calendar.later(day, days_on=15)}.get(unit)
    on = {"年": 12, "年半": 12, "月": 1, "半月": 1, "季度": 3}.get(unit)
    if on is not None:
        extra = 6 if unit == "年半" else 0
        return calendar.later(day, months_on=number * on + extra, days_on=15 if unit == "半月" else 0)
    days = {"日": 1, "天": 1, "周": 7, "星期": 7}.get(unit)
    return calendar.later(day, days_on=number * days) if days else None


def _this_month(place: _Place) -> TimeExpression | None:
    if place.anchor.day is None:
        return _make(place, NOWHERE, TimeKind.BEFORE, "month", False)
    shift = {"本": 0, "下": 1, "上": -1}[(place.group("this_month") or "本")[0]]
    day = calendar.later(place.anchor.day.replace(day=1), months_on=shift)
    span, edge = calendar.months(day.year, day.month, day.month), place.group("month_edge")
    span = _edged(span, edge) if edge else span
    kind, last, lead = _bound(place, span, "month", bool(edge))
    return _make(place, (span[0], last), TimeKind.PAST if shift < 0 else kind, "month", False, lead=lead)


def _without_day(kind: TimeKind) -> Callable[[_Place], TimeExpression | None]:
    return lambda place: _make(place, NOWHERE, kind, "none", False)


def _int(text: str | None) -> int:
    numeral = read_numeral(text) if text else None
    return int(numeral.value) if numeral else 0


_READERS: dict[str, Callable[[_Place], TimeExpression | None]] = {
    "years": _years,
    "school": _school,
    "day": _iso_day,
    "plan": _plan,
    "dated": _dated,
    "counted": _counted,
    "this_month": _this_month,
    "tenure": _without_day(TimeKind.VAGUE),
    "every": _without_day(TimeKind.RECURRING),
    "vague": _without_day(TimeKind.VAGUE),
    "recurring": _without_day(TimeKind.RECURRING),
    "past": _without_day(TimeKind.PAST),
}
