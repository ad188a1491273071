"""A draft that was looked through before it is signed, and drafts of reminders: what programs get of both."""

from __future__ import annotations

from pydantic import Field

from models.appraisal import Lack
from models.evidence import Answer, Certainty
from outputs.web.api.promises import Stated
from outputs.web.api.records import Deadline, Measured, Quote, Record


class Figure(Measured, title="稿子里的数字"):
    """One number with its meaning."""


class Drafted(Stated, title="稿子里的承诺"):
    """A promise of a draft, with what it lacks."""

    lacks: list[Lack] = Field(description="缺什么")
    checkable: bool = Field(description="时限、数字、责任单位都写明")
    quantities: list[Figure]


class Asked(Quote, title="诉求有没有回应"):
    """An ask, and what the draft says to it."""

    status: Answer
    by: list[Quote] = Field(description="稿子里的哪几句")
    certainty: Certainty


class Warned(Record, title="要留意的"):
    """What doesn't fit the draft as a whole."""

    code: str
    message: str = Field(description="中文")


class Summed(Record, title="合计"):
    """How much of each."""

    promises: int
    checkable: int
    lacking: dict[Lack, int]
    asks: dict[Answer, int]
    findings: int


class Reminded(Record, title="催办函里的一项"):
    """One promise of a reminder."""

    id: str
    text: str = Field(description="原文")
    deadline: Deadline | None
    days_overdue: int | None = Field(description="逾期几天；还没有到期的为空")


class Reminder(Record, title="给一个单位的催办函"):
    """What one unit is reminded of."""

    unit: str
    overdue: list[Reminded]
    soon: list[Reminded] = Field(description="快到期的")
