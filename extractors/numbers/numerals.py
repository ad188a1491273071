"""Chinese, Arabic and mixed numerals: reading them as Decimal, and writing them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

DIGITS = {
    **dict.fromkeys("零〇○", 0), **dict.fromkeys("一壹幺弌", 1), **dict.fromkeys("二两贰貳兩俩倆弍", 2),
    **dict.fromkeys("三叁參叄仨", 3), **dict.fromkeys("四肆", 4),
    **dict.fromkeys("五伍", 5), **dict.fromkeys("六陆陸", 6),
    **dict.fromkeys("七柒", 7), **dict.fromkeys("八捌", 8), **dict.fromkeys("九玖", 9),
}  # fmt: skip
SMALL = {**dict.fromkeys("十拾", 10), **dict.fromkeys("百佰", 100), **dict.fromkeys("千仟", 1000)}
BIG = {**dict.fromkeys("万萬", 10**4), **dict.fromkeys("亿億", 10**8), "兆": 10**12}
TENS = {"廿": 20, "卅": 30}

# Pieces that the grammar of measures builds on. Prose numerals leave out what office prose uses as plain words
# (幺 俩 兆 and the like): `read_numeral` still knows them once a numeral stands alone.
ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
CHINESE_DIGIT = "零〇○一二两三四五六七八九壹贰叁肆伍陆柒捌玖"
CHINESE_SCALE = "十百千拾佰仟"
CHINESE = (
    rf"[{CHINESE_DIGIT}{CHINESE_SCALE}廿卅万亿][{CHINESE_DIGIT}{CHINESE_SCALE}廿卅万亿]*"
    rf"(?:[余多几][万亿]+)?(?:点[{CHINESE_DIGIT}]+[百千万亿]*)?"
)
# 25405万, 1.5亿, 9600多万, 3千多万, 2万5千, 3万4000, 5百; but 3千米 and 20千瓦 keep their 千 for the unit.
MIXED = (
    rf"{ARABIC}(?: ?(?:[百千][余多几]万|"
    r"[余多来几]?(?:[十百千]?万亿|[十百千]?万(?!亿)|亿|[百千](?![米克瓦卡伏帕赫乏字比])))"
    r"(?:\d{1,4}(?:\.\d+)?[千百](?![米克瓦])(?:\d{1,2}百)?|(?<=万)\d{4}(?!\d))?)?"
)
_TOKEN = re.compile(r"\d+(?:\.\d+)?|.", re.DOTALL)
_PAIR = re.compile(r"([一二两三四五六七八])([二三四五六七八九])(?=[十百千万亿]|$)")
_VAGUE = re.compile(r"[余多来几]")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A numeral's value; `upper` where it names two neighbours (两三百); `vague` where 余/多/几 stands in it."""

    value: Decimal
    upper: Decimal | None = None
    vague: bool = False


@lru_cache(maxsize=4096)  # letters repeat small numbers
def read_numeral(text: str) -> Numeral | None:
    """What a numeral says, or None where the characters are no numeral.

    >>> read_numeral("2万5千").value
    Decimal('25000')
    >>> read_numeral("两三百")
    Numeral(value=Decimal('200'), upper=Decimal('300'), vague=False)
    >>> read_numeral("9600多万")
    Numeral(value=Decimal('96000000'), upper=None, vague=True)
    """
    plain = text.replace(" ", "").replace(",", "")
    bare = _VAGUE.sub("", plain)
    pair = _PAIR.search(bare)
    if pair and _neighbours(pair, bare):
        lower, upper = bare[: pair.start(2)] + bare[pair.end(2) :], bare[: pair.start(1)] + bare[pair.start(2) :]
        return Numeral(parse_numeral(lower), parse_numeral(upper))
    try:
        return Numeral(parse_numeral(bare), vague=bare != plain)
    except ValueError:
        return None


def parse_numeral(text: str) -> Decimal:
    """The value of one exact numeral: Arabic, Chinese, financial (大写) or mixed, with a decimal point or a sign.

    >>> parse_numeral("三十二万"), parse_numeral("1,200"), parse_numeral("一千零五"), parse_numeral("十二点五")
    (Decimal('320000'), Decimal('1200'), Decimal('1005'), Decimal('12.5'))

    Raises ValueError where the characters are no numeral.
    """
    plain = text.replace(",", "").replace(" ", "")
    if plain[:1] in ("负", "負", "-"):
        return -parse_numeral(plain[1:])
    if plain.isascii():
        return _arabic(plain)
    head, dot, tail = plain.partition("点") if "点" in plain else plain.partition("點")
    return _with_fraction(head, tail) if dot else _sum(head)


