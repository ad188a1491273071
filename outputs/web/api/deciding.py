"""Decisions by programs: whoever the token belongs to decides."""

from __future__ import annotations

from typing import assert_never

from fastapi.responses import Response

from models.decided import DecisionKind
from models.errors import ConflictingReview
from models.ids import RecordId
from outputs.exchange import Record
from outputs.ledger import Standing
from outputs.review import decision_record
from outputs.web.api import answers, promises
from outputs.web.api.bodies import (
    AnyDecision,
    Assigning,
    Confirming,
    Correcting,
    Decided,
    Judging,
    Merging,
    Noting,
    Rejecting,
    Snoozing,
    Undoing,
)
from outputs.web.api.describing import PROBLEMS, offered
from outputs.web.api.values import CommitmentId, Numbered
from outputs.web.deciding import Meant, Values, record, standing_of, take_back
from outputs.web.problems import problem
from outputs.web.visit import Asking, Visit

router = offered("决定", writes=True)


@router.post(
    "/api/commitments/{id}/decisions",
    status_code=201,
    response_model=promises.Decision,
    responses={409: {"model": answers.Conflict, "description": PROBLEMS[409]}},
    summary="作一个决定：采信或否定佐证，认定状态，更正，交办，暂缓，并入，备注",
)
def decide(visit: Asking, id: CommitmentId, decision: Decided) -> Record | Response:
    """Records a decision about a promise."""
    one = standing_of(visit, id)
    visit.note(object=f"承诺 {one.row.id}")
    meant = _meant(visit, one, decision)
    try:
        made = record(visit, one.row.id, meant, why=decision.why, seen=decision.seen)
    except ConflictingReview as error:
        newer = [made for made in standing_of(visit, id).decided.decisions if made.id > decision.seen]
        visit.noted.result = "refused: conflict"
        return problem(visit.request, 409, str(error), more={"newer": [decision_record(one) for one in newer]})
    return decision_record(made)


@router.post(
    "/api/commitments/{id}/decisions/{number}/undo",
    status_code=201,
    response_model=promises.Decision,
    summary="撤销一个决定；撤销也是一条记录",
)
def undo(visit: Asking, id: CommitmentId, number: Numbered, undoing: Undoing) -> Record | Response:
    """Takes a decision back."""
    known = {one.id: one for one in standing_of(visit, id).decided.decisions}
    if number not in known:
        visit.gone(f"第 {number} 号决定不是关于这条承诺的。")
    if known[number].kind is DecisionKind.UNDO or number in {one.undoes for one in known.values()}:
        visit.noted.result = "refused: conflict"
        return problem(visit.request, 409, f"第 {number} 号决定已经撤销过，或者本身就是撤销。")
    return decision_record(take_back(visit, number, undoing.why))


def _meant(visit: Visit, one: Standing, decision: AnyDecision) -> Meant:
    """The kind of decision, what else it is about, and its values. 404: the link or the other promise isn't there."""
    match decision:
        case Confirming():
            return DecisionKind.CONFIRM_LINK, _link(visit, one, decision.link), ()
        case Rejecting():
            return DecisionKind.REJECT_LINK, _link(visit, one, decision.link), ()
        case Judging():
            source = (("source", decision.source),) if decision.source else ()
            return DecisionKind.SET_STATUS, None, (("status", decision.status.value), *source)
        case Correcting():
            return DecisionKind.CORRECT, None, _corrections(decision)
        case Assigning():
            return DecisionKind.ASSIGN, None, (("to", decision.to.strip()),)
        case Snoozing():
            return DecisionKind.SNOOZE, None, (("until", decision.until.isoformat()),)
        case Merging():
            if decision.into == one.row.id or visit.lists.standing(RecordId(decision.into), visit.as_of) is None:
                visit.gone(f"没有编号是 {decision.into} 的另一条承诺。")
            return DecisionKind.MERGE, decision.into, ()
        case Noting():
            return DecisionKind.NOTE, None, ()
        case _:
            assert_never(decision)


def _link(visit: Visit, one: Standing, link: str) -> str:
    if link not in [passage.id for passage in (*one.evidence, *one.proposals)]:
        visit.gone("这条佐证已经不在，或者已经有人认定过。请再读一次这条承诺。")
    return link


def _corrections(decision: Correcting) -> Values:
    """What is to be corrected, as decisions keep it."""
    given = decision.model_fields_set
    found = []
    if "strength" in given:
        found.append(("strength", decision.strength.value))
    if "deadline" in given:
        day = decision.deadline
        found.append(("deadline", day if isinstance(day, str) else day.isoformat()))
    if "responsible" in given:
        found.append(("responsible", "、".join(one.strip() for one in decision.responsible)))
    if "promise" in given:
        found.append(("promise", "yes" if decision.promise else "no"))
    return tuple(found)
