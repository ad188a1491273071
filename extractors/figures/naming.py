"""The names of a unit's numbers, each from its own words, its list, its total, or the number before it.

全县蜂农873户,其中定地545户、转地328户      全县蜂农 · 定地蜂农 · 转地蜂农
每亩补助300元,每户最高2万元                 每亩补助 · 每户补助
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.figures.by_words import by_its_words
from extractors.figures.cells import Cell, Clause, is_step
from extractors.figures.compared import COMPARED, core_of, of_what
from extractors.figures.indicators import (
    Name,
    as_rate,
    cap,
    compose_part,
    is_empty,
    noun_of,
    tail_of,
    tidy,
    without_place,
)
from extractors.figures.joining import joined_to
from extractors.figures.manners import is_raised, of_rule, of_tasks_in_turn, thing_of
from extractors.figures.named import DAYS, Memory, Named, is_share
from extractors.figures.own_words import MOVES, REST, own_words, share_last, time_limit
from extractors.figures.parts import ACTION, VERB_FRONT, is_part, is_sibling, part_of, sibling_of, whole_of
from extractors.figures.payers import paid_by
from extractors.figures.rows import list_row
from extractors.figures.topics import (
    BARE,
    BELOW,
    CONDITION,
    MEASURED_ON,
    OFTEN,
    RECURS,
    RELATIVE,
    WHOSE,
    needs_topic,
    topic_of,
)
from extractors.lexicon.openings import sought
from extractors.verbs import any_verb

_THERE_ARE = re.compile(r"(?:[现共拥设建辖]有|已建成)[一-鿿]{3}$")
_A_PLACE = re.compile(r"[市县区镇乡村]$|街道$")
_SO_FAR = re.compile("(?:基本|全面|初步|总体|率先|力争)+(?:实现)?")  # 基本实现全覆盖: of what, the clause in front says
_BATCH = re.compile(r"^(?:首|头|第一|第二)[批期]$")
_ALL_DO = re.compile(
    r"^(?P<who>[一-鿿]{1,6}?)(?:全部|均|都)(?:要|须|应)?(?P<does>(?:成立|建立|建成|设立|配备|开通|开设|开展|实现|完成|达到|接入|制定|通上?|建有)[一-鿿“”、]{2,14})$"
)
_ANNOUNCES = sought(r"分别|(?<=[^,])各$")
_HAS = re.compile(r"配备了?|设有|建有|配有|建立了?|开设了?|组建了?|安装了?|成立了?|建成了?")
_PEOPLE = frozenset(("人", "名", "位", "人次"))
_ACTS = re.compile(f"^(?:{ACTION}|实现|完成|达到|带动|惠及|安排|投入|总|累计|吸纳|转移|提供|兑现|争取|现有|其中)")
_COUNTERS = frozenset("个座处家条项所辆台件户人名")
# 三七种植面积1万亩、重楼2万亩
_LABEL_IN_FRONT = re.compile(f"(?!{ACTION}|实现|完成|达到|带动|总|共|其[他它余中])[一-鿿]{{2,5}}(?<![率积量值额数])")
_MEASURED_OF = re.compile(
    "(?<=[一-鿿]{2})(?:种植|栽培|养殖|播种|造林|绿化|加工)?(?:面积|产量|产值|增加值|销售额|装机容量)$"
)
_GROWTH_ONLY = re.compile("[增涨降跌]幅|增速|增长率?")  # 保持11%以上增幅
_EQUIPS = re.compile("配备|配置|配齐")  # whatever is listed, cars or people
_BUILDS = re.compile(r"[建设聘修植购装配种挖栽](?![设立置备请复筑造改])[一-鿿]{2}")
_COVERS = re.compile(r"^(?:[全我本][市县区省州国])?([一-鿿“”]{3,12}?)实现了?(?:所有|全部|[^,]{0,8}、)")
_AWARD = re.compile("(?:一次性)?(?:奖励|奖补|补助|补贴|资助|补偿)(?:金|资金)?")
# 调入资金5.46亿元、上年结转6亿元后,收入总计96.17亿元
_OF_BUDGET = re.compile(
    "(?:以?及|加上?)*((?:上年|往年|以前年度|历年)结[转余](?:结余)?(?:收入|资金)?|年[末终]结[转余](?:结余)?|结转下年(?:支出|使用)?|(?:年度)?(?:收入|支出)总[计量额]|调[入出]资金)(?:为|达)?"
)
# 冷藏能力8000吨,不到总产量的(21%)
_OF_TOTAL = re.compile(
    r"^(?:[还仅只尚]|不足以)*(?:不[到足]|接近|相当于|超过|将近|近)(.{0,6}?(?:总[产数量额][量值]?|[总户人]数|总面积))的$"
)
_PACE = sought("(?<=[一-鿿]{2})(?:年均)?(?:增速|增幅|增长率)$")  # 产值年均增速9%以上,达到80亿元


def name_all(clauses: Sequence[Clause], cells: Sequence[Cell], before: Memory) -> list[Named]:
    """Every cell of a unit with its name, in order; what a number leaves unsaid is carried over from `before`."""
    named: list[Named] = []
    whole: int | None = None
    at = 0
    while at < len(cells):
        cell = cells[at]
        whole = whole_of(clauses, cell, named, whole)
        if (row := list_row(clauses, cells, at, named, before)) is not None:
            named += row
            at += len(row)
            continue
        named.append(_name(clauses, cell, named, whole, before))
        at += 1
    return named


def _name(clauses: Sequence[Clause], cell: Cell, named: Sequence[Named], whole: int | None, before: Memory) -> Named:
    lead, tail = tidy(_ANNOUNCES.sub("", cell.lead)), tail_of(cell.tail)
    last = named[-1] if named else None
    if cell.measure.unit == "元" and (told := _OF_BUDGET.fullmatch(cell.lead.strip())):
        return Named(cell, Name(told[1], told[1]), "own")
    if last and ((is_step(cell.lead) and last.cell.clause == cell.clause) or _is_in_other_measure(clauses, cell, last)):
        return Named(cell, last.name, "pair", head=len(named) - 1, of=last.of)
    if last and last.cell.measure.unit == cell.measure.unit and is_raised(cell.opening) and not tail:
        return Named(cell, last.name, "carried", head=len(named) - 1)
    if (place := _taker(cell, tail)) and (at := _last_task(cell, named)) is not None:
        full = cap(compose_part(place, named[at].name))
        return Named(cell, Name(full, full), "part", of=at, head=at)
    if whole is not None and cell.depth and (held := _held_against_in_brackets(clauses, cell, named[whole])):
        return Named(cell, Name(held, held), "part", of=whole, head=whole)
    if whole is not None and not MOVES.fullmatch(lead) and is_part(cell, lead, named[whole]):
        return part_of(cell, lead, tail, named, whole)
    if not last and (part := _part_of_before(cell, lead, tail, before)):
        return Named(cell, part, "own")
    if last and cell.measure.unit == "%" and (task := of_tasks_in_turn(clauses, cell, named)):
        return Named(cell, Name(cap(task), cap(task)), "own")
    if last and cell.measure.unit == "%" == last.cell.measure.unit and (full := paid_by(cell, last)):
        return Named(cell, Name(full, full), "ellipsis", of=last.of, head=len(named) - 1)
    if last and cell.joined and is_sibling(cell, lead, last):
        return Named(cell, sibling_of(lead, last.name), "ellipsis", of=last.of, head=len(named) - 1)
    if last and (full := _relabelled(cell, lead, tail, last)):
        return Named(cell, Name(full, full), "ellipsis", of=last.of, head=len(named) - 1)
    return _own(clauses, cell, lead, tail, named, before)


def _taker(cell: Cell, tail: str) -> str:
    """昭通 of (全省搬迁任务6200户,)昭通承担1850户: who takes a part of a task."""
    found = None if tail or cell.measure.unit in ("%", "元") else _TAKES.fullmatch(cell.lead.strip())
    return found[1] if found else ""


_TAKES = re.compile("(?:其中)?([一-鿿]{2,8}?)(?:承担|认领|分[得到]|领[到取]|分配到)了?(?:约|近)?")


def _last_task(cell: Cell, named: Sequence[Named]) -> int | None:
    """The number of the same unit, no part itself, that a part is taken of."""
    rows = range(len(named) - 1, -1, -1)
    unit = cell.measure.unit
    return next((at for at in rows if named[at].of is None and named[at].cell.measure.unit == unit), None)


def _is_in_other_measure(clauses: Sequence[Clause], cell: Cell, last: Named) -> bool:
    """森林抚育885万公顷(1.33亿亩): the bracket alone says the same in another measure."""
    front, own = clauses[cell.clause - 1], clauses[cell.clause]
    alone = cell.depth > last.cell.depth and not cell.lead.strip() and not cell.tail.strip() and len(own.measures) == 1
    if not alone or last.cell.clause != cell.clause - 1 or last.cell.measure.end != front.end:
        return False
    return (last.cell.measure.unit, cell.measure.unit) in _SAME_EXTENT


_SAME_EXTENT = frozenset(
    (
        ("公顷", "亩"),
        ("平方米", "亩"),
        ("平方公里", "亩"),
        ("亩", "公顷"),
        ("亩", "平方米"),
        ("亩", "平方公里"),
        ("平方公里", "公顷"),
        ("吨", "公斤"),
        ("公斤", "斤"),
        ("吨", "斤"),
    )
)


def _part_of_before(cell: Cell, lead: str, tail: str, before: Memory) -> Name | None:
    """东乡改造危房 of (今年改造危房120户。)其中东乡40户: a part of what the sentence in front counted."""
    place = lead.removeprefix("其中")
    if not cell.lead.lstrip().startswith("其中") or tail or not 1 < len(place) < 7 or not WHOSE.search(place):
        return None
    row = next((one for one in reversed(before.earlier) if one.cell.measure.unit == cell.measure.unit), None)
    if row is None or row.of is not None or COMPARED.search(row.cell.lead):
        return None
    full = cap(compose_part(place, row.name))
    return Name(full, full.removeprefix(place))


def _held_against_in_brackets(clauses: Sequence[Clause], cell: Cell, whole: Named) -> str:
    """全省投资增长 of (投资增长34%,)比全省平均水平(17%)高: what a bracket alone tells is that of the place in front."""
    front = clauses[cell.clause - 1]
    if cell.lead.strip() or cell.tail.strip() or front.measures or front.depth >= cell.depth:
        return ""
    place = _PLACE_TOLD.search(front.words)
    return place[1] + core_of(whole.name.noun) if place else ""


_PLACE_TOLD = re.compile(
    r"(?:^|[比较与和及、于])(全[国省市县区州]|(?![比较与和及])[一-鿿]{2,4}[省市县区州])(?:同期)?(?:平均)?(?:水平|增[速幅])?$"
)


def _such(cell: Cell, lead: str, tail: str, named: Sequence[Named], before: Memory) -> str:
    """用作经营的自建房 of (全县自建房11.6万栋,)用作经营的4270栋: the noun is that of the same unit before."""
    if tail or len(lead) < 3 or not cell.lead.endswith("的") or cell.tail or BARE.match(lead):
        return ""
    if _OF_A_TIME.search(cell.lead):
        return ""
    for row in reversed((*before.earlier, *named)):
        if row.cell.measure.unit == cell.measure.unit and row.of is None and not COMPARED.search(row.cell.lead):
            noun = core_of(row.name.noun).rsplit("的", 1)[-1]
            return f"{lead}的{noun}" if len(noun) > 1 and noun not in lead else ""
    return ""


_OF_A_TIME = re.compile(r"(?:[年月底末初期]|[由从][^,]{1,10}|目前|现在|原来|当时)的$")  # 面积由2019年的(1.2万亩)


def _relabelled(cell: Cell, lead: str, tail: str, last: Named) -> str:
    """购房补贴按照博士30万元、硕士10万元: the second label takes the place of the first."""
    if deed := _same_deed(cell, lead, tail, last):
        return deed
    alike = last.cell.measure.unit == cell.measure.unit
    tied = alike and cell.joined and last.cell.clause == cell.clause
    goes_on = alike and last.rule == "ellipsis" and last.cell.clause == cell.clause - 1 and cell.opening == cell.lead
    if (
        (tied or goes_on)
        and not tail
        and _LABEL_IN_FRONT.fullmatch(lead)
        and (of := _MEASURED_OF.search(last.name.full))
    ):
        return lead + of[0]
    if alike and cell.joined and not tail and (like := _in_place_of(lead, last.name.full)):
        return like
    if (
        not tied
        or (cell.measure.unit in _COUNTERS and not last.name.full.endswith(lead[-1:]))  # 停车场312个、泊位6.8万个
        or not 1 < len(lead) < 5
        or (len(lead) > 3 and last.name.full.endswith(lead[-2:]))  # 教育学校113所、职业学校2所
        or (tail and "标准" not in cell.tail[:6])
        or _ACTS.match(lead)
        or RELATIVE.match(lead)
        or BARE.match(lead)
    ):
        return ""
    if (paid := _PAID_EACH.fullmatch(last.name.full)) and _PAID.search(lead):
        return paid[1] + lead  # 每亩保额1200元、保费60元
    if "每" in last.name.full:
        return lead + last.name.full[last.name.full.index("每") :]
    subject = re.sub(r"(?:按照?|为|是|[:])$", "", last.name.full[: -len(lead)])
    return subject + lead if len(subject) > 1 and not VERB_FRONT.match(last.name.full) else ""


_PAID_EACH = re.compile("(.*每[一-鿿]{1,2}?)[一-鿿]{1,3}[费额金价款租]")
_PAID = re.compile("[费额金价款租]$")


def _same_deed(cell: Cell, lead: str, tail: str, last: Named) -> str:
    """沿线布设观景台 of (沿线布设驿站6个、)观景台11处: the first one's verb holds for what is counted behind it."""
    if stored := _STORED.match(last.name.full):
        near = cell.joined or (cell.clause == last.cell.clause + 1 and cell.opening.strip() == lead)
        counted = cell.measure.unit in _STORED_BY and last.cell.measure.unit in _STORED_BY
        return (
            stored[0] + lead if near and counted and not tail and 1 < len(lead) < 7 and not _A_SUM.search(lead) else ""
        )
    if tail or not 1 < len(lead) < 4 or cell.measure.unit not in _COUNTERS - _FOLK:
        return ""
    goes_on = cell.clause == last.cell.clause + 1 and cell.opening.strip() == lead
    if not (cell.joined or goes_on) or last.cell.measure.unit not in _COUNTERS - _FOLK:
        return ""
    if _ACTS.match(lead) or RELATIVE.match(lead) or BARE.match(lead) or lead.endswith(("数", "量", "率")):
        return ""
    if (
        any_verb().fullmatch(lead)
        or _A_WHOLE.match(lead)
        or lead in ("使用", "动工", "投用", "在用", "闲置", "空置", "剩余")
    ):
        return ""  # 建成墓穴1.86万个,已使用7240个
    deed = _DEED_TOLD.fullmatch(last.name.full)
    return deed[1] + lead if deed else ""


