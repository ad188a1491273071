"""Keeping how promises stand in step with what was read, found and decided, in the transaction that changes it.

    stand(connection, documents=[…])            a document was read, came back or went, or was held against others
    stand(connection, promises=[…], by=17)      decision 17 is about them
    stand_again(connection)                     all of them, from what the other tables hold
    find_differences(connection)                what is kept otherwise than it should be

The rules are those by which one promise is judged (`models/decided.py`, `extractors/tracking/status.py`);
`tests/outputs/web/test_stands.py` holds both against each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from models.bulk import write_rows
from models.commitments import Strength
from models.decided import Decided, Decision, corrected_deadline, decision_of, fold_decisions
from models.evidence import COMPLETES, Certainty, Relation
from models.rows import Row
from models.standing_tables import ALWAYS, NEVER, PRESENT, figures, lapses, standings
from models.tables import commitments, documents, quantities
from models.tracking_tables import alarms, decisions, links

_TOGETHER = 400  # ids of one statement
_DOCUMENTS = 100  # documents that are in memory at a time when all are reckoned
_LOCK = 7_364_202  # number of the PostgreSQL advisory lock of whoever changes how promises stand
_OF_DECISIONS = ("since", "until", "listed")  # what depends on the order in which things were decided


Lapses = list[tuple[int, int]]


class _Said(NamedTuple):
    """What a later document says of a promise: from which day on, and whether a person must look at it first."""

    relation: Relation
    day: int
    counts: bool


def hold(connection: Connection) -> None:
    """Waits until nobody else is changing how promises stand; to be called before what changes it is written.

    SQLite has one writer at a time. PostgreSQL has many, and two that don't see each other's changes would leave what
    neither of them means; the numbers of decisions are also given in the order in which others see them.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))


def stand(
    connection: Connection,
    *,
    documents: Iterable[str] = (),
    promises: Iterable[str] = (),
    by: int | None = None,
    alone: bool = False,
) -> None:
    """Writes how all promises of some documents, and some promises besides, stand now.

    `by`: the decision that changed it; how it was before stays, for counts that were made before it and for days before
    it. Otherwise how it was before each decision is reckoned anew, too. `alone`: nobody else can know of these promises
    yet, so that nobody has to be waited for.
    """
    if not alone:
        hold(connection)
    if by is None:
        connection.execute(sa.delete(figures))
    named = dict.fromkeys(promises)
    for part in _parts(list(dict.fromkeys(documents))):
        _erase(connection, standings.c.document_id.in_(part))
        found = sa.select(commitments.c.id).where(commitments.c.document_id.in_(part))
        named |= dict.fromkeys(connection.execute(found).scalars())
    for part in _parts(list(named)):
        _end(connection, part, by)
        _write(connection, _reckoned(connection, commitments.c.id.in_(part), part, since=by))


def spoken_of(connection: Connection, document: str) -> list[str]:
    """The promises that a document was found to speak of."""
    return list(connection.execute(sa.select(links.c.commitment_id).where(links.c.document_id == document)).scalars())


def stand_decided(connection: Connection) -> None:
    """Reckons anew those promises about which something was decided."""
    chosen = sa.select(decisions.c.commitment_id).where(decisions.c.commitment_id.is_not(None)).distinct()
    stand(connection, promises=list(connection.execute(chosen).scalars()))


def stand_again(connection: Connection) -> int:
    """Reckons all of it anew, whatever was kept; how many promises there are."""
    hold(connection)
    connection.execute(sa.delete(figures))
    _erase(connection, sa.true())
    written = 0
    for found in _all(connection):
        _write(connection, found)
        written += sum(row["until"] == PRESENT for row, _ in found)
    return written


def find_differences(connection: Connection) -> Iterator[str]:
    """The promises that are kept otherwise than they stand or stood, and those that are kept and aren't there."""
    for found in _all(connection):
        kept = _kept(connection, list(dict.fromkeys(row["commitment_id"] for row, _ in found)))
        for promise, rows in groupby(found, lambda one: str(one[0]["commitment_id"])):
            if any(_then(kept[promise], row["since"]) != _told(row, gone) for row, gone in rows):
                yield promise
    there = sa.exists().where(commitments.c.id == standings.c.commitment_id)
    yield from connection.execute(sa.select(standings.c.commitment_id).where(~there).distinct()).scalars()
    as_listed = sa.and_(standings.c.until == PRESENT, standings.c.current, ~standings.c.hidden)
    yield from connection.execute(sa.select(standings.c.commitment_id).where(standings.c.listed != as_listed)).scalars()


