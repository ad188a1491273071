"""One number with its unit, as read at one place of the text; whether it counts anything is decided elsewhere."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from extractors.numbers import shares
from extractors.numbers.numerals import CHINESE, MIXED, Numeral, read_numeral
from extractors.numbers.units import UnitWord, unit_at

NUMBER = re.compile(rf"{MIXED}|{CHINESE}")
_SPOKEN = ("块", "个")
_JOINTS = frozenset(" -–—―~～至到和与\n")
_SHARE_MARKS = "分/成折"
_SCALE = re.compile(r"[十百千]?[万亿]$|万亿$")
_DASH = re.compile(r"(?:\(含[^()]{0,4}\))?\s?(?:[-–—―~～]{1,2}|至|到)\s?")
_BETWEEN = re.compile(r"\s?[和与]\s?")
_SPLIT = re.compile(r"(?<=[一-鿿])\d{1,3}\. \d{1,2}(?=[%‰])")  # 占比28. 1%: a page put a blank behind the point
# 1小时20分钟, 1角5分, 两年零三个月: one measure in two units, told in the larger
_SMALLER = {
    "小时": (re.compile(rf"零?({MIXED}|{CHINESE})分钟?(?![之制数值配布])"), 60),
    "分钟": (re.compile(rf"零?({MIXED}|{CHINESE})秒"), 60),
    "年": (re.compile(rf"零({MIXED}|{CHINESE})个月"), 12),
    "元": (re.compile(rf"零?({MIXED}|{CHINESE})角"), 10),
    "角": (re.compile(rf"零?({MIXED}|{CHINESE})分(?![之制数值配布])"), 10),
}
_HALF_UNIT = re.compile(r"个半(小时|月|星期|工作日|钟头|学时|课时|学期|季度)")
_MORE_UNIT = re.compile(r"个[多余](小时|月|星期|工作日|钟头|学时|课时|学期|季度|百分点|班)")
_COLLOQUIAL = re.compile(
    r"块(?P<tenth>[一二三四五六七八九])(?![十百千个])|个(?P<more>[多余])?亿(?!级|元?(?:及?以[上下]|企业|项目|工程|镇|村))(?:元)?"
)
_BOUNDED = re.compile(r"(?:\(含[^)]{0,6}\))?以上[,、至]?\s?(?:不(?:足|满|超过))?")
_BOUNDED_END = re.compile(r"(?:\(含[^)]{0,6}\))?(?:以下|以内)")
_MORE_SIGN = re.compile(r"\+(?=[一-鿿,。;、)!?\n]|$)")  # 5000+人次, 10万+; 3+3+X is a name
_NOT_MORE = "方次样种数元级年地家人所处个"  # 多方, 多次, 多元 …: behind Chinese numerals 多 may open a word


class Reading(NamedTuple):
    """[start, end) holds number and unit; `kind` as in the unit lexicon ("none" where no unit stands there)."""

    start: int
    end: int
    raw: str
    value: Decimal
    upper: Decimal | None
    unit: str | None
    kind: str
    vague: bool
    rule: str
    closed: bool = False
    """The text itself gives both bounds (20元以上50元以下)."""


def read_at(folded: str, start: int) -> Reading | None:
    """The number, or range of numbers, that starts here."""
    first = _single(folded, start)
    if first is None:
        return None
    return _bounded(folded, first) or _range(folded, first) or first


def _single(folded: str, start: int) -> Reading | None:
    number = NUMBER.match(folded, start)
    if number is None:
        return None
    if folded.startswith(". ", number.end()) and (split := _SPLIT.match(folded, start)):
        return _with_unit(folded, split, Numeral(Decimal(split[0].replace(" ", "")), None, False))
    after = folded[number.end() : number.end() + 2].lstrip()[:1]
    if after in _SHARE_MARKS and after:
        share = _share(folded, start, after)
        if share:
            return share
    numeral = read_numeral(number[0])
    return _with_unit(folded, number, numeral) if numeral else None


def _share(folded: str, start: int, mark: str) -> Reading | None:
    """三分之一, 2/3, 七成, 八折: a number that goes on as a share."""
    if mark == "成":
        tenths = shares.TENTHS.match(folded, start)
        return _tenths(folded, tenths) if tenths else None
    if mark == "折":
        discount = shares.DISCOUNT.match(folded, start)
        return _discount(discount) if discount else None
    fraction = (shares.FRACTION if mark == "分" else shares.SLASHED).match(folded, start)
    return _fraction(folded, fraction) if fraction else None


def _discount(found: re.Match[str]) -> Reading:
    value = shares.read_discount(found)
    return Reading(found.start(), found.end(), found[0], value, None, "%", "ratio", False, "discount")


def _fraction(folded: str, found: re.Match[str]) -> Reading | None:
    value = shares.read_fraction(found)
    if value is None or ("/" in found[0] and value > 100):
        return None
    end, vague = _trailing(folded, found.end())
    return Reading(found.start(), end, found[0], value, None, "%", "ratio", vague, "fraction")


def _tenths(folded: str, found: re.Match[str]) -> Reading | None:
    numeral = shares.read_tenths(found)
    if numeral is None:
        return None
    end, vague = _trailing(folded, found.end())
    return Reading(
        found.start(), end, found[0], numeral.value, numeral.upper, "%", "ratio", vague or numeral.vague, "chengs"
    )


def _trailing(folded: str, end: int) -> tuple[int, bool]:
    """一成多: the 多 behind a share belongs to it."""
    more = folded[end : end + 1] in ("多", "余") and folded[end + 1 : end + 2] not in _NOT_MORE
    return (end + 1, True) if more and folded[end : end + 1] else (end, False)


def _with_unit(folded: str, number: re.Match[str], numeral: Numeral) -> Reading:
    start, end, raw = number.start(), number.end(), number[0]
    value, upper, vague = numeral.value, numeral.upper, numeral.vague
    if folded[end : end + 1] in ("余", "馀", "多", "来", "几") and folded[end : end + 1]:
        vague, end = True, end + 1
    if folded[end : end + 1] == "+" and _MORE_SIGN.match(folded, end):
        end += 1
    spaced = end + 1 if folded[end : end + 1] == " " else end
    opens = folded[spaced : spaced + 1]
    special = opens == "个" and (_HALF_UNIT.match(folded, spaced) or _MORE_UNIT.match(folded, spaced))
    if special:
        half = special[0][1] == "半"
        kind = "span" if special[1] in ("月", "学期", "季度") else "duration"
        return Reading(
            start, special.end(), raw, value + Decimal("0.5") if half else value, upper,
            "小时" if special[1] == "小时" else "个" + special[1],
            "ratio" if special[1] == "百分点" else kind, vague or not half, "cardinal",
        )  # fmt: skip
    colloquial = opens in _SPOKEN and _COLLOQUIAL.match(folded, end)
    if colloquial:
        return _colloquial(number, numeral, colloquial, vague)
    unit = unit_at(folded, spaced)
    if unit is None:
        closed = vague or folded[end - 1] == "+"
        return Reading(start, end if closed else number.end(), raw, value, upper, None, "none", vague, "cardinal")
    end, value, vague = _behind_unit(folded, unit, value, vague)
    rule = "percent" if unit.text in ("%", "‰") else "cardinal"
    return Reading(start, end, raw, value, upper, unit.text, unit.kind, vague, rule)


def _colloquial(number: re.Match[str], numeral: Numeral, found: re.Match[str], vague: bool) -> Reading:
    """三块五 is 3.5 块, 1个多亿 about 100000000 元."""
    if found["tenth"]:
        tenth = read_numeral(found["tenth"])
        value = numeral.value + (tenth.value / 10 if tenth else 0)
        return Reading(number.start(), found.end(), number[0], value, None, "块", "money", vague, "cardinal")
    value, more = numeral.value * 10**8, vague or bool(found["more"])
    return Reading(number.start(), found.end(), number[0], value, None, "元", "money", more, "cardinal")


def _behind_unit(folded: str, unit: UnitWord, value: Decimal, vague: bool) -> tuple[int, Decimal, bool]:
    """两米半 is 2.5 米; 3公里多 is about 3."""
    after, end = folded[unit.end : unit.end + 1], unit.end
    measured = unit.kind in ("physical", "duration", "span")
    if after == "半" and measured and folded[end + 1 : end + 2] not in tuple("径数价年天日月"):
        return end + 1, value + Decimal("0.5"), vague
    smaller = _SMALLER.get(unit.text.removeprefix("个"))
    if smaller and (rest := smaller[0].match(folded, end)) and (numeral := read_numeral(rest[1])):
        return rest.end(), value + (numeral.value / smaller[1]).quantize(Decimal("0.001")), vague
    more = after in ("多", "余") and folded[end + 1 : end + 2] not in tuple(_NOT_MORE)
    if more and (measured or unit.kind in ("money", "ratio")):
        return end + 1, value, True
    return end, value, vague


def _range(folded: str, first: Reading) -> Reading | None:
    """3—5个, 5万至7万株, 80至120万元, 3家至5家; the scale applies to both ends. None for 由10个到20个."""
    opens = folded[first.end : first.end + 2]
    if first.upper is not None or (opens[:1] not in _JOINTS and opens != "(含"):
        return None
    dash = _DASH.match(folded, first.end)
    between = None if dash else _BETWEEN.match(folded, first.end)
    joint = dash or between
    second = _single(folded, joint.end()) if joint else None
    if joint is None or second is None or second.upper is not None:
        return None
    if between and not re.match(r"之间|间(?!隔|接|断)", folded[second.end : second.end + 2]):
        return None
    if (
        dash
        and dash[0].strip() in ("至", "到")
        and first.unit
        and folded[max(0, first.start - 1) : first.start] in ("由", "从")
    ):
        return None
    low = _scaled_like(first, second)
    unit = second.unit or first.unit
    if (first.unit and second.unit and first.unit != second.unit) or second.value <= low:
        return None
    kind = second.kind if second.unit else first.kind
    return Reading(first.start, second.end, first.raw, low, second.value, unit, kind, second.vague, "range")


def _scaled_like(first: Reading, second: Reading) -> Decimal:
    """80 in 80至120万元 is 800000; 8000 in 8000元至1万元 and 5000 in 5000至1万元 stay."""
    scale = _SCALE.search(second.raw)
    if first.unit or scale is None or _SCALE.search(first.raw):
        return first.value
    factor = _factor(scale[0])
    return first.value * factor if first.value < second.value / factor else first.value


def _factor(scale: str) -> Decimal:
    numeral = read_numeral("1" + scale)
    return numeral.value if numeral else Decimal(1)


def _bounded(folded: str, first: Reading) -> Reading | None:
    """20元以上50元以下 is one range."""
    joint = (
        _BOUNDED.match(folded, first.end) if first.unit and folded[first.end : first.end + 1] in ("以", "(") else None
    )
    second = _single(folded, joint.end()) if joint else None
    if second is None or second.unit != first.unit or second.value <= first.value:
        return None
    last = _BOUNDED_END.match(folded, second.end)
    if last is None:
        return None
    return first._replace(end=last.end(), upper=second.value, rule="range", closed=True)
