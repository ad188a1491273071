"""What programs say and are told of batches, exports, accounts, the log, and files that are to be read once more."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import Body, Path
from pydantic import BeforeValidator, Field, StringConstraints

from models.errors import Unreadable
from models.evidence import Status
from models.filters import Sort
from models.people import UserRole
from outputs.web.api.answers import Page
from outputs.web.api.bodies import Naming, Told
from outputs.web.api.questions import AsOf, Narrowing, Paged
from outputs.web.api.records import Moment, Record
from outputs.web.api.values import Day, Id, Named, Said, Text, Worded, YesNo, integral, perhaps

WorkKey = Annotated[str, Path(pattern=r"^[0-9a-f]{16}$", description="开始时答出的编号")]
UserName = Annotated[str, Path(min_length=1, max_length=60, pattern=r"^[^\x00/]+$", description="用户名")]
Count = Annotated[int, Field(ge=0, le=2**31 - 1), BeforeValidator(integral)]


class BatchAsked(Narrowing):
    """Which promises a batch is about, where it doesn't name them."""


class ForAll(Told):
    """What every batch says."""

    expected: Count = Field(description="一共多少条；不是这么多就答 409，一条也不改")
    ids: Annotated[list[Id], Field(max_length=5_000)] = Field(
        default_factory=list, description="承诺的编号；不给就是地址里的条件筛出的全部"
    )
    why: Said = Field("", description="理由")


class AssigningAll(ForAll, title="成批交办"):
    """Who follows them up."""

    kind: Literal["assign"]
    to: Named = Field(description="交给谁")


class SnoozingAll(ForAll, title="成批暂缓提醒"):
    """Not before a day."""

    kind: Literal["snooze"]
    until: Day = Field(description="到哪天")


class NotingAll(ForAll, title="成批备注"):
    """A note."""

    kind: Literal["note"]
    why: Worded = Field(description="备注")


class JudgingAll(ForAll, title="成批认定状态"):
    """How they stand."""

    kind: Literal["status"]
    status: Annotated[Status, Field(strict=False)]
    why: Worded = Field(description="理由，必须写")
    source: Said = Field("", description="依据（文件、电话……）")


AnyForAll = AssigningAll | SnoozingAll | NotingAll | JudgingAll
_EXAMPLES: dict[str, Any] = {
    "assign": {"summary": "成批交办", "value": {"kind": "assign", "expected": 12, "to": "王五"}},
}
DecidedForAll = Annotated[AnyForAll, Body(discriminator="kind", openapi_examples=_EXAMPLES)]


class Sorted(Narrowing):
    """A list in its order."""

    sort: Sort = Field(Sort.DOCUMENT, description="document 答复日期新的在前，deadline 时限近的在前，strength，name")


class ExportOf(Sorted, AsOf):
    """Which list is exported."""


class Exporting(Told):
    """As which kind of file."""

    form: Literal["xlsx", "docx", "csv"] = Field(description="Excel、Word 报告、CSV")


class NamingList(Naming):
    """A list that is to be kept."""

    first: bool = Field(False, description="网页上以后先打开它")


class AuditAsked(Paged):
    """Which entries of the log."""

    who: Text = Field("", description="谁")
    action: Text = Field("", description="做了什么，代码", examples=["decide"])
    check: YesNo = perhaps("yes：把整条链核对一遍")


class Adding(Told):
    """A new account."""

    name: Named = Field(description="用户名")
    role: Annotated[UserRole, Field(strict=False)]
    password: Annotated[str, StringConstraints(min_length=1, max_length=1_000)] = Field(
        description="密码；规则同网页，不合规则答 409"
    )


class Giving(Told):
    """Another role."""

    role: Annotated[UserRole, Field(strict=False)]


class Resetting(Told):
    """Another password."""

    password: Annotated[str, StringConstraints(min_length=1, max_length=1_000)]


class Retrying(Told):
    """Files that are to be read once more."""

    expected: Count = Field(description="一共多少个；不是这么多就答 409，什么也不改")
    reason: Annotated[Unreadable, Field(strict=False)] | None = Field(None, description="只是这个原因的；空是全部")


class Export(Record, title="一次导出"):
    """A long export."""

    key: str = Field(description="编号，两天里有用")
    total: int
    done: int
    seconds_left: int | None = Field(description="大约还要多少秒；空是还说不准")
    file: str | None = Field(description="做好了的文件名；GET /api/exports/{key}/file 取")
    error: str | None = Field(description="没有导成的原因")
    stopped: bool


class Account(Record, title="用户"):
    """An account."""

    name: str
    role: UserRole
    created: Moment
    password_set: Moment
    disabled: Moment | None = Field(description="停用的时间；空是在用")


class Accounts(Record, title="用户，全部"):
    """All accounts."""

    users: list[Account]


class Logged(Record, title="日志里的一条"):
    """An entry of the audit log."""

    number: int
    at: Moment
    who: str
    role: str
    address: str = Field(description="从哪里")
    action: str = Field(description="做了什么，代码")
    object: str
    result: str
    before: dict[str, str]
    after: dict[str, str]
    digest: str = Field(description="连同前一条算出的摘要")


class Log(Page, title="审计日志的一页"):
    """Entries of the audit log, the latest first."""

    entries: list[Logged]
    intact: bool | None = Field(None, description="整条链对不对；没有要求核对就是空")


class Retried(Record, title="要再读的文件"):
    """Files that the next run reads once more."""

    again: int = Field(description="下次运行再读多少个")
