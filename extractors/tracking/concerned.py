"""Which passages of a paper can concern a letter: not those that stand under another letter's number."""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.tracking.prepared import Passage, Prepared
from models.text import fold

_NUMBER = re.compile(r"第?(\d{1,4})号(?:代表|政协|人大|委员)*(?:重点)?(?:建议|提案|议案)|(?:建议|提案)第?(\d{1,4})号")
_DIGITS = re.compile(r"\d+")


def concerning(reply: Prepared, later: Prepared) -> Prepared:
    """The later paper without what it tells under the numbers of other letters.

    “二、第051号建议(农村公益性墓地)” heads nothing that keeps the promises of the reply to 029号; a heading with both
    numbers, or none, may.
    """
    own = {int(each) for each in _DIGITS.findall(reply.paper.extraction.identity.number or "")}
    if not own or "号" not in later.folded:
        return later
    kept = tuple(passage for passage in later.passages if not _of_another(passage, own))
    return later if len(kept) == len(later.passages) else replace(later, passages=kept)


def _of_another(passage: Passage, own: set[int]) -> bool:
    for heading in (*passage.unit.section, *((passage.unit.head,) if passage.unit.head else ())):
        named = {int(one or other) for one, other in _NUMBER.findall(fold(heading))}
        if named:
            return not named & own
    return False
