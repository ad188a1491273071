"""The deadline of a target: from its own unit, else from the sentence, the heads and the plan that it stands under."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date

from extractors.figures.calendars import Calendar, calendar_of
from extractors.figures.cells import Clause
from extractors.figures.due import (
    bracketed,
    due_above,
    due_day,
    due_in_term,
    due_once_meant,
    names_no_year,
    term_of,
)
from extractors.figures.due_behind import due_by_label, due_by_label_above, due_by_note
from extractors.figures.events import is_event, waits_for_event
from extractors.figures.goals import stage_of
from extractors.figures.labels import GOAL, NEXT
from extractors.figures.named import Named
from extractors.figures.papers import end_of_paper
from extractors.figures.scene import Scene, due_under, fold, in_paper, open_headings
from extractors.figures.spans import SINCE, at_term_end, end_of_plan, in_years, number_of, rounded, since, years_of
from extractors.figures.time_marks import MEANT_THEN, THEN
from extractors.lexicon.openings import sought
from extractors.numbers.dates import Anchor
from models.documents import Kind, Unit

TO_FINISH = re.compile(
    r"(?:前|[上下]半年|季度|月[底末份]?|年[底末内])[^,已]{0,6}(?:完成|办结|办好|做好|落实|实施|解决)的"
)
_OPENING = re.compile(r"[^,;:。(]{0,24}")
_REFERENCE = re.compile(r"(?:参考|参照|对照|比照)[^,;:。]{2,24},")  # 参考2025年度规模,2026年计划项目81个
_AHEAD_OF_DAY = re.compile(r"[^,;:。(\d]{2,24},")
_GOAL_NAMED = re.compile(r"[^,;。:\d]{0,30}(?:目标|任务)(?:任务)?[是为]?:")  # 产业发展目标为:到2026年底,…;…
_STAGE_NAMED = re.compile(r"[^,;:。()\d]{2,12}[(](?P<span>20\d\d年?[—\-~至到]+20\d\d年?)[)][:,]")
_DONE_BY = re.compile(
    r"[ ]?(?:[^,;。\n]{0,14}(?:开工|启动|进场|招标|动工)[^,;。\n\d]{0,4}[,;])?"
    r"([^,;。\n]{0,8}(?:月[底末中上下旬初]*|日|年[底末]|季度)[之以]?前)(?:全[部面])?"
    r"(?:完[成工]|竣工|通[暖水电气车航网]|启用|开[园馆诊学业]|见效|达标|投用|投入使用|建成|交付|通车|到位)[^,;。\n\d]{0,6}[。;]"
)
_OPENS_IN = re.compile(r"\s*(?:[^,;。]{0,3}[.、)])?(20\d\d)年(?:[^底末]|$)")
_PLAN_YEARS = re.compile(r"[一-鿿]{0,6}([两三四五])年(?:内)?(?:拟|计划|将|累计|总?共|合计)")  # 全省三年拟实施项目29个
_FAR = 2000  # characters of one sentence
_NUMBERED = re.compile(
    r"\s*(?:[(]?[一二三四五六七八九十\d]{1,3}[)、.]|[一二三四五六七八九十]{1,2}[是要]|第[一二三四五六七八九十],|[首其][先次三四],)"
)
_BY_YEAR = re.compile(r"(?<=,)到20\d\d年[底末]?(?:年底)?[之以]?前?(?=,)")
_FRAME = re.compile(r"[^,;:。]{0,6}?(?:通过[^,]{2,8}努力,)?[到至][^,;:。]{2,14}(?=,)")
_YEAR_OPENS = re.compile(r"\s*20\d\d年(?=,)")
_PAPER_FRAME = re.compile(
    r"(?:[提指]出|提到|明确|要求|目标[是为]?)[,:]*(?:争取|力争|确保)?(?:[一-鿿]{1,6}?(?=[到至]20\d\d年))?([到至]?[“\"]?十[一二三四五六七]五[”\"]?(?:期末|末|时?期间?)?(?=,)|[到至]20\d\d年[底末]?(?!以|之)|[到至][^,;:。]{2,14}(?=,)|20\d\d年[底末]?(?=,|[全我本各][省市县区州]|[一-鿿]{0,4}将))"
)
_RECURS = sought(r"每(?:年|[半学]年|月|半月|季|周|旬|天|日)|[按逐][季月周年](?:度)?(?=[^度内末底])")
_A_LEVEL = re.compile(
    r"占|[由从][^,;。]{1,12}$|达到?$|率(?:达到?|保持|稳定|不|为)|[增升扩降减压][一-鿿]{0,2}[到至]|[^,;。]{3,}(?:实现|总数|总量|保有量)"
)
_CHANGED_ONCE = re.compile(r"(?<!比上年)(?<!比去年)(?:压[缩减降]|提[高升]|下降|降低|缩短)[^,;。\d]{0,2}$")
_FIRST_EVER = ("破零", "零突破", "零的突破")
_YEAR_NAMED = re.compile(r"20\d\d(?=年)")
_LOOKED_BACK_ON = re.compile("(20\\d\\d)年(?:度)?(?:[^,;。]{0,8}(?:回顾|总结|完成情况|进展|成效)|主要工作情况)")
_OF_YEAR = re.compile(
    r"(?:年度|全年|年初(?:确?定的?|下达的?|提出的?|的)?|今年)的?(?:工作|总|改造|建设)?(?:任务|目标|计划)[数量值]?[^,;。]{0,4}$|"
    r"年初(?:确?定|下达|提出)?的?$"
)
# 完成年度任务(书屋90个、站点160处
_YEAR_BRACKETED = re.compile("(?:年度|全年|年初)的?(?:任务|目标|计划)[数量值]?[(][^()]*$")
_OF_YEAR_BEHIND = re.compile("的?(?:年度|全年)(?:目标|任务)")
_MILESTONE = re.compile("[^,;。]{0,6}(?:节点|进度|[序时]{2}|阶段性?)(?:目标|任务)")  # 超过6月份确定的30公里的节点目标
# 2024年我县林业建设的主要任务是:…;…。实现灌溉面积5800亩
_YEARS_GOAL = re.compile(
    r"\s*(?:[(]?[一二三四五六七八九十\d]{1,3}[)、.]+)?(?P<year>20\d\d年度?|今年|本年度|全年)(?![^,;。:]*完成情况)[^,;。:]{0,20}(?:目标|任务)(?:任务)?[是为]:"
)
_TOLD_SINCE = re.compile("已|截[至止]|目前|。[^。;]{0,12}(?:完成情况|进展)|实际|累计")
_BUILT_ONCE = re.compile("^(?:再|并|同时)?(?:新增|新建|建成|建设|改造|改扩建|创建|完成|引进|加装|更换)")
_YEARLY = re.compile("每(?:年|[半学]年|季)|[按逐][年季]")
_IN_ALL = re.compile(r"[两二三四五]年(?:累计|共|总共|合计|内)|(?:计划|规划|行动|方案)期末")
_PART_OF = re.compile(r"\s*其中")
_ITS_TIME = sought("(?:利?用|经过|通过)[两二三四五]年(?:左右)?的?(?:时间|努力)")
# 三年改造大棚18万亩, 用两年时间新建: the years open their clause.
_YEARS_LONG = re.compile(
    r"\s*(?:[一二三四五六七八九]是|[一二三四五六七八九十]+、|\d{1,2}[.．、]|[(][一二三四五六七八九十\d]+[)])?(?:目标[为是]|力争|争取|计划|将)?(?:利?用)?([两二三四五])年(?:内|时间|累计|共|计划)?,?(?:完成)?"
    r"(?=[新改扩建培攻投引打整治完修安种造开研更实清发增选撬流推化][一-鿿、“”,]{1,24})(?!行动|计划|规划|攻坚|以)"
)
_YEARS_IN = re.compile(r"\s*(?:力争|争取|计划)?(?:用)?[两二三四五]年(?:内|时间)")
_PER_HEAD = re.compile(
    r"每[十百千万\d]{1,4}(?:名|位|户)?(?:[一-鿿]{0,6}(?:人口|[居农市]民|老人|劳动力|就业人员)|人|户)"
)
_TIMES = (
    r"(?:20|\d{1,2}月|[今明后本]年|年[内底]|[上下]半年|[一二三四]季度|“|\"|十[四五六]五|[两二三四五一]年|全年|[春夏秋冬近远中]|第"
    r"|(?:计划|规划)?期末)"
)
_FRAMES = re.compile(
    rf"\s*(?:[(][一-鿿]{{1,3}}[)])?[一-鿿]{{0,3}}(?:[到至在自从于]|力争|确保|争取|计划|预计|通过|经过|利?用)*{_TIMES}"
)
_OWN_TERM = sought(r"任期(?:之)?内|(?:规划|计划|建设|合同)期内|长期|常态化")


def last_day(scene: Scene, unit: Unit, row: Named, clauses: Sequence[Clause], tense: str) -> date | None:
    """The day by which a target must be reached; None where nothing names one, or the duty recurs.

    What was once meant (去年计划装30部) is due by the day that its own clause names, and not by any that comes later.
    """
    if scene.calendar is None or scene.calendar.start != unit.span.start:
        scene.calendar = calendar_of(scene.folded, unit.span.start, unit.span.end, scene.anchor)
    if row.due and ((day := _due_in_row(scene, row, clauses)) or is_event(row.due)):
        return day
    if row.when and row.rule != "table" and not (row.rule == "all" and _names_own_day(scene.calendar, clauses, row)):
        return due_above((row.when,), scene.anchor)
    if tense == MEANT_THEN and row.when:
        return due_above((row.when,), Anchor(None, scene.anchor.year))
    said = scene.folded[unit.span.start : row.cell.measure.start]
    if "》" in said and (day := end_of_paper(said, row.cell.opening)):
        return day
    if tense == MEANT_THEN or scene.label == GOAL or (tense == THEN and scene.kind is Kind.REPLY):
        return _due_as_meant(scene, unit, row, clauses)
    return at_term_end(scene.term, scene.calendar, said) or rounded(
        scene, _day_said(scene, unit, row, clauses, said), said
    )


def _day_said(scene: Scene, unit: Unit, row: Named, clauses: Sequence[Clause], said: str) -> date | None:
    """The day that the unit's own words, those in front of it or above it give to a target."""
    assert scene.calendar is not None
    named = due_day(scene.calendar, clauses, row.cell)
    day = in_years(scene, row.cell.lead, row.cell.opening)
    if day and scene.term is None:
        day = _nearly(day, named or _due_of_sentence(scene, unit))
    day = day or since(scene, said) or named
    if day is None and (day := _of_years_before(scene, clauses, row, said)) and scene.term is None:
        day = _nearly(day, _due_of_sentence(scene, unit))
    if day is None and (scene.label == NEXT or (_MILESTONE.match(row.cell.tail) and scene.kind is not Kind.PLAN)):
        day = _named_long_ago(scene, unit, row, clauses)
    if day is None and not _recurs(row, said) and not _OWN_TERM.search(said):
        where = (scene.calendar, clauses[row.cell.clause], row.cell.measure.start)
        if waits_for_event(scene.calendar, clauses, row.cell) or names_no_year(*where):
            return None
        day = _due_around(scene, unit, row, said)
    return day


