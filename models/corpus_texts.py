"""The office's own sentences, for what is learned from them."""

from __future__ import annotations

import sqlalchemy as sa

from models.store import Store
from models.tables import documents, search_entries, search_records


def count_documents(store: Store) -> int:
    """How many documents are current."""
    with store.reading() as connection:
        wanted = sa.select(sa.func.count()).select_from(documents).where(documents.c.current)
        return connection.execute(wanted).scalar_one()


def sample_units(store: Store, most: int) -> list[str]:
    """At most `most` sentences of current documents without their marks, evenly from old and new ones."""
    entries, records = search_entries.c, search_records.c
    is_unit = sa.exists().where(records.entry_id == entries.id, records.kind == "unit")
    with store.reading() as connection:
        held = connection.execute(sa.select(sa.func.count()).select_from(search_entries)).scalar_one()
        step = max(1, held // most)
        wanted = sa.select(entries.tokens).where(is_unit, entries.id % step == 0).order_by(entries.id).limit(most)
        return [tokens.replace(" ", "") for tokens in connection.execute(wanted).scalars()]
