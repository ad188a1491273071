"""What people said of the columns of other offices' ledgers, remembered for the next ledger with the same heads."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from models.evidence import Status
from models.foreign import ForeignSheet, Meaning, ReadAs
from models.saved import OFFICE
from models.saved_tables import preferences
from models.store import Store

_COLUMN, _WORD = "column:", "word:"


def remember_columns(store: Store, sheet: ForeignSheet, read_as: ReadAs) -> None:
    """Keeps what a sheet's columns, and its words for a status, were taken for, for the whole office."""
    value = tuple((f"{_COLUMN}{head}", meaning.value) for head, meaning in read_as.columns.items())
    value += tuple((f"{_WORD}{word}", status or "") for word, status in read_as.statuses.items())
    c = preferences.c
    with store.writing() as connection:
        connection.execute(sa.delete(preferences).where(c.owner == OFFICE, c.name == _name(sheet)))
        connection.execute(sa.insert(preferences).values(owner=OFFICE, name=_name(sheet), value=value))


def remembered_columns(store: Store, sheet: ForeignSheet) -> ReadAs | None:
    """What somebody said of the same heads before, in whatever order they stood; None: nobody did."""
    c = preferences.c
    with store.reading() as connection:
        query = sa.select(c.value).where(c.owner == OFFICE, c.name == _name(sheet))
        value = connection.execute(query).scalar()
    if not value:
        return None
    columns = {head: Meaning(said) for head, said in _named(value, _COLUMN)}
    words = {word: Status(said).value if said else None for word, said in _named(value, _WORD)}
    return ReadAs(sheet.name, columns, words)


def _named(value: tuple[tuple[str, str], ...], kind: str) -> Iterator[tuple[str, str]]:
    return ((name.removeprefix(kind), said) for name, said in value if name.startswith(kind))


def _name(sheet: ForeignSheet) -> str:
    return f"sheet.{sheet.fingerprint}"
