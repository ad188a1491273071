"""What programs may ask: parameters and bodies. What isn't named here is refused, so that a misspelt filter is an error
and not the whole register."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import Body, Path
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from models.commitments import Strength
from models.documents import Body as Addressed
from models.documents import Kind
from models.errors import Unreadable
from models.evidence import AlarmCode, ScheduleCode, Status
from models.filters import Sort
from models.foreign import Meaning
from models.search import SearchKind

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _day(given: object) -> date:
    """2026-06-30 and nothing else: 20260630 or a number of seconds is no day here."""
    if not isinstance(given, str) or not _DAY.fullmatch(given):
        raise ValueError("日期写成 2026-06-30 这样")
    return date.fromisoformat(given)


def _whole(given: object) -> object:
    """A number in an address is decimal digits: 1e3, +5 and 5.0 are refused."""
    if isinstance(given, str) and not (given.isascii() and given.isdecimal()):
        raise ValueError("要一个整数")
    return given


def integral(given: object) -> object:
    """5.0 is as whole a number as 5 in JSON."""
    return int(given) if isinstance(given, float) and given.is_integer() else given


Day = Annotated[date, BeforeValidator(_day)]
Number = Annotated[int, Field(ge=1, le=999_999_999), BeforeValidator(_whole)]
Year = Annotated[int, Field(ge=1900, le=2999), BeforeValidator(_whole)]
Text = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*$")]
Said = Annotated[str, StringConstraints(max_length=4_000, pattern=r"^[^\x00]*$")]
Worded = Annotated[str, StringConstraints(max_length=4_000, pattern=r"^[^\x00]*[0-9A-Za-z一-鿿][^\x00]*$")]
"""Has a letter, a digit or a Han character."""
Named = Annotated[str, StringConstraints(max_length=60, pattern=r"^[^\x00]*[0-9A-Za-z一-鿿][^\x00]*$")]
Id = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]
YesNo = Literal["yes", "no"]

CommitmentId = Annotated[str, Path(pattern=r"^[0-9a-f]{16}$", description="承诺的编号")]
DocumentId = Annotated[str, Path(pattern=r"^[0-9a-f]{16}$", description="文件的编号")]
Numbered = Annotated[int, Path(ge=1, le=999_999_999, description="号"), BeforeValidator(_whole)]


def _several(description: str, **more: Any) -> Any:
    """A parameter that may be given several times."""
    return Field(default_factory=list, max_length=20, description=description, **more)


def perhaps(description: str, **more: Any) -> Any:
    """A parameter that may be left out; null isn't one of its values."""
    return Field(default_factory=_nothing, description=description, **more)


def _nothing() -> None:
    return None


class Question(BaseModel):
    """Parameters of an address."""

    model_config = ConfigDict(extra="forbid")


class Paged(Question):
    """Which part of a list."""

    page: Annotated[int, Field(ge=1, le=1_000_000), BeforeValidator(_whole)] = Field(
        1, description="第几页；也可以照 next 里的地址一页一页打开"
    )
    size: Annotated[int, Field(ge=1, le=200), BeforeValidator(_whole)] = Field(50, description="一页几条")

    @property
    def offset(self) -> int:
        """How many lines come before."""
        return (self.page - 1) * self.size


class AsOf(Question):
    """Which day."""

    asof: Day = perhaps("状态截至哪一天；不给就是今天", examples=["2026-06-30"])


class Narrowing(Question):
    """What narrows a list of promises: the same parameters as the ledger's page has."""

    text: Text = Field("", description="原文里的字")
    place: Text = Field("", description="地区，名称的一部分", examples=["云岭市"])
    term: Annotated[str, StringConstraints(pattern=r"^(-|[0-9]{1,3}(-[0-9]{1,3})?)?$")] = Field(
        "", description="届次：17-5 是十七届五次，17 是整个十七届，- 是没有写全的", examples=["17-5"]
    )
    body: list[Addressed] = _several("npc 代表建议，cppcc 政协提案")
    unit: list[Text] = _several("答复单位或责任单位，名称的一部分")
    lead: list[Text] = _several("答复单位的全名")
    class_: list[Text] = _several("办理结果分类；- 是没有标的", alias="class")
    number: list[Text] = _several("案号")
    year: Year = perhaps("答复的年份")
    strength: list[Strength] = _several("强度")
    status: list[Status | Literal["registered"]] = _several("落实状态；registered 是只登记的研究、鼓励类")
    schedule: list[ScheduleCode] = _several("时限情况")
    due_from: Day = perhaps("这天起到期")
    due_to: Day = perhaps("这天为止到期")
    quantified: YesNo = perhaps("有没有数字")
    evidence: YesNo = perhaps("有没有佐证")
    proposals: YesNo = perhaps("有没有待确认的佐证")
    assigned: Text = Field("", description="交给谁；* 已交办，- 没有交办")
    waiting: YesNo = perhaps("是不是等人看")
    checkable: YesNo = perhaps("时限、数字、责任单位是不是都写明")
    read_in: Number = perhaps("第几次运行新读到的")
    shown_in: Number = perhaps("第几次运行收进的文件说到的")
    moved_in: Number = perhaps("第几次运行时状态变了的")
    document: list[Id] = _several("只看这些文件的")
    rule: list[Text] = _several("由哪条规则读出", examples=[["answer.will"]])


