"""What all records of the interface are made of: the keys of `outputs/exchange.py`, each said in Chinese."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, WithJsonSchema

from models.documents import Body, Kind
from models.quantities import Basis, Comparator, Role

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


class Measured(Quote):
    """One number with its meaning, whatever paper it stands in."""

    value: Number
    upper: Number | None
    unit: str | None
    comparator: Comparator
    basis: Basis
    role: Role
    indicator: str | None
    deadline: Day | None
    unit_text: str = Field(description="数字所在的那句话")
    confidence: float
    flags: list[str]


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