# 仓库已储备编织袋35万条、砂石料2745吨、冲锋舟6艘
_STORED = re.compile("[一-鿿]{0,6}?(?:储备|储存|存有|备有|备足|备齐|配有|调拨|调运|捐赠|出动|动用)(?=[一-鿿]{2})")
_STORED_BY = frozenset("个座处家条项所辆台件艘吨顶床盏套支把袋箱只头株块根架副双张部栋间组门种瓶公斤吨") | {"公斤"}
_A_SUM = re.compile("[总共低高]|达到|超过|价值|合计|面积|[率量额]$|资金|投资")
_A_WHOLE = re.compile("[全本我该各][市县区省州镇乡村国]|[两三四][市县区镇村]|合计|共计|总计|其中")
_FOLK = frozenset(("人", "名", "位", "户", "人次", "次"))
_DEED_TOLD = re.compile(f"([一-鿿]{{0,8}}?(?:{ACTION}|[共总]?设有?|[共总]建))[一-鿿“”]{{2,6}}")


def _in_place_of(lead: str, full: str) -> str:
    """学前二年毛入园率 of (学前一年毛入园率99%、)学前二年93%: the label takes the place of the one that it is like."""
    size = len(lead)
    for at in range(len(full) - size + 1 if size > 2 else 0):
        if sum(a != b for a, b in zip(full[at : at + size], lead, strict=True)) == 1:
            return full[:at] + lead + full[at + size :]
    return ""


