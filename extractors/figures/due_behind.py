"""Days that stand behind what they hold for: in the line of those responsible, and in a plan's closing note.

1.清淤18公里。
2.加固堤防6公里。
责任单位:县水利局 完成时限:9月底前          both are due on September 30
未注明时限的任务,均于11月底前完成。          holds for all in front of it that nothing else gives a day
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from extractors.figures.due import counts, due_above
from extractors.lexicon.openings import skipping, sought
from extractors.numbers.dates import Anchor, find_times

_NAMES_DAY = (
    "(?<![一-鿿])时限|(?:完成|办结|整改|落实|销号|时间|工作|竣工|建成|投用|交付|推进|实施)(?:时限|时间|期限|节点|要求)"
    "|(?:推进|实施|进度)(?:计划|安排|要求)|时间安排"
)
_WHO = "(?:责任|牵头|主办|主责|承办|配合|参与|协办)(?:单位|部门|领导|人|科室)"
# Each alternative begins with a character of its own, so that the engine passes over the many words before a label.
_LABEL = re.compile(f"(?:{skipping(_NAMES_DAY)})" + r"\s*[:|为]\s*([^。|)\n]{2,60})")
_BRACKETED = re.compile(
    r"[(][^()\n]{2,60}[,;]\s*((?:20\d\d年|[今明]年)?[^(),;:\n]{0,8}(?:前|底|内|月)(?:之前|前)?(?:全部)?(?:完成|办结|落实)?)[)]"
)
_LABEL_LINE = rf"\n\s*[(【\[]?(?:{_WHO}|{_NAMES_DAY})\s*[】\]]?[:|为][^\n]*"
_NEXT_TASK = re.compile(
    r"\n\s*(?:(?:问题|任务|事项|项目)[一二三四五六七八九十\d]+[:、.]|[一二三四五六七八九十]+、|[(][一二三四五六七八九十\d]+[)]|\d+[.、])"
    rf"|\n\s*[(]?{_WHO}:[^\n]*(?=\n)(?!{_LABEL_LINE})"
)
_LABEL_LINES = re.compile(f"(?:{_LABEL_LINE})+")
_ABOVE_AT_MOST = 800  # characters of the items that one line of those responsible stands behind
_HAN = "[一二三四五六七八九十]+"
_RANKS = (
    r"[一二三四五六七八九十]+、|第[一-鿿]{1,3}[章节]",
    r"[(][一二三四五六七八九十]+[)]",
    r"\d+[.．、]",
    r"[(]\d+[)]",
    "[①-⑳]",
)
_RANK = re.compile(r"\n\s*(?:" + "|".join(f"({rank})" for rank in _RANKS) + ")")
_PART = re.compile("[^,;、]+")
_HOPED_FOR = re.compile("(?:力争|争取|尽量)[^,;]{0,6}(?:提前|提早)")


def due_by_label(folded: str, start: int, end: int, anchor: Anchor, about: str = "") -> date | None:
    """The day that a label behind a task gives to it: 改造管网15公里。(责任单位:住建局;完成时限:10月底).

    Where the label has several (卫生室三季度末,体检年底), `about` tells which of them is meant.
    """
    found = _LABEL.search(folded, start, min(end + 160, len(folded))) or _BRACKETED.match(folded, end)
    if found is None or _NEXT_TASK.search(folded, end, found.start() + 1):
        found = _in_lines_below(folded, start, end)
    return _day_named(found[1], anchor, about) if found else None


def due_by_label_above(folded: str, start: int, anchor: Anchor) -> date | None:
    """The day that the line above a task's gives to it: 整改时限:2024年12月底 above 整改目标:…"""
    line = folded.rfind("\n", 0, start)
    above = folded[folded.rfind("\n", 0, max(0, line)) + 1 : max(0, line)]
    found = _LABEL.search(above) if len(above) < 90 else None
    return due_above((found[1],), anchor) if found else None


def _in_lines_below(folded: str, start: int, end: int) -> re.Match[str] | None:
    """The label in the next lines of those responsible, for all items above them that have no such lines themselves."""
    lines = _LABEL_LINES.search(folded, end, min(end + _ABOVE_AT_MOST, len(folded)))
    found = _LABEL.search(folded, lines.start(), lines.end()) if lines else None
    if lines is None or found is None:
        return None
    first = folded.rfind("\n", 0, start + 1)
    own = _RANK.match(folded, first) if first >= 0 else None
    rank = own.lastindex if own and own.lastindex else len(_RANKS) + 1
    between = (one.lastindex or 0 for one in _RANK.finditer(folded, end, lines.start()))
    return found if rank > 1 and all(one >= rank for one in between) else None


