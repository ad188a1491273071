"""存下的台账: the ledger as somebody wants it again, under a name; which one it opens with, and with which columns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Form
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from models import saved
from models.errors import WrongSearch
from models.preferences import Preference, prefer, preferred
from models.saved import Parameters, SavedSearch
from models.saved_tables import SavedPage
from outputs.web.addresses import address, changed, parameters_at
from outputs.web.asked import FIELDS, asked
from outputs.web.columns import choose, in_order
from outputs.web.given import Kept
from outputs.web.guard import pages
from outputs.web.visit import Asking, Visit

router = pages()

KEPT = (*FIELDS, "sort", "col", "size")
"""The parameters of the ledger's address that are kept: not its day, not its page."""
MINE = "mine"
MOST_SHOWN = 12  # lists above the ledger and on the front page; all are on a page of their own
Typed = Annotated[str, Form(max_length=8_000)]
Several = Annotated[list[str], Form(max_length=60)]


@dataclass(frozen=True, slots=True)
class KeptList:
    """A list as somebody sees it: its name, where it is, how many promises it has on the day that is shown (None: its
    filters can't be asked any more); `saved` is None of the one that everybody has, what is assigned to oneself."""

    key: str
    name: str
    parameters: Parameters
    words: tuple[str, ...]
    count: int | None
    first: bool
    saved: SavedSearch | None = None

    @property
    def asks(self) -> dict[str, object]:
        """The parameters of its address."""
        return _address(self.parameters, self.key)

    @property
    def record(self) -> dict[str, object]:
        """The same as JSON."""
        one = self.saved
        return {
            "id": one.id if one else None,
            "name": self.name,
            "owner": (one.owner or None) if one else None,
            "shared": bool(one and one.shared),
            "filter": list(self.words),
            "address": address("/api/ledger", [(name, it) for name, it in self.parameters if name != "col"]),
            "count": self.count,
            "first": self.first,
        }


@router.get("/ledger/mine")
def mine(visit: Asking) -> Response:
    """The ledger as this person wants it first: the list that was chosen for that, or the whole."""
    first = _first(visit)
    found = next((one for one in kept_lists(visit, 1) if one.key == first), None) if first else None
    visit.elsewhere(visit.link("/ledger", **(found.asks if found else {})))


@router.post("/ledger/lists")
def add(visit: Asking, name: Typed = "", of: Typed = "", shared: Typed = "", first: Typed = "") -> Response:
    """Keeps the list at an address (`of`) under a name."""
    made = keep(visit, name, kept_of(parameters_at(of)), shared=shared == "yes", first=first == "yes")
    return visit.go(visit.link("/ledger", **_address(made.parameters, str(made.id))), f"存下了台账“{made.name}”")


def keep(visit: Visit, name: str, parameters: Parameters, *, shared: bool, first: bool) -> SavedSearch:
    """Keeps the list that these parameters ask for. WrongSearch: the name is taken, or says nothing."""
    wanted = asked(Kept(parameters, visit.today, visit.lists))
    words = wanted.words
    present = visit.lists.ids(wanted.within, wanted.stands, limit=saved.MOST_WATCHED + 1)
    made = saved.save(
        visit.store,
        name,
        parameters,
        saved.marked(parameters, present) if len(present) <= saved.MOST_WATCHED else (),
        owner=visit.person.name,
        shared=shared,
        now=visit.now,
        page=SavedPage.LEDGER,
    )
    told = [("条件", "，".join(words) or "全部"), ("大家看得到", "是" if made.shared else "否")]
    visit.note(f"台账“{made.name}”", after=told)
    if first:
        prefer(visit.store, visit.person.name, Preference.FIRST_LIST, (("view", str(made.id)),))
    return made


@router.post("/ledger/lists/{number}")
def put_back(visit: Asking, number: int, of: Typed = "") -> Response:
    """Keeps a list of this person's own as it is at an address (`of`) now."""
    made = change(visit, number, kept_of(parameters_at(of)))
    said = f"“{made.name}”改成现在这样了；原来的在“存下的检索和台账”下面，30 天内可以恢复"
    return visit.go(visit.link("/ledger", **_address(made.parameters, str(made.id))), said)


