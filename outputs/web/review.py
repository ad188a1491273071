"""审核: what waits for a person, one at a time, most urgent first; one key decides and opens the next.

Every button has an access key (A accept, R reject, S skip, U undo; with the browser's modifier, or alone with the
page's small script), and the likeliest one has the focus: an unchanged item takes one stroke.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated
from urllib.parse import parse_qsl, urlsplit

from fastapi import Form
from fastapi.responses import Response

from models.commitments import Strength
from models.decisions import pace
from models.errors import ConflictingReview, WrongDecision
from models.evidence import Status
from models.followed import EvidenceRow
from models.ids import RecordId
from outputs.exchange import standing_record
from outputs.ledger import Standing
from outputs.phrases import phrase
from outputs.web.addresses import address, changed, inside
from outputs.web.asked import Asked, asked
from outputs.web.commitment import Context, context
from outputs.web.deciding import Filled, Typed, carry_out, conflict, quotes_of, standing_of, take_back
from outputs.web.guard import pages
from outputs.web.ledger import addressed, choices
from outputs.web.say import told_with
from outputs.web.visit import Asking, Visit

router = pages()

_PACE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Item:
    """One promise that waits: its place in the queue, and what is asked about it first."""

    one: Standing
    around: Context
    passage: EvidenceRow | None
    passage_around: Context | None

    @property
    def last(self) -> int:
        """The number of its last decision."""
        return max((made.id for made in self.one.decided.decisions), default=0)

    @property
    def about(self) -> str:
        """What a person is asked: evidence, reading, alarm, or nothing any more."""
        if self.passage:
            return "evidence"
        if "uncertain" in self.one.row.commitment.flags and not self.one.decided.reviewed:
            return "reading"
        return "alarm" if self.one.alarms and not self.one.decided.answered else "nothing"


@router.get("/review")
def review(visit: Asking) -> Response:
    """The item at ?at= of the queue, or ?item=."""
    wanted = asked(visit).but(waiting=True)
    total = visit.actions.lists.count(wanted.within, wanted.stands)
    at = min(visit.number("at", 0), max(0, total - 1))
    item = _item(visit, wanted, at)
    done = pace(visit.store, visit.person.name, visit.now - _PACE)
    last = visit.text("last")
    record = {
        "total": total,
        "at": at,
        "about": item.about if item else None,
        "item": standing_record(item.one) if item else None,
        "decisions_per_minute": done / (_PACE.seconds / 60),
    }
    return visit.show(
        "review.html",
        record,
        item=item,
        at=at,
        total=total,
        done=done,
        minutes=_PACE.seconds // 60,
        last_of=_last(last),
        next=visit.here(at=at, item=None, last=None),
        filters_given=addressed(visit),
        statuses=[(status.value, phrase(status)) for status in Status],
        strengths=[(strength.value, phrase(strength)) for strength in Strength],
        **choices(visit, wanted),
    )


@router.post("/review/{id}/decide")
def decide(visit: Asking, id: str, form: Filled, next: Typed = "/review") -> Response:
    """Records the decision and opens the next item: the same one again where it has more to be asked."""
    one = standing_of(visit, id)
    try:
        made = carry_out(visit, one, form)
    except ConflictingReview as error:
        return conflict(visit, one, form, str(error), f"/review/{id}/decide")
    after = standing_of(visit, id)
    more = form.action in ("confirm", "reject") and after.proposals
    waits = visit.actions.lists.count(asked(visit).within, asked(visit).but(waiting=True, ids=(after.row.id,)).stands)
    said = told_with(made, quotes_of(visit, [one.row.document.id], [made]))
    return visit.go(_onward(next, f"{made.id}.{id}", skip=bool(waits and not more)), f"记下了：{said}")


@router.post("/review/{id}/undo")
def undo(visit: Asking, id: str, number: Annotated[int, Form(ge=1, le=2**31)], next: Typed = "/review") -> Response:
    """Takes the last decision back and opens its item again."""
    one = standing_of(visit, id)
    if number not in [made.id for made in one.decided.decisions]:
        raise WrongDecision(f"第 {number} 号决定不是关于这条承诺的")
    take_back(visit, number)
    return visit.go(_with(next, item=id, last=None), f"撤销了第 {number} 号决定，请重新定")


def _item(visit: Visit, wanted: Asked, at: int) -> Item | None:
    named = visit.text("item")
    if named:
        one = standing_of(visit, named)
    else:
        found = visit.actions.lists.queue(wanted.within, wanted.stands, limit=1, offset=at)
        if not found:
            return None
        one = found[0]
    passage = next(iter(one.proposals), None)
    return Item(
        one,
        context(visit.store.text(one.row.document.id), one.row.commitment.span),
        passage,
        context(visit.store.text(passage.document.id), passage.link.span) if passage else None,
    )


def _onward(here: str, last: str, *, skip: bool) -> str:
    """The queue's page again: what was decided has left the queue, so that the next item is at the same place."""
    given = dict(parse_qsl(urlsplit(inside(here) or "").query))
    at = given.get("at", "0")
    place = int(at) if at.isascii() and at.isdecimal() and len(at) < 10 else 0
    return _with(here, at=place + skip or None, item=None, last=last)


def _with(here: str, **changes: object) -> str:
    parts = urlsplit(inside(here) or "/review")
    path = parts.path if parts.path == "/review" else "/review"
    return address(path, changed(parse_qsl(parts.query), changes))


def _last(given: str | None) -> tuple[int, RecordId] | None:
    """The decision that can be taken back: its number and its promise, as ?last=7.a1b2 names them."""
    number, _, id = (given or "").partition(".")
    return (int(number), RecordId(id)) if number.isascii() and number.isdecimal() and len(number) < 10 and id else None
