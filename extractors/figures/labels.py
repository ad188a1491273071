"""What the label in front of a stretch of a bulletin says of it: 任务:… is to be reached, 进展:… is, 安排:… will be.

任务：新建社区食堂18个。            18个 target, by the end of the year that the bulletin is about
进展：建成21个，超额3个。           21个 actual
承诺：2024年建成厂房12万平方米。    12万平方米 target, by the end of 2024, also in a bulletin of 2025
"""

from __future__ import annotations

import re

from extractors.lexicon.openings import sought

GOAL, RESULT, NEXT = "goal", "result", "next"

_NUMBERED = (
    r"\s*(?:[(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)、.]\s*|[一二三四五六七八九十]是|[①-⑳]\s*|[-—·•▪●◆]+\s*)?"
)
_LABEL = re.compile(_NUMBERED + r"[【\[(]?(?P<label>[一-鿿]{2,10})[】\])]?\s*:")
_BARE_LABEL = re.compile(r"\s*[【\[](?P<label>[一-鿿]{2,10})[】\]]")
_HEADING = re.compile(_NUMBERED + r"(?P<label>[一-鿿]{2,10})[。:]?\s*$")
_NEXT_WORDS = (
    "(?:下一?步|后续|下阶段|接下来|今后|整改(?!情况|进[展度]|成效|结果|完成|落实|目标|任务|问题|时[限间]|期限))[一-鿿]{0,6}$|^(?:安排|打算|措施|要求|后续)$|"
    "(?:工作|推进|整改)(?:安排|打算|措施|要求)$"
)
_RESULT_WORDS = (
    "(?<!预期)(?:进展|情况|核[验查实]|实[际绩]|结果|现状|成效|完成|落实|进度|评价|问题|原因|说明|兑现|验收|复核|反馈)"
    "(?:情况|值|数)?$"
)
_GOAL_WORDS = (
    "^(?:年度|全年|本年|今年|主要|工作|建设|改造|项目|总体|具体|既定|承诺|答复|办理|责任|考核|预期|原定|原|年初|整改|治理|落实|销号)*"
    "(?:目标|任务|承诺|计划)(?:内容|事项|任务|目标|数|值|要求)?$|^预期(?:效果|成效|效益|成果)$|^(?:主要)?(?:建设|改造|整治|实施)内容(?:[及和与]规模)?$"
)
_KINDS = ((NEXT, re.compile(_NEXT_WORDS)), (RESULT, re.compile(_RESULT_WORDS)), (GOAL, re.compile(_GOAL_WORDS)))
_YEAR_TOLD = re.compile(r"(20\d\d)年度?[^\n。,;]{0,50}(?:情况|通报|报告|总结|进展|公示|公告)")
_PLAN_SAYS = sought("(?:计划|方案|规划|纲要|意见|清单|部署|目标|任务|打算|路线图|时间表)|下一?步|今后|将(?!军)|明年")
_LOOKS_BACK = re.compile("成[绩效]|数据|完成情况|回顾|亮点|显示|变化|以来|进展|落实|已")
_PLEDGES = re.compile(
    _NUMBERED + r"(?:该[局委办镇单]位?)?(?:当[时初]|年初|去年|原)?承诺(?![书制函率数值件人的事兑以达:])"
)


def year_told(head: str) -> int | None:
    """The year that a report's title names.

    >>> year_told("某市关于2024年代表建议承诺事项办理情况的通报")
    2024
    """
    found = _YEAR_TOLD.search(head)
    return int(found[1]) if found else None


def label_of(words: str) -> str | None:
    """What the label that opens a unit says of it; None where no such label stands there.

    >>> label_of("任务:建水池6座"), label_of("预期成效:达到90%"), label_of("核验:竣工3座"), label_of("下步安排:封顶")
    ('goal', 'goal', 'result', 'next')
    >>> label_of("原因:护栏板流标"), label_of("城区:新建3座"), label_of("承诺两年内拉升到90%")
    ('result', None, 'goal')
    """
    found = _LABEL.match(words) or _BARE_LABEL.match(words)
    if found is None:
        return GOAL if "承诺" in words[:12] and _PLEDGES.match(words) else None
    return _kind_of(found["label"])


def heading_label(heading: str) -> str | None:
    """What a heading that is nothing but such a label says of all that stands under it.

    >>> heading_label("1.目标任务"), heading_label("(二)完成情况"), heading_label("(三)乡村振兴")
    ('goal', 'result', None)
    """
    found = _HEADING.match(heading)
    return _kind_of(found["label"]) if found else None


def says_plan(lead_in: str) -> bool:
    """Whether a lead-in of news announces what a plan wants: 会上印发的《三年计划(2025—2027年)》给出了答案:"""
    return lead_in.endswith(":") and bool(_PLAN_SAYS.search(lead_in)) and not _LOOKS_BACK.search(lead_in)


def _kind_of(label: str) -> str | None:
    return next((kind for kind, pattern in _KINDS if pattern.search(label)), None)