def _day_named(value: str, anchor: Anchor, about: str) -> date | None:
    """The last day that a label names; of several parts that of the one that speaks of what is asked about."""
    times = [time for time in find_times(value, anchor) if counts(time, anchor)]
    parts = [found.span() for found in _PART.finditer(value)]
    hoped = [part for part in parts if _HOPED_FOR.match(value, *part)]
    named = [(one, time) for time in times for one in parts if one[0] <= time.start < one[1] and one not in hoped]
    likest = max((_shared(value[slice(*one)], about) for one, _ in named), default=0)
    own = [time for one, time in named if likest and _shared(value[slice(*one)], about) == likest]
    chosen = own or [time for _, time in named]
    return chosen[-1].last if chosen else None


def _shared(one: str, other: str) -> int:
    """How many pairs of neighbouring characters two wordings share."""
    return sum(other.find(one[at : at + 2]) >= 0 for at in range(len(one) - 1) if not one[at : at + 2].isascii())


_EXCEPT = (
    r"(?:未|没有)(?:写明|注明|标明|标注|明确|列明|规定|载明|设定|单列|另行|特别|作出)[^,。;\n]{0,8}(?:时限|时间|期限|要求|说明)"
    r"|除(?:上述|以上|文中|本方案)?(?:已|另|有|特别|明确|单独|行)*(?:注明|标明|写明|标注|明确|说明|规定|要求|特殊)[^,。;\n]{0,14}外"
)
_DONE = "(?:完成|办结|落实|到位|办好|建成|达标|收官|见效)"
_BY = rf"(?P<by>[^,。;\n]{{0,44}}{_DONE}(?!时)|(?:完成|办结)(?:时间|时限|期限)[^,。;\n]{{0,6}}为[^,。;\n]{{2,16}})"
_NOTE = sought(rf"(?:{_EXCEPT})[^,。;\n]{{0,14}},?{_BY}")
_ALL_OF_IT = re.compile(
    rf"(?:\n|。)\s*(?:[(]?{_HAN}[)、.．]|\d{{1,2}}[.．、])?\s*(?:(?:以上|上述)(?:(?P<last>[两二三四五六])|各|所有|全部)?(?:项|条)?|所有|各项)"
    rf"(?:重点|目标|工作)?(?:任务|工作|事项|项目|措施)?(?P<by>,?[^。;\n\d]{{0,24}}[^,。;\n]{{2,24}}?前[^,。;\n]{{0,10}}{_DONE})"
)
_OF_THOSE_BELOW = re.compile("以下|下列|下述|如下")
_CHAPTER = re.compile(rf"\n\s*(?:{_RANKS[0]})")


def due_by_note(folded: str, start: int, anchor: Anchor) -> date | None:
    """The day of the closing note that a unit stands above (未注明时限的,均于11月底前完成), or of one that is said in
    front of the items of its chapter (以下任务,除另有说明外,均于10月底前完成).
    """
    ahead, behind = _notes(folded)
    note = next((found for found in reversed(ahead) if found.start() < start), None)
    if note and _CHAPTER.search(folded, note.end(), start + 1) and _CHAPTER.search(folded, 0, note.start()):
        note = None  # said in a chapter that is over
    note = note or next((found for found in behind if found.end() >= start), None)
    return due_above((note["by"],), anchor) if note and _reaches(folded, note, start) else None


def _reaches(folded: str, note: re.Match[str], start: int) -> bool:
    """Whether a note holds for what stands so far above: 以上两项 are the last two."""
    last = note.groupdict().get("last")
    if not last:
        return True
    items = [found.start() for found in _RANK.finditer(folded, 0, note.start() + 1)]
    count = "二三四五六".index(last.replace("两", "二")) + 2
    return len(items) >= count and start >= items[-count]


@lru_cache(maxsize=4)
def _notes(folded: str) -> tuple[list[re.Match[str]], list[re.Match[str]]]:
    """The notes for what stands below them, and those for what stands above."""
    notes = [found for pattern in (_NOTE, _ALL_OF_IT) for found in pattern.finditer(folded)]
    notes.sort(key=re.Match.start)
    ahead = [note for note in notes if _of_those_below(folded, note)]
    return ahead, [note for note in notes if note not in ahead]


def _of_those_below(folded: str, note: re.Match[str]) -> bool:
    sentence = max(folded.rfind(mark, 0, note.start()) for mark in "。;\n") + 1
    return bool(_OF_THOSE_BELOW.search(folded, sentence, note.start()))
