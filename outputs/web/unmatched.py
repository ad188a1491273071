"""Lines of another office's ledger that are about none of our promises, so far: which one they are about is said by a
person, or that they aren't wanted; what is left waits, and is looked for once more when letters have come in."""

from __future__ import annotations

from typing import Annotated

from fastapi import Form
from fastapi.responses import Response

from models.errors import WrongDecision
from models.filters import Filter, Sort
from models.foreign import ForeignLine, ForeignSheet, Meaning, ReadAs
from models.ids import RecordId
from models.queries import commitments_named
from models.search import SearchKind
from models.stands import Stands
from outputs.exchange import standing_record
from outputs.ledger import Standing
from outputs.web import say
from outputs.web.foreign import kept
from outputs.web.guard import pages
from outputs.web.importing import look_for_apart
from outputs.web.visit import Asking, Visit

router = pages()

_OFFERED, _QUERY = 20, 60
Line = tuple[ForeignSheet, ReadAs, ForeignLine]


@router.get("/ledger/import/{key}/lines/{line}")
def choose(visit: Asking, key: str, line: int) -> Response:
    """What a line says, and the promises most like it, or that ?q= finds, to choose one of."""
    sheet, read_as, found = line_of(visit, key, line)
    query = (visit.text("q") or "")[:200]
    told = [(head, value) for head, value in zip(sheet.heads, found.values, strict=True) if value]
    offered = _alike(visit, query or _words(sheet, read_as, found))
    record = {"line": line, "cells": dict(told), "query": query, "found": [standing_record(one) for one in offered]}
    return visit.show(
        "import_line.html",
        record,
        key=key,
        line=line,
        told=told,
        query=query,
        found=offered,
        settled=line in read_as.lines,
        say=say,
    )


@router.post("/ledger/import/{key}/lines/{line}")
def say_line(
    visit: Asking,
    key: str,
    line: int,
    promise: Annotated[str, Form(max_length=40)] = "",
    action: Annotated[str, Form(max_length=10)] = "is",
) -> Response:
    """Keeps which promise a line is about (is), that it isn't wanted (drop), or neither (forget)."""
    said(visit, key, line, promise.strip(), action)
    return visit.go(visit.link(f"/ledger/import/{key}", asof=None, back=visit.back), _SAID[action].format(line))


_SAID = {
    "is": "第 {} 行说定了是哪一条；下面列出会改什么",
    "drop": "第 {} 行不要了；还在“没有收的”里，能改回来",
    "forget": "第 {} 行又算没有说过",
}


def said(visit: Visit, key: str, line: int, promise: str, action: str) -> None:
    """Reads the ledger once more with what is said of a line. WrongDecision: no such promise, or nothing was said."""
    line_of(visit, key, line)
    visit.note(object=f"第 {line} 行", after=[("承诺", promise)] if promise else [("行", action)])
    if action not in _SAID:
        raise WrongDecision("要说清楚这一行是哪一条，或者不要了")
    wanted = RecordId(promise)
    if action == "is" and not commitments_named(visit.store, [wanted]):
        raise WrongDecision(f"没有编号是 {promise[:40]} 的承诺" if promise else "还没有选是哪一条")
    told = wanted if action == "is" else None
    visit.actions.returns.say_line(key, line, told, visit.today, forget=action == "forget")


@router.post("/ledger/import/{key}/again")
def again(visit: Asking, key: str) -> Response:
    """Looks for its lines once more, in the ledger as it is now."""
    name, book = kept(visit, key)
    if book.read_as is None:
        visit.elsewhere(visit.link(f"/ledger/import/{key}/columns", asof=None, back=visit.back))
    visit.note(object=key)
    if apart := look_for_apart(visit, key, name, book.sheet(book.read_as.sheet), book.read_as):
        return apart
    visit.actions.returns.read_by(key, book.read_as, visit.today)
    return visit.go(visit.link(f"/ledger/import/{key}", asof=None, back=visit.back), "对着现在的台账又找了一遍")


@router.post("/ledger/import/{key}/drop")
def drop(visit: Asking, key: str) -> Response:
    """Forgets the ledger with its lines; what was recorded of it stays."""
    name, _ = kept(visit, key)
    visit.note(object=name)
    visit.actions.returns.drop(key)
    return visit.go(visit.link("/ledger/import", asof=None), f"“{name}”不留了；已经记下的都在")


def line_of(visit: Visit, key: str, number: int) -> Line:
    """A line of another office's ledger, with its sheet and how that is read. 404: there is none."""
    _, book = kept(visit, key)
    if book.read_as is None:
        visit.elsewhere(visit.link(f"/ledger/import/{key}/columns", asof=None, back=visit.back))
    sheet = book.sheet(book.read_as.sheet)
    found = next((one for one in sheet.lines if one.number == number), None)
    if found is None:
        visit.gone(f"表里没有第 {number} 行。")
    return sheet, book.read_as, found


def _words(sheet: ForeignSheet, read_as: ReadAs, line: ForeignLine) -> str:
    """What the line says of the promise, else all that it says."""
    at = [place for place, head in enumerate(sheet.heads) if read_as.columns.get(head) is Meaning.PROMISE]
    told = [line.values[place] for place in at if line.values[place]]
    return " ".join(told or line.values)[:_QUERY]


def _alike(visit: Visit, query: str) -> list[Standing]:
    hits = visit.actions.search(query, [SearchKind.COMMITMENT], limit=_OFFERED).hits
    ids = tuple(RecordId(hit.id) for hit in hits)
    if not ids:
        return []
    page = visit.lists.page(Filter(current=None), Stands(visit.as_of, ids=ids), Sort.DOCUMENT, limit=None)
    rank = {id: place for place, id in enumerate(ids)}
    return sorted(page, key=lambda one: rank[one.row.id])