def _own(clauses: Sequence[Clause], cell: Cell, lead: str, tail: str, named: Sequence[Named], before: Memory) -> Named:
    """A number named by its clause, with its topic in front where the clause names too little."""
    percent = is_share(cell)
    lead, tail = own_words(cell, lead, tail)
    lead = _share_of(clauses, cell, lead) if percent else lead
    bare = lead + tail
    at = len(named) - 1 if named and cell.joined else None
    if own := by_its_words(clauses, cell, lead, named):
        return Named(cell, Name(cap(own[0]), cap(own[0])), "own", head=own[1])
    if named_by := of_rule(clauses, cell, named, before):
        return Named(cell, Name(cap(named_by), cap(thing_of(named_by))), "own")
    if cell.measure.rule == "all":
        lead = "" if REST.match(lead) or _SO_FAR.fullmatch(lead) else lead
        topic = "" if lead else topic_of(clauses, cell, lead or cell.text, named, before)[0]
        return Named(cell, _of_all(cell, lead or topic, tail), "all")
    if verb := _shared_verb(cell, lead, tail, named):
        full = verb + lead
        return Named(cell, Name(cap(full), cap(full)), "own", head=at)
    if percent and named and lead.startswith("占") and named[-1].cell.clause >= cell.clause - 1:
        last = named[-1].name
        bare = of_what(last.full if last.full.endswith("的" + last.noun) else last.noun) + bare
    elif percent and lead.startswith("占"):
        bare = topic_of(clauses, cell, lead, named, before)[0] + bare
    elif (such := _such(cell, lead, tail, named, before)) and not percent:
        return Named(cell, Name(cap(such), such.rsplit("的", 1)[-1]), "own", head=at)
    elif cell.measure.unit in DAYS and cell.tail.startswith("内") and tail:
        return Named(cell, time_limit(clauses, cell, lead, tail), "own")
    elif not lead and not percent and (done := _ALL_DO.match(tail)):
        full = f"{done['does']}的{done['who']}"  # 10个县区全部成立调解委员会
        return Named(cell, Name(cap(full), done["who"], object=_object_of(tail)), "own", head=at)
    elif tail and _names_itself(lead, tail):
        full = as_rate(share_last(bare, tail), cell.measure.rule) if percent else bare
        noun = full.removesuffix("比例") if percent else noun_of(tail)
        told = Name(cap(full), cap(noun or full), object="" if percent else _object_of(tail))
        return Named(cell, told, "own", head=at)
    elif _says_too_little(lead, bare) and not (len(lead) == 3 and not tail and _THERE_ARE.search(cell.lead)):
        topic, head = topic_of(clauses, cell, lead, named, before)
        topic = topic if percent else _PACE.sub("", topic)
        full = joined_to(topic, lead) + ("" if topic.endswith(tail) else tail)
        full = as_rate(full, cell.measure.rule) if percent else full
        noun = topic if topic and full.endswith(topic) and (_A_PLACE.search(lead) or WHOSE.search(lead)) else full
        return Named(cell, Name(cap(full), cap(noun)), "carried", head=head)
    full = as_rate(share_last(bare, tail), cell.measure.rule) if percent else bare
    noun = full if bare.endswith("比例") else full.removesuffix("比例")
    return Named(cell, Name(cap(full), cap(noun)), "own", head=at)


