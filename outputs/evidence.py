"""What was found about a promise, in words: a line for each link, number, alarm and decision.

Sheets, letters and the terminal say these things alike, because they take them from here.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from models.commitments import Deadline, Strength
from models.decided import DecisionKind
from models.documents import Span
from models.evidence import AlarmCode, Certainty, Status
from outputs.flags import flag_phrases
from outputs.phrases import alarm_phrase, phrase

if TYPE_CHECKING:
    from collections.abc import Iterable

    from models.decided import Decided, Decision
    from models.followed import AlarmRow, EvidenceRow, ProgressRow
    from models.queries import DocumentRow
    from outputs.ledger import Standing

CHANGES = frozenset({AlarmCode.NUMBER_LOWERED, AlarmCode.DAY_MOVED, AlarmCode.CANCELLED, AlarmCode.SILENTLY_DROPPED})
"""Alarms by which a promise isn't what it was; the others ask somebody to look."""

NO_DAY = "日期不明"
SayDay = Callable[[date], str]
"""How a day is written: 2026-03-02 in lists and files, 2026年3月2日 in letters."""


def source_name(document: DocumentRow) -> str:
    """What a source is called: its own title, else the page's, its subject, its file's name."""
    identity = document.identity
    return identity.title or document.title or identity.subject or document.name


def position_words(section: tuple[str, ...], span: Span) -> str:
    """Where a quotation stands: the headings above it, and its characters in the text as read, counted from 1.

    >>> position_words(("二、下一步打算",), Span(9, 14, "建成3座。"))
    '二、下一步打算，第10—14字'
    """
    above = [heading.rstrip("。：:；;，, ") for heading in section[-1:]]
    return "，".join([*above, f"第{span.start + 1}—{span.end}字"])


def day_words(day: date | None, say: SayDay = date.isoformat) -> str:
    """A day; one that the text doesn't tell is said to be unknown."""
    return say(day) if day else NO_DAY


def letter_day(day: date) -> str:
    """A day in a letter, without leading zeros (GB/T 9704).

    >>> letter_day(date(2026, 3, 2))
    '2026年3月2日'
    """
    return f"{day.year}年{day.month}月{day.day}日"


def due_words(deadline: Deadline | None) -> str:
    """The deadline as printed with its last day; said once where a person set the day.

    >>> due_words(Deadline("年底前", date(2025, 12, 31)))
    '年底前（2025-12-31）'
    """
    if deadline is None or deadline.end is None:
        return deadline.text if deadline else ""
    day = deadline.end.isoformat()
    return day if deadline.text == day else f"{deadline.text}（{day}）"


def evidence_words(found: EvidenceRow) -> str:
    """One link in one line: what it does for the promise, since when, where it stands, its words."""
    link = found.link
    head = f"〔{phrase(link.relation)}〕{day_words(link.day)}　{source_name(found.document)}"
    return f"{head}：{link.span.text}"


def evidence_told(standing: Standing) -> str:
    """All that is shown for a promise, a line each; where nothing is, how far somebody looked."""
    return "\n".join(map(evidence_words, standing.evidence)) or looked_words(standing)


def looked_words(standing: Standing, say: SayDay = date.isoformat) -> str:
    """How far evidence was looked for. Nobody looked, and looked but found nothing, are two answers."""
    looked = standing.looked
    if looked is None:
        return "" if standing.evidence else "未核查"
    found = "" if standing.evidence else "，未见佐证"
    return f"已核查{looked.documents}份文件（最近一次{say(looked.at.date())}）{found}"


def progress_words(found: ProgressRow, say: SayDay = date.isoformat) -> str:
    """A target and a later number in one line: 开通线路：目标6条，实际4条（截至2025-11-30），完成66.7%."""
    target, actual = found.target, found.actual
    name = f"{found.indicator}：" if found.indicator else ""
    ratio = f"，完成{percent(found.ratio)}" if found.ratio is not None else ""
    doubts = [flag_phrases(found.flags), phrase(found.certainty) if found.certainty is Certainty.PROPOSED else ""]
    doubt = "；".join(filter(None, doubts))
    told = f"{name}目标{target.span.text}，实际{actual.span.text}（截至{day_words(found.day, say)}）{ratio}"
    return told + (f"〔{doubt}〕" if doubt else "")


