"""Promises and what became of them: evidence, progress, alarms, decisions, and how many of which unit."""

from __future__ import annotations

from pydantic import Field

from models.commitments import Strength
from models.decided import DecisionKind
from models.documents import Body, Kind
from models.evidence import AlarmCode, Certainty, Relation, ScheduleCode, Status
from outputs.web.api.records import Day, Deadline, Moment, Number, Quote, Record


class Case(Record, title="所在的信"):
    """What a list needs to know of the letter that holds a promise."""

    kind: Kind
    addressed_to: Body | None
    number: str | None = Field(description="案号")
    congress: int | None
    session: int | None
    subject: str | None = Field(description="案由")
    proposers: list[str]
    lead_unit: str | None
    region: str | None
    date: Day | None
    result_class: str | None
    doc_number: str | None
    co_reply: bool


class Reason(Record, title="一条理由"):
    """Why something was found."""

    code: str
    values: list[str]


class Evidence(Quote, title="佐证"):
    """A passage of a later document."""

    id: str
    document: str = Field(description="后来的文件的名称")
    document_id: str
    relation: Relation
    certainty: Certainty
    day: Day | None = Field(description="从哪天起知道")
    score: float = Field(description="0 到 1")
    scores: dict[str, float] = Field(description="各项得分")
    why: str = Field(description="采信的理由，中文")
    reasons: list[Reason]
    flags: list[str] = Field(description="要留意的，代码")


class Progress(Record, title="目标进展"):
    """A target, and a later number that speaks of it."""

    indicator: str | None = Field(description="指标")
    target: Number = Field(description="目标值")
    actual: Number = Field(description="后来的数，按目标的计量单位")
    unit: str | None
    as_of: Day | None = Field(description="后来的数说的是哪一天")
    ratio: float | None = Field(description="达到目标的几成；不能直接比时为空")
    deadline: Day | None
    certainty: Certainty
    flags: list[str]
    why: str
    target_document: str
    target_quote: Quote
    document: str
    quote: Quote


class Alarm(Record, title="提醒"):
    """What an officer must hear of."""

    id: str
    code: AlarmCode
    message: str = Field(description="中文说明")
    document: str = Field(description="答复的名称")
    commitment: str | None = Field(description="承诺的编号")
    other: str | None = Field(description="另一份文件的名称")
    quotes: list[Quote]
    day: Day | None
    certainty: Certainty


class Looked(Record, title="查到哪里"):
    """How far evidence was looked for."""

    documents: int = Field(description="查过几份后来的文件")
    at: Moment


class AsRead(Record, title="更正前读出的"):
    """What was read where a person corrected it."""

    strength: Strength | None = None
    deadline: Deadline | None = None
    responsible: list[str] | None = None


class Stated(Quote, title="读出的承诺"):
    """One promise as a letter states it."""

    section: list[str] = Field(description="所在的各级标题，外层在前")
    strength: Strength
    deadline: Deadline | None
    responsible: list[str] = Field(description="责任单位")
    instruments: list[str] = Field(description="用什么办法（文件、项目、资金）")
    condition: str | None = Field(description="前提条件")
    confidence: float = Field(description="读得多有把握，0 到 1")
    rule: str = Field(description="由哪条规则读出")
    flags: list[str]


class Commitment(Stated, title="承诺事项"):
    """One promise as it stands."""

    id: str
    document: str = Field(description="文件名")
    document_id: str = Field(description="文件的编号")
    as_read: AsRead
    status: Status | None = Field(description="落实状态；研究、鼓励类没有")
    schedule: str = Field(description="时限情况，中文")
    schedule_code: ScheduleCode
    schedule_days: int | None = Field(description="过了或还有几天")
    reviewed: bool = Field(description="有没有人审核过")
    assigned_to: str | None = Field(description="交给谁")
    snoozed_until: Day | None = Field(description="暂缓提醒到哪天")
    evidence: list[Evidence] = Field(description="采信的佐证")
    proposals: list[Evidence] = Field(description="待人确认的佐证")
    progress: list[Progress]
    alarms: list[Alarm]
    looked: Looked | None = Field(description="空：还没有查过")
    case: Case


class Decision(Record, title="决定"):
    """One decision."""

    id: int = Field(description="号")
    at: Moment
    who: str
    kind: DecisionKind
    commitment: str | None
    object: str | None = Field(description="佐证的编号，或并入的承诺的编号")
    values: dict[str, str]
    why: str = Field(description="理由")
    undoes: int | None = Field(description="撤销的是第几号")


class Stood(Record, title="曾经的状态"):
    """How a promise stood from a day on."""

    day: Day
    status: Status | None


class CommitmentInFull(Commitment, title="承诺事项，连同来历"):
    """One promise with its surroundings and its history."""

    as_of: Day = Field(description="状态截至哪一天")
    before: str = Field(description="原文前面的话")
    after: str = Field(description="原文后面的话")
    decisions: list[Decision] = Field(description="历次决定，先作的在前；写决定时把最后一个的号放进 seen")
    stood: list[Stood]
    merged_into: str | None = Field(description="并入了哪条承诺")
    is_promise: bool = Field(description="有人认定不是承诺时为 false")


class Unit(Record, title="单位"):
    """What one replying unit promised, and what became of it."""

    name: str = Field(description="全名；台账里用 lead 筛选")
    made: int = Field(description="承诺")
    fulfilled: int
    in_progress: int
    overdue: int
    dropped: int
    no_evidence: int
    registered: int = Field(description="只登记（研究、鼓励）")
    checkable: int = Field(description="时限、数字、责任单位都写明的")
    checkable_share: float


class UnitSum(Record, title="合计"):
    """All units together."""

    made: int
    fulfilled: int
    in_progress: int
    overdue: int
    dropped: int
    no_evidence: int
    registered: int
    checkable: int


class Group(Record, title="一组承诺"):
    """The promises of one unit, class or session."""

    name: str
    total: int
    fulfilled: int
    in_progress: int
    overdue: int
    dropped: int
    no_evidence: int
    registered: int