def _arabic(text: str) -> Decimal:
    if not re.fullmatch(r"\d*\.?\d+", text):
        raise ValueError(f"not a numeral: {text!r}")
    return Decimal(text)


def _with_fraction(head: str, tail: str) -> Decimal:
    """三点五万: the scale behind the fraction multiplies the whole."""
    digits = re.match(rf"[{''.join(DIGITS)}\d]+", tail)
    if not digits:
        raise ValueError(f"no digits after the point: {head}点{tail}")
    fraction = "".join(str(DIGITS.get(char, char)) for char in digits[0])
    value = _sum(head) + Decimal(f"0.{fraction}")
    for scale in tail[digits.end() :]:
        if scale not in SMALL and scale not in BIG:
            raise ValueError(f"no scale: {scale!r}")
        value *= SMALL.get(scale) or BIG[scale]
    return value


def _sum(text: str) -> Decimal:
    """The value of an integer numeral; 一百五 is 150, 一万三 is 13000, 二〇二五 is 2025."""
    total, section, number, last, pending = Decimal(0), Decimal(0), Decimal(0), 1, 0
    for token in _TOKEN.findall(text):
        if token[0].isdigit() and token[0].isascii():
            number, pending = Decimal(token), 1 if len(token) == 1 else 2
        elif token in DIGITS:
            number, pending = (number * 10 + DIGITS[token] if pending else Decimal(DIGITS[token])), pending + 1
            last = 1 if DIGITS[token] == 0 else last
        elif token in TENS:
            section, last = section + TENS[token], 10
        elif token in SMALL:
            section, number, last, pending = section + (number or 1) * SMALL[token], Decimal(0), SMALL[token], 0
        elif token in BIG:
            total, last = _scaled(total, section + number, BIG[token]), BIG[token]
            section, number, pending = Decimal(0), Decimal(0), 0
        else:
            raise ValueError(f"not a numeral: {text!r}")
    if pending == 1 and last >= 100:
        number *= last // 10
    if not text:
        raise ValueError("an empty numeral")
    return total + section + number


def _scaled(total: Decimal, part: Decimal, scale: int) -> Decimal:
    """二十一万亿: a second, larger scale multiplies what came before; 五亿零六万 only adds."""
    if total and (not part or scale > total):
        return (total + part) * scale
    return total + (part or 1) * scale


def _neighbours(pair: re.Match[str], text: str) -> bool:
    """三四十 names two neighbours; 二三四 and 二〇二三 are digits in a row."""
    before, after = text[: pair.start()][-1:], text[pair.end() :][:1]
    if (before in DIGITS and before != "") or after in DIGITS:
        return False
    return DIGITS[pair[2]] == DIGITS[pair[1]] + 1


_PLAIN = ("零一二三四五六七八九", "十百千", "万亿")
_FINANCIAL = ("零壹贰叁肆伍陆柒捌玖", "拾佰仟", "万亿")


def render_numeral(value: int, *, financial: bool = False) -> str:
    """A whole number from 0 to below 10^16 in Chinese, as a letter would print it.

    >>> render_numeral(1200), render_numeral(15), render_numeral(320000), render_numeral(1005)
    ('一千二百', '十五', '三十二万', '一千零五')
    >>> render_numeral(1200, financial=True)
    '壹仟贰佰'
    """
    digits, _, _ = alphabet = _FINANCIAL if financial else _PLAIN
    if value == 0:
        return digits[0]
    text = _render_above(value, 10**8, alphabet)
    return text[1:] if text.startswith("一十") else text


def _render_above(value: int, scale: int, alphabet: tuple[str, str, str]) -> str:
    if scale < 10**4:
        return _render_section(value, alphabet)
    high, low = divmod(value, scale)
    name = alphabet[2][1] if scale == 10**8 else alphabet[2][0]
    rest = _render_above(low, scale // 10**4, alphabet) if low else ""
    if not high:
        return rest
    gap = alphabet[0][0] if low and low < scale // 10 else ""
    return _render_above(high, 10**4 if scale == 10**8 else 1, alphabet) + name + gap + rest


def _render_section(value: int, alphabet: tuple[str, str, str]) -> str:
    """1 to 9999, with one 零 for a gap."""
    digits, scales, _ = alphabet
    text, gap = "", False
    for power in (3, 2, 1, 0):
        digit = value // 10**power % 10
        if digit:
            text += (digits[0] if gap and text else "") + digits[digit] + (scales[power - 1] if power else "")
        gap = not digit
    return text
