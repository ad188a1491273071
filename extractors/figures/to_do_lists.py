"""Lists of what will be done that news announce in one sentence and tell in those behind it.

2015年,县里将集中力量办好十件实事。          the list is of things to come, due by the end of 2015
这十件实事分别是:改造校舍4.2万平方米;…      4.2万平方米 target 2015-12-31
"""

from __future__ import annotations

import re

from extractors.figures.labels import NEXT
from extractors.figures.scene import Scene, fold
from extractors.figures.words import sign
from extractors.numbers.dates import Anchor
from models.documents import Unit, UnitRole

_OPENS_LIST = re.compile(
    r"\s*(?:这|其|此|具体|分别|主要|内容|包括|[(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)、.．是]|\d{1,2}[大件项个][^,。;]{0,8}实事|[“\"][^”\"]{2,10}[”\"],?(?:即|是|就是)|[①-⑳●■◆▪·—\-【])"
)
_NUMBERED = re.compile(r"\s*(?:[(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)、.．]|[①-⑳●■◆▪·—])")
_YEAR = re.compile(r"(20\d\d)年(?!以来)")
# a line of its own: 2024年区政府为民办实事项目; all below stands in the list, up to the page's last lines
_TITLE = re.compile(r"\s*20\d\d年[^,。;:!?]{4,30}(?:实事|项目|工程|清单)\s*")
_ENDS = re.compile("编辑|责编|记者|来源|声明|版权|转载|审核|代表|会议|闭幕")
_FIRST_ITEM = re.compile(r"实事[”\"]?(?:项目|工程)?(?:具体|主要)?(?:分别)?(?:如下|包括|有|是|为):[^\d]{0,60}\d")
_AT_MOST = 160  # characters of the sentence that announces


def note_list(scene: Scene, unit: Unit) -> None:
    """Notes the sentence that announces a list of things to do, and whether a unit stands in that list."""
    start, end = unit.span.start, unit.span.end
    if unit.role is UnitRole.HEADING:
        scene.listed_to = end if _NUMBERED.match(scene.folded, start) else scene.listed_to
        return
    if scene.announced and not _goes_on(scene, unit):
        scene.announced = ""
    words = scene.folded[max(start, end - _AT_MOST) : end]
    if "实事" in words or "目标" in words or "大事" in words:
        told = sign("list_announced").search(words)
        dated = _YEAR.search(words)
        goes_on = dated is None and scene.announced and _YEAR.search(scene.announced)  # …40项。40项实事包括:…
        if told and not goes_on and not sign("list_done").search(words) and not _of_a_year_over(scene, words):
            scene.announced, scene.listed_to = words, end
            if dated and scene.anchor.year is None:
                scene.anchor = Anchor(None, int(dated[1]))
            scene.listed_below = bool(_TITLE.fullmatch(words))
            return
    if scene.announced:
        scene.listed_to = end
        if not scene.label and in_list(scene, unit):
            scene.label, scene.label_at = NEXT, start


def _of_a_year_over(scene: Scene, words: str) -> bool:
    """2023年,市政府为民办8件实事: told in 2024."""
    year = scene.anchor.year
    named = [int(found) for found in _YEAR.findall(words)]
    return year is not None and bool(named) and max(named) < year  # 从2024年9月征集,写入2025年政府工作报告


def _goes_on(scene: Scene, unit: Unit) -> bool:
    """Whether a unit stands in the list: in its paragraph, behind a list's mark, or under a numbered heading."""
    if "\n" not in scene.folded[scene.listed_to : unit.span.start]:
        return True
    if scene.listed_below and unit.role is UnitRole.TEXT:
        return not _ENDS.search(scene.folded, unit.span.start, unit.span.end)
    words = scene.folded[unit.span.start : unit.span.end]
    if "实事" in words and not sign("list_done").search(words):
        return True  # 2025年的10件民生实事共38家单位参与, in the next paragraph
    broken = scene.folded[scene.listed_to - 1] not in "。;!?:"
    if broken and not scene.folded.endswith(scene.announced, 0, scene.listed_to):
        return True  # the page broke the line in the middle of a sentence
    opens = _OPENS_LIST.match(scene.folded, unit.span.start)
    if opens or not unit.section or not _NUMBERED.match(heading := fold(unit.section[-1])):
        return bool(opens)
    return scene.folded.find(heading + "\n", 0, unit.span.start) >= 0


def tells_its_list(scene: Scene, unit: Unit) -> bool:
    """Whether the sentence that announces a list goes on with its first item: 2024年的十件实事分别是:改造校舍…;"""
    words = scene.folded[unit.span.start : unit.span.end]
    return bool(scene.announced) and scene.announced in words and bool(_FIRST_ITEM.search(words))


def in_list(scene: Scene, unit: Unit) -> bool:
    """Whether a unit tells of what such a sentence announced; the sentence itself speaks for itself."""
    return (
        bool(scene.announced)
        and scene.listed_to == unit.span.end
        and not (scene.folded.endswith(scene.announced, 0, unit.span.end))
    )