def _due_around(scene: Scene, unit: Unit, row: Named, said: str) -> date | None:
    """The day that brackets, the sentence, the lines above or the year give to a target whose clause names none."""
    if scene.due_before and (
        _PART_OF.match(scene.folded, unit.span.start) or _PART_OF.match(opening_of_sentence(scene, unit))
    ):
        return scene.due_before
    day = bracketed(scene.calendar) if scene.calendar else None
    day = day or _due_of_sentence(scene, unit) or _due_from_above(scene, unit, row, said)
    return day or _of_this_year(scene, said, row.cell.tail) or _of_goal_of_year(scene, row.cell.measure.start)


def _of_goal_of_year(scene: Scene, start: int) -> date | None:
    """The end of the year whose goals the sentence or its paragraph tells: 今年的主要任务是:修渠12公里;…"""
    year = goal_of_year(scene, start)
    told = (scene.anchor.year or scene.told_year) if year and not year.startswith("20") else int(year[:4] or 0)
    return date(told, 12, 31) if year and told else None


def _names_own_day(calendar: Calendar, clauses: Sequence[Clause], row: Named) -> bool:
    """(今年清除一半,)明年6月底前全部清除: all of it has a day of its own."""
    start, end = clauses[row.cell.clause].start - calendar.start, row.cell.measure.start - calendar.start
    return any(start <= time.start < end and time.last for time in calendar.times)


