"""Whether a number is what a rule sets: an amount, a price, a threshold, a condition, a rate's base, a term.

每户补助3000元 · 票价5元 · 30户以上的自然村 · 按不低于40%的工作量核拨 · 每2公里设一处驿站 · 有效期五年
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from extractors.figures.attributes import is_asked_for
from extractors.figures.awards import (
    DROPPED,
    MONEY,
    is_granted,
    is_measured_by,
    is_percent_rule,
    is_price,
    of_money,
)
from extractors.figures.cells import Cell
from extractors.figures.conditions import AGES, CONDITIONS_FOLLOW, DAYS, is_case, is_condition, is_rewarded
from extractors.figures.papers import names_plan
from extractors.figures.requirements import bounded_by_norm, is_bound_told, is_cap, is_per_case, is_required, is_size
from extractors.figures.setting import Setting
from extractors.figures.standing import always_holds
from extractors.figures.time_marks import FUTURE, MEANT_THEN, PAST, THEN
from extractors.figures.words import sign
from extractors.lexicon.openings import skipping, sought
from models.documents import Kind
from models.quantities import Comparator

_SHALL_BE = re.compile("不[少低]于|不[超高]过?|不得")
_WITHIN = re.compile(
    r"^内[^,]{0,4}(?:提交|报送|申报|申请|备案|报告|缴纳|反馈|答复|办结|办理|到场|完成|受理|审核|公示|退[还回款]|领取|提出|兑[付现]|拨付|支付|送达|下达|分解)"
)
# 免收6个月房屋租金, 缓缴三个月社保费
_SPARED = re.compile("(?:免除|免收|减免|免缴|缓缴|缓收|减半)[^,;。]{0,8}$")
_RENT = re.compile("的?[^,;。、]{0,6}(?:租金?|[税费])")
_IN_PRINCIPLE = ("原则上不超过", "原则上不低于", "原则上不少于", "原则上不高于", "原则上不得超过", "原则上不得低于")
_HOPED = re.compile("力争|确保|争取")
# 每培训45分钟为1课时
_RECKONED_AS = re.compile(r"每[一-鿿]{2,4}$")
_AS_MUCH = re.compile(r"(?:计|折算?|算|按)?[为作]\d")
_RECKONED = re.compile(r"每[一-鿿]{2,4}\d+[一-鿿]{1,4}?(?:计|折算?|算|按)?[为作]$")
_HOW_OFTEN = re.compile("次数(?:原则上)?(?:不得?超过?|最多|以)$")
_WISHED = re.compile("(?:代表|委员|提案|建议)人?们?(?:提出|希望|要求|期望|提议)的[^,;。]{0,6}$")
_NO_AGE_LIMIT = re.compile("寿命|平均|[降升提延]到?[^,;。]{0,3}[到至]$")
_FULL_YEARS = re.compile("每[一-鿿]{0,4}满$")
_HEADWAY = re.compile("(?:左右)?(?:就|发)?[一1](?:班|趟|次|列|轮|航次)")
_BY_THEN = re.compile(r"(?:规划|纲要|方案|计划)[^,;。]{0,16}》[^,;。]{0,6},(?:[到至]|20\d\d年[底末]?前)")
# 《意见》明确,力争到2026年建成驿站60个
_WANTS_BY_THEN = re.compile(r"》[^,;。]{0,6},(?:力争|争取|确保)?[一-鿿]{0,6}?[到至]20\d\d年")
_OF_PLAN = re.compile(r"(?:规划|计划|纲要|行动方案|要点)[(][^()》]{4,14}[)]》$")
_RUNS_FOR = sought(
    "(?:执行|补贴|补助|贴息|质保|服务|合同|免租|管护|有效|过渡|缓冲|保修|经营|承包|租赁)期(?:限)?(?:为|定为|是|暂定)?$|"
    "最长(?:不超过|可[租借住用享停延]?[一-鿿]{0,2}|为)?$"
)
_ON_SHOW = re.compile(r"公示期[^。;]{0,26}[(]$")  # 公示期:3月14日至20日(5个工作日)
_FARE = re.compile(r"(?:票价?|车费|单程|每[人次趟张小]|收费|房租|租金|起步价?)[^,;。\d]{0,6}$")
_IN_FORCE = re.compile(r"现行(?:规定|标准|政策|[一-鿿]{2,4}标准)(?:为|是|按|每)[^,;。\d]{0,8}$")
_GUIDED = re.compile("(?:高于|低于|超过|超出)[^,;。]{0,8}(?:指导|最高|最低|标准|基准|规定|政府定)(?:限|售)?价(?:格)?$")
_DEMANDED = re.compile("(?:时间|时限|时长|速度|原则上)?(?:要求|规定)(?:在|为)?$")
_WEIGHT = re.compile(
    "(?:[加扣得]分项?(?:最[高多]|不超过|上限|为)*|(?<![增追叠])加|占分?|分值|计|赋分?|权重|满分|[的,、]得|不得|[的,]记|[的,]加|[的,]扣|上得|下得|%得)(?:为|共|各)*$"
)
_AFTER = re.compile("(?:合格|收到[^,;。]{0,8}|受理|到账|批复|审核[^,;。]{0,4}|下达|公示)后$")
_PER_DEED = re.compile(
    "每(?:服务|完成|参加|提供|增加|减少|超过?|培训|引进|带动|新增|吸纳|回收|举办|多|发现|查处|出现|发生|招用|聘用|安置|创成|创建|获评|入选|评定|通过)[^,;。\\d]{0,4}$"
)
_GAINS = re.compile("[^;。]{0,12}?(?:积|奖|补|给|加|扣|得|计|罚|每[月年])")
_POINTS = frozenset(["条", "项", "点", "个"])
_TERM = re.compile("(?:^|[,、])(?:贷款)?期限(?:为|最长|不超过)*$")
_LINES = ("上限", "下限", "红线", "警戒线", "的上限", "的下限", "的红线", "的警戒线")
_SET_ABOVE = sought(
    "限时(?:停[放车]|免费|通行|驻留|使用)?$|(?:(?<![确制设选])[省国市部县]定|国家规定|上级规定|合同约定|协议约定|合同规定)(?:的|标准)?(?:不低于|不超过)?$"
)
_APPLIED = re.compile("的(?:标准|要求|规定|比例)[^;。]*,[^,;。]*率[^,;。]{0,3}$")
_OURS = re.compile("[我本][市县区省镇局办]|目前|现[为有]")  # behind the law: how we stand to it
_RAISED = re.compile(r"(?:标准(?!化)|门槛|条件|起付线)(?:[由从]|[^,;。]{0,4}(?:由|从))[^,;。]{0,16}$")
_MEASURED_AGAINST = re.compile(
    r"^(?:以[上下])?的?(?:标准|要求|规定|规范)|^(?:以[上下])?的?(?:规定|[国省市区县部]家?[级定颁]|考核|创建|序时|国家|行业|省定|达标|合格|最低|设计|限定)[^,;。]{0,4}(?:标准|要求|规范|限值)"
)
_TOO_LITTLE = re.compile(
    skipping(
        r"(?:达不到|(?<![分脱逃])离|距离?|[未没][有能]?达到?|不足|不到|低于|高于|超过|超出|不?符合|满足)(?:[一-鿿]{1,5}[省市县区州盟])?(?:[^,;。\d]{0,6}(?:规定|要求|标准|[省国市部县]定|每[^,;。\d]{1,4})的?(?:至少|不少于)?)?$"
    )
)
_PER_BREACH = re.compile(r"每(?:超|少|多|迟|逾|差|缺|发现|出现|发生)[^,;。]{1,12}(?:扣|减|罚)除?[^,;。至到为]{0,3}$")


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
    spoken = place.cell.measure.unit in ("块", "块钱", "毛") and _FARE.search(place.near)  # 单程不超过15块
    if place.cell.measure.rule == "discount" or spoken:
        return "price"
    if MONEY.search(place.cell.measure.unit or ""):
        if _FARE_OF_STEP.search(place.near) and _FARES_TOLD.search(place.said):
            return "price"
        guided = "价" in place.near and _GUIDED.search(place.near)
        return (
            "limit" if guided or _is_raised(place) else of_money(place) or ("condition" if is_rewarded(place) else None)
        )
    return next((name for name, holds in _RULES if holds(place)), None)


def _is_fare_step(place: Place) -> bool:
    """10公里以内2元, 超过3公里每公里加收1.8元: how far a fare reaches."""
    return bool(_STEP_OF_FARE.match(place.behind) and _FARES_TOLD.search(place.said))


_FARES_TOLD = re.compile("票价|车费|车资|运价|起步|收费|计费|费率|停车费|水价|气价|电价|租金")
_STEP_OF_FARE = re.compile(
    r"(?:\([^()]{1,6}\))?(?:及?以?[内上下外])?的?(?:部分)?,?(?:每[^,。;\d]{1,5})?(?:加收|收取|收费|计收|为|按)?\d[\d.]*(?:元|角|块)"
)
_FARE_OF_STEP = re.compile(
    r"\d(?:公里|千米|小时|分钟|立方米|千瓦时|度|吨|天|站)(?:\([^()]{1,6}\))?(?:及?以?[内上下外])?(?:的部分)?$"
)


def _is_limit(place: Place) -> bool:
    said = place.said
    if "现行" in place.near and _IN_FORCE.search(place.near):
        return True
    if place.near.endswith(_IN_PRINCIPLE) or _HOW_OFTEN.search(place.near):
        return True
    if place.behind.startswith(_LINES) or _bounds(place.near) or _SET_ABOVE.search(place.near[-6:]):
        return True
    lawful = any(word in said for word in ("规定", "》", "文件", "标准", "指南", "新规"))
    law = sign("law").search(said) if lawful else None
    if place.setting.kind is Kind.REPLY and bounded_by_norm(place):
        return True
    if law and law[0].startswith("》") and "规定" not in law[0] and names_plan(said, law.start()):
        return False  # 《…规划(2021—2025年)》要求覆盖率不低于42%
    if law and place.cell.measure.comparator is Comparator.EQUAL and _APPLIED.search(said, law.end()):
        return False  # 按照《条例》…的标准配建,配建达标率98%
    if law is None or _BY_THEN.search(said) or _OF_PLAN.search(said, 0, law.start() + 1):
        return False
    if place.setting.kind in (Kind.NEWS, Kind.OTHER) and _WANTS_BY_THEN.search(said, law.start()):
        return False  # 《…规划》要求,到2025年覆盖率不低于42%: a goal that somebody else set
    hoped = place.setting.kind is Kind.PLAN and _HOPED.search(said, law.end())
    return not hoped and not _OURS.search(said, law.end())


def _bounds(near: str) -> bool:
    """限重30吨; 安装限高架6处 counts bars."""
    return bool(sign("limit").search(near[-8:])) and not near.endswith(("架", "杆", "牌", "标志"))


def _is_measured_against(place: Place) -> bool:
    """低于4.5平方米的规定标准: what a fact falls short of; 按路基宽6.5米、时速40公里的标准改建: how it must be made."""
    if _BY_NORM.search(place.near) and _NORM.match(place.behind):
        return True
    if not _TOO_LITTLE.search(place.near):
        return False
    return place.near.endswith(("标准的", "规定的", "要求的")) or bool(_MEASURED_AGAINST.match(place.behind))


_BY_NORM = re.compile(r"(?:按照?|依照|参照)[^,;。]{0,22}$")
_NORM = re.compile(r"(?:、[^,;。、]{2,18}){0,2}的(?:[^,;。的]{0,4}(?:标准|指标|规格))(?![^,;。]{0,3}(?:任务|体系))")


def _is_one_of_conditions(place: Place) -> bool:
    """增设渡口应满足以下条件之一:两岸相距5公里以上;日客流800人次以上: what must hold first, to the sentence's end."""
    if place.setting.conditions or ("条件" in place.said and CONDITIONS_FOLLOW.search(place.said)):
        return True
    return place.behind.startswith(("条件", "基本条件")) and bool(_FULFILS.search(place.near))


