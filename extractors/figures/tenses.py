"""In which tense a number is told: the words of time in front of it, and what kind of document speaks.

去年,我局计划加装30部,实际完成38部,今年再装40部      30 meant then · 38 past · 40 future
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.figures.cells import Cell, Clause
from extractors.figures.projects import tell_of_projects
from extractors.figures.setting import Setting, default_tense
from extractors.figures.time_marks import (
    FUTURE,
    MEANT_THEN,
    PAST,
    THEN,
    TOLD,
    UNSAID,
    marks_in,
)
from extractors.figures.walk import Walk
from extractors.figures.what_is import another_to_come, done_before_more, has_come, tell_what_is
from extractors.lexicon.openings import sought
from models.documents import Kind, Zone

_REST = re.compile(r"\s*(?:其余|剩余|剩下|余下|另外?(?!有))")
_RESULT_SO = re.compile(r"(?:[一-鿿](?:完成|建成|开工|办结|竣工|交付|投用)|实际|已[一-鿿]{2})了?$")
_RESULT = re.compile(r"\s*(?:实际)?(?:到位|建成|完成|交付|开工|落成|竣工|投用|投产|签约)(?:资金|投资)?$")
_FELL_BEHIND = re.compile(r"(?:滞后|延误|拖延|耽搁|耽误|晚|超期|逾期)(?:了|约|近|达|已|工期)*$")
_TELL_OF = (Kind.NEWS, Kind.PROGRESS_REPORT, Kind.OTHER)
_AIMED_AT = re.compile(r"\s*(?:针对|对于?|围绕|结合)(?:去年|上年|20\d\d年)[^,;。]{1,14}的[^,;。]{1,14}$")
_ALL_DONE = re.compile("(?:均|都|全部)已")
# 列入省高速公路网规划(2018年—2035年): the years of a plan's name say no time
_SPAN_OF_PLAN = sought(r"(?:规划|方案|纲要|计划|布局|[》网])\((?:20\d\d年?[-—–~～至到]+)?20\d\d年?\)?$")


def carried_tense(before: str, setting: Setting) -> str:
    """The tense in which a unit begins when the one before it in its paragraph ended in `before`.

    An answer goes on as it spoke. A plan that has just told how things stand says nothing yet.
    """
    default = default_tense(setting)
    if setting.promised is False and before == FUTURE and default != FUTURE:
        return UNSAID
    if before == default or (default == FUTURE and setting.asking):
        return default
    if setting.kind is Kind.REGULATION:
        return default
    if default == UNSAID:
        return FUTURE if before == FUTURE else UNSAID if setting.promised else TOLD
    return UNSAID if default == FUTURE and before in (PAST, THEN) else default


def tense_after(folded: str, start: int, end: int, tense: str, setting: Setting) -> str:
    """The tense at the end of [start, end): the last marker wins; 将 and 计划 behind 去年 stay in that year."""
    walk = Walk(tense, setting)
    for found in marks_in(folded, start, end):
        if folded.count("(", start, found.start()) <= folded.count(")", start, found.start()):
            walk.step(found)  # 素养水平达到28%(2023年为24.6%): the brackets tell of something else
    return THEN if walk.tense == MEANT_THEN else walk.tense


def tenses_of(folded: str, clauses: Sequence[Clause], cells: Sequence[Cell], tense: str, setting: Setting) -> list[str]:
    """The tense in which each number is told, `tense` being that of the words in front.

    A clause without a word of time goes on in the tense before it. A number before which nothing is said takes the
    tense of the rest of its clause, then of its unit. What was planned at a past time ends with its clause.
    """
    marks = [
        mark
        for mark in marks_in(folded, clauses[0].start, clauses[-1].end)
        if not _SPAN_OF_PLAN.search(folded, max(0, mark.start() - 16), mark.end() + 1)
    ]
    walk, at, here = Walk(tense, setting), 0, 0
    told: list[str] = []
    bare: list[bool] = []
    for number, clause in enumerate(clauses):
        walk.enter(clause, goes_on=at > 0 and marks[at - 1].end() == clause.start - 1)  # 曾提出,到2021年…
        walk.tense = _resumed(clauses, number, told) or walk.tense
        if walk.tense == THEN and number and _AIMED_AT.match(clauses[number - 1].words) and setting.kind is Kind.PLAN:
            walk.tense = default_tense(setting)  # 针对2024年暴露出的13处内涝点,投资2.3亿元
        while here < len(cells) and cells[here].clause == number:
            cell, here = cells[here], here + 1
            while at < len(marks) and marks[at].start() < cell.measure.start:
                walk.step(marks[at])
                at += 1
            told.append(_tense_of(cell, clause, clauses, marks, at, walk))
            bare.append(walk.bare)
        while at < len(marks) and marks[at].start() < clause.end:
            walk.step(marks[at])
            at += 1
    plans = setting.kind is Kind.PLAN and default_tense(setting) == FUTURE
    tell_what_is(
        folded, clauses, cells, told, marks, plans=plans, replies=setting.kind is Kind.REPLY, asks=setting.asking
    )
    if PAST in told and setting.kind is not Kind.REGULATION:
        tell_of_projects(folded, clauses, cells, told, marks)
    if setting.kind is Kind.REPLY and default_tense(setting) == UNSAID:
        told = done_before_more(cells, told, bare)
    last = FUTURE if setting.promised and walk.tense in (UNSAID, TOLD) else walk.tense
    return _filled(told, last)


def _resumed(clauses: Sequence[Clause], number: int, told: Sequence[str]) -> str:
    """拟安排2.6亿元,已与市财政局会商一致,其中用于…的不低于45%: a part is told as the whole in front was."""
    if not (number and told and clauses[number].words.startswith("其中")) or clauses[number - 1].measures:
        return ""
    return told[-1]


def _filled(told: Sequence[str], last: str) -> list[str]:
    """The tenses with those left unsaid taken from the next number that has one, or from the unit's end."""
    filled: list[str] = []
    for tense in reversed(told):
        last = last if tense in (UNSAID, TOLD) else tense
        filled.append(THEN if tense in (UNSAID, TOLD) and last == MEANT_THEN else last)
    return filled[::-1]


