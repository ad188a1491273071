"""Records as programs read them: the keys of `outputs/exchange.py`, each said in Chinese for the description.

Promises and what is known of them, sums, runs and hits; documents, items and what is read in them: `documents.py`.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, WithJsonSchema

from models.commitments import Strength
from models.decided import DecisionKind
from models.documents import Body, Kind
from models.errors import Unreadable
from models.evidence import AlarmCode, Certainty, Relation, ScheduleCode, Status
from models.returned import Field as Sheet
from models.runs import Outcome, RunState
from models.search import SearchKind
from models.terms import Match

Number = int | float
Day = date
Moment = Annotated[
    datetime, PlainSerializer(datetime.isoformat), WithJsonSchema({"type": "string", "format": "date-time"})
]
"""A time with its zone, written as the pages' JSON has it."""


class Record(BaseModel):
    """What is answered. A key that isn't described here is left out: the tests hold both against each other."""

    model_config = ConfigDict(extra="ignore")


class Quote(Record, title="原文"):
    """A quotation."""

    text: str = Field(description="原文，一字不改", examples=["2026年6月底前新增公共停车位500个。"])
    start: int = Field(description="在读出的全文里从第几个字起（从 0 数）")
    end: int = Field(description="到第几个字为止（不含）")


class Deadline(Record, title="时限"):
    """A last day."""

    text: str = Field(description="原文怎么说", examples=["2026年6月底前"])
    end: Day | None = Field(description="最后一天；文件说不清是哪一天时为空")


class Identity(Record, title="文件的身份"):
    """Who says what to whom."""

    kind: Kind
    addressed_to: Body | None = Field(description="人大代表建议还是政协提案")
    number: str | None = Field(description="案号")
    congress: int | None = Field(description="届")
    session: int | None = Field(description="次")
    subject: str | None = Field(description="案由")
    proposers: list[str] = Field(description="代表、委员或提案单位")
    lead_unit: str | None = Field(description="答复（主办）单位，按信上的写法", examples=["市水利局"])
    co_units: list[str] = Field(description="会办单位")
    region: str | None = Field(description="地区")
    region_code: str | None = Field(description="行政区划代码")
    date: Day | None = Field(description="文件日期")
    result_class: str | None = Field(description="办理结果分类，如 A")
    doc_number: str | None = Field(description="文号")
    title: str | None = Field(description="标题")
    co_reply: bool = Field(description="是不是会办意见")
    openness: str | None = Field(description="公开属性")
    contacts: list[str] = Field(description="联系人、电话")


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
    actual: Number = Field(description="后来的数")
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


class Commitment(Quote, title="承诺事项"):
    """One promise as it stands."""

    id: str
    document: str = Field(description="文件名")
    document_id: str = Field(description="文件的编号")
    section: list[str] = Field(description="所在的各级标题，外层在前")
    strength: Strength
    deadline: Deadline | None
    responsible: list[str] = Field(description="责任单位")
    instruments: list[str] = Field(description="用什么办法（文件、项目、资金）")
    condition: str | None = Field(description="前提条件")
    confidence: float = Field(description="读得多有把握，0 到 1")
    rule: str = Field(description="由哪条规则读出")
    flags: list[str]
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


class Origin(Record, title="导出的是哪份台账"):
    """Which list was exported."""

    as_of: Day = Field(description="状态截至哪一天")
    filter: list[str] = Field(description="筛选条件，中文")
    address: str = Field(description="网页上同样的条")
    at: Moment | None = Field(description="什么时候导出的")
    count: int = Field(description="导出时有多少条")


