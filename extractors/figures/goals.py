"""The day by which a plan's goals are due, said once for all that stand under the heading.

二、主要目标
到2027年,产业体系基本形成。                 the day of all that follows under 主要目标
——产业规模壮大。总产值突破200亿元。         200亿元 2027-12-31
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from models.text import fold

_GOALS = re.compile(r"目标|总体要求|预期成效|预期效果")
_DAY = r"(?:20\d\d年?(?:[底末内初]|上半年)?|“?十[四五六七]五”?(?:[末内]|期末|时期)?|本世纪中叶)"
_ENTERS = re.compile(
    r"\s*(?:——|[(][一二三四五六七八九十\d]{1,2}[)]|[一二三四五六七八九十]{1,2}、|\d{1,2}[.．、])?\s*"
    r"(?:[^,;:。\d]{0,10}目标(?:任务)?[是为]?[:,。]?)?(?:力争|争取|确保|通过[^,。]{2,10}努力,|展望|[一-鿿]{0,2}阶段\(?)?"
    rf"(?P<day>(?:到|至|截至|展望)?{_DAY}(?:以前|之前|前)?)\)?(?=[,:，：力基实全建达争])"
)
_IN_YEARS = re.compile(
    r"[^,;:。\d]{0,16}[两二三四五]年(?:左右)?的?(?:时间|努力|攻坚)?\(20\d\d年?[—\-~至到](?P<last>20\d\d)年?\)"
)
_AT_ITS_END = re.compile(r"\s*(?:[(][一-鿿]{1,2}[)])?(?:到|至)?(?:计划|规划|行动|方案)期?末")
_GOES_TO = re.compile(r"\d(?:年)?(?:[—\-~至到]|起)")


def goals_above(section: Sequence[str]) -> tuple[str, ...]:
    """The headings down to the outermost that announces goals; () where none does.

    >>> goals_above(("二、发展目标", "（一）总体目标"))
    ('二、发展目标',)
    >>> goals_above(("三、重点任务",))
    ()
    """
    at = next((at for at, heading in enumerate(section) if _GOALS.search(fold(heading))), None)
    return () if at is None else tuple(section[: at + 1])


def day_entered(folded: str, start: int, end: int) -> str | None:
    """The words of time with which a sentence of the goals opens: 到2027年; None where it opens otherwise, "" where it
    leaves the day to the plan's own term (到计划期末).

    >>> day_entered("总体目标是:到2028年,全县走在前列。", 0, 18), day_entered("新增省级平台8个。", 0, 9)
    ('到2028年', None)
    >>> day_entered("力争用三年时间(2025—2027年),实现扩容。", 0, 25)
    '到2027年'
    """
    if _AT_ITS_END.match(folded, start, end):
        return ""
    if years := _IN_YEARS.match(folded, start, end):
        return f"到{years['last']}年"
    found = _ENTERS.match(folded, start, end)
    if found is None or _GOES_TO.match(folded, found.end("day") - 1):
        return None
    return found["day"]


def stage_of(folded: str, start: int, number: int) -> str:
    """The months of the stage that a number's paragraph opens with: 3月—5月 of 第一阶段(3月—5月)。采购车辆…; else "".

    `start`: of the unit, `number`: of the number itself.
    """
    line = folded.rfind("\n", 0, start) + 1
    found = _STAGE.match(folded, line, number)
    return found["months"] if found else ""


_STAGE = re.compile(
    r"\s*(?:[(][一二三四五六七八九十]{1,2}[)]|[一二三四五六七八九十]{1,2}、|\d{1,2}[.．、])?\s*[一-鿿]{0,10}"
    r"(?:阶段|步骤|时期|行动|[一二三四五]步)"
    r"[^()\n]{0,8}\((?P<months>[^()\n]{2,24}[月日年底末旬初])\)"
)