# 累计投入860万元, 实际只完成34个, 全区总量达到3600张, 每年再提高4个百分点: of what, the words in front say
_OF_WHAT = re.compile(
    r"(?:累计|总共|先后|合计)(?:完成)?(?:投入|投资|筹措|筹集|支出)(?:资金|经费)?|实际(?:只|仅|共)?完成|[全我本][省市县区镇乡州]总[数量]"
    r"|(?:以后|此后|今后)?(?:每年|逐年)?再(?:提高|提升|增加|下降|降低|减少)"
)


def _says_too_little(lead: str, bare: str) -> bool:
    if OFTEN.match(bare) or (len(lead) == 3 and lead[-1] == "占" and lead[0] not in "约仅只共"):
        return False
    if lead == bare and (BELOW.match(lead) or CONDITION.match(lead) or RECURS.match(lead)):
        return True
    if lead == bare and _OF_WHAT.fullmatch(lead):
        return True
    return is_empty(lead) or bool(_BATCH.match(lead)) or bool(BARE.match(lead)) or needs_topic(bare)


def _share_of(clauses: Sequence[Clause], cell: Cell, lead: str) -> str:
    """占总产量 of 不到总产量的(21%), and what a bracket measures; else the lead itself."""
    below = _OF_TOTAL.match(cell.lead)
    return f"占{below[1]}" if below else lead or (_measured_by_bracket(clauses, cell) if cell.depth else "")


