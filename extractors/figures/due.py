"""By which day a target must be reached: from its clause, its unit, or the lead sentence and heads it stands under.

今年完成20公里,明年30公里              20公里 2024-12-31 · 30公里 2025-12-31   (a letter of 2024)
首批8所利用暑假改造,春节前全部投用      8所 2025-01-28
年内办好以下实事：改造旱厕44座          44座 2024-12-31
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from extractors.figures.calendars import Calendar
from extractors.figures.cells import Cell, Clause
from extractors.figures.events import before_event
from extractors.numbers.dates import Anchor, TimeExpression, TimeKind, find_times

_SILENT = frozenset((TimeKind.PAST, TimeKind.VAGUE, TimeKind.RECURRING))
_BEGUN = re.compile(
    r"^[^,]{0,4}(?:开工|启动|动工|开建|招标|立项)|^(?:之前|前)?(?:集中|统一|书面)?(?:上报|报送?|提交|反馈|公布|公示|通报|总结|汇总)"
)
_BEGINS = re.compile(
    "(?:还|也|再|初|底|内|将|拟|计划|力争)*(?:启动|开工|动工|开建)"
)  # 明年还将启动二期,…,计划2027年建成
_STARTS = re.compile(
    "^(?:[之以]?前)?(?:全面|全部|正式|陆续)?(?:开工|动工|开建|进场|招标)(?:建设)?[,;。]?$"
)  # 9月底前开工,…: when it begins
_OF_ALL = re.compile("总数|总量|累计|合计")  # 明年4月底前总数达到21个,覆盖率提高到75%
_LISTED = re.compile(
    r"^[^,]{0,8}(?:投资计划|实施计划|工作计划|年度计划|计划$|规划(?![新改扩建布投完培实])|预算(?!拟?安排)|清单|项目库|要点)|"
    r"^度?(?:中央|国家|省级?|市级?|县级?|区级?|上级|财政|专项)[^,;。、\d]{0,14}(?:资金|债券|补助)(?!项目|计划|盘子|范围)"
)
_TERM = re.compile(
    r"(?:计划|方案|规划|行动|纲要)[》]?\s*[(]?(?P<first>20\d\d)年?[—\-~至到]+(?P<last>20\d\d)年?[)]?|"
    r"(?P<from>20\d\d)年?[—\-~至到]+(?P<to>20\d\d)年度?[^—\-~至到\n。,;]{0,24}(?:要点|计划|方案|任务|规划|行动)|"
    r"(?:计划|方案|要点|清单|任务书?|安排)[》]?\s*[(](?P<alone>20\d\d)年度?[)]|"
    r"(?P<only>20\d\d)年度?[^—\-~至到\n。,;]{0,24}(?:要点|计划|方案|任务|安排|清单|实事|绩效目标|目标表|目标责任)"
)
_FIVE_YEARS = re.compile(
    r"(?:“十|第十)([三四五六七])(?:五”|个五年)[^\n。,;]{0,20}(?:规划|计划|纲要)(?!实施|执行|完成|中期|要求|提出|》)"
)
_TERM_END = re.compile(
    r"(?:计划|规划|行动|方案)期末|(?:到|至)(?:计划|规划)期|(?:[三五]年|规划)(?:总)?(?:目标|任务)[值数]?为?$|(?:^|[,;。(])[两二三四五]年(?:累计|总?共|合计)[^,;。]{0,10}$"
)
_EVENT = re.compile(r"(?![年全整每])(?:[一-鿿“”]{2,8}(?:期间|前夕|当[天日])|[一-鿿]{1,4}季(?:来临|到来)?[之以]?前)")
_CLOSING = re.compile(r"\(([^()]{2,14}前[^()\d]{0,6})\)\s*[。;]?\s*$")
# 2000年底前建成的小区: how old they are, and no day to miss
_BUILT_THEN = re.compile(
    "(?:[之以]?前)?(?:建成|竣工|建造|建设|投用|投入使用|交付|出生|参加工作|登记|注册|设立|成立|批准)[^,。;]{0,4}的"
    "(?!目标|任务)"
)
_AS_THEY_ARE = re.compile(r"[^,;。\d]{1,8}的")
_SHIFTED = re.compile(r"(?:提前|提早|推迟|延后|延期|延长|顺延|调整|延)(?:完成|实现)?[到至为][^,]{0,2}$")
_PART_WAY = re.compile(r"(?:完工率|完成率|形象进度|工程进度|建设进度|开工率|进度)[^,;。]{0,6}\d")
_BY_YEARS = re.compile(r"\s*(?:其中,?)?(?:20\d\d年|今年|明年)[^,;。\d]{0,8}\d[^,;。]*?、?(?:20\d\d年|明年|后年)")
_DONE = re.compile(r"全[部面]|完成|建成|投用|投入使用|竣工|完工|通车|上线|到位|开放|落成|交付")


# 2015年,市里启动《三年计划(2015—2017年)》,计划建桥90余座
_PAPER_TO = re.compile(r"《[^《》]*[(]20\d\d年?[—–\-~～至到]+(?P<last>20\d\d)年?[)][^《》]{0,6}》")


def due_day(calendar: Calendar, clauses: Sequence[Clause], cell: Cell) -> date | None:
    """The last day for the cell's number that its own unit names; None where it names none, or the duty recurs."""
    if not calendar.times:
        return None
    clause, number = clauses[cell.clause], cell.measure.start
    if spread := _spread_over(calendar, clauses, cell):
        return spread
    if before_event(calendar, clause, number):
        return None
    before = _within(calendar, clause.start, number)
    if any(time.kind is TimeKind.RECURRING and not _describes(calendar, time) for time in before):
        return None
    framed = _last(calendar, before)
    framed = _own_behind(calendar, clause, cell) or framed
    loose = framed is None or framed.kind is TimeKind.PERIOD
    if framed is None:
        stop = min((one.start for one in clause.measures if one.start > number), default=clause.end)
        framed = _last(calendar, _within(calendar, cell.measure.end, stop))
    if moved := _moved(calendar, clauses, cell):
        return moved.last
    framed = framed or _told_behind(calendar, clauses, cell)
    at = cell.clause
    while framed is None and at > 0:
        at -= 1
        if clauses[at].depth > clause.depth:
            continue  # 占有率突破15%(2024年仅4%),繁育能力扩至8000万株
        framed = _last(calendar, _framing(calendar, clauses[at]))
        if framed and _is_of_one_item(framed, clauses, at) and not _OF_ALL.search(clauses[at].words):
            return None
    if loose or framed is None:
        begins = framed is not None and _BEGINS.match(calendar.words, framed.end)
        framed = _finished_later(calendar, clauses, cell, None if begins else framed) or framed
    return _end_of_paper(calendar, framed, number) or framed.last if framed else None


