"""One promise, one document, one item, one run."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query

from models.history import list_runs, run_items_of
from models.progress import progress_of
from models.runs import Outcome, RunId, RunState
from models.standing_log import statuses_over_time
from outputs.exchange import Record, item_record, run_record
from outputs.web.api import answers, documents
from outputs.web.api.describing import offered
from outputs.web.api.lists import paged
from outputs.web.api.promises import CommitmentInFull
from outputs.web.api.questions import AsOf, Question, RunFilesAsked
from outputs.web.api.values import CommitmentId, DocumentId, Numbered
from outputs.web.commitment import context, full_record
from outputs.web.deciding import standing_of
from outputs.web.documents import ITEMS, document_of, document_record, read_document
from outputs.web.intake import progress_record
from outputs.web.items import item_record as whole_item
from outputs.web.items import read_item
from outputs.web.mornings import report_in_full
from outputs.web.visit import Asking

promises, files = offered("台账", single=True), offered("文件", single=True)
journal = offered("运行", single=True)


@promises.get(
    "/api/commitments/{id}",
    response_model=CommitmentInFull,
    response_model_exclude_unset=True,
    summary="一条承诺：原文和上下文，佐证，进展，历次决定和状态",
)
def commitment(visit: Asking, id: CommitmentId, ask: Annotated[AsOf, Query()]) -> Record:
    """All that is known of one promise."""
    one = standing_of(visit, id)
    around = context(visit.store.text(one.row.document.id), one.row.commitment.span)
    return full_record(visit, one, around, statuses_over_time(visit.store, one.row.id))


@files.get(
    "/api/documents/{id}",
    response_model=documents.Document,
    response_model_exclude_unset=True,
    summary="一份文件：全文，读出的一切和它们的位置",
)
def document(visit: Asking, id: DocumentId, ask: Annotated[AsOf, Query()]) -> Record:
    """All that is known of one document."""
    read = read_document(visit, id)
    return document_record(read, visit.store.text(read.document.id))


@files.get(
    "/api/items/{id}",
    response_model=documents.Item,
    response_model_exclude_unset=True,
    summary="一件建议或提案：逐项诉求和答复，答复里的承诺",
)
def item(visit: Asking, id: DocumentId, ask: Annotated[AsOf, Query()]) -> Record:
    """What an item asks, and what its replies answer."""
    row = document_of(visit, id)
    if row.identity.kind not in ITEMS:
        visit.gone(f"编号是 {id} 的文件不是建议，也不是提案；用 /api/documents/{id} 看它。")
    return whole_item(read_item(visit, row))


@journal.get("/api/runs/{number}", response_model=answers.RunInFull, summary="一次运行和它的文件，没有读成的有原因")
def run(visit: Asking, number: Numbered, ask: Annotated[RunFilesAsked, Query()]) -> Record:
    """One run with its files."""
    id = RunId(number)
    found = list_runs(visit.store, only=id)
    if not found:
        visit.gone(f"没有第 {number} 次运行。")
    outcomes, failed = found[0].outcomes, ask.failed == "yes"
    total = outcomes.get(Outcome.FAILED, 0) if failed else sum(outcomes.values())
    files = run_items_of(visit.store, id, failed=failed, limit=ask.size, offset=ask.offset)
    far = progress_of(visit.store, id) if found[0].state is RunState.RUNNING else None
    told = {
        "run": run_record(found[0]),
        "progress": progress_record(far),
        "files": [item_record(one) for one in files],
    }
    return paged(visit, ask, total) | told


@journal.get("/api/mornings/{number}", response_model=answers.Morning, summary="一份早报，照当时说的")
def morning(visit: Asking, number: Numbered, ask: Annotated[Question, Query()]) -> Record:
    """One morning's report."""
    return report_in_full(visit, number)
