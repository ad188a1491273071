"""Automatic list numbers of Word, as the reader of the page sees them: 一、 （一） 1. （ECMA-376 part 1, 17.9）"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from corpus.readers.markup import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: where it starts, how it counts, how it is written ("（%1）"), what stands after it."""

    start: int
    count: str
    text: str
    after: str
    restart: int | None
    legal: bool
    style: str | None


@dataclass(slots=True)
class Numbering:
    """The lists of one document, and how far each has counted.

    `levels[num][level]`; lists of one abstract definition go on counting for each other, as in Word.
    """

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    abstract_of: dict[str, str] = field(default_factory=dict)
    restarts: dict[tuple[str, int], int] = field(default_factory=dict)
    counters: dict[str, dict[int, int]] = field(default_factory=dict)

    def label(self, num: str, level: int) -> str:
        """The number that the next paragraph of this list and level gets, "" for a bullet or an unknown list."""
        levels = self.levels.get(num, {})
        here = levels.get(level)
        if here is None:
            return ""
        counts = self._advance(num, level, here)
        text = re.sub(r"%([1-9])", lambda hole: _written(levels, counts, int(hole.group(1)) - 1, here.legal), here.text)
        if here.count == "bullet" or not re.search(r"\w", text):
            return ""
        return text + (" " if here.after != "nothing" and text[-1].isascii() else "")

    def level_of_style(self, num: str, style: str) -> int:
        """The level that a paragraph style stands for in its list."""
        return next((number for number, level in self.levels.get(num, {}).items() if level.style == style), 0)

    def _advance(self, num: str, level: int, here: Level) -> dict[int, int]:
        counts = self.counters.setdefault(self.abstract_of.get(num, num), {})
        fresh = self.restarts.pop((num, level), None)
        if fresh is not None:
            counts[level] = fresh
        else:
            counts[level] = counts[level] + 1 if level in counts else here.start
        for upper in range(level):
            counts.setdefault(upper, self.levels[num][upper].start if upper in self.levels[num] else 1)
        for deeper in [number for number in counts if number > level]:
            restart = self.levels[num][deeper].restart if deeper in self.levels[num] else None
            if restart is None or (restart and level < restart):
                del counts[deeper]
        return counts


def _written(levels: dict[int, Level], counts: dict[int, int], level: int, legal: bool) -> str:
    style = levels[level].count if level in levels else "decimal"
    return as_number(counts.get(level, 1), "decimal" if legal else style)


def read_numbering(part: Element | None, linked: dict[str, str]) -> Numbering:
    """The lists of numbering.xml; `linked` says which list a numbering style stands for (numStyleLink)."""
    if part is None:
        return Numbering()
    abstracts = {_own(node, "abstractNumId"): node for node in part.iterfind(f"{W}abstractNum")}
    nums = {_own(node, "numId"): node for node in part.iterfind(f"{W}num")}
    found = Numbering()
    for num, node in nums.items():
        abstract = _abstract_of(node)
        style = _value(abstracts[abstract], "numStyleLink") if abstract in abstracts else None
        if style is not None and linked.get(style) in nums:
            abstract = _abstract_of(nums[linked[style]])
        if abstract not in abstracts:
            continue
        found.abstract_of[num] = abstract
        found.levels[num] = {
            int(_own(lvl, "ilvl") or 0): _level(lvl) for lvl in abstracts[abstract].iterfind(f"{W}lvl")
        }
        for override in node.iterfind(f"{W}lvlOverride"):
            _override(found, num, override)
    return found


def _override(found: Numbering, num: str, override: Element) -> None:
    level = int(_own(override, "ilvl") or 0)
    own = override.find(f"{W}lvl")
    if own is not None:
        found.levels[num][level] = _level(own)
    if override.find(f"{W}startOverride") is not None:
        found.restarts[num, level] = _number(override, "startOverride", 1)


def _abstract_of(num: Element) -> str:
    return _value(num, "abstractNumId") or ""


