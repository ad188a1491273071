"""What stays a standard wherever it is told, also among facts: free terms, ages of things, spacings, extra charges.

入园商户免租两年 · 驿站每30公里设一处 · 迟缴的加收5% · 使用年限8年 · 服务满五年的教师优先评聘
"""

from __future__ import annotations

import re

from extractors.figures.cells import Cell
from extractors.figures.words import joined, sign
from extractors.lexicon.openings import sought

_TERMS = frozenset(("年", "个月", "天", "日", "小时", "个小时", "分钟", "个工作日", "工作日"))
_VOLTS = frozenset(("千伏", "伏", "kV", "KV", "kv"))
_KINDS, _FREED = frozenset("类种项"), re.compile(r"[一-鿿]{2,6}?(?:免[予收费征交]|立减|可?享受)")
_GRACE = re.compile("的?(?:过渡|缓冲|宽限|观察|整改|管护|质保|养护)期(?![末满])")
_LATE, _LEFT_SO = ("逾期", "超期", "超过"), re.compile("(?:仍)?[未不][^,;。]{1,8}的")
_FULL = re.compile("(?<![爆完])满$")
_SPACED = re.compile(r"[^,;。\d]{0,4}(?:[设建配布]|安排|一[处个座名人站])")
_EXTRA = sought(joined("purposes", "charged_besides"))
_THEN_MUST = re.compile("(?:以上)?(?:的)?,?(?:必须|须|应当?|需要?)(?!求)")
_OVER = re.compile("(?:超过?|达到?|满)$")


def always_holds(cell: Cell) -> bool:
    """Whether a number's own words say that it is set, in whatever tense they stand."""
    unit, words = cell.measure.unit, cell.opening
    if unit in _TERMS:
        return _is_term(cell)
    if unit in _KINDS and _FREED.match(cell.tail):
        return True  # 六类案件免予审查
    if unit in _VOLTS:
        return not words.endswith(("低至", "降至", "降到", "跌至", "低到", "只有", "不足", "高达"))  # 10千伏线路
    if words.endswith("每") and _SPACED.match(cell.tail):
        return True  # 每30公里设一处
    return unit == "%" and bool(_EXTRA.search(words))


def _is_term(cell: Cell) -> bool:
    words, tail = cell.opening, cell.tail
    if sign("free_for").search(words) or sign("in_use_for").search(words):
        return True
    if _FULL.search(words) and tail.startswith(("的", "以上的")):
        return True  # 服务满五年的
    if _GRACE.match(tail) or (words.endswith(_LATE) and _LEFT_SO.match(tail)):
        return True  # 给予6个月整改期, 逾期6个月未启用的
    return bool(_OVER.search(words) and _THEN_MUST.match(tail))  # 连续驾驶超过4小时须休息


def charges_more(cell: Cell) -> bool:
    """加收600元, 夜间每单加价5元: what is to be paid besides."""
    return bool(_EXTRA.search(cell.opening)) and cell.measure.value < 10_000
