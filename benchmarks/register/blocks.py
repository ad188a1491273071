"""The rows of ten letters with all that belongs to them: two suggestions, one piece of news, evidence, decisions."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count

import sqlalchemy as sa

from benchmarks.register.letters import item, letter, news
from models import nightly_tables, rows
from models import tables as t
from models import tracking_tables as found
from models.commitments import Commitment, Strength
from models.decided import DecisionKind
from models.documents import Span
from models.evidence import AlarmCode, Answer, Certainty, PairKind, Reason, Relation, Status
from models.extraction import Extraction
from models.ids import DocumentId, RecordId, content_id
from models.indexing import index_rows
from models.quantities import Role
from models.rows import Row
from models.runs import Outcome, SourceFile
from models.sourcing import source_id

LETTERS = 10  # of one block
BEGUN = datetime(2026, 7, 1, 1, 0, tzinfo=UTC)
"""When everything was taken in."""
PEOPLE = ("王五", "赵六", "孙七", "周八")
_EXTRACTOR = "bench"


@dataclass(slots=True)
class Block:
    """Rows by table, in the order in which they may be written. Entries are numbered from 1 within the block."""

    rows: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    entries: int = 0
    commitments: int = 0

    def add(self, table: sa.Table, row: Row) -> None:
        """Another row."""
        self.rows[table.name].append(row)


@dataclass(frozen=True, slots=True)
class KeptAs:
    """The file that holds a document, the rules that read it and followed it up, and the digest of its records."""

    source: SourceFile
    extractor: str
    tracker: str
    records_digest: str


def block(number: int) -> Block:
    """Letters 10 × number and the nine after it, with what belongs to them."""
    made, dice = Block(), random.Random(f"block {number}")
    later = news(number)
    teller = add_document(made, later)
    for place in range(number * LETTERS, (number + 1) * LETTERS):
        reply = letter(place)
        id = add_document(made, reply)
        ids = rows.record_ids(id, reply)
        made.commitments += len(ids.commitments)
        _evidence(made, dice, (id, reply, ids), (teller, later))
        _progress(made, dice, (id, reply, ids), (teller, later))
        if place % 5 == 0:
            _asked(made, dice, id, reply, place)
    return made


def add_document(made: Block, one: Extraction, kept_as: KeptAs | None = None) -> DocumentId:
    """A document with its file, its records, and its places in the index; without `kept_as`, of a file that isn't."""
    id = rows.document_id(one.document.text)
    ids = rows.record_ids(id, one)
    how = kept_as or _invented(one)
    path, digest = how.source.path, how.records_digest
    kept = {"path": path, "form": one.document.form, "extractor": how.extractor, "records_digest": digest}
    described = rows.document_row(one.document) | rows.identity_row(one.identity)
    made.add(t.documents, {"id": id, "current": True, "created": BEGUN} | described | kept)
    made.add(t.document_texts, {"document_id": id, "text": one.document.text})
    file = {"digest": how.source.digest, "size": how.source.size, "mtime_ns": how.source.mtime_ns}
    made.add(
        t.sources,
        {"id": source_id(path), "path": path, "name": one.document.name, "form": one.document.form, "version": 1}
        | {"first_seen": BEGUN, "document_id": id, "extractor": how.extractor, "failure": None, "failure_detail": None}
        | {"failed": None}
        | file,
    )
    seen = {"source_id": source_id(path), "number": 1, "document_id": id, "seen": BEGUN, "superseded": None}
    made.add(t.versions, seen | file)
    made.add(t.sightings, {"path": path, "run_id": 1, "seen": BEGUN})
    made.rows["units"] += rows.unit_rows(id, one.units)
    made.rows["commitments"] += rows.commitment_rows(id, ids.commitments, one.commitments)
    made.rows["declined"] += rows.declined_rows(id, ids.declined, one.declined)
    made.rows["requests"] += rows.request_rows(id, ids.requests, one.requests)
    made.rows["quantities"] += rows.quantity_rows(id, ids.quantities, one.quantities)
    entries, records = index_rows(id, one, ids, made.entries + 1)
    made.rows["search_entries"] += entries
    made.rows["search_records"] += records
    made.entries += len(entries)
    made.add(found.followed, {"document_id": id, "records_digest": digest, "tracker": how.tracker, "at": BEGUN})
    counts = {name: len(getattr(one, name)) for name in ("commitments", "declined", "requests", "quantities")}
    log = {"run_id": 1, "path": path, "outcome": Outcome.NEW, "document_id": id, "reason": None, "detail": ""}
    made.add(t.run_items, log | {"started": BEGUN, "ended": BEGUN} | counts)
    return id


