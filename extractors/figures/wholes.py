"""Parts of a sum that are told in a sentence of their own.

项目总投资5000万元。其中:中央补助2000万元;县级自筹3000万元。      all target, as the whole is
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.figures.last_days import opening_of_sentence
from extractors.figures.scene import Scene
from extractors.figures.standards import Place
from models.documents import Unit
from models.quantities import Quantity, Role

_PART = re.compile(r"\s*其中")
_EACH = re.compile("每|单|最高|最多|不超过|标准|已|完成|实际|到位|支出|落实")


def whole_told(scene: Scene, unit: Unit, rows: Sequence[Quantity]) -> Role | None:
    """The role of the last sum that a unit tells of, which the parts in the next sentence take; a part is no whole."""
    if _is_part(scene, unit):
        return None
    sums = [row for row in rows if row.unit == "元" and row.part_of is None]
    return sums[-1].role if sums and sums[-1].role is not Role.STANDARD else None


def is_part_of_money(scene: Scene, unit: Unit, place: Place) -> bool:
    """Whether a sum stands in a sentence of parts (其中:中央补助2000万元), and sets nothing for each."""
    return place.cell.measure.unit == "元" and _is_part(scene, unit) and not _EACH.search(place.said)


def _is_part(scene: Scene, unit: Unit) -> bool:
    start = unit.span.start
    return bool(_PART.match(scene.folded, start) or _PART.match(opening_of_sentence(scene, unit)))
