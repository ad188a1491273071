"""Which numbers of a later passage speak of promised ones, and whether they reach them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from extractors.tracking.prepared import Part, Passage, Promise
from extractors.tracking.progress import progress_between
from extractors.tracking.wording import pairs_of, plain_unit
from models.evidence import Paper, Progress
from models.quantities import Basis, Comparator, Quantity, Role
from models.text import fold

LIKE = 0.5  # of the shorter indicator's pairs


NEARER = 0.25  # of likeness, where no other promised number is as like
NEAR_SIZE = 0.15  # of likeness: half as many to half as many again, in money or percent; in things it is enough
_SEVERAL = 10  # things: of fewer, people share
EQUAL = 0.3  # of likeness: the very amount again
_AMOUNTS = frozenset({"元", "%", "天", "日", "个工作日", "小时", "分钟", "个月", "次", "学时", "课时"})
_SHARES = frozenset({"%", "个百分点"})
_WHOLE = Decimal(100)  # 全部, of something: any share would be the only other percentage
_COMMON = frozenset({"元", "%", "个", "人", "个百分点", "天", "日", "个工作日"})
_PART_FLAGS = frozenset({"scope_differs", "yearly_against_cumulative", "one_of_several_years"})
_LOWER = re.compile("(?:压缩|压减|压降|缩短|下降|降低|减少|减|降)[到至为]|控制在|不超过|不高于|不多于")
_OR_LESS = re.compile("[之以]?内|以下")
_EACH = re.compile("[每各](?![年月季周天日地类级项种])|人均|户均")
_QUOTED = re.compile(
    "(?:原定|原计划|计划|目标|任务|要求|标准(?![^,]{0,4}为)|[此之]前|原|由|从|距|差|(?<!减)少)[^,\\d]{0,6}$"
)
_QUOTED_BEHIND = re.compile("^[^,。;]{0,4}的?(?:要求|目标|任务|计划)(?!的)")
_OF_THEM = re.compile("中|已|完成|完工|其中|有")
_ATTRIBUTE = re.compile("占地|面积|投资|概算|资金|全长|总长")
_OPEN = re.compile("还在|仍在|正在|尚未|还未|仍未|尚在")
_FROM_LEVEL = re.compile("[由从][^,]{0,10}$")
_TO_LEVEL = re.compile(
    "[^,]{0,4}?(?:提高|提升|增加|增长|上调|调整|调高|扩大|扩容|压缩|缩短|下降|降低|减少|[增升提降减])[^,]{0,2}[到至为]"
)
_RISEN = re.compile("(?:增[加长]?|升|提[高升]|扩[大充]|上升|发展|达)[到至]?了?约?$")
_STILL = re.compile("仍|依旧|还是|依然|继续按")
_WIDER = re.compile("全[省市县区州旗]|各地")
_HANDED = re.compile(
    "(?:[装送走住用搬]进|送到|发[到给放]{1,2}|配[到给]|分[到给]|戴上|交到|让|惠及|覆盖)了?[^,\\d]{0,2}$"
)
_TAKERS = frozenset({"户", "人", "家", "个家庭", "户家庭", "个"})
_YEAR = re.compile(r"20\d\d(?=年)")


@dataclass(frozen=True, slots=True)
class Reached:
    """The shown numbers, as printed, that meet a promised one or fall short.

    `part_missing`: most promised numbers have no counterpart, or one that is due later hasn't; `untold`: none has,
    though something in such a unit is counted; `other_year`: the best counterpart speaks of another year; `several`:
    more than one was promised; `of_them`: some of a number beside it, 27个 of 32个乡镇中27个建成.
    """

    met: tuple[str, ...]
    short: tuple[str, ...]
    part_missing: bool
    untold: bool
    other_year: bool
    several: bool
    of_them: tuple[str, ...] = ()


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


def reached(promise: Promise, shown: Passage, parts: tuple[Part, ...], reports: Reports) -> Reached:
    """How the numbers of a passage's clauses stand against the promised ones; parts of a total don't count."""
    promised = _promised(promise)
    known = {(own.value, plain_unit(own.unit)) for own in promise.passage.numbers if own not in promised}
    told = [
        number
        for number in shown.numbers
        if _is_told(number, shown, parts) and (number.value, plain_unit(number.unit)) not in known
    ]
    met: list[str] = []
    short: list[str] = []
    missing: list[Quantity] = []
    found: list[Quantity] = []
    apart = False
    for own in promised:
        best = (
            _reported(own, told, shown, reports)
            or _counterpart(own, told, promised, reports)
            or _takers(own, told, shown)
        )
        if best is not None and _other_year(own, best, reports):
            apart = True
        elif best is not None:
            found.append(own)
            whole = meets(own, best, _is_upper_bound(own, promise)) and _is_whole(own, best, shown, reports)
            (met if whole else short).append(best.span.text)
        elif _is_open(own, shown, parts):
            short.append(own.span.text)
        elif not _by_the_way(own):
            missing.append(own)
    short += [other.span.text for other in shown.numbers if not met and _still_old(other, promise, parts)]
    untold = not found and any(_akin(own, other) for own in missing for other in told)
    several = any(own.value > 1 and plain_unit(own.unit) not in _SHARES for own in promised)
    some = tuple(
        other.span.text for other in told if _is_some(other, shown) or _is_fewer_of(other, told, promise, parts)
    )
    part = _is_part(found, missing) or (bool(missing) and not found and _tells_a_part(promise, shown, parts))
    return Reached(tuple(met), tuple(short), part, untold, apart and not found, several, some)


def _is_fewer_of(other: Quantity, told: list[Quantity], promise: Promise, parts: tuple[Part, ...]) -> bool:
    """Whether fewer of a number told have what was promised of all: 3处修缮完成,其中1处对外开放."""
    if other.part_of is None or any(own.part_of is not None for own in promise.passage.numbers):
        return False
    whole = any(number.value > other.value and same_unit(number, other) and number.part_of is None for number in told)
    clause = next((part for part in parts if part.start <= other.span.start < part.start + len(part.words)), None)
    return whole and clause is not None and bool(clause.pairs & promise.passage.pairs)


def _tells_a_part(promise: Promise, shown: Passage, parts: tuple[Part, ...]) -> bool:
    """Whether the number of a promise's part is told again, and not the whole: 25所 of 37所,其中农村25所."""
    told = {(number.value, plain_unit(number.unit)) for number in shown.numbers if _is_told(number, shown, parts)}
    part_numbers = (own for own in promise.passage.numbers if own.part_of is not None and not is_small(own.value))
    return any((own.value, plain_unit(own.unit)) in told for own in part_numbers)


