"""存下的检索: what somebody keeps an eye on, with how many hits are new to them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Annotated

from fastapi import Form
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from models import saved
from models.errors import WrongSearch
from models.facets import last_decision
from models.people import UserRole
from models.saved import CALLED, SavedSearch
from models.saved_tables import SavedPage
from models.search import SearchHit
from outputs.web.addresses import address, parameters_at
from outputs.web.guard import pages
from outputs.web.kept_lists import kept_lists
from outputs.web.saved import hits_of, kept_of, words_of
from outputs.web.visit import Asking, Visit

router = pages()

_OF_DOCUMENTS = {"q", "kind", "sort", "text", "place", "unit", "lead", "class", "number", "year", "body", "term"}
"""Parameters by which decisions change nothing."""
_MOST_ASKED = 20  # searches that the front page asks
UNSEEN_WITHIN = timedelta(minutes=30)
Typed = Annotated[str, Form(max_length=8_000)]


@dataclass(frozen=True, slots=True)
class Line:
    """A saved search as somebody sees it: its hits, those that are new to them; None: its filters can't be asked."""

    saved: SavedSearch
    words: tuple[str, ...]
    hits: tuple[SearchHit, ...] | None
    new: tuple[SearchHit, ...]

    def address(self, path: str = "/search") -> str:
        """Where its hits are."""
        return address(path, [*self.saved.parameters, *([("saved", self.saved.id)] if path == "/search" else [])])


@router.get("/searches")
def searches(visit: Asking) -> Response:
    """The searches that this person may look at, those with new hits first."""
    lines = sorted(lines_of(visit), key=lambda one: (not one.new, one.saved.name))
    lists = kept_lists(visit)
    looks = saved.last_looks(visit.store, visit.person.name, visit.now - UNSEEN_WITHIN)
    deleted = saved.deleted_lately(visit.store, visit.person.name, visit.now)
    record = {
        "searches": [line_record(one) for one in lines],
        "lists": [one.record for one in lists],
        "deleted": [{"id": one.id, "name": one.name, "page": one.page.value} for one in deleted],
    }
    return visit.show(
        "searches.html",
        record,
        lines=lines,
        lists=lists,
        looks=looks,
        deleted=deleted,
        called=CALLED,
        mine=visit.person.name,
        saves=visit.may("POST /searches"),
        may_delete=lambda one: may_delete(visit, one),
    )


@router.post("/searches")
def add(visit: Asking, name: Typed, of: Typed, shared: Typed = "") -> Response:
    """Keeps the search at an address (`of`) under a name."""
    parameters = kept_of(parameters_at(of))
    made = keep(visit, name, parameters, shared=shared == "yes")
    back = address("/search", [*made.parameters, ("saved", made.id)])
    return visit.go(back, f"存下了检索“{made.name}”，有新结果时在“存下的检索”和早报里能看到")


@router.post("/searches/{number}/seen")
def look(visit: Asking, number: int, hits: Typed = "") -> Response:
    """What the page showed as new (`hits`) is so no longer; what came in since stays new."""
    line = line_of(visit, number)
    count = mark_seen(visit, line, set(hits.split()))
    return visit.go(visit.back or "/searches", f"“{line.saved.name}”的 {count} 条都算看过了")


@router.post("/searches/{number}/unseen")
def look_again(visit: Asking, number: int) -> Response:
    """Takes this person's last look back: what it marked as seen is new again."""
    line = line_of(visit, number)
    count = take_look_back(visit, line)
    return visit.go(visit.back or "/searches", f"“{line.saved.name}”的 {count} 条又算没看过的")


@router.post("/searches/{number}/delete")
def delete(visit: Asking, number: int) -> Response:
    """Puts a search or a list away."""
    one = put_away(visit, number)
    return visit.go("/searches", f"删了{CALLED[one.page]}“{one.name}”，30 天内可以在本页下面恢复")


@router.post("/searches/{number}/restore")
def restore(visit: Asking, number: int) -> Response:
    """Takes a deleted search or list back."""
    one = take_back(visit, number)
    return visit.go("/searches", f"恢复了{CALLED[one.page]}“{one.name}”")


# -- what programs do, too -------------------------------------------------------------------------------------------


def keep(visit: Visit, name: str, parameters: saved.Parameters, *, shared: bool) -> SavedSearch:
    """Keeps a search. WrongSearch: it has no words, or its name is taken."""
    asked_for = SavedSearch(saved.SearchId(0), name, visit.person.name, shared, parameters, visit.now, None)
    present = hits_of(asked_for, visit.actions, visit.lists, visit.today)
    known = [one.id for one in present]
    made = saved.save(visit.store, name, parameters, known, owner=visit.person.name, shared=shared, now=visit.now)
    visit.note(f"检索“{made.name}”", after=[("找", made.query), ("大家看得到", "是" if shared else "否")])
    return made


def lines_of(visit: Visit) -> list[Line]:
    """The searches that this person may look at."""
    return [_looked(visit, one) for one in saved.list_saved(visit.store, visit.person.name)]


