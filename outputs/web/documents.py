"""文件: all of them, and one with its text as read, every record marked in it; the file as it came."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from fastapi.responses import Response
from starlette.responses import FileResponse

from models import queries
from models.documents import Kind, Span
from models.evidence import PairKind
from models.filters import Filter, Sort
from models.findings import Finding
from models.followed import EvidenceRow, evidence_in, pairs_of
from models.ids import DocumentId
from models.quantities import Role
from models.queries import DeclinedRow, DocumentRow, FailureRow, ListedDocument, QuantityRow, RequestRow
from models.runs import RunId
from models.stands import Stands
from outputs.exchange import (
    declined_record,
    finding_record,
    identity_record,
    quantity_record,
    request_record,
    standing_record,
)
from outputs.ledger import Standing
from outputs.phrases import phrase
from outputs.sheets.cells import Column
from outputs.web import say
from outputs.web.asked import members
from outputs.web.guard import pages
from outputs.web.leaves import Leaf, leaves
from outputs.web.listed import check_length, listed
from outputs.web.marked import Mark, marked
from outputs.web.paging import paged
from outputs.web.visit import Asking, Visit

router = pages()

ITEMS = (Kind.SUGGESTION, Kind.PROPOSAL)
_SPAN = re.compile(r"(\d{1,9})-(\d{1,9})", re.ASCII)


@router.get("/documents")
def documents(visit: Asking) -> Response:
    """The documents, newest first."""
    year = visit.number("year", 0)
    run = visit.number("run", 0)
    wanted = Filter(
        kinds=members(visit, "kind", Kind),
        units=visit.texts("unit"),
        region=visit.text("place"),
        numbers=visit.texts("number"),
        year=year if 1900 <= year <= 2999 else None,
        taken_in=RunId(run) if run else None,
        current=None if run else True,
    )
    total = queries.count_documents(visit.store, wanted)
    if visit.form:
        check_length(total)
        return listed(visit, "文件", _sheet(), queries.list_documents(visit.store, wanted))
    chosen = paged(visit, total)
    found = queries.list_documents(visit.store, wanted, limit=chosen.size, offset=chosen.offset)
    record = {
        "total": chosen.total,
        "documents": [line_record(one) for one in found],
    }
    return visit.show(
        "documents.html",
        record,
        found=found,
        pages=chosen,
        facets=visit.actions.lists.facets(),
        kinds=[(kind.value, phrase(kind)) for kind in Kind],
        narrowed=any(visit.text(name) for name in ("kind", "unit", "place", "number", "year", "run")),
        items=ITEMS,
        say=say,
    )


def _sheet() -> tuple[Column[ListedDocument | FailureRow], ...]:
    from outputs.sheets.ledger import FILES

    held = tuple(one for one in FILES if one.title not in ("是否读成", "没读成的原因"))
    return (*held, Column("编号", 19, lambda row: row.document.id if isinstance(row, ListedDocument) else None))


def line_record(one: ListedDocument) -> dict[str, object]:
    """A document of a list, as JSON."""
    counts = {name: getattr(one.counts, name) for name in ("commitments", "declined", "requests", "quantities")}
    return {
        "id": one.document.id,
        "name": one.document.name,
        "identity": identity_record(one.document.identity),
    } | counts


@dataclass(frozen=True, slots=True)
class Read:
    """All that is known of one document."""

    document: DocumentRow
    standings: tuple[Standing, ...]
    declined: list[DeclinedRow]
    requests: list[RequestRow]
    numbers: list[QuantityRow]
    findings: tuple[Finding, ...]
    evidence: list[EvidenceRow]
    related: list[tuple[PairKind, bool, DocumentRow]]

    def on(self, leaf: Leaf) -> Read:
        """What of it begins on a leaf; what doesn't agree where any of it does."""
        if leaf.last == 1:
            return self
        return replace(
            self,
            standings=tuple(one for one in self.standings if leaf.holds(one.row.commitment.span)),
            declined=[one for one in self.declined if leaf.holds(one.declined.span)],
            requests=[one for one in self.requests if leaf.holds(one.request.span)],
            numbers=[one for one in self.numbers if leaf.holds(one.quantity.span)],
            findings=tuple(one for one in self.findings if any(map(leaf.holds, one.spans))),
            evidence=[one for one in self.evidence if leaf.holds(one.link.span)],
        )


@router.get("/documents/{id}")
def document(visit: Asking, id: str) -> Response:
    """One document: ?span=9-14 shows these characters, #r and a record's id its place. A long one in leaves."""
    whole = read_document(visit, id)
    text = visit.store.text(whole.document.id)
    asked_for = _span(visit, text)
    leaf = _leaf(visit, leaves(text), asked_for)
    read = whole.on(leaf)
    marks = [*_marks(visit, read), *([Mark(asked_for, "here", 0, "", None, "span")] if asked_for else [])]
    return visit.show(
        "document.html",
        lambda: document_record(whole, text),
        whole=whole,
        read=read,
        leaf=leaf,
        lines=marked(text[leaf.start : leaf.end], leaf.own(marks)),
        original=visit.actions.lists.original(read.document.id) is not None,
        items=ITEMS,
        promises={one.id: one for one in queries.commitments_named(visit.store, [e.commitment for e in read.evidence])},
        targets=sum(1 for one in read.numbers if one.quantity.role is Role.TARGET),
        say=say,
    )


