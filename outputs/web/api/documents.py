"""Documents and items as programs read them, with what is read in them: asks, refusals, numbers, what doesn't agree."""

from __future__ import annotations

from pydantic import Field

from models.evidence import Answer, Certainty, PairKind
from models.findings import FindingCode
from outputs.web.api.promises import Commitment
from outputs.web.api.records import Day, Identity, Measured, Quote, Record


class Quantity(Measured, title="数字"):
    """One number with its meaning."""

    id: str
    part_of: str | int | None = Field(description="是哪个总数的一部分")
    rule: str


class Actual(Record, title="后来的数"):
    """A later number."""

    id: str
    document_id: str
    day: Day | None
    text: str
    ratio: float | None
    certainty: Certainty
    flags: list[str]


class Target(Quantity, title="目标"):
    """A number to be reached, with what later documents say of it."""

    document_id: str
    commitment_id: str | None
    unit_name: str | None = Field(description="答复单位")
    actual: list[Actual] = Field(description="后来的文件里的数，按时间")


class Declined(Quote, title="未采纳"):
    """A refused point."""

    id: str
    section: list[str]
    reason: str | None
    confidence: float
    rule: str


class Request(Quote, title="诉求"):
    """One ask."""

    id: str
    rule: str


class Finding(Record, title="前后不符"):
    """What doesn't agree within a document."""

    code: FindingCode
    message: str
    said: str
    reckoned: str
    soft: bool
    quotes: list[Quote]


class DocumentLine(Record, title="文件"):
    """One document of a list."""

    id: str
    name: str
    identity: Identity
    commitments: int = Field(description="读出几条承诺")
    declined: int
    requests: int
    quantities: int


class SpeaksOf(Record, title="说到的承诺"):
    """A passage of this document that is evidence for a promise."""

    id: str
    commitment: str


class Related(Record, title="相关的文件"):
    """A document that belongs together with this one."""

    kind: PairKind
    later: bool = Field(description="那一份是不是后来的")
    id: str


class Document(Record, title="一份文件"):
    """All that is known of one document."""

    id: str
    name: str
    current: bool = Field(description="是不是现行的一版")
    identity: Identity
    text: str = Field(description="读出的全文，各条原文的位置都按它数")
    commitments: list[Commitment]
    declined: list[Declined]
    requests: list[Request]
    quantities: list[Quantity]
    findings: list[Finding]
    speaks_of: list[SpeaksOf]
    related: list[Related]


class ReplyOfItem(Record, title="答复"):
    """A reply to an item."""

    kind: PairKind
    id: str
    name: str


class Answered(Quote, title="答复怎么说"):
    """What one reply says to one ask."""

    status: Answer
    by: list[str] = Field(description="答复里的哪几句")
    certainty: Certainty
    why: str
    reply: str = Field(description="答复的编号")


class AskOfItem(Record, title="一项诉求"):
    """An ask with its answers."""

    id: str
    text: str
    answers: list[Answered]


class Item(Record, title="一件建议或提案"):
    """What an item asks, and what its replies answer."""

    id: str
    identity: Identity
    replies: list[ReplyOfItem]
    requests: list[AskOfItem]
    answers: dict[Answer, int]
    commitments: list[Commitment] = Field(description="各份答复里的承诺")
