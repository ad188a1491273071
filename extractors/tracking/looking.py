"""Whether a unit of a paper looks back or ahead, by the headings above it; which papers of rules are notices."""

from __future__ import annotations

from extractors.headings import union
from models.documents import Identity, Kind, Unit, Zone
from models.text import fold

_RULES = frozenset({Kind.PLAN, Kind.REGULATION})


def is_planned(unit: Unit) -> bool:
    """Whether a unit stands where a paper tells what will be: 第二部分 2024年工作要点, 下一步打算."""
    return unit.zone is Zone.PLANNED or _way(unit) is Zone.PLANNED


def sets_rules(identity: Identity, unit: Unit) -> bool:
    """Whether a unit is of a plan or a rule, and not of a part that tells what was done.

    A bureau's 2023年工作总结和2024年工作安排 is half a report: what stands under 2023年主要工作 are facts.
    """
    if identity.kind not in _RULES or union("told", "of_itself").search(unit.span.text):
        return False
    if identity.kind is Kind.PLAN and union("stages", "tells_of_it").search(fold(unit.span.text)):
        return False
    if identity.kind is Kind.REGULATION:
        return not union("stages", "reports_it").search(fold(identity.title or ""))
    return _way(unit) is not Zone.DONE


def announces(identity: Identity) -> bool:
    """Whether a paper of rules is itself the notice, and doesn't send out a plan: 关于调整票价的通知, 闭馆公告."""
    title = fold(identity.title or "")
    return (
        identity.kind in _RULES
        and bool(union("stages", "announced").search(title))
        and not union("stages", "sent_out").search(title)
    )


def _way(unit: Unit) -> Zone | None:
    """Which way the innermost heading looks that says so."""
    return next((way for title in reversed(unit.section) if (way := _of(title))), None)


def _of(title: str) -> Zone | None:
    words = fold(title).strip(" :。")
    if union("stages", "looks_ahead").search(words):
        return Zone.PLANNED
    return Zone.DONE if union("stages", "looks_back").search(words) else None
