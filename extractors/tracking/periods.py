"""What time a number of a later paper speaks of: the day that it was counted on, and the years it covers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from extractors.numbers.dates import Anchor, TimeExpression, TimeKind, find_times
from models.documents import Identity, Unit
from models.extraction import Extraction

_COMPARED = re.compile(r"(?:比|较|与|同比|相比|对比|于)$")
_SO_FAR = re.compile(r"^[^,。;]{0,3}(?:以来|至今|起)")
_AS_OF = re.compile(r"(?:截至|截止|截止到|截至到|至|到)$")
_STATED = re.compile(r"截[至止]到?")
_YEARLY = re.compile(r"(?<![比较与于同])(20\d\d)年")
_NOW = re.compile("目前|现在|现已|至今|眼下|迄今|如今|当前|现有")
_EVERY = re.compile(r"每[年个]?年|每年|年度|逐年|历年")
_YEAR = re.compile(r"(?<!\d)20\d\d(?=年)")
_BEFORE = re.compile(
    "总结|回顾|(?:完成|进展|落实|办理|推进|建设|执行|实施)情况|主要工作|工作成效|取得的?成效|工作进展|工作开展|成绩"
)
_REPORTS = re.compile("政府工作报告|20\\d\\d年(?:度)?(?:[^。]{0,12})(?:报告|总结|情况|通报|公报)$")
_EARLY, _LATE = 4, 12  # months
_PAST_YEAR = re.compile("过去(?:的)?一年|一年来|一年间|这一年|上一年度?")
_AHEAD = re.compile("计划|安排|打算|要点|思路|目标|任务|举措|展望|部署|重点工作(?!.{0,4}情况)")


@dataclass(frozen=True, slots=True)
class Period:
    """What a number speaks of: counted on `day` (None: the document can't tell), over [first, last] where the text
    names a time; `as_of`: a state on that day (截至6月底), not what came in a time (上半年)."""

    day: date | None
    first: date | None = None
    last: date | None = None
    as_of: bool = False

    @property
    def years(self) -> frozenset[int]:
        """The years that the text names for it."""
        if self.first is None or self.last is None or self.as_of:
            return frozenset()
        return frozenset(range(self.first.year, self.last.year + 1))


@dataclass(frozen=True, slots=True)
class Timeline:
    """The time expressions of a document, with the day that it speaks of as a whole (截至6月底的情况报告如下)."""

    folded: str
    times: tuple[TimeExpression, ...]
    dated: date | None
    stated: date | None

    def at(self, sentence: int, position: int, end: int, framed: int | None = None) -> Period:
        """What the number at `position` speaks of, in the sentence [sentence, end); `framed`: the year that the
        headings above it tell of (2023年工作总结)."""
        near = [time for time in self.times if sentence <= time.start < end]
        before = [
            time for time in near if time.end <= position and self._frames(time) and self._reaches(time, position)
        ]
        if not before and framed is None and _PAST_YEAR.search(self.folded, sentence, position):
            framed = self._year_past()
        if not before:
            after = [time for time in near if time.start >= position and time.precision == "day" and self._frames(time)]
            if len(near) == 1 and after:
                return self._period(after[0])
            now = self.stated is not None or _NOW.search(self.folded, sentence, position)
            return self._unsaid(None if now else framed)
        closest = before[-1]
        if _NOW.search(self.folded, closest.end, position):
            return Period(self._capped(self.stated or self.dated))
        as_of = next((time for time in before if self._is_cut(time)), None)
        if as_of is not None and as_of is not closest:
            whole = self._period(closest)
            return Period(_earlier(self._period(as_of).day, whole.last), whole.first, whole.last)
        return self._period(closest)

    def _unsaid(self, framed: int | None) -> Period:
        """Of a sentence that names no time: the year that its headings tell of, else the paper's own day."""
        day = self._capped(self.stated or self.dated)
        if framed is None or (day is not None and day.year <= framed):
            return Period(day)
        return Period(date(framed, 12, 31), date(framed, 1, 1), date(framed, 12, 31))

    def _year_past(self) -> int | None:
        """过去一年, told early in a year: the one before; told at its end: that one."""
        if self.dated is None or _EARLY < self.dated.month < _LATE:
            return None
        return self.dated.year - (self.dated.month <= _EARLY)

    def _reaches(self, time: TimeExpression, position: int) -> bool:
        """3月20日,清水流进26公里管网: a day frames what follows; 去年9月25日成立,队员226名: it is of an event."""
        if time.precision not in ("day", "month") or self._is_state(time):
            return True
        between = self.folded[time.end : position]
        event, comma, _ = between.partition(",")
        return not comma or not event.strip(" 起")

    def _is_cut(self, time: TimeExpression) -> bool:
        return bool(_STATED.search(self.folded[max(0, time.start - 4) : time.start] + time.text[:3]))

    def _frames(self, time: TimeExpression) -> bool:
        if time.last is None or time.kind in (TimeKind.RECURRING, TimeKind.VAGUE, TimeKind.WITHIN):
            return False
        return not _COMPARED.search(self.folded[max(0, time.start - 3) : time.start])

    def _is_state(self, time: TimeExpression) -> bool:
        if time.kind in (TimeKind.UNTIL, TimeKind.BEFORE) or "底" in time.text or self._is_cut(time):
            return True
        return bool(_AS_OF.search(self.folded[max(0, time.start - 4) : time.start]))

    def _period(self, time: TimeExpression) -> Period:
        if _SO_FAR.match(self.folded[time.end :][:6]) or time.text.endswith(("以来", "至今", "起")):
            return Period(self._capped(self.stated or self.dated), time.first, self.dated or time.last)
        if time.text.startswith("全年") and self._is_early(time):
            before = time.last.year - 1 if time.last else 0
            return Period(date(before, 12, 31), date(before, 1, 1), date(before, 12, 31))
        return Period(self._capped(time.last), time.first, time.last, self._is_state(time))

    def _is_early(self, time: TimeExpression) -> bool:
        """全年建成90万亩, told in January: the year that is over."""
        told = self.dated
        return told is not None and time.last is not None and time.last > told and told.month <= _EARLY

    def _capped(self, day: date | None) -> date | None:
        """No number speaks of a day after the document that tells it."""
        return _earlier(day, self.dated) if day else self.dated


def timeline(extraction: Extraction, folded: str) -> Timeline:
    """The times of a document, resolved against its own day."""
    identity = extraction.identity
    anchor = Anchor(identity.date, identity.date.year if identity.date else identity.year_hint)
    times = tuple(find_times(folded, anchor))
    return Timeline(folded, times, identity.date, _stated(folded, times, identity.date))


def _stated(folded: str, times: Sequence[TimeExpression], dated: date | None) -> date | None:
    """The day that an opening sentence names for the whole report."""
    for time in times:
        around = folded[time.end : time.end + 24]
        if time.last and _STATED.search(folded[max(0, time.start - 4) : time.start]) and "如下" in around:
            return time.last if dated is None or time.last <= dated else None
    return None


def year_of_report(above: Sequence[str]) -> int | None:
    """The year that the nearest of some headings (outermost first) tells of as over.

    >>> year_of_report(("2023年工作总结和2024年工作安排", "一、2023年主要工作")), year_of_report(("2024年工作要点",))
    (2023, None)
    """
    for words in reversed(above):
        years = {int(year) for year in _YEAR.findall(words)}
        if _AHEAD.search(words) or (not years and not _BEFORE.search(words)):
            if years or _AHEAD.search(words):
                return None
            continue
        return next(iter(years)) if len(years) == 1 and _BEFORE.search(words) else None
    return None


def year_of_title(identity: Identity) -> int | None:
    """The year that a report's title tells of as over: of last year, early in this one. Later in the year it names the
    suggestions' year (关于2024年代表建议办理情况的报告, in July 2025)."""
    year, day = year_of_report((identity.title or "",)), identity.date
    named = {int(each) for each in _YEAR.findall(identity.title or "")}
    if day and day.month <= _EARLY and _REPORTS.search(identity.title or "") and named <= {day.year - 1}:
        return day.year - 1
    return year if year and day and day.year == year + 1 and day.month <= _EARLY else None


def tells_of_before(unit: Unit, dated: date | None) -> bool:
    """Whether a unit stands under headings that tell of a year before its paper's own (2023年工作总结, in January)."""
    year = year_of_report(unit.section)
    return year is not None and dated is not None and year < dated.year


def _earlier(one: date | None, other: date | None) -> date | None:
    if one is None or other is None:
        return one or other
    return min(one, other)


def years_named(words: str) -> frozenset[int]:
    """The years that a name has: 2024年新建绿道 -> 2024."""
    return frozenset(int(found[1]) for found in _YEARLY.finditer(words))


def is_recurring(words: str) -> bool:
    """Whether a target comes again each year: 每年培训."""
    return bool(_EVERY.search(words))