def _invented(one: Extraction) -> KeptAs:
    name, digest = one.document.name, content_id("bytes", one.document.name) * 4
    source = SourceFile(f"/letters/{name}", name, one.document.form, digest, len(one.document.text) * 3, 1)
    return KeptAs(source, _EXTRACTOR, _EXTRACTOR, digest)


def _evidence(
    made: Block,
    dice: random.Random,
    earlier: tuple[DocumentId, Extraction, rows.RecordIds],
    later: tuple[DocumentId, Extraction],
) -> None:
    """What the piece of news says of a letter's promises: of one in four something, mostly surely."""
    id, reply, ids = earlier
    for name, promise in zip(ids.commitments, reply.commitments, strict=True):
        relation = None
        if dice.random() < 0.25:
            relation = dice.choices(
                (Relation.FULFILS, Relation.ADVANCES, Relation.RESTATES, Relation.CONTRADICTS), (9, 9, 4, 1)
            )[0]
            relation = _link(made, dice, (name, id), later, relation)
        if dice.random() < 0.02:
            code = dice.choice((AlarmCode.DAY_MOVED, AlarmCode.NUMBER_LOWERED, AlarmCode.SILENTLY_DROPPED))
            made.add(
                found.alarms,
                {"id": content_id("alarm", name), "code": code, "reply_id": id, "commitment_id": name}
                | {"other_id": later[0], "spans": (promise.span,), "values": ("2025", "2026")}
                | {"day": later[1].identity.date, "certainty": Certainty.SURE},
            )
        if dice.random() < 0.02:
            _decide(made, dice, name)
        if promise.strength in (Strength.FIRM, Strength.AIM):
            state = {"status": _status(promise, relation), "day": BEGUN.date()}
            made.add(nightly_tables.status_log, {"commitment_id": name, "run_id": 1} | state)


def _progress(
    made: Block,
    dice: random.Random,
    earlier: tuple[DocumentId, Extraction, rows.RecordIds],
    later: tuple[DocumentId, Extraction],
) -> None:
    """Later numbers against some targets."""
    actual = rows.record_ids(*later).quantities
    for name, number in zip(earlier[2].quantities, earlier[1].quantities, strict=True):
        if number.role is Role.TARGET and actual and dice.random() < 0.15:
            ratio = Decimal(dice.randint(10, 130)) / 100
            both = {"target_id": name, "actual_id": dice.choice(actual), "holder_id": earlier[0], "flags": ()}
            about = {"document_id": later[0], "day": later[1].identity.date, "ratio": ratio, "why": ()}
            made.add(found.progress, both | about | {"certainty": Certainty.SURE})