def fresh(visit: Visit) -> list[tuple[SavedSearch, int]]:
    """Of the searches that this person may look at, those with new hits, and how many: for the front page.

    What they find is remembered until something comes in; those that ask how promises stand are asked again after each
    decision.
    """
    found = []
    for one in saved.list_saved(visit.store, visit.person.name)[:_MOST_ASKED]:
        names = {name for name, _ in one.parameters}
        decided = last_decision(visit.store) if names - _OF_DOCUMENTS else 0
        hits = visit.lists.remembered((one.id, visit.today, decided), partial(_ids, visit, one))
        new = set(hits) - saved.seen(visit.store, one.id, visit.person.name) if hits else ()
        if new:
            found.append((one, len(new)))
    return found


def _ids(visit: Visit, one: SavedSearch) -> tuple[str, ...]:
    try:
        return tuple(hit.id for hit in hits_of(one, visit.actions, visit.lists, visit.today))
    except HTTPException:  # a filter that isn't known any more
        return ()


def line_of(visit: Visit, number: int) -> Line:
    """One of them. 404: there is none that this person may look at."""
    return _looked(visit, _open(visit, number))


def line_if_open(visit: Visit, number: int) -> Line | None:
    """The same, for an address that somebody passed on; None where it isn't open to this person or no longer there."""
    one = _known(visit, number)
    return _looked(visit, one) if one else None


def mark_seen(visit: Visit, line: Line, shown: Collection[str] | None = None) -> int:
    """Notes that this person has seen what it finds now, or of that what was shown; how many were new."""
    hits = [one.id for one in line.new if shown is None or one.id in shown]
    visit.note(f"检索“{line.saved.name}”", after=[("看过", f"{len(hits)} 条")])
    return saved.note_seen(visit.store, line.saved.id, visit.person.name, hits, visit.now)


def take_look_back(visit: Visit, line: Line) -> int:
    """Takes this person's last look at a search back; how many hits are new again. WrongSearch: it is too long ago."""
    looks = saved.last_looks(visit.store, visit.person.name, visit.now - UNSEEN_WITHIN)
    if line.saved.id not in looks:
        raise WrongSearch(f"最近 {UNSEEN_WITHIN.seconds // 60} 分钟里没有标过“看过了”，没有可以撤销的")
    at, _ = looks[line.saved.id]
    count = saved.forget_look(visit.store, line.saved.id, visit.person.name, at)
    visit.note(f"检索“{line.saved.name}”", after=[("又算没看过", f"{count} 条")])
    return count


def put_away(visit: Visit, number: int, *pages: SavedPage) -> SavedSearch:
    """Deletes a search (or a list; of these pages alone, if any are named). 403: it is somebody else's."""
    one = _known(visit, number, pages or tuple(SavedPage))
    if one is None:
        visit.gone("没有这个存下的检索、台账，或者已经删了。")
    if not may_delete(visit, one):
        raise HTTPException(403, f"这个{CALLED[one.page]}是别人的，只有本人和管理员能删")
    visit.note(f"{CALLED[one.page]}“{one.name}”")
    saved.delete(visit.store, one.id, visit.now)
    return one


def take_back(visit: Visit, number: int, *pages: SavedPage) -> SavedSearch:
    """Restores a search or list of this person's. 404: there is no such deleted one."""
    one = saved.saved_search(visit.store, number)
    if one is None or one.owner != visit.person.name or one.deleted is None or one.page not in (pages or SavedPage):
        visit.gone("没有这个删了的检索、台账。")
    visit.note(f"{CALLED[one.page]}“{one.name}”")
    saved.restore(visit.store, one.id)
    return one


def may_delete(visit: Visit, one: SavedSearch) -> bool:
    """Whether this person may delete it: whose it is, and administrators what everybody sees."""
    return one.owner == visit.person.name or (one.shared and visit.person.role is UserRole.ADMIN)


def line_record(line: Line) -> dict[str, object]:
    """A search as JSON."""
    one = line.saved
    return {
        "id": one.id,
        "name": one.name,
        "owner": one.owner or None,
        "shared": one.shared,
        "query": one.query,
        "filter": list(line.words),
        "address": line.address("/api/search"),
        "created": one.created.isoformat(),
        "hits": None if line.hits is None else len(line.hits),
        "new": len(line.new),
    }


def _open(visit: Visit, number: int) -> SavedSearch:
    one = _known(visit, number)
    if one is None:
        visit.gone("没有这个存下的检索，或者已经删了。")
    return one


def _known(visit: Visit, number: int, pages: Collection[SavedPage] = (SavedPage.SEARCH,)) -> SavedSearch | None:
    one = saved.saved_search(visit.store, number) if 0 < number < 2**31 else None
    there = one is not None and one.deleted is None and one.page in pages
    return one if one and there and one.is_open_to(visit.person.name) else None


def _looked(visit: Visit, one: SavedSearch) -> Line:
    try:
        hits = tuple(hits_of(one, visit.actions, visit.lists, visit.today))
        words = words_of(one, visit.lists, visit.today)
    except HTTPException:  # a filter that isn't known any more
        return Line(one, (), None, ())
    return Line(one, words, hits, _new(visit, one, hits))


def _new(visit: Visit, one: SavedSearch, hits: Sequence[SearchHit]) -> tuple[SearchHit, ...]:
    before = saved.seen(visit.store, one.id, visit.person.name)
    return tuple(hit for hit in hits if hit.id not in before)