_FULFILS = re.compile(r"(?:满足|符合|具备)[^,;。]{0,8}$")


def _is_raised(place: Place) -> bool:
    """低保边缘标准由1.5倍放宽到2倍: the old level of a standard; the new one goes with it."""
    return bool(_RAISED.search(place.near)) and "达到" not in place.near


def _is_dropped(place: Place) -> bool:
    if place.setting.kind in (Kind.PROGRESS_REPORT, Kind.NEWS) or place.cell.opening.endswith("现有"):
        return False
    return bool(DROPPED.search(place.cell.tail))


def _is_term(place: Place) -> bool:
    """有效期五年, 公示7日, 连续两年; in a plan also 于15日内报送."""
    if place.cell.measure.unit not in DAYS:
        return False
    if place.near.endswith(("期限最长", "最长可贷")) or (_RENT.match(place.behind) and _SPARED.search(place.near)):
        return True
    if place.near.endswith(("限期", "限时")):
        return True
    if (place.cell.measure.unit != "次" and sign("rule_duration").search(place.near)) or "公示" in place.cell.tail[:4]:
        lasts = place.after in ("award", "per_unit", "share_of_award") and _TERM.search(place.near)
        return place.tense == FUTURE or "有效期" in place.near or bool(lasts or _SHALL_BE.search(place.near))
    if _RUNS_FOR.search(place.near) or (
        place.after in ("award", "per_unit", "share_of_award") and _TERM.search(place.near)
    ):
        return True
    if "工作日" in place.cell.measure.unit and _ON_SHOW.search(place.said[-30:]):
        return True
    if place.behind.startswith(("内", "以内")) and _DEMANDED.search(place.near):
        return True  # 配送时间要求24小时内到村
    if place.behind.startswith(("内有效", "有效", "内无效", "后失效")):
        return True
    if "工作日" in place.cell.measure.unit and not place.past and "的," in place.said:
        return True
    planned = place.setting.kind in (Kind.PLAN, Kind.REGULATION) or (not place.past and bool(_AFTER.search(place.near)))
    return planned and bool(_WITHIN.match(place.behind))


