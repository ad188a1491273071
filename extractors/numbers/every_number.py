"""Every numeral and every share of a text, whether it counts anything or not.

What an office counts is read by `quantities.find_measures`; this is the grammar below it, for texts of any kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from extractors import lexicon
from extractors.numbers.numerals import BIG, DIGITS, SMALL
from extractors.numbers.spelled import NUMERAL_CHARS, Spelled, scan

_START = re.compile(rf"[\d{''.join(sorted(NUMERAL_CHARS))}]|[-−负](?= *[\d{''.join(sorted(NUMERAL_CHARS))}])|\.(?=\d)")
_ADDRESS = re.compile(r"(?:https?|ftp)://[^\s,。;\u4e00-\u9fff]+|[A-Za-z_][A-Za-z0-9_]*\d[A-Za-z0-9_]*")
_POWER = re.compile(r"\^([-+]?\d+(?:\.\d+)?)")
_EXPONENT = re.compile(r"[eE]([-+]?\d+)(?![A-Za-z\d])")
_SLASH = re.compile(r"(?: (\d+))?/([1-9]\d*)(?![\d/])")
_PARTS_OF = re.compile(r" *分 *之 *")
_AND = re.compile(r" *又 *")
_DOZENS = "打"
_SCALES_ALONE = re.compile(r"(?<![\d一二两三四五六七八九])(?:[百千万亿佰仟] ?){1,4} *(?=分 *之)")
_PERCENT_SIGN = re.compile(r" *%(?![\dA-Fa-f]{2})")
_POINTS = re.compile(r" *个? *百 *分 *点")
_TENTHS = re.compile(
    r" *成(?![立功果本效员为长人熟套型品分绩片批体名交语就婚因份色都林荫群天风行事像活虫千百])"
    r" *(半|[一二两三四五六七八九](?![十百千万亿个成]))?"
)
_DISCOUNT = re.compile(r" *折(?![算旧射叠磨腾合返弯])")
_DIGITS_APART = re.compile(r"([1-9一二三四五六七八九]) ([1-9一二三四五六七八九])(?= *折)")
_WORD_SHARES = {"半折": Decimal(50), "对折": Decimal(50), "半成": Decimal(5), "百分百": Decimal(100)}
_WORDS = re.compile("|".join(_WORD_SHARES))
_HAN = re.compile(r"[\u4e00-\u9fff]")
_SAID = frozenset("是于为加减乘除得叫写念选数到至共")
_FINANCIAL = frozenset("壹贰叁肆伍陆柒捌玖拾佰仟")
_MONEY = frozenset("元圆角分整个万亿")
_BEHIND_ONE = frozenset("是的这那和与或、就")


@dataclass(frozen=True, slots=True)
class Number:
    """A number or a share (in percent) in [start, end) of a folded text."""

    start: int
    end: int
    value: Decimal
    vague: bool = False


def find_numbers(folded: str) -> list[Number]:
    """The numbers of a text in order: numerals, fractions, mixed numbers, powers, dozens; no numeral inside a word.

    >>> [(n.start, n.value) for n in find_numbers("这不是四川,是二百零一又二分之一")]
    [(7, Decimal('201.5'))]
    """
    return list(_numbers(folded))


def find_shares(folded: str) -> list[Number]:
    """The shares of a text in percent: 百分之三点二, 12.5%, 三个百分点, 七成六, 九折, 千分之一.

    >>> [str(n.value) for n in find_shares("七成六的摊位打八五折,上升百分之2.2")]
    ['76', '85', '2.2']
    """
    addresses = [found.span() for found in _ADDRESS.finditer(folded)]
    found: list[Number] = []
    position = 0
    while hit := _START.search(folded, position):
        start = hit.start()
        skip = next((end for begin, end in addresses if begin <= start < end), None)
        share = None if skip else _share(folded, start)
        position = share.end if share else skip or _behind(folded, start)
        if share:
            found.append(share)
    found += [Number(hit.start(), hit.end(), _WORD_SHARES[hit[0]]) for hit in _WORDS.finditer(folded)]
    return sorted(found, key=lambda share: share.start)


def _behind(folded: str, start: int) -> int:
    """Where to look on behind a number that is no share; a minus may yet stand before one."""
    number = None if folded[start] in "-−" else scan(folded, start)
    return number.end if number else start + 1


def _numbers(folded: str) -> Iterator[Number]:
    addresses = [found.span() for found in _ADDRESS.finditer(folded)]
    position = 0
    while hit := _START.search(folded, position):
        start = hit.start()
        skip = next((end for begin, end in addresses if begin <= start < end and begin < start), None)
        if skip is not None:
            position = skip
            continue
        behind_scales = _SCALES_ALONE.match(folded, start)
        if behind_scales and (share := _PARTS_OF.match(folded, behind_scales.end())):
            position = share.end()  # 百分之五: the share is read elsewhere, its number is 五
            continue
        number = read_number(folded, start)
        if number is None:
            position = start + 1
            continue
        position = number.end
        yield number


def read_number(folded: str, start: int) -> Number | None:
    """The number that starts here, as a fraction or power where it goes on as one; None where it stands in a word."""
    if _joins(folded, start):
        return None
    if folded[start] == "." and folded[start - 1 : start].isdigit():
        return None
    first = scan(folded, start)
    if first is None:
        return None
    whole = _mixed(folded, first) or _fraction(folded, first) or _arabic_forms(folded, first)
    if whole:
        return whole
    if folded[first.end : first.end + 1] == _DOZENS and folded[first.end + 1 : first.end + 2] not in tuple(
        "造算开击车"
    ):
        return Number(start, first.end + 1, first.value * 12)
    if not _stands_alone(folded, first):
        return None
    return Number(start, first.end, first.value, first.vague)


def _joins(folded: str, start: int) -> bool:
    """True where a minus stands between two things (5-20, 20 - 100, --9) and is no sign."""
    before = folded[max(0, start - 3) : start].rstrip()[-1:]
    return (
        folded[start] in "-−"
        and bool(before)
        and (before.isascii() or before in NUMERAL_CHARS)
        and before not in "(<>=≤≥,:"
    )


def _mixed(folded: str, whole: Spelled) -> Number | None:
    """三百五十又三分之一."""
    joint = _AND.match(folded, whole.end)
    under = scan(folded, joint.end()) if joint else None
    part = (_fraction(folded, under) or _arabic_forms(folded, under)) if under else None
    if part is None:
        return None
    negative = folded[whole.start] in "-−负"
    return Number(whole.start, part.end, whole.value - part.value if negative else whole.value + part.value)


def _fraction(folded: str, under: Spelled) -> Number | None:
    joint = _PARTS_OF.match(folded, under.end)
    over = scan(folded, joint.end()) if joint else None
    if over is None or not under.value:
        return None
    return Number(under.start, over.end, over.value / under.value)


def _arabic_forms(folded: str, first: Spelled) -> Number | None:
    """2^-1, 1.2e13, 3/5 and 1 4/3; a slashed date stays apart."""
    power = _POWER.match(folded, first.end)
    if power and abs(Decimal(power[1])) < 100:
        return Number(first.start, power.end(), first.value ** Decimal(power[1]))
    exponent = _EXPONENT.match(folded, first.end)
    if exponent and abs(int(exponent[1])) < 300:
        return Number(first.start, exponent.end(), first.value.scaleb(int(exponent[1])))
    slash = _SLASH.match(folded, first.end)
    if slash is None or first.value != int(first.value) or not folded[first.end - 1].isdigit():
        return None
    if folded[first.start - 1 : first.start] == "/":
        return None
    whole, over = (first.value, Decimal(slash[1])) if slash[1] else (Decimal(0), first.value)
    return Number(first.start, slash.end(), whole + over / Decimal(slash[2]))


def _stands_alone(folded: str, number: Spelled) -> bool:
    """False for the numerals of words: 四川, 十足, 大陆, 一看, 两两."""
    raw = folded[number.start : number.end]
    if folded[number.start - 1 : number.start] == "第":
        return False
    if len(raw) == 2 and raw[0] == raw[1] and raw[0] in DIGITS:
        return False
    if len(raw) > 1 and not set(raw) <= set("十百千万亿"):
        return True
    if raw.isascii():
        return True
    before, after = folded[number.start - 1 : number.start], folded[number.end : number.end + 1]
    if (before in DIGITS or before in SMALL) and before:
        return False
    if after == "%" and raw in DIGITS:
        return False
    if raw in _FINANCIAL and _HAN.match(after) and after not in _MONEY:
        return False
    if (
        raw == "一"
        and _HAN.match(after)
        and not (after in _units() or after in _BEHIND_ONE or (before in _SAID and before))
    ):
        return False
    return not _in_word(folded, number)


def _in_word(folded: str, number: Spelled) -> bool:
    """True inside a word of the dictionary, unless the rest of that word is a measure word (一块, 九台)."""
    from extractors.tokens import tokenizer  # only where a digit stands alone among words

    begin, end = max(0, number.start - 8), number.end + 8
    offset = begin
    for word in tokenizer().cut(folded[begin:end], HMM=False):
        if offset <= number.start < offset + len(word):
            rest = word.replace(folded[number.start : number.end], "", 1)
            return bool(rest) and rest not in _units() and not all(char in NUMERAL_CHARS for char in rest)
        offset += len(word)
    return False


@lru_cache(maxsize=1)
def _units() -> frozenset[str]:
    return frozenset(lexicon.words_of("units")) | frozenset("点号时双对的是")


def _share(folded: str, start: int) -> Number | None:
    negative = folded[start] in "-−负"
    scales = _SCALES_ALONE.match(folded, start + negative)
    if scales and (joint := _PARTS_OF.match(folded, scales.end())):
        share = _parts_of(folded, start, _scale(scales[0]), joint.end())
        return replace(share, value=-share.value) if share and negative else share
    if _joins(folded, start):
        return None
    number = scan(folded, start)
    if number is None:
        return None
    apart = _DIGITS_APART.match(folded, start)
    if apart and (discount := _DISCOUNT.match(folded, apart.end())):
        return Number(start, discount.end(), Decimal("".join(str(DIGITS.get(char, char)) for char in apart.groups())))
    if (sign := _PERCENT_SIGN.match(folded, number.end)) or (sign := _POINTS.match(folded, number.end)):
        return Number(start, sign.end(), number.value)
    return _tenths(folded, number)


def _tenths(folded: str, number: Spelled) -> Number | None:
    """三八折 is 38 %, 九折 90 %, 七成六 76 %."""
    discount = _DISCOUNT.match(folded, number.end)
    if discount and number.value < 100:
        two = number.value > 10 and number.digits_alone
        return Number(number.start, discount.end(), number.value if two else number.value * 10)
    tenths = _TENTHS.match(folded, number.end)
    if tenths is None or number.value > 10:
        return None
    extra = Decimal(0) if not tenths[1] else Decimal(5) if tenths[1] == "半" else Decimal(DIGITS[tenths[1]])
    end = tenths.end() if tenths[1] else len(folded[: tenths.end()].rstrip())
    return Number(number.start, end, number.value * 10 + extra)


def _parts_of(folded: str, start: int, scale: int, at: int) -> Number | None:
    number = scan(folded, at)
    if number is None:
        return None
    if number.digits_alone and folded[number.end : number.end + 1] in SMALL:  # 百分之二三十 names no number
        return None
    return Number(start, number.end, number.value * 100 / scale)


def _scale(text: str) -> int:
    value = 1
    for char in text.replace(" ", ""):
        value *= SMALL.get(char) or BIG[char]
    return value