def _is_some(other: Quantity, shown: Passage) -> bool:
    """Whether a number says how many of those that another one counts in front of it."""
    first = shown.unit.span.end - len(shown.words)
    return any(
        number.span.end <= other.span.start
        and same_unit(number, other)
        and other.value < number.value
        and _is_base(number, shown, shown.words[number.span.end - first :])
        for number in shown.numbers
    )


def _is_whole(own: Quantity, other: Quantity, shown: Passage, reports: Reports) -> bool:
    """Whether a number speaks of all that was promised, not of one place or of one year of several; one that is higher
    speaks of it all the same, unless a wider place or a longer time is what makes it so."""
    report = reports.between(own, other)
    differs = _PART_FLAGS & set(report.flags) if report else frozenset()
    if not differs or own.value == other.value:
        return True
    return other.value > own.value and "one_of_several_years" not in differs and not _WIDER.search(shown.words)


def _akin(own: Quantity, other: Quantity) -> bool:
    """Whether two numbers count in one unit, or a rate and its rise: % and 个百分点."""
    return same_unit(own, other) or {plain_unit(own.unit), plain_unit(other.unit)} <= _SHARES


def _by_the_way(own: Quantity) -> bool:
    """Whether evidence may pass a promised number over: 一处, 全部, 每期30人, 占地200亩, a share (其中…占三分之二)."""
    if own.role is not Role.TARGET or own.basis is Basis.SHARE or _is_each(own) or is_small(own.value):
        return True
    return bool(_ATTRIBUTE.search(own.indicator or ""))


