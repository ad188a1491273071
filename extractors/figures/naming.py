"""The names of a unit's numbers, each from its own words, its list, its total, or the number before it.

全县蜂农873户,其中定地545户、转地328户      全县蜂农 · 定地蜂农 · 转地蜂农
每亩补助300元,每户最高2万元                 每亩补助 · 每户补助
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.figures import indicators, lists
from extractors.figures.cells import Cell, Clause
from extractors.figures.indicators import Name, as_rate, compose_part, is_empty, noun_of, tail_of, tidy

_PART = re.compile(r"^\s*(?:[,、])?(?:其中|包括|含|分别是|即)|(?:分布为|分布情况为|分为)[:]?")
_PART_LEAD = re.compile(r"^.*(?:分布为|分为|其中|包括|[:])")
_TO = re.compile(
    r"^(?:左右)?(?:/[^,]{1,3})?(?:统一|逐步|一次性|再|均)?(?:提[高升]|增加|增长|扩大|发展|上升|上调|下调|调整|压缩|压减|缩短|精简|减少|降低|下降|核减|缩减|增|降|减|升|扩|调)[至到为](?:最高|每.年?|每.每.)?$"
)
_MODIFIER = re.compile(r"^.{0,8}[级类型期档等市县区镇乡村省州园片批岁校]$")
_BARE = re.compile(
    r"^(?:再|又|新|已|在)?(?:在建|建成|完成|新增|新建|改造|投用|投入使用|开工|竣工|落户|签约|开通|启用|完工|加装|补招|修缮|维修|实施|推进|培训|安排|落实)$"
)
_VERB_FRONT = re.compile(
    r"^(?:新增|新建|改造|建成|培训|盘活|安排|引进|培育|种植|修建|维修|完成|发放|清理|创建|打造|配备)"
)
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


def name_all(clauses: Sequence[Clause], cells: Sequence[Cell], before: Named | None) -> list[Named]:
    """Every cell with its name, in order; `before` is the last number of the unit in front, for what is carried over."""
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
        named.append(_name(cell, named, whole, before))
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
    return whole


def _total(named: Sequence[Named], cell: Cell) -> int:
    """The nearest number before with the same unit that isn't a part itself; else the last number."""
    for at in range(len(named) - 1, -1, -1):
        if named[at].cell.measure.unit == cell.measure.unit and named[at].of is None:
            return at
    return len(named) - 1


def _name(cell: Cell, named: Sequence[Named], whole: int | None, before: Named | None) -> Named:
    lead, tail = tidy(re.sub("分别|[^,]各$", "", cell.lead)), tail_of(cell.tail)
    last = named[-1] if named else before
    if last and named and _TO.match(cell.lead.strip()) and last.cell.clause == cell.clause:
        return Named(cell, last.name, "pair", head=len(named) - 1, of=last.of)
    if cell.measure.rule == "all":
        return _all(cell, lead, tail, last)
    if whole is not None and _is_part(cell, lead, named[whole]):
        return _part(cell, lead, tail, named, whole)
    if named and cell.joined and _is_sibling(cell, lead, named[-1]):
        of = named[-1].of
        return Named(cell, _sibling(lead, named[-1].name), "ellipsis", of=of, head=len(named) - 1)
    return _own(cell, lead, tail, last, len(named) - 1 if named else None)


def _is_part(cell: Cell, lead: str, total: Named) -> bool:
    same = cell.measure.unit == total.cell.measure.unit or cell.measure.unit is None
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


def _all(cell: Cell, lead: str, tail: str, last: Named | None) -> Named:
    """全部, 一律, 全覆盖: the share of those that it holds for."""
    word = "覆盖率" if cell.text.endswith("覆盖") else "比例"
    subject = lead or (last.name.noun if last else "")
    full = subject + (tail if word == "比例" else "") + word if subject or tail else ""
    return Named(cell, Name(full, subject), "all")


def _own(cell: Cell, lead: str, tail: str, last: Named | None, at: int | None) -> Named:
    percent = cell.measure.rule in _PERCENTS or cell.measure.unit == "%"
    rule, noun = "own", ""
    if tail and not is_empty(lead + tail):
        noun = noun_of(tail) if not percent else lead
        full = lead + tail
    elif lead.startswith("占") and percent:
        full = (last.name.noun if last else "") + lead
    elif is_empty(lead) or _BARE.match(lead):
        full, rule = _carried(lead, tail, last), "carried"
    else:
        full = lead
    if percent:
        full = as_rate(re.sub(r"^(.+?)(仅?约?占)的?(.*)$", r"\1占\3", full), cell.measure.rule)
    noun = noun or full
    return Named(cell, Name(_cap(full), _cap(noun)), rule, head=at if rule == "carried" else None)


