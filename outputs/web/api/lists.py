"""Lists: narrowed, sorted and counted as the pages are, by the same code."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query

from models import queries
from models.documents import Kind
from models.failing import failing, failure_groups
from models.filters import Filter
from models.followed import alarms_of, count_alarms
from models.history import count_runs, list_runs
from models.reporting import count_reports, list_reports
from outputs.exchange import Record, alarm_record, run_record, standing_record
from outputs.web.api import answers
from outputs.web.api.describing import offered
from outputs.web.api.questions import (
    AlarmsAsked,
    DocumentsAsked,
    FailuresAsked,
    ItemsAsked,
    LedgerAsked,
    LettersAsked,
    Paged,
    ReviewAsked,
    TargetsAsked,
    UnitsAsked,
)
from outputs.web.asked import asked
from outputs.web.documents import ITEMS, line_record
from outputs.web.letters import letters_record
from outputs.web.mornings import report_record
from outputs.web.runs import failures_record
from outputs.web.targets import target_of, target_record, wanted_targets
from outputs.web.units import in_order, unit_record, whole_of
from outputs.web.visit import Asking, Visit

promises, files, figures, journal = offered("台账"), offered("文件"), offered("统计"), offered("运行")


@promises.get(
    "/api/ledger",
    response_model=answers.Ledger,
    response_model_exclude_unset=True,
    summary="台账：承诺事项，筛选和排序与网页一样",
)
def ledger(visit: Asking, ask: Annotated[LedgerAsked, Query()]) -> Record:
    """The promises that the address asks for."""
    wanted = asked(visit)
    total = visit.lists.count(wanted.within, wanted.stands)
    found = visit.lists.page(wanted.within, wanted.stands, wanted.sort, limit=ask.size, offset=ask.offset)
    told = {"as_of": visit.as_of, "filter": list(wanted.words)}
    return paged(visit, ask, total) | told | {"commitments": [standing_record(one) for one in found]}


@promises.get(
    "/api/review",
    response_model=answers.Review,
    response_model_exclude_unset=True,
    summary="等人看的承诺，最急的在前",
)
def review(visit: Asking, ask: Annotated[ReviewAsked, Query()]) -> Record:
    """What waits for a person."""
    wanted = asked(visit).but(waiting=True)
    total = visit.lists.count(wanted.within, wanted.stands)
    found = visit.lists.queue(wanted.within, wanted.stands, limit=ask.size, offset=ask.offset)
    told = {"as_of": visit.as_of, "filter": list(wanted.words)}
    return paged(visit, ask, total) | told | {"waiting": [standing_record(one) for one in found]}


@promises.get("/api/letters", response_model=answers.Letters, summary="催办函：哪些单位、哪几条，逾期的和快到期的")
def letters(visit: Asking, ask: Annotated[LettersAsked, Query()]) -> Record:
    """What units are reminded of."""
    return letters_record(visit)


@promises.get("/api/alarms", response_model=answers.Alarms, summary="提醒：降低、推迟、取消、前后不符，新的在前")
def alarms(visit: Asking, ask: Annotated[AlarmsAsked, Query()]) -> Record:
    """What an officer must hear of."""
    within, codes = Filter(units=tuple(ask.unit), region=ask.place or None), tuple(ask.code)
    total = count_alarms(visit.store, visit.as_of, within, codes)
    found = alarms_of(visit.store, visit.as_of, within, codes=codes, limit=ask.size, offset=ask.offset)
    told = {"as_of": visit.as_of, "alarms": [alarm_record(one) for one in found]}
    return paged(visit, ask, total) | told


@files.get("/api/documents", response_model=answers.Documents, summary="文件，新的在前")
def documents(visit: Asking, ask: Annotated[DocumentsAsked, Query()]) -> Record:
    """The documents."""
    return _documents(visit, ask, tuple(ask.kind), "documents")


@files.get("/api/items", response_model=answers.Items, summary="建议和提案，新的在前")
def items(visit: Asking, ask: Annotated[ItemsAsked, Query()]) -> Record:
    """Suggestions and proposals."""
    return _documents(visit, ask, ITEMS, "items")


@figures.get("/api/units", response_model=answers.Units, summary="各单位：承诺多少，落实、逾期、写得明的各多少")
def units(visit: Asking, ask: Annotated[UnitsAsked, Query()]) -> Record:
    """The replying units."""
    _, found = in_order(visit)
    shown = found[ask.offset : ask.offset + ask.size]
    told = {"as_of": visit.as_of, "sum": whole_of(found), "units": [unit_record(one) for one in shown]}
    return paged(visit, ask, len(found)) | told


@figures.get("/api/targets", response_model=answers.Targets, summary="目标：要达到的数，和后来的文件里的数")
def targets(visit: Asking, ask: Annotated[TargetsAsked, Query()]) -> Record:
    """The targets."""
    wanted = wanted_targets(visit)
    found = visit.lists.targets(wanted, limit=ask.size, offset=ask.offset)
    told = {"as_of": visit.as_of, "targets": [target_record(target_of(one)) for one in found]}
    return paged(visit, ask, visit.lists.count_targets(wanted)) | told


@journal.get("/api/runs", response_model=answers.Runs, summary="运行，新的在前")
def runs(visit: Asking, ask: Annotated[Paged, Query()]) -> Record:
    """The runs."""
    found = list_runs(visit.store, limit=ask.size, offset=ask.offset)
    return paged(visit, ask, count_runs(visit.store)) | {"runs": [run_record(one) for one in found]}


@journal.get("/api/mornings", response_model=answers.Mornings, summary="早报，新的在前")
def mornings(visit: Asking, ask: Annotated[Paged, Query()]) -> Record:
    """The morning reports."""
    found = list_reports(visit.store, limit=ask.size, offset=ask.offset)
    return paged(visit, ask, count_reports(visit.store)) | {"mornings": [report_record(one) for one in found]}


@journal.get("/api/failures", response_model=answers.Failures, summary="没读成的文件：按原因各多少，逐个的原因和办法")
def failures(visit: Asking, ask: Annotated[FailuresAsked, Query()]) -> Record:
    """The files that can't be read."""
    groups, reason = failure_groups(visit.store), ask.reason
    total = sum(one.number for one in groups if reason in (None, one.reason))
    files = failing(visit.store, reason, limit=ask.size, offset=ask.offset)
    return failures_record(groups, files, total) | paged(visit, ask, total)


def paged(visit: Visit, ask: Paged, total: int) -> dict[str, Any]:
    """How long a list is, and where it goes on."""
    more = ask.offset + ask.size < total
    onward = visit.here(page=ask.page + 1) if more else None
    return {"total": total, "page": ask.page, "size": ask.size, "next": onward}


def _documents(visit: Visit, ask: ItemsAsked, kinds: tuple[Kind, ...], name: str) -> Record:
    numbers, place = tuple(ask.number), ask.place or None
    wanted = Filter(kinds=kinds, units=tuple(ask.unit), region=place, numbers=numbers, year=ask.year)
    found = queries.list_documents(visit.store, wanted, limit=ask.size, offset=ask.offset)
    total = queries.count_documents(visit.store, wanted)
    return paged(visit, ask, total) | {name: [line_record(one) for one in found]}
