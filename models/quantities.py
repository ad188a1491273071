"""Numbers with a meaning."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from models.documents import Span
from models.records import quick


class Comparator(StrEnum):
    """How the number binds: 以上/不少于 >=, 以下/不超过 <=, 约/余 ~, a span of values, or exactly."""

    EQUAL = "="
    AT_LEAST = ">="
    AT_MOST = "<="
    ABOUT = "~"
    RANGE = "range"


class Basis(StrEnum):
    """What the number measures: a level reached, an increase over before, or a share of a whole (占…的N%)."""

    LEVEL = "level"
    INCREASE = "increase"
    SHARE = "share"


class Role(StrEnum):
    """What the number is for: a value to be reached, a fact, or an amount/threshold that a rule sets."""

    TARGET = "target"
    ACTUAL = "actual"
    STANDARD = "standard"


@quick
@dataclass(frozen=True, slots=True)
class Measure:
    """A number with its unit as found in the text, before anybody asks what it is about.

    [start, end) covers number and unit (余/多 inside included, 近/最高/以上 around it not). `value` and `upper` have
    万/亿 multiplied out; shares are in percent (三分之一 -> 33.33). `unit` is as printed, without 万/亿. `rule` names
    the form that was read ("cardinal", "percent", "fraction", "chengs", "all", "break_zero", "double", "half",
    "range", "zero", "cell").
    """

    start: int
    end: int
    value: Decimal
    upper: Decimal | None
    unit: str | None
    comparator: Comparator
    rule: str


@quick
@dataclass(frozen=True, slots=True)
class Quantity:
    """量化指标: a measure with its meaning. `unit_span` is the unit (sentence part) that holds it.

    `indicator` is what is counted, as a reader would name it out of context; `part_of` the index, in the document's
    list of quantities, of the total that this one is a part of (其中…); `flags` codes of what a person should look at
    ("unequal_list": a 分别 list whose names and numbers differ in count;
    "mended": a scanner's letters stood for digits).
    """

    span: Span
    value: Decimal
    upper: Decimal | None
    unit: str | None
    comparator: Comparator
    basis: Basis
    role: Role
    indicator: str | None
    deadline: date | None
    unit_span: Span
    part_of: int | None = None
    confidence: float = 1.0
    rule: str = ""
    flags: tuple[str, ...] = ()
