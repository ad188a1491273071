"""What a time expression is: its record, and the letter's day that relative ones are counted from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from models.records import quick


@quick
@dataclass(frozen=True, slots=True)
class Anchor:
    """The day of a document, or at least its year; both None where the document tells neither."""

    day: date | None = None
    year: int | None = None


class TimeKind(StrEnum):
    """How an expression binds an act to time."""

    POINT = "point"  # 6月14日, 今年10月
    PERIOD = "period"  # 今年, 下半年, 2024—2026年, “十四五”期间
    BEFORE = "before"  # 9月底前, 春节前, 年底
    UNTIL = "until"  # 到2027年
    FROM = "from"  # 自9月1日起
    WITHIN = "within"  # 三年内, 10个工作日内
    RECURRING = "recurring"  # 每年, 定期
    VAGUE = "vague"  # 近期, 汛期前
    PAST = "past"  # 截至目前, 近年来, 2022年以来


@quick
@dataclass(frozen=True, slots=True)
class TimeExpression:
    """[start, end) of the text; `first` and `last` day, None where the document can't tell.

    `precision`: day, month, quarter, half, year, plan, span or none. `own_year`: the expression itself names its year.
    """

    start: int
    end: int
    text: str
    first: date | None
    last: date | None
    kind: TimeKind
    precision: str
    own_year: bool