def _level(node: Element) -> Level:
    return Level(
        start=_number(node, "start", 1 if node.find(f"{W}start") is not None else 0),
        count=_value(node, "numFmt") or _alternate_format(node) or "decimal",
        text=_value(node, "lvlText") or "",
        after=_value(node, "suff") or "tab",
        restart=_number(node, "lvlRestart", 0) if node.find(f"{W}lvlRestart") is not None else None,
        legal=node.find(f"{W}isLgl") is not None,
        style=_value(node, "pStyle"),
    )


def _alternate_format(node: Element) -> str | None:
    """The format inside mc:AlternateContent, where Word keeps custom ones: the fallback is what others show."""
    found = [child.get(f"{W}val") for child in node.iter(f"{W}numFmt")]
    return found[-1] if found else None


def _own(node: Element, name: str) -> str:
    return node.get(f"{W}{name}") or ""


def _value(node: Element, name: str) -> str | None:
    child = node.find(f"{W}{name}")
    return None if child is None else child.get(f"{W}val")


def _number(node: Element, name: str, default: int = 0) -> int:
    text = _value(node, name)
    return int(text) if text and text.lstrip("-").isdigit() else default


_DIGITS = "零一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"


def as_number(value: int, style: str) -> str:
    """The value as a list writes it, by the name of the style (ST_NumberFormat).

    >>> [as_number(12, style) for style in ("chineseCounting", "decimalEnclosedCircle", "lowerRoman")]
    ['十二', '⑫', 'xii']
    >>> as_number(105, "chineseCountingThousand")
    '一百零五'
    """
    write = _STYLES.get(style)
    return write(value) if write and value > 0 else "" if style in ("none", "bullet") else str(value)


def _counted(value: int, digits: str = _DIGITS, units: str = "十百千万") -> str:
    if value >= 100_000:
        return str(value)
    places = str(value)
    parts = [
        (digits[int(digit)] + (units[len(places) - index - 2] if index < len(places) - 1 else ""))
        if digit != "0"
        else digits[0]
        for index, digit in enumerate(places)
    ]
    text = re.sub(f"{digits[0]}+", digits[0], "".join(parts)).rstrip(digits[0])
    return text[1:] if text.startswith(digits[1] + units[0]) and digits == _DIGITS else text


def _from(first: str, last: int) -> Callable[[int], str]:
    return lambda value: chr(ord(first) + value - 1) if value <= last else str(value)


def _letters(value: int) -> str:
    return chr(ord("A") + (value - 1) % 26) * ((value - 1) // 26 + 1)


_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def _roman(value: int) -> str:
    out = ""
    for number, sign in _ROMAN:
        out += sign * (value // number)
        value %= number
    return out


def _full_width(value: int) -> str:
    return "".join(chr(ord(digit) + 0xFEE0) for digit in str(value))


def _one_by_one(value: int) -> str:
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(value))


def _circled(value: int) -> str:
    if value <= 20:
        return chr(ord("①") + value - 1)
    return chr(ord("㉑") + value - 21) if value <= 35 else str(value)


_STYLES: dict[str, Callable[[int], str]] = {
    "chineseCounting": _counted,
    "chineseCountingThousand": _counted,
    "japaneseCounting": _counted,
    "taiwaneseCounting": _counted,
    "taiwaneseCountingThousand": _counted,
    "koreanCounting": _counted,
    "chineseLegalSimplified": lambda value: _counted(value, _LEGAL, "拾佰仟万"),
    "ideographLegalTraditional": lambda value: _counted(value, "零壹貳參肆伍陸柒捌玖", "拾佰仟萬"),
    "ideographDigital": _one_by_one,
    "japaneseDigitalTenThousand": _one_by_one,
    "taiwaneseDigital": _one_by_one,
    "ideographTraditional": lambda value: _STEMS[(value - 1) % 10],
    "ideographZodiac": lambda value: _BRANCHES[(value - 1) % 12],
    "ideographEnclosedCircle": _from("㊀", 10),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedFullstop": _from("⒈", 20),
    "decimalEnclosedParen": _from("⑴", 20),
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalZero": lambda value: f"{value:02d}",
    "upperLetter": _letters,
    "lowerLetter": lambda value: _letters(value).lower(),
    "upperRoman": _roman,
    "lowerRoman": lambda value: _roman(value).lower(),
}
