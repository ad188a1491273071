"""Lists of promises in Word: the case, the words with what was found of them, the day and how it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING

from models.documents import Span
from models.evidence import Certainty, Relation, Status
from outputs.evidence import (
    alarm_words,
    day_words,
    decided_told,
    letter_day,
    looked_words,
    position_words,
    progress_words,
    source_name,
)
from outputs.flags import flag_phrases
from outputs.ledger import Standing, case_kind, heading
from outputs.letters.styles import QUOTE, SOURCE
from outputs.letters.word import Cell, Head, Letter, Line
from outputs.phrases import phrase, schedule_phrase
from outputs.summary import latest, unit_of

if TYPE_CHECKING:
    from models.documents import Identity
    from models.followed import AlarmRow, EvidenceRow, ProgressRow
    from models.queries import DocumentRow

LISTED = 200
"""Lines of one list: longer ones nobody turns over. What is left out is said, and stands in the ledger."""

HEADS = (Head("序号", 10), Head("案号与单位", 35), Head("承诺事项（原文）和佐证", 76), Head("时限与状态", 35))
Told = Callable[[Standing], Iterable[Line]]


def show_list(letter: Letter, standings: Sequence[Standing], told: Told | None = None) -> None:
    """A list of promises; `told` says what else stands below each (its evidence unless given)."""
    if not standings:
        letter.body("无。")
        return
    rows = [_row(number, one, told or evidence_lines) for number, one in enumerate(standings[:LISTED], start=1)]
    letter.table(HEADS, rows)
    left_out(letter, len(standings))


def left_out(letter: Letter, total: int) -> None:
    """Says how many lines a list doesn't show."""
    if total > LISTED:
        letter.note(f"本表列前{LISTED}项，其余{total - LISTED}项见台账。")


def numbered(lines: Iterable[Sequence[Cell]]) -> list[list[Cell]]:
    """Rows with their number in front."""
    return [[[Line(str(number), side="center")], *cells] for number, cells in enumerate(lines, start=1)]


def _row(number: int, standing: Standing, told: Told) -> list[Cell]:
    commitment = standing.row.commitment
    promise = [
        Line(commitment.span.text, QUOTE),
        source_line(standing.row.document, commitment.section, commitment.span),
    ]
    below = [*told(standing), *judged(standing)]
    return [[Line(str(number), side="center")], case_lines(standing), [*promise, *below], state_lines(standing)]


def case_words(identity: Identity) -> str:
    """建议第017号; nothing where the letter names no case."""
    kind = case_kind(identity)
    return f"{kind}第{identity.number}号" if identity.number else kind


def case_lines(standing: Standing) -> list[Line]:
    """Which case, and who answers for it."""
    document = standing.row.document
    responsible = "、".join(standing.responsible)
    unit = unit_of(standing)
    lines = [
        Line(case_words(document.identity), bold=True),
        Line(heading(document)),
        Line(unit),
        Line(f"责任单位：{responsible}" if responsible and responsible != unit else ""),
    ]
    return [line for line in lines if line.text]


def state_lines(standing: Standing) -> list[Line]:
    """Its day as printed and reckoned, and how it stands."""
    deadline, days = standing.deadline, standing.days_overdue
    day = letter_day(deadline.end) if deadline and deadline.end else ""
    corrected = deadline is not None and deadline.end is not None and deadline.text == deadline.end.isoformat()
    status = phrase(standing.status) or phrase(standing.strength)
    return [
        *([Line(deadline.text)] if deadline and not corrected and deadline.text != day else []),
        *([Line(day)] if day else []),
        Line(f"逾期{days}天" if days is not None else status, bold=True),
        *([Line(schedule_phrase(standing.schedule))] if days is None and standing.status in _OPEN else []),
    ]


_OPEN = (Status.IN_PROGRESS, Status.NO_EVIDENCE)


def evidence_lines(standing: Standing) -> Iterable[Line]:
    """What was found, and how much waits for a person."""
    waiting = [Line(f"另有{len(standing.proposals)}处待人工确认。", SOURCE)] if standing.proposals else []
    return [*shown_lines(standing), *waiting]


