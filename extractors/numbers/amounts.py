"""Amounts of money in any currency, and measured amounts in any unit of length, mass, volume, speed, or
information.

What letters of an office count is read with its own units by `quantities.find_measures`; this reads texts of any
kind, and says which currency (ISO 4217) and which unit (by its symbol) is meant: 五元三毛 is 5.30 CNY, 两米半 is
2.5 m.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from extractors import lexicon
from extractors.numbers.spelled import NUMERAL_CHARS, Spelled, scan

_START = re.compile(
    rf"[\d半{''.join(sorted(NUMERAL_CHARS))}]|[-−负](?= *[\d{''.join(sorted(NUMERAL_CHARS))}])|\.(?=\d)"
)
_AND = re.compile(r"\s?[又再零和]?\s?")
_HALF = "半"
# What makes another word of a short unit: 五角大楼, 三分之一, 一块蛋糕, 元旦.
_OTHER_WORD = {
    "元": "旦宵素件器月年老首帅", "圆": "形圈桌规周", "块": "(?![钱半一二三四五六七八九,。;!?、 ]|$)", "角":
    "度落色楼大形钢膜", "毛": "衣巾利病笔孔绒",
    "分": "钟之米贝公支部别类数店行割子", "里": "程面边", "码": "头", "位": "于置", "克": "服隆拉", "度": "假",
    "升": "级旗学", "两": "个者种位次年天",
    "卡": "车片通点", "斗": "争", "桶": "装", "罐": "装头", "瓦": "片房", "伏": "天", "帕": "子", "焦": "点炭",
    "赫": "然", "斤": "两斤", "石": "头油材化",
    "丈": "夫", "尺": "寸子", "磅": "礴", "米": "饭粉面线", "千卡": "",
}  # fmt: skip
_SYMBOLS = {"US$": "USD", "HK$": "HKD", "NT$": "TWD", "C$": "CAD", "A$": "AUD", "S$": "SGD", "$": "USD?", "€":
"EUR", "£": "GBP",
            "￥": "CNY", "¥": "CNY", "₩": "KRW", "₹": "INR", "₽": "RUB", "฿": "THB", "₫": "VND", "₪": "ILS", "₺":
            "TRY"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Amount:
    """A value with its currency or unit in [start, end); `value` is None where a currency is only named.

    `unit`: the code of ISO 4217, with a question mark where several countries share the name (卢比), with /10 or
    /100 where it
    is a part of it (5分钱); or the symbol of a unit of measurement.
    """

    start: int
    end: int
    value: Decimal | None
    unit: str


def find_money(folded: str) -> list[Amount]:
    """The amounts of money of a text, in order, and currencies that are named without an amount.

    >>> [(m.value, m.unit) for m in find_money("两美元又三美分,人民币50元")]
    [(Decimal('2.03'), 'USD'), (Decimal('50'), 'CNY')]
    """
    found = list(_amounts(folded, "currencies"))
    found = [_with_name_before(folded, amount) for amount in _with_parts(folded, found)]
    found = _besides(found, _before_numbers(folded))
    return _besides(found, _names(folded))


def find_dimensions(folded: str) -> list[Amount]:
    """The measured amounts of a text, in order.

    >>> [(str(d.value), d.unit) for d in find_dimensions("缴获一吨半,五十兆字节,12千米")]
    [('1.5', 't'), ('50', 'MB'), ('12', 'km')]
    """
    return list(_amounts(folded, "dimensions"))


def _besides(found: list[Amount], others: Iterator[Amount]) -> list[Amount]:
    """What was found, and of the others those that lie beside it, in order."""
    starts = [amount.start for amount in found]
    free = []
    for other in others:
        index = bisect_left(starts, other.end) - 1
        if index < 0 or found[index].end <= other.start:
            free.append(other)
    return sorted([*found, *free], key=lambda amount: amount.start)


@lru_cache(maxsize=2)
def _units(name: str) -> dict[str, str]:
    return {word: entry.meaning for entry in lexicon.load(name) for word in entry.words}


@lru_cache(maxsize=2)
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(lexicon.alternation(list(_units(name))), re.IGNORECASE)


def _amounts(folded: str, name: str) -> Iterator[Amount]:
    position = 0
    while hit := _START.search(folded, position):
        start = hit.start()
        amount = _amount(folded, start, name)
        number = None if amount or folded[start] == _HALF else scan(folded, start)
        position = amount.end if amount else number.end if number and folded[start] not in "-−负" else start + 1
        if amount:
            yield amount


def _amount(folded: str, start: int, name: str) -> Amount | None:
    before = folded[start - 1 : start]
    if before and before.isascii() and before.isalnum():
        return None
    if folded[start] == _HALF:
        unit = _unit_at(folded, start + 1, name)
        return Amount(start, unit[1], Decimal("0.5"), unit[0]) if unit else None
    number = scan(folded, start)
    if number is None:
        return None
    shorter = _without_scale(folded, number, name)
    number = shorter or number
    unit = _unit_at(folded, number.end, name)
    if unit is None:
        return None
    value, end = number.value, unit[1]
    if folded[end : end + 1] == _HALF:
        value, end = value + Decimal("0.5"), end + 1
    elif name == "currencies" and folded[end - 1] in "块元" and (tenth := _tenth(folded, end)):
        value, end = value + tenth, end + 1
    return Amount(start, end, value, unit[0])


def _tenth(folded: str, end: int) -> Decimal | None:
    """三块五 is 3.50."""
    digit = scan(folded, end) if folded[end : end + 1] in tuple("一二三四五六七八九") else None
    if digit is None or digit.end != end + 1 or _unit_at(folded, digit.end, "currencies"):
        return None
    return digit.value / 10


def _without_scale(folded: str, number: Spelled, name: str) -> Spelled | None:
    """12千米, 五十兆字节, 三两: what closes the numeral opens the unit."""
    last = number.end - 1
    if folded[last] not in "千兆两" or last <= number.start:
        return None
    unit = _unit_at(folded, last, name)
    if unit is None or unit[1] <= number.end - (folded[last] == "两"):
        return None
    shorter = scan(folded[:last], number.start)
    return shorter if shorter and not folded[shorter.end : last].strip() else None


def _unit_at(folded: str, at: int, name: str) -> tuple[str, int] | None:
    """Code or symbol of the unit here (one space or more may stand before it), and where it ends."""
    begin = at
    while folded[begin : begin + 1] == " ":
        begin += 1
    found = _pattern(name).match(folded, begin)
    if found is None:
        return None
    word, after = found[0], folded[found.end() : found.end() + 1]
    if word.isascii() and after.isascii() and after.isalnum():
        return None
    other = _OTHER_WORD.get(word, "")
    if other.startswith("(") and re.match(other[3:].join(("(?!", "")), folded[found.end() :]):
        return None
    if not other.startswith("(") and after and after in other:
        return None
    units = _units(name)
    return units.get(word) or units[next(known for known in units if known.lower() == word.lower())], found.end()


def _with_parts(folded: str, found: list[Amount]) -> list[Amount]:
    """五元三毛 and 两美元又三美分 are one amount each."""
    whole: list[Amount] = []
    smallest = 1
    for amount in found:
        last = whole[-1] if whole else None
        code, _, share = amount.unit.partition("/")
        joined = last is not None and _follows(folded, last, amount) and bool(share) and int(share or 1) > smallest
        if last is None or not joined or code not in (last.unit.partition("/")[0].rstrip("?"), "?"):
            whole.append(amount)
            smallest = int(share or 1)
            continue
        own = int(last.unit.partition("/")[2] or 1)
        value = (last.value or Decimal(0)) + (amount.value or Decimal(0)) * own / int(share)
        whole[-1], smallest = replace(last, end=amount.end, value=value), int(share)
    return whole


def _follows(folded: str, last: Amount, amount: Amount) -> bool:
    return bool(_AND.fullmatch(folded, last.end, amount.start))


def _with_name_before(folded: str, amount: Amount) -> Amount:
    """人民币50元 names its currency before the number."""
    if amount.unit != "CNY":
        return amount
    before = folded[max(0, amount.start - 12) : amount.start].rstrip(" ")
    for word, code in _units("currencies").items():
        if (
            len(word) > 1
            and "/" not in code
            and before.endswith(word)
            and code == "CNY"
            and len(_gap(folded, amount)) < 4
        ):
            return Amount(amount.start - len(_gap(folded, amount)) - len(word), amount.end, amount.value, code)
    return amount


def _gap(folded: str, amount: Amount) -> str:
    """The spaces in front of an amount."""
    before = folded[max(0, amount.start - 12) : amount.start]
    return before[len(before.rstrip(" ")) :]


@lru_cache(maxsize=1)
def _sign_pattern() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(sign) for sign in sorted(_SYMBOLS, key=len, reverse=True)))


def _before_numbers(folded: str) -> Iterator[Amount]:
    """$75, HK$ 20, ￥1.5万."""
    for sign in _sign_pattern().finditer(folded):
        at = sign.end()
        while folded[at : at + 1] == " ":
            at += 1
        number = scan(folded, at) if at < len(folded) else None
        if number:
            yield Amount(sign.start(), number.end, number.value, _SYMBOLS[sign[0]])


def _names(folded: str) -> Iterator[Amount]:
    """A currency that is only named: 人民币, 美元."""
    for found in _pattern("currencies").finditer(folded):
        code = _units("currencies").get(found[0])
        if code and "/" not in code and len(found[0]) > 1 and found[0] not in ("元钱", "块钱"):
            yield Amount(found.start(), found.end(), None, code)