def _end_of_paper(calendar: Calendar, framed: TimeExpression, number: int) -> date | None:
    """The end of the plan that is named between a year and the number: what is counted is what the plan wants."""
    papers = list(_PAPER_TO.finditer(calendar.words, framed.end, number - calendar.start))
    if not papers or framed.precision != "year" or framed.last is None:
        return None
    found = papers[-1]
    if "," in calendar.words[framed.end + 1 : found.start()]:
        return None
    return date(int(found["last"]), 12, 31) if int(found["last"]) > framed.last.year else None


def _describes(calendar: Calendar, time: TimeExpression) -> bool:
    """撤并常年闲置的21所: how things are that are counted, and no duty."""
    return time.text.startswith(("常年", "长年")) and bool(_AS_THEY_ARE.match(calendar.words, time.end))


def _told_behind(calendar: Calendar, clauses: Sequence[Clause], cell: Cell) -> TimeExpression | None:
    """(今年打通1条,)最后1条受拆迁影响,预计明年上半年打通: the day in front is that of another number."""
    if not 0 < cell.clause < len(clauses) - 1 or len(clauses[cell.clause].measures) > 1:
        return None
    before, behind = clauses[cell.clause - 1], clauses[cell.clause + 1]
    alike = [one for one in before.measures if one.unit == cell.measure.unit]
    if not alike or behind.measures or not _EXPECTED.match(behind.words):
        return None
    return _last(calendar, _within(calendar, behind.start, behind.end))


