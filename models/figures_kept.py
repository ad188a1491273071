"""Figures that take long to count, kept in the database with what they were counted from.

A figure holds for the register as a run left it and for decisions up to a number; whoever reads it counts anew what was
decided since, and nobody takes it for another register (`find` asks for the run). Whatever changes how promises stand
otherwise than by a decision puts all of them away (`models/standings.py`).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import Any

import sqlalchemy as sa

from models.facets import Stamp
from models.standing_tables import figures
from models.store import Store
from models.tables import SCHEMA

Group = tuple[Any, ...]
Numbers = Counter[tuple[Group, str]]


@dataclass(frozen=True, slots=True)
class Figure:
    """Numbers by group and name, as they were when the decision `decided` was the last one."""

    asked: Hashable
    decided: int
    numbers: Numbers


def find(store: Store, stamp: Stamp, asked: Hashable) -> Figure | None:
    """What was kept of a question, if the register is still the same but for decisions."""
    c = figures.c
    run, ended = stamp
    same = sa.and_(c.name == _name(asked), c.run == (run or 0), c.ended.is_not_distinct_from(ended))
    with store.reading() as connection:
        row = connection.execute(sa.select(c.decided, c.numbers).where(same)).first()
    if row is None:
        return None
    return Figure(asked, row.decided, Counter({(tuple(group), name): n for group, name, n in json.loads(row.numbers)}))


def keep(store: Store, stamp: Stamp, day: date, found: Iterable[Figure]) -> None:
    """Keeps the figures of a day, and none of other runs or of days before."""
    run, ended = stamp
    c = figures.c
    rows = [
        {
            "name": _name(one.asked),
            "run": run or 0,
            "ended": ended,
            "decided": one.decided,
            "day": day.toordinal(),
            "numbers": _written(one.numbers),
        }
        for one in found
    ]
    with store.writing() as connection:
        names = [row["name"] for row in rows]
        old = sa.or_(c.name.in_(names), c.run != (run or 0), c.ended.is_distinct_from(ended), c.day < day.toordinal())
        connection.execute(sa.delete(figures).where(old))
        if rows:
            connection.execute(sa.insert(figures), rows)


def _name(asked: Hashable) -> str:
    """The same for the same question, whoever asks: questions are records of plain values."""
    return blake2b(f"{SCHEMA} {asked!r}".encode(), digest_size=16).hexdigest()


def _written(numbers: Numbers) -> str:
    rows = [(list(group), name, number) for (group, name), number in numbers.items() if number]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
