"""目标: numbers to be reached, each with what later documents say of it, in order of time."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi.responses import Response

from models.board import TargetRow, Wanted
from models.evidence import Certainty
from models.filters import Filter
from models.followed import ProgressRow
from models.quantities import Comparator, Quantity
from outputs.exchange import quantity_record
from outputs.ledger import heading
from outputs.phrases import phrase
from outputs.sheets.cells import Column, position
from outputs.sheets.places import spot
from outputs.web import say
from outputs.web.guard import pages
from outputs.web.listed import MOST_LISTED, check_length, listed
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


def _later(one: Target) -> str:
    """Every later number with its day, the oldest first."""
    lines = []
    for step in one.steps:
        sure = "" if step.row.certainty is Certainty.SURE else "（待确认）"
        lines.append(f"{say.day_words(step.row.day)}　{bound(step.row.actual)}　{step.words}{sure}")
    return "\n".join(lines)


_SHEET: tuple[Column[Target], ...] = (
    Column("指标", 26, lambda one: one.row.target.quantity.indicator),
    Column(
        "目标（原文）",
        14,
        lambda one: bound(one.row.target.quantity),
        leads=lambda one: spot(one.row.target.document, one.row.target.quantity.span),
    ),
    Column("完成时限", 11, lambda one: one.row.target.quantity.deadline),
    Column("单位", 20, lambda one: one.row.target.document.identity.lead_unit),
    Column("案号", 10, lambda one: one.row.target.document.identity.number),
    Column("标题（案由）", 28, lambda one: heading(one.row.target.document)),
    Column("所在句（原文）", 46, lambda one: one.row.target.quantity.unit_span.text),
    Column("后来的数", 46, lambda one: _later(one) or None),
    Column("原文位置", 14, lambda one: position((), one.row.target.quantity.span)),
    Column("文件", 24, lambda one: one.row.target.document.name),
    Column("编号", 19, lambda one: one.row.target.id),
)


@router.get("/targets")
def targets(visit: Asking) -> Response:
    """The targets; ?unit=, ?place=, ?indicator= parts of names, ?followed=no those of which nothing is known yet."""
    wanted = wanted_targets(visit)
    if visit.form:
        check_length(visit.lists.count_targets(wanted))
        whole = visit.lists.targets(wanted, limit=MOST_LISTED, offset=0)
        return listed(visit, "目标", _SHEET, [target_of(one) for one in whole])
    chosen = paged(visit, visit.lists.count_targets(wanted))
    found = [target_of(one) for one in visit.lists.targets(wanted, limit=chosen.size, offset=chosen.offset)]
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
