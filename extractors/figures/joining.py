"""How a number's own words and what it is about make one name.

总数 after 展柜      展柜总数
每户 before 补助     每户补助
"""

from __future__ import annotations

import re

from extractors.figures.topics import BARE, CONDITION, OTHER_SIDE, RECURS, RELATIVE, SIDE_END, SINCE, STATE, WHOSE
from extractors.lexicon.openings import sought

_BEFORE_TOPIC = re.compile(f"^(?:[一二三四五六七八九十\\d]+年$|每|单[个座家体项]|人均|[首第].批|{SINCE}{STATE}$)")
_CLASS = re.compile("^(?:[A-Z]|[甲乙丙丁])类")
_CLASS_END = re.compile("(?:[A-Z]|[甲乙丙丁])类$")
_EACH_SPAN = re.compile(r"^[一-鿿]{0,8}每(?:年|个?月|季度?|周|学期|学年|天|日|半年|旬)(?=[一-鿿]{2})")
_IS_MEASURE = re.compile(r"(?:率|比例|占比|比重|[产收]值|产量|面积|收入|投资|得分|增速|指数|人数|户数|浓度)$")
_ALL_OF = re.compile("[全本我][市县区省州国镇]")
_NUMBER_OF = sought(r"(?<=[一-鿿]{3})(?:总数|数量|个数)$")
_RATE = re.compile("^每(?:(?:立?平?方)?[公千]?[里米顷斤]|半年|季度|学[年期]|万[人元]|[一-鿿])(?:每[年月人])?")


def _told_of(topic: str, lead: str) -> str:
    """展柜 of 展柜数量; 年可 of 年可创产值, where 创税收 comes next."""
    topic = _NUMBER_OF.sub("", topic)
    return topic.partition("创")[0] or topic if lead[0] == "创" else topic


def joined_to(topic: str, lead: str) -> str:
    """总数 after 展柜 -> 展柜总数; 每户 before 补助 -> 每户补助; nothing -> the topic itself."""
    if not lead or lead in topic:
        at = topic.find(lead)
        cut = len(lead) > 1 and at > 1 and topic[at - 1] not in "、和与及" and not BARE.match(lead)
        return topic[: at + len(lead)] if cut and len(topic) - at - len(lead) > 3 else topic
    if _ALL_OF.fullmatch(lead):
        return lead + topic  # 建成冷库6座,全县达到15座
    topic = _told_of(topic, lead)
    if OTHER_SIDE.fullmatch(lead) and (side := SIDE_END.search(topic)):
        return topic[: side.start()] + lead  # 肉牛存栏8.6万头,出栏5.1万头
    if WHOSE.search(lead) and _IS_MEASURE.search(topic) and not RELATIVE.match(lead):
        return lead + topic  # 重大隐患整改率:城东区98%、城西区95%
    if topic in lead:
        return lead
    if topic.endswith(("中", "里")) and len(topic) > 4 and not RELATIVE.match(lead):
        return lead + topic[:-1]
    if CONDITION.match(lead):
        return lead + topic
    if RECURS.match(lead):
        return lead + _EACH_SPAN.sub("", topic)
    if _CLASS.match(lead):
        return lead + _CLASS.sub("", _CLASS_END.sub("", topic))
    if _BEFORE_TOPIC.match(lead):
        return lead + _RATE.sub("", topic)
    if topic[-2:] == lead[:2]:
        return topic + lead[2:]
    return topic + lead
