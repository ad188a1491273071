"""Whether a later passage tells what will be, and not what is: by its words, its days, or its kind of paper."""

from __future__ import annotations

import re
from datetime import date

from extractors.headings import union
from extractors.numbers.dates import Anchor, TimeExpression, find_times
from extractors.tracking.looking import is_planned
from extractors.tracking.periods import year_of_title
from extractors.tracking.said import Said
from extractors.tracking.tallies import NTH
from extractors.tracking.wording import plain_unit
from models.documents import Kind
from models.quantities import Role
from models.text import fold

_BY = re.compile("前|底|末|内|^到")
_FIRST_MONTHS = 3
_COUNTED = frozenset({"元", "%", "日", "天", "小时", "分钟", "个工作日", "工作日", "个月", "年", "学时", "课时"})


def will_be(said: Said) -> bool:
    """Whether the passage tells what will be: by its words, a day after its paper's own, or as a plan's bare verb."""
    if union("stages", "allotted").search(said.words):
        return False
    if said.has("ahead"):
        return not _told_beside(said)
    if (
        union("told", "told").search(said.words)
        or said.has("missed")
        or (not is_planned(said.shown.unit) and any(number.role is Role.ACTUAL for number in said.shown.numbers))
    ):
        return False
    identity = said.later.paper.extraction.identity
    day, over = identity.date, year_of_title(identity)
    times = find_times(said.words, Anchor(day, over or (day.year if day else None)))
    if not is_planned(said.shown.unit) and any(union("told", "stands").search(part) for part in said.words.split(",")):
        return False
    if day and any(
        time.last
        and time.last > day
        and not (time.precision == "month" and time.first and time.first <= day and not _BY.search(time.text))
        and (_BY.search(time.text) or (time.own_year and not _is_this_year(time, day, said)))
        for time in times
    ):
        return not any(time.first and time.first <= day and time.precision == "day" for time in times)
    return is_planned(said.shown.unit) or (_promised_again(said) and not times)


def _is_this_year(time: TimeExpression, day: date, said: Said) -> bool:
    """Whether what is told as ended in the year of the paper has been done in it: 这是今年建成的第5家.

    In its first months only what has its place in a row: 今年建成5家 is what is to come there.
    """
    ended = union("stages", "ended").search(said.words) or union("told", "honoured").search(said.words)
    if time.first is None or time.first > day or not ended:
        return False
    return day.month > _FIRST_MONTHS or bool(NTH.search(said.words))


def _told_beside(said: Said) -> bool:
    """Whether a fact stands beside what will be: 主体已封顶,预计明年3月交付."""
    rest = [part for part in said.words.split(",") if not union("relations", "ahead").search(part)]
    if not is_planned(said.shown.unit) and any(union("told", "stands").search(part) for part in rest):
        return True
    spoken = (part for part in said.words.split(",") if not union("told", "still_open").search(part))
    if union("told", "told").search(union("relations", "ahead").sub("", ",".join(spoken))):
        return True
    if any(union("relations", "missed").search(part) for part in rest):
        return True
    return not is_planned(said.shown.unit) and _counts_facts(said)


def _counts_facts(said: Said) -> bool:
    """Whether a number is told as a fact in a clause that isn't about what will be: 完成516户,其余明年实施."""
    facts = [number.span.start for number in said.shown.numbers if number.role is Role.ACTUAL]
    return any(
        part.start <= at < part.start + len(part.words) and not union("relations", "ahead").search(part.words)
        for part in said.parts
        for at in facts
    )


def _promised_again(said: Said) -> bool:
    """Whether the later paper promises it itself: a reply of the next year."""
    return any(again.passage.index == said.shown.index for again in said.later.promises)


def _by_day(said: Said) -> bool:
    """Whether a passage sets a day after its paper's own, by which (not: from which) it is to be."""
    day = said.later.paper.extraction.identity.date
    times = find_times(said.words, Anchor(day, day.year if day else None))
    return any(time.last and (not day or time.last > day) and _BY.search(time.text) for time in times)


def _is_a_goal(said: Said) -> bool:
    """Whether a passage stands under a heading of goals, which are to be reached: 四、绩效目标."""
    above = (*said.shown.unit.section[-1:], said.shown.unit.head or "")
    return any("目标" in fold(each) for each in above)


def to_be_reached(said: Said) -> bool:
    """Whether somebody must first reach it: by a later day, or a number that is counted in the world.

    Money and times of a rule are in force at once; those of a plan, where they are targets, are not.
    """
    if _by_day(said) or _is_a_goal(said):
        return True
    rule = said.later.paper.extraction.identity.kind is Kind.REGULATION
    if rule and (
        union("told", "recurring").search(said.words) or (said.got.met and union("told", "binds").search(said.words))
    ):
        return False
    promised = {plain_unit(own.unit) for own in said.promise.passage.numbers if own.role is Role.TARGET}
    for number in said.shown.numbers:
        unit = plain_unit(number.unit)
        if number.role is Role.TARGET and not (rule and unit in _COUNTED):
            return True
        if rule and unit in promised - _COUNTED:
            return True
    return False
