"""What came in: runs, their files, those that couldn't be read, and the morning's report of a night."""

from __future__ import annotations

from pydantic import Field

from models.errors import Unreadable
from models.nightly import News
from models.progress import Step
from models.runs import Outcome, RunState
from outputs.web.api.records import Day, Moment, Record


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


class RunProgress(Record, title="运行到了哪里"):
    """How far a run has come."""

    step: Step | None = Field(description="在做哪一步；一步做完还有下一步")
    total: int = Field(description="这一步一共多少")
    done: int = Field(description="这一步做了多少")
    seconds_left: int | None = Field(description="这一步大约还要多少秒；空是还说不准")
    stop_by: str | None = Field(description="谁叫停的；空是没有人叫停")


class Intake(Record, title="一次上传"):
    """Files that were sent, and what became of them."""

    key: str = Field(description="编号：照它问到了哪里")
    files: int
    run: int | None = Field(description="收它的是第几次运行；空是还没有轮到")
    error: str | None = Field(description="没有收成的原因")
    cancelled: bool = Field(description="不收了")


class Stopping(Record, title="叫停的运行"):
    """A run that was asked to stop."""

    run: int
    stop_by: str = Field(description="谁叫停的")


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


class MorningLine(Record, title="一份早报"):
    """One morning's report, in a line."""

    id: int
    day: Day
    made: Moment
    news: int = Field(description="多少件新情况")
    said: str = Field(description="一句话，中文")


class MorningEntry(Record, title="早报里的一件"):
    """One piece of news."""

    about: str = Field(description="事项")
    unit: str
    quote: str = Field(description="原文")
    told: str = Field(description="新情况，中文")
    source: str = Field(description="出处")
    day: Day | None
    commitment: str | None = Field(description="承诺的编号")
    document: str | None = Field(description="文件的编号")


class MorningSection(Record, title="早报里的一类"):
    """One kind of news."""

    news: News
    total: int = Field(description="一共多少；只列前面的 200 件")
    entries: list[MorningEntry]


class MorningWhole(Record, title="全部的情形"):
    """How everything stood."""

    documents: int
    promises: int
    overdue: int
