"""The thing that a clause without numbers speaks of, for the numbers that name none themselves.

在政务大厅设立开办窗口,办件…      开办窗口
所承办提案均已得到答复,办复率…    承办提案
"""

from __future__ import annotations

import re

from extractors.figures.cells import Clause
from extractors.figures.indicators import is_empty, tidy
from extractors.figures.words import joined
from extractors.lexicon import alternation, words_of
from extractors.lexicon.openings import sought

_DIGIT = re.compile(r"(?<=[一-鿿])\d+(?![\d年月日届线号])")
_GROUND = re.compile(rf"^\s*(?:{joined('indicators', 'ground')})")
_LABEL = re.compile(rf"\s*(?:{joined('indicators', 'label')})\s*")
_LISTED = re.compile(r"(?:将|把)([^,]{2,12}?)(?:列入|纳入|作为|列为)")
# 把蔬菜价格保险推广到两镇: what is taken in hand is the thing.
_TAKEN = re.compile(
    "(?:(?<!一)把(?![握手脉关好])|将(?![军领士近]))([^,、把]{3,16}?)(?:推广|扩大|扩展|延伸|下放|压[减缩]|提[高升]|下沉|并入|[改移划转送放][^,]?[到至为给入])"
)
# 编制了《灌区改造三年计划》: what the paper is about.
_TITLED = re.compile(
    r"《(?:关于)?(?:[^《》]{0,12}?[市县区省])?([^《》]{3,24}?)的?(?:[一二三四五]年|“?十[四五六]五”?|专项|实施|行动|工作)*"
    r"(?:计划|方案|规划|办法|意见|细则|通知)(?:\([^()]*\))?》[^《》]{0,4}$"
)
_BECAUSE = sought(r"(?<=[一-鿿]{3})因[^素].*$")
_TELLS = sought(joined("indicators", "telling"))
_STEP = re.compile(r"由.*[至到为]")
_ACT = re.compile(alternation(words_of("naming", "act")))
_ACTS_ALONE = re.compile("^(?:" + alternation((*words_of("verbs", "act"), *words_of("verbs", "noun_like"))) + "){2,3}$")
_SUBJECT = re.compile(r"^([一-鿿“”]{2,10}?)(?<![但只仅也都就这那这])(?:是|系)(?=[一-鿿]{6})")
# 新能源汽车产业竞争力明显增强: what is told of is the trade.
# 所承办提案均已得到及时办理回复
_ALL_DONE = re.compile(r"^(?:所有|所)?([一-鿿“”]{2,12}?)(?:均|都|全部)已")
_TRADE = re.compile(
    r"^(?:[全我][市省县区]|[一-鿿]{2,3}[省市县区])?([一-鿿]{2,10}?产业)(?:竞争力|发展|规模|体系|结构|质量|集聚|实力)[^,的]{0,10}(?:增强|提升|提高|完善|优化|壮大|扩大|形成)$"
)
# 照管员现由公司聘用,月薪…: a clause that tells of somebody is about him.
_DOER = re.compile(
    r"^(?![由在对将把为以从到按经])([一-鿿“”]{2,8}?)(?:的?现|现?已)?(?:由[一-鿿]{2,}|被[一-鿿]{2,}|做成|实行[一-鿿]{2,}|改为|归[一-鿿]{2,}|采取[一-鿿]{2,})"
)
# 新校区位于东湖路8号
_LIES = re.compile("([^,、;]{2,18}?)(?:位于|坐落[于在]?|地处|选址[于在])[^,]{2}")
_ENDED = sought(
    r"分[一二两三四五\d][年期批步](?:实施|推进|完成|建设|走)?$|(?:任务|工程|工作)?(?:基本|全面|全部|如期|按期)(?:完成|建成|实现|解决|到位)$"
)
# 补助标准逐年提高,分别为280元、320元: what moves is what is told of.
_MOVES_YEARLY = re.compile(
    "([^,]{3,}?)(?:逐年|连年|逐步|稳步|持续|不断)(?:提高|上升|上涨|增长|增加|提升|下降|降低|减少|攀升|扩大)$"
)
_IS_LOW = re.compile(
    "(.{2,12}?(?:率|比例|比重|占比|水平|密度|覆盖面))(?:总体|整体|普遍|仍然?|还|依然|相对|明显|有所)*(?:[偏较过太][低高大小慢]|不足|不够?高)"
)
_OF_HEAD = re.compile("^" + alternation(words_of("naming", "heading")) + "+(?=[一-鿿]{2})")
_ASIDE = re.compile(r"\([^()]*\)")
_INTO = re.compile(r"^[我本][市县区省局镇乡]?")
_PART_BEGINS = re.compile("[,、对将为在由向与和及等]|的(?!可行性|必要性|问题|情况|工作)")


def stated(clause: Clause) -> str:
    """The thing that a clause without numbers speaks of; a purpose or a ground names nothing."""
    words = clause.words
    if told := what_moves(clause) or (not clause.measures and what_is_low(words)):
        return told
    if (
        clause.measures
        or words.rstrip(": ").endswith("如下")
        or _LABEL.fullmatch(words)
        or _GROUND.match(words)
        or _DIGIT.search(words)
        or _STEP.search(words)
        or _TELLS.search(words)
    ):
        return ""
    found = thing_said(clause.words)
    return found if len(found) > 1 and not _ACTS_ALONE.match(found) and not is_empty(found) else ""


def what_is_low(words: str) -> str:
    """投保率 of 投保率普遍偏低.

    >>> what_is_low("二是空驶率偏高"), what_is_low("全县投保率达到")
    ('空驶率', '')
    """
    found = _IS_LOW.fullmatch(tidy(words))
    return found[1] if found else ""


def what_moves(clause: Clause) -> str:
    """补助标准 of a clause without numbers that says 补助标准逐年提高."""
    moves = None if clause.measures else _MOVES_YEARLY.match(clause.words)
    return shortened(tidy(moves[1])) if moves else ""


def thing_said(words: str) -> str:
    """The thing that a clause speaks of: 在政务大厅设立开办窗口 -> 开办窗口."""
    if listed := _LISTED.search(words):
        return listed[1] if not _INTO.match(listed[1]) else tidy(words[listed.end() :])[-12:]
    if (taken := _TAKEN.search(words)) and not _INTO.match(taken[1]):
        return taken[1][-12:]
    if titled := _TITLED.search(words):
        return titled[1][-12:]
    if lies := _LIES.match(words):
        return shortened(tidy(lies[1]))
    words = tidy(_BECAUSE.sub("", words))
    if (done := _ALL_DONE.match(words)) and len(words) > 12:
        return done[1]
    if trade := _TRADE.match(words):
        return trade[1]
    if subject := _SUBJECT.match(words):
        return subject[1]
    if subject := _DOER.match(words):
        return subject[1]
    words = _ENDED.sub("", _OF_HEAD.sub("", words))
    if found := _ACT.split(words)[-1]:
        words = found if len(found) > 2 else words
    return shortened(words)


def shortened(words: str) -> str:
    """The end of a long phrase, from where a part of it begins: 中小板、创业板成功上市的企业."""
    words = _ASIDE.sub("", words) if len(words) > 14 else words
    if len(words) <= 14:
        return words
    cut = next((found.end() for found in _PART_BEGINS.finditer(words) if 4 <= len(words) - found.end() <= 18), None)
    if cut is not None:
        return words[cut:]
    return words if len(words) <= 18 else words[-12:]
