"""What a few typed characters may become: units, indicators, titles that the register knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from models.finding import find
from models.store import Store
from models.tables import commitments, documents, quantities
from models.terms import Question, exactly, read_query
from models.text import fold

_LOOKED_AT = 200  # records of each kind: the newest that hold what was typed
_SHOWN = 40  # characters; a longer title is nothing to complete to


class Completed(StrEnum):
    """What a completion is: 单位 指标 标题."""

    UNIT = "unit"
    INDICATOR = "indicator"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Completion:
    """A text that holds what was typed, and in how many of the newest records it stands."""

    text: str
    kind: Completed
    count: int


def complete(store: Store, typed: str, limit: int = 10) -> tuple[Completion, ...]:
    """Units, indicators and titles that hold what was typed: those that begin with it first, then the commonest.

    Nothing for what has no letter or digit. The newest records are looked at, so that it is quick in any register.
    """
    asked = read_query(typed)
    if not asked.words or limit < 1:
        return ()
    with store.reading() as connection:
        named = [*_named(connection, exactly(asked))]
    wanted = fold(typed).strip().lower()
    counted = Counter((kind, text) for kind, text in named if text and wanted in fold(text).lower())
    ordered = sorted(counted.items(), key=lambda one: (not _begins(one[0][1], wanted), -one[1], one[0][1]))
    fitting = [Completion(text, kind, count) for (kind, text), count in ordered if len(text) <= _SHOWN]
    return tuple(fitting[:limit])


def _begins(text: str, wanted: str) -> bool:
    return fold(text).lower().startswith(wanted)


def _named(connection: Connection, question: Question) -> Iterator[tuple[Completed, str | None]]:
    """What the newest records that hold the typed words name."""
    ids = _ids(connection, question, "document")
    c = documents.c
    for row in connection.execute(sa.select(c.subject, c.lead_unit, c.co_units).where(c.id.in_(ids))):
        yield Completed.TITLE, row.subject
        yield from _units([row.lead_unit, *row.co_units])
    ids = _ids(connection, question, "quantity")
    for (indicator,) in connection.execute(sa.select(quantities.c.indicator).where(quantities.c.id.in_(ids))):
        yield Completed.INDICATOR, indicator
    ids = _ids(connection, Question(question.groups, question.excluded, wide=True), "commitment")
    for (names,) in connection.execute(sa.select(commitments.c.responsible).where(commitments.c.id.in_(ids))):
        yield from _units(names)


def _units(names: Iterable[str | None]) -> Iterator[tuple[Completed, str | None]]:
    return ((Completed.UNIT, name) for name in names)


def _ids(connection: Connection, question: Question, kind: str) -> Sequence[str]:
    return [one.record for one in find(connection, question, (kind,), [], limit=_LOOKED_AT, newest=True)]