def _nearly(counted: date, named: date | None) -> date:
    """The end that the sentence names for a span of years, where it is not another one: 到2030年,…;五年累计造林."""
    return named if named and 0 <= named.year - counted.year < 2 else counted


def _recurs(row: Named, said: str) -> bool:
    """Whether a number is reached again and again: 每年培训200人; a level behind it (…,女性占四成) once."""
    if not _RECURS.search(said) or _IN_ALL.search(row.cell.opening):
        return False  # 每年加装60部,到方案期末累计加装200部
    if _RECURS.search(row.cell.opening) or row.cell.joined:
        return True
    if _BUILT_ONCE.search(row.cell.opening) and not _YEARLY.search(said):
        return False  # 落实每天2小时体育活动,新增特色学校5所
    once = _A_LEVEL.search(row.cell.opening) or _CHANGED_ONCE.search(row.cell.opening)
    return not (row.rule == "pair" or row.cell.text.startswith(_FIRST_EVER) or once)


def _of_this_year(scene: Scene, said: str, tail: str) -> date | None:
    """The end of the year for what a report calls the task of the year: 完成年度计划(90公里)的65%."""
    if scene.kind not in (Kind.PROGRESS_REPORT, Kind.OTHER, Kind.NEWS):
        return None
    if not (_OF_YEAR.search(said[-24:]) or _YEAR_BRACKETED.search(said[-60:]) or _OF_YEAR_BEHIND.match(tail)):
        return None
    named = (int(found[0]) for heading in reversed(scene.section) if (found := _YEAR_NAMED.search(heading)))
    year = next(named, None) or scene.told_year or scene.anchor.year
    return date(year, 12, 31) if year else None