def _kept(connection: Connection, promises: Sequence[str]) -> dict[str, list[tuple[Row, Lapses]]]:
    """What is kept of some promises, as they stand now and stood before."""
    found: dict[str, list[tuple[Row, Lapses]]] = defaultdict(list)
    for part in _parts(promises):
        held = sa.select(standings).where(standings.c.commitment_id.in_(part))
        for row in connection.execute(held).mappings():
            own = [lapses.c[name] == row[name] for name in ("document_id", "position", "since")]
            withdrawn = sa.select(lapses.c.gone, lapses.c.back).where(*own).order_by(lapses.c.gone)
            spans = [(gone, back) for gone, back in connection.execute(withdrawn).all()] if row["tangled"] else []
            found[row["commitment_id"]].append((dict(row), spans))
    return found


def _then(kept: Sequence[tuple[Row, Lapses]], decided: int) -> tuple[Row, Lapses] | None:
    """What is kept of a promise as it stood when this decision was the last; None: nothing, or several things."""
    held = [_told(*one) for one in kept if one[0]["since"] <= decided < one[0]["until"]]
    return held[0] if len(held) == 1 else None


def _told(row: Row, gone: Lapses) -> tuple[Row, Lapses]:
    return {name: value for name, value in row.items() if name not in _OF_DECISIONS}, gone if row["tangled"] else []


def _all(connection: Connection) -> Iterator[list[tuple[Row, Lapses]]]:
    """The rows of all promises, some documents at a time."""
    last = ""
    while True:
        chosen = sa.select(documents.c.id).where(documents.c.id > last).order_by(documents.c.id).limit(_DOCUMENTS)
        names = list(connection.execute(chosen).scalars())
        if not names:
            return
        last = names[-1]
        of_these = commitments.c.document_id.in_(names)
        ids = list(connection.execute(sa.select(commitments.c.id).where(of_these)).scalars())
        yield _reckoned(connection, of_these, ids, since=None)


def _end(connection: Connection, promises: Sequence[str], by: int | None) -> None:
    """What was kept of them holds no longer: ended by a decision, else gone."""
    kept = standings.c.commitment_id.in_(promises)
    if by is None:
        _erase(connection, kept)
        return
    present = sa.update(standings).where(kept, standings.c.until == PRESENT, standings.c.since < by)
    connection.execute(present.values(until=by, listed=False))
    _erase(connection, sa.and_(kept, standings.c.until == PRESENT))


def _erase(connection: Connection, which: sa.ColumnElement[bool]) -> None:
    c, row = lapses.c, standings.c
    same = sa.and_(c.document_id == row.document_id, c.position == row.position, c.since == row.since)
    connection.execute(sa.delete(lapses).where(sa.exists().where(same, row.tangled, which)))
    connection.execute(sa.delete(standings).where(which))


def _write(connection: Connection, found: Sequence[tuple[Row, Lapses]]) -> None:
    write_rows(connection, standings, [row for row, _ in found])
    places = ("document_id", "position", "since")
    spans = (({name: row[name] for name in places}, span) for row, gone in found if row["tangled"] for span in gone)
    write_rows(connection, lapses, [place | {"gone": gone, "back": back} for place, (gone, back) in spans])


# -- reckoning ---------------------------------------------------------------------------------------------------------


