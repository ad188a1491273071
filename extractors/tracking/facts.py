"""Which numbers of a paper are targets from now on, and which ones of a later paper tell what was reached."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from extractors.clauses import Clause
from extractors.headings import union
from extractors.tense import Calendar, Mood, read_clauses
from extractors.tracking.counted import Counted
from extractors.tracking.elsewhere import told_of_here
from extractors.tracking.looking import is_planned
from extractors.tracking.periods import tells_of_before, year_of_title
from extractors.tracking.prepared import Passage, Prepared
from extractors.tracking.units import plain
from models.documents import Identity, Kind, Zone
from models.quantities import Role
from models.text import fold

_END = re.compile("[,;。]")
_MONTHS = re.compile("\\d{1,2}月")  # 9月、12月举办培训班2期, of a report of January: the year before's
_BY_THEN = re.compile("[前底末内]|今年|本年|明年")
_IN_THE_YEAR = re.compile("年内|全年|当年|年底|年末")
_NEXT = re.compile("今年|明年|将|计划|力争|确保|再")
_RUN_ON = re.compile("[^,、;。:()|\\d和及与或]{2,14}$")
_IS_THERE = re.compile("[的里中上](?:还|另)有$")  # 陪伴孩子们的还有21名生活老师
_NAMED = 2  # letters: the thing that is counted
_PLANS = frozenset({Kind.PLAN, Kind.REGULATION})


def targets_of(numbers: Sequence[Counted], holder: Prepared) -> list[Counted]:
    """The values to be reached from now on."""
    return [one for one in _free(numbers) if _is_target(one, holder)]


def facts_of(numbers: Sequence[Counted], paper: Prepared) -> list[Counted]:
    """The facts that a paper tells: no baselines, no gaps, no shares of a task."""
    return [one for one in _told(_free(numbers), paper.folded) if _is_actual(one, paper)]


def actuals_of(facts: Sequence[Counted], holder: Prepared, later: Prepared) -> list[Counted]:
    """Those of a later paper's facts that may report on a holder's targets: later than them, and none of what it tells
    of its neighbours."""
    since = holder.paper.extraction.identity.date
    lasting = [one for one in facts if since is None or one.period.last is None or one.period.last >= since]
    passages = {passage.index: passage for passage in later.passages} if lasting else {}
    return [one for one in lasting if _is_of_here(one, passages.get(one.unit.index), holder)]


def _is_of_here(one: Counted, passage: Passage | None, holder: Prepared) -> bool:
    if passage is None:
        return True
    at = one.quantity.span.start
    parts = told_of_here(passage, holder)
    return parts is passage.parts or any(part.start <= at < part.start + len(part.words) for part in parts)


def says(meaning: str, words: str) -> re.Match[str] | None:
    """Where some words say what an entry of `progress.yaml` means."""
    return union("progress", meaning).search(words)


def _free(numbers: Sequence[Counted]) -> list[Counted]:
    """The numbers that aren't part of another one's name: 6类 of 提供6类以上技术的服务站占比85%."""
    return [
        one
        for at, one in enumerate(numbers)
        if not any(
            other.unit.index == one.unit.index and fold(one.quantity.span.text) in other.label
            for other in numbers[max(0, at - 2) : at + 3]
            if other is not one
        )
    ]


def _told(numbers: Sequence[Counted], folded: str) -> list[Counted]:
    """Without the whole of which the next number tells a part: 36所老旧食堂改造已完工34所 is 34."""
    return [
        one for one, after in zip_longest(numbers, numbers[1:]) if after is None or not _is_whole(one, after, folded)
    ]


def _is_whole(one: Counted, after: Counted, folded: str) -> bool:
    if one.unit.index != after.unit.index or plain(one.quantity.unit) != plain(after.quantity.unit):
        return False
    between = folded[one.quantity.span.end : after.quantity.span.start]
    return after.quantity.value <= one.quantity.value and bool(says("of_it", between) or _tells_of_some(between, after))


def _tells_of_some(between: str, after: Counted) -> bool:
    """86公里排盐干渠通水79公里; 9座扬水站有8座投用: what is counted, and how much of it; not 5处广场改造3处公园."""
    if not _RUN_ON.match(between) or len(union("progress", "flow").sub("", between)) < _NAMED:
        return False
    return between.endswith("有") or not after.tail or bool(_END.match(after.tail))


def _is_target(one: Counted, holder: Prepared) -> bool:
    """Not one of the past (曾计划), not one that was declined; a stock that is to be dealt with as a whole is one."""
    promised = any(promise.passage.index == one.unit.index for promise in holder.promises)
    if one.quantity.role is not Role.TARGET and not (promised and _is_whole_task(one)):
        return False
    extraction = holder.paper.extraction
    if any(said.span.start <= one.quantity.span.start < said.span.end for said in extraction.declined):
        return False
    if one.unit.zone is Zone.DONE and not promised:
        return False
    return not says("once", one.words)


def _is_whole_task(one: Counted) -> bool:
    """现有老旧锅炉36台,年底前全部淘汰: all of them are the target."""
    return one.quantity.role is Role.ACTUAL and bool(says("all_of_it", one.rest))


def _is_actual(one: Counted, paper: Prepared) -> bool:
    if one.quantity.role is not Role.ACTUAL and not (one.quantity.role is Role.TARGET and _is_told(one, paper)):
        return False
    if one.column and says("planned_column", one.column):
        return False
    if (says("gap", one.lead[-6:]) and not _IS_THERE.search(one.lead)) or says("baseline", one.lead[-6:]):
        return False
    return not (one.quantity.unit == "%" and says("of_plan", one.lead[-16:] + one.label))


def _looks_ahead(one: Counted, identity: Identity) -> bool:
    """Whether a number of a report is of what will be: by its sentence's words, or a day after the report's own."""
    if union("relations", "ahead").search(one.words):
        return True
    due = one.quantity.deadline
    if due is None or identity.date is None or due <= identity.date:
        return False
    return not _MONTHS.match(one.words) or bool(_BY_THEN.search(one.words))


def _of_last_year(one: Counted, identity: Identity) -> bool:
    """Whether a report on the year before says 年内 or 全年 of it: 年内招录全科医生63名, in January."""
    return year_of_title(identity) is not None and bool(_IN_THE_YEAR.search(one.words)) and not _NEXT.search(one.words)


def _is_told(one: Counted, later: Prepared) -> bool:
    """今年资金300万元也已下达: what a clause tells as done is reached, though its day lies ahead; so is what stands
    under 2023年工作总结, in a plan, too, and what is held against its target at once (46艘,完成目标的88.5%)."""
    identity = later.paper.extraction.identity
    if tells_of_before(one.unit, identity.date) or (_of_last_year(one, identity) and not is_planned(one.unit)):
        return True
    if identity.kind in _PLANS:
        return False
    if says("measured", one.rest):
        return True
    if says("restated", one.words):
        return False
    if identity.kind is Kind.PROGRESS_REPORT and not is_planned(one.unit) and not _looks_ahead(one, identity):
        return True
    calendar = Calendar(identity.date.year if identity.date else None, identity.date.month if identity.date else None)
    clause = one.lead + one.quantity.span.text + _END.split(one.tail)[0]
    return any(reading.mood is Mood.PAST for reading in read_clauses([Clause(0, clause)], calendar, ""))
