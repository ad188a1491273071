"""What a number is for: a value to be reached, a fact, or what a rule sets; and whether it is a rise or a level.

去年新建书屋12座,今年再建8座,每座补助3万元      12座 actual   8座 target   3万元 standard
"""

from __future__ import annotations

import re

from extractors.figures.awards import APART, is_of_all
from extractors.figures.cells import Cell
from extractors.figures.given import are_there, ranked_last
from extractors.figures.manners import is_raised
from extractors.figures.standards import Place, standard_rule
from extractors.figures.time_marks import PAST
from extractors.figures.words import joined, sign
from extractors.lexicon.openings import skipping, sought
from models.documents import Kind
from models.quantities import Basis, Role

_MONEY = re.compile(r"元$")
_RISE_NEAR = re.compile(skipping(joined("indicators", "rise_near")))
_RISE = re.compile(skipping(joined("indicators", "rise")))
_LEVEL = re.compile(skipping(joined("indicators", "level")))
_OWN_DEED = re.compile(
    r"\s*(?:投[用入放产]|配[备置]|购[置买]|发放|培训|查处|救助|打通|改[建造善]|修[缮复建]|提升|整治|更新|维修|完成|治理|巩固|清[淤理]|疏浚)"
)
_GROWN = sought(
    r"(?:增速|[增涨降跌]幅|(?:增[长加减]|上[涨升]|提[高升]|下[降滑跌]|减少|(?<![一-鿿]))幅度|增长率|递增|再增|净增|[再又]提[高升])(?:约|近|分别|各|达到?|[设定确]?定?为|持续|始终|(?:保持|稳定|控制)在?|(?:回升|回落|提[高升]|加快|放缓)[至到]|不低于)*$"
)
# 每年增加支出300万元; 增加值 is none
_ADDED = re.compile(r"(?:新增|净增|增加(?!值)|追加)(?![至到为])[^,;。、的建\d]{0,6}$")
_SHORTENED = re.compile("(?:缩短|压缩|压减|精简|节约|节省)(?:了|近|约|超过?)*$")  # 审批时间平均缩短40%
_GROWING_SO = re.compile("的?(?:快速|高速|较快|稳定|平稳|中高速)增[长幅速]")  # 保持30%以上的快速增长势头
_CUT = re.compile(r"(?:压减|压降|削减|减少|减排|降低)(?!至|到|为)[^,;。占的率比\d]{1,6}$")  # 压减事故四成
_MOVES_ALONE = frozenset("增降升减涨跌")  # 比上年增0.6万亩,增0.8%
_SHARE = re.compile(r"占|比例|比重|份额|全部|一律")
_RATE = re.compile(r"[率度]|指数|覆盖面|完成|目标|任务|计划")
_GOAL = re.compile(
    r"力争|确保|到20\d\d|[“\"]十[四五六]五[”\"](?:期间|末)|计划(?=[筹建新改培引投实种])|20\d\d年(?:春|秋)季学期起|20\d\d年度?[^,;。]{0,4}预算|"
    r"20\d\d[/—\-]20\d\d[^,;。]{0,4}(?:年度|榨季|学年|季)|20\d\d年度(?=[完新改建培种实达])|20\d\d年[^起]{0,6}(?:底|末|前)|目标|(?<![一二两三四五六七八九十\d])年内|完成(?!率|情况|进度|[^,;。]{0,12}(?:调查|[核审]查|审[核批]|评[审估]|验收|公示|受理|登记|申报))|"
    r"(?:20\d\d|[今明后])年(?!度|[^,;。]{0,12}起|[以之]|[^,;。]{0,4}月|[^,;。]{0,6}(?:下达|安排|拨付|发放|补助))"
)
# 主要目标是:冬防期间,浓度下降4%; 到2027年,80%以上的村建成网点
_GOAL_SAID = re.compile(r"(?:目标|任务)(?:任务)?[是为]?:|(?:^|[,:])(?:力争|确保)?到20\d\d年[底末]?(?:[以之]?前)?,")
_GOAL_ABOVE = re.compile(
    r"力争|确保|[到至]20\d\d年|20\d\d年[^起]{0,6}(?:底|末|前)|目标|年内|^\s*(?:[(][^()]{1,3}[)]|[^、]{1,3}、)?20\d\d年度?[,:]"
)
_GOAL_BEHIND = re.compile(r"^[^,;。]{0,16}(?:年内|[年月]底前)[^,;。]{0,4}(?:到位|完成|建成|投用|投产|落地|竣工)")
_FUNDED_BY = re.compile(r"^[^,;。]{0,10}(?:资金|贷款|投资|债券)[^,;。]{0,6}(?:年内|[年月]底前)[^,;。]{0,4}到位")
_RULED = frozenset(
    ("年", "个月", "天", "日", "个工作日", "小时", "个小时", "周", "%", "倍", "个百分点", "岁", "周岁", "分")
)
# 对未达标的123所学校,采取屋顶改造等办法
_LACKING = re.compile(r"(?:^|[,;。:])针?对[^,;。\d]{0,6}(?:未|无|没有|存在|尚未|不)[^,;。\d]{1,10}的$")
_RULES_CASES = re.compile(
    r"[对凡][^;。]{2,40}的|每[家个户人名场期次座](?!乡|镇|村|社|县|区)|的,|单[个户家]|符合|达到[^;。]{0,30}的[,企单项基]|最高"
)
_GROWS = re.compile(r"^[^,;。]{0,3}(?:扩|增|提|发展|拓展)[^,;。]{0,2}[到至]")
_DOES = re.compile(
    r"(?:^|[,;。:、)每年月周季度])\s*(?:力争|争取|累计|再|新)?(?:新建|建设|建成|改造|培[育养训]|引[进育]|打造|创建|布局|开[展设通]|举办|发布|推出|组织|发展|招引|选[派树]|投放|设立|实施|认定)"
    r"[^,;。]{0,20}$|(?:达到|增至|扩大到|增加到|提高到|突破)$"
)
_RAISES = re.compile(
    "(?:设立|组建|吸引|撬动|带动|引进|完成)[^,;。补奖贴]{0,12}$"
    "|(?:新增|投放|发放)[^,;。每补奖贴]{0,8}(?:贷款|融资|授信|消费券|信贷)(?:总?[额量]|规模|余额)?[^,;。每补奖贴\\d]{0,6}$"
)  # 设立5亿元产业基金,吸引社会资本10亿元
_ACTS = re.compile(
    r"(?:^|[,;。:、)每年])\s*(?:[一-鿿]{2,6}?)?(?:共建|遴选|评选|选树|引育|新增|净增|招聘|筹集|盘活|供应|保障|统筹|完成|实现|覆盖|建立|组建|集聚|形成|承办|开通|增设)[^,;。]{0,20}$"
)
# 规划提出的日产5万吨目标未能实现, 距全年增长8%的目标差距较大.
_AIMED_AT = re.compile(r"^(?:左右|以[上内下])?的?(?:预期)?(?:目标|任务)(?![\d完率的])")
_SET_BEFORE = re.compile(
    r"(?:(?:提出|确定|明确|设定|制定|定下|下达|规定|要求)的|(?:^|[,;。(])(?:距离?|离|与)|(?:未能?|没有|尚未)(?:完成|达到|实现))[^,;。]{0,16}$"
)
_AIM = re.compile("目标|任务|考核指标|计划|承诺")
_TASK = re.compile(
    r"(?:^|[,;(、—])\s*(?:年度?|全年|总|承诺|既定)?的?(?:任务|目标)[数量值]?[为是]?[:]?$|"
    r"(?<!完成)(?<!承担)(?<=[一-鿿]{2})任务[数量]?[为是]?$|(?<!完成)(?<!项)考核指标[为是]?$|"
    r"完成(?:年初|年度|调整)?预算数?$|"
    r"占(?:年度?|全年|总|省|市|县|上级|下达|既定|计划|目标)*的?任务[数量]?$|占(?:年度?|全年|总|既定)(?:计划|任务)?目标[数量]?$|"
    r"(?:年度?|全年|既定|预期|承诺|规划|投资|产值|营收|收入|增长|招商|税收|造林|培训)的?(?:任务|目标)[数量值]?(?:为|是)?[(:]?$|(?:年度?|全年|年初|总|既定)的?(?:目标|任务)?计划[数量值]?[(]$|(?:目标|任务)(?:任务)?[数量]?[是为][^,;。]{0,14}$"
)
# 规划目标五年累计320平方公里, “十四五”任务62公里
_PLANNED_SUM = re.compile(
    r"(?<![成占超达])(?:规划|[”\"]|期末|[三五]年)的?(?:总|约束性|预期性)?(?:目标|任务)[数量值]?(?:[到至]?20\d\d年|[三五]年)?(?:累计|达到?|为|是)*$"
)
# 超额完成年度目标(50座)的124%, 完成年度任务(书屋90个、健身点160处)的
_TASK_BRACKETED = re.compile(
    r"(?:(?:年度|全年|年初|既定|[省市县区]定|目标)计划|目标|任务)[数量值]?[(](?!其中)(?:[^()已占]|完(?!成))*$"
)
_TASK_DONE = sought(r"(?<!未)完成[^,;。]{0,12}(?:任务|目标|计划)[^,;。]{0,4}$")  # 完成年度任务的96%
_OF_PLAN = re.compile("(?:年度?|全年|年初|既定|总|[省市县区]定)(?:的)?(?:目标)?计划[数量]?$")
_SHARE_OF_PLAN = re.compile(r"的(?:\d[\d.]*%|[一二三四五六七八九]成|百分之)")
# 前四年计划160座,实际完成141座
_HELD_TO_IT = re.compile(r",?(?:目前|截[至止][^,]{2,8},?)?(?:实际|仅|只)")
_BEYOND = re.compile(
    skipping(
        r"(?:距离?|离|与)[^,;。]{2,20}(?:目标|任务|计划)(?:还|尚|仍)[有差缺](?:约|近)?$|(?:超出?|超过|高出|高于|低于|少于|落后|[相还]?差)[^,;。]{0,8}(?:目标|任务|计划)[^,;。]{0,4}$"
    )
)
_GROUND = re.compile(r"\s*(?:因为?(?![地人时此])|由于|鉴于|随着)[一-鿿\d]")
_MEANT = re.compile("将|拟|计划|力争|要")
_REACHED = re.compile(r"[已完建落开]|实际|其中")
_GIVEN = re.compile(r"正在?[一-鿿]|已(?:经)?(?:[一-鿿]{2,3}的|[随由于在][一-鿿])|[^,]{1,8}倾斜")
_ASSIGNED = re.compile(r"下达|承担|分解|领取|认领|明确|部署|分配")
_ASSIGNED_TASK = re.compile(r"^[^,。;]{0,24}的(?:[年季][度]?|建设|工作|改造)*任务(?=[,。;:]|$)")
# 已将两处公墓列入今年民生实事: the listing is done, what is listed is to come.
_LISTED_ALREADY = re.compile(r"已(?:经)?(?:将|把)[^,;。]{0,24}$")
_FOR_YEAR = re.compile(r"^[^,;。]{0,20}(?:列入|纳入|列为)[^,;。]{0,6}(?:今年|明年|本年度|20\d\d年|年度)")
_GOAL_OF_OLD = re.compile(r"^[^,;。]{0,14}基础上")
_LACKS = re.compile(
    r"^[^,;。的\d]{0,4}(?:尚?未|没有|还没)(?![^,;。]{0,10}的)|^(?P<among>[^,;。\d]{1,6}(?:中|里|[将要会]),?(?:仍|已|尚)?有)(?=\d|一半|半数|[一二三四五六七八九]成)"
)
# 19项改期的承诺: promises are counted, not promised.
_ITEMS, _OF_PROMISES = frozenset(["项", "件", "条"]), re.compile(r"[^,。;]{0,14}的承诺")
_ONLY_DONE = re.compile(
    r",?(?:目前|截至[^,]{2,10},?|到[^,]{2,8})?(?:只|仅|才)(?:完成|做|建|干|修|装|改|种|铺|发|办|到位|落实|实现|贯通|建成|开工)[成好完到]?了?(?:其中)?\d"
)
_ALL_YEAR = re.compile(
    r"(?:^|[,;。:)])\s*(?:今年)?全年(?:[共拟需要]|计划|安排|部署)?(?![^,;。]{0,20}(?:已|完成|累计|实际|预计))[^,;。]{1,30}(?<!的)$"
)
_SO_FAR = re.compile(r"[^。;]{0,60}?,(?:其中)?[^,。;]{0,8}?(?:现?已(?=[一-鿿])|目前|截[至止]|[至到]\d)")
# What stands already: 已创建的5个…, 针对排查出的36处…, 依托全市58个…; 日处理5万吨的水厂扩容至8万吨.
_KNOWN = re.compile(
    skipping(
        r"(?:已|业已)[一-鿿]{1,5}的$|(?:摸排|排查|清查|检查|核查|梳理|查摆?)出的$|(?:反映|提到|提及|指出)的$|(?:^|[,;。:])针对(?:[^,;。]{0,12}的|[一-鿿]{0,3})$|(?:依托|借助)(?:[^,;。]{0,3}|[^,;。]{2,14}的)$|现有的?$|(?:管辖|下辖|所辖|管养)的?$|(?:缺口|[尚还]缺|[还相]差)(?:约|近|达|为|仍?有|在)*$"
    )
)
# 净空不足7米的桥梁共211座,2025年改建56座: of what there are, so many are to be done.
_ALL_OF_THEM = re.compile(
    r"(?:^|[,;。])(?!新|拟|计划|力争|[^,;。]{0,8}(?:建成|建设|改造|培育))[^,;。]{2,40}的[^,;。的]{2,8}(?<!总)共(?:有|计)?$"
)
_TO_GROW = re.compile(r"^长?的[^,;。]{1,14}(?:扩[容建大]|提升|提高|增加|升级|延[长伸])(?:到|至|为)")
_PLEDGED = re.compile(
    r"^[^,。;]{0,20}(?:”的?|的)(?:承诺|目标任务|(?:改善|减排|增长|下降|控制|预期|约束性)目标|任务目标|(?:节点|进度|[序时]{2}|阶段性?|季度|月度|年度|全年)(?:目标|任务)|[控预年][制期度]目标|目标(?=[。,])|(?:年度|全年|建设|改造|工作)*任务(?=[,。;:]|[仅只实尚也都]|未|(?:提前|如期|按[期时]|顺利|超额)?完成|已))(?![^,。;任]{0,2}已)"
)
# 较2024年的1.12亿美元提高38.4%, 比现有的6座多4座.
_HELD_AGAINST = re.compile(r"[较比](?:[^,;。]{1,12}的|(?:去年|上年|20\d\d年)(?:同期)?)$")
_CHANGES = re.compile(r"^(?:左右)?[^,;。\d]{0,3}(?:[提增扩上下降减压缩翻]|[多少高低](?=\d|出))")
_MERGED = re.compile(r"[一-鿿]{0,8}(?:[撤归合]?并|整合)[成为到]\d")  # 把9座小水厂并成3座
# 离整改方案确定的85%还差6个百分点
_SET_FAR = re.compile(r"(?:距离?|离|与)[^,;。]{0,14}(?:确定|下达|提出|承诺|明确|设定)的$")
_STILL_FAR = re.compile(r"[^,;。\d]{0,8}(?:[还尚仍]?[差有]|相差)")
_FORECAST = re.compile("预计|预测|测算|估计|研判|将(?:会)?(?:达|突破|超|增|有)|[尚还]缺")
_AIMED_FOR = re.compile("力争|确保|目标|任务|要求|提出|规划|纲要|计划|《")
_FILLED = re.compile("(?:补齐|补足|弥补|填补|化解|消除|缩小|补上|解决)[^,;。]{0,10}缺口[^,;。]{0,3}$")
# 120座泵站中有48座带病运行, 闲置厂房9.6万平方米中已签约盘活3.1万平方米, 全县11个乡镇已建成服务站7个
_AMONG, _OF_WHICH = re.compile("中(?:仍|尚|还|已)?有$"), re.compile(r"[^,;。\d]{0,8}中,?(?:已|仍|尚|有)")
_ALL_OF, _HAVE_DONE = re.compile("[全我][市县区省镇乡州旗]$"), re.compile(r"[一-鿿]{2,8}已(?:经)?(?:全部)?[一-鿿]{2}")
# 全县22个乡镇的自建房
_DIVISIONS = re.compile(
    r"(?:乡镇|镇街|乡|镇|街道|行政村|村|社区|县[市区(]|区县|县|市州|地市|市|州|盟市|旗县)(?:\([^()]{1,4}\))?(?=的|\d)"
)
_DIVISIONS_TOLD = re.compile(r"[全我][市县区省镇乡州旗]\d+个?(?:乡镇|镇街|镇|街道|县市?区?|区县|市州?)[、和及]?$")
_BASE = re.compile("(?:为|作为?|做)(?:基[数准期]|起点|底数|参照)")  # 以2022年726家为基数翻一番
_FROM_THEN = re.compile(r"[从由](?:20\d\d年[底末]?|目前|现在|当前|现有)的$")
_UP_TO = re.compile(r"(?:左右)?,(?:逐步|稳步)?(?:增加|提[高升]|扩大|增长|拓展|降低|减少|压减|下降)[到至为]")
_OLD_LEVEL = re.compile(
    r"^(?:左右)?(?:逐步|再)?(?:翻[一两二]?[番倍]|提[高升]|增加|增长|降低|下降|压减|扩大|减少)(?![至到为成])|^[^,;。\d]{0,4}(?:降|减|压)[至到为](?:0(?!\.)|零)"
)


