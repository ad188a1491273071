"""The last day by which a promise or a target must be done."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import zip_longest

from extractors.numbers.calendar import later
from extractors.numbers.dates import Anchor, TimeExpression, TimeKind, find_times
from extractors.numbers.festivals import a_year_on
from models.commitments import Deadline

_CLAUSE_END = re.compile(r"[,。;:!?\n]")
# A quotation's dates are its own; “五一” and “十四五” are words of time in quotes.
_QUOTED = re.compile(r"[“‘「『][^“”‘’「」『』\n]{7,}?[”’」』]")
_PAST_CLAUSE = re.compile(r"(?:已(?:经|于|在|先后|完成|建|全|有)?|曾|先后|刚刚|业已|[一-鿿]{2}了(?!解))")
_AHEAD = re.compile(r"将|拟|计划|预计|力争|争取|确保|启动|完成前|要|应当?|须|推进|安排")
_PAST_VERB = re.compile(
    r"^[,]?[^,。;]{0,4}(?:印发|出台|颁布|发布|施行|实施|批复|制定|修订|下发|成立|签订|签署|通过|建成|投用|召开|收到)的"
)
# 编制2025年度计划: the year names a document; nothing is due in it.
_NAMES_DOCUMENT = re.compile(
    r"^(?:度)?(?:的)?(?:[^,。;、]{0,10})(?:预算|计划|方案|规划|要点|清单|报告|目录|指标|标准)(?![生])"
)
_DRAFTED = re.compile(
    r"(?:编制|制定|起草|谋划|编报|申报|拟定|研究制定|做好|储备|上报|编排|完善|按照|根据|依据|落实|结合)[^,。;]{0,8}$"
)
_SUM_OF_YEAR = re.compile(r"(?:预算|经费|约?需|支出)[^,。;]{0,8}\d")  # 每村聘1名管护员,全年预算176万元
# 每公里每年1.2万元 is a rate, not a repetition.
_RATE = re.compile(
    r"(?:(?:补助|补贴|奖励|给予|安排|投入)?"
    r"|(?:补助|补贴|奖励|津贴|租金|标准){1,2}(?:调整[为至到]|提高[至到]|增[至加]到?|[降减][至到低]|由[^,。;]{1,14}[至到]))"
    r"\s?\d[\d.,]*[百千万亿]*元"
)
_RATED = re.compile(r"每[^,。;每年月]{1,4}$")
_EVENT = re.compile(r"(?:后|起|之日)[的,]?$")
# 在下半年实施的改造中一并解决: what is carried out then is when this is done.
_TOGETHER = re.compile(r"[^,。;]{0,6}的[^,。;]{1,18}(?:中|时|过程中|期间),?(?:一并|同步|统筹|一起|同时|予以|加以|优先)")
_NUMBERED = re.compile(r"\s*(?:[(]?[一二三四五六七八九十\d]{1,3}[)、.]|[一二三四五六七八九十]是)?\s*")
_STALE, _JUST_OVER = timedelta(days=120), timedelta(days=30)


@dataclass(frozen=True, slots=True)
class _Unit:
    """A unit's text with the ends of its clauses, its long quotations, and what is repeated in it, in order."""

    text: str
    stops: list[int]
    quotations: list[tuple[int, int]]
    repeats: list[TimeExpression]
    day: date | None
    past: dict[tuple[int, int], bool]
    """What has been found out about clauses: one may hold thousands of expressions."""

    def clause_of(self, offset: int) -> int:
        return bisect_left(self.stops, offset)

    def told_as_past(self, time: TimeExpression) -> bool:
        """今年已安排资金: a clause that says 已 reports, unless it also says what is to come."""
        key = (self.clause_of(time.start), self.clause_of(time.end))
        if key not in self.past:
            begin = self.stops[key[0] - 1] + 1 if key[0] else 0
            alone = bool(_NUMBERED.fullmatch(self.text, begin, time.start)) and self.stops[key[1] :][:1] == [time.end]
            last = key[1] + alone  # 今年,公司提交了方案: a year cut off by a comma dates the next clause
            clause = self.text[begin : self.stops[last] if last < len(self.stops) else len(self.text)]
            self.past[key] = bool(_PAST_CLAUSE.search(clause)) and not _AHEAD.search(clause)
        return self.past[key]


