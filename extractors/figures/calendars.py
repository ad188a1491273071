"""The times that a unit of a document names, whole also where a line's end breaks them: 2027年|9月底前."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extractors.numbers.dates import Anchor, TimeExpression, find_times
from models.records import quick

_SINCE = re.compile("[一-鿿]{0,8}以来(?![^,]{0,4}将)")  # 自2012年8月启动以来: when something began
_SO_FAR = re.compile("(?:1|一)月?(?:份)?[—\\-~～至到]\\d{1,2}月(?:份|底)?[^,;。\\d]{0,6}(?:累计|已|共完成|实际)")
_BREAKS_OFF, _GOES_ON = frozenset("0123456789年月上下底到至"), frozenset("0123456789年月日底末前上下半")
_BROKEN_OFF = re.compile(r"((?:20\d{0,2}年?|\d{1,2}月)(?:\d{1,2}|[上下]|\d{1,2}月)?)\n\s*$")
_RESUMED = re.compile(r"\s*\n\s*((?:半年|\d{0,2}[年月日]?[上下]?(?:半年)?)(?:\d{1,2}[月日])?[底末]?[之以]?前?)")


@quick
@dataclass(frozen=True, slots=True)
class Calendar:
    """The words and the time expressions of one unit, at offsets from `start` in the document's folded text."""

    words: str
    times: tuple[TimeExpression, ...]
    start: int
    anchor: Anchor


def calendar_of(folded: str, start: int, end: int, anchor: Anchor) -> Calendar:
    """The calendar of the unit [start, end)."""
    words = folded[start:end]
    times = tuple(
        time
        for time in _times_of(folded, start, end, anchor)
        if not _SINCE.match(words, time.end) and not _SO_FAR.match(words, time.start)
    )
    return Calendar(words, times, start, anchor)


def _times_of(folded: str, start: int, end: int, anchor: Anchor) -> list[TimeExpression]:
    """The times of a unit; one that a line's end breaks (2027年|9月底前) belongs to both sides whole."""
    words, lines = folded[start:end], (folded[max(0, start - 12) : start], folded[end : end + 12])
    before = _BROKEN_OFF.search(lines[0]) if start and words[:1] in _GOES_ON else None
    behind = _RESUMED.match(lines[1]) if words[-1:] in _BREAKS_OFF else None
    if before is None and behind is None:
        return find_times(words, anchor)
    ahead = before[1] if before else ""
    joined = ahead + words + (behind[1] if behind else "")
    shifted = (
        replace(time, start=max(0, time.start - len(ahead)), end=time.end - len(ahead))
        for time in find_times(joined, anchor)
    )
    return [time for time in shifted if time.end > 0 and time.start < len(words)]
