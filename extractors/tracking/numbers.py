"""Which numbers of a later passage speak of promised ones."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from extractors.headings import union
from extractors.tracking.prepared import Passage, Promise
from extractors.tracking.progress import progress_between
from extractors.tracking.wording import pairs_of, plain_unit, telling
from models.evidence import Certainty, Paper, Progress
from models.quantities import Comparator, Quantity, Role
from models.text import fold

LIKE = 0.5  # of the shorter indicator's pairs
LITTLE = 0.4  # of what it tells that two numbers are told of alike, where their names share no word
NEARER = 0.25  # of likeness, where no other promised number is as like
NEAR_SIZE = 0.15  # of likeness: half as many to half as many again, in money or percent; in things it is enough
_SEVERAL = 10  # things: of fewer, people share
EQUAL = 0.3  # of likeness: the very amount again
_AMOUNTS = frozenset({"元", "%", "天", "日", "个工作日", "小时", "分钟", "个月", "次", "学时", "课时"})
_WHOLE = Decimal(100)  # 全部, of something: any share would be the only other percentage
_COMMON = frozenset({"元", "%", "个", "人", "个百分点", "天", "日", "个工作日"})
_OR_LESS = re.compile("[之以]?内|以下")
_EACH = re.compile("(?:每|(?<!年)各)(?![年月季周天日地类级项种]|$)|人均|户均|单(?=[个项户家人台辆笔])")
_TAKERS = frozenset({"户", "人", "家", "个家庭", "户家庭", "个"})
_YEAR = re.compile(r"20\d\d(?=年)")
_RATIO = re.compile(r"(?<![\d:])(\d{1,2}):(\d{1,2})(?![\d:])")
_TENTHS = re.compile("([一二三四五六七八九])成[^。;]{1,16}?([一二三四五六七八九])成")
_DIGITS = {digit: value for value, digit in enumerate("一二三四五六七八九", 1)}


@dataclass(frozen=True, slots=True)
class Reports:
    """Which number of a later paper reports on which target, by where both begin in their texts."""

    found: Mapping[tuple[int, int], Progress]

    def between(self, own: Quantity, other: Quantity) -> Progress | None:
        """What makes the second number a report on the first one, if it is."""
        return self.found.get((own.span.start, other.span.start))

    def elsewhere(self, own: Quantity, other: Quantity) -> bool:
        """Whether the second number reports on another target than the first one."""
        return any(told == other.span.start and target != own.span.start for target, told in self.found)


def reports_between(reply: Paper, later: Paper) -> Reports:
    """The reports of a later paper's numbers on a reply's targets."""
    targets, actuals = reply.extraction.quantities, later.extraction.quantities
    found = progress_between(reply, later)
    return Reports({(targets[one.target].span.start, actuals[one.actual].span.start): one for one in found})


def reported(own: Quantity, told: list[Quantity], shown: Passage, reports: Reports) -> Quantity | None:
    fitting = [other for other in told if reports.between(own, other) and is_each(own) == is_each(other)]
    if fitting and all(_is_guess(own, other, reports) for other in fitting):
        very = [other for other in told if other.value == own.value and same_unit(own, other) and own.value >= _SEVERAL]
        fitting = very or fitting
    risen = (
        other
        for other in fitting[1:]
        if union("told", "risen_to").search(_before(other, shown)) and same_unit(own, other)
    )
    return next(risen, fitting[0] if fitting else None)


def _is_guess(own: Quantity, other: Quantity, reports: Reports) -> bool:
    report = reports.between(own, other)
    return report is not None and report.certainty is Certainty.PROPOSED


def _before(number: Quantity, shown: Passage) -> str:
    """The words of a passage in front of a number."""
    return shown.words[: number.span.start - (shown.unit.span.end - len(shown.words))]


def counterpart(own: Quantity, alike: list[Quantity], promised: list[Quantity], reports: Reports) -> Quantity | None:
    """The number that speaks of a promised one: by its indicator, or as the only one in that unit on both sides."""
    fitting = [
        other
        for other in alike
        if same_unit(own, other)
        and other.part_of is None
        and is_each(own) == is_each(other)
        and not reports.elsewhere(own, other)
    ]
    if not fitting:
        return None
    best = max(fitting, key=lambda other: (round(_fit(own, other), 1), meets(own, other)))
    rivals = [rival for rival in promised if rival is not own and same_unit(rival, best)]
    only = len(fitting) == 1 and not rivals and own.value != _WHOLE
    ahead = _fit(own, best) > max((_fit(rival, best) for rival in rivals), default=0.0)
    return best if only or _fit(own, best) >= (NEARER if ahead else LIKE) else None


def takers(own: Quantity, told: list[Quantity], shown: Passage) -> Quantity | None:
    """How many got what was promised, where each gets one: 600户 for 900把, of 助浴椅装进600户家中."""
    if own.role is not Role.TARGET or plain_unit(own.unit) in _AMOUNTS | {"人"} or own.value < _SEVERAL:
        return None
    first = shown.unit.span.end - len(shown.words)
    fitting = [
        other
        for other in told
        if plain_unit(other.unit) in _TAKERS
        and own.value <= 4 * other.value <= 8 * own.value
        and union("told", "handed").search(shown.words[: other.span.start - first])
    ]
    return fitting[0] if len(fitting) == 1 else None


def _fit(own: Quantity, other: Quantity) -> float:
    if own.value == other.value and not is_small(own.value):
        return likeness(own.indicator, other.indicator) + EQUAL
    near = bool(own.value) and Decimal("0.5") <= other.value / own.value <= Decimal("1.5")
    said = NEAR_SIZE if plain_unit(own.unit) in _COMMON else NEARER
    return likeness(own.indicator, other.indicator) + (said if near else 0.0)


def is_each(number: Quantity) -> bool:
    """Whether a number is for each of many (每个社区2名), which no total can be held against."""
    return bool(_EACH.search(number.indicator or ""))


def other_year(own: Quantity, other: Quantity) -> bool:
    """Whether two numbers speak of different years, where both say of which."""
    mine, theirs = (_YEAR.search(number.indicator or "") for number in (own, other))
    return bool(mine and theirs and mine[0] != theirs[0])


def same_unit(own: Quantity, other: Quantity) -> bool:
    """Whether two numbers count in one unit: 人次 and 名 both count people."""
    return plain_unit(own.unit) == plain_unit(other.unit)


def is_upper_bound(own: Quantity, promise: Promise) -> bool:
    """Whether less is better: 不超过, or 由25个压缩到10个."""
    if own.comparator is Comparator.AT_MOST:
        return True
    words = promise.passage.words
    first = promise.passage.unit.span.end - len(words)
    before, behind = words[: own.span.start - first], words[own.span.end - first :]
    return bool(union("told", "lower").search(re.split("[,:;]", before)[-1]) or _OR_LESS.match(behind))


def meets(own: Quantity, other: Quantity, lower: bool = False) -> bool:
    """Whether a number reaches the promised one; not above it where less is better (`lower`)."""
    if lower:
        return other.value <= own.value
    return (other.upper or other.value) >= own.value


def likeness(own: str | None, other: str | None) -> float:
    """How much of the shorter indicator the longer one has, by pairs of characters.

    >>> likeness("新增生态停车位", "停车位")
    1.0
    """
    mine, theirs = _named(own), _named(other)
    if not mine or not theirs:
        return 0.0
    return len(mine & theirs) / min(len(mine), len(theirs))


@lru_cache(maxsize=8192)
def tells_alike(own: str | None, other: str | None) -> float:
    """How much it tells that two indicators are alike: 覆盖率 is counted of anything.

    >>> tells_alike("公厕覆盖率", "路灯覆盖率") < 0.7 < tells_alike("育苗中心", "新建育苗中心")
    True
    """
    return max((telling(pair) for pair in _named(own) & _named(other)), default=LITTLE)


@lru_cache(maxsize=8192)
def _named(indicator: str | None) -> frozenset[str]:
    return pairs_of(fold(indicator or ""))


def is_small(value: Decimal) -> bool:
    """Whether a number is so common that meeting it again says nothing: 1, 2, 100 %."""
    return value in (Decimal(1), Decimal(2), Decimal(100))


@lru_cache(maxsize=8192)
def ratios_of(words: str) -> frozenset[tuple[int, int]]:
    """In what shares a cost is borne, which add up to ten or a hundred: no time of day does.

    >>> ratios_of("由县、镇按6:4分担") == ratios_of("县里承担六成,镇里承担四成")
    True
    >>> ratios_of("19:30开馆")
    frozenset()
    """
    found = {(int(one[1]), int(one[2])) for one in _RATIO.finditer(words)} if ":" in words else set()
    found |= {(_DIGITS[one[1]], _DIGITS[one[2]]) for one in _TENTHS.finditer(words)} if "成" in words else set()
    return frozenset((one, other) for one, other in found if one + other in (10, 100))