class ChangedCell(Record, title="改了的一格"):
    """One cell that was changed by hand."""

    key: str = Field(description="是哪一格；冲突要改时放进 also")
    line: int = Field(description="表里第几行")
    sheet: str = Field(description="哪张表")
    id: str = Field(description="承诺的编号")
    text: str = Field(description="承诺的原文")
    link: str | None = Field(description="佐证的编号；空：改的是承诺")
    passage: str | None = Field(description="佐证的原文")
    field: Sheet = Field(description="哪一列")
    before: str = Field(description="导出时，代码；空就是没有")
    now: str = Field(description="台账现在")
    after: str = Field(description="表里写的")
    why: str = Field(description="理由")
    source: str = Field(description="依据")
    newer: Decision | None = Field(description="导出以后别人作的决定")


class UntakenCell(Record, title="没有收的一格"):
    """One cell, or line, that isn't taken."""

    line: int | None
    sheet: str
    id: str | None
    column: str = Field(description="列的名称；空是整行")
    before: str
    after: str
    why: str = Field(description="为什么没有收")


class Imported(Record, title="记下了的导入"):
    """What was recorded at once."""

    number: int = Field(description="第一个决定的号；撤销时用")
    total: int = Field(description="记下了几个决定")
    undone: int = Field(description="其中几个后来撤销了")
    decisions: list[Decision]


class Undone(Record, title="撤销了的导入"):
    """How much of an import was taken back."""

    undone: int = Field(description="撤销了几个决定")


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


class Run(Record, title="一次运行"):
    """One run."""

    id: int
    kind: str
    state: RunState
    started: Moment
    ended: Moment | None
    error: str | None
    skipped: int = Field(description="没有变化、没有再读的文件")
    outcomes: dict[Outcome, int]


class RunFile(Record, title="运行里的一个文件"):
    """One file of a run."""

    path: str
    outcome: Outcome
    document: str | None
    reason: str | None = Field(description="读不了的原因，代码")
    detail: str
    commitments: int
    declined: int
    requests: int
    quantities: int


class FailureGroup(Record, title="没读成的一个原因"):
    """The files that one reason keeps from being read."""

    reason: Unreadable = Field(description="原因，代码")
    said: str = Field(description="原因，中文")
    remedy: str = Field(description="怎么办")
    number: int
    again: int = Field(description="其中多少个下次运行再读")


class Failure(Record, title="没读成的一个文件"):
    """One file that can't be read."""

    path: str
    name: str
    reason: Unreadable
    said: str = Field(description="为什么，中文")
    failed: Moment | None
    document: str | None = Field(description="从前读出的文件的编号；台账还用着它")
    again: bool = Field(description="下次运行再读")


class Hit(Record, title="检索到的一条"):
    """One hit."""

    id: str
    kind: SearchKind
    document: str = Field(description="文件名")
    document_id: str
    text: str
    start: int
    end: int
    status: Status | None
    score: float
    match: Match
    snippet: str


class SavedSearch(Record, title="存下的检索"):
    """A search that is kept."""

    id: int
    name: str
    owner: str | None = Field(description="谁存的；空是在命令行存的")
    shared: bool
    query: str
    filter: list[str] = Field(description="筛选条件，中文")
    address: str = Field(description="照着打开就是现在的结果")
    created: Moment
    hits: int | None = Field(description="现在有多少条；筛选条件已经不能用时为空")
    new: int = Field(description="其中多少条是口令的主人没有看过的")


class SavedSearchInFull(SavedSearch, title="存下的检索，连同新的结果"):
    """A search that is kept, with its new hits."""

    found: list[Hit] = Field(description="新的结果，最相关的在前")


class KeptList(Record, title="存下的台账"):
    """A list of the ledger that is kept."""

    id: int | None = Field(description="空：人人都有的“交给我的”")
    name: str
    owner: str | None = Field(description="谁存的")
    shared: bool
    filter: list[str] = Field(description="筛选条件，中文")
    address: str = Field(description="照着打开就是现在的这些条")
    count: int | None = Field(description="现在有多少条；筛选条件已经不能用时为空")
    first: bool = Field(description="网页上先打开的是不是它")


class Completion(Record, title="可以补全成的词"):
    """What typed characters may become."""

    text: str
    kind: str
    count: int


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
