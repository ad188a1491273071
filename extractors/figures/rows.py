"""The numbers of a list, each with its member's name: 分别 lists, labelled lists, numbers told of those before."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.figures import lists
from extractors.figures.cells import Cell, Clause, is_step
from extractors.figures.compared import COMPARED, core_of
from extractors.figures.indicators import TIME, Name, as_rate, cap, compose_part, is_empty, tail_of, tidy, without_place
from extractors.figures.joining import joined_to
from extractors.figures.named import Memory, Named, is_share
from extractors.figures.stated import what_moves
from extractors.figures.topics import BARE, topic_of

_PER_UNIT = re.compile(r"每[^,、分]{1,4}(?=分别)")
_MEASURED = re.compile(r"(?:率|面积|产量|收入|产值|人数|比例|比重|投资|价格|能力|量|额|度|增长)$")
_EACH_YEAR = re.compile("^各(?![级类地县市区州旗乡镇村社校院项家种个界部单处所学])")  # 去年、今年各选派22名、20名
_GROWTH = re.compile("^(?:同比|环比)?(?:增长|提高|提升|上升|下降|减少|降低|增加)$")
_MOVED = re.compile("(?:增长|提高|提升|上升|下降|减少|降低|增加)$")
_MOVES_SO = re.compile(
    "(?:同比|环比|[比较](?:上年|去年|上月|20..年)[^,]{0,4})?(?:增长|提高|提升|上升|下降|减少|降低|增加)$"
)
_HIGHER = re.compile("[高低快慢多少]出?")
_COMPARED_WITH = re.compile("^.*?(?:[比较]|[和与及、]+)(?=[一-鿿])")
_RATES = re.compile(r"^(?!.*率).*$")  # only a rate goes with the numbers before: 覆盖率分别达到…
_LABEL_VERB = re.compile(r"^(?:达到?|为|是|有|新增|完成|建成)+")


def list_row(
    clauses: Sequence[Clause], cells: Sequence[Cell], at: int, named: Sequence[Named], before: Memory
) -> list[Named] | None:
    """The numbers of a 分别 list, each with its member's name; None where there is no such list."""
    cell = cells[at]
    if labelled := _labelled(clauses, cells, at, named, before):
        return labelled
    run = _run(cells, at)
    said = "分别" in cell.lead or "分别" in clauses[cell.clause].words[: len(cell.opening)]
    flat = [index for index in run if cells[index].depth == cell.depth]
    ranked = lists.ranked(clauses[cell.clause - 1].words, len(flat)) if len(flat) > 1 and cell.clause else None
    if ranked is not None and (own := tidy(cell.lead)) and not clauses[cell.clause - 1].measures:
        return _matched(clauses, cells, run, ranked, own, "", named, before)
    years = lists.years_listed(cell.opening, len(flat)) or _years_before(cell, named, len(flat))
    if not said and len(flat) > 1 and years:
        return _matched(clauses, cells, run, years, "", "", named, before)
    if len(flat) < 2 or (not said and "按" not in cell.lead and "为" not in cell.lead):
        return None
    if stepped := _steps(cells, run, named):
        return stepped
    members = lists.respective(clauses, cell.clause, len(flat))
    own = tidy(cell.lead.split("分别")[-1])
    if members is not None and not own and cell.lead != cell.opening:
        own = tidy(
            cell.lead.split("分别")[0]
        )  # 餐具、管材、包装三类产品占有率分别为…: what stands behind the sum of them
    if per_unit := _PER_UNIT.search(cell.lead):
        own = per_unit[0] + own
    tail = _tail_behind(clauses, cells, run)
    if members is None:
        return _unmatched(clauses, cells, run, flat, named, own, tail, cell, before) if said else None
    return _matched(clauses, cells, run, members, own, tail, named, before)


