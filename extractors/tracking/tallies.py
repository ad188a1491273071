"""How many a passage tells of without a plain number: 这是第5家, or how often in a year, of what comes every season."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from extractors.headings import union
from extractors.numbers.numerals import parse_numeral
from extractors.tracking.periods import year_of_report, year_of_title
from extractors.tracking.prepared import Part, Passage, Promise
from extractors.tracking.reached import Reached
from extractors.tracking.wording import plain_unit
from models.documents import Identity
from models.quantities import Quantity, Role

_NUMERAL = "\\d+万?|[一二三四五六七八九十百两]+"
NTH = re.compile(rf"第({_NUMERAL})([个家座处条所台户间眼辆栋幢部口盏块对支套件]|[名位](?=[\u4e00-\u9fff]))")
_EVENTS = "次|场|期|轮|遍|回|趟|班次"
_EVERY = re.compile(
    rf"每(?:个)?(周|星期|旬|月|季度?|半年|年|学期)[^,。;]{{0,24}}?(?:不少于|至少|不低于)?({_NUMERAL})(?:{_EVENTS})(?![的一-鿿]{{0,4}}(?:会议)?纪要)"
)
_IN_A_YEAR = {
    "周": 52, "星期": 52, "旬": 36, "月": 12, "季": 4, "季度": 4, "半年": 2, "学期": 2, "年": 1,
}  # fmt: skip
_TOLD = re.compile(rf"(?<!第)(?<![\d一二三四五六七八九十百两])({_NUMERAL})(?:{_EVENTS})(?!性)")
_RATE_TOLD = re.compile(
    r"[每逐按](?:个?(?:周|星期|旬|月|季|半年|年|学期))|(?:[一两三四六]个?)(?:周|月|季度?|学期)[^,。;\d]{0,6}[一两]"
)
_HALF = re.compile("上半年|下半年|半年来|一个?学期")
_SO_FAR = re.compile("今年以来|年初以来|截至目前|到目前|至今")
_FULL = re.compile("全年|去年|一年来|一年里|今年|(?<!\\d)20\\d\\d年(?!以来|\\d)|年内")
_NEARLY = Decimal("0.9")  # of how often: 一年来开了11次, of one a month
_MANY = 10  # times: so many are counted, not told off by the month
_OPEN = (("relations", "ahead"), ("told", "still_open"), ("stages", "begun"))
_NEXT_YEARS_START = 2  # months: a paper of January that says 今年 still tells of the year that has just ended


@dataclass(frozen=True, slots=True)
class Tally:
    """What is told, as printed, and whether it reaches what was promised."""

    text: str
    whole: bool


def tallied(got: Reached, promise: Promise, shown: Passage, parts: tuple[Part, ...], identity: Identity) -> Reached:
    """How the numbers stand once such tallies are counted; `identity`: of the paper that tells them."""
    whole_year = (year_of_report(shown.unit.section) or year_of_title(identity)) is not None
    tally = rate_told(promise, shown, identity.date, whole_year)
    if tally is None and not got.met and not got.short:
        owns = (own for own in promise.passage.numbers if own.role is Role.TARGET and own.part_of is None)
        tally = next((nth for own in owns if (nth := nth_told(own, parts))), None)
    if tally is None:
        return got
    texts = (tally.text,)
    return replace(got, met=texts if tally.whole else (), short=() if tally.whole else texts, untold=False)


def nth_told(own: Quantity, parts: tuple[Part, ...]) -> Tally | None:
    """The highest of the same things that is told of by its place in a row: 第5家 of 5家; one that is still being
    made has one less before it.

    "城西书房开门,这是全县第6家" -> 6 of the promised 家.
    """
    unit = plain_unit(own.unit)
    found = [
        (parse_numeral(nth[1]), nth[0])
        for part in parts
        for nth in NTH.finditer(part.words)
        if plain_unit(nth[2]) == unit
    ]
    if not found or own.value < 2:
        return None
    count, text = max(found)
    is_open = any(union(*mark).search(each.words) for each in parts for mark in _OPEN)
    return Tally(text, count - (1 if is_open else 0) >= own.value)


def rate_told(promise: Promise, shown: Passage, day: date | None, whole_year: bool = False) -> Tally | None:
    """How often it took place, where it was to take place every so often: 全年4场 of 每季度一场.

    Only where the passage says in what time: 全年, 去年, 上半年, 今年以来; or its paper does (`whole_year`).
    """
    every = _EVERY.search(promise.passage.words)
    span = _months(shown.words, day) or (12 if whole_year else None)
    if every is None or span is None:
        return None
    told = None if _RATE_TOLD.search(shown.words) else _TOLD.search(shown.words)
    if told is None:
        return None
    rounds = max(1, _IN_A_YEAR[every[1]] * span // 12)  # a year that isn't over yet asks for what it asks in all
    each = parse_numeral(every[2])
    return Tally(told[0], parse_numeral(told[1]) >= rounds * each * (_NEARLY if each < _MANY else 1))


def _months(words: str, day: date | None) -> int | None:
    """How many months a passage tells of."""
    if _HALF.search(words):
        return 6
    if _SO_FAR.search(words):
        return _so_far(day)
    if full := _FULL.search(words):
        return _so_far(day) if full[0] == "今年" else 12
    return None


def _so_far(day: date | None) -> int | None:
    if day is None:
        return None
    return 12 if day.month <= _NEXT_YEARS_START else day.month - 1