def _carried(lead: str, tail: str, last: Named | None) -> str:
    """总数 -> 展柜总数; 每户 -> 每户补助; nothing -> the same thing as the number before."""
    if last is None:
        return lead + tail
    noun = last.name.noun
    if not lead:
        return noun + tail
    if re.match(r"^(?:每|单[个座家体项]|人均|[首第].批|建成|完成|新增|新建|在建|改造|投用|开工|安排)", lead):
        return lead + re.sub(r"^每.{1,2}(?:每年)?", "", noun) + tail
    if lead in noun:
        return noun + tail
    return noun + lead + tail


def _cap(name: str) -> str:
    """A long name without its beginning, cut where a new phrase starts; the end of a name says what is counted."""
    if len(name) <= 22:
        return name
    for found in re.finditer(r"(?:对|将|为|在|由|的|中|向|与|和|、)", name):
        if 8 <= len(name) - found.end() <= 20:
            return name[found.end() :]
    return name[-20:]


def _list_row(
    clauses: Sequence[Clause], cells: Sequence[Cell], at: int, named: Sequence[Named], before: Named | None
) -> list[Named] | None:
    """The numbers of a 分别 list, each with its member's name; None where there is no such list."""
    cell = cells[at]
    run = _run(cells, at)
    said = "分别" in cell.lead or "分别" in clauses[cell.clause].words[: len(cell.opening)]
    flat = [index for index in run if cells[index].depth == cell.depth]
    if len(flat) < 2 or (not said and "按" not in cell.lead and "为" not in cell.lead):
        return None
    members = lists.respective(clauses, cell.clause, len(flat))
    own = tidy(cell.lead.split("分别")[-1])
    tail = _tail_behind(clauses, cells, run)
    if members is None:
        return _unmatched(cells, run, flat, named, own, tail, cell) if said else None
    return _matched(cells, run, members, own, tail, cell, named[-1] if named else before)


def _run(cells: Sequence[Cell], at: int) -> list[int]:
    """The cells of one row from `at` on: bare numbers tied by 、, with bracketed alternatives between them."""
    run = [at]
    base = cells[at].depth
    for index in range(at + 1, len(cells)):
        cell = cells[index]
        lead = cell.lead.strip()
        if (cell.depth > base and not lead) or (cell.depth == base and (
            (cell.joined and cell.clause == cells[run[-1]].clause and tidy(lead) == "")
            or (cells[run[-1]].depth > base and lead in ("、", "和", "及"))
        )):
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
    cells: Sequence[Cell],
    run: Sequence[int],
    members: lists.Members,
    own: str,
    tail: str,
    cell: Cell,
    last: Named | None,
) -> list[Named]:
    row: list[Named] = []
    position = -1
    percent = cell.measure.rule in _PERCENTS or cell.measure.unit == "%"
    for index in run:
        inner = cells[index].depth > cell.depth
        position += not inner
        if members.years:
            subject = tidy(cell.lead.replace("分别", ""))
            if is_empty(subject) or _BARE.match(subject):
                subject = _carried(subject, tail, last)
            when = members.names[position]
            row.append(Named(cells[index], Name(subject, subject), "respective_years", when=when))
            continue
        full = members.names[position] + own + tail
        full = lists.bracketed(full)[inner] if any(cells[i].depth > cell.depth for i in run) else full
        full = as_rate(full, cell.measure.rule) if percent else full
        row.append(Named(cells[index], Name(_cap(full), _cap(full)), "respective"))
    return row


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
        percent = cell.measure.unit == "%"
        names = [row.name.noun + own + tail for row in heads]
        names = [as_rate(name, cell.measure.rule) if percent else name for name in names]
        return [
            Named(cells[index], Name(name, name), "respective_before", head=first + at)
            for at, (index, name) in enumerate(zip(run, names, strict=True))
        ]
    full = own + tail
    return [Named(cells[index], Name(full, full), "respective", flags=("unequal_list",)) for index in run]
