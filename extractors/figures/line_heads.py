"""Short lines that name a time for the lines behind them: 2025年目标:, 【2024年10月】, 2.1 近期(2025—2027年)."""

from __future__ import annotations

import re

from extractors.figures.last_days import TO_FINISH
from extractors.figures.scene import Scene
from extractors.lexicon.openings import sought

_LINE_HEAD = re.compile(r"\s*【[^【】]{0,12}(?:20\d\d年|今年|明年)[^【】]{0,20}】\s*$")
_YEAR_HEAD = re.compile(
    r"\s*(?:[(][^()]{1,3}[)]|[^、,。]{1,3}、)?(?:到)?20\d\d年?(?:底|末|度)?(?:工作|主要|年度)*(?:目标|任务)[。:]\s*$"
)
# 到2020年 above what is to be reached by then
_BY_YEAR = re.compile(r"\s*(?:到|至)20\d\d年(?:底|末)?\s*[▼↓:]?\s*$")
_POINT = re.compile(r"\s*\d{1,2}\.\d{1,2}(?!\d)")
# 2.1 近期(2025—2027年): a stage of a plan, for all that stands behind it
_STAGE_LINE = re.compile(
    r"\s*(?:\d{1,2}(?:\.\d{1,2})+\s*|[^、.()\d]{1,3}、|[(][^()]{1,3}[)]|\d{1,2}[.．、])?[^,;:。\d()]{2,10}[(]20\d\d年?[—\-~至到]+20\d\d年?[)][:。]?\s*$"
)
_TASKS_BY = sought(TO_FINISH.pattern + r"[^,;]{0,6}(?:任务|工作|事项|项目|目标|实事)[:(]?[^,;]{0,8}$")


def note_line_head(scene: Scene, words: str) -> None:
    """Notes a unit that is such a line; `words` are its first 32 characters at most."""
    if len(words) < 24 and _YEAR_HEAD.match(words):
        scene.line_head = words
    if len(words) < 16 and _BY_YEAR.match(words):
        scene.line_head = words
    elif stands_by_year(scene) and scene.units_before and _is_over(scene):
        scene.line_head = scene.outlook
    if scene.line_head is not scene.outlook and _POINT.match(words) and _STAGE_LINE.match(scene.line_head):
        scene.line_head = scene.outlook
    if len(words) < 32 and _STAGE_LINE.match(words):
        scene.line_head = words
    if len(words) < 32 and words[-1:] not in "。;!?" and (_LINE_HEAD.match(words) or _TASKS_BY.search(words)):
        scene.line_head = words


def stands_by_year(scene: Scene) -> bool:
    """Whether a line of its own (到2025年) says by when all below it is to be reached."""
    return bool(_BY_YEAR.match(scene.line_head))


def _is_over(scene: Scene) -> bool:
    """Whether the list below such a line has come to its full stop."""
    end = scene.units_before[-1].end
    return scene.folded[end - 1] == "。" and scene.folded[end : end + 1] in ("\n", "")
