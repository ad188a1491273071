"""What a number is held against, or how fast what stands in front of it grows; and the bare thing of a longer name.

财政收入同比增长6%,快于全省2个百分点      财政收入同比增长快于全省
加固危桥36座,完成率92%                    加固危桥完成率
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.figures.cells import Cell
from extractors.figures.indicators import without_place
from extractors.figures.named import Named
from extractors.lexicon import alternation, words_of
from extractors.lexicon.openings import skipping, sought

COMPARED = re.compile(
    skipping(
        r"(?:(?<![占对之])比(?![例重率值])|较|[快慢高低]于)[^,]{1,12}$|与[^,]{2,10}相比|[与同和](?:20\d\d年|[去上前]年)[^,]{0,6}的$|同比|环比|[同比]口径"
    )
)
_COMPARES = re.compile(
    r"^(?:(?:按?同|按?可比)口径|同比|环比|比|较|高于|低于|[快慢优好]于|与[^,]{2,10}相比|相[比较]|超(?:时序|序时)|(?:高出|超)(?=全[国省市县区州]))|^(?:年均|累计)?(?:增长|提高|上升|下降|减少|降低|增加|上涨|下跌|回落|[增减]产|[高低多少]出?|[增降升减涨跌])$"
)
_LEADING_ACT = re.compile(
    r"^(?:累计|共|已|年均|全[市县区省州国镇乡]|[一-鿿]{0,3}?(?=新增|新建))*"
    + "(?:[和及与、]?"
    + alternation(words_of("naming", "leading"))
    + r")+(?=[一-鿿“]{2})"
)
_TASK_END = sought(r"(?<=[一-鿿]{3})(?:任务|目标)$")
_RISES = re.compile(
    skipping(
        r"(?<=[一-鿿]{2})(?:年均|同比|环比|平均|累计|预期|预计)?(?:增长|提高|提升|下降|上升|减少|降低|增加|递增)(?:比例)?$|"
        r"(?<=[一-鿿]{2})(?:同比|环比|较[^较]{2,8}|比[上去前常]年[^比]{0,6})(?:[低高少多]|提高|提升|增加|增长|下降|减少)$"
    )
)
_SHARE_OF = sought(r"(?<=[一-鿿]{2})占[^占比]{0,10}$")
_COUNTING = re.compile(r"^[一-鿿]{2,12}?(?:总共|共计|累计|(?<!公)共(?![同享建有]))(?=[一-鿿]{2})")
_RECKONED_BY = sought(r"在[^,]{2,14}基础上|(?<=[一-鿿])按照?[^,]{2,10}?(?=(?:给予|累加|补助|补贴|奖))")
# (改造小区9个)完成率90%, (产值9亿元)增速6%: how far it is, or how fast it grows, is told of the last thing counted
_TIMES = re.compile(r"(?:约)?(?:是|为|相当于|达到?)[^,]{0,14}的?$")
_OF_WORKS, _WORKS = re.compile("(?:开工|竣工|投产|完工)(?:率|比例)"), frozenset(("个", "项", "处", "家"))
_OF_BUDGET = re.compile(r"[仅只约已]*(?:完成|为|占)(?:年初|年度?|调整后?|全年|汇总)*(?:预算|计划|任务)数?的?约?$|的$")
_YEARS_GROWTH = re.compile("(?:近|过去)?[两二三四五]年(?:来|间)?(?:年均|平均|累计)?(?:增[长速]|下降|递增)")
_OF_THE_LAST = re.compile(
    "(?:完成|开工|竣工|投产|办结|支付|执行|兑现|到位|增长)率|增速|[增降]幅|(?:开工|竣工|投产|完工|完成)比例"
)


def held_against(cell: Cell, lead: str, named: Sequence[Named]) -> tuple[str, int] | None:
    """What a comparison (同比增长, 高于全市平均) is told of; so is a sum in other money: 3.1万元(折合4400美元)."""
    if (cell.depth and lead.startswith(("折合", "约合", "折算"))) or "汇率" in lead:
        return named[-1].name.noun, len(named) - 1
    if cell.measure.unit == "倍" and _TIMES.match(cell.lead) and not COMPARED.search(named[-1].cell.lead):
        return core_of(named[-1].name.noun), len(named) - 1  # 预算收入60亿元,是2015年的1.5倍
    if _OF_THE_LAST.fullmatch(lead) and (near := _counted_last(cell, named)) is not None:
        return core_of(named[near].name.noun), near
    if lead.endswith("率") and len(lead) < 5 and "满意" not in lead:
        last = named[-1]
        counted = last.cell.measure.unit not in ("%", "元", "个百分点") and lead[:2] in last.name.full
        counted = counted and not COMPARED.search(last.cell.lead)
        near = last.cell.clause == cell.clause - 1 and counted and last.of is None
        name = last.name.full if last.name.full.endswith(lead[:2]) else last.name.noun
        return (core_of(name), len(named) - 1) if near else None  # 纪念馆开放117家,开放率75%
    if _YEARS_GROWTH.fullmatch(lead) and cell.measure.unit == "%":
        at = next((i for i in range(len(named) - 1, -1, -1) if not COMPARED.search(named[i].cell.lead)), 0)
        return core_of(of_what(named[at].name.noun)), at  # 规上工业增加值同比增长15%,两年平均增长8%
    if not _COMPARES.match(lead) or (len(lead) == 1 and lead in "增降升减涨跌" and cell.measure.unit != "%"):
        return None
    flat = [
        i
        for i, row in enumerate(named)
        if row.cell.depth <= cell.depth
        and not COMPARED.search(row.cell.lead)
        and not (row.rule == "ellipsis" and row.cell.measure.unit == "个百分点")  # 高于全国0.8、全省1.2个百分点
    ]
    while cell.measure.unit in ("%", "元") and len(flat) > 1 and _OF_BUDGET.match(named[flat[-1]].cell.lead):
        flat.pop()  # 支出712亿元,完成预算的96.4%,同比增长2.1%
    at = flat[-1] if flat else 0
    if cell.measure.unit == "个百分点" and named[-1].cell.measure.unit == "%":
        at = len(named) - 1  # 同比增长66.1%,高于全省9.4个百分点
    return core_of(named[at].name.noun), at


def _counted_last(cell: Cell, named: Sequence[Named]) -> int | None:
    """The position of the last number, where it counts something and stands directly in front."""
    last = named[-1]
    if last.cell.measure.unit == "元" and _OF_WORKS.search(cell.lead):
        return next((at for at in range(len(named) - 1, -1, -1) if named[at].cell.measure.unit in _WORKS), None)
    near = last.cell.clause >= cell.clause - 1 and last.of is None and not COMPARED.search(last.cell.lead)
    return len(named) - 1 if near and last.cell.measure.unit not in ("%", "个百分点", "倍") else None


def of_what(noun: str) -> str:
    """线上销售额 of 线上销售额年均增长, 苹果种植面积 of 苹果种植面积占全市: what rises, or makes a share."""
    return _SHARE_OF.sub("", _RISES.sub("", noun))


def core_of(noun: str) -> str:
    """The thing without place and verb: 全市累计新建充电桩 -> 充电桩; 全系统共承办提案 -> 承办提案."""
    noun = without_place(_COUNTING.sub("", _RECKONED_BY.sub("", noun)))
    core = _TASK_END.sub("", _LEADING_ACT.sub("", noun)).removeprefix("后") or noun  # 建成后冷藏能力
    return noun if core in ("就业", "创业", "投资") else core  # 城镇新增就业 is more than 就业
