"""What a number is for: a value to be reached, a fact, or what a rule sets; and whether it is a rise or a level.

去年新建书屋12座,今年再建8座,每座补助3万元      12座 actual   8座 target   3万元 standard
"""

from __future__ import annotations

import re
from functools import cache

from extractors.figures.cells import Cell
from extractors.figures.tenses import FUTURE, MEANT_THEN, PAST, THEN, Setting
from extractors.lexicon import load
from models.documents import Kind
from models.quantities import Basis, Comparator, Role

_DAYS = frozenset(("年", "个月", "天", "日", "个工作日", "工作日", "小时", "周", "分钟", "个小时", "月"))
_MONEY = re.compile(r"元$")
_PER_UNIT = re.compile(r"每(?!年$|年[^每元]{2})|[人户亩]均|/")
_MEAN = re.compile(r"平均|人均|户均|增收|收入")
_CONDITION = re.compile(
    r"^[^,]{0,14}?的(?:$|[^,]{0,14}?(?:予以|给予|由|可|不得|应|须|扣|移出|取消|注销|享受|奖励|补助))"
)
_REACH = re.compile(r"内?[^,]{0,8}(?:覆盖率|送达率|可达率|响应率)")
_MORE = re.compile(r"(?:再|另)?(?:增加|上浮|提高|加发|追加|下浮)$")
_DROPPED = re.compile(r"取消|不再(?:实施|执行)|停建|终止")
_WITHIN = re.compile(r"^内[^,]{0,4}(?:提交|报送|申报|申请|备案|报告|缴纳|反馈|答复|办结|办理|到场|完成|受理|审核|公示)")
_CONDITION_NOUN = re.compile(r"^[的、]?(?:[一-鿿]{1,10})")
_RISE_NEAR = re.compile(
    r"(?:(?:增长|上升|提高|提升|上浮|下浮|下降|降低|减少|增加|压减|递增|增幅为?|降幅为?|增收|[加减]了|(?:比|较)[^,]{1,14}[低高少多])了?)$"
)
_RISE = re.compile(
    r"新增|新建|增加|增长|增设|净增|[再又][增建新装添改完]|新开|新改扩?建|扩建|新添|新办|新设|增建|增配|新植|新栽|加装|补招"
)
_LEVEL = re.compile(r"累计|总[数量]|达到?$|增[至到]|增加[至到]|提[高升][至到]|突破$|共有$|现有|在建|扩大[至到]|由|从")
_SHARE = re.compile(r"占|比例|比重|份额|全部|一律")
_RATE = re.compile(r"[率度]|完成|目标|任务|计划")
_GOAL = re.compile(r"力争|确保|到20\d\d|20\d\d年[^起]{0,6}(?:底|末|前)|目标|年内|完成")


@cache
def _sign(meaning: str) -> re.Pattern[str]:
    return re.compile(_joined(meaning))


def _joined(meaning: str) -> str:
    return "|".join(entry.pattern.pattern for entry in load("purposes") if entry.meaning == meaning)


def role_of(cell: Cell, said: str, tense: str, setting: Setting, paired_with: Role | None = None) -> tuple[Role, str]:
    """The role and the rule that gave it.

    `said` is the unit up to the number; `paired_with` the role of the other end of 由X提高到Y.
    """
    if rule := _standard(cell, said, tense, setting):
        return Role.STANDARD, rule
    if paired_with is Role.STANDARD and not (tense == PAST and _sign("spent").search(cell.opening)):
        return Role.STANDARD, "pair"
    if tense not in (FUTURE, MEANT_THEN):
        return Role.ACTUAL, tense
    if setting.kind is Kind.REGULATION and not _GOAL.search(said):
        return Role.STANDARD, "regulation"
    return Role.TARGET, tense


def _standard(cell: Cell, said: str, tense: str, setting: Setting) -> str | None:
    unit, near = cell.measure.unit or "", cell.opening[-24:]
    if _MONEY.search(unit):
        return _money_rule(cell, said, tense)
    if _sign("limit").search(near[-8:]) or _sign("law").search(said):
        return "limit"
    if _DROPPED.search(cell.tail):
        return "dropped"
    if unit == "%":
        return _percent_rule(cell, said[-40:] if _MORE.search(cell.lead) else near, tense)
    if unit in _DAYS and (_sign("rule_duration").search(near) or "公示" in cell.tail[:4]):
        return "duration" if tense == FUTURE or "有效期" in near else None
    if unit in _DAYS and setting.kind in (Kind.PLAN, Kind.REGULATION) and _WITHIN.match(cell.tail):
        return "time_limit"
    if unit in ("岁", "周岁") and tense == FUTURE and "寿命" not in near:
        return "age"
    if is_condition(cell) or _REACH.match(cell.tail):
        return "condition"
    if _sign("price").search(near[-8:]) and tense == FUTURE:
        return "price"
    if _sign("quoted").search(cell.opening) and setting.kind is Kind.REPLY:
        return "quoted"
    return None


