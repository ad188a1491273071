"""A stated count against the items that follow: 以下三个方面 and two items."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.headings import read_enumerator
from extractors.numbers.numerals import read_numeral
from models.documents import Span, Unit
from models.findings import Finding, FindingCode

_HAN = "一二三四五六七八九十"
_NUMBER = r"(?P<number>[一二三四五六七八九十两]{1,3}|\d{1,2})"
# Counts of what is listed; 两个街道 or 三家企业 are things of the world.
_ANNOUNCED = re.compile(
    rf"(?=[\d{_HAN}两])(?<![这那每第之某另同])(?P<count>{_NUMBER}(?:个?方面|大方面|项|条|点|个?问题|个?环节|个?层面|个重点|大举措|大行动|大工程)"
    r"(?:的)?(?:工作|措施|举措|任务|意见|建议|内容|情况|问题|原因|重点工作|具体措施)?)"
    r"[^。;\n]{0,16}?(?:如下|:|。)$"
)
_LISTABLE = re.compile(rf"[{_HAN}两\d]个?(?:[大项条点层重]|方面|问题|环节)")  # most units have none
_FORWARD = re.compile(r"以下|下列|如下|从|做好|抓好|采取|落实|主要|突出|围绕|存在|提出|分为|包括|开展|完成|[:]$")
_ORDINAL = re.compile(rf"(?=[{_HAN}])(?<![^\s,。;:!?、)])([{_HAN}]{{1,3}})(?:是要|要是|[是要])(?!否)")
_DIGITS = re.compile(rf"[{_HAN}]{{1,3}}|\d{{1,2}}")


def stated_counts(units: Sequence[Unit], folded: str) -> Iterator[Finding]:
    """Counts that announce a list which has fewer or more items; a list that can't be seen is no finding."""
    for at, unit in enumerate(units):
        found = _announced(folded, unit)
        if found is None:
            continue
        numeral = read_numeral(found["number"])
        items = _items(units, at, folded, unit.span.start + found.end())
        if numeral and numeral.value > 1 and len(items) > 1 and len(items) != int(numeral.value):
            start, end = unit.span.start + found.start("count"), unit.span.start + found.end("count")
            claim = Span(start, end, _quoted(unit, start, end))
            yield Finding(FindingCode.ITEMS_DIFFER, (claim, *items), claim.text, str(len(items)))


def _announced(folded: str, unit: Unit) -> re.Match[str] | None:
    """A count at the end of a lead-in, or in front of the first 一是 of the same unit."""
    words = folded[unit.span.start : unit.span.end]
    if not _LISTABLE.search(words):
        return None
    first = _ORDINAL.search(words)
    head = words[: first.start()] if first and _value(first[1]) == 1 else words
    found = _ANNOUNCED.search(head.rstrip().rstrip(","))
    return found if found and _FORWARD.search(head[: found.start()] + head[found.end() - 1 :]) else None


def _items(units: Sequence[Unit], at: int, folded: str, start: int) -> list[Span]:
    """The numbers of the items, 1 to the last in one style, as they follow each other."""
    inline = _inline(units, at, folded, start)
    return inline or _numbered(units, at, folded)


def _inline(units: Sequence[Unit], at: int, folded: str, start: int) -> list[Span]:
    """一是…二是…, in the same unit or in the next ones, up to a paragraph that begins with another number."""
    found: list[Span] = []
    for unit in units[at : at + 60]:
        if unit.index != units[at].index and not found and not _ORDINAL.match(folded[unit.span.start : unit.span.end]):
            return []
        for one in _ORDINAL.finditer(folded, max(start, unit.span.start), unit.span.end):
            if _value(one[1]) == len(found) + 1:
                found.append(Span(one.start(), one.end(), _quoted(unit, one.start(), one.end())))
            elif _value(one[1]) == 1:
                return found
        if found and unit.index != units[at].index and _style(folded, unit) not in (None, "itemised"):
            return found
    return found


def _numbered(units: Sequence[Unit], at: int, folded: str) -> list[Span]:
    """(一)…(二)…: units of the style of the first one, as long as they count on."""
    if at + 1 >= len(units) or (style := _style(folded, units[at + 1])) is None:
        return []
    own = _style(folded, units[at])
    found: list[Span] = []
    for unit in units[at + 1 : at + 400]:
        here = _style(folded, unit)
        if here == own and own is not None and here != style:
            break
        if here != style:
            continue
        mark = read_enumerator(folded, unit.span.start, unit.span.end)
        number = _DIGITS.search(folded, unit.span.start, mark.end) if mark else None
        if mark is None or number is None or _value(number[0]) != len(found) + 1:
            break
        found.append(Span(unit.span.start, mark.end, _quoted(unit, unit.span.start, mark.end)))
    return found


def _style(folded: str, unit: Unit) -> str | None:
    mark = read_enumerator(folded, unit.span.start, unit.span.end)
    return mark.style if mark else None


def _value(number: str) -> int:
    numeral = read_numeral(number)
    return int(numeral.value) if numeral else 0


def _quoted(unit: Unit, start: int, end: int) -> str:
    return unit.span.text[start - unit.span.start : end - unit.span.start]