def _link(
    made: Block,
    dice: random.Random,
    promise: tuple[RecordId, DocumentId],
    later: tuple[DocumentId, Extraction],
    relation: Relation,
) -> Relation | None:
    """A passage about a promise; what it shows, where it counts by itself. One in six waits for a person."""
    teller, told = later
    unit = dice.choice(told.units[1:])
    sure = dice.random() < 0.84
    name = content_id("link", promise[0], teller, unit.index)
    score = round(dice.uniform(0.5, 0.95), 3)
    made.add(
        found.links,
        {"id": name, "commitment_id": promise[0], "reply_id": promise[1], "document_id": teller}
        | {"unit": unit.index, "start": unit.span.start, "end": unit.span.end, "text": unit.span.text}
        | {"relation": relation, "certainty": Certainty.SURE if sure else Certainty.PROPOSED}
        | {"day": told.identity.date, "score": score, "scores": (("words", score), ("place", 1.0))}
        | {"why": (Reason("same_place", ("云岭",)), Reason("same_things", ("停车场",))), "flags": ()},
    )
    if not sure and dice.random() < 0.1:
        kind = dice.choice((DecisionKind.CONFIRM_LINK, DecisionKind.REJECT_LINK))
        _decided(made, dice, kind, promise[0], name)
    return relation if sure else None


def _decide(made: Block, dice: random.Random, name: RecordId) -> None:
    kind = dice.choice((DecisionKind.ASSIGN, DecisionKind.ASSIGN, DecisionKind.SET_STATUS, DecisionKind.CORRECT))
    values = {
        DecisionKind.ASSIGN: (("to", dice.choice(PEOPLE)),),
        DecisionKind.SET_STATUS: (("status", dice.choice(list(Status)).value),),
        DecisionKind.CORRECT: (("deadline", f"2026-{dice.randint(1, 12):02}-28"),),
    }[kind]
    _decided(made, dice, kind, name, None, values)


def _decided(
    made: Block,
    dice: random.Random,
    kind: DecisionKind,
    name: RecordId,
    object: str | None,
    values: tuple[tuple[str, str], ...] = (),
) -> None:
    at = BEGUN - timedelta(minutes=dice.randint(1, 500_000))
    about = {"kind": kind, "commitment_id": name, "object_id": object, "values": values, "undoes": None}
    made.add(found.decisions, {"at": at, "who": dice.choice(PEOPLE), "why": "据来电核实"} | about)


def _asked(made: Block, dice: random.Random, id: DocumentId, reply: Extraction, number: int) -> None:
    """The suggestion that a letter answers, and what became of its asks."""
    asked = item(number)
    asker = add_document(made, asked)
    pair = {"later_id": id, "earlier_id": asker, "kind": PairKind.ANSWERS, "certainty": Certainty.SURE, "score": 0.9}
    made.add(found.pairs, pair | {"why": (Reason("same_number", (str(number),)),)})
    for name in rows.record_ids(asker, asked).requests:
        answer = dice.choices(list(Answer), (7, 1, 2))[0]
        units: tuple[Span, ...] = (dice.choice(reply.commitments).span,) if answer is Answer.ANSWERED else ()
        about = {"request_id": name, "reply_id": id, "item_id": asker, "answer": answer, "units": units}
        made.add(found.coverage, about | {"certainty": Certainty.SURE, "why": ()})


def _status(promise: Commitment, relation: Relation | None) -> Status:
    day: date | None = promise.deadline.end if promise.deadline else None
    if relation in (Relation.FULFILS, Relation.CONTRADICTS):
        return Status.FULFILLED if relation is Relation.FULFILS else Status.DROPPED
    if day is not None and day < BEGUN.date():
        return Status.OVERDUE
    return Status.IN_PROGRESS if relation is Relation.ADVANCES else Status.NO_EVIDENCE


def numbered(blocks: Iterator[Block]) -> Iterator[Block]:
    """The blocks with numbers that are given once in the whole register: of entries, log lines and decisions."""
    lines, decided, last = count(1), count(1), 0
    for made in blocks:
        for row in made.rows["search_entries"]:
            row["id"] += last
        for row in made.rows["search_records"]:
            row["entry_id"] += last
        for row in made.rows["run_items"]:
            row["id"] = next(lines)
        for row in made.rows["decisions"]:
            row["id"] = next(decided)
        last += made.entries
        yield made
