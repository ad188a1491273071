"""What there is, told without a word of time: the stock that plans start from, and how many of a whole are so.

存量矿山38座,已达标21座         38座 past, in a plan
6个市场有5个是民营的            both past, in a reply that goes on with asks
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.figures.cells import Cell, Clause
from extractors.figures.time_marks import FUTURE, PAST, TOLD, UNSAID
from extractors.lexicon.openings import sought
from extractors.tense import any_verb

_SO_MUCH = ("已", "仅", "只", "尚", "仍", "还")
_NEXT = sought(r"(?<=[,;。])(?:下一?步|今后|接下来|下一?阶段)")
_STOCK = re.compile(
    r"\s*(?:(?:目前|现在),?)?(?:[全我][市县区省州镇乡国旗]|辖区内?|城区|境内|全?街道)[一-鿿“”、]{2,14}$"
)
_SO_MANY_ARE = re.compile(r"[一-鿿]{0,8}[中里]?(?:有|占)$")
_STILL_THERE = re.compile(r"\s*(?:另外)?还有(?:大?约|近)?")  # 还有三座木桥,…
_ARE = re.compile(r"(?:[一-鿿]{0,4})?(?:是|属于?|为|系|没有?|未|已|还|仍)")
_ALL_THERE = re.compile(r"\s*(?:[全我本][市县区镇乡]|现有|目前|的)?[一-鿿]{0,6}")


def has_come(cell: Cell, clause: Clause) -> bool:
    """(今年拟奖补40个村,)首批18个村144万元已到账."""
    return _COME.fullmatch(clause.words[cell.measure.end - clause.start :]) is not None


def another_to_come(cell: Cell) -> bool:
    """(目前已完工9处,)另有5处将于11月底前招标."""
    return bool(_ANOTHER.fullmatch(cell.lead) and _WILL_BE.match(cell.tail))


_COME = re.compile(r"(?:[^,;。已将拟]{0,12})已(?:经|全部|基本|陆续)*[一-鿿]{2,6}(?<!的)")
_ANOTHER = re.compile("[另还尚](?:外)?有")
_WILL_BE = re.compile(r"[^,;。\d]{0,4}(?:将|拟|计划|预计|力争|确保|年底前)")


def done_before_more(cells: Sequence[Cell], told: Sequence[str], bare: Sequence[bool]) -> list[str]:
    """(聘请护林员260名,)明年再增加40名: what stands in front of more to come is there, where no word says otherwise.

    `bare`: whether a number is told with nothing but a verb of doing (聘请, 改造).
    """
    more = next((at for at, tense in enumerate(told) if tense == FUTURE and not bare[at]), None)
    if more is None or not _MORE_TO_COME.search(cells[more].opening):
        return list(told)
    return [PAST if at < more and (bare[at] or tense in (UNSAID, TOLD)) else tense for at, tense in enumerate(told)]


_MORE_TO_COME = re.compile(r"再(?=[新增建改举办配添培引开设招选购完实打创])|(?:增加?|扩大?|扩[容面展]|提[高升])[至到]$")


def tell_what_is(
    folded: str,
    clauses: Sequence[Clause],
    cells: Sequence[Cell],
    told: list[str],
    marks: Sequence[re.Match[str]],
    *,
    plans: bool,
    replies: bool,
    asks: bool,
) -> None:
    """全市有托位的幼儿园68所,下一步力争…; 全县村卫生室214家,年内…: what stands in front of the plans is so."""
    if FUTURE in told and (found := _NEXT.search(folded, clauses[0].start, clauses[-1].end)):
        for at, cell in enumerate(cells):
            if told[at] in (UNSAID, TOLD) and cell.measure.end <= found.start():
                told[at] = PAST
    if plans:
        _tell_of_stock(clauses, cells, told, marks)
    for at, cell in enumerate(cells):
        if at and replies and _says_how_many_are(cells[at - 1], cell):
            told[at - 1] = told[at] = PAST
        if replies and not asks and _STILL_THERE.fullmatch(cell.opening):
            told[at] = PAST
        silent = told[at] in (UNSAID, TOLD) or (replies and not asks)
        silent = silent and not (marks and marks[0].start() < cell.measure.start)
        if silent and _STOCK.match(cell.opening) and not any_verb().search(cell.opening):
            told[at] = PAST


def _says_how_many_are(whole: Cell, part: Cell) -> bool:
    """6个市场有5个是民营的: how many of them are so."""
    if whole.clause != part.clause or not _ALL_THERE.fullmatch(whole.opening):
        return False
    return bool(_SO_MANY_ARE.match(part.lead) and _ARE.match(part.tail))


def _tell_of_stock(
    clauses: Sequence[Clause], cells: Sequence[Cell], told: list[str], marks: Sequence[re.Match[str]]
) -> None:
    """存量矿山38座,已达标21座: what a plan names without a verb, and then says how much of it is so, is there."""
    first = next((found for found in marks if found.lastgroup != "compared"), None)
    if first is None or first.lastgroup not in (PAST, "state") or not first[0].startswith(_SO_MUCH):
        return
    for at, cell in enumerate(cells):
        if told[at] != FUTURE or cell.measure.start > first.start() or (cell.measure.unit or "").endswith("元"):
            continue
        behind = clauses[cell.clause + 1] if cell.clause + 1 < len(clauses) else clauses[cell.clause]
        if first.start() < behind.end and not any_verb().search(cell.opening) and cell.measure.rule != "all":
            told[at] = PAST
