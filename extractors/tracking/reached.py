"""How the numbers of a later passage stand against the promised ones: which are met, short, missing or untold."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.headings import union
from extractors.tracking.held_to import AMOUNTS, FROM_LEVEL, WHOLE, is_old_level, promised_numbers
from extractors.tracking.in_words import fewer_in_words, in_words
from extractors.tracking.numbers import (
    LIKE,
    NEARER,
    Reports,
    counterpart,
    is_each,
    is_small,
    is_upper_bound,
    likeness,
    meets,
    other_year,
    reported,
    same_unit,
    takers,
)
from extractors.tracking.prepared import Part, Passage, Promise
from extractors.tracking.units import same_unit as same_measure
from extractors.tracking.wording import plain_unit
from models.quantities import Basis, Quantity, Role

_SHARES = frozenset({"%", "个百分点"})
_APART = re.compile("[,;、]")
_PART_FLAGS = frozenset({"scope_differs", "yearly_against_cumulative", "one_of_several_years"})
_OF_THEM = re.compile("中(?!的[一1][位名个家])|已|完成|完工|其中|有|了")
_AMONG = re.compile("[^,。;\\d]{0,14}(?:中|之中|当中),")
_RATE = re.compile("每|人均|户均")
_WIDER = re.compile("全[省市县区州旗]|各地")
_IN_ALL = re.compile("(?:总[数量]|累计|达到?|增[至到]|共有?)")


@dataclass(frozen=True, slots=True)
class Reached:
    """The shown numbers, as printed, that meet a promised one or fall short.

    `part_missing`: most promised numbers have no counterpart, or one that is due later hasn't; `untold`: none has,
    though something in such a unit is counted; `other_year`: the best counterpart speaks of another year; `several`:
    more than one was promised; `of_them`: some of a number beside it, 27个 of 32个乡镇中27个建成; `summed`: one
    number tells of all of them.
    """

    met: tuple[str, ...]
    short: tuple[str, ...]
    part_missing: bool
    untold: bool
    other_year: bool
    several: bool
    of_them: tuple[str, ...] = ()
    summed: bool = False


def reached(promise: Promise, shown: Passage, parts: tuple[Part, ...], reports: Reports) -> Reached:
    """How the numbers of a passage's clauses stand against the promised ones; parts of a total don't count."""
    promised = promised_numbers(promise)
    known = {(own.value, plain_unit(own.unit)) for own in promise.passage.numbers if own not in promised}
    told = [
        number
        for number in shown.numbers
        if _is_told(number, shown, parts)
        and not _only_begun(number, shown, promise)
        and not _only_allotted(number, shown, promise)
        and (number.value, plain_unit(number.unit)) not in known
    ]
    met: list[str] = []
    short: list[str] = []
    missing: list[Quantity] = []
    found: list[Quantity] = []
    pairs: list[tuple[Quantity, Quantity]] = []
    due_later: list[Quantity] = []
    apart = False
    for own in promised:
        fit = [other for other in told if not _is_stock_for_more(own, other, promise, parts)]
        best = reported(own, fit, shown, reports) or counterpart(own, fit, promised, reports)
        best = best or takers(own, fit, shown) or _same_rate(own, fit)
        if best is not None and _other_year(own, best, reports) and not _reached_late(own, best, promise):
            apart = True
        elif best is not None:
            found.append(own)
            pairs.append((own, best))
            whole = meets(own, best, is_upper_bound(own, promise)) or _meets_so_far(own, best, shown, promise)
            whole = whole and _is_whole(own, best, shown, reports)
            whole = whole and not _risen_by_less(own, best, shown, promise)
            if whole or not _has_cost_less(own, best, shown):
                (met if whole else short).append(best.span.text)
        elif fewer := _is_open(own, shown, parts) or fewer_in_words(own, promise, parts):
            short.append(fewer)
        elif (text := _same_time(own, told)) or (text := in_words(own, parts, shown.numbers)):
            found.append(own)
            met.append(text)
        elif len(fit) < len(told) or not _by_the_way(own):
            missing.append(own)
        elif own.role is Role.TARGET and own.deadline and not is_small(own.value):
            due_later.append(own)
    missing = [own for own in missing if not _is_tried_first(own, promise, found)]
    for own, other in [(own, all_of) for own in missing if (all_of := _all_of_them(own, told))]:
        missing.remove(own)
        found.append(own)
        met.append(other.span.text)
    summed = _sum_of(promised, told)
    if summed is not None:
        met, short, found, missing = [summed.span.text], [], list(promised), []
    short += [other.span.text for own in missing for other in told if _tells_its_part(own, other, promise, reports)]
    counted = [own for own, other in pairs if other.span.text in met and plain_unit(own.unit) != "%"]
    told_whole = {other.span.text for own, other in pairs if _is_whole_of(own, counted, promise)}
    short = [text for text in short if text not in told_whole]
    if any(_is_total(own, promise) and other.span.text in met for own, other in pairs):
        short = [text for text in short if all(other.span.text != text for own, other in pairs)]
    short += [other.span.text for other in shown.numbers if not met and _still_old(other, promise, parts)]
    untold = not found and any(_akin(own, other) for own in missing for other in told)
    several = any(own.value > 1 and plain_unit(own.unit) not in _SHARES for own in promised)
    some = tuple(
        other.span.text for other in told if _is_some(other, shown) or _is_fewer_of(other, told, promise, parts)
    )
    part = _is_part(found, missing, due_later) or (bool(missing) and not found and _tells_a_part(promise, shown, parts))
    return Reached(tuple(met), tuple(short), part, untold, apart and not found, several, some, summed is not None)


def _meets_so_far(own: Quantity, best: Quantity, shown: Passage, promise: Promise) -> bool:
    """Whether so many came in half a year of what is to come every year: 半年来抽检743批次, of 年抽检1200批次."""
    first = promise.passage.unit.span.end - len(promise.passage.words)
    before = promise.passage.words[: own.span.start - first].rsplit(",", 1)[-1]
    half = _HALF_YEAR.search(shown.words[: best.span.start - (shown.unit.span.end - len(shown.words))])
    yearly = _YEARLY.search(before) and plain_unit(own.unit) not in _SHARES
    return bool(yearly and half) and 2 * best.value >= own.value


_YEARLY = re.compile("每年|^(?:[^,]{0,6})年(?=[^,年度底内]{2,8}$)|年均")
_HALF_YEAR = re.compile("上半年|下半年|半年来|半年(?:内|间|里)")


def _has_cost_less(own: Quantity, best: Quantity, shown: Passage) -> bool:
    """Whether a thing has cost less than was to be spent on it: 实际花费1746万元 of 投资1800万元."""
    before = shown.words[: best.span.start - (shown.unit.span.end - len(shown.words))].rsplit(",", 1)[-1]
    budget = own.unit == "元" and union("told", "attribute").search(own.indicator or "")
    return bool(budget and union("told", "spent").search(before))


def _same_time(own: Quantity, told: list[Quantity]) -> str | None:
    """The very time in another unit: 两年 for 24个月."""
    alike = ((other, same_measure(own.unit, other.unit)) for other in told)
    same = (
        other for other, unit in alike if unit and unit.told == "converted" and other.value * unit.factor == own.value
    )
    return next((other.span.text for other in same), None)


def _all_of_them(own: Quantity, told: list[Quantity]) -> Quantity | None:
    """The word by which all of the promised things are told of: 旱厕全部改造 for 改造旱厕35座."""
    if plain_unit(own.unit) in AMOUNTS or own.role is not Role.TARGET:
        return None
    whole = (other for other in told if other.value == WHOLE and other.unit == "%" and not other.span.text[0].isdigit())
    alike = (other for other in whole if likeness(own.indicator, other.indicator) >= LIKE)
    return next((other for other in alike if not union("stages", "stage").search(other.indicator or "")), None)


def _sum_of(promised: list[Quantity], told: list[Quantity]) -> Quantity | None:
    """The one number told, where it is the sum of all promised ones: 12所 of 新建5所、改扩建7所."""
    if len(promised) < 2 or any(own.value == WHOLE or not same_unit(own, promised[0]) for own in promised):
        return None
    alike = [other for other in told if same_unit(other, promised[0])]
    return alike[0] if len(alike) == 1 and alike[0].value == sum(own.value for own in promised) else None


def _is_stock_for_more(own: Quantity, other: Quantity, promise: Promise, parts: tuple[Part, ...]) -> bool:
    """Whether a number tells all there are, where some more were promised: 目前297家 for 再接入100家."""
    first = promise.passage.unit.span.end - len(promise.passage.words)
    before = promise.passage.words[: own.span.start - first].rsplit(",", 1)[-1]
    if other.value == own.value or other.basis is Basis.INCREASE or not union("told", "some_more").search(before):
        return False
    clause = _clause_of(other, parts)
    return bool(union("told", "in_stock").search(clause)) and not union("told", "some_more").search(clause)


def _is_tried_first(own: Quantity, promise: Promise, found: list[Quantity]) -> bool:
    """Whether a number is of a trial, where what it was tried for is told: 在3个市州试点,次年在9个市州推开."""
    first = promise.passage.unit.span.end - len(promise.passage.words)
    behind = promise.passage.words[own.span.end - first :].split(",")[0]
    larger = any(same_unit(each, own) and each.value > own.value for each in found)
    return larger and re.search("试点|试行|先行", behind) is not None


def _tells_its_part(own: Quantity, other: Quantity, promise: Promise, reports: Reports) -> bool:
    """Whether a number tells of a part of a promised one, and doesn't reach it: 1.9万个 of 3.6万个,其中今年1.8万个."""
    parts = (each for each in promise.passage.numbers if each.part_of is not None and same_unit(each, own))
    return same_unit(own, other) and other.value < own.value and any(reports.between(each, other) for each in parts)


