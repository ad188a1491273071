"""Shares and factors that are words: 三分之一, 七成, 半数, 全部, 减半, 翻一番, 破零."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from extractors.lexicon.openings import skipping
from extractors.numbers import durations
from extractors.numbers.numerals import CHINESE, DIGITS, MIXED, Numeral, read_numeral

_N = rf"(?:{MIXED}|{CHINESE})"
FRACTION = re.compile(rf"(?P<under>{_N})\s?分之\s?(?P<over>{_N}|半)")
SLASHED = re.compile(r"(?P<over>[1-9]\d?)/(?P<under>[1-9]\d{0,2})(?![\d/])")
# 三成 is a share; 成立, 成功, 成员 are words.
TENTHS = re.compile(
    rf"({_N})成([一二三四五六七八九半])?(?![立功果本效员为长年人熟套型品分绩片批体名交语千百就婚因份色都林荫群天风行事像活虫])"
)

# 打八折, 享受七五折优惠; 三折页 and 百折不挠 are words.
DISCOUNT = re.compile(
    r"([一二三四五六七八九]{1,2}|[1-9](?:\.\d)?|\d\d)折(?=优惠|折扣|收费|计费|购|起|出售|乘|[,。;、!)的\n]|$)"
)

# 全部 as an adverb of the result. Behind these words it is an attribute (占全部浮球的, 难以全部满足).
_ALL_WORDS = re.compile(
    skipping(
        r"半数|一半|(?<!时间)(?<!任务)(?<!双)过半(?!数)|全部|悉数|全数|一律|(?<!一个)全覆盖|减半|破零|零突破|零的突破|百分百|翻了?(?:近|将近|约)?[一两二三1-3]番|翻番|翻倍"
        r"|(?<![个\d一二两三四五六七八九十上下前每这那大小多])(?<!(?<![延推滞])后)半(?:个(?:多?月|多?小时|多?钟头|工作日|学期)|小时|天|学期|年(?![度报刊会级终检]))多?"
        r"|全[额量](?=退|返|减免|免|报销|到位|兑|支付|发放|接入|纳入|处置|收|入网|汇|掺|回收)"
    )
)
_ATTRIBUTE = re.compile(
    r"(?:[占对为与和及以含括按的是负]|承担|履行|享有|掌握|覆盖到?|难以|无法|未能|不能|不可能|尚未|没有|未|不|并非|包含|包括|涵盖|完成)$"
)
_NOUN = re.compile(
    r"(?:工作|内容|资金|费用|人员|责任|过程|流程|事项|力量|精力|学校|乡镇|街道|社区|村|任务|职责|数据|项目|成员|部门|单位|家当|资料|材料|企业|居民|"
    r"[\d一二三四五六七八九十]|(?!免)[^,。;、]{1,3}[费款税](?!用?由)|课程|线路|路段|环节|门类|指标|人口|学生|教师|面积|收入|财产|是|为|都?有|在[^校岗建用编册线])"
)
# 8月底前完成全部公示, 把全部停车场接入平台: an object, but the result covers all of it.
_WHOLE_OBJECT = re.compile(r"(?:完成|把|将|覆盖|实现)$")
_EFFORTS = re.compile(r"工作|精力|力量|心思|责任|职责|学杂费")
# 全部补齐缺编教师有困难, 全部建成后: what is hard, or only then, is no share
_HARD = re.compile(
    r"(?:建成|完成|完工|竣工|投产|达产|实施|到位|落实|开通|改造|交付|投入使用)(?:投[用产运]|使用|运营)?[之以]?后(?![续期勤备])|"
    r"[^,。;]{2,16}(?:有(?:一定|较大|很大)?的?(?:困难|难度)|不(?:太|大)?现实|(?:力量|财力|资金|条件|人手|能力)(?:不[足够]|有限)|不可能|[暂恐]难)"
)
_PLAIN_OTHER = re.compile(r"(?:另|前|后|这|那|上|下|每)$")
_DOUBLINGS = {"一": 2, "两": 4, "二": 4, "三": 8, "1": 2, "2": 4, "3": 8}


@dataclass(frozen=True, slots=True)
class Share:
    """A share (percent), factor (倍) or count as a word says it; `sign`: the word's own comparator."""

    start: int
    end: int
    value: Decimal
    unit: str | None
    rule: str
    sign: str | None = None