def shown_lines(standing: Standing, elsewhere: str = "见台账“佐证明细”表") -> Iterable[Line]:
    """What tells most of what was found, and where the rest is; where there is nothing, how far somebody looked."""
    shown = telling(standing)
    looked = [] if shown else [Line(f"佐证：{looked_words(standing, letter_day)}")]
    rest = len(standing.evidence) - len(shown)
    more = [Line(f"另有{rest}处{'' if shown else '只是重申的话'}，{elsewhere}。", SOURCE)] if rest else []
    return [*chain.from_iterable(map(link_lines, shown)), *looked, *more, *number_lines(standing)]


def number_lines(standing: Standing) -> list[Line]:
    """The newest numbers that are sure, against the promised ones."""
    sure = [one for one in standing.progress if one.certainty is Certainty.SURE]
    return [line for one in latest(sure)[:NUMBERS] for line in _number(one)]


def _number(one: ProgressRow) -> list[Line]:
    return [Line(f"进展：{progress_words(one, letter_day)}"), source_line(one.document, (), one.actual.span)]


def telling(standing: Standing) -> list[EvidenceRow]:
    """The passages that tell most: those that decide the status, then what is under way; of each the surest first.

    What only repeats the promise proves nothing, and isn't shown.
    """
    order = _TELLING.get(standing.status, _UNDECIDED)
    found = [one for one in standing.evidence if one.link.relation in order]
    ranked = sorted(found, key=lambda one: (order.index(one.link.relation), -one.link.score, one.id))
    return sorted(ranked[:PASSAGES], key=lambda one: (one.link.day is None, one.link.day or date.min, one.id))


PASSAGES, NUMBERS = 2, 2
"""Of one promise; the workbook has them all."""

_UNDECIDED = (Relation.FULFILS, Relation.ADVANCES, Relation.CONTRADICTS)
_TELLING: dict[Status | None, tuple[Relation, ...]] = {
    Status.FULFILLED: (Relation.FULFILS, Relation.ADVANCES),
    Status.DROPPED: (Relation.CONTRADICTS, Relation.FULFILS, Relation.ADVANCES),
}


def link_lines(found: EvidenceRow) -> list[Line]:
    """One passage: what it does for the promise, its words, where they stand."""
    link = found.link
    doubt = flag_phrases(link.flags)
    head = f"佐证（{phrase(link.relation)}）：{day_words(link.day, letter_day)}，{source_name(found.document)}"
    return [
        Line(head + (f"〔{doubt}〕" if doubt else "")),
        Line(link.span.text, QUOTE),
        source_line(found.document, (), link.span),
    ]


def alarm_lines(standing: Standing) -> Iterable[Line]:
    """What is no longer as it was, with the later document's words; then the evidence that isn't quoted yet."""
    quoted = {(alarm.other.id, span) for alarm in standing.alarms if alarm.other for span in alarm.spans[1:]}
    rest = [one for one in telling(standing) if (one.document.id, one.link.span) not in quoted]
    told = chain.from_iterable([*map(lines_of_alarm, standing.alarms), *map(link_lines, rest)])
    return [*told, *number_lines(standing)]


def lines_of_alarm(alarm: AlarmRow) -> list[Line]:
    """One alarm, with the quotations that prove it (the promise's own words stand above it already)."""
    lines = [Line(f"提醒：{alarm_words(alarm, letter_day)}", bold=True)]
    for span in alarm.spans[1:]:
        lines.append(Line(span.text, QUOTE))
        if alarm.other:
            lines.append(source_line(alarm.other, (), span))
    return lines


def judged(standing: Standing) -> list[Line]:
    """What people decided about it."""
    decided = decided_told(standing.decided)
    made = sorted({one.who for one in (standing.decided.status, *standing.decided.links.values()) if one})
    return [Line(f"人工认定（{'、'.join(made)}）：{decided}")] if decided and made else []


def source_line(document: DocumentRow, section: tuple[str, ...], span: Span) -> Line:
    """Where a quotation stands: the file, the heading, its characters."""
    return Line(f"出处：{document.name}，{position_words(section, span)}", SOURCE)
