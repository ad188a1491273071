"""Which documents are worth holding against each other, by the full-text index: a promise and its evidence share words.

The index only narrows; what is found about two documents is decided by those two alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from models.documents import Identity, Kind
from models.finding import holders
from models.ids import DocumentId
from models.places import significant
from models.tables import documents, search_records
from models.terms import Question
from models.tokens import split

EVIDENCE = tuple(Kind)  # also what is classed as a suggestion: a report on how suggestions were handled may be
_HITS_A_DOCUMENT = 12  # records looked at for each document wanted: a good letter answers with several of its sentences


def alike(
    connection: Connection,
    words: Iterable[str],
    record_kinds: Sequence[str],
    near: Identity,
    holder_kinds: Sequence[Kind],
    *,
    limit: int,
) -> list[DocumentId]:
    """The documents of these kinds whose records share most of these words; places that can't concern `near` left out.

    `record_kinds`: what is looked through ("commitment", "unit", "quantity").
    """
    phrases = tuple(dict.fromkeys(tuple(split(word)) for word in words if split(word)))
    if not phrases:
        return []
    question = Question((phrases,), ())
    holder = documents.c.id == search_records.c.document_id
    wanted = [holder, documents.c.current, documents.c.kind.in_(holder_kinds), *_of_place(near)]
    return holders(connection, question, record_kinds, wanted, limit=limit * _HITS_A_DOCUMENT)[:limit]


def has_letters(connection: Connection, near: Identity, *, before: bool) -> bool:
    """Whether there are replies of the same office of earlier years (`before`), or of later ones."""
    asked = _of_the_office(near, before=before)
    held = sa.exists().where(documents.c.current, documents.c.kind == Kind.REPLY, *asked)
    return bool(asked) and bool(connection.execute(sa.select(held)).scalar())


def of_the_office(
    connection: Connection, letters: Sequence[DocumentId], near: Identity, *, before: bool
) -> list[DocumentId]:
    """Those of some letters that the same office wrote in earlier years (`before`), or in later ones."""
    asked = _of_the_office(near, before=before)
    if not asked or not letters:
        return []
    found = set(connection.execute(sa.select(documents.c.id).where(documents.c.id.in_(letters), *asked)).scalars())
    return [letter for letter in letters if letter in found]


def _of_the_office(near: Identity, *, before: bool) -> list[sa.ColumnElement[bool]]:
    """The same office, another year; nothing where the letter doesn't tell its own."""
    office, day = near.lead_unit, near.date
    if not office or not day:
        return []
    named = documents.c.lead_unit
    same = sa.or_(named == office, named.endswith(office, autoescape=True), sa.literal(office).endswith(named))
    when = documents.c.date < date(day.year, 1, 1) if before else documents.c.date > date(day.year, 12, 31)
    return [same, when]


def _of_place(near: Identity) -> list[sa.ColumnElement[bool]]:
    """The same division, those above it (a promise may name them), and documents that don't say where they speak."""
    code = near.region_code
    if code is None:
        return []
    above = {code, code[:4] + "00", code[:2] + "0000"}
    place = documents.c.region_code
    return [sa.or_(place.is_(None), place.in_(sorted(above)), place.startswith(significant(code)))]