def _labelled(
    clauses: Sequence[Clause], cells: Sequence[Cell], at: int, named: Sequence[Named], before: Memory
) -> list[Named] | None:
    """各地打捞船分别达到甲县12艘、乙县10艘: every number brings its own member, 分别 only announces the list.

    首次获评的茶园,分别给予国家级9万元、省级4万元的奖励: what is listed stands in front of and behind the list.
    """
    cell = cells[at]
    subject, said, first = cell.lead.partition("分别")
    first = _LABEL_VERB.sub("", tidy(first))
    if not said or not first or BARE.match(first) or _MOVES_SO.match(first):
        return None
    rest = at + 1
    while rest < len(cells) and cells[rest].joined and tidy(cells[rest].lead) and cells[rest].clause == cell.clause:
        rest += 1
    if rest == at + 1:
        return None
    subject = tidy(subject)
    if len(subject) < 2 and (behind := tail_of(cells[rest - 1].tail)):
        subject = joined_to(topic_of(clauses, cell, "", named, before)[0], behind)
    whole = Name(subject, subject)
    parts = [first, *(tidy(one.lead) for one in cells[at + 1 : rest])]
    row: list[Named] = []
    for one, part in zip(cells[at:rest], parts, strict=True):
        full = compose_part(part, whole)
        row.append(
            Named(one._replace(lead=cell.lead), Name(full, whole.full), "respective", head=len(named) if row else None)
        )
    return row


def _years_before(cell: Cell, named: Sequence[Named], count: int) -> lists.Members | None:
    """2026年、2027年分别改造60公里、75公里,|新增面积3万平方米、4万平方米: the years of the list in front go on."""
    rows = named[-count:]
    goes_on = len(rows) == count and all(
        row.rule == "respective_years" and row.cell.clause == cell.clause - 1 for row in rows
    )
    if not goes_on or TIME.search(cell.opening):
        return None
    return lists.Members(tuple(row.when for row in rows), years=True)


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
                (cell.joined and cell.clause == cells[run[-1]].clause and (tidy(lead) == "" or _turns(cells[at], lead)))
                or (cells[run[-1]].depth > base and lead in ("、", "和", "及"))
            )
        ):
            run.append(index)
        else:
            break
    return run


def _turns(first: Cell, lead: str) -> bool:
    """存栏8.6万头、出栏5.1万头,分别下降2.1%和增长0.4%: each of the two moves in a way of its own."""
    return bool(_GROWTH.match(lead) and "分别" in first.lead and _MOVED.search(first.lead))


def _steps(cells: Sequence[Cell], run: Sequence[int], named: Sequence[Named]) -> list[Named]:
    """城乡标准分别由752元、550元|提高到868元和651元: the new levels take the names of the old ones, in turn."""
    first, old = cells[run[0]], named[-len(run) :]
    if not is_step(first.lead) or len(old) < len(run) or any(row.cell.clause != first.clause for row in old):
        return []
    at = len(named) - len(run)
    pairs = enumerate(zip(run, old, strict=True))
    return [Named(cells[now], row.name, "respective_before", head=at + n) for n, (now, row) in pairs]


def _tail_behind(clauses: Sequence[Clause], cells: Sequence[Cell], run: Sequence[int]) -> str:
    last = cells[run[-1]]
    after = tail_of(last.tail)
    inside = cells[run[0]].depth == last.depth  # 两镇任务最重(分别为210座、180座),…: the list ends with its brackets
    behind = clauses[last.clause + 1].start if last.clause + 1 < len(clauses) else 0
    if not after and last.depth and behind and not (inside and behind > clauses[last.clause].end + 1):
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
    told = _MEASURED.search(members.names[-1])
    if not members.years and not told and is_empty(own + tail) and (topic := _of_total(cell, named)):
        own = topic
    if members.years and (is_empty(subject) or BARE.match(subject)):
        subject = joined_to(topic_of(clauses, cell, subject, named, before)[0], subject) + tail
    subject = _EACH_YEAR.sub("", subject.replace("、、", "")) if members.years else subject
    topic = core_of(named[-1].name.noun) if named and members.names[0][0] in "比较" and not members.years else ""
    for index in run:
        inner = cells[index].depth > cell.depth
        position += not inner
        if members.years:
            row.append(_told_by(cells[index], cell, subject, tail, "respective_years", members.names[position]))
            continue
        full = topic + members.names[position] + own + tail
        full = lists.bracketed(full)[inner] if alternatives else full
        row.append(_told_by(cells[index], cell, full, tail, "respective"))
    return row


def _of_total(cell: Cell, named: Sequence[Named]) -> str:
    """What a list of parts divides: (近视率46.8%,)其中小学、初中分别为31%、63% are rates of the total's kind."""
    for row in reversed(named):
        if row.cell.measure.unit == cell.measure.unit and row.of is None and not COMPARED.search(row.cell.lead):
            return without_place(row.name.noun).removeprefix("总体").removeprefix("总")
    return ""