def _unit(text: str, times: list[TimeExpression], day: date | None) -> _Unit:
    stops = [found.start() for found in _CLAUSE_END.finditer(text)]
    quotations = [found.span() for found in _QUOTED.finditer(text)]
    return _Unit(text, stops, quotations, [time for time in times if _repeats(text, time)], day, {})


def deadline_of(
    folded: str, start: int, end: int, anchor: Anchor, inherited: Deadline | None = None
) -> Deadline | None:
    """The deadline of the unit [start, end): of several days the last; a frame (下半年) gives way.

    `inherited` is the deadline of the head that the unit stands under; it holds where the unit names none.

    >>> text = "下半年分片疏通管道,11月底前全部疏通。"
    >>> deadline_of(text, 0, len(text), Anchor(date(2024, 5, 20), 2024))
    Deadline(text='11月底前', end=datetime.date(2024, 11, 30))

    Recurring duties, past facts, dates of documents and vague time have none: None unless something is inherited.
    """
    times = find_times(folded[start:end], anchor)
    if not times:
        return inherited
    unit = _unit(folded[start:end], times, anchor.day)
    told = _told_before(unit)
    candidates = [due for time in times if not _told(time, told) and (due := _due(unit, time)) is not None]
    chosen = _latest(_without_frames(_said_again(unit, _own(unit, candidates))))
    return Deadline(chosen.text, _day(chosen)) if chosen else inherited


def _told_before(unit: _Unit) -> int:
    """Where 下一步 turns ahead in an undated letter: 4月28日面商,下步将… tells that day as past. Else 0."""
    found = _TURNS.search(unit.text) if unit.day is None else None
    return found.end() if found else 0


def _told(time: TimeExpression, turn: int) -> bool:
    return time.start < turn and time.precision == "day" and time.kind is not TimeKind.BEFORE


_TURNS = re.compile("[,:](?:下一?步|下一?阶段|接下来|今后)")


def _own(unit: _Unit, times: list[TimeExpression]) -> list[TimeExpression]:
    """按照到2030年建成的总体部署，今年先启动两个镇: the day of a plan that is followed gives way to the unit's own."""
    kept = [time for time in times if not _of_plan(unit, time)]
    return kept or times


def _of_plan(unit: _Unit, time: TimeExpression) -> bool:
    clause = unit.clause_of(time.start)
    if time.precision == "year" and _INTO_BUDGET.match(unit.text, time.end):
        return True
    begin = unit.stops[clause - 1] + 1 if clause else 0
    end = unit.stops[clause] if clause < len(unit.stops) else len(unit.text)
    return bool(_FOLLOWS.match(unit.text, begin, end))


_FOLLOWS = re.compile(
    r"(?:按照|根据|围绕|依据|落实|对照|对标|锚定|紧扣)[^,。;]*(?:部署|要求|目标|规划|安排|精神|任务|意见|标准|文件|计划)(?=$)"
)


def _said_again(unit: _Unit, times: list[TimeExpression]) -> list[TimeExpression]:
    """今后三年(2025—2027年), 用五年左右时间,即到2028年底: the days say what the span means."""
    return [
        time
        for time, after in zip_longest(times, times[1:])
        if not (
            time.kind is TimeKind.WITHIN
            and after is not None
            and after.kind is not TimeKind.WITHIN
            and _SAME.fullmatch(unit.text, time.end, after.start)
        )
        and not (after is not None and _BRACKETED.fullmatch(unit.text, time.end, after.start))
    ]


_BRACKETED = re.compile(r"(?:期间|[里内])?\((?:即|为)?")  # 利用暑期(7月)
_SAME = re.compile(r"(?:内|里|时间|左右)*(?:\(|,?即(?:在|于|到)?|,也就是)[“”]?")


def _due(unit: _Unit, time: TimeExpression) -> TimeExpression | None:
    """The expression if something is due by it, moved to the coming year where a bare 3月底前 has passed."""
    day = unit.day
    if time.kind in (TimeKind.PAST, TimeKind.RECURRING):
        return None
    if time.kind is TimeKind.VAGUE and not _season_before(time):
        return None
    if _quoted(unit, time) or _repeated(unit, time) or _of_document(unit, time):
        return None
    if (time.precision == "year" and _OCCASION.match(unit.text, time.end)) or _hangs_on(unit, time):
        return None
    if time.precision == "year" and _OF_FUNDS.match(unit.text, time.end):
        return None
    if _in_reason(unit, time) or _LEFT_OUT.match(unit.text, time.end):
        return None
    if time.precision == "year" and unit.text.endswith("结合", 0, time.start):  # 结合2020年度创建工作，组织指导
        return None
    if _NOT_SO_LONG.search(unit.text, max(0, time.start - 8), time.start + 1):
        return None
    if unit.told_as_past(time) or (time.kind is TimeKind.WITHIN and _of_event(unit.text, time, day)):
        return None
    if time.kind is TimeKind.WITHIN and _is_length(unit.text, time):
        return None
    if day is not None and time.last is not None and _day(time) and _day(time) < day:  # type: ignore[operator]
        return _rolled(time, day)
    return time


