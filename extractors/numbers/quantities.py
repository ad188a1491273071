"""Every number with a meaning: value, unit, range and comparator, before anybody asks what it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from extractors.lexicon.openings import sought
from extractors.numbers import comparators, counting, shares, slips, tables
from extractors.numbers.names import Names
from extractors.numbers.reading import NUMBER, Reading, read_at
from models.quantities import Comparator, Measure

# A run of characters that may start a number; most runs in prose are a lone 一.
_TRIGGER = re.compile(r"[0-9零〇○一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟廿卅]")
_JOINT = re.compile(r"\s?(?:、|和|及|与|或|以及)\s?")
_MOVED_TO = re.compile(counting.MOVED_TO)  # 由300提高到500元
_NEXT_ITEM = re.compile(r"\s?\(?\s?(?:、|和|及|与|或|以及|\()\s?$")
# 不少于2名教师、1名保育员: the second number follows at once, so the same bound holds for it.
_NEXT_COUNT = re.compile(r"[^,。;:、\d()]{1,8}(?:、|和|及)")
# 至少设座椅8张、出入口1个: so it does where the next thing is named first.
_NEXT_THING = re.compile(r"(?:、|和|及)[^,。;:、\d()]{1,8}")
# 处理能力不低于1万吨、服务半径30公里: what binds a number directly behind its own noun holds for that one.
_BOUND_TO_ONE = re.compile(r"(?:于|超过?|突破|逾|破|达)$")
_SCALE = re.compile(r"[十百千]?[万亿]$")


def find_measures(folded: str) -> list[Measure]:
    """The measures of a folded text, in order.

    >>> [(m.value, m.unit, m.comparator.value) for m in find_measures("新增泊位5万个以上,每辆最高3万元")]
    [(Decimal('50000'), '个', '>='), (Decimal('30000'), '元', '<=')]
    """
    mended = slips.mend(folded)
    found = sorted([*_numbers(mended), *_words(mended)], key=lambda measure: (measure.start, -measure.end))
    kept = _without_overlap(found)
    return kept if mended == folded else [_told(folded, mended, measure) for measure in kept]


def _told(folded: str, mended: str, measure: Measure) -> Measure:
    """A number that letters stand in says so by its rule: a person should look at it."""
    same = folded[measure.start : measure.end] == mended[measure.start : measure.end]
    return measure if same else replace(measure, rule="mended")


def printed_unit(text: str, folded: str, measure: Measure) -> str | None:
    """The unit in the text's own script: 個 where the folded text has 个; a unit that a cell was lent stays folded.

    >>> text = "新增學位３００個"
    >>> printed_unit(text, "新增学位300个", Measure(4, 8, Decimal(300), None, "个", Comparator.EQUAL, "cardinal"))
    '個'
    """
    if measure.unit is None:
        return None
    at = folded.rfind(measure.unit, measure.start, measure.end)
    return measure.unit if at < 0 else text[at : at + len(measure.unit)]


def _numbers(folded: str) -> Iterator[Measure]:
    names = Names(folded)
    previous: Measure | None = None
    pending: list[Reading] = []
    position = 0
    while trigger := _TRIGGER.search(folded, position):
        start = trigger.start()
        covered = names.end_at(start)
        if covered is not None:
            position = covered
            continue
        reading = read_at(folded, start) if counting.may_start(folded, start) else None
        if reading is None:
            position = _end_of_run(folded, start)
            continue
        position = max(reading.end, start + 1)
        if reading.kind == "none" and _joint(folded, reading):
            pending.append(reading)
            continue
        for item in (*_inheriting(folded, pending, reading), reading) if pending else (reading,):
            measure = _measure(folded, item, previous)
            if measure:
                previous = measure
                yield measure
        pending.clear()
    yield from (measure for item in pending if (measure := _measure(folded, item, previous)))


# 提高5个和10个百分点
_SHARED_UNIT = re.compile(r"[、和及与](?:\d[\d.]*个[、和及与])?\d[\d.]*(个百分点|个月|个工作日|个小时)")


# 高于全国0.8、全省1.2个百分点
_SHARED_POINTS = re.compile(r"[、和](?:[全本]?[一-鿿]{1,4})(?:平均)?(?:水平)?\d[\d.]*(个百分点)")
_THAN = re.compile("[高低快慢优好]于[一-鿿]{1,6}$|[比较][一-鿿]{1,6}[高低快慢]$")


def _end_of_run(folded: str, start: int) -> int:
    number = NUMBER.match(folded, start)
    return number.end() if number else start + 1


def _inheriting(folded: str, pending: list[Reading], last: Reading) -> list[Reading]:
    """10、20和30万元: the numbers without a unit take unit and scale of the one that closes their list."""
    items: list[Reading] = []
    follower = last
    for reading in reversed(pending):
        joint = _joint(folded, reading)
        if joint is None or joint.end() != follower.start or last.unit is None or last.kind == "place":
            follower = reading
            items.append(reading)
            continue
        scale = _SCALE.search(last.raw)
        bare = scale is not None and not _SCALE.search(reading.raw)
        factor = _factor(scale[0]) if bare and scale else Decimal(1)
        items.append(reading._replace(value=reading.value * factor, unit=last.unit, kind=last.kind))
        follower = reading
    return items[::-1]


def _joint(folded: str, reading: Reading) -> re.Match[str] | None:
    """What ties a number without a unit to the next one: 10、20和30万元; (由)300提高到500元."""
    moved = folded[max(0, reading.start - 1) : reading.start] in ("由", "从")
    return _JOINT.match(folded, reading.end) or (_MOVED_TO.match(folded, reading.end) if moved else None)


def _factor(scale: str) -> Decimal:
    return {"十": 10, "百": 100, "千": 1000}.get(scale[0], 1) * Decimal({"万": 10**4, "亿": 10**8}[scale[-1]])


def _measure(folded: str, reading: Reading, previous: Measure | None) -> Measure | None:
    start = counting.start_of(folded, reading)
    if start is None:
        return None
    sign, end = _sign(folded, reading, previous)
    unit = reading.unit or counting.default_unit(folded, reading)
    if (
        unit is None
        and (shared := _SHARED_POINTS.match(folded, reading.end))
        and _THAN.search(folded, max(0, start - 8), start)
    ):
        unit = shared[1]
    if unit == "个" and (shared := _SHARED_UNIT.match(folded, reading.end)):
        unit = shared[1]
    if unit is None and counting.in_cell(folded, reading):
        return _cell(folded, reading)
    rule = "range" if reading.upper is not None else reading.rule
    return Measure(start, end, reading.value, reading.upper, unit, sign, rule)


def _cell(folded: str, reading: Reading) -> Measure | None:
    """612 under 客房(间) counts 间; a cell under 序号 counts nothing."""
    unit = tables.cell_unit(folded, reading.start)
    if unit is None:
        return None
    value = reading.value * unit[1]
    sign = comparators.before(folded, reading.start) or Comparator.EQUAL
    if folded[reading.start - 1] in "-−":
        return Measure(reading.start - 1, reading.end, -value, None, unit[0], sign, "cell")
    return Measure(reading.start, reading.end, value, None, unit[0], sign, "cell")


def _sign(folded: str, reading: Reading, previous: Measure | None) -> tuple[Comparator, int]:
    if reading.upper is not None:
        return Comparator.RANGE, reading.end
    behind = comparators.behind(folded, reading.end, reading.kind)
    if behind and behind[0] is not Comparator.ABOUT:
        return behind[0], reading.end
    if behind and folded.endswith(_HELD_AT, 0, reading.start):
        return Comparator.ABOUT, reading.end  # 控制在5.5%左右
    left = comparators.before(folded, reading.start, reading.kind) or counting.own_sign(folded, reading)
    if left:
        return (Comparator.EQUAL if _is_norm(folded, reading, left) else left), reading.end
    if reading.vague or behind:
        return Comparator.ABOUT, reading.end
    return _inherited_sign(folded, reading, previous), reading.end


def _is_norm(folded: str, reading: Reading, left: Comparator) -> bool:
    """低于规定的21%, 达不到60%的要求: the number that something falls short of is the norm itself."""
    if left is Comparator.ABOUT or folded[reading.end : reading.end + 1] not in _AFTER_NORM:
        return False
    front = folded[max(0, reading.start - 14) : reading.start]
    return bool(_SHORT_OF_NORM.search(front) or (_SHORT_OF.search(front) and _NORM.match(folded, reading.end)))


def _inherited_sign(folded: str, reading: Reading, previous: Measure | None) -> Comparator:
    """最高20万元、40万元和70万元: what stands left of a list holds for all of it."""
    if previous is None or previous.comparator in _OF_ONE:
        return Comparator.EQUAL
    between = folded[previous.end : reading.start]
    if len(between) > 12 or not between:
        return Comparator.EQUAL
    bounded = previous.comparator in (Comparator.AT_LEAST, Comparator.AT_MOST)
    own = _BOUND_TO_ONE.search(folded, max(0, previous.start - 4), previous.start)
    least = previous.comparator is Comparator.AT_LEAST and not own and _NEXT_THING.fullmatch(between)
    if not (_NEXT_ITEM.fullmatch(between) or least or (bounded and _NEXT_COUNT.fullmatch(between))):
        return Comparator.EQUAL
    return previous.comparator if comparators.binds_list(folded, previous.start) else Comparator.EQUAL


_AFTER_NORM = frozenset(["", ",", "。", ";", "的", ")", "\n"])
_SHORT_OF_NORM = sought(
    r"(?<!不)(?<!不得)(?:低于|高于|达不到|未达到?|少于|短于)(?:规定|[省国市县部]定|合同约定|法定|国家规定|要求)的?$"
)
_HELD_AT = ("控制在", "稳定在", "保持在", "压降到", "控制到")
_SHORT_OF = sought(r"(?<!不)(?<!不得)(?:低于|高于|达不到|未达到?|少于|不足)(?:[省国市县部]定|规定的?)?$")
_NORM = re.compile("的(?:[国省市区县部]级?)?(?:要求|规定|标准|目标)(?![一-鿿])")
_OF_ONE = (Comparator.EQUAL, Comparator.RANGE)  # what a number hands on to no other


def _words(folded: str) -> Iterator[Measure]:
    for share in shares.find_words(folded):
        kind = "duration" if share.rule == "half_unit" else "ratio"
        behind = comparators.behind(folded, share.end, kind)
        sign = behind[0] if behind else comparators.before(folded, share.start)
        if share.rule == "all":
            sign = None
        own = Comparator(share.sign) if share.sign else Comparator.EQUAL
        yield Measure(share.start, share.end, share.value, None, share.unit, sign or own, share.rule)


def _without_overlap(found: list[Measure]) -> list[Measure]:
    kept: list[Measure] = []
    for measure in found:
        if not kept or measure.start >= kept[-1].end:
            kept.append(measure)
    return kept
