"""How what is built, made or done in a plan must be: sizes, qualities, so many for each case, so many at most.

步行道宽度一般为1.5—3米 · 含糖量须不低于每升350克 · 停水超过12小时的小区设供水点不少于2处 · 每人最多申领3次
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractors.figures.words import sign
from extractors.lexicon.openings import sought
from models.documents import Kind, Zone
from models.quantities import Comparator

if TYPE_CHECKING:
    from extractors.figures.standards import Place

_SIZES = frozenset(["℃", "摄氏度", "米", "厘米", "毫米", "平方米", "%", "勒克斯", "度", "吨", "元"])
_QUALITIES = _SIZES - {"元", "吨", "平方米"} | frozenset(
    ["克", "毫克", "摄氏度", "℃", "分贝", "小时", "分钟", "天", "层", "公里/小时", "兆帕", "千帕", "微克", "升", "毫升"]
)
_BOUNDS = (Comparator.AT_LEAST, Comparator.AT_MOST)
_EACH = re.compile(
    r"(?:^|[,;。])(?:(?:每|单)[处座间幢栋][^,]{0,4}(?:至少|不少于|不低于|不小于)|[^,;。]{0,10}单[个体项](?:区块|地块|片区|房间|展位|摊位|车位|泊位)?[^,]{0,4}(?:不少于|不低于|不小于|不超过|不大于))"
)
_EACH_SIZE = re.compile(
    r"(?:每|单)[块个座处条间栋套组台辆库站池棚塔井][^,;。]{0,4}(?:面积|库容|容[积量]|体量|长度|宽度|高度|建筑面积|能力|功率|载重量?)[^,;。]{0,6}$"
)
_PER_EXTENT = re.compile(r"每(?:亩|公顷|平方米|公里|延?米|百米|株|穴)(?:不|至|最|为|约|种|栽|定|配|设|$)")
_MUST_BE = re.compile("(?:须|应|必须|应当)在$")
_MUST = re.compile(r"(?<!急)必?须(?!知)|(?<![供适对响反相感效呼顺答占])应当?(?![急用对急届])|不得")
_DATED = re.compile(r"[到至]20\d\d年|20\d\d年|年[底内末]|月底|确保|力争|目标")
# 停水超过12小时的小区设供水点不少于2处: whoever is in that case gets so many.
_SUCH = re.compile(
    r"(?:超过?|满|达到?|不足|低于|高于)\d[^,;。]{0,8}的[^,;。]{1,16}?(?:不少于|至少|不低于|不超过|不得少于)[^,;。\d]{0,6}$|"
    r"\d[^,;。\d]{1,6}(?:及?以[上下])的?[^,;。\d]{1,14}?(?:至少|不少于|各|均|都)(?:要|应|须|配备?|建|设|有|派)*[^,;。\d]{0,6}$"
)
_TURNS = frozenset(["次", "件", "台", "份", "张", "期", "套", "部"])
_MAY_HAVE = (
    "可领",
    "可重领",
    "可再领",
    "可申领",
    "可享受",
    "可享",
    "可申请",
    "可兑换",
    "可预约",
    "可借",
    "可补领",
    "限领",
)
_BOUND_SAID = re.compile(r"不(?:得|应|能|宜)?(?:[低少小]于|[高大多]于|超过?)[^,;。\d]{0,4}$")
_HELD = re.compile("实际|目前|稳定|保持|始终|连续|均|已|平均")
_OUGHT = sought("(?<![供反响对相感效呼顺])应当?(?:不[少低]于|不[超高]过?于?|至少|达到?|配备?)$")
_AT_MOST = re.compile("(?:最多|最高|至多)(?:可|能)?(?:补|奖|给|贷|领|报|减|免|享|借)[^,;。]{0,2}$")
_CLAIMED = re.compile(r"(?:享受|申[请报领]|申领|领取|推荐|认定|资助|扶持|兼任|报名|获得|入选)[^,;。]{0,6}$")


def is_size(place: Place) -> bool:
    """步行道宽度一般为1.5—3米: how a thing that is to be built must be made."""
    if not place.ahead or place.setting.kind is not Kind.PLAN:
        return False
    if place.setting.standards or _MUST_BE.search(place.cell.opening):
        return True
    if place.cell.measure.unit in ("公里", "千米", "分钟") and "半径" in place.cell.lead:
        return True
    if place.cell.measure.unit == "%" and place.cell.lead.rstrip("达到为不低于超过由从在控制").endswith(
        ("率", "比例", "占比")
    ):
        return False  # 救治半径60分钟,远程心电覆盖率达100%
    if place.after == "size" and "年" not in place.said:
        return place.cell.joined or place.cell.measure.unit in _SIZES or bool(_PER_EXTENT.search(place.cell.lead))
    rate = place.cell.measure.unit == "%" and "率" in place.cell.lead[-10:]
    sized = (
        (place.cell.measure.unit in _SIZES or place.cell.measure.unit is None)
        and not rate
        and sign("size").search(place.cell.lead)
    )
    return bool(sized or _EACH.search(place.cell.opening) or _EACH_SIZE.search(place.cell.opening))


def is_required(place: Place) -> bool:
    """气温须低于零下8摄氏度,含糖量不低于每升350克: qualities that a plan demands of a thing, no day being set."""
    measure = place.cell.measure
    if place.setting.kind is not Kind.PLAN or not place.ahead or measure.unit not in _QUALITIES or measure.unit == "%":
        return False
    bound = measure.comparator in _BOUNDS or _MUST.search(place.cell.opening)
    return bool(bound and _MUST.search(place.said) and not _DATED.search(place.said))


def is_per_case(place: Place) -> bool:
    """1000人以上的村至少配备2名: so many for each that is in such a case."""
    return not place.past and place.setting.kind is Kind.PLAN and bool(_SUCH.search(place.cell.opening))


_BY_NORM = re.compile(
    r"(?:按照?|依照)(?:[一-鿿]{0,6})(?:建设|配[建备置]|设置|国家|省定|现行|规定|规范)(?:的)?(?:标准|规范|要求|规定),(?![^。]*[我全][市县区省])[^。]*$"
)


def bounded_by_norm(place: Place) -> bool:
    """按照建设标准,每所生均占地不少于15平方米; 全县达标率 behind it is none."""
    bound = place.cell.measure.comparator in _BOUNDS
    return bool(bound and "标准" in place.said[:24] and _BY_NORM.search(place.said) and not _DATED.search(place.said))


def is_bound_told(place: Place) -> bool:
    """路面宽度不低于3.5米 in what an answer tells: how things must be, and no fact; 到2027年…不低于50% is a goal."""
    setting = place.setting
    tells = setting.kind in (Kind.PROGRESS_REPORT, Kind.OTHER, Kind.NEWS) and setting.zone is not Zone.PLANNED
    if tells and not setting.label and _OUGHT.search(place.near[-16:]):
        return not _DATED.search(place.said)  # 每季度检测应不少于1次,实际半年1次
    if setting.kind is not Kind.REPLY or setting.promised is not False or setting.asking:
        return False
    if place.cell.measure.comparator not in _BOUNDS or not _BOUND_SAID.search(place.near[-12:]):
        return False
    told = _HELD.search(place.near) or "已" in place.behind[:16]
    return not told and not _DATED.search(place.said)


def is_cap(place: Place) -> bool:
    """同一主体每年最多享受3个品种: how often, or of how many, somebody can have something."""
    if place.cell.measure.unit in _TURNS and place.cell.opening.endswith(_MAY_HAVE):
        return True  # 一年可重领2次
    if not place.past and _AT_MOST.search(place.near[-8:]):
        return True  # 最多补100亩
    most = place.cell.measure.comparator is Comparator.AT_MOST
    return most and not place.past and bool(_CLAIMED.search(place.near))