def _in_reason(unit: _Unit, time: TimeExpression) -> bool:
    """由于今年财政资金紧张，待资金落实后…: the day is that of the ground, and another clause promises."""
    clause = unit.clause_of(time.start)
    begin = unit.stops[clause - 1] + 1 if clause else 0
    return clause < len(unit.stops) and time.precision == "year" and bool(_REASON.match(unit.text, begin, time.end))


# 拟用2024年市级文化专项资金60万元: the year in which money was given
_OF_FUNDS = re.compile(
    r"度?(?:中央|国家|省级?|市级?|县级?|区级?|上级|财政|专项)[^,。;、\d]{0,14}(?:资金|债券|补助)(?!项目|计划|盘子|范围)"
)
_LEFT_OUT = re.compile("[^,。;]{0,8}[未没](?:能|有|被)?[列纳]入")  # 今年未纳入计划,年底可完工
_REASON = re.compile(r"(?:但|但是|目前|鉴于|考虑到)*(?:由于|鉴于|因为?)(?![此应应])[^,。;]*")


def _is_length(unit: str, time: TimeExpression) -> bool:
    """停气控制在4小时内 measures how long something takes; 两年内不再受理 how long something is shut off."""
    return bool(_HELD_TO.search(unit, 0, time.start) or _SHUT_OFF.match(unit, time.end))


_HELD_TO = re.compile(r"(?:控制|压缩|缩短|压减|限制|缩减|稳定|保持)[在到至为](?:\D{0,2})$")
_SHUT_OFF = re.compile(r"(?:不再|不得|不予|不准|禁止|暂停|停止(?:受理|申报|安排)|免[收租征])")


def _of_event(unit: str, time: TimeExpression, day: date | None) -> bool:
    """建成后3个月内 hangs on an event without a date, 两年内的资格 is a term; 10个工作日内 stands with its words."""
    if unit.startswith("的", time.end):
        return True
    if time.last is not None or day is None or "工作日" in time.text:
        return False
    return not time.text.endswith(("日内", "天内", "小时内")) or bool(_EVENT.search(unit[: time.start]))


def _hangs_on(unit: _Unit, time: TimeExpression) -> bool:
    """视明年试点情况再定, 待今年新购车辆到位后: the day is that of what is waited for."""
    clause = unit.clause_of(time.start)
    begin = unit.stops[clause - 1] + 1 if clause else 0
    if _AWAITS.search(unit.text, begin, time.start) and _HAPPENED.match(unit.text, time.end):
        return True
    return bool(_SEES.search(unit.text, begin, time.start) and _SEEN.match(unit.text, time.end))


_SEES, _SEEN = re.compile("视[^,。;]{0,8}$"), re.compile("[^,。;]{0,12}(?:情况|结果|效果|成效|进展)")
_AWAITS, _HAPPENED = (
    re.compile("(?:待(?!遇|业)|俟|等到?)[^,。;]{0,24}$"),
    re.compile("[^,。;]{1,20}(?:之后|以后|后|时)|[^,。;]{3,20}(?=,)"),
)
# 力争年内将其纳入2026年财政预算: the budget's own year.
_INTO_BUDGET = re.compile("度?(?:财政|部门|本级)?预算")
# 绝不拖到2026年: the day that is not waited for.
_NOT_SO_LONG = re.compile("(?:不|别|未|避免|防止)(?:再|能|会|得|许|让|把)?(?:拖|等|留|推|放|延|挨|耗|跨)(?:[到至过]|$)")
# 今年艺术节期间: an event of the year, without a known day.
_OCCASION = re.compile(r"[^,。;\d“]{1,10}(?:节|会|展|赛|游|月|周|季)(?:活动)?(?:期间|中|上)")


