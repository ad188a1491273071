"""Batches: the same decision about many promises, named or by a filter, in one transaction, and taken back at once."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query
from fastapi.responses import Response

from models.decided import DecisionKind
from models.errors import WrongDecision
from models.ids import RecordId
from outputs.exchange import Record
from outputs.web import batches
from outputs.web.api import returned
from outputs.web.api.answers import Problem
from outputs.web.api.describing import PROBLEMS, offered
from outputs.web.api.managed import AssigningAll, BatchAsked, DecidedForAll, JudgingAll, SnoozingAll
from outputs.web.api.questions import Question
from outputs.web.api.values import Numbered
from outputs.web.asked import Asked, asked
from outputs.web.deciding import Values, together_record
from outputs.web.problems import problem
from outputs.web.visit import Asking, Visit

router, known = offered("决定", writes=True), offered("决定", single=True)


@router.post(
    "/api/batches",
    status_code=201,
    response_model=returned.Imported,
    responses={409: {"model": Problem, "description": PROBLEMS[409]}},
    summary="成批处理：ids 里的，或者地址筛出的全部；全部记下或一条也不记",
)
def decide_for_all(visit: Asking, ask: Annotated[BatchAsked, Query()], deciding: DecidedForAll) -> Record | Response:
    """Records the decision about each of them, if they are still as many as were seen."""
    try:
        wanted = _wanted(visit, [RecordId(one) for one in deciding.ids])
        if (total := batches.count_of(visit, wanted)) != deciding.expected:
            return _conflict(visit, f"什么也没有改：说的是 {deciding.expected} 条，现在是 {total} 条")
        made, _ = batches.decide_for_all(visit, wanted, total, *_meant(deciding), deciding.why)
    except WrongDecision as error:
        return _conflict(visit, str(error))
    return {"number": made[0].id, **together_record([(one, False) for one in made])}


@known.get("/api/batches/{number}", response_model=returned.Imported, summary="一次成批处理：各个决定，撤销了几个")
def look_at_batch(visit: Asking, number: Numbered, ask: Annotated[Question, Query()]) -> Record:
    """What was done together."""
    made = batches.made_from(visit, number)
    return {"number": made[0][0].id, **together_record(made)}


@router.post(
    "/api/batches/{number}/undo",
    status_code=201,
    response_model=returned.Undone,
    summary="整批撤销一次成批处理：本人，30 分钟内；撤销也是记录",
)
def undo_batch(visit: Asking, number: Numbered) -> Record | Response:
    """Takes all of a batch back."""
    try:
        return {"undone": batches.take_back(visit, number)}
    except WrongDecision as error:
        return _conflict(visit, str(error))


def _wanted(visit: Visit, ids: list[RecordId]) -> Asked:
    """The promises that are named, else all that the address asks for."""
    return batches.named(visit, ids) if ids else asked(visit)


def _meant(deciding: DecidedForAll) -> tuple[DecisionKind, Values]:
    match deciding:
        case AssigningAll():
            return DecisionKind.ASSIGN, (("to", deciding.to),)
        case SnoozingAll():
            return DecisionKind.SNOOZE, (("until", deciding.until.isoformat()),)
        case JudgingAll():
            source = (("source", deciding.source),) if deciding.source else ()
            return DecisionKind.SET_STATUS, (("status", deciding.status.value), *source)
        case _:
            return DecisionKind.NOTE, ()


def _conflict(visit: Visit, said: str) -> Response:
    visit.noted.result = "refused: conflict"
    return problem(visit.request, 409, said)
