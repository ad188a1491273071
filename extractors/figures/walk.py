"""How the tense of what is told changes from one word of time to the next."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.figures.cells import Clause
from extractors.figures.labels import GOAL, NEXT
from extractors.figures.setting import Setting, default_tense
from extractors.figures.time_marks import (
    FUTURE,
    LAST_MONTHS,
    MEANT_THEN,
    PAST,
    PLAN_ENDS,
    THEN,
    TOLD,
    UNSAID,
    counted_among,
    day_over,
    is_over,
    was_granted,
    worked_on,
)
from models.documents import Kind, Zone

_TO_COME = re.compile(r"[^,;。]{0,8}(?:明年|下年|20\d\d年|[到至]|[年月]底|将)")
_YEARS_ONLY = re.compile(r"\(20\d\d年?[—\-~至到]+20\d\d年?\)")  # 危房改造户(2017-2018年)全覆盖
_LEFT_FROM = re.compile(r"[一-鿿]{2}的")
_LEFT_OVER = re.compile(r"年?(?:一年)?(?:度)?(?:结转|遗留|未完[成工]|延续|跨年|剩余|顺延|欠账?)(?:下来)?的?(?=[一-鿿])")
# 将老站房改造成为书店: 将 is 把, and goes on telling.
_MADE_INTO = re.compile(
    r"(?!在|于|对|由|继续|进一步)[^,;。]{2,16}(?:(?:改造?|改建|转化?|打造|建设|变更?|调整|提升|升级)[成为]|(?:分解|细化|梳理|归纳|整合|合并|归并|拆分|量化|落实|明确|下沉|移交|压实|分派|交办|推送|反馈|通报)[成为到至给])"
)
_MOVED_TO = re.compile(
    r"(?!在|于|对|由|继续|进一步)[^,;。]{2,16}?(?:[降升提压调增][低高升减整加]?[至到为]|控制在|压缩[至到])"
)
# 日前,财政局将衔接资金6.6亿元全部拨付至各县
_PAID_TO = re.compile(r"[^,;。]{2,60}?(?:全部|全额|足额|及时|一次性)*(?:拨付|下拨|划拨|兑付|发放|移交)[至到给]")
_TELL_OF = (Kind.NEWS, Kind.PROGRESS_REPORT, Kind.OTHER)
_SEASON = re.compile("(?:在|于)?(?:主?汛期?|入汛|入冬|春节|国庆节?|开学|供暖|采暖|节|冬)之?前")
# 补齐医师缺口, 缩小用水缺口: what is to be done away with is no state that the rest is told in.
_FILLED = re.compile(r"(?:补齐|补足|弥补|填补|化解|破解|解决|缓解|消除|缩小|补上)[^,;。]{0,16}$")
_WE_STAND = re.compile("\\s*(?:而)?(?:[我全本][市县区省镇乡州]|目前|现)")
_WHICH = re.compile(r"年?(?:度)?[^,;。]{1,16}的[^,;。]{1,20},[^,;。]{0,6}")
_MOVED_ON = re.compile("顺延|延期|推迟|力争|确保")
_FUNDS = re.compile(r"[^,;。\d]{0,16}(?:资金|国债|债券|项目|补助|指标|贷款|专项)\d")
_REAL = re.compile("(?!完成|建成|开工|竣工|到位|投)[一-鿿]{2,4}(?:数|量|率|面积|人口|能力|规模)(?!仅|只|已)")
_GOT = re.compile("(?<!公)共计?(?:[为给向从][^,;。]{1,10})?$")  # 共为我县争取立项2.5万亩
_BY_DAY = re.compile(r"年(?:\d{1,2}月)?(?:\d{1,2}日)?[底末初]?(?:之|以)?前")
_PAPER_WANTS = re.compile(
    r"(?:方案|规划|计划|纲要|任务书|责任书|清单|通知|文件)[》]?(?:中|里)?(?:明确)?(?:要求|提出|规定|确定|明确),?(?:[到于在至])?$"
)
_STILL_MEANT = re.compile(r"(?:力争|争取|力求|确保)(?:在|于|到)?(?:[今明]年|年[内底]|本年度)")
_CLAUSE_BEGINS = frozenset(("", ",", ";", ":", "。", "\n", " ", "(", "、", "—"))
_LATE = 9  # a plan of the last months is for the next year
_SETS = re.compile(r"每|分|首|[自从前]")  # 每年, 分6批: they look ahead without a promise, too


@dataclass(slots=True)
class Walk:
    """The tense at one point of a unit; `marked` once a word of time has set it."""

    tense: str
    setting: Setting
    marked: bool = False
    weak: bool = False
    bare: bool = False  # nothing but verbs of doing has been said
    year: int | None = None
    meant: bool = False
    pledged: bool = False
    norm: bool = False
    since: int = 0  # where the word of time ends that set the tense
    outside: tuple[str, bool] | None = None
    purpose: tuple[str, bool] | None = None

    def enter(self, clause: Clause, goes_on: bool) -> None:
        """What was planned at a past time ends with its clause; what a bracket tells (含上年未完成的7座), with it."""
        if self.tense == MEANT_THEN and not goes_on and not self.pledged:
            self.tense = THEN
        if self.purpose is not None:  # 为了确保供热面积达到260万平方米,两台锅炉提前点火
            (self.tense, self.marked), self.purpose = self.purpose, None
        if self.norm and self.setting.promised is False and _WE_STAND.match(clause.words):
            self.tense, self.norm = UNSAID, False  # 每校应配1名校医,我县配备率43%
        if clause.depth and self.outside is None:
            self.outside = (self.tense, self.marked)
        elif not clause.depth and self.outside is not None:
            (self.tense, self.marked), self.outside = self.outside, None

    def step(self, found: re.Match[str]) -> None:
        if found.lastgroup == "year" and _YEARS_ONLY.search(found.string, found.start() - 7, found.end() + 8):
            return
        tense = self._next(found)
        if found[0] == "确保" and found.string.endswith(("为", "为了"), 0, found.start()):
            self.purpose = (self.tense, self.marked)
        self.weak = found.lastgroup == "wanted" and tense != self.tense
        acts = found.lastgroup == "wanted" and not _SETS.match(found[0]) and found[0][0] not in "不至今全两三四五"
        self.bare = acts and tense == FUTURE and (self.bare or self.tense in (UNSAID, TOLD))
        goes_on = found.lastgroup in ("state", "compared", "changed") or (
            tense == self.tense and (found.lastgroup == "month" or found[0].startswith("今年"))
        )
        self.marked = self.marked or not goes_on
        self.meant = self.meant or tense == MEANT_THEN
        self.pledged = self.pledged or (
            tense == MEANT_THEN and found[0] == "承诺:"
        )  # …承诺:封填2000眼,压采1500万立方米
        self.since = found.end() if tense != self.tense else self.since
        self.norm = tense == FUTURE and found[0].startswith(("应", "须", "必须"))
        self.tense = tense

    def tense_at(self, found: re.Match[str]) -> str:
        """The tense behind one word of time, if it were the only one."""
        return self._next(found)

    def _next(self, found: re.Match[str]) -> str:
        kind = found.lastgroup
        if kind in ("year", "plan"):
            return self._year_named(found) if kind == "year" else self._plan_named(found)
        if kind == "changed":
            return MEANT_THEN if self.meant else self.tense  # 原计划1420户,同意追加320户
        if kind in ("month", "quarter", "half"):
            return self._at_month(found)
        if kind == "state":
            return self._at_state(found)
        if kind == "compared":
            return PAST if self.tense in (UNSAID, TOLD) else self.tense
        ahead = self.tense == FUTURE and self.marked
        if found[0] == "当年" and (ahead or self.setting.kind in (Kind.PLAN, Kind.REGULATION)):
            return self.tense  # the year in question of each case
        left = _LEFT_FROM if ahead else _LEFT_OVER
        meant = self.tense == MEANT_THEN and found.string.endswith(("原定", "原拟"), 0, found.start())  # 原定去年竣工的
        if kind == THEN and (meant or (self.tense == FUTURE and left.match(found.string, found.end()))):
            return self.tense  # 6月底前去年遗留的7座全部开工
        if found[0] == "先后" and self.setting.kind is Kind.PLAN and self.tense == FUTURE:
            return self.tense  # 自秋季学期起先后停用
        if found[0] == "现有" and ((ahead and counted_among(found)) or (self.tense == FUTURE and worked_on(found))):
            return self.tense  # 2024年底前,消除现有23处堵点中的12处; 改造现有茶园2万亩
        if found[0] == "实际" and self.tense == FUTURE and self._names_what_is(found):
            return self.tense
        if kind in (THEN, PAST, MEANT_THEN):
            meant = kind == THEN and self.tense == MEANT_THEN and found.start() == self.since  # 原定去年开放的9座
            return MEANT_THEN if meant else str(kind)
        return PAST if found[0] == "争取" and self._has_got(found) else self._ahead(found)

    def _has_got(self, found: re.Match[str]) -> bool:
        """共为我县争取立项2.5万亩; in news and in what was done also 争取债券资金3亿元."""
        funded = _FUNDS.match(found.string, found.end())
        if funded and self.setting.kind is Kind.REPLY and self.setting.zone is Zone.DONE:
            return True
        if self.tense in (PAST, THEN) and self.setting.kind in _TELL_OF and funded:
            return True
        return was_granted(found) or bool(_GOT.search(found.string, max(0, found.start() - 14), found.start()))

    def _names_what_is(self, found: re.Match[str]) -> bool:
        """实际到位注册资本5000万元的: what each must have; 到2025年,实际床位数: a word of the measure's name."""
        if self.setting.kind is Kind.REGULATION:
            return True
        return self.marked and bool(_REAL.match(found.string, found.end()))

    def _at_state(self, found: re.Match[str]) -> str:
        """How things stand is a fact, unless a goal has been set: 改造后全长12公里; a gap that is to be filled."""
        if "缺口" in found[0] and _FILLED.search(found.string, max(0, found.start() - 20), found.start()):
            return self.tense
        planned = self.setting.kind is Kind.PLAN or self.setting.label in (GOAL, NEXT)
        goes_on = found[0][2:3] == "共" or (planned and "长" in found[0])
        settled = self.tense == FUTURE and (self.marked or goes_on)
        return self.tense if settled else PAST

    def _plan_named(self, found: re.Match[str]) -> str:
        """“十三五”时期建设农村公路513公里 tells what was, in a letter of 2023."""
        year, last = self.setting.year, PLAN_ENDS[found["plan"]]
        return PAST if year is not None and year > last else self.tense

    def _ahead(self, found: re.Match[str]) -> str:
        kind, then = found.lastgroup, self.tense in (THEN, MEANT_THEN)
        if self.setting.background and "五" in found[0]:
            return self.tense  # 发展基础:“十四五”期间,产值年均增长7.8%
        if self.setting.promised is False and found[0] == "要":
            return self.tense  # 一年要多背200万元: what the ask would cost
        if kind == "meant":
            return MEANT_THEN if then and not _STILL_MEANT.match(found.string, found.start()) else FUTURE
        if kind == FUTURE:
            if (self.tense == PAST or found[0] == "预计") and self._tells_on(found):
                return self.tense
            if self.tense == MEANT_THEN and not _MOVED_ON.match(found[0]):
                return self.tense  # 原计划年内竣工的大桥, 曾提出到2020年
            if then and found[0].endswith("前") and self._named_only(found):
                return FUTURE
            return self.tense if then and (found[0] == "将" or found[0].endswith("前")) else FUTURE
        tense = self.tense
        planned = self.setting.kind is Kind.PLAN
        if planned and tense == PAST and found[0].endswith("年") and found[0][0] in "两三四五":
            return FUTURE  # 村级债务1.8亿元,三年化解60%
        if found[0].startswith("今年") and tense == MEANT_THEN:
            return tense  # 原计划今年秋季投用
        if found[0].startswith("今年") and (then or tense == TOLD or planned):
            tense = default_tense(self.setting)
        if found[0] == "全年" and self.setting.kind is Kind.PLAN:
            return tense  # of the year that the paragraph tells about
        known = self.setting.promised is False and not _SETS.match(found[0])
        return FUTURE if tense == UNSAID and not known else tense

    def _tells_on(self, found: re.Match[str]) -> bool:
        """Whether a word that mostly looks ahead goes on telling: 将老站房改造成书店; in what a report says was done
        also 将水位降至3米, 汛前完成维修16处, 预计增长6%.
        """
        done = self.setting.kind is Kind.PROGRESS_REPORT and self.setting.zone is Zone.DONE
        if found[0] == "将":
            if found.string.endswith(("已", "已经"), 0, found.start()):  # 已将辖区18个站点纳入计划
                return True
            moved = done and _MOVED_TO.match(found.string, found.end())
            paid = self.setting.kind in _TELL_OF and _PAID_TO.match(found.string, found.end())
            return bool(moved or paid or _MADE_INTO.match(found.string, found.end()))
        if found[0] == "预计":
            done = done or self.tense in (THEN, MEANT_THEN)  # 2024年,预计实现生产总值210亿元, told in January
            return done and _TO_COME.match(found.string, found.end()) is None
        told = self.tense == PAST and self.setting.kind in _TELL_OF and not self.setting.label
        return (done and bool(_SEASON.fullmatch(found[0]))) or (told and is_over(found, self.setting.month))

    def _was_set(self, found: re.Match[str]) -> bool:
        """整改措施:2024年6月底前新增设备; 方案要求2023年底前修复41座,2024年底前33座, told in 2025."""
        if not _BY_DAY.match(found.string, found.end()):
            return False
        if self.setting.label == NEXT or self.meant:
            return self.tense != PAST
        return bool(_PAPER_WANTS.search(found.string, max(0, found.start() - 14), found.start()))

    def _named_only(self, found: re.Match[str]) -> bool:
        """Whether the past time only says which things are meant: 去年启动的管网工程,年底前完成剩余的46公里."""
        if default_tense(self.setting) != FUTURE or not self.since:
            return False
        return bool(_WHICH.fullmatch(found.string, self.since, found.start()))

    def _year_named(self, found: re.Match[str]) -> str:
        if self.tense == FUTURE and _LEFT_OVER.match(found.string, found.end()):
            return self.tense  # 完成2023年度结转项目7个,新开工9个
        if self.setting.year and int(found["year"]) < self.setting.year and self._was_set(found):
            return FUTURE if self.setting.label == NEXT else MEANT_THEN
        return self._at_year(int(found["year"]), found.string[found.start() - 1 : found.start()])

    def _at_year(self, year: int, front: str) -> str:
        """The tense of a year's time; this year ends what was told of an earlier one, unless it closes a span."""
        self.year = year
        if self.setting.year is None:
            return self.tense
        if self.setting.label == GOAL:
            return FUTURE
        if self.tense == MEANT_THEN:
            return self.tense
        if year == self.setting.year:
            turns = self.tense == THEN or (self.tense in (PAST, UNSAID) and self._plans_it())
            return default_tense(self.setting) if turns and front in _CLAUSE_BEGINS else self.tense
        return THEN if year < self.setting.year else FUTURE

    def _plans_it(self) -> bool:
        """Whether this year is what a plan is for: 现有村幼412所。2025年撤并96所; not in one of its last months."""
        return self.setting.kind is Kind.PLAN and (self.setting.month or 1) <= _LATE

    def _at_month(self, found: re.Match[str]) -> str:
        """A month of this year that is over, or still to come, by the letter's day; within 去年 it says nothing."""
        month = self.setting.month
        if month is None and found.lastgroup == "month" and found["span"] and self.setting.kind in _TELL_OF:
            return PAST  # 年度计划投资6亿元,1-8月累计完成5.1亿元, on a page without a date
        if "每年" in found.string[max(0, found.start() - 8) : found.start()]:
            return self.tense  # 每年4月至10月开放
        if month is None or self.setting.behind or self.tense in (THEN, MEANT_THEN, TOLD):
            return self.tense
        if self.year not in (None, self.setting.year):
            return self.tense
        last = int(found["month"]) if found.lastgroup == "month" else LAST_MONTHS[found["quarter"] or found["half"]]
        if last > month:
            told = self.tense == PAST and self.marked and self.setting.kind is not Kind.REPLY
            return self.tense if told else FUTURE
        if found.lastgroup == "month" and found["span"] and last < month:
            return PAST  # 1至8月到位41.3亿元, in a plan of September, too
        if found[0].endswith("起"):
            return self.tense  # 5月起分12期轮训: it goes on
        if last == month and self.setting.kind is Kind.REPLY and day_over(found, self.setting.day):
            return PAST
        return PAST if last < month and self.setting.kind is not Kind.PLAN and not self.setting.asking else self.tense
