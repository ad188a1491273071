"""Whether a heading names what was asked, or a matter that the letter answers."""

from __future__ import annotations

import re
from functools import lru_cache

from extractors.headings import read_enumerator, zone_named
from extractors.verbs import plain_predicate
from models.text import fold

# 关于…的建议, with or without a number in front: the point of the proposer that follows is answered.
ASKED = re.compile(
    r"^[^一-鿿]*(?:[一二三四五六七八九十]{1,3}[、.)])?[(]?(?:[一二三四五六七八九十\d]{1,3}[、.)])? *(?:关于|针对|对于?)"
)
# 关于财政补助。 as a unit of its own heads its paragraph.
TOPIC_ALONE = re.compile(
    r"(?:另外,?|此外,?|同时,?)?(?:关于|针对|对于)[^,。;]{2,18}(?:。|$)"
    r"|(?:另外,?|此外,?|同时,?|关于|针对|对于?)?(?:您|你们?)(?:所)?(?:反映|提出|提到)的?[^,。;]{2,60}问题(?:。|$)"
)


@lru_cache(maxsize=4096)
def names_ask(title: str) -> bool:
    """Whether a heading names an ask or a matter: 关于…的建议, 人才方面, 海漂垃圾治理; not 强化监管, not 现状."""
    words = fold(title)
    if ASKED.match(words):
        return True
    enumerator = read_enumerator(words, 0, len(words))
    body = words[enumerator.end if enumerator else 0 :].rstrip(":。 ")
    if zone_named(body) is not None or _NO_MATTER.search(body) or not 2 <= len(body) <= 20:
        return False
    return bool(_MATTER.search(body)) or not (plain_predicate().match(body) or _ADVERBIAL.match(body))


_MATTER = re.compile(r"方面$|(?:办理|解决|整改|工作|具体|应对|改进|保障)?(?:措施|举措|办法)$")
_NO_MATTER = re.compile(
    "现状|家底|短板|背景|情况|困难|原因|历史|成效|成绩|基础|概况|特点|形势|说明|由来|由于|底数|答应|进展|过程|回顾|做法|采取|总体|基本|[已了]|是|，|,|去年|今年|近年"
)
_ADVERBIAL = re.compile(
    "高度|积极|持续|大力|全面|着力|切实|深入|不断|严格|认真|及时|主动|精准|科学|有效|多[措方渠]|[强加抓建推做以紧]|聚焦|坚持|立足"
)