def role_of(place: Place, paired_with: Role | None = None) -> tuple[Role, str]:
    """The role and the rule that gave it; `paired_with` is the role of the other end of 由X提高到Y."""
    if place.ahead and "到位" in place.behind and _FUNDED_BY.match(place.behind):
        return Role.TARGET, "goal"
    if place.behind.startswith("处") and _AT_DISTANCE.search(place.near):
        return Role.ACTUAL, "given"
    if rule := standard_rule(place) or ranked_last(place):
        return Role.STANDARD, rule
    said = place.said[-36:]
    if aimed := _by_aim(place, said):
        return aimed
    if "已" in said and _LISTED_ALREADY.search(said) and _FOR_YEAR.match(place.behind):
        return Role.TARGET, "listed"
    told = place.past and (sign("spent").search(place.cell.opening) or APART.search(place.cell.lead))
    if paired_with is Role.STANDARD and not (told and place.tense == PAST):
        return Role.STANDARD, "pair"
    if not place.ahead:
        return Role.ACTUAL, place.tense
    if place.setting.kind is Kind.REGULATION and not _is_goal(place):
        lacking = place.cell.measure.unit not in _RULED and _LACKING.search(place.said[-24:])
        return (Role.ACTUAL, "given") if lacking else (Role.STANDARD, "regulation")
    if _is_ground(place) or _is_given(place):
        return Role.ACTUAL, "given"
    if place.setting.background and _FORECAST.search(place.said) and not _AIMED_FOR.search(place.said):
        return Role.ACTUAL, "given"  # 规划背景: 预计到2025年老年人口将达到56万人
    if place.setting.announced:
        return Role.TARGET, "announced"
    settled = place.setting.measures or place.setting.outlook or _GOAL_SAID.search(place.said)
    return Role.TARGET, "goal" if settled else place.tense