def _due_in_row(scene: Scene, row: Named, clauses: Sequence[Clause]) -> date | None:
    """The day that a table's column gives to its row; a cell that speaks in sentences may name one of its own."""
    own, number = clauses[row.cell.clause], row.cell.measure
    anchors = [scene.anchor]
    if scene.kind in (Kind.PROGRESS_REPORT, Kind.OTHER):
        anchors.append(Anchor(None, scene.told_year or scene.anchor.year))  # set for a day that is over by now
    if row.rule == "table":
        days = [day for words in (row.when, row.due) if words and (day := _first_of((words,), anchors))]
        return min(days, default=None)  # 2025年计划投资 of what is finished in 2026
    stop = min((one.start for one in own.measures if one.start > number.start), default=own.end)
    return _first_of((scene.folded[own.start : number.start], scene.folded[number.end : stop], row.due), anchors)


def _first_of(words: Sequence[str], anchors: Sequence[Anchor]) -> date | None:
    return next((day for anchor in anchors if (day := due_above(words, anchor))), None)


def _due_as_meant(scene: Scene, unit: Unit, row: Named, clauses: Sequence[Clause]) -> date | None:
    """The day that was set for what was meant or pledged: 承诺8月底前贯通, told next January, was due in that August.

    A report on one year's tasks (2024年民生实事进展) sets its end for all of them; one on promises sets none.
    """
    calendar = scene.calendar
    year = scene.told_year or _year_looked_back_on(scene, unit)
    if year and scene.anchor.day and year < scene.anchor.day.year:
        calendar = calendar_of(scene.folded, unit.span.start, unit.span.end, Anchor(None, year))
    if calendar is None:
        return None
    if scene.label == GOAL:
        day = due_day(calendar, clauses, row.cell) or bracketed(calendar) or _set_long_ago(scene, unit, row, clauses)
        above = (scene.line_head, *open_headings(unit.section))  # 【2026年这么干】 主要目标:投保率达到85%
        day = day or next((due for words in above if words and (due := due_under(scene, words))), None)
    else:
        day = due_once_meant(calendar, clauses, row.cell)
    own_year = scene.term is not None and scene.term.single and scene.kind in (Kind.PROGRESS_REPORT, Kind.NEWS)
    return day or (scene.term.end if own_year and scene.term else None)


def _year_looked_back_on(scene: Scene, unit: Unit) -> int | None:
    """The year that a report's heading looks back on (一、2025年工作回顾), where its words tell as if in that year."""
    if "去年" in scene.folded[unit.span.start : unit.span.end]:
        return None
    named = (_LOOKED_BACK_ON.search(fold(heading)) for heading in open_headings(scene.section))
    return next((int(found[1]) for found in named if found), None)