def _told_by(cell: Cell, first: Cell, full: str, tail: str, rule: str, when: str = "") -> Named:
    """A member of a list: it stands in the words of the list's first number, and has the words behind the last."""
    if is_share(cell):
        full = as_rate(full, cell.measure.rule)
    told = cell._replace(lead=first.lead, opening=first.opening, tail=tail)
    return Named(told, Name(cap(full), cap(full)), rule, when=when)


def _unmatched(
    clauses: Sequence[Clause],
    cells: Sequence[Cell],
    run: Sequence[int],
    flat: Sequence[int],
    named: Sequence[Named],
    own: str,
    tail: str,
    cell: Cell,
    before: Memory,
) -> list[Named]:
    """分别 that speaks of the numbers before (接待3万人、收入2亿元,分别增长5%、7%), or a list that doesn't add up."""
    heads = [row for row in named if row.cell.clause < cell.clause][-len(flat) :]
    subject = tidy(cell.lead.split("分别")[0])
    if not (own or tail or subject or heads) and cell.clause and (moved := what_moves(clauses[cell.clause - 1])):
        return [_told_by(cells[at], cell, moved, tail, "respective") for at in run]  # 标准逐年提高,分别为280元、320元
    if len(flat) == 2 and "城乡" in subject:
        sides = (subject.replace("城乡", side) + own + tail for side in ("城镇", "农村"))
        return [_told_by(cells[at], cell, full, tail, "respective") for at, full in zip(run, sides, strict=False)]
    if len(heads) == len(flat) and len(run) == len(flat) and heads[0].cell.clause >= cell.clause - len(flat):
        first = len(named) - len(flat)
        told = tidy(cell.lead.split("分别")[0])
        years = [found[0] if (found := TIME.search(row.cell.lead)) else "" for row in heads]
        if len(told) > 3 and all(years) and len(set(years)) == len(years):
            # 2025年建成3座、2026年4座,入廊率分别为60%、75%: what is said of each year
            return [
                _told_by(cells[at], cell, told, tail, "respective_years", year)
                for at, year in zip(run, years, strict=True)
            ]
        own = own or (told if _GROWTH.search(told) else _RATES.sub("", told))
        return [
            _told_by(
                cells[index],
                cell,
                head_row.name.noun + (cells[index].lead if _turns(cell, cells[index].lead) else own) + tail,
                tail,
                "respective_before",
            )._replace(head=first + at)
            for at, (index, head_row) in enumerate(zip(run, heads, strict=True))
        ]
    if not own + tail and is_empty(subject) and (again := _as_before(cells, run, before)):
        return again
    if _HIGHER.fullmatch(own) and (others := _sides(clauses, cell, len(flat))):
        topic = core_of(next((row for row in reversed(named) if row.cell.depth <= cell.depth), named[-1]).name.noun)
        pairs = zip(run, others, strict=False)
        return [_told_by(cells[at], cell, topic + other + own, tail, "respective") for at, other in pairs]
    full = own + tail or subject
    if len(full) < 4 and own + tail:
        full = subject[-8:] + full
    return [_told_by(cells[index], cell, full, tail, "respective")._replace(flags=("unequal_list",)) for index in run]


def _sides(clauses: Sequence[Clause], cell: Cell, count: int) -> list[str]:
    """比全省, 比全国 of 比全省平均(7.7%)和全国(7.0%)|分别高0.7、1.4个百分点: what the numbers in brackets are of."""
    fronts = [
        _COMPARED_WITH.sub("比", clauses[at - 1].words.strip())
        for at in range(1, cell.clause)
        if clauses[at].depth > cell.depth and not clauses[at - 1].measures
    ][-count:]
    return [side if side.startswith("比") else "比" + side for side in fronts] if len(fronts) == count else []


def _as_before(cells: Sequence[Cell], run: Sequence[int], before: Memory) -> list[Named]:
    """2026年分别为160公里、20个: each goes on with what its unit counted in the sentence before; else nothing."""
    rows: list[Named] = []
    for at in run:
        unit = cells[at].measure.unit
        told = next((row for row in reversed(before.earlier) if row.cell.measure.unit == unit), None)
        if told is None:
            return []
        rows.append(Named(cells[at]._replace(opening=cells[run[0]].opening), told.name, "respective"))
    return rows
