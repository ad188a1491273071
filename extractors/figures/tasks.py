"""What stands under words of aim, or is a task by itself: goals behind a rule's semicolon, the items of a bulletin.

到2027年,甲达到90%;乙达到80%。        both are goals
1.新建公路50公里。已完成36公里。       50公里 target, 36公里 actual
"""

from __future__ import annotations

import re

from extractors.figures.last_days import opening_of_sentence
from extractors.figures.purpose import sets_goal
from extractors.figures.scene import Scene, fold
from models.documents import Kind, Unit, Zone

TASKS = re.compile("任务|目标|计划")
_TASK_AT_MOST = 40  # characters
_TASK_LINE = re.compile(
    r"\s*(?:\d{1,2}[.．、]|[(][一二三四五六七八九十\d]{1,2}[)]|[一二三四五六七八九十]+、|[①-⑳])\s*(?![^。]*(?:已|了|累计|截|完成率|占|同比))"
    r"[一-鿿“”、]{2,24}\d[^,;。]{1,14}。$"
)
_HOW_FAR = re.compile(
    r"(?:[^,;。]{0,12}[,;])?[^,;。]{0,6}(?:已|目前|截[至止]|开工|实际|仅|完成|任务数|进展|全部[完竣建])"
)


# 3.城乡供水:计划投资6800万元,铺设主管网74公里。目前主管网铺完: a longer item, where what follows says 目前 or 截至
_LONG_TASK_AT_MOST = 110
_LONG_TASK = re.compile(
    r"\s*(?:\d{1,2}[.、]|[(][一二三四五六七八九十\d]{1,2}[)]|[一二三四五六七八九十]+、|[①-⑳])[^。]*\d[^。]*。$"
)
_TELLS = re.compile("已|了|累计|截|完成率|占|同比|去年|上年|实际|成功|顺利|以来|超额|全部完|达到序时")
_BY_NOW = re.compile(r"[^,;。]{0,6}(?:目前|截[至止]|现已|到目前|当前)(?!正)")


def goes_on_with_goal(scene: Scene, unit: Unit) -> bool:
    """Whether a rule's unit stands under words that set a goal, or goes on behind them: 到2027年,甲达90%;乙达80%."""
    above = (opening_of_sentence(scene, unit), unit.lead_in or "", unit.head or "")
    if unit.section and TASKS.search(fold(unit.section[-1])[-6:]):
        return True
    return bool(scene.goals) or any(sets_goal(fold(words)) for words in above if words)


def is_task(scene: Scene, unit: Unit) -> bool:
    """Whether a report's item opens with its task, and then tells how far it is: 1.新建公路50公里。已完成36公里。"""
    if scene.kind is not Kind.PROGRESS_REPORT or scene.label or unit.zone is Zone.PLANNED:
        return False
    if scene.flat_rows and _begins_flat_row(scene, unit):
        return True
    words = scene.folded[unit.span.start : unit.span.end]
    long = len(words) <= _LONG_TASK_AT_MOST and _LONG_TASK.match(words) and not _TELLS.search(words)
    if long and _BY_NOW.match(scene.folded, unit.span.end):
        return True
    if len(words) > _TASK_AT_MOST or not _TASK_LINE.match(words):
        return False
    end = scene.folded.find("\n", unit.span.end)
    rest = scene.folded[unit.span.end : min(end if end > 0 else len(scene.folded), unit.span.end + 60)]
    return bool(_HOW_FAR.match(rest))


def has_flat_rows(folded: str) -> bool:
    """Whether a bulletin's table has lost its lines: 序号 任务 责任单位 推进情况 above 1 改厕20座。 区住建局 改厕5座"""
    return bool(_FLAT_HEAD.search(folded, 0, _FLAT_WITHIN))


def _begins_flat_row(scene: Scene, unit: Unit) -> bool:
    """Whether a unit stands in the first column of such a row, in front of the office that answers for it."""
    line = scene.folded.rfind("\n", 0, unit.span.start + 1) + 1
    if not _FLAT_ROW.match(scene.folded, line):
        return False
    return not _OFFICE.search(scene.folded, line, unit.span.end)


_FLAT_WITHIN = 1500  # characters within which a bulletin's table begins
_FLAT_HEAD = re.compile(
    r"(?:^|\n)\s*序号 +[^\n]{0,12}(?:任务|目标|事项|内容|工作)[^\n]{0,24} "
    r"[一-鿿]{0,10}(?:完成|推进|进展|落实|办理)[^\n]{0,4}(?:情况|进度)"
)
_FLAT_ROW = re.compile(r"\s*\d{1,3} +[一-鿿“《]")
_OFFICE = re.compile(
    r"(?:^|[ 。;])(?:[省市县区镇州]|各)[一-鿿]{1,12}(?:局|委|办|厅|中心|公司|政府|街道|社|队|院|集团)(?= |\n|、)"
)