def _is_total(own: Quantity, promise: Promise) -> bool:
    """Whether a number is what there is to be in all, beside how many are to come: 新购6辆,总数达到18辆."""
    others = (each for each in promise.passage.numbers if each is not own and each.part_of is None)
    if own.basis is Basis.INCREASE or not any(same_unit(each, own) and each.value < own.value for each in others):
        return False
    before = promise.passage.words[: own.span.start - (promise.passage.unit.span.end - len(promise.passage.words))]
    return bool(_IN_ALL.search(before.rsplit(",", 1)[-1]))


def _is_whole_of(own: Quantity, counted: list[Quantity], promise: Promise) -> bool:
    """Whether a share is the 全部 of things whose number is reached: 16个派出所全部开通."""
    if own.value != WHOLE or own.unit != "%" or own.span.text[0].isdigit():
        return False
    words, first = promise.passage.words, promise.passage.unit.span.end - len(promise.passage.words)
    before = (each.span.end - first for each in counted if each.span.end <= own.span.start)
    between = (words[end : own.span.start - first] for end in before)
    return any(not _APART.search(each) for each in between)


def _is_fewer_of(other: Quantity, told: list[Quantity], promise: Promise, parts: tuple[Part, ...]) -> bool:
    """Whether fewer of a number told have what was promised of all: 3处修缮完成,其中1处对外开放; not where the whole is
    only divided up: 1.62万亩,其中中川镇0.9万亩."""
    if other.part_of is None or any(own.part_of is not None for own in promise.passage.numbers):
        return False
    in_turn = union("told", "recurring").search(promise.passage.words)
    if not in_turn and not union("stages", "act").search(_clause_of(other, parts)) and _is_divided(other, told):
        return False
    whole = any(number.value > other.value and same_unit(number, other) and number.part_of is None for number in told)
    clause = next((part for part in parts if part.start <= other.span.start < part.start + len(part.words)), None)
    return whole and clause is not None and bool(clause.pairs & promise.passage.pairs)