def _measured_by_bracket(clauses: Sequence[Clause], cell: Cell) -> str:
    """加工率 of 种质退化、加工率不高(仅为27%): what a bracket gives the figure of."""
    front = clauses[cell.clause - 1] if cell.clause else None
    found = _MEASURE_LAST.search(front.words) if front and not front.measures and front.depth < cell.depth else None
    return found[1] if found else ""


_MEASURE_LAST = re.compile(
    r"([一-鿿]{2,10}?(?:率|比例|占比|比重|程度|水平))(?:[不较偏过]?[高低大小]|不足|有限|[提上]升|下降)?了?$"
)


def _shared_verb(cell: Cell, lead: str, tail: str, named: Sequence[Named]) -> str:
    """盘活 of 盘活农房47院、校舍2所: the verb in front of the first noun is that of the second."""
    if (len(lead) < 4 and MEASURED_ON.search(lead)) or BARE.match(lead):
        return ""
    if len(lead) == 3 and not tail and named and _goes_on_building(cell, named[-1]):
        equips = _EQUIPS.match(named[-1].name.full)
        return equips[0] if equips else named[-1].name.full[0]
    if not (cell.joined and lead and named) or tail or cell.measure.unit == "%" or named[-1].cell.clause != cell.clause:
        return ""
    if equips := _EQUIPS.match(named[-1].name.full):
        return equips[0] if not _ACTS.match(lead) else ""
    if (cell.measure.unit in _PEOPLE) != (named[-1].cell.measure.unit in _PEOPLE):
        return ""
    found = VERB_FRONT.match(without_place(named[-1].name.full))
    return found[0] if found and not _ACTS.match(lead) and not RELATIVE.match(lead) else ""