def _set_long_ago(scene: Scene, unit: Unit, row: Named, clauses: Sequence[Clause]) -> date | None:
    """The day that was set for a goal, over by now or not: 目标:2024年底前取缔2处; 整改时限:2024年12月 beside it."""
    if day := _named_long_ago(scene, unit, row, clauses):
        return day
    start, end, then = unit.span.start, unit.span.end, Anchor(None, scene.told_year or scene.anchor.year)
    about = row.cell.opening + row.cell.tail
    return due_by_label(scene.folded, start, end, then, about) or due_by_label_above(scene.folded, start, then)


def _named_long_ago(scene: Scene, unit: Unit, row: Named, clauses: Sequence[Clause]) -> date | None:
    """The day that a unit itself names, over by now or not."""
    then = Anchor(None, scene.told_year or scene.anchor.year)
    return due_day(calendar_of(scene.folded, unit.span.start, unit.span.end, then), clauses, row.cell)


def _of_years_before(scene: Scene, clauses: Sequence[Clause], row: Named, said: str) -> date | None:
    """The end of the years that the clause, or one in front of it, begins with: 三年攻克难题6项,主导制定标准2项."""
    first = scene.anchor.year
    if scene.kind is Kind.NEWS or first is None or "年" not in said or _RECURS.search(row.cell.opening):
        return None
    for clause in reversed(clauses[: row.cell.clause + 1]):
        if found := SINCE.search(clause.words):
            begun, month = int(found["year"]), int(found["month"] or 1)
            years = "一二三四五".index(found["han"].replace("两", "二")) + 1 if found["han"] else int(found["count"])
            return _month_end(begun + years, month - 1) if month > 1 else date(begun + years - 1, 12, 31)
        if scene.term and not scene.term.single and _YEARS_IN.match(clause.words):
            return scene.term.end
        if scene.term and (found := _PLAN_YEARS.match(clause.words)):
            return scene.term.end if years_of(scene.term) == number_of(found[1]) else None
        if found := _YEARS_LONG.match(clause.words):
            return in_years(scene, found[1] + "年累计")
    return None


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _due_from_above(scene: Scene, unit: Unit, row: Named, said: str) -> date | None:
    """The day of the nearest words that the unit stands under; a duty of each (每村…) takes one only from a heading
    that says what must be done by then.
    """
    if row.cell.opening.startswith("每") and not _PER_HEAD.match(row.cell.opening):
        headings = (heading for heading in open_headings(unit.section) if TO_FINISH.search(fold(heading)))
        day = next((due for heading in headings if (due := due_under(scene, heading))), None)
    else:
        above = (
            row.when,
            scene.caption if row.rule == "table" else "",
            _frame_before(scene, unit),
            unit.lead_in,
            unit.head,
            stage_of(scene.folded, unit.span.start, row.cell.measure.start),
            scene.line_head,
            scene.announced,
            scene.goals_due,
            *open_headings(unit.section),
        )
        about = row.cell.opening + row.cell.tail
        day = due_by_label(scene.folded, unit.span.start, unit.span.end, scene.anchor, about)
        day = day or next((due for words in above if words and (due := due_under(scene, words))), None)
        term = term_of(fold(unit.lead_in)) if unit.lead_in and not day else None  # 《三年计划(2025—2027年)》给出了答案:
        day = day or (term.end if term else None) or _done_behind(scene, unit) or _due_by_note(scene, unit)
        day = day or _due_in_term(scene, unit, said)
    return day


def _due_by_note(scene: Scene, unit: Unit) -> date | None:
    """The day of the note that closes a plan, for its tasks; its goals have one of their own."""
    if scene.kind is not Kind.PLAN or scene.goals:
        return None
    return due_by_note(scene.folded, unit.span.start, scene.anchor)


def _done_behind(scene: Scene, unit: Unit) -> date | None:
    """The day that the next sentence names for what a plan's one wants: 改造小区15个。11月底前完工。"""
    if scene.kind is not Kind.PLAN or scene.folded[unit.span.end - 1] not in "。;":
        return None
    found = _DONE_BY.match(scene.folded, unit.span.end)
    return due_above((found[1],), scene.anchor) if found else None


