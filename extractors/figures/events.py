"""Events that nobody can date, set as the end of something: 汛前, 旅游旺季来临前."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.figures.calendars import Calendar
from extractors.figures.cells import Cell, Clause

_BEFORE_EVENT = re.compile(
    r"[一-鿿]{1,4}(?:季节?|期|高峰)(?:到来|来临|开始)之?前|"
    r"(?:旺季|淡季|花期|采收季|(?<![一-鿿])入?汛|主汛|(?<!备)汛期?|供[暖热]季?期?|采暖[季期]|[春秋]播|[封上]冻|入[冬夏]|春耕|[春秋夏]收|[春冬]灌|雨季)[之以]?前"
)
_UNDER_WAY = re.compile("[^,;。]{0,4}(?:推进|实施|开展)")


def before_event(calendar: Calendar, clause: Clause, number: int) -> bool:
    """Whether the clause sets an event that nobody can date as the end: 旅游旺季来临前把泊位增加到320个."""
    if "前" not in clause.words:
        return False
    stop = min((one.start for one in clause.measures if one.start > number), default=clause.end)
    found = _BEFORE_EVENT.search(clause.words, 0, stop - clause.start)
    if found is None:
        return False
    start = clause.start - calendar.start
    end, at = start + found.end(), number - calendar.start
    bracket = clause.words.rfind("(", 0, found.start())
    if clause.words.find(")", bracket, found.start()) < 0 <= bracket and number < clause.start + bracket:
        return False  # 道路60公里(危桥改造汛前完成)
    dated = [time for time in calendar.times if time.last]
    if end > at:  # 首批22处入冬前完成: behind the number, and alone
        return not any(start <= time.start < end for time in dated)
    return not any(time.start < end <= time.end or end <= time.start < at for time in dated)


def is_event(words: str) -> bool:
    """Whether a column's cell names an event that nobody can date as the end: 汛期前.

    >>> is_event("2025年汛期前"), is_event("2025年6月底前")
    (True, False)
    """
    return bool(_BEFORE_EVENT.search(words))


def waits_for_event(calendar: Calendar, clauses: Sequence[Clause], cell: Cell) -> bool:
    """Whether a clause in front sets such an event, or one behind for all that is told: 修井31口,购车6台,汛前到位."""
    own = clauses[cell.clause]
    if before_event(calendar, own, cell.measure.start):
        return True
    begun = _UNDER_WAY.match(cell.opening)  # 推进12个县改造,采暖季前完成8万户
    behind = (one for one in clauses[cell.clause + 1 :] if begun or all(all_.rule == "all" for all_ in one.measures))
    beside = (one for one in (*clauses[: cell.clause], *behind) if "前" in one.words and one.depth <= own.depth)
    return any(before_event(calendar, clause, clause.start) for clause in beside)
