"""What people decide, append only: the only way in which anything but a run changes what the ledger says.

    decide(store, kind, who=…, …)  a new record; nothing read or found is touched
    undo(store, number, …)         a record of its own, too
    decide_all, undo_all           the same for many promises, in one transaction
    decide_each                    something of its own for each of many, in one transaction
    decided(store)                 what holds now, by promise

Decisions name promises and links by ids that come from content: they survive another extraction, and “not this one” is
remembered when the same link is found again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, tzinfo
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from models.commitments import Strength
from models.decided import CORRECTED, Decided, Decision, DecisionKind, decision_of, fold_decisions
from models.errors import ConflictingReview, WrongDecision
from models.evidence import Status
from models.ids import RecordId, in_parts
from models.standings import hold, stand
from models.store import Store
from models.tables import commitments
from models.tracking_tables import decisions, links

_OF_LINKS = (DecisionKind.CONFIRM_LINK, DecisionKind.REJECT_LINK)


def decide(
    store: Store,
    kind: DecisionKind,
    *,
    who: str,
    now: datetime,
    commitment: RecordId | None = None,
    object: str | None = None,
    values: Iterable[tuple[str, str]] = (),
    why: str = "",
    seen: int | None = None,
) -> Decision:
    """Records one decision.

    `seen`: the number of the promise's last decision that the person knew of (0: of none). WrongDecision says what is
    missing, unknown, or contradicts itself; ConflictingReview that somebody else decided since.
    """
    asked = Decision(0, now, who.strip(), kind, commitment, object, tuple(values), why.strip())
    with _deciding(store) as connection:
        asked = _about(connection, asked)
        _check(asked)
        _check_nothing_newer(connection, asked, seen)
        return _kept(connection, _append(connection, [asked]))[0]


def undo(store: Store, number: int, *, who: str, now: datetime, why: str = "") -> Decision:
    """Takes a decision back by a new one. WrongDecision: there is none of that number, or it was taken back already."""
    with _deciding(store) as connection:
        row = connection.execute(sa.select(decisions).where(decisions.c.id == number)).mappings().first()
        if row is None:
            raise WrongDecision(f"没有第 {number} 号决定")
        if row["kind"] is DecisionKind.UNDO:
            raise WrongDecision(f"第 {number} 号本身是撤销，不能再撤销；请重新作出决定")
        if connection.execute(sa.select(decisions.c.id).where(decisions.c.undoes == number)).first():
            raise WrongDecision(f"第 {number} 号决定已经撤销过")
        back = Decision(0, now, who.strip(), DecisionKind.UNDO, row["commitment_id"], row["object_id"], (), why, number)
        return _kept(connection, _append(connection, [back]))[0]


def decide_all(
    store: Store,
    kind: DecisionKind,
    commitments_: Sequence[RecordId],
    *,
    who: str,
    now: datetime,
    values: Iterable[tuple[str, str]] = (),
    why: str = "",
) -> tuple[list[Decision], list[RecordId]]:
    """Records the same decision about many promises, all or none; and which of them aren't there any more.

    WrongDecision: something that the kind of decision needs is missing or can't be.
    """
    same = tuple(values)
    with _deciding(store) as connection:
        there = _there(connection, commitments.c.id, commitments_)
        asked = [Decision(0, now, who.strip(), kind, one, None, same, why.strip()) for one in commitments_]
        made = _recorded(connection, [one for one in asked if one.commitment in there])
    return made, [one for one in commitments_ if one not in there]


def decide_each(store: Store, wanted: Iterable[Decision], seen: Mapping[RecordId, int]) -> list[Decision]:
    """Records many decisions (their numbers don't matter), all or none.

    `seen`: of each promise, the number of the last decision that the person knew of (0: of none). WrongDecision: one of
    them can't be; ConflictingReview: somebody else decided since.
    """
    asked = list(wanted)
    promises = list(dict.fromkeys(one.commitment for one in asked if one.commitment))
    with _deciding(store) as connection:
        _check_there(connection, asked)
        for row in _newest(connection, promises):
            if row["id"] > seen.get(row["commitment_id"], 0):
                raise _conflict(row)
        return _recorded(connection, asked)


def undo_all(store: Store, numbers: Sequence[int], *, who: str, now: datetime, why: str = "") -> int:
    """Takes many decisions back, all or none; how many. Those that were taken back already stay so."""
    with _deciding(store) as connection:
        undone = _there(connection, decisions.c.undoes, numbers)
        left = [one for one in numbers if one not in undone]
        held = {
            row["id"]: row
            for part in in_parts(left)
            for row in connection.execute(sa.select(decisions).where(decisions.c.id.in_(part))).mappings()
        }
        about = [(number, held[number]["commitment_id"], held[number]["object_id"]) for number in left]
        back = [
            Decision(0, now, who.strip(), DecisionKind.UNDO, promise, object, (), why.strip(), number)
            for number, promise, object in about
        ]
        _kept(connection, _append(connection, back))
    return len(left)


def made_together(store: Store, number: int, *, alike: bool = True) -> list[tuple[Decision, bool]]:
    """The decisions that one person made at the same moment as this one, and whether each was taken back.

    `alike`: of the same kind; else of all kinds but undoing.
    """
    c, back = decisions.c, decisions.alias("back")
    undone = sa.exists().where(back.c.undoes == c.id)
    with store.reading() as connection:
        first = connection.execute(sa.select(decisions).where(c.id == number)).mappings().first()
        if first is None:
            return []
        kind = c.kind == first["kind"] if alike else c.kind != DecisionKind.UNDO
        same = (c.id >= number, c.at == first["at"], c.who == first["who"], kind)
        chosen = sa.select(decisions, undone.label("undone")).where(*same).order_by(c.id)
        return [(decision_of(row), bool(row["undone"])) for row in connection.execute(chosen).mappings()]


def pace(store: Store, who: str, since: datetime) -> int:
    """How many decisions a person has made since then."""
    made = sa.select(sa.func.count()).where(decisions.c.who == who, decisions.c.at >= since)
    with store.reading() as connection:
        return connection.execute(made).scalar_one()


def history(store: Store, commitment: RecordId) -> list[Decision]:
    """All decisions about a promise, oldest first."""
    chosen = sa.select(decisions).where(decisions.c.commitment_id == commitment).order_by(decisions.c.id)
    with store.reading() as connection:
        return [decision_of(row) for row in connection.execute(chosen).mappings()]


def decided(
    store: Store, wanted: Sequence[RecordId] | None = None, zone: tzinfo = UTC, until: int | None = None
) -> dict[RecordId, Decided]:
    """What holds for each promise that somebody decided about: now, or when the decision number `until` was the last.

    `wanted` narrows it, times are told in `zone`.
    """
    chosen = sa.select(decisions).where(decisions.c.commitment_id.is_not(None)).order_by(decisions.c.id)
    chosen = chosen if until is None else chosen.where(decisions.c.id <= until)
    with store.reading() as connection:
        found = (
            [row for part in in_parts(wanted) for row in _of(connection, chosen, part)]
            if wanted is not None
            else list(connection.execute(chosen).mappings())
        )
    return fold_decisions(replace(one, at=one.at.astimezone(zone)) for one in map(decision_of, found))


def _there(connection: Connection, column: sa.Column[Any], wanted: Sequence[Any]) -> set[Any]:
    """Those of some values that a column has."""
    return {
        one
        for part in in_parts(wanted)
        for one in connection.execute(sa.select(column).where(column.in_(part))).scalars()
    }


def _about(connection: Connection, asked: Decision) -> Decision:
    """The decision with the promise that its link belongs to. WrongDecision: no such promise, no such link."""
    if asked.kind in _OF_LINKS:
        found = connection.execute(sa.select(links.c.commitment_id).where(links.c.id == asked.object)).scalar()
        if found is None:
            raise WrongDecision(f"没有编号是 {asked.object} 的佐证")
        return replace(asked, commitment=RecordId(found))
    _check_there(connection, [asked])
    return asked


def _check_there(connection: Connection, asked: Sequence[Decision]) -> None:
    """WrongDecision: what one of them is about isn't there."""
    named = [(one.commitment, one.object if one.kind is DecisionKind.MERGE else None) for one in asked]
    promises = [one for both in named for one in both if one is not None]
    passages = [one.object for one in asked if one.kind in _OF_LINKS]
    for column, wanted, told in ((commitments.c.id, promises, "承诺"), (links.c.id, passages, "佐证")):
        there = _there(connection, column, wanted)
        for one in wanted:
            if one not in there:
                raise WrongDecision(f"没有编号是 {one} 的{told}")


def _newest(connection: Connection, promises: Sequence[RecordId]) -> list[RowMapping]:
    """The last decision about each of some promises."""
    c = decisions.c
    last = sa.select(sa.func.max(c.id)).group_by(c.commitment_id)
    return [
        row
        for part in in_parts(promises)
        for row in connection.execute(
            sa.select(decisions).where(c.id.in_(last.where(c.commitment_id.in_(part)).scalar_subquery()))
        ).mappings()
    ]


def _check_nothing_newer(connection: Connection, asked: Decision, seen: int | None) -> None:
    for row in _newest(connection, [asked.commitment]) if seen is not None and asked.commitment else ():
        if row["id"] > (seen or 0):
            raise _conflict(row)


def _conflict(row: RowMapping) -> ConflictingReview:
    return ConflictingReview(f"{row['who']} 刚才对这条承诺作了第 {row['id']} 号决定，请先看过再定")


def _check(asked: Decision) -> None:
    """WrongDecision: something that the kind of decision needs is missing or can't be."""
    if not asked.who:
        raise WrongDecision("要写明是谁作的决定")
    if asked.commitment is None:
        raise WrongDecision("要写明是哪条承诺")
    values = dict(asked.values)
    match asked.kind:
        case DecisionKind.SET_STATUS:
            _one_of(values.get("status"), Status, "状态")
            if not asked.why:
                raise WrongDecision("人工认定状态要写明理由")
        case DecisionKind.CORRECT:
            _check_corrections(values)
        case DecisionKind.MERGE:
            if asked.object in (None, asked.commitment):
                raise WrongDecision("要写明并入哪一条，且不能并入自己")
        case DecisionKind.SNOOZE:
            if values.get("until") != "":
                _day(values.get("until"))
        case DecisionKind.ASSIGN | DecisionKind.NOTE:
            if not (values.get("to") or asked.why):
                raise WrongDecision("内容是空的")
        case _:
            pass


def _check_corrections(values: dict[str, str]) -> None:
    if not values or set(values) - set(CORRECTED):
        raise WrongDecision("能更正的是：" + "、".join(CORRECTED))
    if "strength" in values:
        _one_of(values["strength"], Strength, "强度")
    if values.get("deadline", "none") != "none":
        _day(values["deadline"])
    if values.get("promise", "no") not in ("yes", "no"):
        raise WrongDecision("promise 只能是 yes 或 no")


def _one_of(value: str | None, allowed: type[Status] | type[Strength], name: str) -> None:
    if value not in [member.value for member in allowed]:
        raise WrongDecision(f"{name}只能是 " + "、".join(member.value for member in allowed))


def _day(value: str | None) -> None:
    try:
        date.fromisoformat(value or "")
    except ValueError:
        raise WrongDecision(f"{value} 不是 2026-05-20 这样的日期") from None


@contextmanager
def _deciding(store: Store) -> Iterator[Connection]:
    """One transaction that records decisions; their numbers are given in the order in which others see them."""
    with store.writing() as connection:
        hold(connection)
        yield connection


def _recorded(connection: Connection, asked: Sequence[Decision]) -> list[Decision]:
    """Many decisions, recorded. WrongDecision: one of them can't be."""
    for one in asked:
        _check(one)
    return _kept(connection, _append(connection, asked))


def _kept(connection: Connection, made: list[Decision]) -> list[Decision]:
    """The decisions, with what they make of their promises kept beside these."""
    if made:
        named = [one.commitment for one in made if one.commitment is not None]
        stand(connection, promises=named, by=min(one.id for one in made))
    return made


def _append(connection: Connection, asked: Sequence[Decision]) -> list[Decision]:
    """The decisions with their numbers, in their order."""
    if not asked:
        return []
    rows = [
        {
            "at": one.at,
            "who": one.who,
            "kind": one.kind,
            "commitment_id": one.commitment,
            "object_id": one.object,
            "values": one.values,
            "why": one.why,
            "undoes": one.undoes,
        }
        for one in asked
    ]
    written = sa.insert(decisions).returning(decisions.c.id, sort_by_parameter_order=True)
    numbers = connection.execute(written, rows).scalars()
    return [replace(one, id=number) for one, number in zip(asked, numbers, strict=True)]


def _of(connection: Connection, chosen: sa.Select[tuple[object, ...]], part: Sequence[str]) -> list[RowMapping]:
    return list(connection.execute(chosen.where(decisions.c.commitment_id.in_(part))).mappings())
