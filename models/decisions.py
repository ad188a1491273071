"""What people decide, append only: the only way in which anything but a run changes what the ledger says.

    decide(store, kind, who=…, …)  a new record; nothing read or found is touched
    undo(store, number, …)         a record of its own, too
    decided(store)                 what holds now, by promise

Decisions name promises and links by ids that come from content: they survive another extraction, and “not this one” is
remembered when the same link is found again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, tzinfo

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from models.commitments import Strength
from models.decided import CORRECTED, Decided, Decision, DecisionKind, fold_decisions
from models.errors import ConflictingReview, WrongDecision
from models.evidence import Status
from models.ids import RecordId
from models.queries import in_parts
from models.store import Store
from models.tables import commitments
from models.tracking_tables import decisions, links


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
    with store.writing() as connection:
        asked = _about(connection, asked)
        _check(asked)
        _check_nothing_newer(connection, asked, seen)
        return _append(connection, asked)


def undo(store: Store, number: int, *, who: str, now: datetime, why: str = "") -> Decision:
    """Takes a decision back by a new one. WrongDecision: there is none of that number, or it was taken back already."""
    with store.writing() as connection:
        row = connection.execute(sa.select(decisions).where(decisions.c.id == number)).mappings().first()
        if row is None:
            raise WrongDecision(f"没有第 {number} 号决定")
        if row["kind"] is DecisionKind.UNDO:
            raise WrongDecision(f"第 {number} 号本身是撤销，不能再撤销；请重新作出决定")
        if connection.execute(sa.select(decisions.c.id).where(decisions.c.undoes == number)).first():
            raise WrongDecision(f"第 {number} 号决定已经撤销过")
        back = Decision(0, now, who.strip(), DecisionKind.UNDO, row["commitment_id"], row["object_id"], (), why, number)
        return _append(connection, back)


def history(store: Store, commitment: RecordId) -> list[Decision]:
    """All decisions about a promise, oldest first."""
    chosen = sa.select(decisions).where(decisions.c.commitment_id == commitment).order_by(decisions.c.id)
    with store.reading() as connection:
        return [_decision(row) for row in connection.execute(chosen).mappings()]


def decided(store: Store, wanted: Sequence[RecordId] | None = None, zone: tzinfo = UTC) -> dict[RecordId, Decided]:
    """What holds now for each promise that somebody decided about; `wanted` narrows it, times are told in `zone`."""
    chosen = sa.select(decisions).where(decisions.c.commitment_id.is_not(None)).order_by(decisions.c.id)
    with store.reading() as connection:
        found = (
            [row for part in in_parts(wanted) for row in _of(connection, chosen, part)]
            if wanted is not None
            else list(connection.execute(chosen).mappings())
        )
    return fold_decisions(replace(one, at=one.at.astimezone(zone)) for one in map(_decision, found))


def _about(connection: Connection, asked: Decision) -> Decision:
    """The decision with the promise that its link belongs to. WrongDecision: no such promise, no such link."""
    if asked.kind in (DecisionKind.CONFIRM_LINK, DecisionKind.REJECT_LINK):
        found = connection.execute(sa.select(links.c.commitment_id).where(links.c.id == asked.object)).scalar()
        if found is None:
            raise WrongDecision(f"没有编号是 {asked.object} 的佐证")
        return Decision(0, asked.at, asked.who, asked.kind, found, asked.object, asked.values, asked.why)
    for name in (asked.commitment, asked.object if asked.kind is DecisionKind.MERGE else None):
        known = sa.select(commitments.c.id).where(commitments.c.id == name)
        if name is not None and connection.execute(known).first() is None:
            raise WrongDecision(f"没有编号是 {name} 的承诺")
    return asked


def _check_nothing_newer(connection: Connection, asked: Decision, seen: int | None) -> None:
    newest = sa.select(decisions).where(decisions.c.commitment_id == asked.commitment).order_by(decisions.c.id.desc())
    row = connection.execute(newest.limit(1)).mappings().first() if seen is not None else None
    if row is not None and row["id"] > (seen or 0):
        raise ConflictingReview(f"{row['who']} 刚才对这条承诺作了第 {row['id']} 号决定，请先看过再定")


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


def _append(connection: Connection, asked: Decision) -> Decision:
    row = {
        "at": asked.at,
        "who": asked.who,
        "kind": asked.kind,
        "commitment_id": asked.commitment,
        "object_id": asked.object,
        "values": asked.values,
        "why": asked.why,
        "undoes": asked.undoes,
    }
    number = connection.execute(sa.insert(decisions).values(row).returning(decisions.c.id)).scalar_one()
    return Decision(
        number, asked.at, asked.who, asked.kind, asked.commitment, asked.object, asked.values, asked.why, asked.undoes
    )


def _of(connection: Connection, chosen: sa.Select[tuple[object, ...]], part: Sequence[str]) -> list[RowMapping]:
    return list(connection.execute(chosen.where(decisions.c.commitment_id.in_(part))).mappings())


def _decision(row: RowMapping) -> Decision:
    return Decision(
        row["id"],
        row["at"],
        row["who"],
        row["kind"],
        row["commitment_id"],
        row["object_id"],
        row["values"],
        row["why"],
        row["undoes"],
    )
