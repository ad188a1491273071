"""What programs may ask: the parameters of addresses. What isn't named here is refused, so that a misspelt filter is an
error and not the whole register."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from models.commitments import Strength
from models.documents import Body as Addressed
from models.documents import Kind
from models.errors import Unreadable
from models.evidence import AlarmCode, ScheduleCode, Status
from models.filters import Sort
from models.search import SearchKind
from outputs.web.api.values import Day, Id, Number, Text, Year, YesNo, perhaps, several, whole


class Question(BaseModel):
    """Parameters of an address."""

    model_config = ConfigDict(extra="forbid")


class Paged(Question):
    """Which part of a list."""

    page: Annotated[int, Field(ge=1, le=1_000_000), BeforeValidator(whole)] = Field(
        1, description="第几页；也可以照 next 里的地址一页一页打开"
    )
    size: Annotated[int, Field(ge=1, le=200), BeforeValidator(whole)] = Field(50, description="一页几条")

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
    body: list[Addressed] = several("npc 代表建议，cppcc 政协提案")
    unit: list[Text] = several("答复单位或责任单位，名称的一部分")
    lead: list[Text] = several("答复单位的全名")
    class_: list[Text] = several("办理结果分类；- 是没有标的", alias="class")
    number: list[Text] = several("案号")
    year: Year = perhaps("答复的年份")
    strength: list[Strength] = several("强度")
    status: list[Status | Literal["registered"]] = several("落实状态；registered 是只登记的研究、鼓励类")
    schedule: list[ScheduleCode] = several("时限情况")
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
    document: list[Id] = several("只看这些文件的")
    rule: list[Text] = several("由哪条规则读出", examples=[["answer.will"]])


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
    kind: list[SearchKind] = several("找哪几类；不给就是承诺")


class SavingAsked(Narrowing):
    """What a search that is kept looks for."""

    q: Annotated[str, StringConstraints(max_length=1_000, pattern=r"^[^\x00]*[0-9A-Za-z一-鿿][^\x00]*$")] = Field(
        description="要找的词，写法同检索", examples=["停车位 -地下"]
    )
    kind: list[SearchKind] = several("找哪几类；不给就是承诺")


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

    unit: list[Text] = several("单位，名称的一部分")
    place: Text = Field("", description="地区，名称的一部分")
    number: list[Text] = several("案号")
    year: Year = perhaps("文件的年份")


class DocumentsAsked(ItemsAsked):
    """Documents."""

    kind: list[Kind] = several("文件的种类")


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

    unit: list[Text] = several("单位，名称的一部分")
    place: Text = Field("", description="地区，名称的一部分")
    indicator: Text = Field("", description="指标，名称的一部分")
    followed: YesNo = perhaps("有没有后来的数")


class AlarmsAsked(AsOf, Paged):
    """Alarms."""

    unit: list[Text] = several("答复单位，名称的一部分")
    place: Text = Field("", description="地区，名称的一部分")
    code: list[AlarmCode] = several("哪一类提醒")


class FailuresAsked(Paged):
    """The files that can't be read."""

    reason: Unreadable = perhaps("只看这个原因的")


class RunFilesAsked(Paged):
    """The files of a run."""

    failed: YesNo = Field("no", description="yes：只看读不了的")


class Sheeted(Question):
    """Which sheet of a workbook."""

    sheet: Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*$")] = Field(
        "", description="工作表；不给就是说定的或最像的那张"
    )
