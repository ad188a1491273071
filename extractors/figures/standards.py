"""Whether a number is what a rule sets: an amount, a price, a threshold, a condition, a rate's base, a term.

每户补助3000元 · 票价5元 · 30户以上的自然村 · 按不低于40%的工作量核拨 · 每2公里设一处驿站 · 有效期五年
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from extractors.figures.attributes import counts_such, is_asked_for, is_cost_of_one, picks_case
from extractors.figures.cells import REACH, Cell
from extractors.figures.requirements import is_cap, is_per_case, is_required, is_size
from extractors.figures.tenses import FUTURE, MEANT_THEN, PAST, THEN, Setting
from extractors.figures.words import sign
from extractors.lexicon.openings import endings
from models.documents import Kind
from models.quantities import Comparator

_SHALL_BE = re.compile("不[少低]于|不[超高]过?|不得")
_DAYS = frozenset(
    ("年", "个月", "天", "日", "个工作日", "工作日", "小时", "周", "分钟", "个小时", "月", "季度", "个季度", "次")
)
_AGES = frozenset(("岁", "周岁"))
_GROUPS = frozenset(
    ["户", "人", "分", "岁", "周岁", "层", "年", "平方米", "亩", "头", "只", "米", "吨", "马力", "千瓦", "床", "立方米"]
)
_MEASURED = _GROUPS | _DAYS - {"次"} | {"公里", "公顷", "厘米", "千米", "度", "公斤", "级"}
_RULED_BEHIND = re.compile("(?:的)?(?:一律|均?应当?|都应|必?须|方可|才可|可以|不得|禁止|严禁)")
_COUNTED_IN = re.compile("(?:内|连续|累计|全年|年度)[^,;。]{0,6}$")
_FAULTY = re.compile("(?:以上)?[^,;。]{0,10}(?:不|未|超|违|低|末|差|逾|被)[^,;。]{1,10}的(?=[一-鿿,])")
_LENGTHS = frozenset(["米", "公里", "千米", "里"])
_MONEY = re.compile(r"元$")
_PER_UNIT = re.compile(r"每(?!年$|年[^每元])|[人户亩生]均|/")
_RATE = re.compile(r"率|(?<!额)度|完成|目标|任务|计划")
_MORE = re.compile(r"(?:再|另)?(?:增加|上浮|提高|加发|追加|下浮)$")
_DROPPED = re.compile(r"取消|不再|停建|终止|暂?难以?(?:全部)?(?:实现|满足|落实|做到|办到|采纳)|暂不|暂无法")
_DONE_OF = re.compile("已(?:经)?[一-鿿]{2,3}的$")  # 已兑付的967.5万元不再追溯调整
_WITHIN = re.compile(
    r"^内[^,]{0,4}(?:提交|报送|申报|申请|备案|报告|缴纳|反馈|答复|办结|办理|到场|完成|受理|审核|公示|退[还回款]|领取|提出|兑[付现]|拨付|支付|送达)"
)
_NOT_PICKED = ("的要求", "的诉求", "的目标", "的任务", "的规模", "的水平", "的比例", "的标准", "的速度", "的投资")
_BOUND = re.compile(r"(?:超过|不足|不到|低于|高于|少于|多于|不满|未满|满|达到?)$")
_PICKED = re.compile(
    r"^[^,;。]{0,18}的(?:,|$|[^,;。]{0,14}?(?:予以|给予|由|可|不得|应|须|扣|移出|取消|注销|享受|奖|补|罚|清退|退出|约谈|通报|列入|停|禁))"
)
_SUCH = re.compile(r"(?!以[来上])[^,;。]{2,14}的[一-鿿]{2}")
_NEARBY = re.compile(r"(?:周[边围]|附近|四周|沿[线路]|两侧|方圆)[^,;。]{0,2}$")
_OF_THOSE = re.compile(
    r"^(?:[^,;。]{0,20}的,|、[^,;。]{1,24}的,|[^,;。]{0,20},[^,;。]{2,16}的,)"
    r"(?=[^。;]{0,14}(?:给予|予以|奖|补|扣|罚|取消|不予|一次性|分别|每|列入|视为|暂停|停业|处|享受|减|免|上浮|退|可|不得|应|由|须))"
)
_BY = re.compile(
    r"按照?(?![^,]{0,12}(?:计划|要求|部署|规划(?![户人面])|方案|进度|步骤|时序|安排|目标|任务|年度))[^,;。]{0,24}$"
)
_MEASURED_BY = re.compile(
    r"^[^,;。]{0,12}(?:标准|比例|口径|[上下]限|[测推估折]算|倒推|配[置建备套]|给予|补[助贴]|奖|贴息|执行|核[拨定发]|计[提算取]|确定|核算|折算|收[取费]|征收|扣|拨付|分担|承担|建议|原则|的?(?:要求|规定)|的工作量|落实(?!到位)|配套|列支|安排(?=[,。;]|$)|[^,;。]{0,6}半径)"
    r"|^[^,;。、]{0,8}、[^,;。]{0,20}(?:标准|比例|[测推估折]算|配[置建备]|给予|予以|补[助贴]|奖|执行)"
)
_LIMITS = re.compile(
    r"(?:(?<!不)(?:超过?|低于|高于|少于|多于)|不足|不到|不满|未满|满)(?:首期|总[量额数]的?|面积的?|同期)?$"
)
_LIMIT_ENDS = endings(_LIMITS.pattern)
_NOUN_PICKED = re.compile(r"的(?!目标|任务|规模|水平|比例|标准|速度|要求)[一-鿿]{2}")
_FOR = re.compile(r"(?:^|[,;:。、]|[一二三四五六七八九十]是)[对凡][^,;。]{1,24}$")
_LONG_PICK = re.compile(r"^[^,;。]{0,24}的[一-鿿]{2,14}(?:,|给予|予以|每|按)")
_REACHED = re.compile(r"(?:降|减|压|升|提高?|增|控)[一-鿿]{0,2}[到至在][^,;。]{0,4}$|(?:到|至)20\d\d年")
_WITHIN_REACH = re.compile(r"^(?:以?内)?的?范围[内外]?|^以?[内外]的")
_RECKONED = re.compile(
    r"按照?[^。;]{2,40}(?:标准|[测推估折计]算|计算|指标),[^,。;]{0,8}(?:应|需|要(?:多|再|增)|得|多|[财市县]政?要)[^,。;]{0,12}$"
)
_STILL = re.compile(r"(?:只有?|仅有?|才|不到)$")


_GRANTED = re.compile(r"(?:减免|免除|免收|抵扣|赠送?)[^,]{0,4}$|每[^,年]{1,4}送$|^含$")
_ALLOWED = re.compile("可(?:适当|再|酌情|分别|相应)?(?:上浮|下浮|放宽|上调|下调|延长|缩短)(?:至|到|不超过)?$")
_FREE = re.compile("(?:以?内)?(?:免费|不收费|免收|免票)")
_CAPPED = re.compile("(?:以?内)?封顶")
_FREE_FOR = re.compile("免费(?:开放|停[放车]|使用|乘坐|借[用阅]|试用)?$")
_WISHED = re.compile("(?:代表|委员|提案|建议)人?们?(?:提出|希望|要求|期望|提议)的[^,;。]{0,6}$")
_NO_AGE_LIMIT = re.compile("寿命|平均|[降升提延]到?[^,;。]{0,3}[到至]$")
_FULL_YEARS = re.compile("每[一-鿿]{0,4}满$")
_HEADWAY = re.compile("(?:左右)?(?:就|发)?[一1](?:班|趟|次|列|轮|航次)")
_PART_BOUND = re.compile("其中[^,;。]{2,12}(?:不低于|不少于|不超过|不小于|至少)$")
_TERMS = frozenset(["年", "个月", "天", "日", "个工作日", "小时", "周"])
_FOR_EACH = re.compile("/[座户亩人个公里平米头只吨株台辆车床套年月天日次]")
_TERM_OF_WHOM = re.compile("(?:以上)?[未没仍拒不][^,;。]{0,10}的[一-鿿]{2}")
_BY_THEN = re.compile(r"(?:规划|纲要|方案|计划)[^,;。]{0,16}》[^,;。]{0,6},(?:[到至]|20\d\d年[底末]?前)")
_OURS = re.compile("[我本][市县区省镇局办]|目前|现[为有]")  # behind the law: how we stand to it
_OF_THESE = re.compile("的加?$|以[上下]$|(?:另|再)加$|^,?[一-鿿]{2,4}(?:提高|调整|增加|上调|下调)[到至为]$")
_GRANTS = re.compile("最高|给予|一次性|标准|每|上限|按")
_OF_WHOM = re.compile(r"对[^,]{2,16}$")
_SET = re.compile(r"标准[^,]{0,6}$")
_IN_FORCE = re.compile("现行|标准|政策")
_COUNTED_BEHIND = re.compile(r"(?:及?以[上下])[一-鿿]{2,12}(?=\d)")
_ALL_RULED = re.compile("免|从[重严]")
_FEES = re.compile("费|票|价|租|免收|优惠")
_SET_SHARE = re.compile(
    "(?:退税|缴费|报销|测算|补[助贴]|资助|贴息|分担|支付|自付|首付|返还|抵扣)比例(?:统一|定)?(?:为|是|按|[一-鿿]{2,3})?$"
)
_BORNE = re.compile("自筹|自担|自付|承担|负担|分担|配套|筹集|补齐|兜底")
_INTEREST = re.compile("(?:利率|费率|税率|首付比例|资本金比例)(?:统一)?(?:最[高低]|不[超高]过?于?|不低于|控制在|执行|按|为|上限)*$")
_MOVED_SHARE = re.compile("实际|平均|[提增升降]")
_HELD = re.compile("覆盖|占|达|满足|仅|只|实际")
_SHARE_WORDS = re.compile("比例|占|份额")
_RAISED = re.compile(r"(?:标准|门槛|条件|起付线)(?:[由从]|[^,;。]{0,4}(?:由|从))[^,;。]{0,16}$")
_MEASURED_AGAINST = re.compile(
    r"^(?:以[上下])?的?(?:标准|要求|规定|规范)|^(?:以[上下])?的?(?:规定|国家|行业|省定|达标|合格|最低|设计|限定)[^,;。]{0,4}(?:标准|要求|规范|限值)"
)
_TOO_LITTLE = re.compile(
    r"(?:达不到|[未没][有能]?达到?|不足|不到|低于|高于|超过|超出|不?符合|满足)(?:[^,;。\d]{0,6}(?:规定|要求|标准|[省国市部县]定|每[^,;。\d]{1,4})的?(?:至少|不少于)?)?$"
)
_PER_BREACH = re.compile(r"每(?:超|少|多|迟|逾|差|缺|发现|出现|发生)[^,;。]{1,12}(?:扣|减|罚)除?[^,;。至到为]{0,3}$")
# 公用经费基准定额,小学720元; 按三档执行,全护理1250元
_BY_KIND = re.compile(r"(?:标准|定额|限价|[两二三四五]档(?:执行|发放|补助|计发|收取)?)(?:为|是)?[,:][^,;。:\d]{1,6}$")
_FUNDS = re.compile("经费|资金|公益金|基金|配套|自筹")


@dataclass(slots=True)
class Place:
    """A number in its unit: `said` the words in front of it, `behind` those that follow, and the tense it is told in.

    `after` is the rule that gave the number before it in the unit its role; `near` the nearest words of its clause,
    `condition` whether the number picks who is meant (30户以上自然村).
    """

    cell: Cell
    said: str
    behind: str
    tense: str
    setting: Setting
    after: str = ""
    near: str = field(init=False)
    condition: bool = field(init=False)
    ahead: bool = field(init=False)
    past: bool = field(init=False)

    def __post_init__(self) -> None:
        self.near = self.cell.opening[-24:]
        self.condition = is_condition(self.cell)
        self.ahead = self.tense in (FUTURE, MEANT_THEN)
        self.past = self.tense in (PAST, THEN)


def standard_rule(place: Place) -> str | None:
    """The rule by which a number is a standard; None where it is a target or a fact."""
    if _MONEY.search(place.cell.measure.unit or ""):
        return _of_money(place)
    return next((name for name, holds in _RULES if holds(place)), None)


def is_condition(cell: Cell) -> bool:
    """30户以上自然村, 连续36个月未年审的渔船予以注销: the number picks who is meant."""
    measure, tail = cell.measure, cell.tail
    if tail.startswith(_NOT_PICKED):
        return False
    if cell.around[-2:] in ("以上", "以下", "以内") and _noun_follows(tail):
        if tail.rstrip().endswith("的"):
            return True
        small = measure.unit in _GROUPS and (cell.lead.endswith("的") or not sign("built").search(cell.lead))
        if small or tail[0] == "的":
            return measure.unit != "%" or "对" in cell.opening
    if cell.around[-2:] in ("以上", "以下", "以内") and measure.unit in _MEASURED and _RULED_BEHIND.match(tail):
        return True  # 靠港2小时以上一律使用岸电
    if measure.unit == "分" and cell.around[-2:] in ("以上", "以下") and tail.startswith("为"):
        return True  # 90分以上为优秀
    if cell.depth and cell.around[-2:] in ("以上", "以下") and not tail.strip() and measure.unit in _GROUPS:
        return True  # 自然村(20户以上)
    if measure.unit in _AGES and measure.upper is not None:
        return True
    if measure.unit in _TERMS and _OF_WHOM.search(cell.opening) and _TERM_OF_WHOM.match(tail):
        return True
    if measure.unit in ("次", "起", "期", "轮") and _COUNTED_IN.search(cell.opening) and _FAULTY.match(tail):
        return True  # 一年内3次抽检不合格的清出名录
    if measure.unit in ("次", "起") and _OF_WHOM.search(cell.opening) and _SUCH.match(tail):
        return True  # 对三年内两次不合格的企业
    if measure.unit == "%" and tail.startswith("的") and _OF_WHOM.search(cell.opening):
        return True
    if cell.opening.endswith("连续") and _SUCH.match(tail):
        return True  # 连续两次排名末位的乡镇
    bound = cell.opening.endswith("连续") or _BOUND.search(cell.opening[-4:])
    return bool(bound) and bool(_PICKED.match(tail))


def _noun_follows(tail: str) -> bool:
    return bool(tail) and (tail[0] in "的、" or "一" <= tail[0] <= "鿿")


def _of_money(place: Place) -> str | None:
    """每户补助3000元 sets an amount; 累计发放补助120万元 tells what was paid."""
    if counts_such(place) or (_OF_THOSE.match(place.behind) and not place.past) or _picks_those(place):
        return "condition"
    if _is_measured_by(place):
        return "measured_by"
    return None if _is_told_of(place) else _of_grant(place)


def _is_told_of(place: Place) -> bool:
    """What something yields or costs, what there only was, what the market pays: facts, or aims."""
    near, cell = place.near, place.cell
    if sign("earned").search(near) and not _SET.search(near):
        return True
    still = _STILL.search(cell.lead) and not _IN_FORCE.search(near)
    return place.past and bool(still or sign("market").search(near + cell.tail[:6]))


def _of_grant(place: Place) -> str | None:
    """An amount for each, a price, an award, or what was asked for and refused."""
    near, cell = place.near, place.cell
    spent = sign("spent").search(near)
    if ("/" in (cell.measure.unit or "") or _FOR_EACH.match(place.behind)) and not place.past:
        return "per_unit"
    if _PER_UNIT.search(near) and not (place.tense == PAST and spent and not _IN_FORCE.search(place.said)):
        return "per_unit"
    words = f"{near}0{cell.tail[:8]}"  # the number itself, for the words that stand directly before one
    if sign("price").search(words) or is_cost_of_one(place):
        return "price"
    if sign("award").search(words) and not spent and not _was_paid(place):
        return "award"
    if place.after in ("award", "per_unit", "price") and len(cell.lead) < 12 and _OF_THESE.search(cell.lead):
        return place.after  # 国家级的每家奖励100万元,省级的30万元
    if _BY_KIND.search(place.said) and not spent:
        return "award"
    if cell.measure.comparator is Comparator.AT_MOST and sign("award").search(place.said):
        return "award"
    dropped = _DROPPED.search(cell.tail) and not (place.past and _DONE_OF.search(cell.lead))
    return "quoted" if sign("quoted").search(cell.opening + cell.tail) or dropped else None


def _was_paid(place: Place) -> bool:
    """去年报销1.12亿元, 罚款3.4万元: a sum that was paid, and not one that a rule grants."""
    if not place.past:
        return False
    large = place.cell.measure.value >= 1_000_000 and not _GRANTS.search(place.near)
    return large or ("罚" in place.near and "违者" not in place.near)


def _is_limit(place: Place) -> bool:
    lawful = any(word in place.said for word in ("规定", "》", "文件", "标准"))
    if sign("limit").search(place.near[-8:]):
        return True
    law = sign("law").search(place.said) if lawful else None
    if law is None or (place.setting.kind is Kind.PLAN and _BY_THEN.search(place.said)):
        return False  # 《…规划》要求,到2025年覆盖率不低于42%: a goal that somebody else set
    return not _OURS.search(place.said, law.end())


def _is_measured_against(place: Place) -> bool:
    """低于4.5平方米的规定标准: what a fact falls short of."""
    if not _TOO_LITTLE.search(place.near):
        return False
    return place.near.endswith(("标准的", "规定的")) or bool(_MEASURED_AGAINST.match(place.behind))


def _is_raised(place: Place) -> bool:
    """低保边缘标准由1.5倍放宽到2倍: the old level of a standard; the new one goes with it."""
    return bool(_RAISED.search(place.near)) and "达到" not in place.near


def _is_dropped(place: Place) -> bool:
    if place.setting.kind in (Kind.PROGRESS_REPORT, Kind.NEWS) or place.cell.opening.endswith("现有"):
        return False
    return bool(_DROPPED.search(place.cell.tail))


def _is_measured_by(place: Place) -> bool:
    """按照每百户15个车位测算, 按投资额的8%给予补助."""
    if place.after == "measured_by" and _PART_BOUND.match(place.cell.opening):
        return True
    if "按" not in place.said:
        return False
    if _BY.search(place.cell.opening) and _MEASURED_BY.match(place.behind):
        return True
    money = _MONEY.search(place.cell.measure.unit or "")
    return not (place.past and money) and bool(_RECKONED.search(place.said))


def _is_condition(place: Place) -> bool:
    cell = place.cell
    picked = _OF_THOSE.match(place.behind) and not place.past
    within = _WITHIN_REACH.match(place.behind) or (
        place.behind.startswith(("内", "以内")) and _NEARBY.search(cell.lead)
    )
    reach = cell.measure.unit in _LENGTHS and within and not place.past
    follows = cell.around[-2:] in ("以上", "以下") and not cell.joined and _counts_another(place)
    if place.condition or picked or follows or reach or REACH.match(cell.tail):
        return True
    return _picks_those(place) or picks_case(place)


def _picks_those(place: Place) -> bool:
    """超过4小时的部分, 气温低于5℃的极寒天气; 对带徒3人以上、考核合格的传承人,每带出…"""
    if place.past or place.cell.tail.startswith(_NOT_PICKED):
        return False
    opening = place.cell.opening
    limited = opening[-1:] in _LIMIT_ENDS and bool(_LIMITS.search(opening))
    if limited and _NOUN_PICKED.match(place.behind):
        return True
    bound = place.cell.around or limited
    return bool(bound and _FOR.search(place.said) and _LONG_PICK.match(place.behind))


def _counts_another(place: Place) -> bool:
    """改造500只以上规模场26个: the number behind counts what this one picks."""
    found = _COUNTED_BEHIND.match(place.behind)
    return bool(found) and not place.past


def _is_percent_rule(place: Place) -> bool:
    cell, near = place.cell, place.near
    if cell.measure.unit != "%":
        return False
    if place.behind.startswith(("的份额", "的任务", "的目标")):
        return False
    near = place.said[-40:] if _MORE.search(cell.lead) else near
    if cell.measure.rule == "all":
        return not place.past and bool(sign("award").search(cell.tail[:4]) or _ALL_RULED.match(cell.tail))
    if place.after == "share_of_award" and _BORNE.search(cell.lead):
        return True  # 市级财政承担六成,乡镇自筹四成
    if not place.past and _INTEREST.search(near):
        return True
    if _SET_SHARE.search(near) and not _MOVED_SHARE.search(near):
        return True
    words = place.said + place.behind if cell.text.startswith("减") else cell.opening + cell.tail
    if cell.measure.rule == "half" and _FEES.search(words):
        return True
    if sign("award_share").match(cell.tail) and sign("award").search(near + cell.tail[:10]):
        return True
    if sign("award").search(near) and not _RATE.search(near[-4:]) and not (place.past and _HELD.search(near[-14:])):
        return True
    return _is_share_limit(place, near)


def _is_share_limit(place: Place, near: str) -> bool:
    comparator = place.cell.measure.comparator
    if place.past and "实际" in near:
        return False
    if _REACHED.search(place.said[-24:]) or (place.past and comparator is Comparator.AT_MOST):
        return False
    if comparator is Comparator.AT_MOST and (
        _SHARE_WORDS.search(near) or near.endswith(("总数的", "总量的", "总额的"))
    ):
        return True
    bound = comparator in (Comparator.AT_LEAST, Comparator.AT_MOST)
    return bound and place.tense == FUTURE and bool(_FUNDS.search(near))


def _is_term(place: Place) -> bool:
    """有效期五年, 公示7日, 连续两年; in a plan also 于15日内报送."""
    if place.cell.measure.unit not in _DAYS:
        return False
    if (place.cell.measure.unit != "次" and sign("rule_duration").search(place.near)) or "公示" in place.cell.tail[:4]:
        return place.tense == FUTURE or "有效期" in place.near or _SHALL_BE.search(place.near) is not None
    if "工作日" in place.cell.measure.unit and not place.past and "的," in place.said:
        return True
    planned = place.setting.kind in (Kind.PLAN, Kind.REGULATION)
    return planned and bool(_WITHIN.match(place.behind))


def _is_age(place: Place) -> bool:
    if place.cell.measure.unit not in _AGES or _NO_AGE_LIMIT.search(place.near):
        return False
    return place.tense == FUTURE or place.cell.lead.endswith(("年满", "已满", "未满"))


def _is_rate_base(place: Place) -> bool:
    """每2公里设一处, 每50名学生配备: the number directly behind 每 is the base that the rule counts by."""
    if _FULL_YEARS.search(place.cell.opening) or (_HEADWAY.match(place.behind) and place.said.endswith("每")):
        return True
    return place.cell.opening.endswith(("每", "每隔")) and not place.past


def _is_penalty(place: Place) -> bool:
    if _PER_BREACH.search(place.near):
        return True
    return not place.past and bool(sign("penalty").search(place.near[-16:]))


def _is_price(place: Place) -> bool:
    """The price of a ticket; 前30分钟免费: what is free of charge and for how long."""
    if _FREE.match(place.behind) or (place.cell.measure.unit in _DAYS and _CAPPED.match(place.behind)):
        return True
    if place.cell.measure.unit in _DAYS and _FREE_FOR.search(place.cell.opening):
        return True
    return place.cell.measure.unit != "%" and place.tense == FUTURE and bool(sign("price").search(place.near[-8:]))


def _is_granted(place: Place) -> bool:
    """每月减免3吨, 基本水费5元(含3吨): what somebody need not pay for, in any unit."""
    return not place.past and bool(_GRANTED.search(place.cell.lead) or _ALLOWED.search(place.cell.lead))


def _is_quoted(place: Place) -> bool:
    if place.setting.kind is Kind.PROGRESS_REPORT:
        return bool(_WISHED.search(place.near)) and not place.behind.startswith(("措施", "建议", "意见", "问题"))
    if place.setting.kind is not Kind.REPLY:
        return False
    return is_asked_for(place) or bool(sign("quoted").search(place.cell.opening))


_RULES: tuple[tuple[str, Callable[[Place], bool]], ...] = (
    ("limit", _is_limit),
    ("dropped", _is_dropped),
    ("limit", _is_measured_against),
    ("limit", _is_raised),
    ("measured_by", _is_measured_by),
    ("condition", _is_condition),
    ("share_of_award", _is_percent_rule),
    ("duration", _is_term),
    ("age", _is_age),
    ("rate_base", _is_rate_base),
    ("penalty", _is_penalty),
    ("size", is_size),
    ("required", is_required),
    ("per_case", is_per_case),
    ("cap", is_cap),
    ("price", _is_price),
    ("granted", _is_granted),
    ("quoted", _is_quoted),
)