class LedgerAsked(Narrowing, AsOf, Paged):
    """The ledger."""

    sort: Sort = Field(Sort.DOCUMENT, description="document 答复日期新的在前，deadline 时限近的在前，strength，name")


class LettersAsked(Narrowing, AsOf):
    """Reminders of what the ledger has."""

    report_by: Day = perhaps("请单位哪天前报告；不给就是 15 天后")


class ReviewAsked(Narrowing, AsOf, Paged):
    """What waits for a person."""


class SearchAsked(Narrowing, AsOf, Paged):
    """The search."""

    q: Annotated[str, StringConstraints(max_length=1_000, pattern=r"^[^\x00]*$")] = Field(
        "", description="要找的词，用空格隔开；减号开头的不要出现；引号里的连在一起", examples=["停车位 500个 -地下"]
    )
    kind: list[SearchKind] = _several("找哪几类；不给就是承诺")


class SavingAsked(Narrowing):
    """What a search that is kept looks for."""

    q: Annotated[str, StringConstraints(max_length=1_000, pattern=r"^[^\x00]*[0-9A-Za-z一-鿿][^\x00]*$")] = Field(
        description="要找的词，写法同检索", examples=["停车位 -地下"]
    )
    kind: list[SearchKind] = _several("找哪几类；不给就是承诺")


class CompletionAsked(Question):
    """What typed characters may become."""

    q: Text = Field("", description="已经打出的字", examples=["停车"])


class Sending(Question):
    """A workbook that comes back."""

    name: Annotated[str, StringConstraints(max_length=80, pattern=r"^[^\x00]*$")] = Field(
        "台账.xlsx", description="文件名，记在日志里"
    )


class Drafting(Question):
    """A draft that is to be looked through."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=80, pattern=r"^[^\x00]*$")] = Field(
        description="文件名，按它的后缀读", examples=["答复第18号.docx"]
    )
    item: Id = perhaps("所答的建议或提案，台账里的编号；不给就找同届次、同案号的，没有收过就看稿子自己提到的诉求")


class ItemsAsked(Paged):
    """Items: suggestions and proposals."""

    unit: list[Text] = _several("单位，名称的一部分")
    place: Text = Field("", description="地区，名称的一部分")
    number: list[Text] = _several("案号")
    year: Year = perhaps("文件的年份")


class DocumentsAsked(ItemsAsked):
    """Documents."""

    kind: list[Kind] = _several("文件的种类")


class UnitsAsked(AsOf, Paged):
    """Units."""

    name: Text = Field("", description="名称的一部分")
    place: Text = Field("", description="地区，名称的一部分")
    sort: Literal[
        "made", "fulfilled", "in_progress", "overdue", "dropped", "no_evidence", "registered", "checkable", "share",
        "name"
    ] = Field("overdue", description="按哪个数排，多的在前；share 写得明的比例，低的在前")  # fmt: skip


class TargetsAsked(AsOf, Paged):
    """Targets."""

    unit: list[Text] = _several("单位，名称的一部分")
    place: Text = Field("", description="地区，名称的一部分")
    indicator: Text = Field("", description="指标，名称的一部分")
    followed: YesNo = perhaps("有没有后来的数")


class AlarmsAsked(AsOf, Paged):
    """Alarms."""

    unit: list[Text] = _several("答复单位，名称的一部分")
    place: Text = Field("", description="地区，名称的一部分")
    code: list[AlarmCode] = _several("哪一类提醒")


class FailuresAsked(Paged):
    """The files that can't be read."""

    reason: Unreadable = perhaps("只看这个原因的")


class RunFilesAsked(Paged):
    """The files of a run."""

    failed: YesNo = Field("no", description="yes：只看读不了的")


# -- bodies ----------------------------------------------------------------------------------------------------------