def _season_before(time: TimeExpression) -> bool:
    """汛期前, 供暖季前: a term without a known day, kept in its own words."""
    return time.text.endswith("前") and len(time.text) > 2


def _quoted(unit: _Unit, time: TimeExpression) -> bool:
    index = bisect_left(unit.quotations, (time.start, 0)) - 1
    return index >= 0 and unit.quotations[index][1] > time.start


def _repeats(text: str, time: TimeExpression) -> bool:
    """每年 makes a duty recur; 定期, and the rate in 每公里每年1.2万元, do not."""
    return (
        time.kind is TimeKind.RECURRING
        and time.text != "定期"
        and not _RATE.match(text, time.end)
        and not _RATED.search(text[max(0, time.start - 6) : time.start])
    )


def _repeated(unit: _Unit, time: TimeExpression) -> bool:
    """每年6月底前; 自2025年起每年, 自2025年起,每年: a recurring duty is due again and again."""
    index = bisect_left(unit.repeats, time.start, key=lambda other: other.start)
    before = unit.repeats[index - 1] if index else None
    if before is not None and unit.clause_of(before.end) == unit.clause_of(time.start):
        return True
    behind = unit.repeats[index] if index < len(unit.repeats) and time.kind is TimeKind.FROM else None
    if behind is None:
        return False
    return unit.clause_of(time.end) == unit.clause_of(behind.start) or unit.text[time.end : behind.start] == ","


def _of_document(unit: _Unit, time: TimeExpression) -> bool:
    """2023年印发的办法, 编制2025年度计划; 在下半年实施的改造中一并解决 is no attribute of a document."""
    after = unit.text[time.end : time.end + 20]
    if time.text == "全年" and _SUM_OF_YEAR.match(after):
        return True
    if _PAST_VERB.match(after):
        ahead = unit.day is not None and time.last is not None and time.last >= unit.day
        return not (ahead and _TOGETHER.match(unit.text, time.end))
    return (
        time.precision == "year"
        and time.kind is TimeKind.PERIOD
        and bool(_NAMES_DOCUMENT.match(after))
        and bool(_DRAFTED.search(unit.text[max(0, time.start - 14) : time.start]))
    )


def _rolled(time: TimeExpression, day: date) -> TimeExpression | None:
    """In a letter of December, 3月底前 means next March; a day named with its year, or just gone by, is past."""
    last = _day(time)
    feast = time.precision == "festival"
    if (
        last is None
        or time.own_year
        or time.kind is not TimeKind.BEFORE
        or day - last < (_JUST_OVER if feast else _STALE)
    ):
        return None
    if feast:  # 春节前 in a letter of July: the day before next year's, by the moon
        return replace(time, first=None, last=a_year_on(last))
    return replace(time, first=None, last=later(last, months_on=12))


def _day(time: TimeExpression) -> date | None:
    return time.first if time.kind is TimeKind.FROM else time.last


def _without_frames(times: list[TimeExpression]) -> list[TimeExpression]:
    """下半年 … 10月底前: a period that holds a later, closer day is only the frame of it."""
    kept: list[TimeExpression] = []
    behind: dict[str, list[date]] = {}  # days named further on, by precision
    for time in reversed(times):
        if time.kind is not TimeKind.PERIOD or not _frames(time, behind):
            kept.append(time)
        day = _day(time)
        if day is not None and time.kind is not TimeKind.FROM:
            days = behind.setdefault(time.precision, [])
            at = bisect_left(days, day)
            if at == len(days) or days[at] != day:
                insort(days, day)
    return kept[::-1]


def _frames(frame: TimeExpression, behind: dict[str, list[date]]) -> bool:
    if frame.first is None or frame.last is None:
        return False
    return any(
        bisect_left(days, frame.first) < bisect_right(days, frame.last)
        for precision, days in behind.items()
        if precision != frame.precision
    )


def _latest(times: list[TimeExpression]) -> TimeExpression | None:
    """The last of the days; where none is known, or a term without a day lies beyond (明年汛期前), that expression."""
    dated = [time for time in times if _day(time) is not None]
    if not dated:
        return times[-1] if times else None
    last = max(dated, key=lambda time: (_day(time) or date.min, -time.start))
    beyond = [time for time in times if _day(time) is None and time.first is not None]
    return next((time for time in beyond if (time.first or date.min) > (_day(last) or date.min)), last)
