"""A unit cut into clauses, with what isn't the writer's own speech blanked out."""

from __future__ import annotations

import re
from typing import NamedTuple

# Papers' titles, long quotations and brackets speak for somebody else; same length, so that offsets stay.
_FOREIGN = re.compile(
    r"《[^《》]*(?:《[^《》]*》[^《》]*)*》|[“「『][^“”「」『』]{9,400}[”」』]|\"[^\"]{9,400}\"|[(][^()]{0,200}[)]|〔[^〔〕]{0,60}〕|【[^【】]{0,60}】"
)
# 1,200 and 19:30 stay whole; 9.4公里,2024年 is cut.
_BREAK = re.compile(r",(?:(?!\d{3}(?!\d))|(?<!\d,))|:(?:(?!\d)|(?<!\d:))")
BLANK = "□"


class Clause(NamedTuple):
    """One clause: where it begins in its unit, and its words with foreign speech blanked."""

    start: int
    words: str


def mask(unit: str) -> str:
    """The unit with titles, long quotations and brackets blanked, same length.

    >>> mask("按《甲(试行)》要求,将办理(详见附件)。")
    '按《□□□□□》要求,将办理(□□□□)。'
    """
    if not _NEEDS_MASK.search(unit):
        return unit
    return _FOREIGN.sub(lambda found: found[0][0] + BLANK * (len(found[0]) - 2) + found[0][-1], unit)


_NEEDS_MASK = re.compile(r"[《(“「『\"〔【]")


def clauses_of(masked: str, start: int = 0) -> list[Clause]:
    """The clauses between commas and colons, from `start` on; blank ones left out.

    >>> clauses_of("一是更换航标,8月完工。", 2)
    [Clause(start=2, words='更换航标'), Clause(start=7, words='8月完工')]
    """
    found: list[Clause] = []
    body = masked.rstrip("。!?;”’」』 ")
    at = start
    for mark in _BREAK.finditer(body, start):
        _add(found, body, at, mark.start())
        at = mark.end()
    _add(found, body, at, len(body))
    return found


def _add(found: list[Clause], body: str, start: int, end: int) -> None:
    words = body[start:end].rstrip()
    bare = words.lstrip()
    if bare:
        found.append(Clause(start + len(words) - len(bare), bare))
