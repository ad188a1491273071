"""The numbers of cases as letters print them: 12, 0012, 27、52."""

from __future__ import annotations

import re
from collections.abc import Collection

import sqlalchemy as sa

from models.documents import Kind
from models.store import Store
from models.tables import documents

_CHAIN = r"\d+(?:\s*[、，,;；和及]\s*\d+)*"
_BEFORE_MARK = re.compile(rf"({_CHAIN})\s*号")
_ALONE = re.compile(rf"\D*({_CHAIN})\D*")


def case_numbers(said: str) -> tuple[str, ...]:
    """The numbers that a cell, or a letter's head, names, without the zeros before them; none: it is no such number.

    >>> case_numbers("建议第0012号"), case_numbers("27、52"), case_numbers("2026年第7号提案"), case_numbers("2026-7")
    (('12',), ('27', '52'), ('7',), ())
    """
    marked = _BEFORE_MARK.findall(said)
    alone = _ALONE.fullmatch(said)
    chains = marked or ([alone[1]] if alone else [])
    return tuple(dict.fromkeys(one.lstrip("0") for chain in chains for one in re.findall(r"\d+", chain)))


def written_numbers(store: Store, wanted: Collection[str]) -> dict[str, tuple[str, ...]]:
    """How current replies print their numbers, where one of these is among them, with the numbers that they name."""
    c = documents.c
    with store.reading() as connection:
        query = sa.select(c.number).distinct().where(c.current, c.kind == Kind.REPLY, c.number.is_not(None))
        printed = [str(number) for number in connection.execute(query).scalars()]
    named = {number: case_numbers(number) for number in printed}
    return {number: names for number, names in named.items() if not set(names).isdisjoint(wanted)}