def _is_part(found: list[Quantity], missing: list[Quantity]) -> bool:
    """Whether what was reported on is the smaller part of a promise, or the one that was due first."""
    last = max((own.deadline for own in found if own.deadline), default=None)
    later = any(own.deadline and last and own.deadline > last for own in missing)
    return bool(found) and (later or len(missing) >= len(found))


def _promised(promise: Promise) -> list[Quantity]:
    """The numbers that a promise can be held to: its targets, else its amounts; 一处 says only that it is built, and
    海拔四千米以上 only for whom."""
    whole = [
        number for number in promise.passage.numbers if number.part_of is None and not _is_old_level(number, promise)
    ]
    targets = [number for number in whole if number.role is Role.TARGET and number.value != 1]
    if targets and all(number.value == _WHOLE and number.unit == "%" for number in targets):
        return targets + [
            number for number in whole if number.role is Role.ACTUAL and plain_unit(number.unit) not in _AMOUNTS
        ]
    return targets or [
        number for number in whole if number.role is Role.STANDARD and plain_unit(number.unit) in _AMOUNTS
    ]


def _is_old_level(number: Quantity, promise: Promise) -> bool:
    """Whether a number is what a promise leads away from: the 400元 of 由每月400元提高到600元."""
    words = promise.passage.words
    first = promise.passage.unit.span.end - len(words)
    before, behind = words[: number.span.start - first], words[number.span.end - first :]
    return bool(_FROM_LEVEL.search(before) and _TO_LEVEL.match(behind))


def _still_old(other: Quantity, promise: Promise, parts: tuple[Part, ...]) -> bool:
    """Whether a number is the level that was to be left: 仍按每月400元发放."""
    old = (number for number in promise.passage.numbers if _is_old_level(number, promise))
    alike = any(number.value == other.value and same_unit(number, other) for number in old)
    return alike and bool(_STILL.search(_clause_of(other, parts)))


def _is_told(number: Quantity, shown: Passage, parts: tuple[Part, ...]) -> bool:
    """Whether a number is said of the present, in the clauses that speak of the promise: not 距原定240名."""
    start = number.span.start
    if not any(part.start <= start < part.start + len(part.words) for part in parts):
        return False
    first = shown.unit.span.end - len(shown.words)
    before, behind = shown.words[: start - first], shown.words[number.span.end - first :]
    if _is_base(number, shown, behind) or _OPEN.search(_clause_of(number, parts)):
        return False
    return not _QUOTED.search(before) and not _QUOTED_BEHIND.match(behind)


def _other_year(own: Quantity, other: Quantity, reports: Reports) -> bool:
    report = reports.between(own, other)
    return "other_year" in report.flags if report else other_year(own, other)


def _clause_of(number: Quantity, parts: tuple[Part, ...]) -> str:
    start = number.span.start
    return next((part.words for part in parts if part.start <= start < part.start + len(part.words)), "")


def _is_open(own: Quantity, shown: Passage, parts: tuple[Part, ...]) -> bool:
    """Whether the very number that was promised is still being worked on: 12个片区的改造还在施工."""
    return any(
        own.value == other.value and same_unit(own, other) and _OPEN.search(_clause_of(other, parts))
        for other in shown.numbers
    )


def _is_base(number: Quantity, shown: Passage, behind: str) -> bool:
    """Whether a number only says of how many another one speaks: 36所老旧食堂已完工34所, 63个社区中58个配备."""
    clause = number.span.end + len(re.split("(?<![中里内]),|[。;]", behind, maxsplit=1)[0])
    return any(
        other.value < number.value
        and same_unit(number, other)
        and _OF_THEM.search(behind[: other.span.start - number.span.end])
        for other in shown.numbers
        if number.span.end <= other.span.start < clause
    )


def _reported(own: Quantity, told: list[Quantity], shown: Passage, reports: Reports) -> Quantity | None:
    fitting = [other for other in told if reports.between(own, other) and _is_each(own) == _is_each(other)]
    risen = (other for other in fitting[1:] if _RISEN.search(_before(other, shown)) and same_unit(own, other))
    return next(risen, fitting[0] if fitting else None)