_EXPECTED = re.compile(r"\s*(?:预计|计划|拟|力争|确保|争取|将)(?:在|于|到)?(?:20\d\d|明年|后年|\d{1,2}月)")


def _of_each_time(calendar: Calendar, clause: Clause) -> bool:
    """Whether a clause with numbers of its own speaks of what recurs."""
    times = _within(calendar, clause.start, clause.end)
    return bool(clause.measures) and any(time.kind is TimeKind.RECURRING for time in times)


def names_no_year(calendar: Calendar, clause: Clause, number: int) -> bool:
    """Whether the clause names a day whose year the paper can't tell: …;明年春节前再开10个. No other day holds then."""
    if calendar.anchor.year is not None:
        return False
    own = _within(calendar, clause.start, number)
    return bool(own) and own[-1].last is None and own[-1].kind not in _SILENT


def _spread_over(calendar: Calendar, clauses: Sequence[Clause], cell: Cell) -> date | None:
    """The last of the years that a total is spread over: 新建厂房18万平方米,2024年5万平方米、2025年6万平方米…"""
    parts = clauses[cell.clause + 1] if cell.clause + 1 < len(clauses) else None
    if parts is None or len(parts.measures) < 2 or not _BY_YEARS.match(parts.words):
        return None
    if any(one.unit != cell.measure.unit for one in parts.measures) or cell.measure.value is None:
        return None
    if sum(one.value for one in parts.measures if one.value is not None) != cell.measure.value:
        return None
    last = _last(calendar, _within(calendar, parts.start, parts.end))
    return last.last if last else None


def _own_behind(calendar: Calendar, clause: Clause, cell: Cell) -> TimeExpression | None:
    """The day behind a number in a list where each has its own: 一类480户4月底前、二类880户9月底前完成."""
    before = [one for one in clause.measures if one.end <= cell.measure.start]
    if not before:
        return None
    end = cell.measure.end - calendar.start
    behind = next((time for time in calendar.times if time.start == end), None)
    other = before[-1].end - calendar.start
    theirs = any(time.start == other for time in calendar.times)
    return behind if behind and theirs and counts(behind, calendar.anchor) else None


def _is_part(clause: Clause, cell: Cell) -> bool:
    """实施大中修40公里,9月底前完成30公里,11月底前全部完成: the smaller number is done on the way."""
    counted = [one for one in clause.measures if one.rule != "all"]
    return bool(counted) and all(one.unit == cell.measure.unit and one.value < cell.measure.value for one in counted)


def _is_of_one_item(framed: TimeExpression, clauses: Sequence[Clause], at: int) -> bool:
    """新增学位2700个,8月底前交付小学1所,托位数达到4.6个: the day in the middle of a list is its own item's."""
    counted = any(measure.rule != "all" for measure in clauses[at].measures)
    return framed.precision in ("month", "day") and counted and any(one.measures for one in clauses[:at])


def due_above(words: Iterable[str], anchor: Anchor) -> date | None:
    """The day that a lead sentence, an item head or a heading gives to all that stands under it; the nearest wins."""
    for head in words:
        usable = [time.last for time in find_times(head, anchor) if counts(time, anchor)]
        if usable:
            return usable[-1]
    return None


@dataclass(frozen=True, slots=True)
class Term:
    """The years that a plan is made for; `single` for a plan of one year, whose targets are all due at its end."""

    end: date
    single: bool
    first: int | None = None


