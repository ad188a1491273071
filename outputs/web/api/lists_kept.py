"""Lists of the ledger that people keep: kept, changed, put away and taken back by programs."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query
from fastapi.responses import Response

from models.errors import WrongSearch
from models.saved_tables import SavedPage
from outputs.exchange import Record
from outputs.web import kept_lists
from outputs.web.api import found
from outputs.web.api.answers import Problem
from outputs.web.api.describing import PROBLEMS, offered
from outputs.web.api.managed import NamingList, Sorted
from outputs.web.api.questions import Question
from outputs.web.api.values import Numbered
from outputs.web.problems import problem
from outputs.web.searches import put_away, take_back
from outputs.web.visit import Asking, Visit

router, known = offered("台账", writes=True), offered("台账", single=True)
_REFUSED: dict[int | str, dict[str, object]] = {409: {"model": Problem, "description": PROBLEMS[409]}}
Nothing = Annotated[Question, Query()]
Asked = Annotated[Sorted, Query()]


@router.post(
    "/api/lists",
    status_code=201,
    response_model=found.KeptList,
    responses=_REFUSED,
    summary="存一个台账：筛选条件、排序在地址里，与台账一样",
)
def save_list(visit: Asking, ask: Asked, naming: NamingList) -> Record | Response:
    """Keeps a list."""
    try:
        made = kept_lists.keep(
            visit, naming.name, kept_lists.kept_of(visit.parameters), shared=naming.shared, first=naming.first
        )
    except WrongSearch as error:
        return _conflict(visit, str(error))
    return _list(visit, made.id)


@known.get("/api/lists/{number}", response_model=found.KeptList, summary="一个存下的台账：条件、现在多少条")
def kept_list(visit: Asking, number: Numbered, ask: Nothing) -> Record:
    """A list that is kept."""
    return _list(visit, number)


@router.post("/api/lists/{number}", response_model=found.KeptList, summary="自己存的台账照地址里的条件改；原来的能恢复")
def change_list(visit: Asking, number: Numbered, ask: Asked) -> Record | Response:
    """Keeps a list as it is asked for now."""
    try:
        return _list(visit, kept_lists.change(visit, number, kept_lists.kept_of(visit.parameters)).id)
    except WrongSearch as error:
        return _conflict(visit, str(error))


@router.delete("/api/lists/{number}", response_model=found.KeptList, summary="删一个存下的台账，30 天内可以恢复")
def delete_list(visit: Asking, number: Numbered, ask: Nothing) -> Record:
    """Puts a list away."""
    told = _list(visit, number)
    put_away(visit, number, SavedPage.LEDGER)
    return told


@router.post("/api/lists/{number}/restore", response_model=found.KeptList, summary="恢复删了的台账")
def restore_list(visit: Asking, number: Numbered, ask: Nothing) -> Record | Response:
    """Takes a deleted list back."""
    try:
        return _list(visit, take_back(visit, number, SavedPage.LEDGER).id)
    except WrongSearch as error:
        return _conflict(visit, str(error))


def _list(visit: Visit, number: int) -> Record:
    """A list that this person may look at. 404: there is none."""
    one = next((one for one in kept_lists.kept_lists(visit) if one.key == str(number)), None)
    if one is None:
        visit.gone("没有这个存下的台账，或者已经删了。")
    return one.record


def _conflict(visit: Visit, said: str) -> Response:
    visit.noted.result = "refused: conflict"
    return problem(visit.request, 409, said)