def _is_age(place: Place) -> bool:
    if place.cell.measure.unit not in AGES or _NO_AGE_LIMIT.search(place.near) or "寿命" in place.said[-24:]:
        return False
    return place.tense == FUTURE or place.cell.lead.endswith(("年满", "已满", "未满"))


def _is_rate_base(place: Place) -> bool:
    """每2公里设一处, 每50名学生配备: the number directly behind 每 is the base that the rule counts by."""
    if _FULL_YEARS.search(place.cell.opening) or (_HEADWAY.match(place.behind) and place.said.endswith("每")):
        return True
    if place.past:
        return False
    if (_RECKONED_AS.search(place.cell.opening) and _AS_MUCH.match(place.behind)) or _RECKONED.search(
        place.cell.opening
    ):
        return True
    if _PER_DEED.search(place.cell.opening) and _GAINS.match(place.behind):
        return True  # 志愿者每服务1小时积2分
    if place.after == "rate_base" and place.cell.measure.unit == "分":
        return True
    return place.cell.opening.endswith(("每", "每隔"))


def _is_penalty(place: Place) -> bool:
    if place.cell.measure.unit == "分" and not place.past and _WEIGHT.search(place.near):
        return True  # 纳入年度考核,占分3分
    if _PER_BREACH.search(place.near):
        return True
    return not place.past and bool(sign("penalty").search(place.near[-16:]))