def term_of(head: str) -> Term | None:
    """The term that a plan's title states.

    >>> term_of("某县2025年河道治理工作要点")
    Term(end=datetime.date(2025, 12, 31), single=True, first=2025)
    >>> term_of("三年行动计划(2024—2026年)")
    Term(end=datetime.date(2026, 12, 31), single=False, first=2024)
    >>> term_of("某市“十四五”养老服务规划")
    Term(end=datetime.date(2025, 12, 31), single=False, first=2021)
    >>> term_of("某县2025—2027年健身设施提升行动计划")
    Term(end=datetime.date(2027, 12, 31), single=False, first=2025)
    """
    found = _TERM.search(head)
    if found is None:
        five = _FIVE_YEARS.search(head)
        first = 2016 + 5 * "三四五六七".index(five[1]) if five else 0
        return Term(date(first + 4, 12, 31), False, first) if first else None
    only = found["only"] or found["alone"]
    last = int(found["last"] or found["to"] or only)
    first = int(found["first"] or found["from"] or only)
    return Term(date(last, 12, 31), only is not None, first)


_SPAN_SAID = re.compile(
    r"(?:实施|行动|整治|工作|建设|规划|计划|创建|改造|攻坚|推进|办理)(?!阶段|[一-鿿]阶段)(?:期限|时间|周期|步骤)?(?:[一-鿿]{0,4}[为是:]|\n)\s*(?:自|从)?"
    r"(?P<first>20\d\d)年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:起)?[—\-~至到]+(?P<last>20\d\d)年(?P<month>\d{1,2}(?=月))?"
)


def term_said(text: str) -> Term | None:
    """The term that a plan states in a line of its own, where its title names none.

    >>> term_said("二、行动时间\\n2025年3月至2026年12月。")
    Term(end=datetime.date(2026, 12, 31), single=False, first=2025)
    """
    found = _SPAN_SAID.search(text)
    if found is None or int(found["last"]) < int(found["first"]):
        return None
    month = min(12, int(found["month"] or 12)) or 12
    last = date(int(found["last"]), 12, 31) if month == 12 else date(int(found["last"]), month + 1, 1) - timedelta(1)
    return Term(last, False, int(found["first"]))


def due_in_term(term: Term | None, said: str) -> date | None:
    """The end of a plan's term, where the plan is for one year or the words name its end (到计划期末)."""
    if term is None or not (term.single or _TERM_END.search(said)):
        return None
    return term.end


def due_once_meant(calendar: Calendar, clauses: Sequence[Clause], cell: Cell) -> date | None:
    """The day that the clause of a past plan names in front of the number: 原定年内新增车位420个."""
    own = [
        time
        for time in _within(calendar, clauses[cell.clause].start, cell.measure.start)
        if not time.text.endswith("年初")  # 年初计划: when it was planned
    ]
    found = _moved(calendar, clauses, cell) or _last(calendar, own)
    if found is None:  # 2019年的计划曾提出,到2021年…: over by now, and still the day that was set
        at = cell.clause
        while not own and at > 0:
            at -= 1
            own = _within(calendar, clauses[at].start, clauses[at].end)
        told = (time for time in reversed(own) if time.last)
        found = next((time for time in told if time.kind is not TimeKind.RECURRING), None)
    return found.last if found else None


def bracketed(calendar: Calendar) -> date | None:
    """The day in the brackets that close a unit, for all that it tells: 整治盲道53条、坡道42处(2025年底前完成)."""
    found = _CLOSING.search(calendar.words)
    return due_above((found[1],), calendar.anchor) if found else None


def _moved(calendar: Calendar, clauses: Sequence[Clause], cell: Cell) -> TimeExpression | None:
    """The new day of what was put forward or back: 年底完成的12处改造,提前到9月底."""
    behind = cell.measure.end
    for clause in clauses[cell.clause : cell.clause + 2]:
        stop = min((one.start for one in clause.measures if one.start > behind), default=clause.end)
        for time in _within(calendar, max(clause.start, behind), stop):
            front = clause.words[: time.start + calendar.start - clause.start]
            if _SHIFTED.search(front + time.text[:3]) and counts(time, calendar.anchor):
                return time
        if stop < clause.end:
            break
    return None


def _within(calendar: Calendar, start: int, end: int) -> list[TimeExpression]:
    left, right = start - calendar.start, end - calendar.start
    return [time for time in calendar.times if left <= time.start < right]


