"""What programs may tell: the bodies of requests. What isn't named here is refused, as in questions."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import Body
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from models.commitments import Strength
from models.evidence import Status
from models.foreign import Meaning
from outputs.web.api.values import Day, Id, Named, Said, Worded, integral, perhaps


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


class Naming(Told):
    """A search that is to be kept."""

    name: Named = Field(description="名称，自己存的里面不能重", examples=["城南停车位"])
    shared: bool = Field(False, description="是不是大家都看得到")


class Undoing(Told):
    """Taking a decision back."""

    why: Said = Field("", description="理由")
