"""The numbers of a headline, which the text below tells in full.

某县2.2亿元修渠                                2.2亿元 target, as below
未来三年,县里将投入2.2亿元,修渠3000公里。      2.2亿元 target
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.figures.words import sign
from models.documents import Unit, UnitRole
from models.quantities import Quantity, Role


def told_below(found: Sequence[Quantity], units: Sequence[Unit]) -> tuple[Quantity, ...]:
    """The numbers of a news story, a bare one of its headline with the role and day that the same one has below."""
    titles = {
        unit.span.start
        for unit in units[:3]
        if unit.role is UnitRole.TITLE and not sign("reached").search(unit.span.text)
    }
    return tuple(_as_below(one, found) if one.unit_span.start in titles else one for one in found)


def _as_below(one: Quantity, found: Sequence[Quantity]) -> Quantity:
    alike = (one.value, one.upper, one.unit)
    below = [row for row in found if row.unit_span.start > one.unit_span.start]
    same = [row for row in below if (row.value, row.upper, row.unit) == alike]
    if one.role is not Role.ACTUAL or not same or any(row.role is not Role.TARGET for row in same):
        return one
    return replace(one, role=Role.TARGET, deadline=same[0].deadline, rule=one.rule.partition("/")[0] + "/headline")
