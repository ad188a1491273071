"""The kinds of values that programs may give: days, numbers, words and ids, in parameters and in bodies."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import Path
from pydantic import BeforeValidator, Field, StringConstraints

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _day(given: object) -> date:
    """2026-06-30 and nothing else: 20260630 or a number of seconds is no day here."""
    if not isinstance(given, str) or not _DAY.fullmatch(given):
        raise ValueError("日期写成 2026-06-30 这样")
    return date.fromisoformat(given)


def whole(given: object) -> object:
    """A number in an address is decimal digits: 1e3, +5 and 5.0 are refused."""
    if isinstance(given, str) and not (given.isascii() and given.isdecimal()):
        raise ValueError("要一个整数")
    return given


def integral(given: object) -> object:
    """5.0 is as whole a number as 5 in JSON."""
    return int(given) if isinstance(given, float) and given.is_integer() else given


Day = Annotated[date, BeforeValidator(_day)]
Number = Annotated[int, Field(ge=1, le=999_999_999), BeforeValidator(whole)]
Year = Annotated[int, Field(ge=1900, le=2999), BeforeValidator(whole)]
Text = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*$")]
Said = Annotated[str, StringConstraints(max_length=4_000, pattern=r"^[^\x00]*$")]
Worded = Annotated[str, StringConstraints(max_length=4_000, pattern=r"^[^\x00]*[0-9A-Za-z一-鿿][^\x00]*$")]
"""Has a letter, a digit or a Han character."""
Named = Annotated[str, StringConstraints(max_length=60, pattern=r"^[^\x00]*[0-9A-Za-z一-鿿][^\x00]*$")]
Id = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]
YesNo = Literal["yes", "no"]

CommitmentId = Annotated[str, Path(pattern=r"^[0-9a-f]{16}$", description="承诺的编号")]
DocumentId = Annotated[str, Path(pattern=r"^[0-9a-f]{16}$", description="文件的编号")]
Numbered = Annotated[int, Path(ge=1, le=999_999_999, description="号"), BeforeValidator(whole)]


def several(description: str, **more: Any) -> Any:
    """A parameter that may be given several times."""
    return Field(default_factory=list, max_length=20, description=description, **more)


def perhaps(description: str, **more: Any) -> Any:
    """A parameter that may be left out; null isn't one of its values."""
    return Field(default_factory=_nothing, description=description, **more)


def _nothing() -> None:
    return None
