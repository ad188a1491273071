"""The words around a number without grounds, without who does it and without what becomes of the counted.

因选址未定只建成6处          建成
剩余3处顺延至明年            剩余
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.figures.cells import Cell, Clause
from extractors.figures.indicators import CHANGED, TIME, Name, cap, noun_of, tidy
from extractors.figures.named import is_share
from extractors.figures.stated import stated
from extractors.figures.topics import BARE, MEASURED_ON

# (总产值170亿元,增长4%,其中农业产值92亿元,)增长5%: the part's own growth, and no part of the growth in front
MOVES = re.compile("(?:同比|环比|[比较][^,]{1,10})?(?:增长|提高|提升|上升|上涨|下降|减少|降低|增加|回落|[增减]产)")
REST = re.compile(r"^(?:其余|剩余|剩下|余下|其他)$")
# 《商贸规划》安排五年改造, 对照《行动方案》中到2027年备案民宿: what a paper says, and not its name
_PAPER_SAYS = re.compile(
    r"[^《]{0,4}《[^》]*》”?(?:中|里|内)?(?:还|也|共|总共|分别|所)?(?:(?<=[中里])|安排|提出|明确|要求|确定|规定|规划|下达|部署|设定|列出)+的?"
)
_TO_COME = re.compile("(?:将|拟|计划|预计|力争|正在?)(?![军领士])")  # 另有2个将于10月底前选址
_FRONT_ASIDE = re.compile(r"^\([^()]*\)")
_LEADS_TO = re.compile(r"(?:对|向|让|给|请|为|依托|联合|会同|针对|借助)$")
# 承载力评估由能源局每季度开展: what is done stands in front of who does it.
_DONE_BY = re.compile(r"^(?![每在今到从])([一-鿿“”、]{3,12}?)(?<!自)由(?!此)[一-鿿]{2,}$")
_IS_RATE = re.compile(r"(?:率|占比|比例|比重)$")
_SOMEBODY_DOES = re.compile(r"的[一-鿿]{0,6}?(?:要(?!求)|应|须|由|将)")
_TO_BE_DONE = re.compile(
    "[已也均都须应拟将]|分[一二两三四五\\d][批期年步]|由(?!此)|列入|纳入|随"
)  # 剩余42家须于11月底前改完
# 日均服务30人以上的|每年补助5万元
_CASE_FRONT = re.compile(r"(?:不足|不满|未满|超过|满|达到?)?\d[\d.]*[一-鿿]{1,4}?(?:及?以[上下])?的(?=[一-鿿]{2})")
_AGREED = re.compile("经[一-鿿]{2,10}?(?:同意|批准|审定|批复)")  # 经县政府同意追加320户
_ONLY_DONE = re.compile("[只仅才][做干修装改种铺办开]了?")  # 安防工程300公里只做了134公里
_PART_ABOVE = re.compile("(?:及?以[上下])?的?部分")
_IN_YEARS = re.compile(r"[两二三四五六]年(?:累计|共|总共|内)?")  # 三年改造2000亩: of what, the words in front say
_TOGETHER = re.compile(r"^(?:会同|联合|会商|商)[^,]{2,12}?(?=审核|核|完成|办|作出|予以|公示|组织|确定|认定|拨付)")
_BODY = re.compile(
    r"^[一-鿿]{2,14}?(?:局|委|办|厅|部门|中心|机构|单位|政府|法院|窗口)(?:应当?|须|要)?(?:(?=[在自收接受])[在自]?|$)"
)
_FROM_DAY = re.compile("(?:自|于|从)[^,自于从]{2,14}之日起(?:计算)?")
_DUTY = re.compile(r"(?<![供反响对相感效呼顺])应当?|须|(?<![需主重])要(?!求)|需(?![要求])")
_SHARE_LIMIT = re.compile(r"^(.{2,}?(?:比例|占比|率))(?:不[高低多少超][于过]?|占|控制在)")
_DESPITE = re.compile(r"^[,\s]*因[^,]{2,14}?(?=[只仅]|实际)(?:只|仅|实际)?")
_FARES = re.compile(
    r"^(?:实行|适用|采[取用](?!率)|从[^,]{2,14}(?:列支|解决|安排|支出)|由(?!此)|且|并且|或者|因[^素]|受[^益]|待[^遇业]|已经?(?:动工|开工|完工|投产|投用)|尚|仍|还[没未在]|正在|拟|将|力争|争取|确保|计划|预计|暂|逐[步宗个件户项]|顺延|推迟|延[至期后]|放[在到]|[并列纳转]入|陆续|分[一二两三四\d][期批]|今[冬春秋夏]|明[春年])"
)
_HANDLED = re.compile(r"^.*(?:(?<!一)把(?![握手脉关好])|(?<=[市县区镇局])将(?![军领士来近]))(?=[一-鿿“])")
# 推动担保机构将担保费率降至: what is moved stands behind 将
_MOVED = re.compile(rf"(?<![一即必])[将把]([一-鿿]{{3,14}}?)(?:再|统一|逐步|分别|一次性)*(?:{CHANGED}|控制)[到至为在]$")
_LISTS = re.compile(r"([一-鿿“”A-Z\d]{3,}?)(?:包括|包含|涵盖|涉及|[分为]别?为|主要[有是])[^,]{2,}等$")
_EXTENTS = {"长": "长度", "宽": "宽度", "高": "高度", "深": "深度"}
# 交流轮岗教师不低于符合条件教师总数(的10%)
_AT_LEAST = re.compile(
    r"^(.{2,}?)(?:不[高低多少超][于过]|达到?|超过?|控制在)(.{0,16}?(?:总[数量额]|[总户人]数|总?面积|总?用地|收入|支出|工资|产值|标准))$"
)
# 支付限额达到当地平均工资的(6倍): what is so many times something else
_TIMES_OF = re.compile("([^,]{3,}?)(?:达到?|相当于|约?为|是)(?=[一-鿿]{3})")
_SHARE_LAST = re.compile(r"^(.+?)(?:仅|只|约|还)+占的?(.*)$")


_MAINLY = re.compile("^[一-鿿]{0,4}为(?:重点|主体?|核心|中心|代表|依托|骨干|支撑|龙头)的?")  # 8个村为重点的(2600亩)茶园
_FIRST_OF_ROW = re.compile("(?:依次|分别)(?:是|为)([一-鿿]{2,8})$")  # 居前三位的分别是供暖类120件,物业类80件
_LESS_THAN = frozenset(("不足", "不满", "未满", "不到", "低于", "少于", "且不足", "至"))


def _in_front(cell: Cell, lead: str, tail: str) -> str:
    """The words in front without grounds, without who does it, and without the case in which something is paid."""
    if "》" in lead and (said := _PAPER_SAYS.match(lead)):
        lead = tidy(lead[said.end() :])
    if tail and "等" in lead[-3:] and (lists := _LISTS.match(lead)):
        lead = lists[1].removesuffix("的").removesuffix(noun_of(tail))  # 开工项目包括水厂、泵站等15个项目
    if despite := _DESPITE.match(cell.lead):
        lead = tidy(cell.lead[despite.end() :])
    if ("将" in cell.lead or "把" in cell.lead) and (moved := _MOVED.search(cell.lead)):
        lead = moved[1]
    elif ("把" in lead or "将" in lead) and (handled := _HANDLED.search(lead)) and len(lead) - handled.end() > 1:
        lead = lead[handled.end() :]
    if not tail and "由" in lead and (done := _DONE_BY.match(lead)):
        lead = done[1]
    lead = _MAINLY.sub("", lead) if "为" in lead else lead
    lead = _AGREED.sub("", lead) if lead.startswith("经") else lead
    if lead.startswith("相") and MOVES.fullmatch(lead[2:]):
        lead = lead[2:]  # 与上年同期的1.2亿元相比增长(800万元)
    if _ONLY_DONE.fullmatch(cell.lead.strip()) or (lead == "超额" and cell.measure.unit not in ("%", "个百分点")):
        return ""
    if lead in ("所需", "共需", "需") and cell.measure.unit == "元":
        return "所需资金"
    if (years := _IN_YEARS.match(lead)) and BARE.match(lead[years.end() :]):
        lead = lead[years.end() :]
    if cell.measure.unit == "元" and (case := _CASE_FRONT.match(lead)):
        lead = lead[case.end() :]
    return lead


def own_words(cell: Cell, lead: str, tail: str) -> tuple[str, str]:
    """Lead and tail without grounds (因选址未定只建成) and without what becomes of the counted (顺延至明年)."""
    first = _FIRST_OF_ROW.search(cell.lead) if "依次" in cell.lead or "分别" in cell.lead else None
    lead = _in_front(cell, first[1] if first else lead, tail)
    if cell.measure.unit == "倍" and cell.lead.endswith(("的", "的约")) and (held := _TIMES_OF.match(lead)):
        lead, tail = held[1], ""
    if cell.joined:
        lead = _EXTENTS.get(cell.lead, lead)
    if lead and cell.tail.startswith("中") and MEASURED_ON.search(lead):
        tail = ""  # 对总长10公里中损坏的路面
    if tail and _picks_by_rate(cell, lead):
        tail = ""  # 完成率低于60%的市要制定计划
    if (not lead and _PART_ABOVE.match(cell.tail)) or _ONLY_DONE.match(cell.tail):
        tail = ""  # 超过300立方米的部分: of what, the step in front says
    if tail and not lead and _TO_COME.match(cell.tail) and cell.lead.strip().endswith("有"):
        tail = ""
    if tail in _LESS_THAN or tail == "除":
        tail = ""  # 50人以上不足100人的
    if tail.startswith("且") or (lead and cell.tail.startswith("、") and "的" not in tail):
        tail = ""  # 50人以上且占比不低于15%的: another condition
    if tail and REST.match(lead) and (TIME.match(cell.tail) or _TO_BE_DONE.match(cell.tail)):
        tail = ""  # 剩余3条9月中旬进场: the three are named by what was told before
    if (
        tail
        and lead
        and _FARES.match(_FRONT_ASIDE.sub("", cell.tail))
        and not (REST.match(lead) and cell.tail[0] in "尚正仍")
    ):
        tail = ""
    return ("" if tail and _LEADS_TO.search(lead) else lead), tail


def _picks_by_rate(cell: Cell, lead: str) -> bool:
    """完成率低于60%的市要制定计划, 裁员率不高于5.5%的企业: the number is that of the rate, not of those it picks."""
    if MOVES.fullmatch(lead) and cell.tail.startswith("的"):
        return True  # 占比5%且同比增长10%的企业
    whose = _SOMEBODY_DOES.match(cell.tail) or (len(lead) > 4 and cell.tail.startswith("的"))
    return bool(is_share(cell) and whose and _IS_RATE.search(lead))


def share_last(words: str, tail: str) -> str:
    """女职工仅占全体 -> 女职工占全体."""
    if found := _SHARE_LIMIT.match(words):
        return found[1]
    if not tail and (found := _AT_LEAST.match(words)):
        return f"{found[1]}占{found[2]}"
    return _SHARE_LAST.sub(r"\1占\2", words) if "占" in words else words


def time_limit(clauses: Sequence[Clause], cell: Cell, lead: str, tail: str) -> Name:
    """接到举报的,应当在2个工作日内到场 -> 接到举报到场时限."""
    act = _TOGETHER.sub("", re.split(r"[并、]", tail)[0])
    topic = next((found for clause in reversed(clauses[: cell.clause]) if (found := stated(clause))), "")
    subject = _DUTY.sub("", _BODY.sub("", _FROM_DAY.sub("", lead))) or topic.rstrip("的后")
    full = subject + act + ("" if act.endswith(("时限", "期限")) else "时限")
    return Name(cap(full), cap(full))
