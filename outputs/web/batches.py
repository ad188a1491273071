"""Doing the same for many promises: what is chosen or all that the address asks for, seen first, undone at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Annotated

from fastapi import Form
from fastapi.responses import Response

from models import decisions
from models.decided import Decision, DecisionKind
from models.errors import WrongDecision
from models.evidence import Status
from models.filters import CURRENT, Filter, Sort
from models.ids import RecordId
from models.stands import Stands
from outputs.exchange import standing_record
from outputs.phrases import phrase
from outputs.web import say
from outputs.web.asked import Asked, asked
from outputs.web.deciding import Typed, Values, together_record
from outputs.web.guard import pages
from outputs.web.visit import Asking, Visit

router = pages()

MOST = 5_000
UNDONE_WITHIN = timedelta(minutes=30)
_EXAMPLES = 5


@router.get("/ledger/batch")
def preview(visit: Asking) -> Response:
    """How many promises it would be, and some of them; then what to do."""
    wanted = _wanted(visit)
    total = visit.actions.lists.count(wanted.within, wanted.stands)
    found = visit.actions.lists.page(wanted.within, wanted.stands, wanted.sort, limit=_EXAMPLES)
    record = {"total": total, "filter": list(wanted.words), "examples": [standing_record(one) for one in found]}
    return visit.show(
        "batch.html",
        record,
        wanted=wanted,
        total=total,
        found=found,
        most=MOST,
        statuses=[(status.value, phrase(status)) for status in Status],
        say=say,
    )


@router.post("/ledger/batch")
def carry_out(
    visit: Asking,
    action: Typed,
    expected: Annotated[int, Form(ge=0)],
    to: Typed = "",
    until: Typed = "",
    status: Typed = "",
    source: Typed = "",
    why: Typed = "",
) -> Response:
    """Records the decision about each of them, in one transaction, if they are still as many as were seen."""
    wanted = _wanted(visit)
    total = count_of(visit, wanted)
    if total != expected:
        visit.noted.result = "refused: conflict"
        return visit.go(visit.here(), f"什么也没有改：刚才是 {expected} 条，现在是 {total} 条。请再看一遍")
    kind, values = _meant(action, to.strip(), until.strip(), status, source.strip())
    made, gone = decide_for_all(visit, wanted, total, kind, values, why)
    refused = f"，{gone} 条已经不在，没有处理" if gone else ""
    return visit.go(visit.link(f"/ledger/batches/{made[0].id}", back=visit.back), f"处理了 {len(made)} 条{refused}")


def count_of(visit: Visit, wanted: Asked) -> int:
    """How many promises it would be."""
    return visit.actions.lists.count(wanted.within, wanted.stands)


def decide_for_all(
    visit: Visit, wanted: Asked, total: int, kind: DecisionKind, values: Values, why: str
) -> tuple[list[Decision], int]:
    """The decisions that were recorded, and how many promises weren't there any more. WrongDecision: none, or too
    many."""
    if total > MOST:
        raise WrongDecision(f"这里有 {total} 条，一次最多处理 {MOST} 条。请先用条件缩小")
    ids = visit.actions.lists.ids(wanted.within, wanted.stands, limit=MOST)
    made, gone = decisions.decide_all(
        visit.store, kind, ids, who=visit.person.name, now=visit.now, values=values, why=why
    )
    if not made:
        raise WrongDecision("没有选中任何承诺，什么也没有改")
    visit.note(object=f"{len(made)} 条承诺", after=((f"第 {made[0].id} 号起", say.told(made[0])),))
    return made, len(gone)


@router.get("/ledger/batches/{number}")
def batch(visit: Asking, number: int) -> Response:
    """What was done together, and how to undo it."""
    made = made_from(visit, number)
    left = sum(1 for _, undone in made if not undone)
    shown = [one.commitment for one, _ in made[:_EXAMPLES] if one.commitment]
    found = visit.actions.lists.page(
        Filter(current=None), Stands(visit.as_of, ids=tuple(shown)), Sort.DOCUMENT, limit=None
    )
    return visit.show(
        "batched.html",
        together_record(made),
        made=made,
        left=left,
        found=found,
        may_undo=left and _may_undo(visit, made[0][0]),
        say=say,
    )


@router.post("/ledger/batches/{number}/undo")
def undo(visit: Asking, number: int) -> Response:
    """Takes all of it back, in one transaction."""
    return visit.go(visit.back or visit.link("/ledger"), f"撤销了 {take_back(visit, number)} 条")


def take_back(visit: Visit, number: int) -> int:
    """How many decisions of a batch were taken back. WrongDecision: somebody else's, or it is too late."""
    made = made_from(visit, number)
    if not _may_undo(visit, made[0][0]):
        raise WrongDecision("成批处理只能由本人在 30 分钟内整批撤销；以后要一条一条撤销")
    count = decisions.undo_all(visit.store, [one.id for one, _ in made], who=visit.person.name, now=visit.now)
    visit.note(object=f"{count} 条承诺", before=((f"第 {number} 号起", say.told(made[0][0])),), after=(("", "撤销"),))
    return count


def _wanted(visit: Visit) -> Asked:
    """What is chosen, or all that the address asks for."""
    return asked(visit) if visit.text("of") == "all" else named(visit, [RecordId(one) for one in visit.texts("id")])


def named(visit: Visit, ids: Sequence[RecordId]) -> Asked:
    """These promises, as far as they are current."""
    return Asked(CURRENT, Stands(visit.as_of, ids=tuple(ids) or (RecordId("-"),)), asked(visit).sort, ())


def _meant(action: str, to: str, until: str, status: str, source: str) -> tuple[DecisionKind, Values]:
    match action:
        case "assign":
            return DecisionKind.ASSIGN, (("to", to),)
        case "snooze":
            return DecisionKind.SNOOZE, (("until", _day(until)),)
        case "note":
            return DecisionKind.NOTE, ()
        case "status":
            return DecisionKind.SET_STATUS, (("status", status), *((("source", source),) if source else ()))
        case _:
            raise WrongDecision("没有写明要做什么")


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise WrongDecision(f"“{text[:20]}”不是日期。日期写成 2026-06-30 这样") from None


def made_from(visit: Visit, number: int) -> list[tuple[Decision, bool]]:
    """The decisions of a batch, and which were taken back. 404: there is none."""
    made = decisions.made_together(visit.store, number) if number < 2**31 else []
    if not made:
        visit.gone(f"没有第 {number} 号决定。")
    return made


def _may_undo(visit: Visit, first: Decision) -> bool:
    allowed = visit.may("POST /ledger/batches/{number}/undo") and first.kind is not DecisionKind.UNDO
    return allowed and first.who == visit.person.name and visit.now - first.at <= UNDONE_WITHIN
