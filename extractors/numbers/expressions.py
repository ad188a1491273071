"""Numbers that are written as an expression: fractions, mixed numbers, powers, exponents, dozens, shares in percent.

Measures in letters need few of these; they make the grammar whole where a numeral stands alone.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from extractors.numbers.numerals import read_numeral

_MIXED = re.compile(r"(?P<sign>[-负負])?(?:(?P<whole>.+?)又)?(?P<under>.+?)分之(?P<over>.+)")
_SLASHED = re.compile(r"(?:(?P<whole>-?\d+) )?(?P<over>\d+)/(?P<under>\d+)")
_POWER = re.compile(r"(?P<base>-?\d*\.?\d+)\^(?P<power>[-+]?\d+)")
_EXPONENT = re.compile(r"-?\d*\.?\d+[eE][-+]?\d+")
_SUFFIXED = re.compile(r"(?P<number>-?\d[\d,]*(?:\.\d+)?) ?(?P<suffix>[kKmMgGtT])")
_SUFFIXES = {"k": 10**3, "m": 10**6, "g": 10**9, "t": 10**12}
_PERCENT = re.compile(r"(?P<number>.+?)(?:%|个?百分[点點])|百分之(?P<over>.+)")
_DISCOUNT = re.compile(r"(?P<number>.+?)折")
_TENTHS = re.compile(r"(?P<number>.+?)成(?P<more>半|[一二两三四五六七八九])?")


def read_expression(text: str) -> Decimal | None:
    """The value of a numeral or of an expression of numerals; None where it is neither.

    >>> read_expression("三百五十又四分之一"), read_expression("2^-1"), read_expression("五打")
    (Decimal('350.25'), Decimal('0.5'), Decimal('60'))
    """
    plain = " ".join(text.split())
    for reader in (_fraction, _slashed, _power, _exponent, _suffixed, _dozens):
        value = reader(plain)
        if value is not None:
            return value
    return _value(plain)


def read_percent(text: str) -> Decimal | None:
    """A share in percent: 百分之十二点五, 七成六, 九折, 3.5个百分点, 千分之一; None where the text says none.

    >>> read_percent("七成六"), read_percent("三八折"), read_percent("百分之十二点五")
    (Decimal('76'), Decimal('38'), Decimal('12.5'))
    """
    plain = text.replace(" ", "")
    percent = _PERCENT.fullmatch(plain)
    if percent:
        return _plain_or_suffixed(percent["number"] or percent["over"].replace("佰", "百"))
    discount, tenths = _DISCOUNT.fullmatch(plain), _TENTHS.fullmatch(plain)
    if discount:
        number = _value(discount["number"])
        return number if number is None or number > 10 else number * 10
    if tenths:
        number, more = _value(tenths["number"]), tenths["more"]
        extra = Decimal(0) if not more else Decimal(5) if more == "半" else _value(more) or Decimal(0)
        return None if number is None else number * 10 + extra
    fraction = _fraction(plain)
    return None if fraction is None else fraction * 100


def _plain_or_suffixed(text: str) -> Decimal | None:
    if text in ("百", "佰"):
        return Decimal(100)
    suffixed = _suffixed(text)
    return _value(text) if suffixed is None else suffixed


def _fraction(text: str) -> Decimal | None:
    found = _MIXED.fullmatch(text.replace(" ", ""))
    if found is None:
        return None
    under, over = _value(found["under"]), _value(found["over"])
    whole = _value(found["whole"]) if found["whole"] else Decimal(0)
    if not under or over is None or whole is None:
        return None
    value = whole + over / under
    return -value if found["sign"] else value


def _slashed(text: str) -> Decimal | None:
    found = _SLASHED.fullmatch(text)
    if found is None or not int(found["under"]):
        return None
    return Decimal(found["whole"] or 0) + Decimal(found["over"]) / Decimal(found["under"])


def _power(text: str) -> Decimal | None:
    found = _POWER.fullmatch(text)
    return Decimal(found["base"]) ** int(found["power"]) if found and abs(int(found["power"])) < 100 else None


def _exponent(text: str) -> Decimal | None:
    try:
        return Decimal(text) if _EXPONENT.fullmatch(text) else None
    except InvalidOperation:  # an exponent beyond all numbers
        return None


def _suffixed(text: str) -> Decimal | None:
    found = _SUFFIXED.fullmatch(text)
    return Decimal(found["number"].replace(",", "")) * _SUFFIXES[found["suffix"].lower()] if found else None


def _dozens(text: str) -> Decimal | None:
    number = _value(text[:-1]) if text.endswith("打") else None
    return None if number is None else number * 12


def _value(text: str) -> Decimal | None:
    if not text:
        return None
    numeral = read_numeral(text)
    return None if numeral is None else numeral.value