def _is_goal(place: Place) -> bool:
    """到2027年建成机场1座; 首期1亿元年内到位; in measures without articles also 每年培养飞手200名."""
    if _GOAL.search(place.said) or _GOAL_BEHIND.match(place.behind):
        return True
    if place.setting.goal and not _RULES_CASES.search(place.said):
        return True
    unit = place.cell.measure.unit or ""
    if not place.setting.measures or unit in _RULED or _RULES_CASES.search(place.said):
        return False
    if unit.endswith("元"):
        return bool(_RAISES.search(place.cell.opening))
    moved = _GROWS.match(place.behind) and place.said.endswith(("由", "从"))
    return bool(moved or _DOES.search(place.cell.opening) or _ACTS.search(place.cell.opening))


def sets_goal(words: str) -> bool:
    """Whether words above a rule's sentence set a goal: 到2027年, 力争; 根据2024年预算,现通知如下 doesn't."""
    return bool(_GOAL_ABOVE.search(words))


def _by_aim(place: Place, said: str) -> tuple[Role, str] | None:
    """What words of aim say, few numbers being near one: 超过目标12座, 年度任务187个小区, 承担500套的建设任务."""
    if _AIM.search(said):
        if place.cell.depth and _TASK_BRACKETED.search(said):
            return Role.TARGET, "task"
        itself = place.cell.measure.unit == "%" and said.endswith(("值", "数")) and "高于" not in said
        if place.setting.kind is not Kind.REGULATION and _BEYOND.search(said):
            return (Role.TARGET, "task") if itself else (Role.ACTUAL, "beyond")
        done = _TASK_DONE.search(said) and (place.cell.measure.unit == "%" or _is_done(place))
        counted = place.past and place.cell.measure.unit in _ITEMS and said.endswith("任务")  # 涉及整改任务17项
        if (_TASK.search(said) or _PLANNED_SUM.search(said)) and not done and not counted:
            return Role.TARGET, "task"
        if said.endswith("年计划") and _HELD_TO_IT.match(place.behind):
            return Role.TARGET, "task"
    if place.after == "task" and place.cell.joined and not _REACHED.search(place.cell.lead):
        return Role.TARGET, "task"  # 年度任务187个小区、2.36万户
    if _OF_PLAN.search(said) and _SHARE_OF_PLAN.match(place.behind):
        return Role.TARGET, "task"  # 为年度计划1500亩的121.3%
    if place.after == "task" and is_raised(place.cell.opening):
        return Role.TARGET, "task"
    if place.past and _falls_short(place, said):
        return Role.TARGET, "task"
    if not _AIM.search(place.behind) or (place.cell.measure.unit in _ITEMS and _OF_PROMISES.match(place.behind)):
        return None
    pledged = _PLEDGED.match(place.behind) or (_AIMED_AT.match(place.behind) and _SET_BEFORE.search(said))
    pledged = pledged or (_ASSIGNED_TASK.match(place.behind) and _ASSIGNED.search(said))
    return (Role.TARGET, "task") if pledged else None


