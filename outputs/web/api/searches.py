"""The search for programs, and the searches that their owners keep."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import Query
from fastapi.responses import Response

from models.completing import complete
from models.errors import WrongSearch
from models.evidence import Status
from models.filters import Filter
from models.ids import RecordId
from models.saved_tables import SavedPage
from models.search import SearchKind
from models.stands import Stands
from outputs.exchange import Record, search_record
from outputs.web.api import answers, found
from outputs.web.api.bodies import Naming
from outputs.web.api.describing import offered
from outputs.web.api.lists import paged
from outputs.web.api.questions import CompletionAsked, Question, SavingAsked, SearchAsked
from outputs.web.api.values import Numbered
from outputs.web.finding import find
from outputs.web.kept_lists import kept_lists
from outputs.web.problems import problem
from outputs.web.saved import kept_of
from outputs.web.searches import (
    Line,
    keep,
    line_of,
    line_record,
    lines_of,
    mark_seen,
    put_away,
    take_back,
    take_look_back,
)
from outputs.web.visit import Asking, Visit

router, known, changes = offered("检索"), offered("检索", single=True), offered("检索", writes=True)
kept = offered("台账")
Nothing = Annotated[Question, Query()]


@router.get("/api/search", response_model=answers.Found, summary="检索：承诺、诉求、数字、全文；换了说法的也找得到")
def search(visit: Asking, ask: Annotated[SearchAsked, Query()]) -> Record:
    """The hits, best first."""
    found = find(visit, visit.actions, visit.text("q") or "")
    page = found.hits[ask.offset : ask.offset + ask.size]
    hits = [(one, found.statuses.get(one.id)) for one in page]
    told = search_record(found.total, hits, more=found.more)
    more = {"query": found.query, "exact": found.exact, "shown": len(found.hits)}
    return told | more | paged(visit, ask, len(found.hits)) | {"total": found.total}


@router.get("/api/search/complete", response_model=answers.Completions, summary="补全：单位、指标、标题")
def completions(visit: Asking, ask: Annotated[CompletionAsked, Query()]) -> Record:
    """What typed characters may become."""
    found = complete(visit.store, ask.q[:100])
    return {"completions": [{"text": one.text, "kind": one.kind.value, "count": one.count} for one in found]}


@router.get("/api/searches", response_model=answers.SavedSearches, summary="存下的检索：各有多少条，多少条是新的")
def searches(visit: Asking, ask: Nothing) -> Record:
    """The searches that the token's owner may look at."""
    return {"searches": [line_record(one) for one in lines_of(visit)]}


@kept.get("/api/lists", response_model=answers.KeptLists, summary="存下的台账：各有多少条，先打开的是哪个")
def lists(visit: Asking, ask: Nothing) -> Record:
    """The lists of the ledger that the token's owner may look at."""
    return {"lists": [one.record for one in kept_lists(visit)]}


@changes.post(
    "/api/searches",
    status_code=201,
    response_model=found.SavedSearch,
    summary="存一个检索：词和筛选条件在地址里，与检索一样",
)
def save_search(visit: Asking, ask: Annotated[SavingAsked, Query()], naming: Naming) -> Record | Response:
    """Keeps a search."""
    try:
        made = keep(visit, naming.name, kept_of(visit.parameters), shared=naming.shared)
    except WrongSearch as error:
        return _conflict(visit, str(error))
    return line_record(line_of(visit, made.id))


@known.get("/api/searches/{number}", response_model=found.SavedSearchInFull, summary="一个存下的检索，和没有看过的结果")
def saved_search(visit: Asking, number: Numbered, ask: Nothing) -> Record:
    """A search with its new hits."""
    line = line_of(visit, number)
    statuses = statuses_of(visit, line)
    told = search_record(len(line.new), [(hit, statuses.get(hit.id)) for hit in line.new])
    return line_record(line) | {"found": told["hits"]}


@changes.post("/api/searches/{number}/seen", response_model=found.SavedSearch, summary="现在的结果都算口令的主人看过了")
def seen(visit: Asking, number: Numbered, ask: Nothing) -> Record:
    """What it finds now is no longer new."""
    mark_seen(visit, line_of(visit, number))
    return line_record(line_of(visit, number))


@changes.post(
    "/api/searches/{number}/unseen",
    response_model=found.SavedSearch,
    summary="撤销半小时内最近的一次“看过了”",
)
def unseen(visit: Asking, number: Numbered, ask: Nothing) -> Record | Response:
    """What was marked as seen last is new again."""
    line = line_of(visit, number)
    try:
        take_look_back(visit, line)
    except WrongSearch as error:
        return _conflict(visit, str(error))
    return line_record(line_of(visit, number))


@changes.delete("/api/searches/{number}", response_model=found.SavedSearch, summary="删一个检索，30 天内可以恢复")
def delete_search(visit: Asking, number: Numbered, ask: Nothing) -> Record:
    """Puts a search away."""
    line = line_of(visit, number)
    put_away(visit, number, SavedPage.SEARCH)
    return line_record(line)


@changes.post("/api/searches/{number}/restore", response_model=found.SavedSearch, summary="恢复删了的检索")
def restore_search(visit: Asking, number: Numbered, ask: Nothing) -> Record | Response:
    """Takes a deleted search back."""
    try:
        one = take_back(visit, number, SavedPage.SEARCH)
    except WrongSearch as error:
        return _conflict(visit, str(error))
    return line_record(line_of(visit, one.id))


def statuses_of(visit: Visit, line: Line) -> Mapping[RecordId, Status | None]:
    """How the promises among the new hits stand."""
    ids = tuple(hit.id for hit in line.new if hit.kind is SearchKind.COMMITMENT)
    stands = Stands(visit.today, ids=ids)
    return visit.lists.statuses(Filter(current=None), stands) if ids else {}


def _conflict(visit: Visit, said: str) -> Response:
    visit.noted.result = "refused: conflict"
    return problem(visit.request, 409, said)
