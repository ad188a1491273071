"""目标: numbers to be reached, each with what later documents say of it, in order of time."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi.responses import Response

from models.board import TargetRow, Wanted, count_targets, targets_on
from models.filters import Filter
from models.followed import ProgressRow
from models.quantities import Comparator, Quantity
from outputs.exchange import quantity_record
from outputs.phrases import phrase
from outputs.web import say
from outputs.web.guard import pages
from outputs.web.paging import SIZES, paged
from outputs.web.visit import Asking, Visit

router = pages()

_NAMES = ("unit", "place", "indicator", "followed")
NOT_HELD = "不能和目标直接比"


@dataclass(frozen=True, slots=True)
class Step:
    """A later number: how far it fills the bar (0 to 1; None: it can't be held against the target), said in words."""

    row: ProgressRow
    filled: float | None
    words: str


@dataclass(frozen=True, slots=True)
class Target:
    """A line of the board."""

    row: TargetRow
    steps: tuple[Step, ...]


@router.get("/targets")
def targets(visit: Asking) -> Response:
    """The targets; ?unit=, ?place=, ?indicator= parts of names, ?followed=no those of which nothing is known yet."""
    wanted = wanted_targets(visit)
    chosen = paged(visit, count_targets(visit.store, wanted))
    found = [target_of(one) for one in targets_on(visit.store, wanted, limit=chosen.size, offset=chosen.offset)]
    record = {
        "as_of": visit.as_of.isoformat(),
        "total": chosen.total,
        "targets": [target_record(one) for one in found],
    }
    return visit.show(
        "targets.html",
        record,
        found=found,
        pages=chosen,
        sizes=SIZES,
        facets=visit.actions.lists.facets(),
        narrowed=any(visit.text(name) for name in _NAMES),
        cleared=visit.here(**dict.fromkeys(_NAMES)),
        followed=[("yes", "有后来的数"), ("no", "还没有")],
        bound=bound,
        say=say,
    )


def bound(quantity: Quantity) -> str:
    """A number as printed, with how it binds: 不低于300个."""
    plain = quantity.comparator in (Comparator.EQUAL, Comparator.RANGE)
    return ("" if plain else phrase(quantity.comparator)) + quantity.span.text


def wanted_targets(visit: Visit) -> Wanted:
    """Which targets the address asks for."""
    within = Filter(units=visit.texts("unit"), region=visit.text("place"))
    return Wanted(visit.as_of, within, visit.text("indicator"), visit.flag("followed"))


def target_of(row: TargetRow) -> Target:
    """A line of the board."""
    return Target(row, tuple(map(_step, row.later)))


def _step(row: ProgressRow) -> Step:
    if row.ratio is None:
        return Step(row, None, NOT_HELD)
    done = say.percent(row.ratio)
    return Step(row, min(max(row.ratio, 0.0), 1.0), f"达到目标的 {done}" if row.ratio < 1 else f"已达到（{done}）")


def target_record(one: Target) -> dict[str, object]:
    """A line of the board, as JSON."""
    target = one.row.target
    return quantity_record(target.quantity) | {
        "id": target.id,
        "document_id": target.document.id,
        "commitment_id": one.row.commitment,
        "unit_name": target.document.identity.lead_unit,
        "actual": [
            {
                "id": step.row.actual_id,
                "document_id": step.row.document.id,
                "day": step.row.day.isoformat() if step.row.day else None,
                "text": step.row.actual.span.text,
                "ratio": step.row.ratio,
                "certainty": step.row.certainty.value,
                "flags": list(step.row.flags),
            }
            for step in one.steps
        ],
    }
