"""The columns of the promises' sheet and of the plain table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from models.evidence import Status
from models.returned import Field
from outputs.evidence import (
    alarm_words,
    decided_told,
    deciding,
    evidence_told,
    looked_words,
    notes_told,
    progress_words,
)
from outputs.flags import flag_phrases
from outputs.ledger import Standing, case_kind, heading, measure_words, term
from outputs.phrases import phrase, schedule_phrase
from outputs.reasons import reason_phrases
from outputs.sheets.cells import Column, Value, position
from outputs.sheets.editable import CHOICES, ID, NO, QUOTE, REASON, SOURCE, TITLES, YES
from outputs.sheets.places import promise_page, spot

if TYPE_CHECKING:
    from datetime import date

    from models.decided import Decision

COLOURS = {
    phrase(Status.FULFILLED): "D8EFDF",
    phrase(Status.IN_PROGRESS): "DCEBF7",
    phrase(Status.OVERDUE): "F8D7D3",
    phrase(Status.DROPPED): "E7DDF0",
}
"""Grounds that go with a status; 未见佐证 has none, so that what is known stands out."""


def _decision(standing: Standing) -> Decision | None:
    return deciding(standing.decided)


def _decided_day(standing: Standing) -> date | None:
    return made.at.date() if (made := _decision(standing)) else None


def _reasons(standing: Standing) -> str:
    """Why each passage is taken for evidence, in the order of the evidence."""
    return "\n".join(reason_phrases(one.link.why) for one in standing.evidence)


def _promised(standing: Standing) -> str:
    return spot(standing.row.document, standing.row.commitment.span)


def _first_number(standing: Standing) -> str | None:
    return spot(standing.row.document, standing.quantities[0].span) if standing.quantities else None


def _entered(
    field: Field, width: float, value: Callable[[Standing], Value], colours: Mapping[str, str] = MappingProxyType({})
) -> Column[Standing]:
    """A column in which somebody may decide."""
    return Column(TITLES[field], width, value, colours=colours, entered=True, choices=CHOICES.get(field, ()))


PROMISES: tuple[Column[Standing], ...] = (
    Column("案号", 8, lambda s: s.row.document.identity.number),
    Column("类别", 9, lambda s: case_kind(s.row.document.identity)),
    Column("标题（案由）", 18, lambda s: heading(s.row.document)),
    Column("主办单位", 13, lambda s: s.row.document.identity.lead_unit),
    Column("答复日期", 11, lambda s: s.row.document.identity.date),
    Column(QUOTE, 42, lambda s: s.row.commitment.span.text, leads=_promised),
    Column("目标值（原文）", 18, lambda s: "\n".join(map(measure_words, s.quantities)) or None, leads=_first_number),
    Column("完成时限（原文）", 11, lambda s: d.text if (d := s.row.commitment.deadline) else None, leads=_promised),
    _entered(Field.DEADLINE, 11, lambda s: d.end if (d := s.deadline) else None),
    _entered(Field.STRENGTH, 9, lambda s: phrase(s.strength)),
    _entered(Field.RESPONSIBLE, 13, lambda s: "、".join(s.responsible)),
    _entered(Field.STATUS, 10, lambda s: phrase(s.status), COLOURS),
    Column("逾期天数", 6, lambda s: s.days_overdue),
    Column("佐证（原文）", 44, evidence_told, leads=lambda s: promise_page(s.row.id, "evidence")),
    Column(
        "提醒",
        18,
        lambda s: "\n".join(map(alarm_words, s.alarms)) or None,
        leads=lambda s: promise_page(s.row.id),
    ),
    _entered(Field.NOTE, 12, lambda s: None),
    Column(REASON, 16, lambda s: None, entered=True),
    Column(SOURCE, 16, lambda s: None, entered=True),
    _entered(Field.ASSIGNED, 10, lambda s: s.decided.assigned_to),
    _entered(Field.SNOOZED, 11, lambda s: s.decided.snoozed_until),
    _entered(Field.PROMISE, 8, lambda s: YES if s.decided.is_promise else NO),
    Column("时限情况", 15, lambda s: schedule_phrase(s.schedule)),
    Column(
        "目标进展",
        46,
        lambda s: "\n".join(map(progress_words, s.progress)) or None,
        leads=lambda s: promise_page(s.row.id, "numbers"),
    ),
    Column("佐证依据", 46, _reasons),
    Column("待确认", 7, lambda s: len(s.proposals) or None),
    Column("核查情况", 34, looked_words),
    Column("人工认定", 22, lambda s: decided_told(s.decided)),
    Column("认定人", 9, lambda s: one.who if (one := _decision(s)) else None),
    Column("认定日期", 11, _decided_day),
    Column("认定理由", 20, lambda s: one.why if (one := _decision(s)) else None),
    Column("人工备注", 20, lambda s: notes_told(s.decided)),
    Column("前提条件", 12, lambda s: s.row.commitment.condition),
    Column("拟出台、修订的文件", 18, lambda s: "\n".join(s.row.commitment.instruments)),
    Column("届次", 9, lambda s: term(s.row.document.identity)),
    Column("领衔人、联名人", 14, lambda s: "、".join(s.row.document.identity.proposers)),
    Column("会办单位", 16, lambda s: "、".join(s.row.document.identity.co_units)),
    Column("答复文号", 16, lambda s: s.row.document.identity.doc_number),
    Column("办理结果", 9, lambda s: s.row.document.identity.result_class),
    Column("是否公开", 10, lambda s: s.row.document.identity.openness),
    Column("原文位置", 28, lambda s: position(s.row.commitment.section, s.row.commitment.span)),
    Column("需要留意", 16, lambda s: flag_phrases(s.row.commitment.flags)),
    Column("置信度", 8, lambda s: s.row.commitment.confidence, "0%"),
    Column("规则", 16, lambda s: s.row.commitment.rule),
    Column("文件", 22, lambda s: s.row.document.name),
    Column(ID, 19, lambda s: s.row.id),
)
"""As an office reads them: case, promise, day, unit, state, evidence, alarms, room for notes; these go on paper.

What the office decides besides stands next to it, what explains and where it comes from to the right.
"""
