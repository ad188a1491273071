"""Plans that a sentence quotes by their names, and until when they want what they want.

《血站建设行动方案(2024—2026年)》明确,三年内新建45处      45处 target 2026-12-31
"""

from __future__ import annotations

import re
from datetime import date

from extractors.figures.due import term_of

_PLAN_OF_YEARS = re.compile(r"(?:规划|纲要|方案|计划|要点|行动|清单)[”\"]?\([^()]{1,14}\)$")
_YEARS_IN_ALL = re.compile(r"(?<![第每近前去十\d])([两二三四五])年(?:之|以)?内?")
_YEAR_SAID = re.compile(r"20\d\d年|今年|明年")
_PAPER = re.compile("《([^《》]+)》")


def names_plan(said: str, end: int) -> bool:
    """Whether a plan's name with its years ends at `end`: 《…规划(2021—2025年), and not 《…条例(修订)."""
    return _PLAN_OF_YEARS.search(said, 0, end) is not None


def end_of_paper(said: str, opening: str) -> date | None:
    """The end of the plan that a sentence quotes, where the number is for all its years; `opening`: its clause's words.

    >>> end_of_paper("《血站建设方案(2024—2026年)》明确,三年内新建", "三年内新建")
    datetime.date(2026, 12, 31)
    >>> end_of_paper("《血站建设方案(2024—2026年)》明确,每年新建", "每年新建")
    """
    if "年" not in opening and "其中" not in opening:
        return None
    paper = next(reversed([*_PAPER.finditer(said)]), None)
    found = _YEARS_IN_ALL.search(said, paper.end()) if paper else None
    if paper is None or found is None or _YEAR_SAID.search(said, found.end()):
        return None
    term = term_of(paper[1])
    if term is None or term.first is None or term.single:
        return None
    return term.end if term.end.year - term.first == "一二三四五".index(found[1].replace("两", "二")) else None
