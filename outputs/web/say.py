"""What templates say with: the words of records, as sheets, letters and the terminal say them.

visit.show("ledger.html", record, say=say)      {{ say.heading(one.row.document) }}
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from models.decided import Decision
from models.documents import Span
from models.quantities import Quantity
from outputs.evidence import (
    alarm_words,
    day_words,
    decided_told,
    due_words,
    looked_words,
    notes_told,
    percent,
    position_words,
    progress_words,
    source_name,
)
from outputs.flags import FLAGS, flag_phrases, note_phrases
from outputs.ledger import Standing, case_kind, heading, measure_words, term
from outputs.letters.lists import case_words
from outputs.phrases import alarm_phrase, finding_phrase, phrase, schedule_phrase
from outputs.reasons import SCORES, reason_phrases
from outputs.review import told
from outputs.rules import rule_words
from outputs.summary import unit_of

__all__ = [
    "FLAGS",
    "SCORES",
    "alarm_phrase",
    "alarm_words",
    "case_kind",
    "case_words",
    "day_words",
    "decided_told",
    "due_words",
    "finding_phrase",
    "flag_phrases",
    "heading",
    "looked_words",
    "measure_words",
    "note_phrases",
    "notes_told",
    "percent",
    "phrase",
    "pieces",
    "place",
    "position_words",
    "progress_words",
    "reason_phrases",
    "rule_words",
    "schedule_phrase",
    "source_name",
    "term",
    "told",
    "told_with",
    "unit_of",
]


def told_with(made: Decision, quotes: Mapping[str, str]) -> str:
    """A decision in words; of a passage that it judges the words, where they are known.

    >>> from datetime import UTC, datetime
    >>> from models.decided import DecisionKind
    >>> made = Decision(3, datetime.now(UTC), "李", DecisionKind.REJECT_LINK, None, "3f2a", (), "")
    >>> told_with(made, {"3f2a": "新线路开通。"})
    '否定佐证：“新线路开通。”'
    """
    quoted = quotes.get(made.object or "")
    return told(replace(made, object=f"“{quoted}”")) if quoted else told(made)


def place(span: Span) -> str:
    """A quotation's place as the document's page takes it in ?span=.

    >>> place(Span(9, 14, "建成3座。"))
    '9-14'
    """
    return f"{span.start}-{span.end}"


def pieces(standing: Standing) -> list[tuple[str, Quantity | None]]:
    """The promise's words cut at its numbers, so that each number can lead to its sentence."""
    span = standing.row.commitment.span
    found: list[tuple[str, Quantity | None]] = []
    at = span.start
    for number in sorted(standing.quantities, key=lambda one: one.span.start):
        if number.span.start < at or number.span.end > span.end:
            continue
        found += [(span.text[at - span.start : number.span.start - span.start], None), (number.span.text, number)]
        at = number.span.end
    return [(text, number) for text, number in [*found, (span.text[at - span.start :], None)] if text]