def _goes_on_building(cell: Cell, last: Named) -> bool:
    """建垃圾池5个,焚烧池2个: behind a comma, too, where the same unit counts."""
    behind = last.cell.clause == cell.clause - 1 and len(cell.opening) == len(cell.lead)
    alike = last.cell.measure.unit == cell.measure.unit and cell.measure.unit in _COUNTERS
    verb = _EQUIPS.match(last.name.full) or (alike and _BUILDS.match(last.name.full))
    return behind and bool(verb) and not _ACTS.match(cell.lead)


def _names_itself(lead: str, tail: str) -> bool:
    """Whether the words around a number name it: 6个正在装修 and 剩余7处因汛期滞后 don't, 63个村 does."""
    if len(lead + tail) < 2 or (not lead and (_AWARD.fullmatch(tail) or _GROWTH_ONLY.fullmatch(tail))):
        return False
    if not lead or REST.match(lead) or _BATCH.match(lead):
        return bool(noun_of(tail)) and not BARE.match(tail)
    return not is_empty(lead + tail) and not needs_topic(lead + tail)


def _object_of(tail: str) -> str:
    """保安 of 学校均已配备保安."""
    found = _HAS.split(tail, 1)
    return found[1] if len(found) > 1 and len(found[1]) > 1 else ""


def _of_all(cell: Cell, subject: str, tail: str) -> Name:
    """全部, 一律, 全覆盖: the share of those that it holds for."""
    covers = cell.text.endswith("覆盖")
    if covers and not tail and (what := _COVERS.match(subject)):
        subject = what[1]  # 法律服务实现所有乡镇、村居的全覆盖
    subject = subject.removesuffix("覆盖率") if covers else subject
    full = subject + ("覆盖率" if covers else tail + "比例") if subject or tail else ""
    return Name(cap(full), cap(subject))