def change(visit: Visit, number: int, parameters: Parameters) -> SavedSearch:
    """A list of this person's own with other parameters. 404: it is nobody's or somebody else's."""
    one = saved.saved_search(visit.store, number) if 0 < number < 2**31 else None
    if one is None or one.deleted or one.page is not SavedPage.LEDGER or one.owner != visit.person.name:
        visit.gone("自己没有存下这个台账，或者已经删了。")
    words = asked(Kept(parameters, visit.as_of, visit.lists)).words
    before, _ = _asked(visit, one.parameters)
    made = saved.change(visit.store, one, parameters, visit.now)
    told = [("条件", "，".join(before) or "全部")], [("条件", "，".join(words) or "全部")]
    visit.note(f"台账“{made.name}”", *told)
    return made


@router.post("/ledger/first")
def open_with(visit: Asking, view: Typed = "") -> Response:
    """Which list the ledger opens with; none: the whole."""
    known = {one.key: one for one in kept_lists(visit)}
    if view and view not in known:
        raise WrongSearch("没有这个存下的台账，或者已经删了")
    name = known[view].name if view else "全部"
    before = prefer(visit.store, visit.person.name, Preference.FIRST_LIST, (("view", view),) if view else ())
    told = [known[key].name if key in known else key for _, key in before] or ["全部"]
    visit.note("先打开的台账", before=[("先打开", told[0])], after=[("先打开", name)])
    return visit.go(visit.back or "/searches", f"以后点“台账”先看“{name}”")


@router.post("/ledger/columns")
def show_columns(
    visit: Asking,
    col: Several = [],  # noqa: B006
    key: Several = [],  # noqa: B006
    place: Several = [],  # noqa: B006
    of: Typed = "",
    keep: Typed = "always",
) -> Response:
    """Shows other columns in the list at an address (`of`): this once, or from now on always; in the order of the
    numbers written beside them (`place` of each `key`)."""
    given, col = parameters_at(of), in_order(col, key, place)
    if keep == "once":
        visit.noted.silent = True
        return visit.go(address("/ledger", changed(given, {"col": col, "page": None})))
    now = choose(visit, [] if keep == "usual" else col)
    said = f"以后台账都显示这 {len(now)} 列，导出“这几列”也是这些" if keep != "usual" else "台账又显示平常的列"
    return visit.go(address("/ledger", changed(given, {"col": None, "page": None})), said)


def kept_lists(visit: Visit, most: int | None = None) -> list[KeptList]:
    """The lists that this person may look at, by name; before them what is assigned to this person, if anything is.

    `most`: of many, so many are counted and given: what this page names, what opens first, what is one's own.
    """
    first, name = _first(visit), visit.person.name
    known = saved.list_saved(visit.store, name, SavedPage.LEDGER)
    if most is not None and len(known) > most:
        wanted = (visit.text("view"), first)
        foremost = sorted(known, key=lambda one: (str(one.id) not in wanted, one.owner != name))
        known = [one for one in known if one in foremost[:most]]
    return [*_assigned(visit, first), *(_looked(visit, one, first) for one in known)]


def is_modified(visit: Visit, one: KeptList) -> bool:
    """Whether this address asks for something else than the list that it names."""
    now = kept_of(visit.parameters)
    return set(one.parameters) != set(now) or _columns(one.parameters) != _columns(now)


def _columns(parameters: Parameters) -> list[str]:
    return [value for name, value in parameters if name == "col"]


def _assigned(visit: Visit, first: str) -> list[KeptList]:
    parameters = (("assigned", visit.person.name),)
    words, count = _asked(visit, parameters)
    if not count and first != MINE:
        return []
    return [KeptList(MINE, "交给我的", parameters, words, count, first == MINE)]


def _looked(visit: Visit, one: SavedSearch, first: str) -> KeptList:
    words, count = _asked(visit, one.parameters)
    return KeptList(str(one.id), one.name, one.parameters, words, count, first == str(one.id), one)


def _asked(visit: Visit, parameters: Parameters) -> tuple[tuple[str, ...], int | None]:
    """What a list is narrowed to, and how many promises it has on the day that is shown."""
    try:
        wanted = asked(Kept(parameters, visit.as_of, visit.lists))
    except HTTPException:  # a filter that isn't known any more
        return (), None
    return wanted.words, visit.lists.count(wanted.within, wanted.stands)


def _first(visit: Visit) -> str:
    return "".join(value for _, value in preferred(visit.store, visit.person.name, Preference.FIRST_LIST))


def kept_of(given: Iterable[tuple[str, str]]) -> Parameters:
    """What of an address's parameters is kept of a list."""
    return tuple((name, value.strip()) for name, value in given if name in KEPT and value.strip())


def _address(parameters: Parameters, key: str) -> dict[str, object]:
    named: dict[str, list[str]] = {}
    for name, value in parameters:
        named.setdefault(name, []).append(value)
    return {**named, "view": key}