class Told(BaseModel):
    """A body: values of exactly these kinds."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Deciding(Told):
    """What every decision says."""

    seen: Annotated[int, Field(ge=0, le=999_999_999), BeforeValidator(integral)] = Field(
        description="已知的最后一个决定的号，没有就是 0；别人在它之后又作了决定，答 409"
    )
    why: Said = Field("", description="理由")


class Confirming(Deciding, title="采信佐证"):
    """A link is right."""

    kind: Literal["confirm"]
    link: Id = Field(description="佐证的编号")


class Rejecting(Deciding, title="否定佐证"):
    """A link is wrong."""

    kind: Literal["reject"]
    link: Id = Field(description="佐证的编号")


class Judging(Deciding, title="认定状态"):
    """How the promise stands."""

    kind: Literal["status"]
    status: Annotated[Status, Field(strict=False)]
    why: Worded = Field(description="理由，必须写")
    source: Said = Field("", description="依据（文件、电话……）")


class Correcting(Deciding, title="更正"):
    """What was read wrongly: one field at least."""

    model_config = ConfigDict(
        json_schema_extra={
            "anyOf": [{"required": [name]} for name in ("strength", "deadline", "responsible", "promise")]
        }
    )

    kind: Literal["correct"]
    strength: Annotated[Strength, Field(strict=False)] = perhaps("强度")
    deadline: Day | Literal["none"] = perhaps("最后一天；none 是没有时限")
    responsible: Annotated[list[Named], Field(min_length=1, max_length=20)] = perhaps("责任单位")
    promise: bool = perhaps("是不是承诺")

    @model_validator(mode="after")
    def _something(self) -> Correcting:
        if not self.model_fields_set & {"strength", "deadline", "responsible", "promise"}:
            raise ValueError("strength、deadline、responsible、promise 至少给一项")
        return self


class Assigning(Deciding, title="交办"):
    """Who follows it up."""

    kind: Literal["assign"]
    to: Named = Field(description="交给谁")


class Snoozing(Deciding, title="暂缓提醒"):
    """Not before a day."""

    kind: Literal["snooze"]
    until: Day = Field(description="到哪天")


class Merging(Deciding, title="并入另一条"):
    """The same as another promise."""

    kind: Literal["merge"]
    into: Id = Field(description="并入的承诺的编号")


class Noting(Deciding, title="备注"):
    """A note."""

    kind: Literal["note"]
    why: Worded = Field(description="备注")


AnyDecision = Confirming | Rejecting | Judging | Correcting | Assigning | Snoozing | Merging | Noting
EXAMPLES: dict[str, Any] = {
    "confirm": {"summary": "采信佐证", "value": {"kind": "confirm", "seen": 0, "link": "0123456789abcdef"}},
    "status": {
        "summary": "认定状态",
        "value": {"kind": "status", "seen": 4, "status": "fulfilled", "why": "现场看过", "source": "6 月 3 日走访"},
    },
    "correct": {"summary": "更正时限", "value": {"kind": "correct", "seen": 0, "deadline": "2026-06-30"}},
    "assign": {"summary": "交办", "value": {"kind": "assign", "seen": 0, "to": "王五", "why": "先打电话问"}},
}
Decided = Annotated[AnyDecision, Body(discriminator="kind", openapi_examples=EXAMPLES)]


class Applying(Told):
    """Recording what a returned ledger changes."""

    expected: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")] = Field(
        description="看过的 fingerprint；台账后来又变了就答 409，什么也不记"
    )
    also: Annotated[list[Annotated[str, StringConstraints(max_length=60)]], Field(max_length=500)] = Field(
        default_factory=list, description="仍要按表里的改的冲突：它们的 key"
    )


Head = Annotated[str, StringConstraints(max_length=500, pattern=r"^[^\x00]*$")]


class SayingLine(Told):
    """Which promise a line of another office's ledger is about."""

    line: Annotated[int, Field(ge=1, le=2_000_000), BeforeValidator(integral)] = Field(description="表里第几行")
    commitment: Id | None = Field(description="承诺的编号；空是不要这一行")


class ReadingAs(Told):
    """What the columns of another office's ledger are."""

    sheet: Head = Field("", description="工作表；不给就是最像的那张")
    columns: Annotated[dict[Head, Annotated[Meaning, Field(strict=False)]], Field(max_length=80)] = Field(
        description="表头和它当作什么；没有提到的不导入", examples=[{"建议编号": "number", "答复承诺": "promise_text"}]
    )
    words: Annotated[dict[Head, Annotated[Status, Field(strict=False)] | None], Field(max_length=60)] = Field(
        default_factory=dict,
        description="落实状态一列里的词当作什么，空是不收；没有提到的按认得的词",
        examples=[{"在办": "in_progress"}],
    )


class Sheeted(Question):
    """Which sheet of a workbook."""

    sheet: Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*$")] = Field(
        "", description="工作表；不给就是说定的或最像的那张"
    )


class Naming(Told):
    """A search that is to be kept."""

    name: Named = Field(description="名称，自己存的里面不能重", examples=["城南停车位"])
    shared: bool = Field(False, description="是不是大家都看得到")


class Undoing(Told):
    """Taking a decision back."""

    why: Said = Field("", description="理由")
