"""A small ledger of an invented district, built by hand: what the outputs are given, without a database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from models.commitments import Commitment, Deadline, Declined, Strength
from models.documents import Body, Identity, Kind, Span
from models.errors import Unreadable
from models.evidence import Schedule, ScheduleCode, Status
from models.ids import DocumentId, RecordId
from models.quantities import Basis, Comparator, Quantity, Role
from models.queries import CommitmentRow, DeclinedRow, DocumentRow, FailureRow, ListedDocument, QuantityRow
from models.runs import Counts
from outputs.ledger import Ledger, Standing

DAY = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
IDENTITY = Identity(
    kind=Kind.REPLY,
    addressed_to=Body.NPC,
    number="017",
    congress=9,
    session=3,
    subject="关于在云岭区增设夜间公交的建议",
    proposers=("卓远山", "白苡宁"),
    lead_unit="云岭区交通运输局",
    co_units=("云岭区财政局",),
    region="云岭区",
    date=date(2025, 6, 9),
    result_class="B",
    doc_number="云交函〔2025〕31号",
)
DOCUMENT = DocumentRow(
    id=DocumentId("d" * 16),
    name="夜间公交答复.docx",
    path="/in/夜间公交答复.docx",
    form="docx",
    current=True,
    identity=IDENTITY,
    title=None,
    notes=("joined_lines",),
    extractor="1",
    created=DAY,
)
PROMISE = "我局将会同区财政局，于2025年底前开通夜间公交线路6条，末班车延至23时30分，并在客运枢纽增设候车亭不少于40座。"


def standing(text: str = PROMISE, *, number: int = 1, unit: str = "云岭区交通运输局") -> Standing:
    """One promise of that letter; only its words, its number and its unit matter to a test."""
    span = Span(100, 100 + len(text), text)
    commitment = Commitment(
        span=span,
        section=("二、下一步打算",),
        strength=Strength.FIRM,
        deadline=Deadline("2025年底前", date(2025, 12, 31)),
        responsible=(unit,),
        instruments=(),
        condition=None,
        confidence=0.9,
        rule="will",
    )
    row = CommitmentRow(RecordId(f"{number:016x}"), number - 1, commitment, DOCUMENT)
    return Standing(row, (_lines(),), Status.OVERDUE, Schedule(ScheduleCode.PAST, 61))


def _lines() -> Quantity:
    return Quantity(
        span=Span(120, 122, "6条"),
        value=Decimal(6),
        upper=None,
        unit="条",
        comparator=Comparator.EQUAL,
        basis=Basis.INCREASE,
        role=Role.TARGET,
        indicator="开通夜间公交线路",
        deadline=date(2025, 12, 31),
        unit_span=Span(100, 100 + len(PROMISE), PROMISE),
    )


@pytest.fixture
def make_standing() -> Callable[..., Standing]:
    """Builds a promise."""
    return standing


@pytest.fixture
def make_ledger() -> Callable[..., Ledger]:
    """Builds a ledger of these promises' texts; refusals and files come along."""

    def build(*texts: str) -> Ledger:
        refused = Declined(Span(5, 17, "受运力限制，暂不能加开。"), (), "受运力限制", 0.8, "cannot")
        return Ledger(
            as_of=date(2026, 3, 2),
            standings=tuple(standing(text, number=n) for n, text in enumerate(texts or (PROMISE,), start=1)),
            targets=(QuantityRow(RecordId("a" * 16), 0, _lines(), None, DOCUMENT),),
            declined=(DeclinedRow(RecordId("b" * 16), 0, refused, DOCUMENT),),
            documents=(ListedDocument(DOCUMENT, Counts(1, 1, 0, 1), (DOCUMENT.path,)),),
            failures=(FailureRow("/in/盖章件.pdf", "盖章件.pdf", "pdf", 9, Unreadable.SCANNED, "", DAY, None),),
        )

    return build


@pytest.fixture
def other_document() -> DocumentRow:
    """A document of which the head says nothing."""
    return replace(DOCUMENT, identity=Identity(Kind.OTHER), name="无题.txt")
