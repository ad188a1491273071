"""What the index knows of each document besides its words, so that it narrows by itself.

Asking of every sentence that has a word whether its document fits takes seconds where few fit. So place, units, year
and class are noted of each document as tokens:

    r17 l203 u203 u8 y2025 c3    of place 17, led by unit 203; units 203 and 8 have something to do; of 2025, class 3
    k2                           a request is this sentence

A name gets its number once and keeps it (search_index_names); what was written for each document is in
search_index_facts. SQLite's full-text index has the tokens beside the words and looks them up as words are; it keeps no
text of its own and must be told what to forget. PostgreSQL looks up which documents have them, and puts together by
itself where these documents' sentences are and where the words are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Connection

from models.filters import Filter
from models.ids import DocumentId, in_parts
from models.tables import commitments, documents

__all__ = [
    "FACTS",
    "Facts",
    "asked_of",
    "describe",
    "documents_with",
    "forget",
    "forget_all",
    "of_kinds",
    "of_units",
    "with_kinds",
]

Facts = tuple[tuple[str, ...], ...]
"""Of each row of tokens a document must have one."""

_KINDS = {"declined": "k1", "request": "k2", "document": "k3"}
"""Kinds that few entries are; looking up a kind that a third of them is would take longer than looking at answers."""
FACTS = sa.table("search_index_facts", sa.column("document_id", sa.Text), sa.column("facts", sa.Text))
_NAMES = sa.table("search_index_names", sa.column("number", sa.Integer), sa.column("name", sa.Text))
_MOST_NAMES = 100  # a part of more names than these narrows little
_MOST_WALKED = 12  # tokens that are looked for in the facts of all documents
_TOGETHER = 400  # ids of one statement
_NONE = "none"  # a token that no document has
_NEW_NAME = sa.text("INSERT INTO search_index_names (name) VALUES (:name) ON CONFLICT DO NOTHING")
_KEEP = sa.text(
    "INSERT INTO search_index_facts (document_id, facts) VALUES (:document_id, :facts)"
    " ON CONFLICT (document_id) DO UPDATE SET facts = excluded.facts"
)
_ARRAY = postgresql.ARRAY(sa.Text)
_AS_ARRAY = sa.func.string_to_array(FACTS.c.facts, sa.literal_column("' '"), type_=_ARRAY)  # as PostgreSQL's index is


def describe(connection: Connection, documents: Iterable[str]) -> dict[str, str]:
    """Notes what is known of these documents, as their rows tell it, and returns it as the index is to have it."""
    found: dict[str, str] = {}
    ids = list(dict.fromkeys(documents))
    for start in range(0, len(ids), _TOGETHER):
        found |= _described(connection, ids[start : start + _TOGETHER])
    if found:
        connection.execute(_KEEP, [{"document_id": id, "facts": facts} for id, facts in found.items()])
    return found


def forget(connection: Connection, document: str) -> str:
    """Returns what the index has of a document, and notes nothing of it any more."""
    held = connection.execute(sa.select(FACTS.c.facts).where(FACTS.c.document_id == document)).scalar()
    connection.execute(sa.delete(FACTS).where(FACTS.c.document_id == document))
    return held or ""


def forget_all(connection: Connection) -> None:
    """Notes nothing any more, neither of documents nor of names."""
    connection.execute(sa.delete(FACTS))
    connection.execute(sa.delete(_NAMES))


def with_kinds(known: str, kinds: Iterable[str]) -> str:
    """What is known of an entry: of its document, and which rare kinds of records it is."""
    return " ".join([known, *sorted(_KINDS[kind] for kind in kinds if kind in _KINDS)])


def of_kinds(kinds: Sequence[str]) -> Facts:
    """What the index is asked for records of these kinds, where they are rare ones."""
    return (tuple(_KINDS[kind] for kind in kinds),) if kinds and all(kind in _KINDS for kind in kinds) else ()


def asked_of(connection: Connection, within: Filter, kinds: Sequence[str]) -> tuple[Facts, Filter]:
    """What a filter asks of the index, and what remains to be asked of the records that it names."""
    found: list[tuple[str, ...]] = []
    rest = within
    if within.region and (places := _holding(connection, "r", [within.region])) is not None:
        found.append(places)
        rest = replace(rest, region=None)
    if within.year is not None:
        found.append((f"y{within.year}",))
        rest = replace(rest, year=None)
    if within.classes:
        found.append(_classes(connection, within.classes))
        rest = replace(rest, classes=())
    promised = tuple(kinds) == ("commitment",)  # only of promises a unit that isn't the leading one counts
    sort = "u" if promised else "l"
    if within.units and _plain(within.units) and (units := _holding(connection, sort, within.units)) is not None:
        found.append(units)
        rest = rest if promised else replace(rest, units=())  # another promise of the letter may name the unit
    return tuple(found), rest


def documents_with(connection: Connection, facts: Facts, most: int) -> list[DocumentId] | None:
    """The documents of which PostgreSQL knows this; None: they are more than `most`."""
    asked = [_AS_ARRAY.overlap(sa.literal(list(row), _ARRAY)) for row in facts]
    found = connection.execute(sa.select(FACTS.c.document_id).where(*asked).limit(most + 1)).scalars().all()
    return None if len(found) > most else [DocumentId(one) for one in found]


def of_units(
    connection: Connection, units: Sequence[str], document: sa.ColumnElement[str]
) -> list[sa.ColumnElement[bool]]:
    """That a current document may have promises of one of these units, where that can be told."""
    tokens = _holding(connection, "u", units) if connection.dialect.name == "sqlite" and _plain(units) else None
    if tokens is None or len(tokens) > _MOST_WALKED:
        return []
    held = sa.or_(*(sa.func.instr(FACTS.c.facts, f" {token} ") > 0 for token in tokens))
    return [document.in_(sa.select(FACTS.c.document_id).where(held).correlate(None))]


def _plain(units: Sequence[str]) -> bool:
    """Whether no mark that JSON writes around names can answer."""
    return not any(character.isascii() for unit in units for character in unit)


def _holding(connection: Connection, sort: str, parts: Sequence[str]) -> tuple[str, ...] | None:
    """The tokens of names that have one of these parts; None: they are too many."""
    named = sa.or_(*(_NAMES.c.name.contains(part, autoescape=True) for part in parts))
    numbers = connection.execute(sa.select(_NAMES.c.number).where(named).limit(_MOST_NAMES + 1)).scalars().all()
    if len(numbers) > _MOST_NAMES:
        return None
    return tuple(f"{sort}{number}" for number in numbers) or (_NONE,)


def _classes(connection: Connection, classes: Sequence[str | None]) -> tuple[str, ...]:
    numbers = _numbers(connection, [one for one in classes if one is not None])
    return tuple(f"c{numbers.get(one or '', 0 if one is None else _NONE)}" for one in classes)


def _described(connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    c, promised = documents.c, commitments.c
    actors: dict[str, set[str]] = defaultdict(set)
    acting = sa.select(promised.document_id, promised.responsible).where(promised.document_id.in_(ids))
    for document, responsible in connection.execute(acting):
        actors[document] |= set(responsible)
    chosen = sa.select(c.id, c.region, c.lead_unit, c.date, c.result_class).where(c.id.in_(ids))
    rows = connection.execute(chosen).all()
    named = {one for row in rows for one in (row.region, row.lead_unit, row.result_class) if one}
    named.update(*actors.values())
    known = _numbers(connection, named)
    if new := sorted(named - known.keys()):
        connection.execute(_NEW_NAME, [{"name": name} for name in new])
        known |= _numbers(connection, new)
    return {row.id: f" {' '.join(_tokens(row, actors[row.id], known))} " for row in rows}


def _tokens(row: sa.Row[Any], actors: set[str], numbers: Mapping[str, int]) -> Iterable[str]:
    if row.region:
        yield f"r{numbers[row.region]}"
    if row.lead_unit:
        yield f"l{numbers[row.lead_unit]}"
    yield from sorted(f"u{numbers[one]}" for one in actors | {row.lead_unit} if one)
    if row.date:
        yield f"y{row.date.year}"
    yield f"c{numbers[row.result_class] if row.result_class else 0}"


def _numbers(connection: Connection, names: Iterable[str]) -> dict[str, int]:
    c = _NAMES.c
    return {
        row.name: row.number
        for part in in_parts(sorted(names))
        for row in connection.execute(sa.select(c.name, c.number).where(c.name.in_(part)))
    }
