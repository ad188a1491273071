"""Records as the plain values that JSON lines and exports are made of: the keys that other programs rely on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from models.commitments import Commitment, Deadline, Declined, Request
from models.documents import Identity, Span
from models.evidence import Status
from models.extraction import Extraction
from models.findings import Finding
from models.quantities import Quantity
from outputs.evidence import in_target_unit
from outputs.phrases import alarm_phrase, finding_phrase, schedule_phrase
from outputs.reasons import reason_phrases

if TYPE_CHECKING:
    from models.followed import AlarmRow, CoverageRow, EvidenceRow, Looked, ProgressRow
    from models.runs import Run, RunItem
    from models.search import SearchHit
    from outputs.ledger import Ledger, Standing

Record = dict[str, Any]
"""A JSON object on its way out; nothing reads it back."""


def extraction_record(extraction: Extraction, *, with_text: bool = False) -> Record:
    """All that one document says, as one JSON object; `with_text` adds the text that the offsets refer to."""
    record: Record = {"text": extraction.document.text} if with_text else {}
    return record | {
        "document": identity_record(extraction.identity),
        "requests": [request_record(request) for request in extraction.requests],
        "commitments": [commitment_record(commitment) for commitment in extraction.commitments],
        "declined": [declined_record(declined) for declined in extraction.declined],
        "quantities": [quantity_record(quantity) for quantity in extraction.quantities],
    }


def identity_record(identity: Identity) -> Record:
    """Who says what to whom."""
    return {
        "kind": identity.kind.value,
        "addressed_to": identity.addressed_to.value if identity.addressed_to else None,
        "number": identity.number,
        "congress": identity.congress,
        "session": identity.session,
        "subject": identity.subject,
        "proposers": list(identity.proposers),
        "lead_unit": identity.lead_unit,
        "co_units": list(identity.co_units),
        "region": identity.region,
        "region_code": identity.region_code,
        "date": day(identity.date),
        "result_class": identity.result_class,
        "doc_number": identity.doc_number,
        "title": identity.title,
        "co_reply": identity.co_reply,
        "openness": identity.openness,
        "contacts": list(identity.contacts),
    }


def commitment_record(commitment: Commitment) -> Record:
    """One promise with its quotation."""
    return span_record(commitment.span) | {
        "section": list(commitment.section),
        "strength": commitment.strength.value,
        "deadline": deadline_record(commitment.deadline),
        "responsible": list(commitment.responsible),
        "instruments": list(commitment.instruments),
        "condition": commitment.condition,
        "confidence": commitment.confidence,
        "rule": commitment.rule,
        "flags": list(commitment.flags),
    }


def declined_record(declined: Declined) -> Record:
    """One refused point with its quotation."""
    return span_record(declined.span) | {
        "section": list(declined.section),
        "reason": declined.reason,
        "confidence": declined.confidence,
        "rule": declined.rule,
    }


def request_record(request: Request) -> Record:
    """One ask with its quotation."""
    return span_record(request.span) | {"rule": request.rule}


def quantity_record(quantity: Quantity) -> Record:
    """One number with its meaning. Texts have hundreds: `_value_` is looked up in a tenth of the time of `value`."""
    return {
        **span_record(quantity.span),
        "value": number(quantity.value),
        "upper": number(quantity.upper),
        "unit": quantity.unit,
        "comparator": quantity.comparator._value_,
        "basis": quantity.basis._value_,
        "role": quantity.role._value_,
        "indicator": quantity.indicator,
        "deadline": day(quantity.deadline),
        "unit_text": quantity.unit_span.text,
        "part_of": quantity.part_of,
        "confidence": quantity.confidence,
        "rule": quantity.rule,
        "flags": list(quantity.flags),
    }


def finding_record(finding: Finding) -> Record:
    """One thing that doesn't agree: its code, what it says in Chinese, and all its quotations, the claim first."""
    return {
        "code": finding.code.value,
        "message": finding_phrase(finding),
        "said": finding.said,
        "reckoned": finding.reckoned,
        "soft": finding.soft,
        "quotes": [span_record(span) for span in finding.spans],
    }


def span_record(span: Span) -> Record:
    """A quotation and where it stands in the text as read."""
    return {"text": span.text, "start": span.start, "end": span.end}


def deadline_record(deadline: Deadline | None) -> Record | None:
    """The deadline's words and its last day."""
    return {"text": deadline.text, "end": day(deadline.end)} if deadline else None


def day(value: date | None) -> str | None:
    """A day as YYYY-MM-DD."""
    return value.isoformat() if value else None


def number(value: Decimal | None) -> int | float | None:
    """A number as JSON has it: whole ones without a decimal point.

    >>> number(Decimal("300000")), number(Decimal("33.33"))
    (300000, 33.33)
    """
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def ledger_record(ledger: Ledger) -> Record:
    """The whole ledger as other programs read it."""
    return {
        "as_of": ledger.as_of.isoformat(),
        "filter": list(ledger.scope.words),
        "commitments": [standing_record(standing) for standing in ledger.standings],
        "progress": [progress_record(one) for one in ledger.progress],
        "coverage": coverage_records(ledger.coverage),
        "alarms": [alarm_record(alarm) for alarm in ledger.alarms],
    }


