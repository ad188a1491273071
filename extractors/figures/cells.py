"""A unit's numbers, each with the words of its clause that belong to it.

近年建成公园12个、绿道30公里,管护人员共86名
└──────── clause 0 ────────┘ └── clause 1 ──┘
12个: lead "近年建成公园"   30公里: lead "绿道", joined   86名: lead "管护人员共"
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from extractors.figures.indicators import CHANGED, holder_of, noun_of
from extractors.lexicon.openings import skipping
from models.quantities import Measure

_BREAK = re.compile(skipping(r"[,;。!?|\n()…]|(?<!\d):|:(?!\d)|(?<=的建议) |(?<=的问题) |(?<=的意见) |  "))
_AROUND = re.compile(
    r"^(?:\(含(?:本数|本级)?\)|\([^()\d]{2,14}\)(?=及?以[上下内])|及?以[上下内]|左右|上下|之间|不等|多|余|有余|还多|以外)+"
)
_NOUN_IN_UNIT = re.compile(r"^个(?!百分点|千分点|基点|工作日|月|小时|星期|季度|学期|\()([一-鿿]{1,4})$")
_JOIN = re.compile(r"^(?:、|,|和|及|与|或|以及|并|/)")
_WORTH = "(?:(?:年|主营业务|营业|销售|工业|总|出口)*(?:收入|产值|销售额|交易额|税收|纳税额?|投资额?|营收|增加值))"
_DEED = "(?:签约|落地|开工|竣工|投产|入库|引进|新增|储备|谋划|实施|推进|在建)"  # 签约过亿元项目31个
_BOUND = re.compile(
    rf"(?:{_WORTH}?(?:超过|不足|不满|未满|满|低于|高于|少于|多于|达到?|突破|(?<=[值入税额收资])[过超]|^[过超])|{_DEED}[过超])$"
)
REACH = re.compile(r"(?:范围)?内?[^,、]{0,8}(?:覆盖率|送达率|可达率|响应率|接驳率|到达率)")
_REACHED_IN = frozenset(("分钟", "小时", "个小时", "公里", "千米", "米", "里", "天", "日"))
_TO = re.compile(
    rf"^(?:左右)?(?:/[^,]{{1,3}})?(?:统一|逐步|一次性|再|均|已|又|进一步|一路|直接|大幅|快速)?(?:{CHANGED}|[撤归合]?并|整合)[至到为成]"
    r"(?:(?:目前|现在|如今|去年|今年|20\d\d年)(?:[底末初]|[春夏秋冬][季天]?|[上下]半年|第?[一二三四]季度)?(?:\d{1,2}月[底末]?)?的?)?(?:最高|每.年?|每.每.|不[低少超高]于?过?|至少|约|近)?$"
)
# (由143家)整合到(116家): between two numbers any verb with 到 leads on; what one gets (收到, 达到) doesn't.
_ANY_TO = re.compile(r"^(?![收达得看接遇找感等直受考涉的不]|下拨|分配|发放|拨付|投放|安排|落实)[一-鿿]{1,2}到$")
_ARROWS = ("→", "->", "—>", "⇒", "➜")  # 住院率:88.6%→91%
_FAILS = re.compile("(?:均|都)?(?:低于|高于|不足|少于|超过|不到|未达到|达不到)")  # 完成率连续两年低于70%的
_IN_TURN = re.compile(r"依次(?=[为是达占给奖补按]|\d|增长|提高|下降)")
_JOIN_END = re.compile(r"(?:、|和|及|与|或|以及)$")
_AND = re.compile(r"^(?P<noun>[一-鿿]{1,8}?)(?:和|及|以及|与)(?P<next>[一-鿿]{2,12})$")
_OUTPUT = re.compile(r"^[日年单](?:产|处理|加工|供|烘干|出栏|接待)[^,、]{0,8}$")
_SUCH = re.compile(r"(?:及?以[上下])?的([一-鿿“”]{2,14})")
_SPECIFIES = frozenset(("千伏", "伏", "毫米", "英寸", "寸", "蒸吨", "蒸吨/小时", "马力"))  # 10千伏线路6215公里
# 产值过10亿元企业2家
_PICKED = re.compile("[一-鿿]{0,4}(?:企业|集群|园区|产业|项目|公司|品牌|镇|乡镇|村)(?:总数)?(?:达到?|增至|增加到)?")
_THING = re.compile("[一-鿿]{2,6}")
_SPECIFIED = re.compile(r"(?:级|型|及?以[上下])?(?:[一-鿿]{0,6}的)?([一-鿿]{2,16})")  # 3台40吨链条炉, 2条110千伏线路
_ASIDE = re.compile(r"\([^()]*\)")


class Cell(NamedTuple):
    """A measure and its own words.

    `lead` stands in front of the number, back to the clause's start or to the number before; `tail` behind it, without
    以上/左右, up to the next number's words; `opening` is the clause from its start to the number, other numbers
    included. `joined`: a 、 or 和 ties it to the number before. `clause` counts within the unit; `depth`
    is 1 in brackets.
    """

    measure: Measure
    text: str
    clause: int
    depth: int
    opening: str
    lead: str
    tail: str
    around: str
    joined: bool


class Clause(NamedTuple):
    """A stretch between commas (or in brackets that hold numbers): its words, its place, its numbers."""

    start: int
    end: int
    depth: int
    words: str
    measures: tuple[Measure, ...]


def clauses_of(folded: str, start: int, end: int, measures: Sequence[Measure]) -> list[Clause]:
    """The clauses of the unit [start, end), in order; brackets without a number stay inside their clause."""
    clauses: list[Clause] = []
    depth, left = 0, start
    for stop, mark in _breaks(folded, start, end, measures):
        _push(clauses, folded, left, stop, depth, measures)
        depth += {"(": 1, ")": -1}.get(mark, 0)
        left = stop + 1
    _push(clauses, folded, left, end, max(depth, 0), measures)
    return clauses


def cells_of(clauses: Sequence[Clause]) -> Iterator[Cell]:
    """Each number of the clauses with its words, in order."""
    for at, clause in enumerate(clauses):
        if clause.measures:
            yield from _cells(at, clause)


def _breaks(folded: str, start: int, end: int, measures: Sequence[Measure]) -> Iterator[tuple[int, str]]:
    """Where clauses end: commas and the like outside numbers, and brackets that hold a number."""
    hidden: list[int] = []
    starts = [measure.start for measure in measures]
    for found in _BREAK.finditer(folded, start, end):
        at, mark = found.start(), found[0]
        behind = bisect_right(starts, at)  # the first number that begins behind the mark
        if behind and at < measures[behind - 1].end:
            continue
        if mark == "," and _goes_on_in_turn(folded, at, behind, measures):
            continue
        if mark == "(":
            close = folded.find(")", at, end)
            close = end if close < 0 else close  # (其中:甲3亩;乙2亩): the unit ends before its bracket
            hidden.append(close)
            if behind < len(starts) and starts[behind] < close:
                hidden.pop()
                yield at, mark
        elif mark == ")" and at in hidden:
            continue
        elif not any(at < close for close in hidden):
            yield at, mark


def _goes_on_in_turn(folded: str, at: int, behind: int, measures: Sequence[Measure]) -> bool:
    """分别增长6%,9%: a comma between bare numbers of one unit lists them as 、 does."""
    if not 0 < behind < len(measures) or measures[behind - 1].end != at or measures[behind].start != at + 1:
        return False
    alike = measures[behind - 1].unit == measures[behind].unit
    return (
        alike
        and "分别" in folded[max(0, at - 24) : at]
        and folded[measures[behind].end : measures[behind].end + 1] in _STOPS
    )


_STOPS = frozenset((",", "。", ";", "、", "和", "\n", ""))


def _push(clauses: list[Clause], folded: str, left: int, right: int, depth: int, measures: Sequence[Measure]) -> None:
    if right > left:
        first = bisect_left(measures, left, key=_start)
        last = bisect_left(measures, right, first, key=_start)
        words = folded[left:right]
        if "依次" in words:
            words = _IN_TURN.sub("分别", words)
        clauses.append(Clause(left, right, depth, words, tuple(measures[first:last])))


_start = attrgetter("start")


def _cells(at: int, clause: Clause) -> Iterator[Cell]:
    lead, joined = clause.words[: clause.measures[0].start - clause.start], False
    for here, measure in enumerate(clause.measures):
        opening = clause.words[: measure.start - clause.start].rstrip()
        last = here + 1 == len(clause.measures)
        stop = clause.end if last else clause.measures[here + 1].start
        behind = clause.words[measure.end - clause.start : stop - clause.start]
        behind = behind if behind.startswith("的") else _unit_noun(measure.unit) + behind
        around = found[0] if (found := _AROUND.match(behind)) else ""
        gap = behind[len(around) :]
        tail, lead_on, joined_on = (gap, "", False) if last else _share_out(gap, around, lead, clause, here)
        yield Cell(
            measure,
            clause.words[measure.start - clause.start : measure.end - clause.start],
            at,
            clause.depth,
            opening,
            lead.rstrip(),
            tail,
            around,
            joined,
        )
        lead, joined = lead_on, joined_on


def _share_out(gap: str, around: str, lead: str, clause: Clause, here: int) -> tuple[str, str, bool]:
    """The words between two numbers: what the first keeps, what the second gets, and whether 、 joins them."""
    words, measure = clause.words, clause.measures[here]
    if is_step(gap):
        return "", gap, False
    if not gap and (such := _SPECIFIED.match(words, clause.measures[here + 1].end - clause.start)):
        return noun_of(such[1]), "", False
    if listed := _listed(gap, words[clause.measures[here + 1].end - clause.start :]):
        return listed
    if lead.endswith("每") or (lead.endswith("连续") and _FAILS.match(gap)):
        said = "每" + words[measure.start - clause.start : measure.end - clause.start]
        return gap, (said if lead.endswith("每") else lead.removesuffix("连续")) + gap, False
    if measure.unit in _SPECIFIES and _THING.fullmatch(gap):
        return gap, lead + words[measure.start - clause.start : measure.end - clause.start] + gap, False
    if gap == "的" and clause.measures[here + 1].unit == "%":
        return "", lead, False
    if measure.unit in ("岁", "周岁") and (not gap or gap.startswith("每")):
        return "", words[measure.start - clause.start : measure.end - clause.start] + around + gap, False
    if gap.startswith("的基础上"):
        return "", lead, False
    if gap.startswith("的"):
        bound = found[0] if (found := _BOUND.search(lead)) else ""
        return gap, bound + words[measure.start - clause.start : measure.end - clause.start] + around + gap, False
    if gap and (found := _BOUND.search(lead)) and _PICKED.fullmatch(gap):
        return gap, found[0] + words[measure.start - clause.start : measure.end - clause.start] + gap, False
    if around or (measure.unit in _REACHED_IN and REACH.match(gap)):
        return gap, lead + words[measure.start - clause.start : measure.end - clause.start] + around + gap, False
    return holder_of(gap) or noun_of(gap), gap, False


def _listed(gap: str, behind: str) -> tuple[str, str, bool] | None:
    """What the words between two numbers of a list are shared out to; `behind`: those that follow the second."""
    if found := _JOIN.match(gap):
        return "", gap[found.end() :], True
    if found := _JOIN_END.search(gap):
        return gap[: found.start()], "", True
    if (found := _AND.match(gap)) and behind.startswith(found["noun"]):
        return found["noun"], found["next"], True  # 东街2个小区和西街7个小区
    if (cut := _outside(gap).rfind("、")) >= 0 and not gap[:cut][-4:].isdigit():
        return gap[:cut], gap[cut + 1 :], True
    if gap in ("村", "镇", "乡", "乡镇", "县", "街道", "社区"):
        return gap, "", True  # 9个镇87个村
    if _OUTPUT.match(gap) and (such := _SUCH.match(behind)):
        return such[1], gap, False  # 5处日产10吨的粮库
    return None


def _outside(words: str) -> str:
    """The words with what stands in brackets blotted out: 县(市、区)小学 lists nothing."""
    return _ASIDE.sub(lambda found: "(" * len(found[0]), words) if "(" in words else words


@lru_cache(maxsize=1024)
def _unit_noun(unit: str | None) -> str:
    """The noun inside a printed unit: 村 of 个村, 班 of 个班; nothing where the unit only counts."""
    found = _NOUN_IN_UNIT.match(unit or "")
    return found[1] if found else ""


def is_step(words: str) -> bool:
    """Whether the words lead from an old value to the new one: (由23份)精简到(11份)."""
    bare = words.strip()
    if bare in _ARROWS:
        return True
    return bool(_TO.match(bare) or _ANY_TO.match(bare))
