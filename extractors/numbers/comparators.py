"""How a number binds: 以上/不少于 >=, 以下/不超过 <=, 约/近/余 ~, else exactly."""

from __future__ import annotations

import re
from functools import lru_cache

from extractors import lexicon
from extractors.lexicon.openings import skipping
from models.quantities import Comparator

_WINDOW = 30
_CLAUSE_END = re.compile(r"[,。;:!?、()\n|“”‘’]")
# A window without any of these characters holds no comparator: spares three searches for most numbers.
_HINTS = frozenset("不未非大多高长优好早超突逾满破过越至最小少低短劣≤<≥>上限封控压约概致将接差几估近止")

_OF_SIZE = re.compile("[一-龥]{2,4}?以([上下])的[一-龥]{2}")
# What the patterns to the right start with, as far as the lexicon has them (a test holds it to that).
_BEHIND_HINTS = frozenset(" \n(及或和含以之往还开起打挂范封为不左上有出光大内多强弱")


@lru_cache(maxsize=1)
def _left() -> tuple[tuple[re.Pattern[str], Comparator], ...]:
    """<= before >=: 不超过 holds 超过."""
    order = ("<=", ">=", "~")
    return tuple((_joined(f"left {sign}"), Comparator(sign)) for sign in order)


@lru_cache(maxsize=1)
def _right() -> tuple[tuple[re.Pattern[str], Comparator], ...]:
    return tuple((_joined(f"right {sign}"), Comparator(sign)) for sign in (">=", "<=", "~"))


@lru_cache(maxsize=1)
def _within() -> re.Pattern[str]:
    return _joined("right within")


def _joined(meaning: str) -> re.Pattern[str]:
    entries = lexicon.load("numbers_comparators")
    return re.compile(skipping("|".join(entry.regex for entry in entries if entry.meaning == meaning)))


def before(folded: str, start: int, kind: str = "ratio") -> Comparator | None:
    """What the words left of a number say in its clause; a bound reaches over …的 to shares alone (不超过造价的50%).

    >>> before("每亩不低于4千元", 5)
    <Comparator.AT_LEAST: '>='>
    """
    window = folded[max(0, start - _WINDOW) : start].rstrip(" ")  # 突破 1300 万辆
    if _HINTS.isdisjoint(window):
        return None
    parts = _CLAUSE_END.split(window)
    window = parts[-1] or (parts[-2] if len(parts) > 1 and folded[start - 1] in "“(" else "")
    if _HINTS.isdisjoint(window):
        return None
    if kind != "ratio" and window.endswith("的"):  # 收入低于平均水平的18个村
        return None
    found = [(hit.start(), sign) for pattern, sign in _left() if (hit := pattern.search(window))]
    bounds = [hit for hit in found if hit[1] is not Comparator.ABOUT]
    return max(bounds or found)[1] if found else None


def behind(folded: str, end: int, kind: str) -> tuple[Comparator, int] | None:
    """What the words right of a measure say, and where they end; 内 binds durations and lengths only."""
    if folded[end : end + 1] not in _BEHIND_HINTS:
        if kind == "classifier" and (sized := _OF_SIZE.match(folded, end)):  # 200张床位以上的养老机构
            return (Comparator.AT_LEAST if sized[1] == "上" else Comparator.AT_MOST), end
        return None
    for pattern, sign in _right():
        found = pattern.match(folded, end)
        if found:
            return sign, found.end()
    if kind in ("duration", "span", "physical"):
        found = _within().match(folded, end)
        if found:
            return Comparator.AT_MOST, found.end()
    return None


def binds_list(folded: str, start: int) -> bool:
    """True where the comparator of the measure that starts here stands left of it, and so holds for a list."""
    return before(folded, start) is not None or folded[max(0, start - 1) : start] in ("、", "(", "和", "及", "与")
