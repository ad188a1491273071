"""A long export: what was asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class ExportAsked:
    """Which list, as which kind of file: the parameters of its address, its day, who wants it and from where."""

    parameters: tuple[tuple[str, str], ...]
    form: str
    as_of: date
    at: datetime
    who: str
    address: str
    site: str
    total: int
