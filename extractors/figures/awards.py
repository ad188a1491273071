"""Amounts that a rule grants or asks for: so much for each, a price, an award, a share of what is paid.

每户补助3000元 · 票价5元 · 按投资额的8%给予补助 · 市级财政承担六成
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractors.figures.attributes import (
    counts_such,
    is_cost_of_one,
    is_left_to_pay,
    is_paid_a_head,
    is_paid_by_day,
    is_part_of_spent,
    is_sum_for_many,
    is_wished_higher,
)
from extractors.figures.conditions import DAYS, OF_THOSE, picks_those
from extractors.figures.standing import charges_more
from extractors.figures.time_marks import FUTURE, PAST
from extractors.figures.words import sign
from extractors.lexicon.openings import sought
from models.documents import Kind
from models.quantities import Comparator

if TYPE_CHECKING:
    from extractors.figures.standards import Place

MONEY = re.compile(r"^[^/]*元(?:/.{1,3})?$")
_EACH_MONTH = re.compile(
    r"(?:资金|投资|收入|产值|税收|销售额?|入库|归集|交易额|利用外资|贷款)(?:额|总额|规模)?每(?:个?月|季度?|旬|周)[^,;。]{0,6}$"
)
_PER_UNIT = sought(r"首(?:\d|[一二两三])?个?(?:小时|公里|分钟)|每(?!年$|年[^每元])|[人户亩生]均|/")
_RATE_OF_TWO = re.compile("每[人户亩名位生]每(?:[月年天日次班课餐]|学[年期])[^,;。]{0,10}$")
_SUMMED = re.compile("(?:累计|共计?|合计|全年)[^,;。]{0,10}$")  # 累计减免租金860万元
# 每名教师每月发放交通补贴200元: so much a head and month is set, whoever has been paid
_EACH_AT_TIMES = re.compile("每[名位人户生个][^,;。每\\d元]{0,4}每[月年天日学次][^,;。元\\d]{0,12}$")
# 月租由300元降到200元, 起付线由600元降至400元, 每盏灯造价2800元: what a thing costs, also where it is told as done
_PRICE_SET = sought(
    r"(?:租金|[月年日房]租|单价|押金|起付线|封顶线|限额|水价|电价|气价|票价|学费|保费|工本费)(?:已|均|统一)?[由从](?:[^,;。]{1,14}[到至为])?$"
    r"|每[一-鿿]{1,3}(?:的)?(?:平均)?造价(?:约|为)?$|(?:招标|中标|采购|挂牌|报)价(?:为|是|约)?每[一-鿿]{1,2}$"
)
_RATE = re.compile(r"率|(?<!额)度|完成|目标|任务|计划")
_MORE = sought(r"(?:[再另]加|(?:再|另)?(?:增加|上浮|提高|加发|追加|下浮))$")
DROPPED = sought(r"取消|不再|停建|终止|暂?难以?(?:全部)?(?:实现|满足|落实|做到|办到|采纳)|暂不|暂无法")
_DONE_OF = re.compile("已(?:经)?[一-鿿]{2,3}的$")  # 已兑付的967.5万元不再追溯调整
_BY = re.compile(
    r"按照?(?![^,]{0,12}(?:计划|要求|部署|规划(?![户人面])|方案|进度|步骤|时序|安排|目标|任务|(?<![上去本当全])年度))[^,;。]{0,24}$"
)
_MEASURED_BY = re.compile(
    r"^[^,;。]{0,12}(?:标准|规范|比例|口径|[上下]限|[测推估折]算|倒推|配[置建备套]|给予|补[助贴]|奖|贴息|执行|核[拨定发]|计[提算取]|确定|核算|折算|收[取费]|征收|支付|结算|计费|退坡|递减|发放|立减|优惠|抵扣|返还|直补|扣|拨付|分担|承担|建议|原则|的?(?:要求|规定)|的工作量|落实(?!到位)|配套|列支|安排(?=[,。;]|$)|[^,;。]{0,6}半径)"
    r"|^[^,;。、]{0,8}、[^,;。]{0,20}(?:标准|比例|[测推估折]算|配[置建备]|给予|予以|补[助贴]|奖|执行|退坡|发放)"
)
_OF_OUTPUT = re.compile("占[^,;。]{0,6}(?:生产总值|GDP|增加值|营业收入|销售收入)")  # 研发经费支出占地区生产总值
_PLANNED_RATE = re.compile("(?:率|增速|增幅)拟?按$")  # 赤字率拟按3%安排
_REACHED = sought(r"(?:降|减|压|升|提高?|增|控)[一-鿿]{0,2}[到至在][^,;。]{0,4}$|(?:到|至)20\d\d年")
_BY_ALL = re.compile("按照?(?:全[市县区省镇]|现有|目前|在册|参保|实有|户籍|常住)[^,;。\\d]{0,4}$")
_RECKONED = re.compile(
    r"按照?[^。;]{2,40}(?:标准|[测推估折计]算|计算|指标),[^,。;]{0,8}(?:应|需|要(?:多|再|增)|得|多|[财市县]政?要)[^,。;]{0,12}$"
)
_STILL = re.compile(r"(?:只有?|仅有?|才|不到)$")
_GRANTED = re.compile(r"(?:减免|免除|免收|抵扣|赠送?)[^,]{0,4}$|每[^,年]{1,4}送$|^含$")
_ALLOWED = re.compile("可(?:适当|再|酌情|分别|相应)?(?:上浮|下浮|放宽|上调|下调|延长|缩短)(?:至|到|不超过)?$")
_FREE = re.compile("(?:以?内)?(?:免费|不收费|免收|免票)")
_CAPPED = re.compile("(?:以?内)?封顶")
_FREE_FOR = re.compile("免费(?:开放|停[放车]|使用|乘坐|借[用阅]|试用)?$")
_PART_BOUND = re.compile("其中[^,;。]{2,12}(?:不低于|不少于|不超过|不小于|至少)$")
_FOR_EACH = re.compile("/[座户亩人个公里平米头只吨株台辆车床套年月天日次]")
_OF_THESE = re.compile("的加?$|以[上下]$|(?:另|再)加$|^,?[一-鿿]{2,4}(?:提高|调整|增加|上调|下调)[到至为]$")
# 诊查费加收30%,人均收入因此提高18%; (标准由752元提高到784元,)分别提高4%: what came of it
_SO_GREW = re.compile(
    r"(?:因此|随之|由此|从而|相应|(?:收入|产值|利润|效益)[^,;。\d]{0,4})(?:提高|增长|上升|下降|增加|减少)(?:了)?$|^分别(?:提高|增长)$"
)
# 工程投产后,供水半径可缩短到6公里: what a work brings about, and nothing that somebody may have
_ONCE_BUILT = re.compile(
    r"(?:[建改]成|建好|投[产用运]|运[行营]|[完竣]工|实施|改造|完成|通车|贯通|搬迁|落地)(?:之|以)?后,?[^;。]*$"
)
_GRANTS = re.compile("最高|给予|一次性|标准|每|上限|按")
# 全年补贴规模15亿元, 奖补资金总额控制在8000万元: what all of it comes to, and not what one gets
_TOTAL = re.compile(
    "(?:补贴|补助|奖补|奖励|资助)(?:资金)?(?:总?规模|总额|总量|支出)(?:为|达到?|约|将达|突破|控制在|不[少低]于)*$"
)
APART = sought(
    r"(?:(?<!不)[低高]于[^,;。\d标规]{2,10}|[较比][^,;。\d标规]{1,12}(?:省|低|高|少|多|贵|便宜|节省|节约))(?:约|近)?$"
)
_PAY = re.compile(
    "(?:工资|薪酬|薪资|报酬|待遇|造价|成本|单价)[^,;。]{0,6}(?:不[低少]于|不得[低高]于|至少|最[低高]|不超过|不高于)$"
)
_BIG_ONES = re.compile(
    r"(?:以上)?的?[一-鿿]{0,6}(?:企业|项目|产业|集群|园区|村|镇|品牌|单品|主体|合作社|农场)\d|(?:以上)?的\d{1,4}[家个户项]"
)
_TAKEN_IN = re.compile(
    "(?:收|得|入账|增加|增收|收取|收入)[^,;。标准]{0,6}租金(?:收入)?(?:达|约|近|超|为)?$|租金(?:收入|收益)"
)
_MUST_COME_TO = sought("(?<!急)(?:必?须|应当?|要)在$")
_TIME_CUT = re.compile("(?:时间|时限|周期|工期|环节|材料)[^,]{0,4}(?:压[减缩]|缩短|减少|精简)$")
_SPENT_SO = re.compile("(?:即|就)?(?:可[用享减抵]|立?减|送|返)")
_THOSE_COUNTED = re.compile(
    r"及?以[上下](?:(?:项目|企业|的)?\d{1,4}(?:个|家|户|项|只|名)|(?:不足|不满|未满|低于|至)\d)"
)  # 其中50亿元以上1个
_AN_EDGE, _GETS = re.compile("(?:不足|不满|未满|低于|超过|高于|满|达到?)$"), re.compile(r"的(?:每[一-鿿]{1,3})?\d")
_FOR_WHOM = re.compile(
    r"(?:^|[,;。、])[对凡给为][^;。]{2,30}(?:者|的|户|人|家庭|企业|单位|学生|员工|合作社)[^;。]{0,12}$"
)
_ALLOWANCE = sought(
    "(?:(?:贷款|授信|支付|报销|补贴|救助|保障|信用)额度|限额|(?:起付|封顶|准入|保障|救助)线|押金|滞纳金|违约金)(?:由|从)?[^,;。\\d]{0,4}$|(?:额度|限额|押金|(?:起付|封顶|准入|保障|救助)线)(?:由|从)[^,;。]{1,12}[到至为]$"
)
# 全年支农再贷款额度不低于20亿元 is to be lent
_OF_A_YEAR = re.compile(r"(?:全年|[今明]年|年内|20\d\d年)[^,;。]{2,16}额度(?:不[低少]于|达到|力争|突破|超过)$")
_REACHED_EACH = re.compile("(?:人均|户均|亩均)(?!补|奖)[^,;。补奖标待]{0,6}(?:达到?|突破|增至|提高到)(?:约)?$")
# 发放奖金63万元,单笔最高5万元: the largest of what was paid
_ONE_OF_PAID = re.compile(
    r"(?:发放|兑现|兑付|支付|赔付|奖励|返还)[^,;。]{0,10}元,(?:其中)?(?:单[笔人户件项次]|个人|一户|一人)?最[高多大](?:的|一笔|达|为)*$"
)
# 生均图书由28册增至40册, 亩均收益由…提高到…: an average that is to move is reached, one that is paid is set
_MEAN_MOVES = re.compile(
    r"[人户亩生地][均](?![^,;。]{0,12}(?:补|奖|经费|定额|拨款|标准|待遇|报酬|津贴|工资|保费|保额))[^,;。\d每]{0,10}[由从](?:[^,;。每]{1,12}[到至为])?$"
)
_MOST_LENT = re.compile("(?:最高|上限)(?:贷款|授信|担保|贴息)?额度(?:为)?$|额度(?:最高|上限)(?:为)?$")
_NEXT_KIND, _SUMS = (
    re.compile("[一-鿿]{2,8}"),
    re.compile("[共总投累计收支增]|产[值量]|资金|余额|规模|贷|节约|费用|达|还|款|罚"),
)
_OF_CASE = re.compile(r"(?:(?:以[上下]|不足|不满|未满|超过|达到?)\d[^,;。]{0,8}|以[上下])的$")
_SET = re.compile(r"标准[^,]{0,6}$")
_IN_FORCE = re.compile("现行|标准|政策")
_ALL_RULED = re.compile("免|从[重严]")
_FEE_CUT = re.compile("(?:费|票价|租金|税)(?:再)?(?:减免?|下浮|优惠)(?:收)?$")
_FEES = re.compile("费|票|价|租|免收|优惠")
_SET_SHARE = re.compile(
    "(?:退税|缴费|报销|测算|补[助贴]|资助|贴息|分担|支付|自付|首付|返还|抵扣)比例(?:统一|定)?(?:为|是|按|[一-鿿]{2,3})?$"
)
_LENT_AT = re.compile("(?:利率|费率)[^,;。]{0,6}$")
_FOR_USE = re.compile("(?:以[上内下])?(?:用于|用作|作为|留作|归|返还|返给|留给|分配给|上缴)")
_HOPED = re.compile("力争|争取|确保")
_AGAINST_LAST = re.compile("(?:同比|环比|[比较][^,]{0,10}同期|[比较]上年)[^,]{0,4}(?:上升|下降|增长|减少|提高|增加)$")
_PAID_OUT = re.compile("(?:兑现|拨付|支付|返还|预拨)$")
_SHARE_PAID = re.compile("(?:报销|补[助贴]|贴息|减免|支付|分担|奖励|赔付)(?:比例|标准)?(?:再)?(?:提高|增加|上浮|上调)$")
_BORNE = re.compile("其余|剩余|余下|自筹|自担|自付|承担|负担|分担|配套|筹集|补齐|兜底")
_INTEREST = sought(
    "(?:利率|滞纳金|违约金|费率|税率|首付比例|资本金比例)(?:统一)?(?:最[高低]|不[超高]过?于?|不低于|控制在|执行|按|为|上限)*$|(?:滞纳金|违约金|手续费率?)[由从][^,;。]{1,12}[到至为]?$|贴息$"
)
_EACH_OF_THEM = re.compile(
    r"(?:标准|额度|每[人月户个次年]|分别|依次|各|均|最[高低多少]|为|按|不[高低超少][于过]?|至少)+[^,;。]{0,12}?"
)
_GRANT_BEFORE = re.compile(
    r"(?:津贴|补贴|补助|奖励|奖金|奖补|报酬|酬金|慰问金|救助金)[^,;。\d增完]{0,6},(?:标准|额度|每[人月户个次年]|分别|依次|各|均|最[高低多少]|为|按|不[高低超少][于过]?|至少)+[^,;。]{0,12}$"
)
_IN_TURN = re.compile(r"(?:分别|依次)(?:为|是|按|给予|不[高低超少][于过]?)*$")
_ONLY = re.compile(r"(?:不到|不足|仅|只有?|仅占|只占)[^,;。]{0,8}$")
# 租金不高于市场价的六成
_PRICE_CAP = re.compile(
    r"(?:租金|房租|价格?|收费|费用?)[^,;。率]{0,6}(?:不[高超]过?于?|按|为|低于)[^,;。]{0,12}(?:价格?|租金|费用?|标准|水平)的$"
)
_DATED = re.compile(r"[到至]20\d\d年|20\d\d年|年[底内末]|月底|确保|力争|目标")
# 用于一线职工的部分应占六成以上
_MUST_SHARE = re.compile(
    r"(?:部分|比例|占比|比重|份额|资金|经费|金额|面积|人数)(?:应当?|必?须|不得)(?:占|达到?|[低少高]于|超过)[^,;。\d]{0,6}$"
)
_SELF_PAID = re.compile("自[缴筹付担理](?:部分|比例)?(?:为|占|约)?$")
_AWARDED = ("award", "per_unit", "price", "measured_by", "share_of_award")
_MOVED_SHARE = re.compile("实际|平均|[提增升降]")
_HELD = re.compile("覆盖|占|达|满足|仅|只|实际")
_SHARE_WORDS = re.compile("比例|占|份额")
# 公用经费基准定额,小学720元; 按三档执行,全护理1250元
_BY_KIND = sought(r"(?:标准|定额|限价|[两二三四五]档(?:执行|发放|补助|计发|收取)?)(?:为|是)?[,:][^,;。:\d]{1,6}$")
# 获得奖励资金最低30万元
_RECEIVED = re.compile(r"(?:获得?|领取?到|争取到?|收到)[^,;。可]{0,10}(?:奖励|奖补|补助|补贴|资助)(?:资金|金)?")
_LOANS = re.compile("(?:贷款|授信|担保)额度(?:最[高大]|一般|单户|原则上|不得?|为|超过|至)+$")
_RATE_OF = re.compile("/[人户月天课学]")
_PAID = re.compile("已|共|累计|平均|人均|发放|达到|收入|工资")
_FUNDS = re.compile("经费|资金|公益金|基金|配套(?![率设服])|自筹")


def of_money(place: Place) -> str | None:
    """每户补助3000元 sets an amount; 累计发放补助120万元 tells what was paid."""
    big = place.cell.lead.endswith(("超", "超过", "过", "破")) and _BIG_ONES.match(place.behind)  # 超5亿元企业2家
    full = place.cell.opening.endswith("满") and _SPENT_SO.match(place.behind)  # 满100元可用
    picked = big or full or counts_such(place) or _THOSE_COUNTED.match(place.behind) or picks_those(place)
    if (
        not place.past
        and place.setting.kind in (Kind.PLAN, Kind.REGULATION)
        and _MUST_COME_TO.search(place.cell.opening)
    ):
        return "condition"  # 设备投资须在500万元以上
    edge = _AN_EDGE.search(place.cell.opening)
    below = edge and place.condition  # 人均收入低于910元的纳入保障
    if picked or below or (not place.past and ((edge and _GETS.match(place.behind)) or OF_THOSE.match(place.behind))):
        return "condition"
    if is_measured_by(place):
        return "measured_by"
    if _PRICE_SET.search(place.near) or charges_more(place.cell):
        return "price"
    if place.setting.kind is Kind.REPLY and is_wished_higher(place):
        return "quoted"
    return None if _is_told_of(place) else _of_grant(place)


def _is_told_of(place: Place) -> bool:
    """What something yields or costs, what there only was, what the market pays: facts, or aims."""
    near, cell = place.near, place.cell
    pay = not place.past and _PAY.search(near)
    earned = next(sign("earned").finditer(near), None)
    if earned and (sign("award").search(near, earned.end()) or is_paid_a_head(near, earned.end())):
        earned = None  # 对年产值2000万元以上的企业每家奖励5万元; 省级补助由户均3万元提高到6万元
    if (earned and not _SET.search(near) and not pay) or _TOTAL.search(cell.lead):
        return True
    if _REACHED_EACH.search(near) or ("均" in near and _MEAN_MOVES.search(cell.opening)):
        return True  # 到2025年,科普经费人均达到5元
    if place.past and "最" in near and _ONE_OF_PAID.search(place.said[-30:]):
        return True
    if place.past and APART.search(cell.lead):
        return True
    if place.past and "租" in near and _TAKEN_IN.search(near):
        return True
    still = _STILL.search(cell.lead) and not _IN_FORCE.search(near)
    return place.past and bool(still or sign("market").search(near + cell.tail[:6]))


def _of_grant(place: Place) -> str | None:
    """An amount for each, a price, an award, or what was asked for and refused."""
    near, cell = place.near, place.cell
    spent = sign("spent").search(near)
    if ("/" in (cell.measure.unit or "") or _FOR_EACH.match(place.behind)) and (not place.past or _is_rate_list(place)):
        return "per_unit"
    if _RATE_OF_TWO.search(near) or _EACH_AT_TIMES.search(near):
        return "per_unit"
    if place.cell.measure.value >= 1_000_000 and "每" in near and _EACH_MONTH.search(near):
        return None  # 到位资金每月不低于2.5亿元
    if _PER_UNIT.search(near) and not (place.tense == PAST and spent and not _IN_FORCE.search(place.said)):
        return "per_unit"
    words = f"{near}0{cell.tail[:8]}"  # the number itself, for the words that stand directly before one
    summed = place.past and cell.measure.value >= 10_000 and _SUMMED.search(cell.lead)
    if (sign("price").search(words) and not summed) or is_cost_of_one(place) or (_LOANS.search(near) and not spent):
        return "price"
    if is_left_to_pay(place) or is_sum_for_many(cell):
        return None
    if sign("award").search(words) and not spent and not _was_paid(place):
        return "award"
    if rule := _goes_with_award(place, spent[0] if spent else ""):
        return rule
    dropped = DROPPED.search(cell.tail) and not (place.past and _DONE_OF.search(cell.lead))
    return "quoted" if sign("quoted").search(cell.opening + cell.tail) or dropped else None


def _goes_with_award(place: Place, spent: str) -> str | None:
    """An amount that belongs to an award named in front of it, or that somebody gets in a case."""
    near, cell = place.near, place.cell
    if (
        not place.past
        and len(cell.opening) < 24
        and _EACH_OF_THEM.fullmatch(cell.opening)
        and _GRANT_BEFORE.search(place.said[-40:])
    ):
        return "award"  # 按月发放津贴,分别不低于800元和1500元
    if not place.past and place.after in ("award", "per_unit", "price") and _IN_TURN.search(cell.lead):
        return place.after  # 初级工每人1200元,…,技师和高级技师分别为3500元、5000元
    if spent == "发放" and not place.past and sign("award").search(near) and _FOR_WHOM.search(place.said):
        return "award"  # 对返乡创业者发放一次性补贴5000元
    at_most = cell.measure.comparator is Comparator.AT_MOST
    if (at_most or cell.lead.endswith("最高")) and place.after in _AWARDED and not _TOTAL.search(cell.lead):
        return "award"  # 每小时3元,单日最高15元
    if place.after in ("award", "per_unit", "price", "pair") and len(cell.lead) < 12 and _OF_THESE.search(cell.lead):
        return place.after  # 国家级的每家奖励100万元,省级的30万元
    if _MOST_LENT.search(near):
        return "award"
    kind = (
        place.after in ("award", "per_unit", "price")
        and cell.measure.value < 10_000
        and _NEXT_KIND.fullmatch(cell.lead)
    )
    if kind and not _SUMS.search(cell.lead) and cell.measure.comparator is Comparator.EQUAL:
        return place.after  # 居民每度0.558元,合表用户0.568元
    if not spent and (
        _BY_KIND.search(place.said) or (not place.past and _ALLOWANCE.search(near) and not _OF_A_YEAR.search(near))
    ):
        return "award"
    if at_most and sign("award").search(place.said) and not _was_paid(place):
        return "award"
    case = not place.past and _OF_CASE.search(cell.opening) and place.behind[:1] in (",", ";", "。", "")
    return "award" if case else None  # 引进5亿元以上不足10亿元的10万元


def _is_rate_list(place: Place) -> bool:
    """中级工(四级)1500元/人: a rate for each that nobody is said to have paid."""
    each = _RATE_OF.search(place.cell.measure.unit or "") or _RATE_OF.match(place.behind)
    return bool(each) and place.setting.kind is Kind.OTHER and not _PAID.search(place.said[-30:])


def _was_paid(place: Place) -> bool:
    """去年报销1.12亿元, 罚款3.4万元: a sum that was paid, and not one that a rule grants."""
    if not place.past:
        return False
    if _RECEIVED.search(place.said[-40:]):
        return True
    large = place.cell.measure.value >= 1_000_000 and not _GRANTS.search(place.near)
    return large or ("罚" in place.near and "违者" not in place.near)


def is_of_all(place: Place) -> bool:
    """按全县600名护林员测算: what there is, by which a sum is reckoned."""
    return bool(_BY_ALL.search(place.cell.opening))


def is_measured_by(place: Place) -> bool:
    """按照每百户15个车位测算, 按投资额的8%给予补助."""
    if place.after == "measured_by" and _PART_BOUND.match(place.cell.opening):
        return True
    if "按" not in place.said:
        return False
    if _BY.search(place.cell.opening) and _MEASURED_BY.match(place.behind):
        return not is_of_all(place) and not _PLANNED_RATE.search(place.cell.opening)
    money = MONEY.search(place.cell.measure.unit or "")
    return not (place.past and money) and bool(_RECKONED.search(place.said))


def is_percent_rule(place: Place) -> bool:
    """Whether a share, or points of one, is what a rule sets: 按投资的8%补助, 再加5个百分点, 乡镇自筹四成."""
    cell, near = place.cell, place.near
    if cell.measure.unit in ("个基点", "个百分点"):
        return _is_points_rule(place)
    if cell.measure.unit != "%" or place.behind.startswith(("的份额", "的任务", "的目标")):
        return False
    near = place.said[-40:] if _MORE.search(cell.lead) else near
    if is_part_of_spent(place):
        return False  # 累计投入860万元,其中省级补助六成
    if cell.measure.rule == "all":
        ruled = sign("award").search(cell.tail[:4]) or _ALL_RULED.match(cell.tail)
        return not place.past and bool(ruled) and not is_paid_by_day(cell)
    if near.endswith("标准、") and cell.tail.startswith("的"):
        near = ""  # 30%的村达到创建标准、50%的乡镇: the norm was that of the item in front
    if (place.past and (_ONLY.search(near) or _AGAINST_LAST.search(near))) or _TIME_CUT.search(cell.lead):
        return False
    if _SO_GREW.search(near):
        return False  # 提取不到保费的15%
    if near.endswith("的") and not place.past and _PRICE_CAP.search(near):
        return True
    if _is_paid_share(place, near) or _is_fee_share(place, near):
        return True
    if sign("award_share").match(cell.tail) and sign("award").search(near + cell.tail[:10]):
        return True
    if sign("award").search(near) and not _RATE.search(near[-4:]) and not (place.past and _HELD.search(near[-14:])):
        return True
    return _is_share_limit(place, near)


def _is_points_rule(place: Place) -> bool:
    """按售价的15%立减,1级能效再加5个百分点; 利率下浮30个基点."""
    if place.cell.measure.unit == "个基点":
        return not place.past and bool(_LENT_AT.search(place.near))
    if place.after in _AWARDED and _MORE.search(place.cell.lead):
        return True
    return not place.past and (place.near.endswith("贴息") or _case_share(place))


def _is_paid_share(place: Place, near: str) -> bool:
    """市级财政承担六成,乡镇自筹四成; 奖补15万元,首年兑现60%; 将村集体收益的20%用于奖励村干部; 年利率4%."""
    lead = place.cell.lead
    if not place.past and _SELF_PAID.search(near):
        return True  # 保费每亩72元,农户自缴三成
    if (place.after in _AWARDED and _PAID_OUT.search(lead)) or (
        place.after == "share_of_award" and _BORNE.search(lead)
    ):
        return True
    if near.endswith(("利率最低", "利率最高", "费率最低", "费率最高")):
        return True
    if not place.past and (_INTEREST.search(near) or (near.endswith("的") and _FOR_USE.match(place.behind))):
        return True
    return bool(_SET_SHARE.search(near)) and not _MOVED_SHARE.search(near)


def _is_fee_share(place: Place, near: str) -> bool:
    """绝育犬登记费减半; 困难家庭的托育费减三成."""
    cell = place.cell
    words = place.said + place.behind if cell.text.startswith("减") else cell.opening + cell.tail
    if cell.measure.rule == "half" and (_FEES.search(words) or (place.after in _AWARDED and "率" not in cell.lead)):
        return True  # 首年每班补贴8万元,第二年减半
    return not place.past and "的" in place.said and bool(_FEE_CUT.search(near))


def _case_share(place: Place) -> bool:
    """凡连续三年参保的,报销比例提高5个百分点: what one who is in that case gets."""
    return "的," in place.said and bool(_SHARE_PAID.search(place.near))


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
    if bound and not place.past and _MUST_SHARE.search(near) and not _DATED.search(place.said):
        return True
    hoped = "达" in near[-8:] and _HOPED.search(place.said)
    rising = near.endswith(("增长", "增长率", "增速"))  # 研发经费投入年均增长7%以上
    if not bound or place.tense != FUTURE or rising:
        return False
    return bool(_FUNDS.search(near)) and not (hoped or _OF_OUTPUT.search(near))


def is_price(place: Place) -> bool:
    """The price of a ticket; 前30分钟免费: what is free of charge and for how long."""
    if _FREE.match(place.behind) or (place.cell.measure.unit in DAYS and _CAPPED.match(place.behind)):
        return True
    if place.cell.measure.unit in DAYS and _FREE_FOR.search(place.cell.opening):
        return True
    return (
        place.cell.measure.unit not in (None, "%")
        and place.tense == FUTURE
        and bool(sign("price").search(place.near[-8:]))
    )


def is_granted(place: Place) -> bool:
    """每月减免3吨, 基本水费5元(含3吨): what somebody need not pay for, in any unit."""
    if not place.past and place.cell.lead.endswith(("补贴", "补助", "赠送")) and "额度" in place.behind[:8]:
        return True  # 公交卡每年补贴120次乘车额度
    allowed = _ALLOWED.search(place.cell.lead) and not _ONCE_BUILT.search(place.said[-60:])
    return not place.past and bool(_GRANTED.search(place.cell.lead) or allowed)