def _before(number: Quantity, shown: Passage) -> str:
    """The words of a passage in front of a number."""
    return shown.words[: number.span.start - (shown.unit.span.end - len(shown.words))]


def _counterpart(own: Quantity, alike: list[Quantity], promised: list[Quantity], reports: Reports) -> Quantity | None:
    """The number that speaks of a promised one: by its indicator, or as the only one in that unit on both sides."""
    fitting = [
        other
        for other in alike
        if same_unit(own, other)
        and other.part_of is None
        and _is_each(own) == _is_each(other)
        and not reports.elsewhere(own, other)
    ]
    if not fitting:
        return None
    best = max(fitting, key=lambda other: (round(_fit(own, other), 1), meets(own, other)))
    rivals = [rival for rival in promised if rival is not own and same_unit(rival, best)]
    only = len(fitting) == 1 and not rivals and own.value != _WHOLE
    ahead = _fit(own, best) > max((_fit(rival, best) for rival in rivals), default=0.0)
    return best if only or _fit(own, best) >= (NEARER if ahead else LIKE) else None


def _takers(own: Quantity, told: list[Quantity], shown: Passage) -> Quantity | None:
    """How many got what was promised, where each gets one: 600户 for 900把, of 助浴椅装进600户家中."""
    if own.role is not Role.TARGET or plain_unit(own.unit) in _AMOUNTS | {"人"} or own.value < _SEVERAL:
        return None
    first = shown.unit.span.end - len(shown.words)
    fitting = [
        other
        for other in told
        if plain_unit(other.unit) in _TAKERS
        and own.value <= 4 * other.value <= 8 * own.value
        and _HANDED.search(shown.words[: other.span.start - first])
    ]
    return fitting[0] if len(fitting) == 1 else None


def _fit(own: Quantity, other: Quantity) -> float:
    if own.value == other.value and not is_small(own.value):
        return likeness(own.indicator, other.indicator) + EQUAL
    near = bool(own.value) and Decimal("0.5") <= other.value / own.value <= Decimal("1.5")
    said = NEAR_SIZE if plain_unit(own.unit) in _COMMON else NEARER
    return likeness(own.indicator, other.indicator) + (said if near else 0.0)


def _is_each(number: Quantity) -> bool:
    """Whether a number is for each of many (每个社区2名), which no total can be held against."""
    return bool(_EACH.search(number.indicator or ""))


def other_year(own: Quantity, other: Quantity) -> bool:
    """Whether two numbers speak of different years, where both say of which."""
    mine, theirs = (_YEAR.search(number.indicator or "") for number in (own, other))
    return bool(mine and theirs and mine[0] != theirs[0])


def same_unit(own: Quantity, other: Quantity) -> bool:
    """Whether two numbers count in one unit: 人次 and 名 both count people."""
    return plain_unit(own.unit) == plain_unit(other.unit)


def _is_upper_bound(own: Quantity, promise: Promise) -> bool:
    """Whether less is better: 不超过, or 由25个压缩到10个."""
    if own.comparator is Comparator.AT_MOST:
        return True
    words = promise.passage.words
    first = promise.passage.unit.span.end - len(words)
    before, behind = words[: own.span.start - first], words[own.span.end - first :]
    return bool(_LOWER.search(re.split("[,:;]", before)[-1]) or _OR_LESS.match(behind))


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
def _named(indicator: str | None) -> frozenset[str]:
    return pairs_of(fold(indicator or ""))


def is_small(value: Decimal) -> bool:
    """Whether a number is so common that meeting it again says nothing: 1, 2, 100 %."""
    return value in (Decimal(1), Decimal(2), Decimal(100))


_RATIO = re.compile(r"(?<![\d:])(\d{1,2}):(\d{1,2})(?![\d:])")
_TENTHS = re.compile("([一二三四五六七八九])成[^。;]{1,16}?([一二三四五六七八九])成")
_DIGITS = {digit: value for value, digit in enumerate("一二三四五六七八九", 1)}


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
