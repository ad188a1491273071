"""A small ledger of an invented district, built by hand: what the outputs are given, without a database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from models.commitments import Commitment, Deadline, Declined, Request, Strength
from models.decided import Decided, Decision, DecisionKind
from models.documents import Body, Identity, Kind, Span
from models.errors import Unreadable
from models.evidence import (
    AlarmCode,
    Answer,
    Certainty,
    Link,
    Reason,
    Relation,
    Schedule,
    ScheduleCode,
    Status,
)
from models.followed import AlarmRow, CoverageRow, EvidenceRow, Looked, ProgressRow
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


NEWS = replace(
    DOCUMENT,
    id=DocumentId("e" * 16),
    name="夜间公交开行.html",
    form="html",
    identity=Identity(kind=Kind.NEWS, title="云岭区夜间公交首批线路开行", region="云岭区", date=date(2025, 11, 20)),
)
OPENED = "截至11月18日，全区已开通夜间公交线路4条，日均客流1200人次。"
NOTICE = replace(
    DOCUMENT,
    id=DocumentId("f" * 16),
    name="调整通知.docx",
    identity=Identity(
        kind=Kind.PLAN,
        title="关于调整2025年公共交通建设任务的通知",
        lead_unit="云岭区交通运输局",
        region="云岭区",
        date=date(2025, 9, 1),
    ),
)
ITEM = replace(
    DOCUMENT,
    id=DocumentId("9" * 16),
    name="建议017.docx",
    identity=replace(IDENTITY, kind=Kind.SUGGESTION, lead_unit=None, co_units=(), result_class=None, doc_number=None),
)


def link(
    text: str = OPENED, relation: Relation = Relation.ADVANCES, *, number: int = 1, sure: bool = True
) -> EvidenceRow:
    """A passage of the news about the first promise."""
    certainty = Certainty.SURE if sure else Certainty.PROPOSED
    why = (Reason("same_title", ("夜间公交方案",)),)
    scores = (("wording", 2.5), ("numbers", 1.5))
    found = Link(0, 3, Span(30, 30 + len(text), text), relation, certainty, date(2025, 11, 20), 0.71, scores, why)
    return EvidenceRow(RecordId(f"{number:015x}e"), RecordId(f"{number:016x}"), found, NEWS)


def measured(*, sure: bool = True) -> ProgressRow:
    """The four lines that run, against the six that were promised."""
    running = replace(_lines(), span=Span(45, 47, "4条"), value=Decimal(4), role=Role.ACTUAL, deadline=None)
    running = replace(running, unit_span=Span(30, 30 + len(OPENED), OPENED))
    certainty = Certainty.SURE if sure else Certainty.PROPOSED
    ids = RecordId("a" * 16), RecordId("c" * 16)
    return ProgressRow(
        ids[0], _lines(), DOCUMENT, ids[1], running, NEWS, date(2025, 11, 18), 4 / 6, certainty, (), ("derived",)
    )


def lowered() -> AlarmRow:
    """The shelters that became fewer."""
    spans = (Span(100, 100 + len(PROMISE), PROMISE), Span(8, 30, "候车亭建设数量由40座调整为25座。"))
    return AlarmRow(
        RecordId("7" * 16), AlarmCode.NUMBER_LOWERED, DOCUMENT, RecordId(f"{1:016x}"), NOTICE, spans, ("40座", "25座"),
        date(2025, 9, 1), Certainty.SURE,
    )  # fmt: skip


def asked(text: str, answer: Answer, *spans: Span) -> CoverageRow:
    """An ask of the suggestion, and what became of it."""
    request = Request(Span(60, 60 + len(text), text), "ask")
    return CoverageRow(RecordId("8" * 16), request, ITEM, DOCUMENT, answer, spans, Certainty.SURE, ())


def decided(status: Status = Status.FULFILLED) -> Decided:
    """A person's word on a promise."""
    values = (("status", status.value), ("source", "验收单〔2026〕2号"))
    made = Decision(1, DAY, "卢晓峰", DecisionKind.SET_STATUS, RecordId(f"{4:016x}"), None, values, "现场看过")
    return Decided(status=made, decisions=[made], assigned_to="郑宁", snoozed_until=date(2026, 4, 1))


@pytest.fixture
def full_ledger(make_ledger: Callable[..., Ledger]) -> Ledger:
    """A ledger with a promise of each status, and with everything that can be found about one."""
    plain = make_ledger(
        PROMISE,
        "今年第四季度在东门、北苑两处换乘站增设充电桩30个。",
        "继续优化公交线网，2026年6月底前完成3条线路的调整。",
        "6月底前完成枢纽站无障碍改造。",
        "取消原定的定制巴士试点。",
        "鼓励企业开行通勤班车。",
    )
    looked = Looked(12, DAY)
    first, second, third, fourth, fifth, sixth = plain.standings
    proposed = link("夜间公交候车环境持续改善。", Relation.RESTATES, number=2, sure=False)
    done = link("枢纽站无障碍改造于5月底完工并启用。", Relation.FULFILS, number=4)
    ahead = Schedule(ScheduleCode.AHEAD, 20)
    standings = (
        replace(first, evidence=(link(),), progress=(measured(),), alarms=(lowered(),), looked=looked),
        replace(second, status=Status.NO_EVIDENCE, schedule=ahead, proposals=(proposed,), looked=looked),
        replace(third, status=Status.NO_EVIDENCE, schedule=Schedule(ScheduleCode.AHEAD, 120)),
        replace(fourth, status=Status.FULFILLED, evidence=(done,), decided=decided(), looked=looked),
        replace(fifth, status=Status.DROPPED, alarms=(lowered(),), looked=looked),
        replace(sixth, status=None, looked=looked),
    )
    asks = (
        asked("增设夜间公交线路。", Answer.ANSWERED, Span(100, 100 + len(PROMISE), PROMISE)),
        asked("降低夜间票价。", Answer.UNANSWERED),
    )
    return replace(plain, standings=standings, progress=(measured(),), alarms=(lowered(),), coverage=asks)
