"""The things that a promise is made of, and which of them a paper leaves untold or tells as open."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from math import fsum

from extractors.headings import union
from extractors.tracking.looking import is_planned
from extractors.tracking.prepared import Passage, Prepared, Promise
from extractors.tracking.stages import bare_mark
from extractors.tracking.wording import pairs_of, telling

OWN = 1.6  # points of a piece's own words, that no other piece has
NAMED_BY = 0.8  # points: one telling pair of a piece names it
COVERED = 0.4  # of all its words' points
SPLIT = re.compile("(?:并(?![列网举存轨联排重且]|购(?![买置]))|同时|同步|,再|,|;)")
_FOR_WHOM = re.compile("[对为给向][^,;]{1,24}?并[^,;]{1,12}?的(?![^,;]{0,4}[,;])")  # 对自筹资金修复并验收合格的单位
_OPENING = re.compile(r"^[^:《]{0,40}:(?!\d)")  # 我们将做好以下工作:


@dataclass(frozen=True, slots=True)
class Piece:
    """Something to be done, with the pairs of its words, and those that no other piece of the promise has."""

    words: str
    pairs: frozenset[str]
    own: frozenset[str]

    def told_by(self, passage: Passage) -> bool:
        """Whether a passage names it: by a telling pair of its own, or by much of what it says."""
        if worth(self.own & passage.pairs) >= NAMED_BY:
            return True
        return worth(self.pairs & passage.pairs) >= COVERED * worth(self.pairs)


def pieces_of(promise: Promise) -> tuple[Piece, ...]:
    """The pieces of a promise that can be told one by one; purposes, sizes and what furnishes a thing are none.

    “建设渔船监控平台,为420艘渔船安装终端,让渔民放心” -> 建设渔船监控平台; 为420艘渔船安装终端
    """
    plain = frozenset().union(*(part.pairs for part in promise.passage.parts))
    found = [
        (each, pairs_of(each) & plain)
        for each in clauses_promised(promise)
        if _names_a_thing(each, plain) and not union("stages", "no_piece").search(each)
    ]
    return tuple(
        Piece(each, pairs, pairs.difference(*(other for at, (_, other) in enumerate(found) if at != place)))
        for place, (each, pairs) in enumerate(found)
    )


def clauses_promised(promise: Promise) -> tuple[str, ...]:
    """The clauses of a promise, without what leads in to it."""
    said = _FOR_WHOM.sub(lambda found: found[0].replace("并", "且"), promise.passage.words.rstrip("。;"))
    return tuple(each.strip() for each in SPLIT.split(_OPENING.sub("", said)))


def _names_a_thing(words: str, plain: frozenset[str]) -> bool:
    """Whether a clause says what is done and to what: 完成招募 names nothing."""
    act = union("stages", "act")
    return act.search(words) is not None and worth(pairs_of(act.sub(" ", words)) & plain) >= NAMED_BY


def piece_missing(promise: Promise, shown: Passage, later: Prepared, counted: bool = False) -> str | None:
    """A piece that a paper tells nothing of, or only as open, where a passage tells of another piece.

    “协会揭牌成立” for “成立协会并制定分级标准”: the second, unless another sentence tells of the standard. `counted`: a
    promised number is reached, so that the one piece which has a number is told.
    """
    pieces = [piece for piece in pieces_of(promise) if worth(piece.own) >= OWN]
    numbered = [any(each.span.text in piece.words for each in promise.passage.numbers) for piece in pieces]
    reached = counted and sum(numbered) == 1
    told = [piece.told_by(shown) or (reached and has) for piece, has in zip(pieces, numbered, strict=True)]
    if len(pieces) < 2 or not any(told):
        return None
    for piece, here in zip(pieces, told, strict=True):
        if here:
            continue
        best = max(later.passages, key=lambda each: worth(piece.own & each.pairs))
        if not piece.told_by(best) or is_planned(best.unit) or only_open(piece, best, promise):
            return piece.words
    return None


def only_open(piece: Piece, passage: Passage, promise: Promise) -> bool:
    """Whether the clauses of a passage that tell of a piece tell of it as ahead, under way or failed."""
    clauses = [part.words for part in passage.parts if part.pairs & piece.own]
    return bool(clauses) and all(_is_open(words, promise.passage.words) for words in clauses)


def _is_open(words: str, promised: str) -> bool:
    return any(
        bare_mark(found[0]) not in promised
        for meaning in ("part", "missed", "under_way", "ahead")
        for found in union("relations", meaning).finditer(words)
    )


def worth(pairs: Iterable[str]) -> float:
    """What some pairs tell apart in official prose at large."""
    return fsum(map(telling, pairs))