def percent(ratio: float) -> str:
    """A ratio as a share with at most one decimal.

    >>> percent(0.6667), percent(1.0)
    ('66.7%', '100%')
    """
    return f"{ratio * 100:.1f}".removesuffix(".0") + "%"


def remaining(found: ProgressRow) -> Decimal | None:
    """How much is missing to the target; nothing where the two can't be held against each other, or it is reached."""
    if found.ratio is None or found.ratio >= 1:
        return None
    return found.target.value - in_target_unit(found)


def in_target_unit(found: ProgressRow) -> Decimal:
    """The later number in the target's own unit: 11025 where 735公顷 tell of 1.1万亩.

    One measure is a whole number of times the other, which the ratio tells although it is rounded.
    """
    target, actual = found.target.value, found.actual.value
    if "unit_converted" not in found.flags or not found.ratio or not actual:
        return actual
    times = Decimal(str(found.ratio)) * target / actual
    return actual * round(times) if times >= 1 else actual / round(1 / times)


def alarm_words(alarm: AlarmRow, say: SayDay = date.isoformat) -> str:
    """What an officer must hear of, with the day and whether a person still has to look."""
    doubt = f"〔{phrase(alarm.certainty)}〕" if alarm.certainty is Certainty.PROPOSED else ""
    day = f"{say(alarm.day)}　" if alarm.day else ""
    return f"{day}{alarm_phrase(alarm.code, alarm.values)}{doubt}"


def deciding(decided: Decided) -> Decision | None:
    """The decision that a person's word on a promise rests on: its status, else the latest judgement that holds."""
    if decided.status:
        return decided.status
    made = [*decided.links.values(), *(one for _, one in decided.corrected.values())]
    return max(made, key=lambda one: one.id, default=None)


def decision_words(decision: Decision) -> str:
    """What was decided, in words: 认定状态：已落实（验收报告）."""
    values = dict(decision.values)
    match decision.kind:
        case DecisionKind.SET_STATUS:
            source = f"（{values['source']}）" if values.get("source") else ""
            said = phrase(Status(values["status"])) + source
        case DecisionKind.CORRECT:
            said = "、".join(
                f"{_FIELDS.get(name, name)}改为{value_words(name, value)}" for name, value in decision.values
            )
        case _:
            said = "、".join(value for value in values.values() if value)
    return phrase(decision.kind) + (f"：{said}" if said else "")


def value_words(name: str, value: str) -> str:
    """A decision's value as people say it.

    >>> value_words("strength", "aim"), value_words("deadline", "none"), value_words("promise", "no")
    ('力争', '没有时限', '否')
    """
    match name, value:
        case "status", _:
            return phrase(Status(value))
        case "strength", _:
            return phrase(Strength(value))
        case "deadline", "none":
            return "没有时限"
        case "promise", _:
            return "否" if value == "no" else "是"
        case "until", "":
            return "（不再暂缓）"
        case _:
            return value or "（没有）"


_FIELDS = {"strength": "强度", "deadline": "完成时限", "responsible": "责任单位", "promise": "是否承诺"}


def decided_told(decided: Decided) -> str:
    """What people decided about a promise and holds, a line each."""
    links = [decided.links[name] for name in sorted(decided.links, key=lambda name: decided.links[name].id)]
    held = [*([decided.status] if decided.status else []), *{one.id: one for _, one in _corrections(decided)}.values()]
    return "\n".join(map(decision_words, [*held, *links]))


def _corrections(decided: Decided) -> Iterable[tuple[str, Decision]]:
    return decided.corrected.values()


def notes_told(decided: Decided) -> str:
    """The notes of people, a line each."""
    return "\n".join(f"{one.who}：{one.why}" for one in decided.notes)
