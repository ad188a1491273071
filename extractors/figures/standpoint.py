"""Where a unit's numbers stand: in what kind of document and zone, in an ask, under which labels and headings."""

from __future__ import annotations

import re
from bisect import bisect_left

from extractors.figures.background import stands_so
from extractors.figures.labels import GOAL
from extractors.figures.last_days import TO_FINISH, goal_of_year
from extractors.figures.outlook import looks_back
from extractors.figures.scene import Scene, due_under, fold
from extractors.figures.sentences import counts_conditions
from extractors.figures.setting import Setting
from extractors.figures.tasks import goes_on_with_goal, is_task
from extractors.figures.to_do_lists import in_list
from models.documents import Kind, Unit, Zone

REPORTS = (Kind.PROGRESS_REPORT, Kind.OTHER)
_YEAR_NAMED = re.compile(r"(20\d\d)年(?!以来)")
_STANDARDS = ("标准", "规范", "管控", "管控要求", "准入条件", "准入要求", "技术要求", "控制指标", "配建要求")
_HAS_DONE = re.compile("成[效绩果]|回顾|亮点|现状|进展|情况|已|以来|近年|目前|当前|[成展取做]的|前期|基础|问题|经验")


def setting_of(scene: Scene, unit: Unit) -> Setting:
    day = scene.anchor.day
    scene.task = is_task(scene, unit)
    printed = scene.form is not None and scene.form.holds(unit.span.start)
    return Setting(
        kind=Kind.PROPOSAL if printed else scene.kind,
        zone=_zone(scene, unit),
        year=scene.anchor.year or (scene.term.first if scene.term else None) or scene.told_year,
        asking=_is_asked(scene, unit),
        promised=None if printed else _is_promised(scene, unit),
        month=day.month if day else None,
        day=day.day if day else None,
        measures=scene.measures,
        goal=scene.kind is Kind.REGULATION and goes_on_with_goal(scene, unit),
        behind=_of_a_year_before(scene, unit),
        label=GOAL if scene.task else scene.label,
        outlook=bool(scene.outlook) or (scene.kind in REPORTS and bool(goal_of_year(scene, unit.span.start))),
        announced=in_list(scene, unit),
        conditions=counts_conditions(scene, unit),
        standards=any(fold(heading).rstrip("。: ").endswith(_STANDARDS) for heading in unit.section),
        background=scene.kind is Kind.PLAN and stands_so(scene, unit),
    )


def _is_asked(scene: Scene, unit: Unit) -> bool:
    """Whether a unit holds an ask, or a part of one, or goes on behind one in its paragraph."""
    start = unit.span.start
    before = bisect_left(scene.asks, unit.span.end, key=lambda ask: ask.start)
    if not before:
        return False
    behind = scene.asks[before - 1].end  # asks stand in order: the nearest one reaches farthest
    return start < behind or scene.folded.find("\n", behind, start) < 0


def _is_promised(scene: Scene, unit: Unit) -> bool | None:
    """Whether a unit of a reply promises something; None where that isn't known."""
    if scene.promised is None:
        return None
    before = bisect_left(scene.promised, unit.span.end, key=lambda span: span.start)
    return before > 0 and scene.promised[before - 1].end > unit.span.start


def _of_a_year_before(scene: Scene, unit: Unit) -> bool:
    """Whether the nearest heading with a year names one that is over: its months are of that year."""
    year = scene.anchor.year
    told = next((int(found[1]) for heading in reversed(unit.section) if (found := _YEAR_NAMED.search(heading))), None)
    return year is not None and told is not None and told < year and not scene.outlook


def _zone(scene: Scene, unit: Unit) -> Zone:
    """The zone; what stands under 4月15日前完成的工作 is planned, when that day is to come; so is a report's end."""
    if scene.outlook and unit.zone is not Zone.DONE:
        return Zone.PLANNED
    tells = (*REPORTS, Kind.PLAN)  # 一、2023年亮点工作 of a bureau's plan for 2024
    if scene.kind in tells and unit.section and looks_back(unit.section, scene.anchor.year, scene.anchor.day):
        return Zone.DONE
    if unit.zone is Zone.DONE and scene.kind is Kind.PLAN and not any(map(_HAS_DONE.search, unit.section)):
        return Zone.ANSWER  # 二、主要措施 of a plan
    if unit.zone is Zone.DONE:
        for heading in unit.section:
            if TO_FINISH.search(fold(heading)) and due_under(scene, heading):
                return Zone.PLANNED
    return unit.zone
