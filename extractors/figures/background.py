"""What a plan tells of how things stand before it says what is wanted: its preamble, its sections on the background.

本市桑园98万亩,就地加工率55%。为补齐短板,特制定本方案。      98万亩, 55% facts
"""

from __future__ import annotations

import re

from extractors.figures.announced import tells_how_things_stand
from extractors.figures.scene import Scene, fold
from models.documents import Unit

_AS_IT_IS = re.compile(r"^\s*(?:我|全|本)[市县区省镇乡州国]|占|[现拥共]有|地处|位于")
_MADE_FOR = re.compile(
    r"[,。;](?:现|特)?(?:研究)?(?:制定|拟定|提出|编制)(?:了|出)?(?:如下|以下|本|此|该|实施|行动|工作)*(?:方案|计划|规划|措施|意见|要点)"
)
_AIMS = re.compile(r"力争|确保|[到至]20\d\d年|要求|目标")
_WE_ARE = re.compile(r"^\s*(?:我|全|本)[市县区省镇乡州国]是(?!否)")
# 全县共改造户厕5.2万户。今年新改2800户: what there is in all, and what this year adds
_IN_ALL = re.compile(r"\s*(?:全|我)[市县区省镇乡州旗]共(?:改造|建成|完成|创建|投入|实施|培育|发展)")
_FOUND = re.compile(r"\s*(?:全|我)[市县区省镇乡州旗]共?(?:摸排|排查|梳理|清查|核查)[^,;。]{2,16}\d[^,;。]{1,3},其中")
_THIS_YEAR = re.compile(r"\s*(?:今年|年内|20\d\d年|计划|下一?步)")
_WANTS = re.compile(r"目标|要求|力争|达到|确保|[到至]20\d\d年|今年|新[建增]")


def stands_so(scene: Scene, unit: Unit) -> bool:
    """Whether a unit of a plan stands in its preamble or under such a heading as 发展基础."""
    words = scene.folded[unit.span.start : unit.span.end]
    if _WE_ARE.match(words):
        return True
    if _FOUND.match(words):
        return True
    if _IN_ALL.match(words) and _THIS_YEAR.match(scene.folded, unit.span.end):
        return True
    if not unit.section and _leads_to_plan(scene, unit) and not _AIMS.search(words):
        return True
    if unit.index < scene.preamble and _AS_IT_IS.search(words) and not _WANTS.search(words):
        return True
    return any(tells_how_things_stand(fold(heading)) for heading in unit.section[:2])


def _leads_to_plan(scene: Scene, unit: Unit) -> bool:
    """Whether a unit's paragraph ends in what it gives the grounds for: …。为补齐短板,特制定本方案。"""
    end = scene.folded.find("\n", unit.span.end)
    return bool(_MADE_FOR.search(scene.folded, unit.span.end, end if end >= 0 else len(scene.folded)))
