"""What the reading of one document's numbers carries from unit to unit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Protocol

from extractors.figures.calendars import Calendar
from extractors.figures.due import Term, due_above
from extractors.figures.labels import GOAL, NEXT, heading_label, label_of, says_plan
from extractors.figures.named import Named
from extractors.forms import Form
from extractors.numbers.dates import Anchor
from models.documents import Kind, Span, Unit
from models.quantities import Measure, Role
from models.text import fold as fold_text

_HEADING_NUMBER = re.compile(
    r"\s*(?:(?P<han>[一二三四五六七八九十]+、)|(?P<bracketed>[(][一二三四五六七八九十]+[)])|(?P<digit>\d{1,2}[.．、]))"
)

fold = lru_cache(maxsize=512)(fold_text)  # headings are asked for with every unit under them


LEARNED = "+learned"
"""Behind the name of a rule whose role another reader has overruled."""


class TargetSeeker(Protocol):
    """Who tells whether a number that a rule takes for a fact is far likelier a target."""

    def is_target(self, unit: Unit, measure: Measure, printed: str | None, rule: str) -> bool: ...


SecondReader = Callable[[str, Kind], TargetSeeker]
"""Made for a document: its folded text, and the kind that it speaks as."""


@dataclass(slots=True)
class Scene:
    """What the reading of one document carries from unit to unit."""

    text: str
    folded: str
    kind: Kind
    anchor: Anchor
    own_anchor: Anchor | None = None
    asks: tuple[Span, ...] = ()
    promised: Sequence[Span] | None = None
    preamble: int = 0
    form: Form | None = None
    term: Term | None = None
    section: tuple[str, ...] = ()
    earlier: tuple[Named, ...] = ()
    units_before: tuple[Span, ...] = ()
    line_head: str = ""
    trade: str = ""
    paper: int = -1
    goals: tuple[str, ...] = ()
    goals_due: str = ""
    task: bool = False
    outlook: str = ""
    label: str = ""
    label_at: int = 0
    announced: str = ""
    flat_rows: bool = False
    listed_to: int = 0
    listed_below: bool = False
    told_year: int | None = None
    measures: bool = False
    table_head: tuple[str, ...] = ()
    caption: str = ""
    head_end: int = 0
    calendar: Calendar | None = None
    due_before: date | None = None
    whole: Role | None = None
    traditional: dict[int, str] | None = None
    second: TargetSeeker | None = None
    due: dict[str, date | None] = field(default_factory=dict)


def open_headings(section: tuple[str, ...]) -> Iterator[str]:
    """The headings above a unit, the nearest first; of two numbered alike (二、… 三、…) the farther one is over."""
    styles: set[str] = set()
    for heading in reversed(section):
        found = _HEADING_NUMBER.match(fold(heading))
        style = found.lastgroup or "" if found else ""
        if style not in styles:
            yield heading
        styles |= {style} if style else set()


def stand_under(scene: Scene, section: tuple[str, ...]) -> None:
    """Counts from the year that a plan's heading begins with, while that heading is open: (二)2025年 上半年新增…"""
    if scene.own_anchor is None:
        scene.own_anchor = scene.anchor
    named = (found for heading in open_headings(section) if (found := _YEAR_AHEAD.match(fold(heading))))
    year = next((int(found["year"]) for found in named), None)
    own = scene.own_anchor.year
    over = year is not None and own is not None and year < own  # 一、2023年亮点工作 of a plan for 2024
    anchor = scene.own_anchor if over or year in (None, own) else Anchor(None, year)
    if anchor != scene.anchor:
        scene.anchor, scene.due, scene.calendar = anchor, {}, None


_YEAR_AHEAD = re.compile(
    r"\s*(?:[(]?[一二三四五六七八九十\d]{1,3}[)、.]+\s*)?(?P<year>20\d\d)年(?!以?[前内来起底末])(?!.*20\d\d)"
)


def in_paper(scene: Scene, start: int) -> bool:
    """Whether a paper's words go on: in their paragraph, and in the lines below it with a dash (——产值达5亿元) or that
    say what they comprise (具体包括:…).
    """
    lines = scene.folded[scene.paper : start + 8].split("\n")[1:]
    return all(not line.strip() or _IN_DETAIL.match(line) for line in lines)


_IN_DETAIL = re.compile(r"\s*(?:—|(?:目标|指标)?(?:具体)?(?:包括|而言|来看|来说|是|目标|内容)[是为]?[:,])")


def due_under(scene: Scene, words: str) -> date | None:
    """The day that a lead sentence or a heading names for what stands under it; each is read once a document."""
    if words not in scene.due:
        scene.due[words] = due_above((fold(words),), scene.anchor)
    return scene.due[words]


def note_label(scene: Scene, unit: Unit, words: str) -> None:
    """Notes the label that a unit of a bulletin stands behind: its own, that of its line, lead-in or heading."""
    label = label_of(words)
    if label is None and scene.label and scene.folded.find("\n", scene.label_at, unit.span.start) < 0:
        return
    if label is None and unit.lead_in:
        label = label_of(fold(unit.lead_in)) if unit.lead_in.endswith((":", "：")) else None
    if label is None and unit.lead_in and scene.kind is Kind.NEWS and says_plan(fold(unit.lead_in)):
        label = NEXT
    if label is None and unit.section and heading_label(fold(unit.section[-1])) == GOAL:
        label = GOAL
    scene.label, scene.label_at = label or "", unit.span.start
