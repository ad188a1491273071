"""The tenses that a number can be told in, and the words of time that set them: 去年, 已, 将, 年底前, 2025年, 6月."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from extractors.figures.words import joined
from extractors.lexicon.openings import guarded, skipping

PAST, FUTURE, UNSAID = "past", "future", "unsaid"
THEN, MEANT_THEN = "then", "meant_then"  # at a named past time; planned at a past time
PLAN_ENDS = {"一": 2010, "二": 2015, "三": 2020, "四": 2025, "五": 2030}  # “十四五”
LAST_MONTHS = {"一": 3, "二": 6, "三": 9, "四": 12, "上": 6, "下": 12}  # of quarters and halves
_ON_DAY = re.compile(r"(\d{1,2})日(?!起|[之以]?前)")
TOLD = "told"  # nothing said here, but the paragraph tells what was: a bare verb goes on telling
_YEAR = (
    r"(?<![比较同与以])(?<![由从](?=20\d\d年[底末初]?的))(?P<year>20\d\d)(?=[年\-—])"
    r"(?!年(?:以|之)?前(?:[^,;。底末]{0,24}的))(?!年[^,;。]{0,16}的?基础上)"
)
_MONTH = (
    r"(?P<span>(?<![\d.月])(?:1|一)月?(?:份)?[至到—~\-])?(?<!\d)(?<![去前明后]年)(?P<month>1[0-2]|[1-9])月(?![度均])"
    r"(?!(?:份|[上中下]旬|底|末|\d{1,2}日)?(?:之|以)?前)(?:份?起)?"
)
_HALF = r"(?<!\d年)(?<![去前明后]年)(?P<half>[上下])半年"
_PLAN = r"十(?P<plan>[一二三四五])五[”\"]?(?:期间|时期)"
_QUARTER = r"(?:(?<!年)|(?<=今年))第?(?P<quarter>[一二三四])季度(?![度均])"


@lru_cache(maxsize=8)  # of the units behind it, up to three look back at a unit
def marks_in(folded: str, start: int, end: int) -> tuple[re.Match[str], ...]:
    """The words of time in [start, end)."""
    return tuple(_markers().finditer(folded, start, end))


@cache
def _markers() -> re.Pattern[str]:
    """All words of time in one pattern."""
    groups = [
        f"(?P<{meaning}>{guarded(joined('purposes', meaning))})"
        for meaning in (MEANT_THEN, "changed", THEN, "compared", PAST, "state", "meant", FUTURE, "wanted")
    ]
    return re.compile(skipping("|".join(map(skipping, (*groups, _YEAR, _QUARTER, _HALF, _MONTH, _PLAN)))))


_COUNTED = re.compile(r"[的]?[\d一二两三四五六七八九十百]+[^,;。]{1,16}中的")
_CHANGES = re.compile(
    r"(?:改造|提升|修[复缮]|维修|完善|盘活|整[合治]|利用|依托|优化|巩固|更新|改扩?建|扩建|升级|替[换代]|保护|完成|提质|抚育|加固|改良|清理|消化|[对将把])$"
)
_TOUCHED = re.compile("[将拟](?:拆除|改造|利用|盘活|整合|更新|翻建|扩建|保留|腾退)[^,;。]{0,12}$")
_DAY_BEFORE = re.compile(
    r"(?<![年\d])(?<!计划)(?<!承诺)(?<!要求)(?<!确保)(?<!力争)"
    r"(?P<month>1[0-2]|[1-9])月(?:底|末|[上中下]旬|\d{1,2}日)?(?:之|以)?前$"
)


def counted_among(found: re.Match[str]) -> bool:
    """消除现有23处堵点中的12处: what there is is named to say of which so many are meant."""
    return bool(_COUNTED.match(found.string, found.end()))


def worked_on(found: re.Match[str]) -> bool:
    """改造现有茶园2万亩, 将拆除旧楼现有面积2600平方米: what there is is named, to be changed."""
    start = found.start()
    near = _CHANGES.search(found.string, max(0, start - 6), start)
    return bool(near or _TOUCHED.search(found.string, max(0, start - 16), start))


def is_over(found: re.Match[str], month: int | None) -> bool:
    """进展:4月底前取缔5处, told in October: the day is behind us, and nobody speaks of a plan."""
    named = _DAY_BEFORE.search(found.string, max(0, found.start() - 12), found.end())
    return bool(named and month is not None and int(named["month"]) < month)


def day_over(found: re.Match[str], today: int | None) -> bool:
    """Whether the day behind a word for this month is over: 到6月10日完工49公里, in a letter of 20 June."""
    day = _ON_DAY.match(found.string, found.end()) if found.lastgroup == "month" else None
    return day is not None and int(day[1]) <= (today or 0)


_GRANTED = re.compile(
    r"(?!在|于|到|年|今|明)[^;。将年]{2,30},(?:获?批复?|核定)[^,;。]{0,12}[,、]已(?:全部|陆续)?(?:到位|下达)"
)


def was_granted(found: re.Match[str]) -> bool:
    """争取中央项目4个,批复投资2.1亿元,已到位1.3亿元: what was striven for has been got."""
    return bool(_GRANTED.match(found.string, found.end()))