def _reckoned(
    connection: Connection, which: sa.ColumnElement[bool], ids: Sequence[str], *, since: int | None
) -> list[tuple[Row, Lapses]]:
    """The rows of some promises, and when each is withdrawn: `which` chooses them, `ids` names them. `since`: as they
    stand now, by this decision; None: also as they stood before each decision about them."""
    c = commitments.c
    read = (c.id, c.document_id, c.position, c.start, c.end, c.strength, c.deadline_text, c.deadline_end)
    more = (c.responsible, c.condition, c.flags, documents.c.current, documents.c.date)
    found = connection.execute(sa.select(*read, *more).join(documents).where(which)).mappings().all()
    holders = list(dict.fromkeys(row["document_id"] for row in found))
    numbers, alarmed = _numbers(connection, holders), _alarmed(connection, holders)
    made, linked = _decisions(connection, ids), _links(connection, ids)
    rows: list[tuple[Row, Lapses]] = []
    for row in found:
        letter = _as_read(row, numbers[row["document_id"]])
        told = linked[row["id"]], alarmed.get(row["id"], NEVER)
        for when, decided in _times(made[row["id"]], since):
            rows.append(_row(row, letter | when, told, decided))
    return rows


def _times(made: Sequence[Decision], since: int | None) -> Iterator[tuple[Row, Decided]]:
    """From which decision until which something holds of a promise, and what its decisions come to then."""
    numbers = [0, *(one.id for one in made)] if since is None else [since]
    for place, number in enumerate(numbers):
        until = numbers[place + 1] if place + 1 < len(numbers) else PRESENT
        counting = [one for one in made if one.id < until]
        decided = next(iter(fold_decisions(counting).values()), None) or Decided()
        yield {"since": number, "until": until}, decided


def _row(read: RowMapping, letter: Row, told: tuple[Sequence[RowMapping], int], decided: Decided) -> tuple[Row, Lapses]:
    """A promise as decisions leave it: with what later documents say, and from which day on there is an alarm."""
    links, alarmed = told
    said = list(_said(links, decided))
    counting = [one for one in said if one.counts]
    proposed = min((one.day for one in said if not one.counts), default=NEVER)
    gone = _withdrawn(counting)
    shown = _as_shown(counting, gone) | {"proposed": proposed, "alarmed": alarmed}
    row = letter | shown | _as_decided(read, shown, decided)
    return row | {"listed": row["listed"] and row["until"] == PRESENT}, gone


def _as_read(row: RowMapping, numbers: Sequence[int]) -> Row:
    """What the letter says."""
    return {
        "document_id": row["document_id"],
        "position": row["position"],
        "commitment_id": row["id"],
        "current": row["current"],
        "wording": row["strength"],
        "actors": row["responsible"],
        "written": _number(row["date"], ALWAYS),
        "ends": _number(row["deadline_end"], NEVER),
        "numbered": any(row["start"] <= start < row["end"] for start in numbers),
        "conditional": row["condition"] is not None,
    }


def _as_shown(counting: Sequence[_Said], gone: Lapses) -> Row:
    """What later documents show."""
    return {
        "shown": _first(counting),
        "advanced": _first(counting, Relation.ADVANCES),
        "fulfilled": _first(counting, Relation.FULFILS),
        "gone": gone[0][0] if len(gone) == 1 else NEVER,
        "back": gone[0][1] if len(gone) == 1 else NEVER,
        "tangled": len(gone) > 1,
    }


def _as_decided(row: RowMapping, shown: Row, decided: Decided) -> Row:
    """What people made of it."""
    hidden = not decided.is_promise or bool(decided.merged_into)
    due, dated = _due(row, decided)
    strength = decided.corrected.get("strength")
    unsure = "uncertain" in row["flags"] and not decided.reviewed
    asks = min(shown["proposed"], ALWAYS if unsure else NEVER, NEVER if decided.answered else shown["alarmed"])
    return {
        "listed": row["current"] and not hidden,
        "hidden": hidden,
        "strength": Strength(strength[0]) if strength else row["strength"],
        "said": decided.decided_status,
        "assigned_to": decided.assigned_to,
        "due": due,
        "dated": dated,
        "acted": bool(row["responsible"]) or "responsible" in decided.corrected,
        "waits": max(asks, _number(decided.snoozed_until, ALWAYS)) if asks < NEVER else NEVER,
    }