@router.get("/documents/{id}/original")
def original(visit: Asking, id: str) -> Response:
    """The file as it came, to keep; never shown by the browser itself."""
    row = document_of(visit, id)
    found = visit.actions.lists.original(row.id)
    if found is None:
        visit.gone("这份文件的原件没有留存，或者太大没有留存。")
    name, path = found
    return FileResponse(path, media_type="application/octet-stream", filename=name)


def document_of(visit: Visit, id: str) -> DocumentRow:
    """The document with this id. 404: there is none."""
    try:
        return queries.document(visit.store, DocumentId(id))
    except KeyError:
        visit.gone(f"没有编号是 {id[:40]} 的文件。")


def read_document(visit: Visit, id: str) -> Read:
    """All that is known of a document. 404: there is none."""
    row, store = document_of(visit, id), visit.store
    only = Filter(current=None, documents=(row.id,))
    return Read(
        document=row,
        standings=visit.actions.lists.page(only, Stands(visit.as_of), Sort.DOCUMENT, limit=None),
        declined=queries.declined_points(store, only),
        requests=queries.list_requests(store, only),
        numbers=queries.list_quantities(store, only),
        findings=visit.actions.lists.findings(row.id),
        evidence=evidence_in(store, row.id, visit.as_of),
        related=related(visit, row.id),
    )


def related(visit: Visit, document: DocumentId) -> list[tuple[PairKind, bool, DocumentRow]]:
    """The documents that belong together with one: how, whether the other is the later one, and which."""
    found = []
    for pair in pairs_of(visit.store, document):
        later = pair.earlier == document
        found.append((pair.kind, later, queries.document(visit.store, pair.later if later else pair.earlier)))
    return sorted(found, key=lambda one: (one[2].identity.date is None, one[2].identity.date or one[2].created.date()))


def _span(visit: Visit, text: str) -> Span | None:
    """The characters that the address points at."""
    found = _SPAN.fullmatch(visit.text("span") or "")
    start, end = (int(found[1]), int(found[2])) if found else (0, 0)
    return Span(start, end, text[start:end]) if 0 <= start < end <= len(text) else None


def _leaf(visit: Visit, found: list[Leaf], asked_for: Span | None) -> Leaf:
    """The leaf that the address asks for, by its number or by characters on it; else the first."""
    number = visit.number("page", 0)
    if number > len(found):
        visit.elsewhere(visit.here(page=None))
    if number:
        return found[number - 1]
    return next((leaf for leaf in found if asked_for and leaf.holds(asked_for)), found[0])


def _marks(visit: Visit, read: Read) -> Iterator[Mark]:
    """Every record of the document: what can be clicked lies in what holds it."""
    here, back = visit.link, visit.back
    for one in read.standings:
        span, to = one.row.commitment.span, here(f"/commitments/{one.row.id}", back=back)
        state = phrase(one.status) or phrase(one.strength)
        yield Mark(span, "commitment", 3, f"承诺，{state}", to, f"r{one.row.id}")
    for refused in read.declined:
        yield Mark(refused.declined.span, "declined", 3, "未采纳", f"#d{refused.id}", f"r{refused.id}")
    for ask in read.requests:
        of_item = read.document.identity.kind in ITEMS
        to = here(f"/items/{read.document.id}", back=back) + f"#q{ask.id}" if of_item else f"#q{ask.id}"
        yield Mark(ask.request.span, "request", 1, "诉求", to, f"r{ask.id}")
    for passage in read.evidence:
        to = here(f"/commitments/{passage.commitment}", back=back) + f"#e{passage.id}"
        yield Mark(passage.link.span, "evidence", 2, f"佐证：{phrase(passage.link.relation)}", to, f"r{passage.id}")
    for number in read.numbers:
        role = number.quantity.role
        title = f"{phrase(role)}：{number.quantity.indicator or '（没有指标名称）'}"
        yield Mark(number.quantity.span, f"number {role.value}", 4, title, f"#n{number.id}", f"r{number.id}")
    for place, finding in enumerate(read.findings):
        for nth, span in enumerate(finding.spans):
            yield Mark(span, "finding", 5, say.finding_phrase(finding), f"#f{place}", f"f{place}-{nth}")


def document_record(read: Read, text: str) -> dict[str, object]:
    """All that is known of one document, as JSON."""
    document = read.document
    return {
        "id": document.id,
        "name": document.name,
        "current": document.current,
        "identity": identity_record(document.identity),
        "text": text,
        "commitments": [standing_record(one) for one in read.standings],
        "declined": [declined_record(one.declined) | {"id": one.id} for one in read.declined],
        "requests": [request_record(one.request) | {"id": one.id} for one in read.requests],
        "quantities": [quantity_record(one.quantity) | {"id": one.id, "part_of": one.part_of} for one in read.numbers],
        "findings": [finding_record(one) for one in read.findings],
        "speaks_of": [{"id": one.id, "commitment": one.commitment} for one in read.evidence],
        "related": [{"kind": kind.value, "later": later, "id": row.id} for kind, later, row in read.related],
    }