def _money_rule(cell: Cell, said: str, tense: str) -> str | None:
    """每户补助3000元 sets an amount; 累计发放补助120万元 tells what was paid."""
    near = cell.opening[-24:]
    words = near + cell.tail[:8]
    if _MEAN.search(near):
        return None
    if _PER_UNIT.search(near) and not (tense == PAST and _sign("spent").search(near)):
        return "per_unit"
    if _sign("price").search(words):
        return "price"
    if _sign("award").search(words) and not _sign("spent").search(near):
        return "award"
    if cell.measure.comparator is Comparator.AT_MOST and _sign("award").search(said):
        return "award"
    if _sign("quoted").search(cell.opening + cell.tail) or _DROPPED.search(cell.tail):
        return "quoted"
    return None


def _percent_rule(cell: Cell, near: str, tense: str) -> str | None:
    if is_condition(cell) and re.search(r"对|凡|经", cell.opening):
        return "condition"
    if re.search(
        r"^的?(?:比例)?(?:给予|补助|补贴|比例|奖励|资金|贴息|分担|承担|负担|拨付|扣减|[^,]{0,4}予以)", cell.tail
    ) and _sign("award").search(near + cell.tail[:10]):
        return "share_of_award"
    if cell.measure.rule == "all" and tense not in (PAST, THEN) and _sign("award").search(cell.tail[:4]):
        return "share_of_award"
    if _sign("award").search(near) and not _RATE.search(near[-4:]):
        return "share_of_award"
    if cell.measure.comparator is Comparator.AT_MOST and re.search(r"比例|占|份额", near):
        return "limit"
    bound = cell.measure.comparator in (Comparator.AT_LEAST, Comparator.AT_MOST)
    return "share_of_fund" if bound and tense == FUTURE and re.search(r"经费|资金", near) else None


def is_condition(cell: Cell) -> bool:
    """30户以上自然村, 连续36个月未年审的渔船予以注销: the number picks who is meant."""
    if cell.around[-2:] in ("以上", "以下", "以内") and _CONDITION_NOUN.match(cell.tail):
        if cell.tail.startswith(("的要求", "的诉求", "的目标", "的任务", "的规模")):
            return False
        if cell.tail.rstrip().endswith("的"):
            return True
        small = cell.measure.unit in ("户", "人", "岁", "周岁", "层", "年", "平方米", "亩", "头", "米", "吨")
        if small or cell.tail[0] == "的":
            return cell.measure.unit != "%" or "对" in cell.opening
    if cell.measure.unit in ("岁", "周岁") and cell.measure.upper is not None:
        return True
    picks = re.search(r"连续$|超过$|不足$|低于$|对[^,]{2,16}$|满$", cell.opening)
    if picks and picks[0].startswith("对") and cell.tail.startswith("的"):
        return True
    return bool(picks) and bool(_CONDITION.match(cell.tail))


def basis_of(cell: Cell, lead: str, inherited: Basis | None) -> Basis:
    """Increase, share or level, from the number's own words; a part or an ellipsis takes after its head.

    新增展柜28组 increase · 比上年多11组 increase · 总数达212组 level · 提高2.7个百分点 increase · 女职工占57% share
    """
    measure = cell.measure
    if is_condition(cell):
        return Basis.LEVEL
    if (measure.unit and measure.unit.endswith("百分点")) or measure.rule == "double" or _RISE_NEAR.search(lead):
        return Basis.INCREASE
    if measure.unit == "倍":
        return Basis.LEVEL
    if measure.unit == "%":
        return Basis.SHARE if _is_share(cell, lead) else Basis.LEVEL
    if (measure.unit and _MONEY.search(measure.unit)) or _LEVEL.search(lead):
        return Basis.LEVEL
    if _RISE.search(lead):
        return Basis.INCREASE
    return inherited or Basis.LEVEL


def _is_share(cell: Cell, lead: str) -> bool:
    return bool(_SHARE.search(lead[-14:])) or cell.measure.rule == "all" or not _RATE.search(lead[-6:])