def _is_divided(other: Quantity, told: list[Quantity]) -> bool:
    """Whether the parts told beside a number make up the whole."""
    parts = [each for each in told if each.part_of == other.part_of and same_unit(each, other)]
    whole = sum(each.value for each in parts)
    return any(each.part_of is None and same_unit(each, other) and each.value <= whole for each in told)


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
    if own.role is not Role.TARGET or own.basis is Basis.SHARE or is_each(own) or is_small(own.value):
        return True
    return bool(union("told", "attribute").search(own.indicator or ""))


def _is_part(found: list[Quantity], missing: list[Quantity], due_later: list[Quantity]) -> bool:
    """Whether what was reported on is the smaller part of a promise, or the one that was due first."""
    last = max((own.deadline for own in found if own.deadline), default=None)
    later = any(own.deadline and last and own.deadline > last for own in (*missing, *due_later))
    return bool(found) and (later or len(missing) >= len(found))


def _same_rate(own: Quantity, told: list[Quantity]) -> Quantity | None:
    """The one rate told, where so much a month or a head was promised: 每人每月1100元 for 每月1200元."""
    if own.unit != "元" or not _RATE.search(own.indicator or ""):
        return None
    rates = [other for other in told if other.unit == "元" and _RATE.search(other.indicator or "")]
    near = len(rates) == 1 and own.value <= 3 * rates[0].value <= 9 * own.value
    return rates[0] if near and likeness(own.indicator, rates[0].indicator) >= NEARER else None


def _still_old(other: Quantity, promise: Promise, parts: tuple[Part, ...]) -> bool:
    """Whether a number is the level that was to be left: 仍按每月400元发放."""
    old = (number for number in promise.passage.numbers if is_old_level(number, promise))
    alike = any(number.value == other.value and same_unit(number, other) for number in old)
    return alike and bool(union("told", "still_old").search(_clause_of(other, parts)))


