"""单位: what each replying unit promised, kept, let slip, changed, and how much of it can be checked at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from fastapi.responses import Response
from starlette.exceptions import HTTPException

from models.evidence import Status
from models.figures import By, Tallies
from models.filters import CURRENT, Filter
from models.stands import Stands
from outputs.phrases import phrase
from outputs.sheets import cells as sheet
from outputs.web.actions import Lists
from outputs.web.guard import pages
from outputs.web.listed import listed
from outputs.web.paging import SIZES, paged
from outputs.web.visit import Asking, Visit

router = pages()

Asks = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One figure of a unit: its name, and what the ledger's address must ask for besides the unit."""

    key: str
    name: str
    asks: Asks
    hint: str = ""


COLUMNS = (
    Column("made", "承诺", ()),
    Column("fulfilled", phrase(Status.FULFILLED), (("status", "fulfilled"),)),
    Column("in_progress", phrase(Status.IN_PROGRESS), (("status", "in_progress"),)),
    Column("overdue", phrase(Status.OVERDUE), (("status", "overdue"),)),
    Column("dropped", phrase(Status.DROPPED), (("status", "dropped"),)),
    Column("no_evidence", phrase(Status.NO_EVIDENCE), (("status", "no_evidence"),)),
    Column("registered", "只登记", (("status", "registered"),), "研究、鼓励类，不计落实情况"),
    Column("checkable", "写得明", (("checkable", "yes"),), "时限、数字、责任单位都写明，将来能核对"),
)
SORTS = {**{one.key: one.name for one in COLUMNS}, "share": "写得明的比例，低的在前", "name": "名称"}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit under its full name, with a number for each column."""

    name: str
    numbers: tuple[tuple[str, int], ...]

    def of(self, key: str) -> int:
        """One of its numbers."""
        return dict(self.numbers)[key]

    @property
    def share(self) -> float:
        """The part of its promises that have day, number and actor."""
        return self.of("checkable") / self.of("made")


def _figure(key: str) -> Callable[[Unit], int]:
    return lambda unit: unit.of(key)


_SHEET: tuple[sheet.Column[Unit], ...] = (
    sheet.Column("单位", 34, lambda unit: unit.name),
    *(sheet.Column(one.name, 11, _figure(one.key)) for one in COLUMNS),
    sheet.Column("写得明的比例", 11, lambda unit: unit.share, "0%"),
)


@router.get("/units")
def units(visit: Asking) -> Response:
    """The replying units; ?name= part of a name, ?place= of a place, ?sort= a column."""
    sort, found = in_order(visit)
    if visit.form:
        return listed(visit, "单位", _SHEET, found)
    whole = whole_of(found)
    chosen = paged(visit, len(found))
    shown = found[chosen.offset : chosen.offset + chosen.size]
    record = {
        "as_of": visit.as_of.isoformat(),
        "total": chosen.total,
        "sum": whole,
        "units": [unit_record(one) for one in shown],
    }
    return visit.show(
        "units.html",
        record,
        found=shown,
        pages=chosen,
        columns=COLUMNS,
        whole=whole,
        sort=sort,
        sizes=SIZES,
        narrowed=bool(visit.text("name") or visit.text("place")),
        facets=visit.actions.lists.facets(),
        cleared=visit.here(name=None, place=None),
        place=(("place", visit.text("place")),) if visit.text("place") else (),
    )


def in_order(visit: Visit) -> tuple[str, list[Unit]]:
    """How the units are sorted, and the units. 400: there is no such order."""
    sort = visit.text("sort") or "overdue"
    if sort not in SORTS:
        raise HTTPException(400, f"地址里的 sort={sort[:40]} 不对。可以是：{'、'.join(SORTS)}")
    return sort, sorted(_found(visit), key=_order(sort))


def whole_of(found: list[Unit]) -> dict[str, int]:
    """All units' numbers together."""
    return {one.key: sum(unit.of(one.key) for unit in found) for one in COLUMNS}


def unit_record(one: Unit) -> dict[str, object]:
    """A unit as JSON."""
    return {"name": one.name, **dict(one.numbers), "checkable_share": round(one.share, 4)}


def _found(visit: Visit) -> list[Unit]:
    within, name = Filter(region=visit.text("place")), visit.text("name") or ""
    counted = read_units(visit.lists, visit.as_of, within)
    return [
        Unit(title, tuple(numbers.items()))
        for (title,), numbers in counted.items()
        if numbers["made"] and name in title
    ]


def read_units(lists: Lists, day: date, within: Filter = CURRENT) -> Tallies:
    """The columns' numbers by unit."""
    return lists.tallies(within, {one.key: _stands(day, one.asks) for one in COLUMNS}, By.UNIT)


def _stands(day: date, asks: Asks) -> Stands:
    """What the ledger understands by a column's address."""
    asked = dict(asks)
    if "status" in asked:
        status = None if asked["status"] == "registered" else Status(asked["status"])
        return Stands(day, statuses=(status,))
    return Stands(day, checkable=True if "checkable" in asked else None)


def _order(sort: str) -> Callable[[Unit], tuple[object, ...]]:
    if sort == "name":
        return lambda one: (one.name,)
    if sort == "share":
        return lambda one: (one.share, -one.of("made"), one.name)
    return lambda one: (-one.of(sort), -one.of("made"), one.name)
