"""The search for programs."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query

from models.completing import complete
from outputs.exchange import Record, search_record
from outputs.web.api import answers
from outputs.web.api.describing import offered
from outputs.web.api.lists import paged
from outputs.web.api.questions import CompletionAsked, SearchAsked
from outputs.web.searching import find
from outputs.web.visit import Asking

router = offered("检索")


@router.get("/api/search", response_model=answers.Found, summary="检索：承诺、诉求、数字、全文；换了说法的也找得到")
def search(visit: Asking, ask: Annotated[SearchAsked, Query()]) -> Record:
    """The hits, best first."""
    found = find(visit, visit.actions, visit.text("q") or "")
    page = found.hits[ask.offset : ask.offset + ask.size]
    told = search_record(found.total, [(one, found.status_of(one)) for one in page])
    more = {"query": found.query, "exact": found.exact, "shown": len(found.hits)}
    return told | more | paged(visit, ask, len(found.hits)) | {"total": found.total}


@router.get("/api/search/complete", response_model=answers.Completions, summary="补全：单位、指标、标题")
def completions(visit: Asking, ask: Annotated[CompletionAsked, Query()]) -> Record:
    """What typed characters may become."""
    found = complete(visit.store, ask.q[:100])
    return {"completions": [{"text": one.text, "kind": one.kind.value, "count": one.count} for one in found]}
