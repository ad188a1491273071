"""The columns of what was found across documents: evidence, numbers against targets, answers to asks, alarms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.evidence import Answer, Certainty
from models.returned import Field
from outputs.evidence import in_target_unit, remaining, source_name
from outputs.flags import flag_phrases
from outputs.ledger import case_kind, heading
from outputs.phrases import alarm_phrase, phrase
from outputs.reasons import SCORES, reason_phrases
from outputs.sheets.cells import Column, numeral, position, positions
from outputs.sheets.editable import CHOICES, PASSAGE, PASSAGE_ID, QUOTE, REASON, TAKEN, code_of_link, words_of
from outputs.sheets.places import spot
from outputs.sheets.promises import COLOURS

if TYPE_CHECKING:
    from models.decided import Decision
    from models.followed import AlarmRow, CoverageRow, EvidenceRow, ProgressRow
    from outputs.ledger import Ledger, Standing

_UNSURE = {phrase(Certainty.PROPOSED): "FFF3CC"}
_ANSWERS = {phrase(Answer.UNANSWERED): "F8D7D3", phrase(Answer.DECLINED): "F1EFEA"}


@dataclass(frozen=True, slots=True)
class Found:
    """One passage for one promise."""

    standing: Standing
    evidence: EvidenceRow

    @property
    def decision(self) -> Decision | None:
        """What a person said of it."""
        return self.standing.decided.links.get(self.evidence.id)

    @property
    def taken(self) -> str:
        """Whether it counts: sure by itself, confirmed by a person, or still to be."""
        return words_of(Field.TAKEN, code_of_link(self.standing, self.evidence.id))


def links_of(ledger: Ledger) -> Sequence[Found]:
    """Every passage of every promise, those that count before those that wait for a person."""
    return [Found(one, link) for one in ledger.standings for link in (*one.evidence, *one.proposals)]


def _scores(found: Found) -> str:
    return "、".join(f"{SCORES.get(name, name)} {points:g}" for name, points in found.evidence.link.scores)


def _measured(row: ProgressRow) -> str:
    return row.actual.unit_span.text


EVIDENCE: tuple[Column[Found], ...] = (
    Column("案号", 8, lambda r: r.standing.row.document.identity.number),
    Column("标题（案由）", 20, lambda r: heading(r.standing.row.document)),
    Column("主办单位", 14, lambda r: r.standing.row.document.identity.lead_unit),
    Column(
        QUOTE,
        42,
        lambda r: r.standing.row.commitment.span.text,
        leads=lambda r: spot(r.standing.row.document, r.standing.row.commitment.span),
    ),
    Column("落实状态", 10, lambda r: phrase(r.standing.status), colours=COLOURS),
    Column("关系", 10, lambda r: phrase(r.evidence.link.relation)),
    Column(
        PASSAGE,
        46,
        lambda r: r.evidence.link.span.text,
        leads=lambda r: spot(r.evidence.document, r.evidence.link.span),
    ),
    Column("佐证日期", 11, lambda r: r.evidence.link.day),
    Column("佐证文件", 26, lambda r: source_name(r.evidence.document)),
    Column(TAKEN, 11, lambda r: r.taken, colours=_UNSURE, entered=True, choices=CHOICES[Field.TAKEN]),
    Column("依据", 26, lambda r: reason_phrases(r.evidence.link.why)),
    Column(REASON, 14, lambda r: None, entered=True),
    Column("需要留意", 16, lambda r: flag_phrases(r.evidence.link.flags)),
    Column("得分", 7, lambda r: r.evidence.link.score, "0.00"),
    Column("分项得分", 24, _scores),
    Column("认定人", 9, lambda r: one.who if (one := r.decision) else None),
    Column("认定日期", 11, lambda r: one.at.date() if (one := r.decision) else None),
    Column("认定理由", 20, lambda r: one.why if (one := r.decision) else None),
    Column("佐证位置", 14, lambda r: position((), r.evidence.link.span)),
    Column("承诺位置", 14, lambda r: position((), r.standing.row.commitment.span)),
    Column("答复文件", 22, lambda r: r.standing.row.document.name),
    Column("佐证文件名", 22, lambda r: r.evidence.document.name),
    Column("承诺编号", 19, lambda r: r.standing.row.id),
    Column(PASSAGE_ID, 19, lambda r: r.evidence.id),
)

PROGRESS: tuple[Column[ProgressRow], ...] = (
    Column("案号", 8, lambda r: r.holder.identity.number),
    Column("目标文件", 24, lambda r: source_name(r.holder)),
    Column("单位", 14, lambda r: r.holder.identity.lead_unit),
    Column("指标", 26, lambda r: r.indicator),
    Column("目标（原文）", 13, lambda r: r.target.span.text, leads=lambda r: spot(r.holder, r.target.span)),
    Column("完成时限", 11, lambda r: r.target.deadline),
    Column("实际（原文）", 13, lambda r: r.actual.span.text, leads=lambda r: spot(r.document, r.actual.span)),
    Column("截至", 11, lambda r: r.day),
    Column("完成率", 8, lambda r: r.ratio, "0.0%"),
    Column("尚差", 10, lambda r: numeral(remaining(r))),
    Column("计量单位", 9, lambda r: r.target.unit),
    Column("实际所在句（原文）", 44, _measured, leads=lambda r: spot(r.document, r.actual.unit_span)),
    Column("需要留意", 18, lambda r: flag_phrases(r.flags)),
    Column("备注", 14, lambda r: None),
    Column("是否确定", 11, lambda r: phrase(r.certainty), colours=_UNSURE),
    Column("目标值", 12, lambda r: numeral(r.target.value)),
    Column("实际值", 12, lambda r: numeral(in_target_unit(r))),
    Column("口径", 8, lambda r: phrase(r.target.basis)),
    Column(
        "目标所在句（原文）",
        44,
        lambda r: r.target.unit_span.text,
        leads=lambda r: spot(r.holder, r.target.unit_span),
    ),
    Column("依据", 24, lambda r: reason_phrases(r.why)),
    Column("实际出自", 26, lambda r: source_name(r.document)),
    Column("目标位置", 14, lambda r: position((), r.target.span)),
    Column("实际位置", 14, lambda r: position((), r.actual.span)),
    Column("目标文件名", 22, lambda r: r.holder.name),
    Column("实际文件名", 22, lambda r: r.document.name),
    Column("目标编号", 19, lambda r: r.target_id),
    Column("实际编号", 19, lambda r: r.actual_id),
)

COVERAGE: tuple[Column[CoverageRow], ...] = (
    Column("案号", 8, lambda r: (r.item or r.reply).identity.number),
    Column("类别", 9, lambda r: case_kind((r.item or r.reply).identity)),
    Column("标题（案由）", 24, lambda r: heading(r.item or r.reply)),
    Column("提出人", 14, lambda r: "、".join((r.item or r.reply).identity.proposers)),
    Column(
        "诉求（原文）",
        46,
        lambda r: r.request.span.text,
        leads=lambda r: spot(r.item or r.reply, r.request.span),
    ),
    Column("答复情况", 10, lambda r: phrase(r.answer), colours=_ANSWERS),
    Column(
        "答复的话（原文）",
        56,
        lambda r: "\n".join(span.text for span in r.units) or None,
        leads=lambda r: spot(r.reply, r.units[0]) if r.units else None,
    ),
    Column("答复单位", 16, lambda r: r.reply.identity.lead_unit),
    Column("答复日期", 11, lambda r: r.reply.identity.date),
    Column("备注", 16, lambda r: None),
    Column("是否确定", 11, lambda r: phrase(r.certainty), colours=_UNSURE),
    Column("依据", 26, lambda r: reason_phrases(r.why)),
    Column("诉求位置", 14, lambda r: position((), r.request.span)),
    Column("答复位置", 14, lambda r: positions(r.units)),
    Column("建议、提案文件", 24, lambda r: r.item.name if r.item else "（没有收到，诉求摘自答复）"),
    Column("答复文件", 22, lambda r: r.reply.name),
    Column("诉求编号", 19, lambda r: r.request_id),
)

ALARMS: tuple[Column[AlarmRow], ...] = (
    Column("提醒", 34, lambda r: alarm_phrase(r.code, r.values)),
    Column("案号", 8, lambda r: r.reply.identity.number),
    Column("标题（案由）", 24, lambda r: heading(r.reply)),
    Column("主办单位", 16, lambda r: r.reply.identity.lead_unit),
    Column(
        "答复（原文）",
        44,
        lambda r: r.spans[0].text if r.spans else None,
        leads=lambda r: spot(r.reply, r.spans[0]) if r.spans else None,
    ),
    Column(
        "别处（原文）",
        44,
        lambda r: "\n".join(span.text for span in r.spans[1:]) or None,
        leads=lambda r: spot(r.other or r.reply, r.spans[1]) if r.spans[1:] else None,
    ),
    Column("别处的文件", 26, lambda r: source_name(r.other) if r.other else None),
    Column("日期", 11, lambda r: r.day),
    Column("是否确定", 11, lambda r: phrase(r.certainty), colours=_UNSURE),
    Column("备注", 16, lambda r: None),
    Column("答复位置", 14, lambda r: positions(r.spans[:1])),
    Column("别处位置", 14, lambda r: positions(r.spans[1:])),
    Column("答复文件", 22, lambda r: r.reply.name),
    Column("别处文件名", 22, lambda r: r.other.name if r.other else None),
    Column("承诺编号", 19, lambda r: r.commitment),
    Column("提醒编号", 19, lambda r: r.id),
)
