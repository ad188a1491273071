"""Where a clause stands, and in which tense one is told there that has no word of time.

一、2024年工作回顾 of a report: what was done · 二、重点任务 of a plan: what is to come
"""

from __future__ import annotations

from dataclasses import dataclass

from extractors.figures.labels import RESULT
from extractors.figures.time_marks import FUTURE, PAST, UNSAID
from models.documents import Kind, Zone
from models.records import quick


@quick
@dataclass(frozen=True, slots=True)
class Setting:
    """Where a clause stands: kind of document, zone, year and month of speaking, whether an ask is being made.

    `background`: the heading above announces how things stand (规划背景, 基础条件), which plans begin with;
    `standards`: it announces how things must be made (建设标准). `label`: what the label in front says (任务:… 进展:…).
    `promised`: whether the unit of a reply promises something; None where nobody knows. `behind`: the heading names a
    year that is over (一、2024年工作回顾). `measures`: rules without articles, which say tasks, too; `goal`: a rule's
    unit stands under words that set a goal, or goes on behind them (到2027年,…;…). `outlook`: a report's heading says
    that it turns to what will be done (二、2026年预算草案). `conditions`: the sentence counts what must hold
    (应满足以下条件之一:…;…). `announced`: news said before that this will be done.
    """

    kind: Kind
    zone: Zone
    year: int | None
    asking: bool
    month: int | None = None
    day: int | None = None
    background: bool = False
    standards: bool = False
    promised: bool | None = None
    behind: bool = False
    measures: bool = False
    goal: bool = False
    label: str = ""
    outlook: bool = False
    conditions: bool = False
    announced: bool = False


def default_tense(setting: Setting) -> str:
    """What a clause without any time word is about: a plan wants, news tell what was, an answer leaves it unsaid."""
    if setting.label:
        return PAST if setting.label == RESULT else FUTURE
    if setting.background or (setting.kind is Kind.PLAN and setting.zone is Zone.DONE):
        return PAST
    if setting.kind in (Kind.PLAN, Kind.REGULATION) or setting.asking:
        return FUTURE
    if setting.zone is Zone.PLANNED and setting.kind is not Kind.NEWS:
        return FUTURE
    if setting.kind is Kind.REPLY and setting.zone is Zone.CLOSING:
        return UNSAID if setting.promised is False else FUTURE
    return UNSAID if setting.kind is Kind.REPLY and setting.zone is Zone.ANSWER else PAST