def _tense_of(
    cell: Cell, clause: Clause, clauses: Sequence[Clause], marks: Sequence[re.Match[str]], at: int, walk: Walk
) -> str:
    """The tense of a number; words behind it in its clause count where those in front left it open, or are of another
    clause: 已完成26公里,剩余9公里将于7月底前铺设完毕.
    """
    if walk.tense in (UNSAID, TOLD):
        return _told_later(marks[at:], clause.end, walk)
    ahead = marks[at] if at < len(marks) and marks[at].start() < clause.end else None
    own = at > 0 and marks[at - 1].start() >= clause.start
    tells = walk.setting.kind in (Kind.PROGRESS_REPORT, Kind.OTHER) and walk.setting.zone is not Zone.PLANNED
    if walk.tense == FUTURE and tells and not walk.setting.label:
        fell = _FELL_BEHIND.search(cell.lead)
        if fell or (not own and _RESULT.match(cell.lead)):
            return PAST
    if walk.tense == FUTURE and not walk.marked and ahead is not None and ahead[0] == "了" and not walk.setting.asking:
        return PAST if walk.setting.kind not in (Kind.PLAN, Kind.REGULATION) else FUTURE
    if (
        walk.tense == FUTURE
        and walk.setting.kind in _TELL_OF
        and _REST.match(cell.lead)
        and _ALL_DONE.search(cell.tail)
    ):
        return PAST  # 除一处推迟外,其余11座均已完工
    if walk.tense == MEANT_THEN and cell.measure is not clause.measures[0] and _RESULT_SO.search(cell.lead):
        return PAST  # 原计划改造的12处市场完成10处
    if walk.tense in (PAST, THEN) and own and another_to_come(cell):
        return FUTURE  # 目前已完工9处,另有5处将于11月底前招标
    if walk.tense in (PAST, THEN) and _REST.match(cell.lead) and (later := _of_rest(clause, clauses, marks[at:], walk)):
        return later
    if (
        walk.tense == FUTURE
        and not (own and walk.since > clause.start)
        and walk.setting.kind is Kind.REPLY
        and has_come(cell, clause)
    ):
        return PAST
    if walk.weak and walk.tense == FUTURE and ahead is not None and ahead.lastgroup in (PAST, THEN):
        return str(ahead.lastgroup)  # 首批300套已于去年底交付
    if walk.tense in (PAST, THEN) and not own and ahead is not None and ahead.lastgroup == FUTURE:
        last = cell.measure is clause.measures[-1]
        return FUTURE if last else walk.tense
    return walk.tense


def _of_rest(clause: Clause, clauses: Sequence[Clause], ahead: Sequence[re.Match[str]], walk: Walk) -> str:
    """FUTURE where what is left will still be done: 剩余5辆已完成采购,年底前交付; nothing where no word says so."""
    end = clause.end
    for after in clauses:
        own = [measure for measure in after.measures if measure.rule != "all"]
        if after.start >= end and not own and after.start <= end + 1:
            end = after.end
    for found in ahead:
        if found.start() < end and Walk(UNSAID, walk.setting).tense_at(found) == FUTURE:
            return FUTURE
    return ""


def _told_later(marks: Sequence[re.Match[str]], end: int, walk: Walk) -> str:
    ahead = Walk(walk.tense, walk.setting)
    for found in marks:
        if found.start() >= end:
            break
        ahead.step(found)
    return ahead.tense