def _due_in_term(scene: Scene, unit: Unit, said: str) -> date | None:
    """The end of the plan's term; of a report's year (2023年民生实事办理情况) only while that year lasts."""
    term, day = scene.term, scene.anchor.day
    if term and term.single and scene.kind is Kind.PROGRESS_REPORT and (scene.task or day is None):
        return term.end  # 2024年民生实事: its tasks were due in that year
    if term and scene.kind is not Kind.PLAN and (day is None or term.end < day):
        return None
    if term and (_ITS_TIME.search(said) or (scene.goals and scene.kind is Kind.PLAN)):
        return term.end  # 利用三年时间 of a plan for 2025—2027; and what stands under its goals
    return due_in_term(term, said) or end_of_plan(scene, unit, said)


def _frame_before(scene: Scene, unit: Unit) -> str:
    """The time that opens an earlier sentence of a plan's paragraph: 到2026年底,…达到40%。…超过900家。"""
    if scene.kind is Kind.REPLY:
        return ""
    frame = _frame_of_paper(scene, unit)
    for span in scene.units_before:
        if "\n" not in scene.folded[span.end : unit.span.start]:
            found = _FRAME.match(scene.folded, span.start, span.end)
            frame = found[0] if found else frame
    return frame


def _frame_of_paper(scene: Scene, unit: Unit) -> str:
    """The time by which a paper wants what it goes on to tell: 《规划》提出,到2030年,…。覆盖率达90%。"""
    start = unit.span.start
    if not 0 <= scene.paper < start or not in_paper(scene, start):
        return ""
    if opens := _FRAME.match(scene.folded, scene.paper, start):
        return opens[0]
    if year := _YEAR_OPENS.match(scene.folded, scene.paper, start):
        return year[0]
    found = _PAPER_FRAME.search(scene.folded, scene.paper, start)
    return found[1] if found else ""


def _due_of_sentence(scene: Scene, unit: Unit) -> date | None:
    """The day that opens a sentence of several units: 到2027年,新建A;改造B;更新C."""
    opening = opening_of_sentence(scene, unit)
    if not _FRAMES.match(opening) or _several_years(scene, unit):
        return None  # 县医院二季度启用,…;免费查体6万人次: the day of one item
    return due_above((opening,), scene.anchor)


def _several_years(scene: Scene, unit: Unit) -> bool:
    """2026年新建300亩,2027年新建500亩;改造率提高到70%: the sentence goes on in no one year."""
    first = max(scene.folded.rfind(mark, max(0, unit.span.start - _FAR), unit.span.start) for mark in "。!?\n") + 1
    clauses = scene.folded[first : unit.span.start].split(",")
    years = {found[1] for clause in clauses if (found := _OPENS_IN.match(clause))}
    return len(years) > 1


def goal_of_year(scene: Scene, start: int) -> str:
    """2024年我局主要任务是: of the sentence that a unit goes on with, or of the one that opens its paragraph."""
    first = scene.folded.rfind("\n", max(0, start - _FAR), start) + 1
    found = _YEARS_GOAL.match(scene.folded, first, start)
    if found is None or _TOLD_SINCE.search(scene.folded, found.end(), start):
        return ""
    return found["year"]


def opening_of_sentence(scene: Scene, unit: Unit) -> str:
    """The words that open the sentence which a unit goes on with behind a semicolon; "" where it opens one itself."""
    start = unit.span.start
    first = max(scene.folded.rfind(mark, max(0, start - _FAR), start) for mark in "。!?\n") + 1
    first = first or max(0, start - _FAR)
    if not scene.folded[first:start].rstrip().endswith(";"):
        return ""
    numbered = _NUMBERED.match(scene.folded, first)
    if numbered and _NUMBERED.match(scene.folded, start):
        return ""  # 一是年内…;二是…: each item has its own day
    first = numbered.end() if numbered else first
    if stage := _STAGE_NAMED.match(scene.folded, first):
        return stage["span"]
    if named := _GOAL_NAMED.match(scene.folded, first):
        first = named.end()
    if found := _REFERENCE.match(scene.folded, first):
        first = found.end()
    if ahead := _AHEAD_OF_DAY.match(scene.folded, first):  # 按照市里的打法,2025年…;海外仓布局到15个
        first = ahead.end() if scene.folded.startswith(("20", "到20", "今年", "明年"), ahead.end()) else first
    opening = _OPENING.match(scene.folded, first)
    if opening and _FRAMES.match(opening[0]):
        return opening[0]
    years = _BY_YEAR.findall(scene.folded, first, start)  # 实施7项行动,到2025年底前,…;…
    return years[0] if len(years) == 1 else opening[0] if opening else ""
