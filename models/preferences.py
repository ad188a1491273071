"""How somebody likes the pages: the columns of the ledger, the list that it opens with. Nobody else sees it."""

from __future__ import annotations

from enum import StrEnum

import sqlalchemy as sa

from models.saved import Parameters
from models.saved_tables import preferences
from models.store import Store


class Preference(StrEnum):
    """What somebody may choose once and for all."""

    COLUMNS = "ledger.columns"  # (("col", "case"), ("col", "text"))
    FIRST_LIST = "ledger.first"  # (("view", "7"),)


def preferred(store: Store, owner: str, name: Preference) -> Parameters:
    """What somebody chose, as parameters of an address; () where nothing was chosen."""
    c = preferences.c
    with store.reading() as connection:
        found = connection.execute(sa.select(c.value).where(c.owner == owner, c.name == name)).scalar()
    return found or ()


def prefer(store: Store, owner: str, name: Preference, value: Parameters) -> Parameters:
    """Keeps what somebody chose, () for nothing any more; gives back what was chosen before."""
    c = preferences.c
    mine = (c.owner == owner, c.name == name)
    with store.writing() as connection:
        before = connection.execute(sa.select(c.value).where(*mine)).scalar()
        connection.execute(sa.delete(preferences).where(*mine))
        if value:
            connection.execute(sa.insert(preferences).values(owner=owner, name=name, value=value))
    return before or ()
