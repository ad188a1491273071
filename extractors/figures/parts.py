"""Which numbers are parts of a total or stand in a row with the one before, and how they are named after it.

全县蜂农873户,其中定地545户、转地328户      定地蜂农 and 转地蜂农 are parts of 全县蜂农
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.figures.cells import Cell, Clause
from extractors.figures.compared import COMPARED
from extractors.figures.indicators import NOUN_END, TIME, Name, as_rate, compose_part, noun_of, tidy, without_place
from extractors.figures.named import Named, is_share
from extractors.figures.topics import BARE, STATE_FRONT, WHOSE
from extractors.lexicon import alternation, words_of

ACTION = alternation(words_of("naming", "action"))
VERB_FRONT = re.compile("^" + ACTION)
_VERBS_LISTED = re.compile(f"{ACTION}(?:[、和及]{ACTION})+")
_PART = re.compile(r"^\s*(?:[,、])?(?:其中|包括|含|分别是|即)|(?:分布为|分布情况为|分为)[:]?")
_PART_LEAD = re.compile(r"^.*(?:分布为|分为|其中|包括|包含|[:])|^包$|^含(?=[一-鿿]{2})")
_MODIFIER = re.compile(r"^.{0,8}[级类型期档等市县区镇乡村省州园片批岁校]$")
_ASIDE = re.compile(r"\([^()]*\)$")
_SETTLED = "村镇乡县区园校"  # 整治村12个、示范村5个: two kinds of villages
_FUND = re.compile(r"(?:资金|经费|配套|贷款|补助|债券|自筹)$")
_FOR_ONE = re.compile("每|单[个项户笔家]")
_OF_EACH = re.compile("每|[人户亩]均")
_TASKED = re.compile(r"(?:任务|目标|计划)[数量]?$")
_TURN = re.compile(r"[而但全缺总另新共]")
# 到2027年改造总量达到25万口: behind parts, the next total. Size says nothing: a part over its total is a slip.
_TOTAL = re.compile(r"总[量数额]|累计|[到至](?:20\d\d年|“?十[四五六]五)")


def whole_of(clauses: Sequence[Clause], cell: Cell, named: Sequence[Named], whole: int | None) -> int | None:
    """The position of the total that the cell's clause lists the parts of; None outside of such lists."""
    if not named:
        return None
    if (head := _parts_under(clauses, cell)) and (above := [row for row in named if row.cell.clause < head]):
        return _total(above, cell)
    last = named[-1].cell
    if last.clause != cell.clause:
        words = clauses[cell.clause].words
        if _PART.search(words) or (cell.depth > last.depth):
            return _total(named, cell)
        if cell.depth < last.depth:
            return None
        if TIME.search(cell.lead) and not TIME.search(last.lead):
            return None
        if not cell.depth and not _MODIFIER.match(lead := tidy(cell.lead)) and (len(lead) > 4 or _TURN.match(lead)):
            return None
    return whole


def _parts_under(clauses: Sequence[Clause], cell: Cell) -> int:
    """The clause 其中: above the parts that a cell is one of, where nothing but parts stands between; else 0."""
    for at in range(cell.clause - 1, 0, -1):
        if not clauses[at].measures:
            return at if clauses[at].depth == cell.depth and clauses[at].words.strip() == "其中" else 0
    return 0


def _total(named: Sequence[Named], cell: Cell) -> int:
    """The nearest number before with the same unit that isn't a part itself; else the last number."""
    for at in range(len(named) - 1, -1, -1):
        row = named[at]
        same = row.cell.measure.unit == cell.measure.unit and row.cell.measure.rule != "all"
        each = _OF_EACH.match(row.name.full) and not _OF_EACH.match(cell.lead)  # 每万人持证社工12.8人,其中高级18人
        if (
            same
            and row.of is None
            and not each
            and not COMPARED.search(row.cell.lead)
            and not _TASKED.search(row.cell.lead)
        ):
            return at
    return len(named) - 1


def is_part(cell: Cell, lead: str, total: Named) -> bool:
    same = (cell.measure.unit == total.cell.measure.unit or cell.measure.unit is None) and not _FOR_ONE.search(
        cell.lead
    )
    if cell.measure.unit == "%" and lead.endswith(("率", "比", "度", "比例")):
        return False
    if same and _TOTAL.search(cell.opening) and not is_share(total.cell):
        return False
    return same and len(_PART_LEAD.sub("", lead)) <= 16


def part_of(cell: Cell, lead: str, tail: str, named: Sequence[Named], whole: int) -> Named:
    if is_share(cell) and "占" in cell.lead:
        whole = next((at for at in range(len(named) - 1, -1, -1) if not is_share(named[at].cell)), whole)
    total = named[whole].name
    part = _PART_LEAD.sub("", lead)
    bare = without_place(total.noun)
    if (listed := _VERBS_LISTED.match(bare)) and part in re.split("[、和及]", listed[0]):
        full = part + bare[listed.end() :]  # 新建、改扩建幼儿园56所,其中新建22所
        return Named(cell, Name(full, full, total.year), "part", of=whole, head=whole)
    if not part and tail:
        full = tail if noun_of(tail) and not _starts_with_verb(tail) else total.noun + tail
    elif len(part) > 3 and (_FUND.search(part) or (len(part) > 6 and VERB_FRONT.match(part))):
        full = part
    else:
        full = compose_part(part, total)
    if is_share(cell):
        full = as_rate(full, cell.measure.rule)
    return Named(cell, Name(full, full, total.year), "part", of=whole, head=whole)


def _starts_with_verb(tail: str) -> bool:
    found = NOUN_END.match(tail)
    return bool(found)


def is_sibling(cell: Cell, lead: str, last: Named) -> bool:
    return (
        cell.measure.unit == last.cell.measure.unit
        and (not lead or (bool(_MODIFIER.match(lead)) and not (len(lead) > 4 and VERB_FRONT.match(lead))))
        and (not cell.tail or (not lead and cell.tail.startswith("的") and not last.cell.tail.startswith("的")))
        and not (len(lead) > 2 and lead[-1] in _SETTLED and _ASIDE.sub("", last.name.full)[-1:] in _SETTLED)
    )


def sibling_of(lead: str, name: Name) -> Name:
    if not lead:
        return name
    if BARE.match(lead) and (state := STATE_FRONT.match(name.full)):
        full = lead + name.full[state.end() :]  # 开工72公里、完工31公里
        return name._replace(full=full, noun=full)
    whole = name.noun if name.noun != name.full and name.full.endswith(name.noun) else name.full
    full = compose_part(lead, Name(whole, whole))
    return name._replace(full=full, noun=whole if WHOSE.search(lead) and full.endswith(whole) else full)