def percent_of(over: Decimal, under: Decimal) -> Decimal:
    """A fraction in percent, to two decimals where it doesn't end: 三分之一 -> 33.33."""
    share = over * 100 / under
    return share if -share.normalize().as_tuple().exponent <= 6 else share.quantize(Decimal("0.01"), ROUND_HALF_EVEN)  # type: ignore[operator]


def read_fraction(found: re.Match[str]) -> Decimal | None:
    """五分之四 -> 80, 百分之十二点五 -> 12.5, 千分之三 -> 0.3."""
    under, over = _value(found["under"]), Decimal("0.5") if found["over"] == "半" else _value(found["over"])
    if under is None or over is None or not under:
        return None
    return percent_of(over, under)


def read_tenths(found: re.Match[str]) -> Numeral | None:
    """七成 -> 70, 五成六 -> 56, 一成半 -> 15, 七八成 -> 70 to 80; None above ten tenths."""
    numeral = read_numeral(found[1])
    if numeral is None or numeral.value > 10:
        return None
    extra = Decimal(0) if not found[2] else Decimal(5) if found[2] == "半" else Decimal(str(_value(found[2])))
    upper = None if numeral.upper is None else numeral.upper * 10 + extra
    return Numeral(numeral.value * 10 + extra, upper, numeral.vague)


def read_discount(found: re.Match[str]) -> Decimal:
    """八折 leaves 80 percent of the price, 七五折 and 75折 leave 75."""
    digits = "".join(str(DIGITS.get(char, char)) for char in found[1])
    value = Decimal(digits)
    return value if value >= 10 else value * 10


def find_words(folded: str) -> Iterator[Share]:
    """Each share that a word alone says, in order.

    >>> [(share.value, share.unit) for share in find_words("在册站点全部接入,库存减半")]
    [(Decimal('100'), '%'), (Decimal('50'), '%')]
    """
    for found in _ALL_WORDS.finditer(folded):
        if share := _word(folded, found):
            yield share


def _word(folded: str, found: re.Match[str]) -> Share | None:
    word, start, end = found[0], found.start(), found.end()
    before = folded[max(0, start - 4) : start]
    if word in ("全部", "悉数", "全数"):
        if _WHOLE_OBJECT.search(before) and not _EFFORTS.match(folded, end):
            return Share(start, end, Decimal(100), "%", "all")
        if _ATTRIBUTE.search(before) or _NOUN.match(folded, end) or _HARD.match(folded, end):
            return None
        return Share(start, end, Decimal(100), "%", "all")
    if word in ("一律", "全覆盖", "百分百", "全额", "全量"):
        return None if folded[end : end + 1] == "式" else Share(start, end, Decimal(100), "%", "all")
    if word in ("破零", "零突破", "零的突破"):
        return Share(start, end, Decimal(1), None, "break_zero", ">=")
    if word[0] == "半" and word[-1] != "数":
        return _half_of_time(folded, start, end)
    if word[0] == "翻":
        factor = _DOUBLINGS.get(word[-2], 2)
        return Share(start, end, Decimal(factor), "倍", "double", "~" if "近" in word or "约" in word else None)
    return _half(folded, word, start, end, before)


_HALVED = ("小时", "钟头", "工作日", "学期", "天", "年", "月")


def _half_of_time(folded: str, start: int, end: int) -> Share | None:
    """半个多月没有清运, 半小时内到场; 半个月内办结 is a deadline, 半天 alone an idiom."""
    word = folded[start:end]
    unit = next(unit for unit in _HALVED if unit in word)
    unit = f"个{unit}" if word[1] == "个" and unit != "小时" else unit
    if "多" not in word and not durations.is_set(folded, start, end, unit):
        return None
    return Share(start, end, Decimal("0.5"), unit, "half_unit", "~" if "多" in word else None)


def _half(folded: str, word: str, start: int, end: int, before: str) -> Share | None:
    if word == "减半":
        return Share(start, end, Decimal(50), "%", "half")
    if word == "一半" and _PLAIN_OTHER.search(before):
        return None
    at_least = word == "过半" or before.endswith("过")
    return Share(start, end, Decimal(50), "%", "half", ">=" if at_least else None)


def _value(text: str) -> Decimal | None:
    numeral = read_numeral(text)
    return None if numeral is None else numeral.value