def _is_done(place: Place) -> bool:
    """已完成造林任务7.4万亩; the task itself stands in 完成全年任务4000个的81%."""
    return place.past and place.said.endswith("任务") and not place.behind.startswith("的")


def _falls_short(place: Place, said: str) -> bool:
    """What was set, told with what there is of it: 全年建设460公里,已建成437公里; 安防工程300公里只做了134公里."""
    if _ONLY_DONE.match(place.behind) or (
        said.endswith("的") and _SET_FAR.search(said) and _STILL_FAR.match(place.behind)
    ):
        return True
    year = place.setting.kind in (Kind.PROGRESS_REPORT, Kind.NEWS) and "全年" in said
    return year and bool(_ALL_YEAR.search(said) and _SO_FAR.match(place.behind))


def _is_ground(place: Place) -> bool:
    """因流动性大、每年约4.5万人次: a ground is a fact, whatever the clauses around it plan."""
    return (
        bool(_GROUND.match(place.cell.opening))
        and place.setting.kind is Kind.REPLY
        and not _MEANT.search(place.said[-24:])
    )


def _is_given(place: Place) -> bool:
    """What a plan starts from: (率)从26%提高14个百分点, 对14条已治理的沟渠, 向收入偏低的18个村倾斜."""
    if are_there(place) or is_of_all(place) or _AMONG.search(place.said[-8:]) or _OF_WHICH.match(place.behind):
        return True
    if _ALL_OF.search(place.said[-6:]) and (_HAVE_DONE.match(place.behind) or _DIVISIONS.match(place.behind)):
        return True
    if place.said[-1:] in "镇街道县区市州、和及" and _DIVISIONS_TOLD.search(place.said[-16:]):
        return True
    if _FILLED.search(place.said[-20:]):
        return False  # 补齐储气缺口0.9亿立方米
    if place.said.endswith(("共", "共有", "共计")) and _ALL_OF_THEM.search(place.said[-60:]):
        return True
    if _MERGED.match(place.behind) or _KNOWN.search(place.said[-16:]) or _TO_GROW.match(place.behind):
        return True
    if place.said.endswith(("从", "由")) and _OLD_LEVEL.match(place.behind):
        return True
    if place.said.endswith("的") and _FROM_THEN.search(place.said[-12:]) and _UP_TO.match(place.behind):
        return True  # 将从2021年的5200盏,增加到2026年的1.4万盏
    if (
        place.said.endswith(("的", "年", "期"))
        and _HELD_AGAINST.search(place.said[-16:])
        and _CHANGES.match(place.behind)
    ):
        return True
    if place.said.endswith(("以", "年")) and _BASE.match(place.behind):
        return True
    lacks = _LACKS.match(place.behind)
    if lacks and (lacks["among"] or place.said.endswith("有")):
        return True
    return bool(_GIVEN.match(place.behind) or _GOAL_OF_OLD.match(place.behind))


