"""Numbers that pick who or what is meant, or in which case a rule holds.

30户以上的自然村 · 连续36个月未年审的渔船予以注销 · 靠港2小时以上一律使用岸电 · 超过4小时的部分
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractors.figures.attributes import picks_case
from extractors.figures.cells import REACH, Cell
from extractors.figures.words import sign
from extractors.lexicon.openings import endings
from models.documents import Kind
from models.quantities import Comparator

if TYPE_CHECKING:
    from extractors.figures.standards import Place

DAYS = frozenset(
    ("年", "个月", "天", "日", "个工作日", "工作日", "小时", "周", "分钟", "个小时", "月", "季度", "个季度", "次")
)
AGES = frozenset(("岁", "周岁"))
_GROUPS = frozenset(
    [
        "户",
        "人",
        "分",
        "岁",
        "周岁",
        "层",
        "年",
        "平方米",
        "亩",
        "头",
        "只",
        "米",
        "吨",
        "升",
        "马力",
        "千瓦",
        "床",
        "立方米",
    ]
)
_MEASURED = _GROUPS | DAYS - {"次"} | {"公里", "公顷", "厘米", "千米", "度", "公斤", "级"}
# 靠港2小时以上一律使用岸电
_STEPS = frozenset(
    ["立方米", "度", "千瓦时", "公里", "吨", "平方米", "分钟", "小时"]
)  # 每立方米2.86元,年用气360立方米以内
_RULED_BEHIND = re.compile("及?以[上下内]的?(?:一律|均?应当?|都应|必?须|方可|才可|可以|不得|禁止|严禁)")
# 培训100名以上的电商人才 is what is to be done; 培育10家以上的县奖20万元 is a case
_COUNTED = frozenset("个家所处座名条项场")
_OF_CASE = re.compile("的(?:[,、]|[一-鿿]{0,8}(?:[给奖补罚扣可应须按]|一次性))|的$")
_FOR_SCORE = re.compile("(?:之间)?的?(?:每|奖|补|给|为|按|兑|拨|,?不[予得])")
_FOR_POINTS = re.compile("(?:即|就)?(?:可|能)?(?:兑换|换|领|享|退|转|升)")
_TURNS = frozenset(["次", "起", "期", "轮"])
_COUNTED_IN = re.compile("(?:内|连续|累计|全年|年度)[^,;。]{0,6}$")
_FAULTY = re.compile("(?:以上)?[^,;。]{0,10}(?:不|未|超|违|低|末|差|逾|被)[^,;。]{1,10}的(?=[一-鿿,])")
# 申报应同时具备以下条件: opens a list of what must hold, up to the end of its sentence
CONDITIONS_FOLLOW = re.compile(
    r"(?:应当?|[必须]须|须|需要?|要)(?:同时)?(?:满足|符合|具备|达到)[^。;]{0,14}(?:条件|要求|标准)(?:之一)?(?:的?是)?[:][^。]*$"
)
_LENGTHS = frozenset(["米", "公里", "千米", "里"])
_NOT_PICKED = ("的要求", "的诉求", "的目标", "的任务", "的规模", "的水平", "的比例", "的标准", "的速度", "的投资")
_BOUND = re.compile(r"(?:超过|大于|小于|不足|不到|低于|高于|少于|多于|不满|未满|满|达到?)$")
_PICKED = re.compile(
    r"^[^,;。]{0,18}的(?:,|$|[^,;。]{0,14}?(?:予以|给予|纳入|认定|视为|由|可|不得|应|须|扣|移出|取消|注销|享受|奖|补|罚|清退|退出|约谈|通报|列入|停|禁))"
)
_SUCH = re.compile(r"(?!以[来上])[^,;。]{2,14}的[一-鿿]{2}")
_NEARBY = re.compile(r"(?:周[边围]|附近|四周|沿[线路]|两侧|方圆)[^,;。]{0,2}$")
OF_THOSE = re.compile(
    r"^(?:[^,;。]{0,20}的,|、[^,;。]{1,24}的,|[^,;。]{0,20},[^,;。]{2,16}的,)"
    r"(?=[^。;]{0,14}(?:给予|予以|奖|补|扣|罚|取消|不予|一次性|分别|每|列入|视为|暂停|停业|处|享受|减|免|上浮|退|可|不得|应|由|须))"
)
_LIMITS = re.compile(
    r"(?:(?<!不)(?:超过?|低于|高于|少于|多于)|(?<=[值入税额收资量])(?:突破|过)|^过|(?<=、)过|不足|不到|不满|未满|满|未完成(?:年度|全年)?(?:任务|目标)?(?:的)?|未达到?|达不到)(?:首期|总[量额数]的?|面积的?|同期)?$"
)
_LIMIT_ENDS = endings(_LIMITS.pattern)
_NOUN_PICKED = re.compile(r"的(?!目标|任务|规模|水平|比例|标准|速度|要求)[一-鿿]{2}")
# 开班不足20人、到课率低于八成的班次不予补贴; 得分低于60分或连续两次末位的市场: one of several cases
# 满4个人就发车
_ONCE_FULL = re.compile(r"[^,;。]{0,3}(?:就|即可?|便|方可?|才)[一-鿿]")
_EARNS_POINTS = re.compile(
    r"(?:\(不?含[^()]{0,2}\))?(?:及?以[上下]|之间)?的?,?(?:得|计|记|扣|加|赋|不得)(?:\d[\d.]*分|分|满分)"
)
_BRINGS = re.compile(
    "(?:提供|形成|新增|建成|实现|带动|拥有|吸引|投入|集聚|满足|惠及|创造|释放|增加|储备|贡献)(?:超过?|逾)$"
)
_OR_CASE = re.compile(
    r"(?:及?以[上下])?(?:、|或者?|且|并且)[^,;。、]{2,18}?的(?!目标|任务|规模|水平|要求|基础)[一-鿿]{0,8}?(?:,|一律|均|都|应|须|由|不[予得准]|予以|给予|取消|亮|约谈|通报|扣|降|列入|责令|停|限期|暂停|退|挂牌|奖|补)"
)
_FOR = re.compile(r"(?:^|[,;:。、]|[一二三四五六七八九十]是)[对凡](?:[^;。]{1,60},(?:以及|或者?|及|和))?[^,;。]{1,40}$")
_LONG_PICK = re.compile(r"^[^,;。]{0,24}的[一-鿿]{2,14}(?:,|给予|予以|每|按)")
_WITHIN_REACH = re.compile(r"^(?:以?内)?的?范围[内外]?|^以?[内外]的")
# 对出栏300头、500头、800头以上的猪场分别奖补: a case for each award
_LISTED_CASES = re.compile(r"(?:、\d[\d.]*[万亿]?[一-鿿]{1,3}){1,4}?及?以[上下]的[^,;。\d]{1,16}(?:分别|依次|各)")
_TERMS = frozenset(["年", "个月", "天", "日", "个工作日", "小时", "周"])
_TERM_OF_WHOM = re.compile("(?:以上)?[未没仍拒不][^,;。]{0,10}的[一-鿿]{2}")
_OF_WHOM = re.compile(r"对[^,]{2,16}$")
OF_SIZE = re.compile("[一-鿿]{2}[一-鿿]{0,2}以[上下]的[一-鿿]{2}")
_COUNTED_BEHIND = re.compile(r"(?:及?以[上下])(?:的?[一-鿿]{2,12}|的)?(?=\d)")


_SIDES = ("以上", "以下")


def is_condition(cell: Cell) -> bool:
    """30户以上自然村, 连续36个月未年审的渔船予以注销: the number picks who is meant."""
    measure, tail = cell.measure, cell.tail
    if tail.startswith(_NOT_PICKED):
        return False
    if cell.around[-2:] in ("以上", "以下", "以内") and _noun_follows(tail):
        if tail.rstrip().endswith("的") or (_FOR_THOSE.search(cell.opening) and _THEIRS.match(tail)):
            return True  # 对吸纳5名以上残疾人的企业
        built = sign("built").search(cell.lead)
        small = measure.unit in _GROUPS and (cell.lead.endswith("的") or not built)
        if small or (tail[0] == "的" and not (built and measure.unit in _COUNTED and not _OF_CASE.search(tail))):
            return measure.unit != "%" or "对" in cell.opening
    if (measure.unit == "分" and _is_score(cell)) or OF_SIZE.match(tail):
        return True  # 200张床位以上的养老机构
    if cell.depth and cell.around[-2:] in ("以上", "以下") and not tail.strip() and measure.unit in _GROUPS:
        return True  # 自然村(20户以上)
    if measure.unit in AGES and (measure.upper is not None or (cell.around[-2:] in _SIDES and _each_or_so_many(cell))):
        return True  # 80岁以上每月50元, 35岁以下31人
    if measure.unit in _TERMS and _OF_WHOM.search(cell.opening) and _TERM_OF_WHOM.match(tail):
        return True
    if measure.unit in _TURNS and _is_fault(cell):
        return True
    if measure.unit == "%" and tail.startswith("的") and _OF_WHOM.search(cell.opening):
        return True
    if cell.opening.endswith("连续") and _SUCH.match(tail):
        return True  # 连续两次排名末位的乡镇
    bound = cell.opening.endswith("连续") or _BOUND.search(cell.opening[-4:])
    return bool(bound) and bool(_PICKED.match(tail) or (_FOR_THOSE.search(cell.opening) and _THOSE.match(tail)))


def _each_or_so_many(cell: Cell) -> bool:
    return cell.tail.startswith("每") or (
        not cell.tail and "年龄" not in cell.lead and not cell.lead.endswith(("在", "均", "都", "为", "是"))
    )


# 对高差大于30厘米的条田进行平整
_THEIRS = re.compile("[一-鿿]{1,8}的[一-鿿]{2}")
_FOR_THOSE, _THOSE = (
    re.compile("(?:^|[,;:。、])[对凡][^,;。]{2,20}$"),
    re.compile("的(?!目标|任务|规模|水平|要求|标准)[一-鿿]{2}"),
)


def _is_score(cell: Cell) -> bool:
    """90分以上为优秀, 满50分兑换一次体检."""
    if cell.opening.endswith("满") and _FOR_POINTS.match(cell.tail):
        return True
    return cell.around[-2:] in ("以上", "以下") and cell.tail.startswith("为")


def _is_fault(cell: Cell) -> bool:
    """对三年内两次不合格的企业, 一年内3次抽检不合格的清出名录: how often something must have gone wrong."""
    if _COUNTED_IN.search(cell.opening) and _FAULTY.match(cell.tail):
        return True
    return bool(_OF_WHOM.search(cell.opening) and _SUCH.match(cell.tail))


def _noun_follows(tail: str) -> bool:
    return bool(tail) and (tail[0] in "的、" or "一" <= tail[0] <= "鿿")


# 一次人数达到300人以上,游览3个以上景区,奖励旅行社每人50元
_REWARDED = re.compile(
    r"(?:及?以上)?[^。;]{0,90}?[,)][^,。;\d]{0,16}(?:奖励?|奖补|补助|补贴|资助)(?!办法|政策|对象)[^,。;\d]{0,12}[\d一二两三五]+[.\d]*[万亿百千]{0,2}元"
)
_IS_BUILT = re.compile("新[建增改认]|建成|建设|改[造建]|扩建|培育|创建|发放|完成|打造")
_AIMED = re.compile("力争|确保|目标|20\\d\\d年[底末前]|年内|年底|[全我][市县区省镇乡州国]|[今去]年|已|累计新|上半年")
_REACHED = ("达到", "达", "满")


def is_rewarded(place: Place) -> bool:
    """What must be reached for the award that the sentence goes on to grant; what is built (新建站点50个) is a goal."""
    cell, setting = place.cell, place.setting
    bound = cell.measure.comparator is Comparator.AT_LEAST or cell.lead.endswith(_REACHED)
    told = setting.kind is Kind.REGULATION or (setting.kind in (Kind.NEWS, Kind.OTHER) and not place.ahead)
    if not bound or setting.goal or not told or _IS_BUILT.search(cell.lead):
        return False
    return bool(_REWARDED.match(place.behind)) and not _AIMED.search(place.said)


def is_case(place: Place) -> bool:
    cell = place.cell
    picked = OF_THOSE.match(place.behind) and not place.past
    within = _WITHIN_REACH.match(place.behind) or (
        place.behind.startswith(("内", "以内")) and _NEARBY.search(cell.lead)
    )
    reach = cell.measure.unit in _LENGTHS and within and not place.past
    follows = cell.around[-2:] in ("以上", "以下") and not cell.joined and _counts_another(place)
    ruled = cell.measure.unit in _MEASURED and bool(_RULED_BEHIND.match(place.behind))
    ruled = ruled or (
        place.after in ("per_unit", "price") and cell.around in ("以内", "以下") and cell.measure.unit in _STEPS
    )
    if not place.past and _EARNS_POINTS.match(place.behind):
        return True  # 完成率95%(含)以上得8分,90%—95%得5分
    if not place.past and cell.opening.endswith("满") and _ONCE_FULL.match(place.behind):
        return True
    if cell.measure.unit == "分" and cell.measure.upper is not None and _FOR_SCORE.match(place.behind):
        return True  # 80至90分每公里2万元
    reach = reach or (cell.measure.unit in _LENGTHS | DAYS and bool(REACH.match(cell.tail)))
    if cell.measure.unit in _GROUPS and _LISTED_CASES.match(place.behind):
        return True
    if place.condition or picked or ruled or follows or reach or OF_SIZE.match(place.behind):
        return True
    return picks_those(place) or picks_case(place)


_FIRMS = re.compile(
    "(?:及?以上)?的?[一-鿿“”]{0,6}(?:企业|集群|园区|品牌|项目|公司|产业|单品|大户|订单|[村镇街])(?:总数)?(?:达到?|增至|增加到|超过?|[共仅只]?有|[共为])?[\\d一二两三四五六七八九十百]"
)


_OF_A_SIZE = re.compile("[上超过]?[一二两三五]?[十百千万亿]{1,3}元$")


def picks_those(place: Place) -> bool:
    """超过4小时的部分, 气温低于5℃的极寒天气; 对带徒3人以上、考核合格的传承人,每带出…"""
    opening = place.cell.opening
    limited = opening[-1:] in _LIMIT_ENDS and bool(_LIMITS.search(opening))
    money = (place.cell.measure.unit or "").endswith("元")
    if (
        money
        and _FIRMS.match(place.behind)
        and (limited or place.cell.around.startswith("以上") or _OF_A_SIZE.match(place.cell.text))
    ):
        return True  # 产值超亿元的企业达到15家, 十亿元企业20家
    if place.past or place.cell.tail.startswith(_NOT_PICKED):
        return False
    if limited and _BRINGS.search(opening) and not _FOR.search(place.said):
        return False  # 提供超3亿千瓦的公共充电容量
    if limited and (_NOUN_PICKED.match(place.behind) or _OR_CASE.match(place.behind)):
        return True
    bound = place.cell.around or limited
    return bool(bound and _FOR.search(place.said) and _LONG_PICK.match(place.behind))


def _counts_another(place: Place) -> bool:
    """改造500只以上规模场26个: the number behind counts what this one picks."""
    found = _COUNTED_BEHIND.match(place.behind)
    return bool(found) and not place.past
