"""One promise: its words in the letter, its numbers over time, what later documents show, who decided what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi.responses import Response

from models.commitments import Strength
from models.documents import Span
from models.evidence import Certainty, Status
from models.followed import ProgressRow
from models.standing_log import Stood, statuses_over_time
from outputs.charts import NARROW, WIDE, Bar, progress_bar, svg
from outputs.exchange import Record, standing_record
from outputs.ledger import Standing
from outputs.phrases import phrase
from outputs.review import decision_record
from outputs.web import say
from outputs.web.deciding import quotes_of, standing_of
from outputs.web.guard import pages
from outputs.web.visit import Asking, Visit

router = pages()

_AROUND = 160  # characters of the letter that are shown before and after the quotation


@dataclass(frozen=True, slots=True)
class Context:
    """The letter's own words before and after a quotation."""

    before: str
    after: str


@router.get("/commitments/{id}")
def commitment(visit: Asking, id: str) -> Response:
    """The page of one promise."""
    one = standing_of(visit, id)
    around = context(visit.store.text(one.row.document.id), one.row.commitment.span)
    stood = statuses_over_time(visit.store, one.row.id)
    return visit.show(
        "commitment.html",
        full_record(visit, one, around, stood),
        one=one,
        around=around,
        stood=stood,
        quotes=quotes_of(visit, [one.row.document.id], one.decided.decisions),
        undone={decision.undoes for decision in one.decided.decisions},
        bars=len(_bars(one)),
        last=max((decision.id for decision in one.decided.decisions), default=0),
        decides=visit.may("POST /commitments/{id}/decide") and not visit.shows_past,
        statuses=[(status.value, phrase(status)) for status in Status],
        strengths=[(strength.value, phrase(strength)) for strength in Strength],
        say=say,
    )


def full_record(visit: Visit, one: Standing, around: Context, stood: Sequence[Stood]) -> Record:
    """All that is known of one promise."""
    return standing_record(one) | {
        "as_of": visit.as_of.isoformat(),
        "before": around.before,
        "after": around.after,
        "decisions": [decision_record(decision) for decision in one.decided.decisions],
        "stood": [{"day": s.day.isoformat(), "status": s.status.value if s.status else None} for s in stood],
        "merged_into": one.decided.merged_into,
        "is_promise": one.decided.is_promise,
    }


@router.get("/commitments/{id}/progress.svg")
def progress(visit: Asking, id: str) -> Response:
    """Its targets, and the later numbers that speak of them, as bars."""
    one = standing_of(visit, id)
    bars = _bars(one)
    if not bars:
        visit.gone("这条承诺没有可以画出来的进展。")
    return visit.svg(svg("目标进展", bars, name="progress", total=1.0, room=NARROW if visit.flag("narrow") else WIDE))


def context(text: str, span: Span) -> Context:
    """What stands around a quotation, whole lines where they are short enough."""
    before, after = text[max(0, span.start - _AROUND) : span.start], text[span.end : span.end + _AROUND]
    if span.start > _AROUND:
        before = "…" + before
    if span.end + _AROUND < len(text):
        after += "…"
    return Context(before.lstrip("\n"), after.rstrip("\n"))


def _bars(one: Standing) -> list[Bar]:
    """A bar for each later number that can be held against its target, in order of time."""
    found = [number for number in one.progress if number.ratio is not None]
    targets = [number.target_id for number in found]
    return [
        progress_bar(
            _label(number, several=targets.count(number.target_id) > 1),
            number.ratio or 0.0,
            say.percent(number.ratio or 0.0),
            sure=number.certainty is Certainty.SURE,
        )
        for number in found
    ]


def _label(number: ProgressRow, *, several: bool) -> str:
    """What a bar is called; with its day where a target has several."""
    name = number.indicator or number.target.span.text
    return f"{say.day_words(number.day)} {name}" if several else name