def _due(row: RowMapping, decided: Decided) -> tuple[int, bool]:
    """The last day as it counts, and whether there is a deadline at all."""
    corrected = decided.corrected.get("deadline")
    if corrected is None:
        return _number(row["deadline_end"], NEVER), row["deadline_text"] is not None
    deadline = corrected_deadline(corrected[0])
    return _number(deadline.end if deadline else None, NEVER), deadline is not None


def _first(said: Iterable[_Said], *relations: Relation) -> int:
    return min((one.day for one in said if not relations or one.relation in relations), default=NEVER)


def _withdrawn(said: Sequence[_Said]) -> Lapses:
    """From which day until which (excluded) it is withdrawn; days between which nothing else is so are put together.

    >>> put_off, done = _Said(Relation.CONTRADICTS, 100, True), _Said(Relation.FULFILS, 300, True)
    >>> _withdrawn([put_off, done]), _withdrawn([put_off]), _withdrawn([done])
    ([(100, 300)], [(100, 4000000)], [])
    """
    done = sorted(one.day for one in said if one.relation is Relation.FULFILS and one.day != ALWAYS)
    found: Lapses = []
    for begun in sorted(one.day for one in said if one.relation is Relation.CONTRADICTS):
        ended = NEVER if begun == ALWAYS else next((day for day in done if day > begun), NEVER)
        if found and begun <= found[-1][1]:
            found[-1] = (found[-1][0], max(ended, found[-1][1]))
        else:
            found.append((begun, ended))
    return found


def _numbers(connection: Connection, holders: Sequence[str]) -> dict[str, list[int]]:
    """Where the numbers of some documents stand."""
    found: dict[str, list[int]] = defaultdict(list)
    c = quantities.c
    for part in _parts(holders):
        for holder, start in connection.execute(sa.select(c.document_id, c.start).where(c.document_id.in_(part))):
            found[holder].append(start)
    return found


def _alarmed(connection: Connection, holders: Sequence[str]) -> dict[str, int]:
    """From which day on there is an alarm about a promise."""
    found: dict[str, int] = {}
    c = alarms.c
    for part in _parts(holders):
        chosen = sa.select(c.commitment_id, c.day).where(c.reply_id.in_(part), c.commitment_id.is_not(None))
        for promise, day in connection.execute(chosen):
            found[promise] = min(found.get(promise, NEVER), _number(day, ALWAYS))
    return found


def _decisions(connection: Connection, ids: Sequence[str]) -> dict[str, list[Decision]]:
    """What people decided about each promise, in order."""
    found: dict[str, list[Decision]] = defaultdict(list)
    for part in _parts(ids):
        chosen = sa.select(decisions).where(decisions.c.commitment_id.in_(part)).order_by(decisions.c.id)
        for row in connection.execute(chosen).mappings():
            found[row["commitment_id"]].append(decision_of(row))
    return found


def _links(connection: Connection, ids: Sequence[str]) -> dict[str, list[RowMapping]]:
    """What current documents say of each promise."""
    found: dict[str, list[RowMapping]] = defaultdict(list)
    c = links.c
    for part in _parts(ids):
        chosen = sa.select(c.commitment_id, c.id, c.relation, c.certainty, c.day, c.flags, documents.c.current)
        held = chosen.join(documents, documents.c.id == c.document_id).where(c.commitment_id.in_(part))
        # Asked for current ones alone, SQLite would begin with all current documents.
        for row in connection.execute(held).mappings():
            if row["current"]:
                found[row["commitment_id"]].append(row)
    return found


def _said(rows: Sequence[RowMapping], decided: Decided) -> Iterator[_Said]:
    """What the links of one promise say, each as it counts, but what a person rejected."""
    parts = [(row["id"], row["relation"], row["certainty"] is Certainty.SURE) for row in rows]
    for row, (id, relation, sure) in zip(rows, parts, strict=True):
        verdict = decided.verdict(id)
        if verdict is not False:
            worth = decided.worth(id, relation, completes=COMPLETES in row["flags"], parts=parts)
            yield _Said(worth, _number(row["day"], ALWAYS), verdict or sure)


def _number(day: date | None, none: int) -> int:
    return none if day is None else day.toordinal()


def _parts(ids: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (ids[start : start + _TOGETHER] for start in range(0, len(ids), _TOGETHER))