def _is_quoted(place: Place) -> bool:
    if place.setting.kind is Kind.PROGRESS_REPORT:
        return bool(_WISHED.search(place.near)) and not place.behind.startswith(("措施", "建议", "意见", "问题"))
    if place.setting.kind is not Kind.REPLY:
        return False
    if place.cell.measure.unit in _POINTS and place.behind.startswith(("建议", "意见", "问题", "诉求")):
        return False  # 您提出的三条建议
    return is_asked_for(place) or bool(sign("quoted").search(place.cell.opening))


_RULES: tuple[tuple[str, Callable[[Place], bool]], ...] = (
    ("standing", lambda place: always_holds(place.cell)),
    ("limit", _is_limit),
    ("required", _is_one_of_conditions),
    ("dropped", _is_dropped),
    ("limit", _is_measured_against),
    ("limit", _is_raised),
    ("measured_by", is_measured_by),
    ("condition", is_case),
    ("condition", is_rewarded),
    ("share_of_award", is_percent_rule),
    ("duration", _is_term),
    ("age", _is_age),
    ("rate_base", _is_rate_base),
    ("penalty", _is_penalty),
    ("size", is_size),
    ("required", is_required),
    ("per_case", is_per_case),
    ("cap", is_cap),
    ("price", is_price),
    ("price", _is_fare_step),
    ("granted", is_granted),
    ("quoted", _is_quoted),
    ("required", is_bound_told),
)
