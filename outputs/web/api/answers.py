"""Whole answers: lists, overviews, problems."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from models.documents import Kind
from models.evidence import Status
from outputs.web.api.appraised import Asked, Drafted, Reminder, Summed, Warned
from outputs.web.api.documents import DocumentLine, Finding, Target
from outputs.web.api.found import Completion, Hit, KeptList, SavedSearch
from outputs.web.api.journal import (
    Failure,
    FailureGroup,
    MorningLine,
    MorningSection,
    MorningWhole,
    Run,
    RunFile,
    RunProgress,
)
from outputs.web.api.promises import Alarm, Commitment, Decision, Group, Unit, UnitSum
from outputs.web.api.records import Identity, Record
from outputs.web.api.returned import ChangedCell, Origin, UntakenCell


class Page(Record):
    """A page of a list."""

    total: int = Field(description="一共多少条")
    page: int
    size: int
    next: str | None = Field(description="下一页的地址，照着打开就是；最后一页为空")


class Ledger(Page, title="台账的一页"):
    """Promises."""

    as_of: date = Field(description="状态截至哪一天")
    filter: list[str] = Field(description="筛选条件，中文")
    commitments: list[Commitment]


class Review(Page, title="等人看的一页"):
    """What waits for a person, the most urgent first."""

    as_of: date
    filter: list[str]
    waiting: list[Commitment]


class Alarms(Page, title="提醒的一页"):
    """Alarms."""

    as_of: date
    alarms: list[Alarm]


class Documents(Page, title="文件的一页"):
    """Documents."""

    documents: list[DocumentLine]


class Items(Page, title="建议、提案的一页"):
    """Items."""

    items: list[DocumentLine]


class Units(Page, title="单位的一页"):
    """Units."""

    as_of: date
    sum: UnitSum
    units: list[Unit]


class Targets(Page, title="目标的一页"):
    """Targets."""

    as_of: date
    targets: list[Target]


class Runs(Page, title="运行的一页"):
    """Runs."""

    runs: list[Run]


class RunInFull(Page, title="一次运行和它的文件"):
    """One run with a page of its files."""

    run: Run
    progress: RunProgress | None = Field(description="正在运行的：到了第几个；结束了就是空")
    files: list[RunFile]


class Failures(Page, title="没读成的文件的一页"):
    """Files that can't be read."""

    groups: list[FailureGroup]
    failures: list[Failure]


class Found(Page, title="检索结果的一页"):
    """Hits."""

    query: str
    more: bool = Field(description="真：实际可能比 total 还多，没有再数下去")
    exact: int = Field(description="含有所有的词的有多少条；大台账里最多数到一千")
    shown: int = Field(description="列出最相关的多少条，分页只翻这些")
    hits: list[Hit]


class Import(Record, title="改好的台账会改什么"):
    """What a returned ledger would change; nothing of it is recorded yet."""

    key: str = Field(description="编号，保留两天；记下时用")
    file: str
    origin: Origin
    lines: int = Field(description="表里有多少条承诺")
    foreign: str = Field(description="别处的台账：工作表、表头，各列当作什么；自己导出的是空的")
    passages: int = Field(description="佐证明细里有多少处")
    unchanged: int = Field(description="一格也没有改的承诺")
    absent: int = Field(description="导出时有、表里没有的，当作没有改")
    settled: int = Field(description="台账里已经是这样的格")
    remarks: list[str]
    warnings: list[str] = Field(description="像是弄错了的，请看过再记")
    fingerprint: str = Field(description="记下时放进 expected：记下的就是看过的")
    changes: list[ChangedCell]
    conflicts: list[ChangedCell] = Field(description="导出以后台账又变了；不放进 also 就不改")
    untaken: list[UntakenCell]


class SavedSearches(Record, title="存下的检索"):
    """Searches that are kept."""

    searches: list[SavedSearch]


class KeptLists(Record, title="存下的台账"):
    """Lists of the ledger that are kept."""

    lists: list[KeptList]


class Completions(Record, title="补全"):
    """What typed characters may become."""

    completions: list[Completion]


class Fresh(Record, title="有新结果的检索"):
    """A saved search with hits that its reader hasn't seen."""

    id: int
    name: str
    new: int


class Overview(Record, title="概览"):
    """The figures of the front page."""

    as_of: date
    documents: dict[Kind, int]
    commitments: int
    statuses: dict[Status, int]
    registered: int = Field(description="只登记（研究、鼓励）")
    due_soon: int = Field(description="30 天内到期")
    waiting: int = Field(description="等人看")
    since_last_run: dict[str, int]
    by_unit: list[Group]
    by_class: list[Group]
    by_session: list[Group]
    lists: list[KeptList] = Field(description="存下的台账，各有多少条")
    searches: list[Fresh] = Field(description="存下的检索里有新结果的")
    targets: int
    failures: int = Field(description="读不了的文件")
    runs: list[Run]


class Mornings(Page, title="早报的一页"):
    """Morning reports."""

    mornings: list[MorningLine]


class Morning(Record, title="一份早报，全部"):
    """One morning's report, as it was told then."""

    day: date
    since: date | None = Field(description="上一份是哪天的")
    sections: list[MorningSection]
    whole: MorningWhole
    notes: list[str]


class Letters(Record, title="催办函"):
    """What units are reminded of."""

    as_of: date
    filter: list[str] = Field(description="筛选条件，中文")
    report_by: date = Field(description="请单位哪天前报告")
    letters: list[Reminder]


class Checked(Record, title="签发前看一遍"):
    """What a draft lacks; nothing of it is kept."""

    file: str
    against: str | None = Field(description="没有给所答的建议、提案时，对照的是台账里哪一件（编号）")
    document: Identity
    item: Identity | None = Field(description="所答的建议或提案")
    summary: Summed
    promises: list[Drafted]
    requests: list[Asked]
    alarms: list[Warned]
    findings: list[Finding]


class Wrong(Record, title="哪里不对"):
    """One thing that is wrong with a question."""

    where: str = Field(description="参数或字段的名称")
    why: str


class Problem(Record, title="问题（RFC 9457）"):
    """What went wrong."""

    type: str = Field(description="about:blank：由 status 说明")
    title: str
    status: int
    detail: str = Field(description="出了什么事、该怎么办，中文")
    number: str | None = Field(description="程序自身出错时的编号，请告诉管理员")
    errors: list[Wrong] = Field(description="请求里不对的各项")


class Conflict(Problem, title="别人刚作了决定（RFC 9457）"):
    """Somebody else decided meanwhile."""

    newer: list[Decision] = Field(description="在 seen 之后的决定，先作的在前")
