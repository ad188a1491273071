"""The names of a unit's numbers, each from its own words, its list, its total, or the number before it.

全县蜂农873户,其中定地545户、转地328户      全县蜂农 · 定地蜂农 · 转地蜂农
每亩补助300元,每户最高2万元                 每亩补助 · 每户补助
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.figures import indicators, lists
from extractors.figures.cells import Cell, Clause, is_step
from extractors.figures.indicators import Name, as_rate, compose_part, is_empty, noun_of, tail_of, tidy, without_place

_PART = re.compile(r"^\s*(?:[,、])?(?:其中|包括|含|分别是|即)|(?:分布为|分布情况为|分为)[:]?")
_PART_LEAD = re.compile(r"^.*(?:分布为|分为|其中|包括|[:])")
_COMPARED = re.compile(r"(?:比|较)[^,]{1,12}$|同比|环比")
_MODIFIER = re.compile(r"^.{0,8}[级类型期档等市县区镇乡村省州园片批岁校]$")
_TURN = re.compile(r"[而但全缺总另新共]")
_BARE = re.compile(
    r"^(?:再|又|新|已|在|实际|计划|首年|当年|累计)*(?:落成|入库|建起|完工|落地|在建|拟建|增建|增设|扩建|建成|完成|新增|新建|改造|投用|投入使用|开工|竣工|落户|签约|开通|启用|完工|加装|补招|修缮|维修|实施|推进|培训|安排|落实)$"
)
_RELATIVE = re.compile(
    r"^(?:惠及|受益|覆盖|带动|参与|参加|涉及|辐射|服务|满意|容纳|占地|建筑面积|总?投资|日?均?处理|受理|办理|办件|其余)"
)
_NO_TOPIC = re.compile(
    r"^(?:[旺淡]季|每|单|平均|人均|户均|日均|年均)|(?:时限|时间|期限?|间隔|年龄|[率度例价额费量]|投资|面积)$"
)
_COMPARES = re.compile(r"^(?:同比|环比|比|较|高于|低于)|^(?:增长|提高|上升|下降|减少|降低|增加)$")
_HEAD_WORDS = re.compile(
    r"^[^、.]{0,3}[、.)）]|^[一二三四五六七八九十]{1,2}[是要]|关于|的?(?:建议|问题|提案|诉求|请求)|[。:：]"
)
_GENERIC_HEAD = re.compile(r"工作|打算|情况|安排|意见|措施|目标|任务|成效|建议$|计划$|如下|问题|^.{0,4}建设$")
_ATTRIBUTE = re.compile(r"(?<=[一-鿿]{2})(?:总?投资|总造价|概算|(?:占地|建筑|用地)?面积|全长|总长)$")
_COUNTERS = frozenset(("%", "元", "个", "个百分点", "倍"))
_LEADING_ACT = re.compile(
    r"^(?:累计|共|已|年均|全[市县区省州国镇乡]|[一-鿿]{0,3}?(?=新增|新建))*"
    r"(?:开工|实施|提升|发放|新增|新建|增设|建成|完成|改造|投放|开展|举办|培训|发展|建立|设立|配备|安装|受理|清理|组建|培育|引进|开通|盘活|招聘|修建|维修|更换)+(?=[一-鿿“]{2})"
)
_BEFORE_TOPIC = re.compile(
    r"^(?:每|单[个座家体项]|人均|[首第].批|(?:再|又|新|已|在|实际|计划|首年|当年|累计)*(?:建成|完成|新增|新建|在建|拟建|增建|改造|投用|开工|安排|补招|开通|推进)$)"
)
_DIGIT = re.compile(r"(?<=[一-鿿])\d+(?![\d年月日届])")
_HAS = re.compile(r"配备了?|设有|建有|配有|建立了?|开设了?|组建了?|安装了?|成立了?|建成了?")
_GROUND = re.compile(r"^\s*(?:为了?(?!民)|按照?|根据|依据|经(?!营|济|费)|受|因|由于|结合|围绕|对照|据|记者)")
_ACT = re.compile(
    r"设立|设置|建设|建立|建成|开通|印发|启用|举办|组织|开展|制定|出台|实施|推出|新建|打造|成立|推进|推行|发放|提供|购置|安装|完善|召开|上线|试行|启动|落实|组建|给予|列入"
)
_PEOPLE = frozenset(("人", "名", "位", "人次"))
_ACTION = (
    r"(?:新增|新建|改造|改扩建|扩建|建成|建设|培训|盘活|引进|培育|种植|修建|维修|发放|清理|创建|打造|配备|购置|招聘|"
    r"招录|布设|设置|设立|安装|更换|投放|优化|开通|举办|开展|组建|评选|认定|收集|化解|排查|整治|拆除|回收|处理|查处|办理)"
)
_VERB_FRONT = re.compile("^" + _ACTION)
_ACTS = re.compile(f"^(?:{_ACTION}|实现|完成|达到|带动|惠及|安排|投入|总|累计|吸纳|转移|提供|兑现|争取|现有|其中)")
_DAYS = frozenset(("天", "日", "个工作日", "工作日", "个月", "小时", "个小时", "周", "年", "分钟"))
_PERCENTS = ("percent", "fraction", "chengs", "all", "half")


@dataclass(frozen=True, slots=True)
class Named:
    """A cell with its name; `of` the position (in this unit's row) of its total, `head` the cell it takes after."""

    cell: Cell
    name: Name
    rule: str
    of: int | None = None
    head: int | None = None
    flags: tuple[str, ...] = ()
    when: str = ""


@dataclass(frozen=True, slots=True)
class Memory:
    """What stands before a unit: the numbers named in the same section, and the head it stands under."""

    earlier: tuple[Named, ...] = ()
    head: str = ""


def name_all(clauses: Sequence[Clause], cells: Sequence[Cell], before: Memory) -> list[Named]:
    """Every cell of a unit with its name, in order; what a number leaves unsaid is carried over from `before`."""
    named: list[Named] = []
    whole: int | None = None
    at = 0
    while at < len(cells):
        cell = cells[at]
        whole = _whole(clauses, cell, named, whole)
        if (row := _list_row(clauses, cells, at, named, before)) is not None:
            named += row
            at += len(row)
            continue
        named.append(_name(clauses, cell, named, whole, before))
        at += 1
    return named


def _whole(clauses: Sequence[Clause], cell: Cell, named: Sequence[Named], whole: int | None) -> int | None:
    """The position of the total that the cell's clause lists the parts of; None outside of such lists."""
    if not named:
        return None
    last = named[-1].cell
    if last.clause != cell.clause:
        words = clauses[cell.clause].words
        if _PART.search(words) or (cell.depth > last.depth):
            return _total(named, cell)
        if cell.depth < last.depth:
            return None
        if not cell.depth and not _MODIFIER.match(lead := tidy(cell.lead)) and (len(lead) > 4 or _TURN.match(lead)):
            return None
    return whole


def _total(named: Sequence[Named], cell: Cell) -> int:
    """The nearest number before with the same unit that isn't a part itself; else the last number."""
    for at in range(len(named) - 1, -1, -1):
        row = named[at]
        same = row.cell.measure.unit == cell.measure.unit and row.cell.measure.rule != "all"
        if same and row.of is None and not _COMPARED.search(row.cell.lead):
            return at
    return len(named) - 1


def _name(clauses: Sequence[Clause], cell: Cell, named: Sequence[Named], whole: int | None, before: Memory) -> Named:
    lead, tail = tidy(re.sub("分别|(?<=[^,])各$", "", cell.lead)), tail_of(cell.tail)
    last = named[-1] if named else None
    if last and is_step(cell.lead) and last.cell.clause == cell.clause:
        return Named(cell, last.name, "pair", head=len(named) - 1, of=last.of)
    if whole is not None and _is_part(cell, lead, named[whole]):
        return _part(cell, lead, tail, named, whole)
    if last and cell.joined and _is_sibling(cell, lead, last):
        return Named(cell, _sibling(lead, last.name), "ellipsis", of=last.of, head=len(named) - 1)
    if last and (full := _relabelled(cell, lead, tail, last)):
        return Named(cell, Name(full, full), "ellipsis", of=last.of, head=len(named) - 1)
    return _own(clauses, cell, lead, tail, named, before)


def _relabelled(cell: Cell, lead: str, tail: str, last: Named) -> str:
    """购房补贴按照博士30万元、硕士10万元: the second label takes the place of the first."""
    tied = cell.joined and last.cell.clause == cell.clause and last.cell.measure.unit == cell.measure.unit
    if (
        not tied
        or not 1 < len(lead) < 5
        or (tail and "标准" not in cell.tail[:6])
        or _ACTS.match(lead)
        or _RELATIVE.match(lead)
    ):
        return ""
    subject = re.sub(r"(?:按照?|为|是|[:])$", "", last.name.full[: -len(lead)])
    return subject + lead if len(subject) > 1 and not _VERB_FRONT.match(last.name.full) else ""


def _is_part(cell: Cell, lead: str, total: Named) -> bool:
    same = (cell.measure.unit == total.cell.measure.unit or cell.measure.unit is None) and "每" not in cell.lead
    if cell.measure.unit == "%" and lead.endswith(("率", "比", "度", "比例")):
        return False
    return same and len(_PART_LEAD.sub("", lead)) <= 16


def _part(cell: Cell, lead: str, tail: str, named: Sequence[Named], whole: int) -> Named:
    total = named[whole].name
    part = _PART_LEAD.sub("", lead)
    if not part and tail:
        full = tail if noun_of(tail) and not _starts_with_verb(tail) else total.noun + tail
    else:
        full = compose_part(part, total)
    if cell.measure.rule in _PERCENTS:
        full = as_rate(full, cell.measure.rule)
    return Named(cell, Name(full, full, total.year), "part", of=whole, head=whole)


def _starts_with_verb(tail: str) -> bool:
    found = indicators._VERB.match(tail)
    return bool(found)


def _is_sibling(cell: Cell, lead: str, last: Named) -> bool:
    return cell.measure.unit == last.cell.measure.unit and (not lead or bool(_MODIFIER.match(lead))) and not cell.tail


def _sibling(lead: str, name: Name) -> Name:
    if not lead:
        return name
    full = compose_part(lead, Name(name.full, name.full))
    return replace(name, full=full, noun=full)


def _own(clauses: Sequence[Clause], cell: Cell, lead: str, tail: str, named: Sequence[Named], before: Memory) -> Named:
    """A number named by its clause, with its topic in front where the clause names too little."""
    percent = cell.measure.rule in _PERCENTS or cell.measure.unit == "%"
    bare = lead + tail
    at = len(named) - 1 if named and cell.joined else None
    if cell.measure.rule == "all":
        topic = "" if lead else _topic(clauses, cell, lead, named, before)[0]
        return Named(cell, _of_all(cell, lead or topic, tail), "all")
    if verb := _shared_verb(cell, lead, tail, named):
        full = verb + lead
        return Named(cell, Name(_cap(full), _cap(full)), "own", head=at)
    if percent and lead.startswith("占"):
        bare = _topic(clauses, cell, lead, named, before)[0] + bare
    elif cell.measure.unit in _DAYS and cell.tail.startswith("内") and tail:
        return Named(cell, _time_limit(clauses, cell, lead, tail), "own")
    elif tail and not is_empty(bare) and not _needs_topic(bare):
        full = as_rate(_share_last(bare), cell.measure.rule) if percent else bare
        noun = re.sub("比例$", "", full) if percent else noun_of(tail)
        told = Name(_cap(full), _cap(noun or full), object="" if percent else _object_of(tail))
        return Named(cell, told, "own", head=at)
    elif is_empty(lead) or _BARE.match(lead) or _needs_topic(bare):
        topic, head = _topic(clauses, cell, lead, named, before)
        full = _joined_to(topic, lead) + tail
        full = as_rate(full, cell.measure.rule) if percent else full
        return Named(cell, Name(_cap(full), _cap(full)), "carried", head=head)
    full = as_rate(_share_last(bare), cell.measure.rule) if percent else bare
    return Named(cell, Name(_cap(full), _cap(re.sub("比例$", "", full))), "own", head=at)


def _shared_verb(cell: Cell, lead: str, tail: str, named: Sequence[Named]) -> str:
    """盘活 of 盘活农房47院、校舍2所: the verb in front of the first noun is that of the second."""
    if not (cell.joined and lead and named) or tail or cell.measure.unit == "%" or named[-1].cell.clause != cell.clause:
        return ""
    if (cell.measure.unit in _PEOPLE) != (named[-1].cell.measure.unit in _PEOPLE):
        return ""
    found = _VERB_FRONT.match(named[-1].name.full)
    return found[0] if found and not _ACTS.match(lead) and not _RELATIVE.match(lead) else ""


def _object_of(tail: str) -> str:
    """保安 of 学校均已配备保安."""
    found = _HAS.split(tail, 1)
    return found[1] if len(found) > 1 and len(found[1]) > 1 else ""


def _time_limit(clauses: Sequence[Clause], cell: Cell, lead: str, tail: str) -> Name:
    """接到举报的,应当在2个工作日内到场 -> 接到举报到场时限."""
    act = re.split(r"[并、]", tail)[0]
    topic = next((found for clause in reversed(clauses[: cell.clause]) if (found := _stated(clause))), "")
    subject = re.sub(r"应当?|须|要|需", "", lead) or re.sub(r"[的后]+$", "", topic)
    full = subject + act + ("" if act.endswith(("时限", "期限")) else "时限")
    return Name(_cap(full), _cap(full))


def _share_last(words: str) -> str:
    """女职工仅占全体 -> 女职工占全体."""
    if found := re.match(r"^(.{2,}?(?:比例|占比|率))(?:不[高低多少超][于过]?|占|控制在)", words):
        return found[1]
    return re.sub(r"^(.+?)(?:仅|只|约|还)+占的?(.*)$", r"\1占\2", words)


def _of_all(cell: Cell, subject: str, tail: str) -> Name:
    """全部, 一律, 全覆盖: the share of those that it holds for."""
    covers = cell.text.endswith("覆盖")
    full = subject + ("覆盖率" if covers else tail + "比例") if subject or tail else ""
    return Name(_cap(full), _cap(subject))


def _needs_topic(name: str) -> bool:
    """客房, 票价, 完成率, 惠及居民 say too little out of context."""
    return len(name) <= 3 or (len(name) <= 6 and bool(_RELATIVE.match(name)))


def _topic(
    clauses: Sequence[Clause], cell: Cell, lead: str, named: Sequence[Named], before: Memory
) -> tuple[str, int | None]:
    """What the number is about when its own words don't say: a number of the same unit, the clause in front, the head."""
    unit = cell.measure.unit
    if _COMPARES.match(lead) and named:
        at = next((i for i in range(len(named) - 1, -1, -1) if not _COMPARED.search(named[i].cell.lead)), 0)
        return _core(named[at].name.noun), at
    if named and not lead and named[-1].cell.clause == cell.clause:
        return named[-1].name.noun, len(named) - 1
    near = _stated(clauses[cell.clause - 1]) if cell.clause else ""
    if "每" in cell.lead:
        if cell.joined and named:
            return named[-1].name.noun, None
        if near:
            return near, None
    if not lead or unit not in _COUNTERS:
        for at in range(len(named) - 1, -1, -1):
            row = named[at]
            if row.cell.measure.unit == unit and row.of is None and not _COMPARED.search(row.cell.lead):
                return (_core(row.name.noun) if lead else row.name.noun), at
    if not lead and named and named[-1].name.object:
        return named[-1].name.object, None
    return near or _farther_topic(clauses, cell, lead, named, before), None


def _farther_topic(clauses: Sequence[Clause], cell: Cell, lead: str, named: Sequence[Named], before: Memory) -> str:
    """A topic from the numbers in front, earlier clauses, earlier units, the head, or the clause behind."""
    for row in reversed(named):
        if row.rule == "carried" or _COMPARED.search(row.cell.lead):
            continue
        noun = _ATTRIBUTE.sub("", row.name.noun)
        if len(noun) > 1 and (not lead or not _NO_TOPIC.search(noun)):
            return _core(noun)
    for clause in reversed(clauses[: cell.clause]):
        if found := _stated(clause):
            return found
    unit = cell.measure.unit
    for row in reversed(before.earlier):
        same_rate = lead.startswith("每") and row.name.full.startswith(lead)
        if row.cell.measure.unit == unit and (unit not in ("%", "元") or same_rate):
            return row.name.noun
    head = _HEAD_WORDS.sub("", before.head)
    if not _GENERIC_HEAD.search(head) and (found := _object(head)):
        return found
    ahead = clauses[cell.clause + 1 : cell.clause + 2] if not lead or _BARE.match(lead) else ()
    return _stated(ahead[0]) if ahead else ""


def _core(noun: str) -> str:
    """The thing without place and verb: 全市累计新建充电桩 -> 充电桩."""
    noun = without_place(noun)
    return _LEADING_ACT.sub("", noun) or noun


def _stated(clause: Clause) -> str:
    """The thing that a clause without numbers speaks of; a purpose or a ground names nothing."""
    if clause.measures or _GROUND.match(clause.words) or _DIGIT.search(clause.words):
        return ""
    found = _object(clause.words)
    return found if len(found) > 1 else ""


def _object(words: str) -> str:
    """The thing that a clause speaks of: 在政务大厅设立开办窗口 -> 开办窗口."""
    words = tidy(words)
    if found := _ACT.split(words)[-1]:
        words = found if 2 < len(found) else words
    return words[-12:] if len(words) > 12 else words


def _joined_to(topic: str, lead: str) -> str:
    """总数 after 展柜 -> 展柜总数; 每户 before 补助 -> 每户补助; nothing -> the topic itself."""
    if not lead or lead in topic:
        return topic
    if _BEFORE_TOPIC.match(lead):
        return lead + re.sub(r"^每.{1,2}(?:每年)?", "", topic)
    return topic + lead


def _cap(name: str) -> str:
    """A long name without its beginning, cut where a new phrase starts; the end of a name says what is counted."""
    if len(name) <= 22:
        return name
    for found in re.finditer(r"(?:对|将|为|在|由|的|中|向|与|和|、)", name):
        if 8 <= len(name) - found.end() <= 20:
            return name[found.end() :]
    return name[-20:]


def _list_row(
    clauses: Sequence[Clause], cells: Sequence[Cell], at: int, named: Sequence[Named], before: Memory
) -> list[Named] | None:
    """The numbers of a 分别 list, each with its member's name; None where there is no such list."""
    cell = cells[at]
    if labelled := _labelled(cells, at, len(named)):
        return labelled
    run = _run(cells, at)
    said = "分别" in cell.lead or "分别" in clauses[cell.clause].words[: len(cell.opening)]
    flat = [index for index in run if cells[index].depth == cell.depth]
    if len(flat) < 2 or (not said and "按" not in cell.lead and "为" not in cell.lead):
        return None
    members = lists.respective(clauses, cell.clause, len(flat))
    own = tidy(cell.lead.split("分别")[-1])
    if per_unit := re.search(r"每[^,、分]{1,4}(?=分别)", cell.lead):
        own = per_unit[0] + own
    tail = _tail_behind(clauses, cells, run)
    if members is None:
        return _unmatched(cells, run, flat, named, own, tail, cell) if said else None
    return _matched(clauses, cells, run, members, own, tail, named, before)


def _labelled(cells: Sequence[Cell], at: int, base: int) -> list[Named] | None:
    """各地打捞船分别达到甲县12艘、乙县10艘: every number brings its own member, 分别 only announces the list."""
    cell = cells[at]
    subject, said, first = cell.lead.partition("分别")
    first = re.sub(r"^(?:达到?|为|是|有|新增|完成|建成)+", "", tidy(first))
    if not said or not first or _BARE.match(first):
        return None
    rest = at + 1
    while rest < len(cells) and cells[rest].joined and tidy(cells[rest].lead) and cells[rest].clause == cell.clause:
        rest += 1
    if rest == at + 1:
        return None
    whole = Name(tidy(subject), tidy(subject))
    parts = [first, *(tidy(one.lead) for one in cells[at + 1 : rest])]
    row: list[Named] = []
    for one, part in zip(cells[at:rest], parts, strict=True):
        full = compose_part(part, whole)
        row.append(
            Named(replace(one, lead=cell.lead), Name(full, whole.full), "respective", head=base if row else None)
        )
    return row


def _run(cells: Sequence[Cell], at: int) -> list[int]:
    """The cells of one row from `at` on: bare numbers tied by 、, with bracketed alternatives between them."""
    run = [at]
    base = cells[at].depth
    for index in range(at + 1, len(cells)):
        cell = cells[index]
        lead = cell.lead.strip()
        if (cell.depth > base and not lead) or (
            cell.depth == base
            and (
                (cell.joined and cell.clause == cells[run[-1]].clause and tidy(lead) == "")
                or (cells[run[-1]].depth > base and lead in ("、", "和", "及"))
            )
        ):
            run.append(index)
        else:
            break
    return run


def _tail_behind(clauses: Sequence[Clause], cells: Sequence[Cell], run: Sequence[int]) -> str:
    last = cells[run[-1]]
    after = tail_of(last.tail)
    if not after and last.depth and last.clause + 1 < len(clauses):
        after = tail_of(clauses[last.clause + 1].words)
    return after


def _matched(
    clauses: Sequence[Clause],
    cells: Sequence[Cell],
    run: Sequence[int],
    members: lists.Members,
    own: str,
    tail: str,
    named: Sequence[Named],
    before: Memory,
) -> list[Named]:
    row: list[Named] = []
    cell, position = cells[run[0]], -1
    alternatives = any(cells[index].depth > cell.depth for index in run)
    subject = tidy(cell.lead.replace("分别", ""))
    if members.years and (is_empty(subject) or _BARE.match(subject)):
        subject = _joined_to(_topic(clauses, cell, subject, named, before)[0], subject) + tail
    for index in run:
        inner = cells[index].depth > cell.depth
        position += not inner
        if members.years:
            row.append(_told_by(cells[index], cell, subject, tail, "respective_years", members.names[position]))
            continue
        full = members.names[position] + own + tail
        full = lists.bracketed(full)[inner] if alternatives else full
        row.append(_told_by(cells[index], cell, full, tail, "respective"))
    return row


def _told_by(cell: Cell, first: Cell, full: str, tail: str, rule: str, when: str = "") -> Named:
    """A member of a list: it stands in the words of the list's first number, and has the words behind the last."""
    if cell.measure.rule in _PERCENTS or cell.measure.unit == "%":
        full = as_rate(full, cell.measure.rule)
    told = replace(cell, lead=first.lead, opening=first.opening, tail=tail)
    return Named(told, Name(_cap(full), _cap(full)), rule, when=when)


def _unmatched(
    cells: Sequence[Cell],
    run: Sequence[int],
    flat: Sequence[int],
    named: Sequence[Named],
    own: str,
    tail: str,
    cell: Cell,
) -> list[Named]:
    """分别 that speaks of the numbers before (接待3万人、收入2亿元,分别增长5%、7%), or a list that doesn't add up."""
    heads = [row for row in named if row.cell.clause < cell.clause][-len(flat) :]
    if len(heads) == len(flat) and len(run) == len(flat) and heads[0].cell.clause >= cell.clause - 1:
        first = len(named) - len(flat)
        return [
            replace(
                _told_by(cells[index], cell, head_row.name.noun + own + tail, tail, "respective_before"),
                head=first + at,
            )
            for at, (index, head_row) in enumerate(zip(run, heads, strict=True))
        ]
    full = own + tail
    return [replace(_told_by(cells[index], cell, full, tail, "respective"), flags=("unequal_list",)) for index in run]
