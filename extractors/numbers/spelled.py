"""One numeral read from a place of a text, token by token: Chinese, Arabic, mixed, with stray spaces and signs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from extractors.numbers.numerals import BIG, DIGITS, SMALL

_ARABIC = re.compile(r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?(?!\.?\d)|\d+|\.\d+")
_RUN = re.compile(r"\d+")
_SPACES = re.compile(r"[ \n]*")
_DECIMALS = re.compile(r" *点 *([零〇○一二三四五六七八九壹贰叁肆伍陆柒捌玖\d]+)(?![十百千拾佰仟])")
_VAGUE_SCALE = re.compile(r" *[余多几来] *(?=[万亿兆])")
_MULTIPLIER = re.compile(r" ?([kKM])(?![A-Za-z\d])")
_MULTIPLIERS = {"k": 10**3, "K": 10**3, "M": 10**6}
_LONGEST = 80  # characters: no numeral is longer, and a page of 一一一 costs no more than its length
_ZEROS = frozenset("零〇○")
_SIGNS = frozenset("负-−")
_TENS = {"廿": 20, "卅": 30}
NUMERAL_CHARS = frozenset(DIGITS) | frozenset(SMALL) | frozenset(BIG) | frozenset(_TENS)


@dataclass(frozen=True, slots=True)
class Spelled:
    """A numeral in [start, end) of a text; `vague` where 余/多/几 stands before its scale (十几万)."""

    start: int
    end: int
    value: Decimal
    vague: bool = False
    digits_alone: bool = False
    """Only digits, no scale: 三八, 二〇一六, 72."""


def scan(folded: str, start: int) -> Spelled | None:
    """The longest numeral that starts here; spaces inside it are passed over where it goes on.

    >>> scan("三千 八百 九十六 万 四千", 0).value, scan("五十千克", 0).end
    (Decimal('38964000'), 2)
    """
    signed = folded[start : start + 1] in _SIGNS and start + 1 < len(folded)
    begin = _SPACES.match(folded, start + 1).end() if signed else start  # type: ignore[union-attr]
    found = _Scanner(folded, begin).read()
    if found is None:
        return None
    value = -found.value if signed else found.value
    return Spelled(start, found.end, value, found.vague, found.digits_alone)


class _Scanner:
    """Reads tokens while they make one numeral: scales fall within a section, sections fall within the whole."""

    def __init__(self, folded: str, start: int) -> None:
        self.folded, self.start, self.end = folded, start, start
        self.total, self.section = Decimal(0), Decimal(0)
        self.pending: Decimal | None = None
        self.row, self.arabic, self.gap, self.vague, self.scaled = 0, False, False, False, False
        self.small, self.big, self.last = 10**5, 10**30, 1

    def read(self) -> Spelled | None:
        while self._token():
            pass
        if self.end == self.start:
            return None
        self._decimals_and_multiplier()
        value = self.total + self.section + self._units()
        return Spelled(self.start, self.end, value, self.vague, not self.scaled)

    def _units(self) -> Decimal:
        """一百五 is 150, 一百零五 and 15 are not."""
        if self.pending is None:
            return Decimal(0)
        elliptic = self.row == 1 and not self.arabic and not self.gap and self.last >= 100
        return self.pending * (self.last // 10) if elliptic else self.pending

    def _token(self) -> bool:
        at = _SPACES.match(self.folded, self.end).end()  # type: ignore[union-attr]
        char, spaced = self.folded[at : at + 1], at > self.end
        if not char or at - self.start > _LONGEST or (spaced and self.end == self.start):
            return False
        if char in DIGITS:
            return self._digit(char, at, spaced)
        if char in SMALL:
            return self._small(SMALL[char], at)
        if char in BIG:
            return self._big(BIG[char], at)
        if char.isascii() and (char.isdigit() or char == "."):
            return self._number(at, spaced)
        if char in _TENS and self.pending is None and self.small > 10:
            self.section, self.small, self.last, self.end, self.scaled = (
                self.section + _TENS[char],
                10,
                10,
                at + 1,
                True,
            )
            return True
        vague = _VAGUE_SCALE.match(self.folded, self.end)
        if vague and self.end > self.start:
            self.vague, self.end = True, vague.end()
            return True
        return False

    def _digit(self, char: str, at: int, spaced: bool) -> bool:
        if self.arabic and self.pending is not None:
            return False
        if self.pending is not None:
            if spaced or self.scaled:
                return False
            self.pending, self.row = self.pending * 10 + DIGITS[char], self.row + 1
        elif char in _ZEROS and self.scaled:
            if not self._goes_on(at + 1):
                return False
            self.gap, self.end = True, at + 1
            return True
        else:
            self.pending, self.row, self.arabic = Decimal(DIGITS[char]), 1, False
        self.end = at + 1
        return True

    def _goes_on(self, at: int) -> bool:
        """五亿零六: a 零 behind a scale belongs to the numeral where more of it follows."""
        after = self.folded[_SPACES.match(self.folded, at).end() :][:1]  # type: ignore[union-attr]
        return bool(after) and (after in NUMERAL_CHARS or after in "几廿卅" or after.isdigit())

    def _number(self, at: int, spaced: bool) -> bool:
        dotted = self.folded[at - 1 : at] == "." and self.folded[at - 2 : at - 1].isdigit()
        found = (_RUN if dotted else _ARABIC).match(self.folded, at)  # 1.2.3: no decimals behind the second point
        if self.pending is not None or found is None or (self.vague and not self.scaled):
            return False
        if self.scaled and spaced and self.folded[found.end() : found.end() + 1] not in (*SMALL, *BIG):
            return False
        if found[0].startswith(".") and (self.scaled or self.folded[at - 1 : at].isdigit()):
            return False
        self.pending, self.row, self.arabic = Decimal(found[0].replace(",", "")), 1, True
        self.end = found.end()
        return True

    def _small(self, scale: int, at: int) -> bool:
        if scale >= self.small or self.row > 1:
            return False
        if self.pending is None and self.scaled and not self.gap and self.last < 10**4 and scale != 10:
            return False
        self.section += (Decimal(1) if not self.pending else self.pending) * scale
        self.small, self.last, self.scaled = scale, scale, True
        self._clear(at)
        return True

    def _big(self, scale: int, at: int) -> bool:
        part = self.section + (self.pending or 0)
        if not part and not self.total:
            return False
        if not part or scale > self.big:
            self.total = (self.total + part) * scale
        else:
            self.total += part * scale
        self.section, self.small, self.big, self.last, self.scaled = Decimal(0), 10**5, scale, scale, True
        self._clear(at)
        return True

    def _clear(self, at: int) -> None:
        self.pending, self.row, self.arabic, self.gap, self.end = None, 0, False, False, at + 1

    def _decimals_and_multiplier(self) -> None:
        """三点五万, 1.5M: what stands behind the last token of a numeral."""
        decimals = _DECIMALS.match(self.folded, self.end)
        if decimals and "." not in self.folded[self.start : self.end]:
            digits = "".join(str(DIGITS.get(char, char)) for char in decimals[1])
            value = self.total + self.section + self._units() + Decimal(f"0.{digits}")
            self.end = decimals.end()
            while (scale := BIG.get(self.folded[self.end : self.end + 1])) is not None:
                value, self.end = value * scale, self.end + 1
            self.total, self.section, self.pending = value, Decimal(0), None
            self.scaled = True
        multiplier = _MULTIPLIER.match(self.folded, self.end)
        if multiplier and self.arabic and self.pending is not None:
            self.pending, self.end = self.pending * _MULTIPLIERS[multiplier[1]], multiplier.end()