def _framing(calendar: Calendar, clause: Clause) -> Iterable[TimeExpression]:
    """The times of a clause in front that hold for what follows; 列入2024年政府投资计划 only names a list."""
    shift = clause.start - calendar.start
    times = _within(calendar, clause.start, clause.end)
    behind = ((time, clause.words[time.end - shift :]) for time in times)
    return (time for time, words in behind if not _LISTED.search(words) and not _STARTS.search(words))


def _last(calendar: Calendar, times: Iterable[TimeExpression]) -> TimeExpression | None:
    usable = [time for time in times if counts(time, calendar.anchor) and not _at_event(time, calendar)]
    usable = [time for time in usable if not _OF_THEN.match(calendar.words, max(0, time.start - 1))]
    if calendar.anchor.day is None:
        usable = [time for time in usable if not _BUILT_THEN.match(calendar.words, time.end)]
    return usable[-1] if usable else None


_OF_THEN = re.compile(
    r"[由从比较](?:20\d\d年[底末]?|去年|上年|前年)(?:的|约|不足)*\d"
)  # 由2020年的61%提升至85%: how it was


def _at_event(time: TimeExpression, calendar: Calendar) -> bool:
    """今年庙会期间: an event of that year, on a day that nobody names."""
    return time.precision == "year" and bool(_EVENT.match(calendar.words, time.end))


def counts(time: TimeExpression, anchor: Anchor) -> bool:
    """Whether an expression can be a day to miss: not past, not recurring, and 自2025年起 only starts something."""
    if time.last is None or time.kind in _SILENT or (time.kind is TimeKind.FROM and time.precision == "year"):
        return False
    return anchor.day is None or time.last >= anchor.day


def _of_another(clause: Clause, time: int, own: Clause) -> bool:
    """制定标准9项,标准体系年底发布: the day is that of what stands in front of it, and no word of the number's own."""
    subject = _OWN_THING.fullmatch(clause.words[:time].strip())
    return subject is not None and subject[1][-2:] not in own.words


_OWN_THING = re.compile(
    r"(?!.*(?:工程|项目|建设|主体|整体|全部|全面|改造|力争|确保|计划|预计|实现|完成|任务|设备|资金|[一二三]期|首批|均|各))"
    r"([一-鿿“”]{3,10}?)(?:于|在)?"
)


def _finished_later(
    calendar: Calendar, clauses: Sequence[Clause], cell: Cell, framed: TimeExpression | None
) -> TimeExpression | None:
    """The term of a clause behind that says when the same thing is done; a term that another number has is not it."""
    finished: TimeExpression | None = None
    for clause in clauses[cell.clause + 1 :]:
        if clause.depth > clauses[cell.clause].depth:
            continue  # 总投资5.8亿元(其中省级1.2亿元),2025年12月完工
        if clause.words.startswith("其中"):
            return finished  # the next day is that of a part
        if _of_each_time(calendar, clause):
            return finished  # 减至60家,每年抽查不少于15%,问题证书三个月内全部注销
        found = _last(calendar, _within(calendar, clause.start, clause.end))
        if (found or finished) and any(measure.rule != "all" for measure in clause.measures):
            if found and (_PART_WAY.search(clause.words) or _is_part(clause, cell)):
                continue  # 10月底前完工率达到80%,明年3月底前全面完工
            return finished
        if found is None:
            continue
        said = clause.words[found.end - (clause.start - calendar.start) :][:10]
        if _BEGUN.search(said) or said.startswith(("已", "均已", "就", "陆续已")):
            continue
        if framed is None and _of_another(clause, found.start - (clause.start - calendar.start), clauses[cell.clause]):
            continue
        if framed is None:
            finished = found  # 8月底前主体完工,年底前投用: the last of its days
            continue
        closer = found.kind is TimeKind.BEFORE and found.last <= framed.last if found.last and framed.last else False
        return found if _DONE.search(said) and (closer or framed.start > cell.measure.start - calendar.start) else None
    return finished
