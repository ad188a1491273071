"""Things that are there already, in sentences that say what will be done with them: so many there are.

尚未通水的9个组,由县级安排资金80万元       9个 actual
存量矿硐126处,今年封堵一半                 126处 actual
"""

from __future__ import annotations

import re

from extractors.figures.standards import Place
from extractors.tense import any_verb
from models.documents import Kind

# 对没有场地的6所学校, 尚未通水的9个组, 在用的58台电梯
_AS_THEY_ARE = re.compile(
    r"(?:^|对)(?:其中)?[^,;。\d对将把]{0,14}"
    r"(?:滞后|落后|掉队|在[用册]|(?:(?:尚|还|仍)?[未没]有?|确?无|(?:尚|还)?不具备)(?!来)[^,;。\d的]{1,12})的$"
)
_ENDS_IT = re.compile(
    r"[。;]|[^;。]{0,40}(?:全部|全面|一律)|[^,;。]{0,20}(?:实施|治理|[完竣开]工|完成|建[成设]|改[造建]|整[改治]|更[新换]"
    r"|安装|配[齐备]|打通|消除|拆除|清零|修[复缮]|交付|投用|通车|搬迁|销号|办结)"
)
_TOPIC = re.compile(
    r"\s*(?:[一二三四五六七八九十\d]{1,2}[、.是]|[(][^()]{1,2}[)])?[^,;。\d对将把在为新拟]{0,16}存量(?:约|共|为|有)?$"
)
_HARMED = re.compile(r"\s*(?:因[^,;。\d]{2,8})?受[^,;。\d]{0,4}(?:影响|波及|损|灾)的?[一-鿿]{1,4}(?:共|约)?$")
# 把23处站点的监测数据按月函告, 41条台账的销号率达到90%: what is told of them is what matters
_TOLD_OF = re.compile(
    r"(?:[^,;。\d的]{1,10}的?)(?:数据|信息|名单|名录|台账)(?:[按每逐]|全部|统一|及时|纳入|录入|接入|上传|函告|通报|公[开布示]|推送|移交)"
)
_RATE_OF = re.compile(
    r"(?:[^,;。、\d]{2,12})(?<!覆盖)率(?:均|要|须|全部)?(?:达到?|提高到|提升[到至]|保持在?|稳定在|不低于|降[到至]|控制在|超过|突破|为)\d"
)
_OF_THEIR_SUM = re.compile(r"占[全我][市县区省镇乡州旗]?$|占(?:全部)?$")
_OF_SHARE = re.compile(r"[^,;。\d]{1,10}的(?:比例|比重|份额)")
_EXCEPT, _BUT_FOR = re.compile(r"除[^,;。\d]{0,8}$"), re.compile(r"[^,;。\d]{0,14}外[,、]")  # 除城北3座受征地影响外
_IN_THEM = re.compile(r"(?![用为到在给对])[^,;。\d的]{0,8}(?<![县高初途集])中,")  # 余下7个乡镇中,年底前再设4个点
_SUCH_PLACES = re.compile(r"^(?![^,]*[在于对向到从为由将拟])[一-鿿、“”]{2,30}等$")  # 湖北、江西等6省将补贴比例提高
_PLACES = frozenset("省市州县区镇乡村")
_PLACE_KINDS = ("省", "地市", "市州", "县区", "县市", "区县", "乡镇", "镇街", "街道", "村")
_WOULD_NEED = re.compile(r"测算[^;。]{0,6},[^;。]{0,30}(?:需[要增投新]?|要(?:负担|支出|投入|增加|多花|再拿))")
_RANKED_LAST = re.compile(r"(?:靠后|末位|垫底|倒数|落后)的$|排名?(?:在)?(?:后|末)$")


def are_there(place: Place) -> bool:
    """Whether a number counts things that are there already."""
    if place.setting.promised is False and "测算" in place.said and _WOULD_NEED.search(place.said):
        return True
    if place.cell.measure.unit in (None, "%", "元", "倍", "个百分点", "年", "个月", "天", "小时", "分钟"):
        return False
    opening = place.cell.opening
    if _AS_THEY_ARE.search(opening) and not _ENDS_IT.match(place.behind):
        return True
    if _TOPIC.match(opening) or _HARMED.match(opening):
        return True
    if place.cell.opening.rpartition("除")[1] and _EXCEPT.search(opening) and _BUT_FOR.match(place.behind):
        return True
    if _OF_THEIR_SUM.search(opening[-4:]) and _OF_SHARE.match(place.behind):
        return True
    if _IN_THEM.match(place.behind) or _are_places(place):
        return True
    told = "率" in place.behind[:20] and not place.behind.startswith("、") and _RATE_OF.match(place.behind)
    return bool(told or _TOLD_OF.match(place.behind))


def _are_places(place: Place) -> bool:
    """湖北、江西等6省将补贴比例提高: the places are named, and so many; 建设湿地、林地等4个示范点 is no place."""
    opening = place.cell.opening
    named = place.cell.measure.unit in _PLACES or place.behind.startswith(_PLACE_KINDS)
    return bool(named and _SUCH_PLACES.search(opening) and not any_verb().search(opening))


def ranked_last(place: Place) -> str | None:
    """评价靠后的5个县相应扣减: a rule says how many are meant."""
    if place.past or place.setting.kind is Kind.NEWS:
        return None
    return "condition" if _RANKED_LAST.search(place.near) else None
