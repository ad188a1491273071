"""Numbers that say how one of what is counted must be, what one costs, when money flows, or what was asked for.

培育2家年回收量不低于1万台的骨干企业 · 10亿元以上的领军企业3家 · 保存率达到85%时结清 · 一台车38万元
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractors.lexicon.openings import sought
from models.documents import Kind

if TYPE_CHECKING:
    from extractors.figures.cells import Cell
    from extractors.figures.standards import Place

_OF_COUNTED = re.compile(
    r"\d余?(?:家|个|座|所|处|名|条|支|户|辆|套)[一-鿿]{0,10}(?:不[低少]于|不[高超大]?[过于]|超过?|达到?|[大多]于|为|在|[日年](?:产|处理|加工|烘干|供[水热气]?|出栏)(?:能力)?)$"
)
_SUCH_THINGS = re.compile(r"(?:及?以[上下内])?的[一-鿿]{2}")
_IN_CASE = re.compile(r"(?:待|等|当|若|如果?|一旦|凡|余款|尾款)[^,;。]{2,24}$")
# 腌足二十天才能出坛, 满三年方可申请; 出生90天内参保的,从…
_ONLY_THEN = re.compile(r"(?:及?以上)?,?(?:才|方)(?:能|可|许|准|算)")
_IN_TIME = re.compile(r"(?:之|以)?内[一-鿿]{2,12}的,")
_SPANS = frozenset(["天", "日", "个月", "年", "周", "小时", "个工作日", "工作日"])
# 单个农庄用地不超过50亩: what holds for each one is a rule, whoever tells it.
_OF_ONE = re.compile(r"(?:^|[,、:])单[个体家户][^,;。\d]{1,12}(?:不[少低]于|不[超高大]?[过于]|不得超?过?)$")
_THEN_PAID = re.compile(
    r"(?:及?以[上下])?(?:时|后|的),?[^,;。]{0,6}(?:结清|拨付|支付|兑[付现]|返还|启动|给予|奖|补|发放|核减|停|退|触发|预警|扣|清算|执行)"
)
_COUNTED_SUCH = re.compile(r"(?:及?以[上下])的?[一-鿿]{0,12}?(?:[新净]?增[加至]?|达到?|突破|超过|不少于)?\d")
_ONE_COSTS = re.compile(
    r"(?:^|[,、;]|光|单)[一1](?:台|辆|部|套|架|座|张|只|盏|根|块|口|棵|株|米|本|副|床|艘|公里|平方?米?)"
    r"(?![^,]{0,8}(?:[费款入利]|成本|收|产|补|奖|罚))[一-鿿]{1,6}(?:造价)?(?:要|就要|约|得|需要?|售价|报价)?$"
)
_ASKED_FOR = re.compile("(?:及?以[上下内])?[^,;。0-9]{0,14}的(?:要求|诉求|想法|设想|提议|提法|请求|建议)(?!标准)")
_WANTED_MORE = sought(r"每[一-鿿]{1,4}$|(?:提高|增加|扩大|降低|减少)[到至](?:每[一-鿿]{1,4})?$")
_WHO_ASKS = frozenset(["家", "名", "人", "户", "位", "条", "项", "件", "个", "人次"])


def picks_case(place: Place) -> bool:
    """Whether a number describes each of what is counted in front of it, or the case in which something is paid."""
    if _OF_ONE.search(place.cell.opening) and place.setting.kind is not Kind.PLAN:
        return True
    if place.behind[:1] not in "的时后以及内才方,":
        return False
    if _ONLY_THEN.match(place.behind) or (place.cell.measure.unit in _SPANS and _IN_TIME.match(place.behind)):
        return True
    if _OF_COUNTED.search(place.cell.opening) and _SUCH_THINGS.match(place.behind):
        return True
    return bool(_THEN_PAID.match(place.behind) and _IN_CASE.search(place.cell.opening))


def counts_such(place: Place) -> bool:
    """产值10亿元以上的领军企业3家: the number behind counts those that this one picks."""
    return place.condition and bool(_COUNTED_SUCH.match(place.behind))


def is_cost_of_one(place: Place) -> bool:
    """一台车38万元; no income and no charge told of it (一台冰箱光运费就要35元)."""
    return bool(_ONE_COSTS.search(place.cell.opening)) and not place.behind.startswith(("以上的", "以下的"))


def is_asked_for(place: Place) -> bool:
    """一次增建600个以上的要求难以做到; 12家经营户的诉求 counts those who ask."""
    who = place.cell.measure.unit in _WHO_ASKS and not place.cell.around and not _WANTED_MORE.search(place.cell.opening)
    if who or "的" not in place.behind:
        return False
    return bool(_ASKED_FOR.match(place.behind))


_PAID_A_HEAD = re.compile(
    "(?:补助|补贴|奖补|津贴|资助|救助|补偿)(?:标准|资金)?(?:由|从|提[高升][到至]|增至|降[到至]|调[整高][到至为])"
    "[^,;。]{0,12}[户人亩生床]均$"
)
_WISHED_HIGHER = re.compile(
    r"(?:您|代表|委员|你们|提案)们?所?(?:建议|提出|希望|要求|提议)[^,;。\d]{0,14}"
    r"(?:提[高升]|增加|上调|放宽|补|涨|调|[增降]低?)[到至为][^,;。\d]{0,6}$"
)
_SPENT_IN_PARTS = re.compile(
    r"(?:累计|共|已)(?:投入|筹[集措资]|投资|完成投资|支出|花费)[^;。]{0,10}\d[\d.]*[万亿]?元,(?:[^;。]{2,16},)?"
    r"其中[^,;。\d]{2,12}$"
)


_BY_DAY = re.compile(r"(?:[年月][底末初]?|\d日|[中上下]旬|季度|学期)(?:之|以)?前[^,;。\d]{0,4}$|年[内底]$")
_PAYS = re.compile("(?:拨付|兑付|兑现|支付|发放|下达|返还|到位)")
_LEFT = re.compile("(?:剩余|其余|余下|剩下|尚余|结余)的?(?:资金|部分)?(?:约|近)?$")
_BY_DAY_BEHIND = re.compile(r"[^,;。\d]{0,4}(?:\d{1,2}月|明年|年)[^,;。]{0,8}前|[^,;。\d]{0,4}(?:年底|年内|明年)")


def is_paid_by_day(cell: Cell) -> bool:
    """尾款10月底前全部兑付: to be done by a day, and no rule."""
    return bool(_PAYS.match(cell.tail) and _BY_DAY.search(cell.opening))


def is_left_to_pay(place: Place) -> bool:
    """(已拨付410万元,)剩余190万元11月底前拨付."""
    return bool(_LEFT.search(place.cell.lead) and _BY_DAY_BEHIND.match(place.behind))


def is_sum_for_many(cell: Cell) -> bool:
    """今年拟奖补40个村、资金320万元: what all of them get."""
    return cell.joined and cell.lead.strip() in ("资金", "奖补资金", "补助资金") and cell.measure.value >= 100_000


def is_paid_a_head(near: str, end: int) -> bool:
    """省级补助由人均6000元提高到9000元: an award, and no yield."""
    return _PAID_A_HEAD.search(near, 0, end) is not None


def is_wished_higher(place: Place) -> bool:
    """您建议提高到户均5万元."""
    return _WISHED_HIGHER.search(place.near) is not None


def is_part_of_spent(place: Place) -> bool:
    """累计投入860万元,其中省级补助六成: who paid so much of it."""
    return "其中" in place.cell.lead and _SPENT_IN_PARTS.search(place.said[-60:]) is not None