def standing_record(standing: Standing) -> Record:
    """One promise with the document it stands in and how it stands. What a person corrected stands in the fields;
    `as_read` keeps what was read."""
    row = standing.row
    read = commitment_record(row.commitment)
    corrected = {
        "strength": standing.strength.value,
        "deadline": deadline_record(standing.deadline),
        "responsible": list(standing.responsible),
    }
    return (
        {"id": row.id, "document": row.document.name, "document_id": row.document.id}
        | read
        | corrected
        | {
            "as_read": {key: read[key] for key, value in corrected.items() if read[key] != value},
            "status": standing.status.value if standing.status else None,
            "schedule": schedule_phrase(standing.schedule),
            "schedule_code": standing.schedule.code.value,
            "schedule_days": standing.schedule.days,
            "reviewed": standing.decided.reviewed,
            "assigned_to": standing.decided.assigned_to,
            "snoozed_until": day(standing.decided.snoozed_until),
            "evidence": [evidence_record(one) for one in standing.evidence],
            "proposals": [evidence_record(one) for one in standing.proposals],
            "progress": [progress_record(one) for one in standing.progress],
            "alarms": [alarm_record(alarm) for alarm in standing.alarms],
            "looked": looked_record(standing.looked),
            "case": case_record(row.document.identity),
        }
    )


def evidence_record(found: EvidenceRow) -> Record:
    """One link: the passage, what it does for the promise, how sure that is and why."""
    link = found.link
    return {
        "id": found.id,
        "document": found.document.name,
        "document_id": found.document.id,
        **span_record(link.span),
        "relation": link.relation.value,
        "certainty": link.certainty.value,
        "day": day(link.day),
        "score": link.score,
        "scores": dict(link.scores),
        "why": reason_phrases(link.why),
        "reasons": [{"code": reason.code, "values": list(reason.values)} for reason in link.why],
        "flags": list(link.flags),
    }


def progress_record(found: ProgressRow) -> Record:
    """A target, and a later number that speaks of it."""
    return {
        "indicator": found.indicator,
        "target": number(found.target.value),
        "actual": number(in_target_unit(found)),
        "unit": found.target.unit,
        "as_of": day(found.day),
        "ratio": found.ratio,
        "deadline": day(found.target.deadline),
        "certainty": found.certainty.value,
        "flags": list(found.flags),
        "why": reason_phrases(found.why),
        "target_document": found.holder.name,
        "target_quote": span_record(found.target.unit_span),
        "document": found.document.name,
        "quote": span_record(found.actual.unit_span),
    }


def coverage_records(rows: Iterable[CoverageRow]) -> list[Record]:
    """What became of the asks, by item and reply."""
    grouped: dict[tuple[str | None, str], list[CoverageRow]] = {}
    for row in rows:
        grouped.setdefault((row.item.id if row.item else None, row.reply.id), []).append(row)
    return [
        {
            "proposal": asks[0].item.name if asks[0].item else None,
            "reply": asks[0].reply.name,
            "requests": [coverage_record(ask) for ask in asks],
        }
        for asks in grouped.values()
    ]


def coverage_record(row: CoverageRow) -> Record:
    """One ask and the units that answer it."""
    return span_record(row.request.span) | {
        "status": row.answer.value,
        "by": [span.text for span in row.units],
        "certainty": row.certainty.value,
        "why": reason_phrases(row.why),
    }


def alarm_record(alarm: AlarmRow) -> Record:
    """One thing that an officer must hear of."""
    return {
        "id": alarm.id,
        "code": alarm.code.value,
        "message": alarm_phrase(alarm.code, alarm.values),
        "document": alarm.reply.name,
        "commitment": alarm.commitment,
        "other": alarm.other.name if alarm.other else None,
        "quotes": [span_record(span) for span in alarm.spans],
        "day": day(alarm.day),
        "certainty": alarm.certainty.value,
    }


def looked_record(looked: Looked | None) -> Record | None:
    """How far evidence was looked for; null: nobody looked yet."""
    return {"documents": looked.documents, "at": looked.at.isoformat()} if looked else None


def case_record(identity: Identity) -> Record:
    """What a list of promises needs to know of the letter that holds one."""
    wanted = ("kind", "addressed_to", "number", "congress", "session", "subject", "proposers", "lead_unit", "region")
    record = identity_record(identity)
    return {key: record[key] for key in (*wanted, "date", "result_class", "doc_number", "co_reply")}


def search_record(total: int, hits: Iterable[tuple[SearchHit, Status | None]], *, more: bool = False) -> Record:
    """What a query found, best first; the status of commitments. `more`: there may be more than `total`."""
    return {
        "total": total,
        "more": more,
        "hits": [
            {
                "id": hit.id,
                "kind": hit.kind.value,
                "document": hit.document.name,
                "document_id": hit.document.id,
                "text": hit.text,
                "start": hit.start,
                "end": hit.end,
                "status": status.value if status else None,
                "score": hit.score,
                "match": hit.match.value,
                "snippet": hit.snippet,
            }
            for hit, status in hits
        ],
    }


def run_record(run: Run) -> Record:
    """One run and what its files came to."""
    return {
        "id": run.id,
        "kind": run.kind,
        "state": run.state.value,
        "started": run.started.isoformat(),
        "ended": run.ended.isoformat() if run.ended else None,
        "error": run.error,
        "skipped": run.skipped,
        "outcomes": {outcome.value: number for outcome, number in run.outcomes.items()},
    }


def item_record(item: RunItem) -> Record:
    """One file of a run."""
    return {
        "path": item.path,
        "outcome": item.outcome.value,
        "document": item.document,
        "reason": item.reason.value if item.reason else None,
        "detail": item.detail,
        "commitments": item.counts.commitments,
        "declined": item.counts.declined,
        "requests": item.counts.requests,
        "quantities": item.counts.quantities,
    }
