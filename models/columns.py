"""Column types that mean the same on SQLite and on PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from models.documents import Span
from models.evidence import Reason


class Moment(TypeDecorator[datetime]):
    """A time in UTC. Naive times are refused: nobody could tell later which clock they meant."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC; SQLite keeps no zone, so it is cut off there. ValueError: a time without its zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without its zone can't be kept: {value!r}")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """With its zone again."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Exact(TypeDecorator[Decimal]):
    """A decimal number as it was read, digit for digit: SQLite's NUMERIC would make a binary float of it."""

    impl = sa.String(64)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        """As text."""
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        """As a number."""
        return None if value is None else Decimal(value)


class Words(TypeDecorator[tuple[str, ...]]):
    """A list of strings, as a JSON array; neither database's own array type would do for both."""

    impl = sa.JSON
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> tuple[str, ...] | None:
        """A tuple as it is: JSON writes it as an array."""
        return value

    def process_result_value(self, value: list[str] | None, dialect: Dialect) -> tuple[str, ...] | None:
        """As a tuple."""
        return None if value is None else tuple(value)


class Reasons(TypeDecorator[tuple[Reason, ...]]):
    """Reasons, as a JSON array of arrays: the code, then its values."""

    impl = sa.JSON
    cache_ok = True

    def process_bind_param(self, value: tuple[Reason, ...] | None, dialect: Dialect) -> Any:
        """As arrays."""
        return None if value is None else tuple((reason.code, *reason.values) for reason in value)

    def process_result_value(self, value: list[list[str]] | None, dialect: Dialect) -> tuple[Reason, ...] | None:
        """As reasons."""
        return None if value is None else tuple(Reason(code, tuple(values)) for code, *values in value)


class Named(TypeDecorator[tuple[tuple[str, Any], ...]]):
    """Names with their values (numbers or strings) in order, as a JSON array of pairs."""

    impl = sa.JSON
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """As they are."""
        return value

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[tuple[str, Any], ...] | None:
        """As tuples."""
        return None if value is None else tuple((name, number) for name, number in value)


class Spans(TypeDecorator[tuple[Span, ...]]):
    """Quotations, as a JSON array of start, end, and text."""

    impl = sa.JSON
    cache_ok = True

    def process_bind_param(self, value: tuple[Span, ...] | None, dialect: Dialect) -> Any:
        """As arrays."""
        return None if value is None else tuple((span.start, span.end, span.text) for span in value)

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[Span, ...] | None:
        """As spans."""
        return None if value is None else tuple(Span(start, end, text) for start, end, text in value)


class Code(TypeDecorator[StrEnum]):
    """A member of a closed set, by its value. A value that the code doesn't know raises: it is never guessed away."""

    impl = sa.String(32)
    cache_ok = True

    def __init__(self, members: type[StrEnum]) -> None:
        super().__init__()
        self.members = members

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """As its value."""
        return value.value if type(value) is self.members else None if value is None else self.members(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        """As a member."""
        return None if value is None else self.members(value)