# 在距收费站2公里处建厕: where something is
_AT_DISTANCE = re.compile("(?:距离?|离|以[东南西北]|[上下]游|[东南西北][侧边面])[^,;。]{0,16}$")


_EACH_STEP = re.compile("每(?:再|多)?(?:增加|提高|增长|超过?|减少|降低|下降)$")  # 每增加5公里加收1元


def basis_of(place: Place, inherited: Basis | None) -> Basis:
    """Increase, share or level, from the number's own words; a part or an ellipsis takes after its head.

    新增展柜28组 increase · 比上年多11组 increase · 总数达212组 level · 提高2.7个百分点 increase · 女职工占57% share
    """
    cell, measure, lead = place.cell, place.cell.measure, place.cell.lead
    if _EACH_STEP.search(lead) or (place.condition and not (measure.unit == "%" and _RISE_NEAR.search(lead))):
        return Basis.LEVEL
    if (measure.unit and measure.unit.endswith("百分点")) or measure.rule == "double" or _RISE_NEAR.search(lead):
        return Basis.INCREASE
    if measure.unit in ("%", "元") and _GROWN.search(lead):
        return Basis.INCREASE
    if measure.unit == "元" and _ADDED.search(lead):
        return Basis.INCREASE
    if lead.strip() in _MOVES_ALONE:
        return Basis.INCREASE
    if measure.unit == "倍":
        return Basis.LEVEL
    if measure.unit == "%":
        bracketed = cell.depth and not lead.strip() and not cell.tail.strip()  # 比全省(17%)高
        goes_on = bracketed or (cell.joined and not lead.strip())  # 刑事、民事案件上升4%和7%
        return Basis.INCREASE if goes_on and inherited is Basis.INCREASE else _of_percent(cell, lead)
    if (measure.unit and _MONEY.search(measure.unit)) or _LEVEL.search(lead):
        return Basis.LEVEL
    if sign("size").search(lead[-6:]) or measure.unit in _RULED:
        return Basis.LEVEL  # 路面宽度6米, 新引进项目贴息三年
    if _RISE.search(lead.rsplit("按", 1)[-1]):
        return Basis.INCREASE
    if inherited is Basis.INCREASE and _OWN_DEED.match(lead):
        return Basis.LEVEL  # 新增灌面4.7万亩、改善灌面6.2万亩
    return inherited or Basis.LEVEL


def _of_percent(cell: Cell, lead: str) -> Basis:
    """压减事故四成, 11%的增速 are changes; 女职工占57% is a share."""
    if cell.tail.startswith(("增幅", "增速", "增长", "的增", "涨幅", "降幅")) or _GROWING_SO.match(cell.tail):
        return Basis.INCREASE
    if _SHORTENED.search(lead):
        return Basis.INCREASE
    if _CUT.search(lead) and not cell.tail.startswith("的"):
        return Basis.INCREASE
    return Basis.SHARE if _is_share(cell, lead) else Basis.LEVEL


def _is_share(cell: Cell, lead: str) -> bool:
    if _SHARE.search(lead[-14:]) or cell.measure.rule == "all":
        return True
    return not _RATE.search(_FROM_YEAR.sub("", lead)[-6:])


# 覆盖面从2022年的三成提升至六成
_FROM_YEAR = re.compile(r"[从由](?:20\d\d年|[去前上]年|年初|原来|目前)?的?$")