def _is_told(number: Quantity, shown: Passage, parts: tuple[Part, ...]) -> bool:
    """Whether a number is said of the present, in the clauses that speak of the promise: not 距原定240名."""
    start = number.span.start
    if not any(part.start <= start < part.start + len(part.words) for part in parts):
        return False
    first = shown.unit.span.end - len(shown.words)
    before, behind = shown.words[: start - first], shown.words[number.span.end - first :]
    if number.value == 1 and before.endswith("中的"):
        return False
    if _is_base(number, shown, behind) or union("told", "still_open").search(_clause_of(number, parts)):
        return False
    return not union("told", "quoted").search(before) and not union("told", "quoted_behind").match(behind)


def _only_begun(number: Quantity, shown: Passage, promise: Promise) -> bool:
    """Whether a number says how many were begun or signed for, where more was promised: 开工6万亩,完工4.4万亩."""
    before = shown.words[: number.span.start - (shown.unit.span.end - len(shown.words))]
    begun = union("stages", "begun_with").search(before)
    return begun is not None and begun[1] not in promise.passage.words


def _only_allotted(number: Quantity, shown: Passage, promise: Promise) -> bool:
    """Whether a number says how many may be taken on, where people were promised: 下达名额150名,已选聘76名."""
    before = shown.words[: number.span.start - (shown.unit.span.end - len(shown.words))]
    allotted = union("progress", "allotted").search(before)
    return allotted is not None and not any(allotted[0] in part.words for part in promise.passage.parts)


def _risen_by_less(own: Quantity, best: Quantity, shown: Passage, promise: Promise) -> bool:
    """Whether so many more were promised, and the level told has risen by fewer: 由7家增至11家 for 新增5家."""
    first = promise.passage.unit.span.end - len(promise.passage.words)
    before = promise.passage.words[: own.span.start - first].rsplit(",", 1)[-1]
    if own.basis is not Basis.INCREASE and not union("told", "some_more").search(before):
        return False
    old = [each for each in shown.numbers if each.span.end <= best.span.start and same_unit(each, best)]
    words, start = shown.words, shown.unit.span.end - len(shown.words)
    return bool(
        old
        and FROM_LEVEL.search(words[: old[-1].span.start - start])
        and union("told", "risen_to").search(words[: best.span.start - start])
        and best.value - old[-1].value < own.value
    )


def _other_year(own: Quantity, other: Quantity, reports: Reports) -> bool:
    report = reports.between(own, other)
    return "other_year" in report.flags if report else other_year(own, other)


def _reached_late(own: Quantity, other: Quantity, promise: Promise) -> bool:
    """Whether a level was reached in a later year: 2024年在9个市州推开 -> 2025年在9个市州落地; what is done by the
    year (新增300个) is another year's."""
    if own.basis is not Basis.LEVEL or other.value < own.value or is_small(own.value):
        return False
    before = promise.passage.words[: own.span.start - (promise.passage.unit.span.end - len(promise.passage.words))]
    return union("told", "spread_to").search(before.rsplit(",", 1)[-1]) is not None


def _clause_of(number: Quantity, parts: tuple[Part, ...]) -> str:
    start = number.span.start
    return next((part.words for part in parts if part.start <= start < part.start + len(part.words)), "")


def _is_open(own: Quantity, shown: Passage, parts: tuple[Part, ...]) -> str | None:
    """The very number that was promised, where it is still being worked on: 12个片区的改造还在施工."""
    still = any(
        own.value == other.value
        and same_unit(own, other)
        and union("told", "still_open").search(_clause_of(other, parts))
        for other in shown.numbers
    )
    return own.span.text if still else None


def _is_base(number: Quantity, shown: Passage, behind: str) -> bool:
    """Whether a number only says of how many another one speaks: 36所老旧食堂已完工34所, 63个社区中58个配备."""
    if _AMONG.match(behind):
        return True
    clause = number.span.end + len(re.split("(?<![中里内]),|[。;]", behind, maxsplit=1)[0])
    return any(
        other.value < number.value and same_unit(number, other) and _is_of(number, other, shown, clause)
        for other in shown.numbers
        if number.span.end <= other.span.start
    )


def _is_of(number: Quantity, other: Quantity, shown: Passage, clause: int) -> bool:
    """Whether what stands between two numbers makes the second one some of the first; `clause`: where its clause ends.

    Where only a verb says so, the first must have none of its own.
    """
    first = shown.unit.span.end - len(shown.words)
    between = shown.words[number.span.end - first : other.span.start - first]
    if other.span.start < clause and _OF_THEM.search(between):
        return True
    before = re.split("[,;。:|]", shown.words[: number.span.start - first])[-1]
    return bool(union("stages", "then_done").match(between)) and not union("stages", "act").search(before)
